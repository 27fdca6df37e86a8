"""A client that goes away stops the backend at once: its connection is closed, and no thread is left working."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from chat_server import Behaviour, chat_server

from jazari_rag import AnswerPart, Assistant
from jazari_rag.answering.patience import SIDE_BY_SIDE

pytestmark = pytest.mark.filterwarnings("default")  # of the client libraries

QUESTION = "Combien coûte le timbre de la carte nationale ?"
SENTENCE = "Le timbre de la carte nationale coûte 75 dirhams. [1]"
LONG = 20.0
"""Seconds that a test would take where a client waited for a silent server: far less than its patience."""

START = 120.0
"""Seconds for the first request to be made: clients are slow to import."""

SpecOf = Callable[[str], str]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leaving")
    (folder / "carte.md").write_text("# Carte\n\nLe timbre de la carte nationale coûte 75 dirhams.\n", encoding="utf-8")
    with Assistant.open(folder / "store") as assistant:
        assistant.ingest(folder / "carte.md")
    return folder / "store"


def assert_nobody_works() -> None:
    for thread in threading.enumerate():
        if thread.name == "jazari-backend":
            thread.join(LONG)
            assert not thread.is_alive()


async def requested(behaviour: Behaviour, times: int = 1) -> None:
    """Returns when the server was asked so often; the event loop must be free meanwhile."""
    async with asyncio.timeout(START):
        while len(behaviour.requests) < times:
            await asyncio.sleep(0.01)


async def cancelled(task: asyncio.Task[object]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"silent": True}, id="before it says anything"),
        pytest.param({"stalls_after": 2}, id="in the middle of a sentence"),
        pytest.param({"reply": SENTENCE * 400, "packet": 1, "pause": 0.05}, id="byte by byte"),
    ],
)
def test_a_cancelled_question_closes_the_connection_of_a_backend_that_is_silent(
    store: Path, spec_of: SpecOf, wrong: dict[str, object]
) -> None:
    behaviour = Behaviour(**{"reply": SENTENCE, **wrong})  # type: ignore[arg-type]

    async def leave(assistant: Assistant) -> None:
        asking = asyncio.create_task(assistant.aask(QUESTION))
        await requested(behaviour)
        await cancelled(asking)

    with chat_server(behaviour) as address, Assistant.open(store, llm=spec_of(address)) as assistant:
        asyncio.run(leave(assistant))
        assert behaviour.hung_up.wait(LONG)
        assert_nobody_works()
    assert len(behaviour.requests) == 1


def test_a_stream_that_is_closed_closes_the_connection(store: Path, spec_of: SpecOf) -> None:
    behaviour = Behaviour(reply=f"{SENTENCE} " * 3, stalls_after=20)

    async def leave(assistant: Assistant) -> None:
        parts = assistant.astream(QUESTION)
        assert isinstance(await anext(parts), AnswerPart)
        await parts.aclose()

    with chat_server(behaviour) as address, Assistant.open(store, llm=spec_of(address)) as assistant:
        asyncio.run(leave(assistant))
        assert behaviour.hung_up.wait(LONG)
        assert_nobody_works()


@pytest.mark.parametrize("chat", [True, False])
def test_a_generator_that_is_closed_closes_the_connection(store: Path, spec_of: SpecOf, chat: bool) -> None:
    behaviour = Behaviour(reply=f"{SENTENCE} " * 3, stalls_after=20)
    with chat_server(behaviour) as address, Assistant.open(store, llm=spec_of(address)) as assistant:
        parts = assistant.chat().stream(QUESTION) if chat else assistant.stream(QUESTION)
        assert isinstance(next(parts), AnswerPart)
        parts.close()
        assert behaviour.hung_up.wait(LONG)
        assert_nobody_works()


def test_a_conversation_that_is_left_forgets_the_question(store: Path, spec_of: SpecOf) -> None:
    behaviour = Behaviour(silent=True)

    async def leave(assistant: Assistant) -> tuple[object, ...]:
        chat = assistant.chat()
        asking = asyncio.create_task(chat.aask(QUESTION))
        await requested(behaviour)
        await cancelled(asking)
        return chat.history

    with chat_server(behaviour) as address, Assistant.open(store, llm=spec_of(address)) as assistant:
        assert asyncio.run(leave(assistant)) == ()
        assert behaviour.hung_up.wait(LONG)
        assert_nobody_works()


def test_a_question_that_is_left_while_a_retry_is_waited_for_is_not_asked_again(store: Path, spec_of: SpecOf) -> None:
    behaviour = Behaviour(status=429, headers={"retry-after": "9"})

    async def leave(assistant: Assistant) -> None:
        asking = asyncio.create_task(assistant.aask(QUESTION))
        await requested(behaviour)
        await asyncio.sleep(0.2)
        await cancelled(asking)

    with chat_server(behaviour) as address, Assistant.open(store, llm=spec_of(address)) as assistant:
        asyncio.run(leave(assistant))
        assert_nobody_works()
    assert len(behaviour.requests) == 1


@pytest.mark.extra("openai")
def test_many_questions_wait_side_by_side_and_the_event_loop_is_free(store: Path) -> None:
    behaviour = Behaviour(silent=True)
    many = SIDE_BY_SIDE // 2

    async def ask_all(assistant: Assistant) -> None:
        asking = [asyncio.create_task(assistant.aask(QUESTION)) for _ in range(many)]
        await requested(behaviour, many)
        assert not any(task.done() for task in asking)
        await asyncio.gather(*(cancelled(task) for task in asking))

    with chat_server(behaviour) as address, Assistant.open(store, llm=f"openai-like:{address}/v1#m") as assistant:
        asyncio.run(ask_all(assistant))
        assert_nobody_works()
