"""The real commands on real files: documents in, cited answers out."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from functools import partial
from pathlib import Path

import pytest

from jazari_rag.cli import main

DEMO = Path(__file__).parents[2] / "data/demo.toml"
SHEETS = {
    "carte.md": "# Carte nationale d'identité\n\n## Frais\n\nLe timbre de la carte nationale coûte 75 dirhams.\n\n"
    "## Délai\n\nLa carte est remise dans un délai de dix jours.\n",
    "passeport.html": '<html lang="fr"><head><title>Passeport biométrique</title></head><body><main>'
    "<h1>Passeport biométrique</h1><p>Le passeport coûte 500 dirhams pour un majeur.</p></main></body></html>",
    "arabe.txt": "شهادة السكنى\n\nتسلم شهادة السكنى مجانا من طرف السلطة المحلية خلال يومين.\n",
}


def sheets(parent):
    """A folder with the sheets in it."""
    made = parent / "sheets"
    made.mkdir()
    for name, text in SHEETS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def folder(tmp_path):
    return sheets(tmp_path)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """A store with the sheets in it, to copy."""
    parent = tmp_path_factory.mktemp("ingested")
    command = ["ingest", str(sheets(parent)), "--store", str(parent / "store")]
    subprocess.run([sys.executable, "-m", "jazari_rag", *command], capture_output=True, check=True, timeout=120)
    return parent / "store"


@pytest.fixture
def store(tmp_path):
    return str(tmp_path / "store")


@pytest.fixture
def jazari(capsys, store):
    """Runs a command on the store with `--json`; returns its status and its document."""

    def run(*arguments):
        status = main([*map(str, arguments), "--store", store, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def filled(jazari, ingested, store):
    shutil.copytree(ingested, store)
    return jazari


def test_ingesting_accounts_for_every_input_and_again_changes_nothing(jazari, folder):
    status, first = jazari("ingest", folder)
    assert (status, first["added"], first["failures"]) == (0, 3, [])
    status, second = jazari("ingest", folder)
    assert (status, second["added"], second["unchanged"], second["passages"]) == (0, 0, 3, 0)


def test_a_failed_document_is_status_1_with_its_reason(jazari, folder):
    (folder / "image.bin").write_bytes(bytes(range(256)) * 8)
    status, report = jazari("ingest", folder)
    counts = [report[name] for name in ("added", "updated", "unchanged", "duplicates", "failed")]
    assert (status, sum(counts), report["failed"]) == (1, 4, 1)
    [failure] = report["failures"]
    assert {"source", "page", "reason", "retryable"} <= set(failure)
    assert "image.bin" in failure["source"]


def test_a_document_that_is_gone_is_missing_until_it_is_pruned(jazari, folder, capsys, store):
    jazari("ingest", folder)
    (folder / "carte.md").unlink()
    assert main(["ingest", str(folder), "--store", store]) == 0
    assert "jazari ingest --prune" in capsys.readouterr().out
    status, report = jazari("ingest", folder, "--prune")
    assert (status, report["deleted"]) == (0, 1)
    assert len(jazari("documents")[1]["documents"]) == 2


def test_an_answer_cites_the_document_that_says_so(filled):
    status, answer = filled("ask", "Combien coûte le timbre de la carte nationale ?")
    assert (status, answer["status"], answer["language"]) == (0, "answered", "fr")
    assert "75" in answer["text"]
    assert any("carte.md" in citation["source"] for citation in answer["citations"])


def test_an_abstention_is_done(filled):
    status, answer = filled("ask", "Qui a gagné la coupe du monde de rugby en 1995 ?")
    assert (status, answer["status"], answer["citations"]) == (0, "out_of_scope", [])


@pytest.mark.usefixtures("filled")
def test_a_person_reads_the_answer_then_its_citations(store, capsys):
    assert main(["ask", "Combien coûte le passeport pour un majeur ?", "--store", store]) == 0
    text, _, citations = capsys.readouterr().out.rstrip().rpartition("\n\n")
    assert "500 dirhams" in text
    assert citations.startswith("[1] ")


def test_search_prints_the_promised_shape_in_any_language(filled):
    status, found = filled("search", "شهادة السكنى", "--limit", 2)
    assert (status, found["query"], found["language"]) == (0, "شهادة السكنى", "ar")
    assert [hit["rank"] for hit in found["hits"]] == list(range(1, len(found["hits"]) + 1))
    assert "arabe.txt" in found["hits"][0]["document_id"]


def test_documents_can_be_deleted_by_what_they_have_in_common(jazari, folder):
    jazari("ingest", folder, "--metadata", "authority=Intérieur")
    assert jazari("search", "passeport", "--where", "authority=autre")[1]["hits"] == []
    assert jazari("search", "passeport", "--where", "authority=Intérieur")[1]["hits"]
    assert jazari("delete", "--where", "authority=Intérieur") == (0, {"deleted": 3})
    assert jazari("documents")[1]["documents"] == []


def test_deleting_nothing_in_particular_is_refused(filled):
    status, printed = filled("delete")
    assert (status, printed["error"]["type"]) == (2, "UsageError")


def test_passages_of_an_inspection_quote_their_page(folder, capsys):
    assert main(["inspect", str(folder / "carte.md"), "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    pages = {page["number"]: page["text"] for page in seen["pages"]}
    assert seen["passages"]
    for passage in seen["passages"]:
        assert pages[passage["page"]][passage["start"] : passage["end"]] == passage["text"]


def test_inspecting_a_file_that_cannot_be_read_is_status_1(tmp_path, capsys):
    path = tmp_path / "image.bin"
    path.write_bytes(bytes(range(256)) * 8)
    assert main(["inspect", str(path), "--json"]) == 1
    assert "error" in json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("filled")
def test_a_chat_answers_line_by_line(store, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("Combien coûte le passeport pour un majeur ?\n/quit\n"))
    assert main(["chat", "--store", store]) == 0
    shown = capsys.readouterr().out
    assert "500 dirhams" in shown
    assert "\n[1] " in shown


def test_an_evaluation_reads_gold_questions_and_prints_the_promised_shape(tmp_path, capsys):
    pytest.importorskip("ir_measures", reason="the extra `eval` is not installed")
    rows = [{"id": name, "title": name, "text": text, "lang": "fr"} for name, text in SHEETS.items()]
    gold = [
        {"id": "1", "question": "timbre de la carte nationale", "lang": "fr", "relevant": ["carte.md"]},
        {"id": "2", "question": "شهادة السكنى", "lang": "aryLatn", "relevant": ["arabe.txt"]},
        {"id": "3", "question": "rugby", "lang": "fr", "relevant": []},
    ]
    corpus, queries = tmp_path / "corpus.jsonl", tmp_path / "queries.jsonl"
    for path, lines in ((corpus, rows), (queries, gold)):
        path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    command = ["eval", "--corpus", str(corpus), "--queries", str(queries)]
    assert main([*command, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["all"]["n"], set(printed["languages"])) == (2, {"fr", "aryLatn"})
    assert printed["all"]["hit@1"] == printed["all"]["ndcg@10"] == 1.0
    assert printed["ingest"]["passages"] > 0
    assert main(command) == 0
    assert "aryLatn" in capsys.readouterr().out


@pytest.mark.skipif(not DEMO.is_file(), reason="no samples here")
def test_the_demonstration_answers_its_questions_with_citations(capsys):
    assert main(["demo", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    wanted = tomllib.loads(DEMO.read_text(encoding="utf-8"))["question"]
    assert [exchange["question"] for exchange in shown["answers"]] == [question["text"] for question in wanted]
    for question, exchange in zip(wanted, shown["answers"], strict=True):
        assert exchange["answer"]["status"] == "answered", question
        assert exchange["answer"]["language"] == question["language"], question
        assert exchange["answer"]["citations"], question


def started(*arguments):
    """The command in a process that can be interrupted, also where the tests run in a shell's background."""
    return subprocess.Popen(
        [sys.executable, "-m", "jazari_rag", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=None if os.name == "nt" else partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


@pytest.mark.usefixtures("filled")
def test_a_reader_that_goes_away_is_no_traceback(store):
    process = subprocess.Popen(
        [sys.executable, "-m", "jazari_rag", "search", "dirhams", "--store", store],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(timeout=60) == 141
    assert errors == ""


@pytest.mark.usefixtures("filled")
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupted_chat_ends_cleanly(store):
    process = started("chat", "--store", store)
    process.stdin.write("Combien coûte le passeport pour un majeur ?\n".encode())
    process.stdin.flush()
    assert process.stdout.readline()  # it is answering: the program is up
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors


def test_a_store_that_another_process_has_open_is_status_1_and_says_so(filled, store):
    process = started("chat", "--store", store)
    process.stdin.write("Combien coûte le passeport pour un majeur ?\n".encode())
    process.stdin.flush()
    assert process.stdout.readline()  # it has the store open
    status, printed = filled("search", "passeport")
    examined, found = filled("doctor")
    process.communicate(b"/quit\n", timeout=60)
    assert (status, printed["error"]["type"], printed["error"]["retryable"]) == (1, "StoreLockedError", True)
    assert (examined, found["store"]["state"]) == (0, "in use")
    assert filled("search", "passeport")[0] == 0


def test_the_examination_counts_what_is_stored(filled):
    status, found = filled("doctor")
    assert (status, found["store"]["state"], found["store"]["documents"]) == (0, "ready", 3)


def test_another_way_of_cutting_passages_needs_a_rebuild(filled, folder, tmp_path):
    config = tmp_path / "portal.toml"
    config.write_text("[passages]\ntarget = 400\n", encoding="utf-8")
    status, printed = filled("search", "passeport", "--config", config)
    assert (status, printed["error"]["type"]) == (1, "StoreMismatchError")
    status, report = filled("ingest", folder, "--config", config, "--rebuild")
    assert (status, report["added"]) == (0, 3)
    assert filled("search", "passeport", "--config", config)[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupted_ingestion_ends_cleanly_and_the_next_one_finishes_it(jazari, folder, store):
    for number in range(60):
        (folder / f"note-{number}.txt").write_text(f"La démarche numéro {number} coûte {number} dirhams.", "utf-8")
    process = started("ingest", folder, "--store", store)
    while process.poll() is None and not Path(store).is_dir():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    status, report = jazari("ingest", folder)
    assert (status, report["inputs"], report["failed"]) == (0, 63, 0)
    assert len(jazari("documents")[1]["documents"]) == 63


def test_configurations_are_compared_on_the_same_questions_and_drawn_on_a_page(tmp_path, capsys):
    pytest.importorskip("ir_measures", reason="the extra `eval` is not installed")
    corpus, queries = tmp_path / "corpus.jsonl", tmp_path / "queries.jsonl"
    corpus.write_text(
        '{"id": "a", "lang": "ar", "text": "تسلم شهادة السكنى مجانا من طرف السلطة المحلية"}\n'
        '{"id": "b", "lang": "ar", "text": "رسوم تجديد رخصة السياقة ثلاثمائة درهم"}\n',
        encoding="utf-8",
    )
    queries.write_text(
        '{"id": "1", "lang": "fr", "question": "une attestation de l\'autorité locale", "relevant": ["a"]}\n'
        '{"id": "2", "lang": "ar", "question": "شهادة السكنى", "relevant": ["a"]}\n',
        encoding="utf-8",
    )
    other = tmp_path / "plain <b>.toml"
    other.write_text("[retrieval]\ntranslated_weight = 0.0\n", encoding="utf-8")
    page = tmp_path / "report.html"
    asked = ["eval", "--corpus", str(corpus), "--queries", str(queries), "--json"]
    assert main([*asked, "--compare", str(other), "--html", str(page)]) == 0
    printed = json.loads(capsys.readouterr().out)
    (name, compared), *_ = printed["compared"].items()
    assert name == str(other)
    assert compared["all"]["n"] == printed["all"]["n"] == 2
    for measure, difference in compared["differences"]["all"].items():
        assert difference["mean"] == pytest.approx(compared["all"][measure] - printed["all"][measure])
        assert difference["low"] <= difference["mean"] <= difference["high"]
    text = page.read_text(encoding="utf-8")
    assert text.count("<svg") == text.count("</svg>") == 4
    assert "plain &lt;b&gt;" in text
    assert "plain <b>" not in text
    assert not any(sign in text for sign in ("http:", "https:", "<script", "src="))
