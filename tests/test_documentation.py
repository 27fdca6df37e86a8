"""What is written is run: every code block of the README, the examples, the notebook."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from jazari_rag.config import load_config

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with the sample documents and nothing else."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "data").symlink_to(PROJECT / "data", target_is_directory=True)
    return folder


def run(folder: Path, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a command with this environment's `jazari` first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, input=stdin, capture_output=True, text=True, encoding="utf-8"
    )


def test_every_block_has_a_language_that_is_tested() -> None:
    assert {language for language, _ in BLOCKS} == {"python", "sh", "toml"}


def test_the_readme_shows_code_within_its_first_90_words() -> None:
    assert len(README[: README.index("```")].split()) < 90


def test_the_python_blocks_run_in_order(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    namespace: dict[str, object] = {}
    for language, block in BLOCKS:
        if language == "python":
            exec(compile(block, "README.md", "exec"), namespace)


def test_the_first_block_answers_with_a_citation(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(checkout)
    block = next(block for language, block in BLOCKS if language == "python")
    exec(compile(block, "README.md", "exec"), {})
    shown = capsys.readouterr().out
    assert "failed" in shown
    assert "[1]" in shown


@pytest.mark.parametrize(
    "line", [line for lang, block in BLOCKS if lang == "sh" for line in block.splitlines() if line]
)
def test_each_command_of_the_readme_succeeds(line: str, checkout: Path) -> None:
    if " ask " in line or " search " in line:
        run(checkout, "jazari", "ingest", "data/documents", "--store", "knowledge")
    done = run(checkout, "sh", "-c", line)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_configuration_of_the_readme_loads(tmp_path: Path) -> None:
    [block] = [block for language, block in BLOCKS if language == "toml"]
    (tmp_path / "portal.toml").write_text(block, encoding="utf-8")
    config = load_config(tmp_path / "portal.toml")
    assert config.contact["fr"] == tomllib.loads(block)["contact"]["fr"]


def test_the_portal_example_prints_an_answer_with_its_sources(checkout: Path) -> None:
    script = str(PROJECT / "examples" / "portal.py")
    done = run(checkout, sys.executable, script, "data/documents", "Quelle est la peine pour un vol simple ?")
    assert done.returncode == 0, done.stderr
    reply = json.loads(done.stdout)
    assert "cinq ans" in reply["text"]
    assert reply["sources"][0]["quote"]


def test_the_chatbot_answers_a_line_and_ends(checkout: Path) -> None:
    script = str(PROJECT / "examples" / "chatbot.py")
    question = "ما هو الحد الأدنى لسن تشغيل العاملات والعمال المنزليين؟\n"
    done = run(checkout, sys.executable, script, "data/documents", "--store", "chat", stdin=question)
    assert done.returncode == 0, done.stderr
    assert "18" in done.stdout
    assert "[1]" in done.stdout


def test_the_chatbot_says_what_is_wrong_with_a_model_name(checkout: Path) -> None:
    script = str(PROJECT / "examples" / "chatbot.py")
    done = run(checkout, sys.executable, script, "--store", "chat", "--llm", "mistrall:small")
    assert done.returncode == 1
    assert "mistral" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.extra("notebook")
def test_the_notebook_runs_and_shows_arabic_right_to_left() -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(PROJECT / "examples" / "quickstart.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(PROJECT)}}).execute()
    html = "".join(
        output["data"].get("text/html", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "data" in output
    )
    assert 'dir="rtl"' in html
    assert "[1]" in html
