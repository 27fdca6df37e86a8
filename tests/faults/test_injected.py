"""A failure at every Nth call of the store, the reader and the embedder: I1 to I5 hold after running again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from jazari_rag.adapters.qdrant_server import open_memory
from jazari_rag.config import PassageSizes
from jazari_rag.domain import IngestReport
from jazari_rag.errors import JazariError, ReadError
from jazari_rag.ingestion.encoding import PassageEncoder
from jazari_rag.ingestion.parsing import Parsed, parsed_from_json
from jazari_rag.ingestion.pipeline import Ingestion
from jazari_rag.ingestion.plan import Job
from jazari_rag.languages import load_languages
from jazari_rag.ports import PassageStore
from jazari_rag.testing import FailingStore
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.worker import handle
from tests.faults.world import SUBJECTS, Content

COUNT = 4
ANALYZER = SnowballAnalyzer(load_languages())


class Reading:
    """Reads in this process; the Nth document fails."""

    def __init__(self, nth: int = 0) -> None:
        self._nth = nth
        self.calls = 0

    def read(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Parsed | JazariError]]:
        for job in jobs:
            self.calls += 1
            if self.calls == self._nth:
                yield job, ReadError("injected failure", retryable=True)
                continue
            request = {
                "task": "parse",
                "path": str(job.entry.location),
                "offset": job.entry.offset,
                "document_id": job.entry.document_id,
                "max_pages": 10,
                "sizes": PassageSizes().model_dump(),
                "languages": [],
            }
            try:
                yield job, parsed_from_json(job.entry.document_id, handle(request))
            except JazariError as error:
                yield job, error


class Embedder:
    """Two dimensions; the Nth call fails."""

    fingerprint = "test"
    dimension = 2

    def __init__(self, nth: int = 0) -> None:
        self._nth = nth
        self.calls = 0

    def embed_queries(self, texts: Sequence[str]) -> list[list[float]]:
        return [[1.0, float(len(text))] for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> list[list[float]]:
        self.calls += 1
        if self.calls == self._nth:
            raise OSError("injected failure")
        return self.embed_queries(texts)


def write(folder: Path, version: int) -> None:
    """Version 2 changes one document, makes one a copy, removes one and adds one."""
    folder.mkdir(exist_ok=True)
    for number in range(COUNT):
        edition = version if number == 0 else 1
        text = f"# Guide {SUBJECTS[number]}\n\nLe montant est de {number} dirhams, édition {edition}.\n"
        (folder / f"doc{number}.md").write_text(text * 3, encoding="utf-8")
    if version == 2:
        (folder / "doc1.md").write_bytes((folder / "doc2.md").read_bytes())
        (folder / "doc3.md").unlink()
        (folder / "doc9.md").write_text("# Nouveau\n\nUn texte nouveau.\n", encoding="utf-8")


def run(
    store: PassageStore, folder: Path, reading: Reading | None = None, embedder: Embedder | None = None
) -> IngestReport:
    encoder = PassageEncoder(ANALYZER, embedder or Embedder())
    return Ingestion(store, reading or Reading(), encoder, processing="test").run([folder], prune=True)


def content(store: PassageStore) -> Content:
    return {
        document.id: (
            document.revision,
            tuple((item.passage.id, item.passage.text) for item in store.passages(document.id)),
        )
        for document in store.documents()
    }


def fresh() -> PassageStore:
    return open_memory(fingerprint="test", dimension=2)


def check(store: PassageStore, folder: Path, old: Content, new: Content) -> None:
    """What holds after a fault, after running again, and after running once more."""
    for document_id, stored in content(store).items():
        assert stored in (old.get(document_id), new.get(document_id))
    assert set(old) & set(new) <= set(content(store))
    assert run(store, folder).failed == 0
    assert content(store) == new
    writes = FailingStore(store, nth=0)
    again = run(writes, folder)
    assert (again.passages, again.added, again.updated, again.deleted, again.failed) == (0, 0, 0, 0, 0)
    assert content(store) == new


@pytest.fixture
def worlds(tmp_path: Path) -> tuple[Path, Content, Content]:
    folder = tmp_path / "docs"
    write(folder, 1)
    store = fresh()
    run(store, folder)
    old = content(store)
    write(folder, 2)
    run(store, folder)
    new = content(store)
    return folder, old, new


def at_version_1(folder: Path) -> PassageStore:
    write(folder, 1)
    store = fresh()
    assert run(store, folder).failed == 0
    write(folder, 2)
    return store


def accounted(report: IngestReport, inputs: int) -> None:
    assert report.inputs == inputs
    assert report.failed == len(report.failures)


@pytest.mark.parametrize("afterwards", [False, True], ids=["before the work", "after the work"])
def test_a_failing_store_call_heals(worlds: tuple[Path, Content, Content], afterwards: bool) -> None:
    folder, old, new = worlds
    failures = 0
    for nth in count(1):
        store = at_version_1(folder)
        failing = FailingStore(store, nth=nth, afterwards=afterwards)
        try:
            accounted(run(failing, folder), len(list(folder.iterdir())))
        except JazariError:
            failures += 1
        if failing.calls < nth:
            break
        check(store, folder, old, new)
    assert nth > 6
    assert failures > 0


def test_a_failing_reader_heals(worlds: tuple[Path, Content, Content]) -> None:
    folder, old, new = worlds
    for nth in range(1, 4):
        store = at_version_1(folder)
        reading = Reading(nth)
        report = run(store, folder, reading)
        accounted(report, len(list(folder.iterdir())))
        assert report.failed == (1 if reading.calls >= nth else 0)
        check(store, folder, old, new)


def test_a_failing_embedder_heals(worlds: tuple[Path, Content, Content]) -> None:
    folder, old, new = worlds
    for nth in range(1, 4):
        store = at_version_1(folder)
        report = run(store, folder, embedder=Embedder(nth))
        accounted(report, len(list(folder.iterdir())))
        check(store, folder, old, new)
