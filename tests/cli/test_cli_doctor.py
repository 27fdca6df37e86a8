"""`doctor` tells the truth about what leaves the machine, and never a secret."""

import json

import pytest

from jazari_rag.cli import main
from jazari_rag.cli.doctor import examine, leaves_the_machine
from jazari_rag.config import Config


def destinations(store="knowledge", **settings):
    return [found["to"] for found in leaves_the_machine(Config(**settings), store)]


def test_nothing_leaves_with_the_defaults():
    assert destinations() == []


@pytest.mark.parametrize("host", ["127.0.0.1:6333", "localhost:6333", "[::1]:6333"])
def test_a_server_on_this_machine_is_not_elsewhere(host):
    assert destinations(f"http://{host}") == []
    assert destinations(llm=f"openai-like:http://{host}/v1#m") == []


def test_a_remote_server_is_named_without_its_password():
    assert destinations("https://user:secret@qdrant.example:6333/x") == ["qdrant.example:6333"]


def test_a_backend_elsewhere_is_named(monkeypatch):
    monkeypatch.delenv("OLLAMA_HOST", raising=False)
    assert destinations(llm="mistral:mistral-small-latest") == ["api.mistral.ai"]
    assert destinations(llm="openai-like:https://llm.example/v1#m") == ["llm.example"]
    assert destinations(llm="ollama:qwen3") == []
    monkeypatch.setenv("OLLAMA_HOST", "gpu.example:11434")
    assert destinations(llm="ollama:qwen3") == ["gpu.example:11434"]


def test_a_model_that_is_not_a_folder_is_downloaded(tmp_path, monkeypatch):
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    assert destinations(embedder="some/model") == ["huggingface.co"]
    assert destinations(embedder=str(tmp_path)) == []
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert destinations(embedder="some/model") == []


def test_secrets_are_set_or_unset(monkeypatch, tmp_path):
    monkeypatch.setenv("MISTRAL_API_KEY", "sk-very-secret")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    found = examine(Config(), str(tmp_path / "absent"))
    assert found["secrets"]["MISTRAL_API_KEY"] == "set"
    assert found["secrets"]["OPENAI_API_KEY"] == "unset"
    assert "sk-very-secret" not in json.dumps(found)


def test_a_missing_extra_comes_with_the_command_that_installs_it():
    for extra in examine(Config(), "absent")["extras"]:
        assert extra["installed"] is (extra["install"] is None)
        assert extra["installed"] or extra["install"] == f"pip install 'jazari-rag[{extra['extra']}]'"


def test_examining_a_store_that_is_absent_does_not_make_it(tmp_path, capsys):
    store = tmp_path / "store"
    assert main(["doctor", "--store", str(store), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["store"]["state"] == "absent"
    assert printed["leaves_the_machine"] == []
    assert {"fr", "ar", "ary", "ary-Latn", "es", "en"} <= set(printed["languages"])
    assert not store.exists()


def test_the_examination_is_readable(tmp_path, capsys):
    assert main(["doctor", "--store", str(tmp_path / "store")]) == 0
    shown = capsys.readouterr().out
    assert "What leaves the machine\n  nothing" in shown
