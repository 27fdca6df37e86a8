"""Replacements seen by a racing reader, and faults at every call of the engine (I2, I3, I5)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from store_world import DIMENSION, FaultyEngine, common, contents, dense, document, passages, put, texts

from jazari_rag.adapters.qdrant_edge_engine import EdgeEngine
from jazari_rag.adapters.qdrant_points import PointEngine
from jazari_rag.adapters.qdrant_search import RecordCache
from jazari_rag.adapters.qdrant_server import memory_engine
from jazari_rag.adapters.qdrant_state import StoreState
from jazari_rag.adapters.qdrant_store import QdrantPassageStore
from jazari_rag.errors import StoreError
from jazari_rag.ports import PassageStore


def test_a_reader_sees_all_of_a_version_or_all_of_the_next(store: PassageStore) -> None:
    """Each version has passages of the same terms, and a size of its own: a mix or a gap would show."""
    sizes = {str(revision): 2 + revision % 4 for revision in range(25)}
    put(store, "bystander")
    put(store, "a", "0", count=sizes["0"])
    wrong: list[object] = []
    seen: set[str] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for query in (common(50), dense(50)):
                try:
                    hits = [hit for hit in store.search(query) if hit.passage.document_id == "a"]
                except Exception as error:
                    wrong.append(error)
                    return
                revisions = {hit.document.revision for hit in hits}
                (revision,) = revisions if len(revisions) == 1 else ("none or many",)
                expected = sorted(
                    item.passage.text for item in passages("a", sizes.get(revision, 0), revision=revision)
                )
                if texts(hits) != expected:
                    wrong.append((revisions, texts(hits)))
                seen.add(revision)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for revision, size in sizes.items():
        put(store, "a", revision, count=size)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert seen


def _edge_engines(folder: Path) -> Callable[[], PointEngine]:
    folder.mkdir()
    return lambda: EdgeEngine(folder, DIMENSION)


def _memory_engines(_: Path) -> Callable[[], PointEngine]:
    from qdrant_client import QdrantClient

    client = QdrantClient(":memory:")

    def make() -> PointEngine:
        engine = memory_engine(client)
        engine.ensure(DIMENSION)
        return engine

    return make


@pytest.fixture(params=[_edge_engines, _memory_engines], ids=["edge", "memory"])
def engines(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], PointEngine]:
    """Makes engines over one place, one after the other."""
    made: Callable[[], PointEngine] = request.param(tmp_path / "store")
    return made


def _opened(engine: PointEngine, *, cached: int = 0) -> QdrantPassageStore:
    state = StoreState(records=RecordCache(cached))
    return QdrantPassageStore(engine, state=state, fingerprint="test-1", dimension=DIMENSION)


def _first(store: PassageStore) -> None:
    store.begin()
    for name in ("changed", "deleted", "same", "duplicate"):
        store.replace(document(name), passages(name))
    store.delete("new")
    store.commit()


def _second(store: PassageStore) -> frozenset[str]:
    broken = store.begin()
    store.replace(document("changed", "2", passages=5), passages("changed", 5, revision="2"))
    store.replace(document("new", passages=3), passages("new"))
    store.record(document("duplicate", passages=0, duplicate_of="same"))
    store.delete("deleted")
    store.commit()
    return broken


def _all_hits(store: PassageStore) -> list[tuple[str, str]]:
    return sorted((hit.document.revision, hit.passage.text) for hit in store.search(common(100)))


def _versions_are_whole(store: PassageStore) -> None:
    """I2 for whoever reads after a fault: each document is whole, in its old version or its new one."""
    found = _all_hits(store)
    for item in store.documents():
        expected = [] if item.duplicate_of else passages(item.id, item.passages, revision=item.revision)
        texts_of = [text for _, text in found if text.split(" ")[0] == item.id]
        assert texts_of == sorted(wanted.passage.text for wanted in expected)
    assert {text.split(" ")[0] for _, text in found} <= {item.id for item in store.documents()}


@pytest.mark.parametrize("afterwards", [False, True], ids=["before", "after"])
def test_after_a_fault_at_any_call_the_next_session_heals(engines: Callable[[], PointEngine], afterwards: bool) -> None:
    engine = FaultyEngine(engines())
    store = _opened(engine, cached=100)
    _first(store)
    engine.calls = 0
    _second(store)
    calls, wanted = engine.calls, (contents(store), _all_hits(store))
    for nth in range(1, calls + 1):
        _first(store)
        engine.nth, engine.calls, engine.afterwards = nth, 0, afterwards
        with suppress(StoreError):  # a fault in clearing up is not raised: readers see the new version
            _second(store)
        engine.nth = 0
        if (nth + afterwards) % 2:  # a new process; otherwise the same store goes on
            engine.close()
            engine = FaultyEngine(engines())
            store = _opened(engine, cached=100)
        _versions_are_whole(store)
        _second(store)
        assert (contents(store), _all_hits(store)) == wanted, f"fault {nth} of {calls}"
        assert store.begin() == frozenset()
        store.commit()
        assert (contents(store), _all_hits(store)) == wanted
    engine.close()


def test_orphans_of_a_dead_session_are_never_found_and_then_removed(engines: Callable[[], PointEngine]) -> None:
    engine = FaultyEngine(engines())
    store = _opened(engine)
    put(store, "a")
    store.begin()
    engine.calls, engine.nth = 0, 4  # mark (read, write), look the record up, then the passages
    engine.afterwards = True
    with pytest.raises(StoreError, match="injected"):
        store.replace(document("a", "2", passages=90), passages("a", 90, revision="2"))
    engine.nth = 0
    assert engine.count(()) == 1 + 1 + 3 + 90
    assert texts(store.search(common(2))) == ["a 1 passage 0", "a 1 passage 1"]
    assert len(store.search(common(50))) == len(store.search(dense(50))) == 3
    engine.close()
    engine = FaultyEngine(engines())
    store = _opened(engine)
    assert len(store.search(common(50))) == 3
    assert store.begin() == frozenset()
    assert engine.count(()) == 1 + 1 + 3
    store.commit()
    engine.close()


def test_documents_that_lost_passages_are_named_until_they_are_written_again(
    engines: Callable[[], PointEngine],
) -> None:
    engine = engines()
    store = _opened(engine)
    put(store, "a")
    put(store, "b")
    store.begin()
    store.record(document("c", passages=2))  # what a power cut may leave: a record without its passages
    engine.close()
    for _ in range(2):
        engine = engines()
        store = _opened(engine)
        assert store.begin() == {"c"}
        store.commit()
        engine.close()
    engine = engines()
    store = _opened(engine)
    assert store.begin() == {"c"}
    store.replace(document("c", passages=2), passages("c", 2))
    store.commit()
    assert store.begin() == frozenset()
    engine.close()


def test_a_session_without_changes_writes_nothing(engines: Callable[[], PointEngine]) -> None:
    class ReadOnly(FaultyEngine):
        def upsert(self, points: object) -> None:
            raise AssertionError("a write")

        delete = delete_ids = upsert  # type: ignore[assignment]

        def flush(self) -> None:
            raise AssertionError("a flush")

    engine = engines()
    store = _opened(engine)
    put(store, "a")
    engine.close()
    engine = engines()
    store = _opened(ReadOnly(engine))
    assert store.begin() == frozenset()
    assert store.document("a") is not None
    store.delete("unknown")
    store.commit()
    engine.close()


def test_a_collection_of_someone_else_is_refused_and_kept(engines: Callable[[], PointEngine]) -> None:
    from jazari_rag.adapters.qdrant_points import Point

    engine = engines()
    engine.upsert([Point("00000000-0000-0000-0000-000000000001", {"mine": "yes"})])
    with pytest.raises(StoreError, match="did not write"):
        _opened(engine)
    assert engine.count(()) == 1
    engine.close()


def test_indexes_are_built_when_enough_was_written_over_all_sessions(engines: Callable[[], PointEngine]) -> None:
    class Counting(FaultyEngine):
        built = 0

        def optimize(self) -> None:
            self.built += 1
            super().optimize()

    engine = Counting(engines())
    for session, expected in ((1, 0), (2, 0), (3, 1), (4, 1)):
        state = StoreState()
        store = QdrantPassageStore(engine, state=state, fingerprint="test-1", dimension=DIMENSION, optimize_at=25)
        put(store, f"document {session}", count=10)
        assert engine.built == expected
        assert len(store.search(common(100))) == len(store.search(dense(100))) == 10 * session
    engine.close()


def test_indexes_wait_until_nobody_searches(engines: Callable[[], PointEngine]) -> None:
    class Counting(FaultyEngine):
        built = 0

        def optimize(self) -> None:
            self.built += 1
            super().optimize()

    engine = Counting(engines())
    options = {"state": StoreState(), "fingerprint": "test-1", "dimension": DIMENSION, "optimize_at": 1}
    store = QdrantPassageStore(engine, **options)  # type: ignore[arg-type]
    store.begin()
    store.replace(document("a"), passages("a"))
    store.search(common())
    store.commit()
    assert engine.built == 0
    put(store, "b")
    assert engine.built == 1
    engine.close()
