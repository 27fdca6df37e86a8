"""The passage store over points: one collection holds the passages, a record a document, and a manifest.

The current revision of a document is what its record says, so replacing that one point switches readers from all of
the old version to all of the new one. Passages of any other revision are never returned, whatever a dead writer left.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace as with_changes

from jazari_rag.adapters.qdrant_healing import PASSAGES, RECORDS, heal, scroll
from jazari_rag.adapters.qdrant_manifest import Manifest, bind, read_manifest, write_manifest
from jazari_rag.adapters.qdrant_payloads import (
    Record,
    check_passages,
    check_query,
    conditions_of,
    indexed_passage_of,
    passage_points,
    record_id,
    record_of,
    record_point,
    version_of,
)
from jazari_rag.adapters.qdrant_points import DOCUMENT, VERSION, Condition, Found, Lookup, Point, PointEngine, Scroll
from jazari_rag.adapters.qdrant_search import Steps, arun, lookup_records, rarities, rescored, run, search
from jazari_rag.adapters.qdrant_state import StoreState
from jazari_rag.domain import Document, Hit, IndexedPassage, VectorQuery, Where
from jazari_rag.errors import StoreError
from jazari_rag.ports import Scorer

_log = logging.getLogger(__name__)

_BATCH = 256
"""Points in one write."""
OPTIMIZE_AT = 50_000
"""Below this many new points, comparing all dense vectors takes about 7 ms, and an index is not worth its time.

