"""A chain of backends: from the configuration to the answer's trace, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing, suppress
from pathlib import Path

import pytest
from chat_server import Behaviour, chat_server

from jazari_rag import AnswerStatus, Assistant, ConfigurationError
from jazari_rag.answering.fallback import FallbackGenerator
from jazari_rag.assembly import make_chain
from jazari_rag.cli.doctor import leaves_the_machine
from jazari_rag.config import Config, load_config
from jazari_rag.testing import ScriptedGenerator, SilentGenerator

pytestmark = pytest.mark.filterwarnings("default")  # of the client libraries

QUESTION = "Combien coûte le timbre de la carte nationale ?"
REPLY = "Le timbre de la carte nationale coûte 75 dirhams. [1]"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chain")
    (folder / "carte.md").write_text("# Carte\n\nLe timbre de la carte nationale coûte 75 dirhams.\n", encoding="utf-8")
    with Assistant.open(folder / "store") as assistant:
        assistant.ingest(folder / "carte.md")
    return folder / "store"


def test_the_second_answers_where_the_first_refuses(store: Path, spec_of: Callable[[str], str], key: str) -> None:
    scripted = ScriptedGenerator()
    with (
        chat_server(Behaviour(status=401, echo_key=True)) as address,
        Assistant.open(store, llm=[spec_of(address), scripted]) as assistant,
    ):
        answer = assistant.ask(QUESTION)
    [failed] = answer.trace["failed_before"]  # type: ignore[misc]
    assert answer.trace["generator"] == scripted.name
    assert "401" in failed["error"]
    assert len(scripted.requests) == 1
    assert key not in str(answer.to_dict())


@pytest.mark.parametrize("wrong", [{"status": 401}, {"html": True}, {"truncated": True}])
def test_extractive_answers_where_all_fail(
    store: Path, spec_of: Callable[[str], str], wrong: dict[str, object], key: str
) -> None:
    behaviour = Behaviour(**wrong)  # type: ignore[arg-type]
    with chat_server(behaviour) as address, Assistant.open(store, llm=spec_of(address)) as assistant:
        answer = assistant.ask(QUESTION)
    assert answer.status is AnswerStatus.ANSWERED
    assert "75 dirhams" in answer.text
    assert (answer.trace["generator"], bool(answer.trace["backend_error"])) == ("extractive", True)
    assert key not in str(answer.to_dict())


def test_a_model_answers_with_verified_sentences_and_says_so(store: Path, spec_of: Callable[[str], str]) -> None:
    behaviour = Behaviour(reply=f"{REPLY} Il coûte aussi 99 dirhams. [1]")
    with chat_server(behaviour) as address, Assistant.open(store, llm=spec_of(address)) as assistant:
        answer = assistant.ask(QUESTION)
    assert answer.text == REPLY
    assert answer.status is AnswerStatus.PARTIAL
    assert str(answer.trace["generator"]).startswith(("openai-like:", "mistral:", "ollama:"))
    assert "99" in str(answer.trace["removed"])


@pytest.mark.parametrize("goes_away", ["closes", "cancels"])
def test_a_client_that_goes_away_stops_the_backend(store: Path, spec_of: Callable[[str], str], goes_away: str) -> None:
    behaviour = Behaviour(reply=f"{REPLY} " * 200, pause=0.01)

    async def listen(assistant: Assistant) -> None:
        async with aclosing(assistant.astream(QUESTION)) as parts:
            async for part in parts:
                assert part.text == REPLY
                if goes_away == "cancels":
                    raise asyncio.CancelledError
                return

    with chat_server(behaviour) as address, Assistant.open(store, llm=spec_of(address)) as assistant:
        with suppress(asyncio.CancelledError):
            asyncio.run(listen(assistant))
        assert behaviour.hung_up.wait(10)


def test_a_list_in_the_configuration_is_a_chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "portal.toml").write_text('llm = ["mistral:small", "ollama:qwen3"]', encoding="utf-8")
    assert load_config(tmp_path / "portal.toml").llm == ("mistral:small", "ollama:qwen3")
    monkeypatch.setenv("JAZARI_LLM", '["mistral:small", "extractive"]')
    assert Config().llm == ("mistral:small", "extractive")
    monkeypatch.setenv("JAZARI_LLM", "ollama:qwen3")
    assert Config().llm == "ollama:qwen3"


def test_a_chain_has_as_many_links_as_it_needs() -> None:
    last, one, two = SilentGenerator(), ScriptedGenerator(), ScriptedGenerator()
    assert make_chain("extractive", extractive=last) is last
    assert make_chain(["extractive"], extractive=last) is last
    assert make_chain([one, "extractive"], extractive=last) is one
    assert make_chain((one,), extractive=last) is one
    assert isinstance(make_chain([one, two], extractive=last), FallbackGenerator)


@pytest.mark.parametrize(("specs", "says"), [([], "empty"), (["extractive", "ollama:m"], "put it last")])
def test_a_chain_that_makes_no_sense_is_refused(specs: list[str], says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        make_chain(specs, extractive=SilentGenerator())


def test_the_doctor_names_every_place_that_a_chain_reaches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISTRAL_ENDPOINT", "https://me:secret@llm.example")
    config = Config(llm=("mistral:small", "openai-like:http://127.0.0.1:1/v1#m", "openai-like:https://b.example/v1#m"))
    assert [found["to"] for found in leaves_the_machine(config, "knowledge")] == ["llm.example", "b.example"]
