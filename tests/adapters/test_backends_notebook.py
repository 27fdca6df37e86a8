"""The notebook that compares backends, with the backends that a test can have."""

from __future__ import annotations

from pathlib import Path

import pytest
from chat_server import Behaviour, chat_server

PROJECT = Path(__file__).resolve().parents[2]
LOCAL_MODELS = ("MISTRAL_API_KEY", "OLLAMA_MODEL", "OPENAI_LIKE")


def outputs() -> str:
    """What its cells show, as one text."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(PROJECT / "examples" / "backends.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(PROJECT)}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    data = [text for output in shown for text in output.get("data", {}).values()]
    return "\n".join([*(str(output.get("text", "")) for output in shown), *map(str, data)])


@pytest.fixture(autouse=True)
def no_backends(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in LOCAL_MODELS:
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.extra("notebook")
def test_the_notebook_compares_what_is_there_and_shows_no_lie() -> None:
    shown = outputs()
    assert 'dir="rtl"' in shown
    assert "/5 answered" in shown
    assert "0/5 answered" not in shown
    assert "98765" not in shown
    assert "the first server is down" in shown


@pytest.mark.extra("notebook", "openai")
def test_the_notebook_asks_a_server_that_it_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    behaviour = Behaviour(reply="NOT_STATED")
    with chat_server(behaviour) as address:
        monkeypatch.setenv("OPENAI_LIKE", f"{address}/v1#m")
        shown = outputs()
    assert "openai-like:m@127.0.0.1" in shown
    assert 1 <= len(behaviour.requests) < 5, "one question is not in the documents: no backend is asked"
