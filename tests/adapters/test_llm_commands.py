"""`jazari ask`, `jazari chat` and the chatbot with a language model behind a real socket, each in its own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from chat_server import Behaviour, chat_server

from jazari_rag import Assistant

pytestmark = pytest.mark.filterwarnings("default")  # of the client libraries

CHATBOT = str(Path(__file__).parents[2] / "examples" / "chatbot.py")
QUESTION = "كم ثمن طابع البطاقة الوطنية؟"
REPLY = "ثمن طابع البطاقة الوطنية 75 درهما. [1] ويؤدى 99 درهما. [1]"
SHOWN = "ثمن طابع البطاقة الوطنية 75 درهما. [1]"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("commands")
    (folder / "carte.md").write_text("# البطاقة الوطنية\n\nثمن طابع البطاقة الوطنية 75 درهما.\n", encoding="utf-8")
    with Assistant.open(folder / "store") as assistant:
        assistant.ingest(folder / "carte.md")
    return str(folder / "store")


def run(*command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *command], input=stdin, env=environment, capture_output=True, encoding="utf-8", timeout=120
    )


def test_ask_shows_what_was_verified_of_a_reply(store: str, spec_of: Callable[[str], str]) -> None:
    behaviour = Behaviour(reply=REPLY, packet=3)
    with chat_server(behaviour) as address:
        spec = spec_of(address)
        done = run("-m", "jazari_rag", "ask", QUESTION, "--store", store, "--llm", spec, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["text"] == SHOWN
    assert answer["citations"][0]["quote"] in "ثمن طابع البطاقة الوطنية 75 درهما."
    assert "99" in str(answer["trace"]["removed"])
    assert len(behaviour.requests) == 1


@pytest.mark.extra("openai")
def test_ask_takes_a_chain(store: str) -> None:
    with chat_server(Behaviour(status=401)) as wrong, chat_server(Behaviour(reply=REPLY)) as right:
        specs = [f"--llm=openai-like:{address}/v1#m" for address in (wrong, right)]
        done = run("-m", "jazari_rag", "ask", QUESTION, "--store", store, *specs, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["text"] == SHOWN
    assert "401" in answer["trace"]["failed_before"][0]["error"]


@pytest.mark.extra("openai")
@pytest.mark.parametrize("program", [("-m", "jazari_rag", "chat"), (CHATBOT,)])
def test_a_conversation_goes_on(store: str, program: tuple[str, ...]) -> None:
    behaviour = Behaviour(reply=REPLY, packet=1)
    with chat_server(behaviour) as address:
        command = [*program, "--store", store, "--llm", f"openai-like:{address}/v1#m"]
        done = run(*command, stdin=f"{QUESTION}\n{QUESTION}\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(SHOWN) == 2
    assert "99" not in done.stdout
    assert len(behaviour.requests) == 2


@pytest.mark.extra("openai")
def test_a_backend_that_fails_leaves_the_documents_to_answer(store: str) -> None:
    with chat_server(Behaviour(status=401)) as address:
        spec = f"openai-like:{address}/v1#m"
        done = run("-m", "jazari_rag", "ask", QUESTION, "--store", store, "--llm", spec)
    assert done.returncode == 0, done.stderr
    assert SHOWN in done.stdout
    assert "Traceback" not in done.stderr
