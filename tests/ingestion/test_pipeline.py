"""Ingestion over a store in memory, read in this process: what becomes of documents as their sources change."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from jazari_rag.assistant import Assistant
from jazari_rag.cli import main
from jazari_rag.domain import Document, IngestReport
from jazari_rag.errors import UsageError
from jazari_rag.ingestion.deletion import delete_documents
from jazari_rag.ingestion.encoding import PassageEncoder
from jazari_rag.ingestion.pipeline import Ingestion
from jazari_rag.ports import PassageStore
from tests.faults.test_injected import ANALYZER, Embedder, Reading, fresh

Ingest = Callable[..., IngestReport]


@pytest.fixture
def store() -> PassageStore:
    return fresh()


@pytest.fixture
def ingest(store: PassageStore) -> Ingest:
    def run(*paths: Path, **options: object) -> IngestReport:
        encoder = PassageEncoder(ANALYZER, Embedder())
        report = Ingestion(store, Reading(), encoder, processing="test").run(paths, **options)  # type: ignore[arg-type]
        assert report.inputs == len(report.failures) + sum(
            (report.added, report.updated, report.unchanged, report.duplicates)
        )
        consistent(store)
        return report

    return run


def consistent(store: PassageStore) -> None:
    """Every document has its passages, or repeats one that has its own: no content is reachable by a record alone."""
    records = {document.id: document for document in store.documents()}
    for document in records.values():
        assert len(store.passages(document.id)) == document.passages
        if document.duplicate_of is None:
            assert document.passages > 0
        else:
            original = records[document.duplicate_of]
            assert (original.duplicate_of, original.digest) == (None, document.digest)


def sheet(subject: str) -> str:
    return f"# Guide {subject}\n\nLe timbre pour {subject} vaut 20 dirhams.\n"


def folder(path: Path, **files: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, subject in files.items():
        (path / f"{name}.md").write_text(sheet(subject), encoding="utf-8")
    return path


def rows(path: Path, *values: dict[str, object]) -> Path:
    path.write_text("\n".join(map(json.dumps, values)), encoding="utf-8")
    return path


def originals(store: PassageStore) -> dict[str, str | None]:
    return {document.id: document.duplicate_of for document in store.documents()}


def record(store: PassageStore, document_id: str) -> Document:
    found = store.document(document_id)
    assert found is not None
    return found


def test_copies_elsewhere_keep_their_content_when_the_original_changes(
    tmp_path: Path, store: PassageStore, ingest: Ingest
) -> None:
    here, there = folder(tmp_path / "a", o="visa"), folder(tmp_path / "b", c="visa", d="visa")
    ingest(here, there)
    assert originals(store) == {"a/o.md": None, "b/c.md": "a/o.md", "b/d.md": "a/o.md"}
    folder(here, o="permis")
    assert ingest(here).updated == 1
    assert originals(store) == {"a/o.md": None, "b/c.md": None, "b/d.md": "b/c.md"}
    assert [item.passage.document_id for item in store.passages("b/c.md")] == ["b/c.md"]
    again = ingest(here, there)
    assert (again.unchanged, again.duplicates, again.passages) == (2, 1, 0)


def test_copies_elsewhere_keep_their_content_when_the_original_is_pruned(
    tmp_path: Path, store: PassageStore, ingest: Ingest
) -> None:
    here, there = folder(tmp_path / "a", o="visa", x="permis"), folder(tmp_path / "b", c="visa", d="visa")
    ingest(here, there)
    (here / "o.md").unlink()
    assert ingest(here, prune=True).deleted == 1
    assert originals(store) == {"a/x.md": None, "b/c.md": None, "b/d.md": "b/c.md"}


def test_copies_elsewhere_keep_their_content_when_the_original_becomes_a_copy(
    tmp_path: Path, store: PassageStore, ingest: Ingest
) -> None:
    here, there = folder(tmp_path / "a", o="visa", p="permis"), folder(tmp_path / "b", c="visa")
    ingest(here, there)
    folder(here, o="permis")
    assert ingest(here).duplicates == 1
    assert originals(store) == {"a/o.md": "a/p.md", "a/p.md": None, "b/c.md": None}


def test_a_copy_that_inherits_and_then_changes_hands_on(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    here, there = folder(tmp_path / "a", o="visa", p="visa"), folder(tmp_path / "b", c="visa")
    ingest(here, there)
    folder(here, o="permis", p="carte")
    assert ingest(here).updated == 2
    assert originals(store) == {"a/o.md": None, "a/p.md": None, "b/c.md": None}


def test_the_content_of_a_renamed_file_is_never_absent(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    docs = folder(tmp_path / "docs", old="visa")
    ingest(docs)
    (docs / "old.md").rename(docs / "new.md")
    seen = []

    class Watching(Reading):
        def read(self, jobs):  # type: ignore[no-untyped-def]
            for job, parsed in super().read(jobs):
                seen.append(set(originals(store)))
                yield job, parsed

    ingestion = Ingestion(store, Watching(), PassageEncoder(ANALYZER, Embedder()), processing="test")
    assert ingestion.run([docs], prune=True).deleted == 1
    assert seen == [{"docs/old.md"}]
    assert originals(store) == {"docs/new.md": None}


def test_rows_that_share_a_text_keep_their_own_metadata(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    values = [{"id": str(n), "text": "Le timbre vaut 20 dirhams.", "tenant": f"t{n}"} for n in range(3)]
    file = rows(tmp_path / "r.jsonl", *values)
    assert ingest(file).duplicates == 2
    assert [record(store, str(n)).metadata["tenant"] for n in range(3)] == ["t0", "t1", "t2"]
    delete_documents(store, "0")
    [inherited] = store.passages("1")
    assert inherited.passage.metadata["tenant"] == "t1"
    assert [document.id for document in store.documents({"tenant": "t2"})] == ["2"]
    rows(file, *values[1:])
    again = ingest(file)
    assert (again.unchanged, again.duplicates, again.passages) == (1, 1, 0)


def test_an_empty_folder_among_others_is_not_pruned(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    full, unmounted = folder(tmp_path / "a", o="visa"), folder(tmp_path / "b", c="permis")
    ingest(full, unmounted)
    (unmounted / "c.md").unlink()
    with pytest.raises(UsageError, match=r"b: nothing to ingest there.*--allow-empty"):
        ingest(full, unmounted, prune=True)
    assert len(originals(store)) == 2
    assert ingest(full, unmounted, prune=True, allow_empty=True).deleted == 1


@pytest.mark.parametrize("rest", ["", "\n \n", "{\n"])
def test_rows_of_a_file_that_was_cut_off_stay(tmp_path: Path, store: PassageStore, ingest: Ingest, rest: str) -> None:
    docs = folder(tmp_path / "docs", o="visa")
    rows(docs / "r.jsonl", {"id": "1", "text": "Un texte."}, {"id": "2", "text": "Un autre texte."})
    ingest(docs)
    (docs / "r.jsonl").write_text(rest)
    report = ingest(docs, prune=True)
    assert (report.failed, report.missing, report.deleted) == (1, 0, 0)
    assert len(originals(store)) == 3


def test_rows_can_change_move_and_go(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    docs = folder(tmp_path / "docs")
    first = [{"id": str(n), "text": f"Le texte numéro {n}."} for n in range(4)]
    rows(docs / "a.jsonl", *first)
    assert ingest(docs).added == 4
    rows(docs / "a.jsonl", *reversed(first))
    assert (ingest(docs).unchanged, ingest(docs).passages) == (4, 0)
    rows(docs / "a.jsonl", first[0])
    rows(docs / "b.jsonl", first[1], {"id": "2", "text": "Changé et déplacé."})
    report = ingest(docs, prune=True)
    assert (report.unchanged, report.updated, report.deleted, report.failed) == (2, 1, 1, 0)
    assert record(store, "1").location == str(docs / "b.jsonl")


def test_an_id_stays_with_the_file_that_has_it(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    docs = folder(tmp_path / "docs")
    rows(docs / "b.jsonl", {"id": "1", "text": "Le premier texte."})
    ingest(docs)
    rows(docs / "a.jsonl", {"id": "1", "text": "Un imposteur."})
    report = ingest(docs)
    assert (report.failed, report.unchanged) == (1, 1)
    assert "b.jsonl" in report.failures[0].reason
    assert [item.passage.text for item in store.passages("1")] == ["Le premier texte."]


def test_a_folder_by_another_path_is_the_same_folder(tmp_path: Path, ingest: Ingest) -> None:
    docs = folder(tmp_path / "docs", o="visa", p="carte")
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "docs").symlink_to(docs)
    ingest(docs)
    assert ingest(tmp_path / "link" / "docs").unchanged == 2
    folder(docs, o="permis")
    assert ingest(docs).updated == 1
    (docs / "p.md").unlink()
    assert ingest(tmp_path / "docs" / ".." / "link" / "docs").missing_ids == ("docs/p.md",)
    assert ingest(tmp_path / "link" / "docs", prune=True).deleted == 1


def test_two_folders_of_one_name_neither_mix_nor_swap(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    one = folder(tmp_path / "a" / "docs", same="visa", other="carte")
    two = folder(tmp_path / "b" / "docs", same="visa", other="permis")
    ingest(one)
    for _ in range(2):
        report = ingest(two)
        assert (report.failed, report.unchanged) == (1, 1)
        assert record(store, "docs/same.md").root == str(one)
    assert ingest(one).unchanged == 2


@pytest.mark.parametrize("name", [b"caf\xe9.md", 'l\'acte "n°1"\n(fin).md'.encode(), b"\xd8\xb9\xd9\x82\xd8\xaf.md"])
def test_any_file_name_is_ingested(tmp_path: Path, store: PassageStore, ingest: Ingest, name: bytes) -> None:
    docs = folder(tmp_path / "docs")
    Path(os.fsdecode(bytes(docs) + b"/" + name)).write_text(sheet("visa"), encoding="utf-8")
    report = ingest(docs)
    assert (report.added, report.failed) == (1, 0)
    [document] = store.documents()
    json.dumps(document.to_dict(), ensure_ascii=False).encode()
    assert ingest(docs).unchanged == 1
    assert ingest(docs, prune=True).deleted == 0


def test_half_characters_in_a_row_do_no_harm(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    half = "\ud800x"
    row = {"id": half, "title": half, "text": f"Un texte {half}.", half: 1, "tags": [half], "nested": {half: [half]}}
    assert ingest(rows(tmp_path / "r.jsonl", row)).failed == 0
    [document] = store.documents()
    json.dumps(document.to_dict(), ensure_ascii=False).encode()


def test_an_empty_id_is_none(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    ingest(rows(tmp_path / "r.jsonl", {"id": "", "text": "Un texte."}, {"id": 0, "text": "Zéro."}))
    assert list(originals(store)) == ["0", "r.jsonl:1"]


@pytest.mark.parametrize("value", [None, object(), {"a": 1}, ["x", 1], float("nan"), b"x"])
def test_metadata_that_no_filter_could_ask_for_is_refused(tmp_path: Path, ingest: Ingest, value: object) -> None:
    with pytest.raises(UsageError, match="'key' cannot be"):
        ingest(folder(tmp_path / "docs", o="visa"), metadata={"key": value})


def test_other_metadata_writes_everything_again(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    docs = folder(tmp_path / "docs", o="visa", p="visa")
    ingest(docs, metadata={"tenant": "a", "topics": ("x", "y")})
    assert ingest(docs, metadata={"tenant": "a", "topics": ["x", "y"]}).unchanged == 1
    report = ingest(docs, metadata={"tenant": "b"})
    assert (report.updated, report.duplicates) == (1, 1)
    assert store.documents({"tenant": "a"}) == []


def test_a_version_that_can_no_longer_be_read_stays(tmp_path: Path, store: PassageStore, ingest: Ingest) -> None:
    docs = folder(tmp_path / "docs", o="visa")
    ingest(docs)
    (docs / "o.md").write_bytes(b"")
    report = ingest(docs, prune=True)
    assert (report.failed, report.deleted) == (1, 0)
    assert "visa" in store.passages("docs/o.md")[0].passage.text
    (docs / "o.md").unlink()
    (docs / "o.md").symlink_to("nowhere")
    assert (ingest(docs, prune=True).failed, len(originals(store))) == (1, 1)


def test_a_rebuild_from_nothing_empties_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs, store = folder(tmp_path / "docs", o="visa"), str(tmp_path / "store")
    assert main(["ingest", str(docs), "--store", store]) == 0
    assert main(["ingest", str(tmp_path / "dosc"), "--rebuild", "--store", store]) == 2
    assert "does not exist" in capsys.readouterr().err
    with Assistant.open(store) as assistant:
        assert len(assistant.documents()) == 1


def test_assistants_on_one_store_take_turns(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", **{f"n{number}": f"visa{number}" for number in range(12)})
    reports: list[IngestReport] = []
    with Assistant.open(tmp_path / "store") as one, Assistant.open(tmp_path / "store") as other:
        threads = [Thread(target=lambda a=a: reports.append(a.ingest(docs))) for a in (one, other)]  # type: ignore[misc]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted((report.added, report.unchanged) for report in reports) == [(0, 12), (12, 0)]
