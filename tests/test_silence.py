"""I9: with the default configuration no socket leaves the machine, in this process or in any child."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

GUARD = """
import os, sys

def _watch(event, arguments):
    if event == "socket.__new__" and arguments[1] in (2, 10) or event in ("socket.connect", "socket.getaddrinfo"):
        with open(os.environ["SOCKET_LOG"], "a") as log:
            log.write(f"{event} {arguments[1:]}\\n")
        raise RuntimeError("no socket is allowed here")

with open(os.environ["SOCKET_LOG"] + ".guarded", "a") as log:
    log.write(f"{os.getpid()}\\n")
sys.addaudithook(_watch)
"""

JOURNEY = """
import asyncio, sys
from jazari_rag import Assistant

with Assistant.open(sys.argv[1]) as assistant:
    report = assistant.ingest(sys.argv[2])
    assert (report.added, report.failed) == (1, 0), report
    assert assistant.search("timbre", limit=3)
    assert assistant.ask("Combien coûte le timbre ?").citations
    assert asyncio.run(assistant.aask("كم ثمن الطابع؟")).text
    assert [*assistant.chat().stream("Combien coûte le timbre ?")]
    assert assistant.delete("sheet.md") == 1
"""


def guarded(folder: Path, *command: str) -> tuple[subprocess.CompletedProcess[str], str, list[str]]:
    """Runs a command whose every Python process refuses sockets; what was tried, and who was guarded."""
    (folder / "guard").mkdir()
    (folder / "guard" / "sitecustomize.py").write_text(GUARD)
    log = folder / "sockets.log"
    environment = {**os.environ, "PYTHONPATH": str(folder / "guard"), "SOCKET_LOG": str(log)}
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True)
    tried = log.read_text() if log.exists() else ""
    return done, tried, (folder / "sockets.log.guarded").read_text().split()


def test_the_whole_journey_opens_no_socket(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.md"
    sheet.write_text("# Carte nationale\n\nLe timbre de la carte nationale coûte 75 dirhams.\n", encoding="utf-8")
    done, tried, processes = guarded(tmp_path, "-c", JOURNEY, str(tmp_path / "store"), str(sheet))
    assert done.returncode == 0, done.stderr
    assert tried == ""
    assert len(set(processes)) >= 2, "the child that reads must be guarded too"


@pytest.mark.parametrize("attempt", ["socket.create_connection(('192.0.2.1', 9))", "socket.socket()"])
def test_the_guard_sees_a_socket(tmp_path: Path, attempt: str) -> None:
    done, tried, _ = guarded(tmp_path, "-c", f"import socket; {attempt}")
    assert done.returncode != 0
    assert tried


def test_importing_the_package_imports_no_backend() -> None:
    models = ["llama_index", "qdrant_client", "qdrant_edge", "sentence_transformers", "torch", "numpy"]
    heavy = [*models, "pypdf", "pypdfium2", "docx", "openpyxl", "lxml", "langdetect", "pydantic", "typer", "rich"]
    script = f"import sys, jazari_rag; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_opening_an_assistant_imports_no_model_library(tmp_path: Path) -> None:
    heavy = ["llama_index", "sentence_transformers", "torch", "qdrant_client", "pypdf", "docx", "openpyxl"]
    script = (
        "import sys; from jazari_rag import Assistant; Assistant.open(sys.argv[1]).close(); "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "store")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