At 100,000 points of 256 dimensions it takes 77 s, in which the process stands still, and brings a dense search from
13 ms to 1 (a sparse one from 1.7 to 0.8: never worth it).
"""
_READS = 8


class QdrantPassageStore:
    """A `PassageStore` over any `PointEngine`.

    Args:
        engine: The collection.
        state: What all stores on that collection in this process share.
        fingerprint: Of what makes the vectors: the store remembers it, and opens with no other.
        dimension: Of the dense vectors, or None for sparse vectors alone.
        rebuild: Empty the store, whatever made it.
        optimize_at: How many new points make `commit` build the engine's indexes.
        on_close: Called once; by default the engine is closed.

    Raises:
        StoreMismatchError: Something else made this index.
        StoreError: The collection holds points that are not ours.
    """

    def __init__(
        self,
        engine: PointEngine,
        *,
        state: StoreState,
        fingerprint: str,
        dimension: int | None,
        rebuild: bool = False,
        optimize_at: int = OPTIMIZE_AT,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        self._points = engine
        self._state = state
        self._on_close = on_close or engine.close
        self._wanted = Manifest(fingerprint, dimension)
        self._optimize_at = optimize_at
        self._closed = self._unfinished = False
        with state.lock:
            if rebuild:
                self.reset()
            else:
                bind(engine, self._wanted)

    @property
    def location(self) -> str:
        return self._points.location

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.location!r})"

    # -- reading -----------------------------------------------------------------------------------------------------

    def search(self, query: VectorQuery) -> list[Hit]:
        check_query(query.vector, self._wanted.dimension)
        self._state.searched = True
        return run(search(query, self._state.records), self._engine)

    async def asearch(self, query: VectorQuery) -> list[Hit]:
        check_query(query.vector, self._wanted.dimension)
        self._state.searched = True
        return await arun(search(query, self._state.records), self._engine)

    def rescored(self, query: VectorQuery, score: Scorer, limit: int) -> list[Hit]:
        check_query(query.vector, self._wanted.dimension)
        self._state.searched = True
        return run(rescored(query, score, limit, self._state.records), self._engine)

    async def arescored(self, query: VectorQuery, score: Scorer, limit: int) -> list[Hit]:
        check_query(query.vector, self._wanted.dimension)
        self._state.searched = True
        return await arun(rescored(query, score, limit, self._state.records), self._engine)

    def rarities(self, terms: Sequence[int], where: Where) -> Mapping[int, float]:
        return run(self._rarities(terms, where), self._engine)

    async def ararities(self, terms: Sequence[int], where: Where) -> Mapping[int, float]:
        return await arun(self._rarities(terms, where), self._engine)

    def _rarities(self, terms: Sequence[int], where: Where) -> Steps[dict[int, float]]:
        return rarities(terms, where, self._state.rarities, self._state.records.generation)

    def holds(self, where: Where) -> bool:
        conditions = conditions_of(where)
        wanted = None if conditions is None else Scroll((PASSAGES, *conditions), keys=(), limit=1)
        return wanted is not None and bool(self._engine.scroll(wanted).found)

    def document(self, document_id: str) -> Document | None:
        record = self._record(document_id)
        return None if record is None else record.document

    def documents(self, where: Where | None = None) -> list[Document]:
        conditions = conditions_of(where or {})
        if conditions is None:
            return []
        found = scroll(self._engine, Scroll((RECORDS, *conditions)))
        return sorted((record_of(item).document for item in found), key=lambda document: document.id)

    def passages(self, document_id: str) -> list[IndexedPassage]:
        """As the port says. Dense vectors come back normalised to length 1, in single precision."""
        found: list[Found] = []
        record = self._record(document_id)
        for _ in range(_READS):
            if record is None:
                return []
            found = list(scroll(self._engine, Scroll((Condition(VERSION, (record.version,)),), vectors=True)))
            before, record = record, self._record(document_id)
            if record is not None and record.version == before.version:
                break
        items = map(indexed_passage_of, found)
        return sorted(items, key=lambda item: (item.passage.page, item.passage.start, item.passage.id))

    # -- writing -----------------------------------------------------------------------------------------------------

    def begin(self) -> frozenset[str]:
        with self._state.lock:
            if bind(self._engine, self._wanted).writing:
                self._mark()
                self._state.broken = heal(self._engine)
                self._state.suspect = False
            return frozenset(self._state.broken)

    def replace(self, document: Document, passages: Sequence[IndexedPassage]) -> None:
        document = with_changes(document, passages=len(passages))
        if document.duplicate_of is not None and passages:
            raise StoreError(f"{document.id} is a duplicate of {document.duplicate_of}: it has no passages of its own")
        check_passages(passages, self._wanted.dimension)
        points = passage_points(document, passages)
        version = version_of(document)
        with self._writing(document.id) as previous:
            again = self._state.suspect or (previous is not None and previous.version == version)
            self._write(version, points, again=again)
            self._switch(document, previous)
            self._state.written += len(points)

    def record(self, document: Document) -> None:
        with self._writing(document.id) as previous:
            self._switch(document, previous)

    def delete(self, document_id: str) -> None:
        with self._state.lock:
            everything = (Condition(DOCUMENT, (document_id,)),)
            if not self._engine.count(everything):
                return
            with self._writing(document_id):
                self._engine.delete_ids([record_id(document_id)])
                self._state.records.forget(document_id)
                self._engine.delete(everything)

    def commit(self) -> None:
        with self._state.lock:
            if self._state.marked:
                self._finish()

    def reset(self) -> None:
        with self._state.lock:
            self._state.lease.check(read_manifest(self._engine) or self._wanted, self.location)
            self._state.records.forget()
            self._engine.recreate(self._wanted.dimension)
            self._state.records.forget()
            self._state.clear()
            bind(self._engine, self._wanted)

    def close(self) -> None:
        """Lets the store go; calling it again does nothing. A session that was not committed is healed by the next."""
        if not self._closed:
            with suppress(StoreError):
                self._leave()
            self._closed = True
            self._on_close()

    # -- how ---------------------------------------------------------------------------------------------------------

    @property
    def _engine(self) -> PointEngine:
        if self._closed:
            raise StoreError(f"{self.location}: this store is closed; open it again", location=self.location)
        return self._points

    def _record(self, document_id: str) -> Record | None:
        return run(lookup_records({document_id}, self._state.records), self._engine).get(document_id)

    @contextmanager
    def _writing(self, document_id: str) -> Iterator[Record | None]:
        """Marks the session before its first write; gives the document's current record."""
        with self._state.lock:
            if not self._state.marked or self._state.lease.is_due:
                self._mark()
            try:
                yield self._record(document_id)
            except BaseException:
                self._state.suspect = True
                raise
            finally:
                self._state.records.forget(document_id)
            self._state.broken.discard(document_id)

    def _write(self, version: str, points: Sequence[Point], *, again: bool) -> None:
        """The version has these passages and, when it is written again, no other."""
        for start in range(0, len(points), _BATCH):
            self._engine.upsert(points[start : start + _BATCH])
        ids = {point.id for point in points}
        if again:
            stored = scroll(self._engine, Scroll((Condition(VERSION, (version,)),), keys=()))
            strays = {found.id for found in stored} - ids
            if strays:
                self._engine.delete_ids(sorted(strays))
        missing = len(ids) - len(self._engine.read(Lookup(tuple(ids), payload=False)))
        if missing:
            message = f"{missing} of {len(ids)} passages were not stored; ingest the document again"
            raise StoreError(message, location=self.location, retryable=True)

    def _switch(self, document: Document, previous: Record | None) -> None:
        """One write makes the revision current. What follows is only clearing up: readers see none of it."""
        version = version_of(document)
        self._state.records.forget(document.id)
        self._engine.upsert([record_point(document)])
        self._state.records.forget(document.id)
        if previous is None or previous.version == version:
            return
        old = (Condition(DOCUMENT, (document.id,)), PASSAGES, Condition(VERSION, (version,), negated=True))
        try:
            self._engine.delete(old)
        except StoreError as error:
            self._state.suspect = True
            _log.warning(
                "%s: the passages of its old version are removed at the next ingestion (%s)", document.id, error
            )

    def _finish(self) -> None:
        stored = read_manifest(self._engine) or self._wanted
        self._state.lease.check(stored, self.location)
        pending = stored.unoptimized + self._state.written
        if self._is_worth_optimizing(pending):
            self._engine.optimize()
            pending = 0
        self._engine.flush()
        # Lost in a power cut, this write only makes the next session look for orphans: it needs no flush of its own.
        writing = self._state.suspect or bool(self._state.broken)
        write_manifest(self._engine, with_changes(self._wanted, writing=writing, unoptimized=pending))
        self._state.marked = self._unfinished = False
        self._state.written = 0

    def _is_worth_optimizing(self, pending: int) -> bool:
        """Not while questions are answered: the process would stand still. A later, quiet session does it then."""
        if self._wanted.dimension is None or self._state.searched or pending < self._optimize_at:
            return False
        return pending * 10 >= self._engine.count(())

    def _mark(self) -> None:
        """The manifest says that this process writes; it said so already when it is only time to renew that."""
        stored = read_manifest(self._engine) or self._wanted
        lease = self._state.lease
        lease.check(stored, self.location)
        pending = with_changes(self._wanted, writing=True, unoptimized=stored.unoptimized)
        write_manifest(self._engine, lease.signed(pending))
        if lease.seconds:
            lease.check(read_manifest(self._engine) or self._wanted, self.location)
        if not self._state.marked:
            self._state.searched = False
        self._state.marked = self._unfinished = True

    def _leave(self) -> None:
        """Nobody needs to wait for a session that is given up."""
        with self._state.lock:
            if not self._unfinished or not self._state.lease.seconds:
                return
            stored = read_manifest(self._engine)
            if stored is not None and self._state.lease.holds(stored):
                write_manifest(self._engine, with_changes(stored, expires=0.0))
            self._state.marked = False
