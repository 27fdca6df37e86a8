"""Wrong usage ends with status 2, one clear line, and never a traceback."""

import json
import os
import subprocess
import sys

import pytest

from jazari_rag.cli import main

COMMANDS = ["ingest", "ask", "search", "chat", "documents", "delete", "eval", "inspect", "doctor", "demo"]


def run(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "jazari_rag", *arguments], capture_output=True, check=False, timeout=120, **options
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["ask"],
        ["ask", "q", "--no-such-option"],
        ["ask", "q", "--limit", "0"],
        ["ask", "q", "--config", "nowhere.toml"],
        ["ask", "q", "--store", "nowhere"],
        ["search", "q", "--store", "nowhere"],
        ["search", "q", "--where", "no pair"],
        ["delete", "x", "--store", "nowhere"],
        ["ingest", ".", "--metadata", "=x"],
        ["eval", "--corpus", "nowhere.jsonl"],
        ["eval", "--corpus", "nowhere.jsonl", "--queries", "nowhere.jsonl"],
    ],
)
def test_wrong_usage_is_status_2_with_one_line(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("jazari: ")
    assert printed.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_key_of_the_configuration_names_the_nearest(tmp_path, capsys):
    config = tmp_path / "portal.toml"
    config.write_text('embeder = "x"\n', encoding="utf-8")
    assert main(["documents", "--config", str(config)]) == 2
    assert "embedder" in capsys.readouterr().err


def test_json_has_one_document_for_an_error_too(tmp_path, capsys):
    assert main(["ask", "q", "--json", "--store", str(tmp_path / "nowhere")]) == 2
    printed = json.loads(capsys.readouterr().out)
    assert printed["error"]["type"] == "UsageError"
    assert "nowhere" in printed["error"]["message"]


def test_a_question_that_looks_like_an_option_can_be_asked_after_two_dashes(tmp_path, capsys):
    assert main(["ask", "--store", str(tmp_path / "nowhere"), "--", "--json"]) == 2
    assert capsys.readouterr().out == ""


def test_the_help_lists_every_command(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n  {command} " in shown for command in COMMANDS)


def test_no_command_at_all_shows_the_help_and_is_wrong_usage(capsys):
    assert main([]) == 2
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    assert main([command, "--help"]) == 0
    assert "--json" in capsys.readouterr().out


def test_help_imports_no_backend():
    code = (
        "import sys; from jazari_rag.cli import main; main(['ask', '--help']);"
        "heavy = {'llama_index', 'qdrant_client', 'qdrant_edge', 'sentence_transformers', 'torch', 'pypdf', 'lxml'};"
        "sys.exit(sorted(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_output_is_utf8_whatever_the_locale_says():
    ascii_only = {**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = run("search", "بطاقة", "--store", "لا-شيء", "--json", env=ascii_only)
    assert done.returncode == 2
    assert "لا-شيء" in json.loads(done.stdout.decode("utf-8"))["error"]["message"]
    assert "لا-شيء" in done.stderr.decode("utf-8")


def test_the_version_is_that_of_the_package(capsys):
    from jazari_rag import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"jazari {__version__}\n"
