"""A search that sees one revision of a document, as steps: the same ones are run with and without `await`.

Reads of the passages and of the records are separate, and a writer may replace a document in between. So a search is
repeated until the records, read after the passages, agree with them.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TypeAlias, TypeVar

from jazari_rag.adapters.qdrant_payloads import Record, conditions_of, passage_of, record_id, record_of
from jazari_rag.adapters.qdrant_points import (
    DOCUMENT,
    VERSION,
    Condition,
    Conditions,
    Found,
    Lookup,
    Nearest,
    PointEngine,
    Rarities,
    Read,
)
from jazari_rag.domain import Hit, SparseVector, VectorQuery, Where
from jazari_rag.errors import UsageError
from jazari_rag.ports import Scorer
from jazari_rag.retrieval.ranking import best_first

Result = TypeVar("Result")
Steps: TypeAlias = Generator[Read, list[Found], Result]

_ROUNDS = 24
"""A round is repeated only when a revision changed during it, or orphans of a dead session came up."""
_WIDEST = 1024
_KNOWN_RARITIES = 200_000
_NO_VECTOR = SparseVector((), ())


class RecordCache:
    """The records read lately. Right only where every writer of the store shares this object.

    A reader may put a record back that it read before a writer changed it: `generation` tells.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._records: dict[str, Record] = {}
        self.generation = 0

    def get(self, ids: set[str]) -> dict[str, Record]:
        with self._lock:
            return {key: self._records[key] for key in ids if key in self._records}

    def put(self, records: Mapping[str, Record], *, generation: int) -> None:
        """Keeps what was read since `generation`, unless something was written since."""
        with self._lock:
            if generation != self.generation or self._size == 0:
                return
            if len(self._records) + len(records) > self._size:
                self._records.clear()
            self._records.update(records)

    def forget(self, document_id: str | None = None) -> None:
        """To be called before and after a record (None: all of them) is written."""
        with self._lock:
            self.generation += 1
            if document_id is None:
                self._records.clear()
            else:
                self._records.pop(document_id, None)


def lookup_records(ids: set[str], cache: RecordCache) -> Steps[dict[str, Record]]:
    """The records of these documents, by id; those that have none are left out."""
    generation = cache.generation
    records = cache.get(ids)
    missing = ids - records.keys()
    if missing:
        found = yield Lookup(tuple(record_id(key) for key in sorted(missing)))
        read = {record.document.id: record for record in map(record_of, found)}
        cache.put(read, generation=generation)
        records.update(read)
    return records


class RarityCache:
    """The rarities of terms that were asked for since the last write. Right only where `RecordCache` is."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._generation = -1
        self._known: dict[tuple[Conditions, int], float] = {}

    def get(self, terms: Sequence[int], conditions: Conditions, *, generation: int) -> dict[int, float]:
        with self._lock:
            if generation != self._generation or len(self._known) > _KNOWN_RARITIES:
                self._generation, self._known = generation, {}
            return {term: self._known[conditions, term] for term in terms if (conditions, term) in self._known}

    def put(self, rarities: Mapping[int, float], conditions: Conditions, *, generation: int) -> None:
        with self._lock:
            if generation == self._generation:
                self._known.update({(conditions, term): value for term, value in rarities.items()})


def rarities(terms: Sequence[int], where: Where, cache: RarityCache | None, generation: int) -> Steps[dict[int, float]]:
    """The IDF of each term that a passage has, see `ports.TermSearch`."""
    conditions = conditions_of(where)
    if conditions is None:
        return {}
    known = cache.get(terms, conditions, generation=generation) if cache else {}
    missing = tuple(term for term in dict.fromkeys(terms) if term not in known)
    if missing:
        found = yield Rarities(missing, conditions)
        read = dict.fromkeys(missing, 0.0)
        read |= {item.sparse.indices[0]: item.sparse.values[0] for item in found if item.sparse}
        if cache:
            cache.put(read, conditions, generation=generation)
        known |= read
    return {term: value for term, value in known.items() if value > 0}


def search(query: VectorQuery, cache: RecordCache) -> Steps[list[Hit]]:
    """The best passages of current revisions: highest score first, then document id, page, offset."""
    current = yield from _current(query, cache, vectors=False)
    return _best([(point.score, point) for point in current.points], query.limit, current.records)


def rescored(query: VectorQuery, score: Scorer, limit: int, cache: RecordCache) -> Steps[list[Hit]]:
    """The best `limit` of the passages that `query` finds, scored anew, in the same order; only they are read."""
    if limit < 1:
        raise UsageError(f"a search needs a limit of at least 1, got {limit}")
    current = yield from _current(query, cache, vectors=True)
    scored = [(score(point.sparse or _NO_VECTOR), point) for point in current.points]
    return _best(scored, limit, current.records)


@dataclass(frozen=True, slots=True)
class _Current:
    """Points of current revisions, with the records of their documents."""

    points: Sequence[Found]
    records: Mapping[str, Record]


def _current(query: VectorQuery, cache: RecordCache, *, vectors: bool) -> Steps[_Current]:
    """The best points, `query.limit` or, where the last ones tie, more; with their own vectors if wanted."""
    if query.limit < 1:
        raise UsageError(f"a search needs a limit of at least 1, got {query.limit}")
    where = conditions_of(query.where)
    if where is None or (isinstance(query.vector, SparseVector) and not query.vector.indices):
        return _Current((), {})
    points: list[Found] = []
    records: dict[str, Record] = {}
    stale: dict[str, str] = {}  # version: document id
    width = query.limit + 1
    for _ in range(_ROUNDS):
        unwanted = (Condition(VERSION, tuple(sorted(stale)), negated=True),) if stale else ()
        found = yield Nearest(query.vector, width, where + unwanted, vectors)
        seen = {str(point.payload[VERSION]): str(point.payload[DOCUMENT]) for point in found}
        records = yield from lookup_records({*seen.values(), *stale.values()}, cache)
        current = {record.version for record in records.values()}
        points = [point for point in found if point.payload[VERSION] in current]
        known = {version: document for version, document in (stale | seen).items() if version not in current}
        if known != stale:
            stale = known
        elif _tie_is_cut(found, query.limit, width):
            width = min(width * 4, max(_WIDEST, query.limit + 1))
        else:
            break
    return _Current(_cut(points, query.limit), records)


def _cut(points: Sequence[Found], limit: int) -> list[Found]:
    """The first `limit`, and those that tie with the last of them: which ties the engine gives first may vary."""
    least = [point.score for point in points[:limit]][-1:]
    return [point for point in points if point.score >= least[0]]


def _best(scored: Sequence[tuple[float, Found]], limit: int, records: Mapping[str, Record]) -> list[Hit]:
    """The best `limit` as hits. Those that cannot be among them are not read: that has its price."""
    least = sorted((score for score, _ in scored), reverse=True)[:limit][-1:]
    kept = (pair for pair in scored if pair[0] >= least[0])
    hits = (Hit(passage_of(point), score, records[str(point.payload[DOCUMENT])].document) for score, point in kept)
    return best_first(hits)[:limit]


def _tie_is_cut(found: list[Found], limit: int, width: int) -> bool:
    """Whether passages that tie with the last one of the result may not have been returned."""
    if len(found) < width or width >= _WIDEST:
        return False
    return found[-1].score == found[limit - 1].score


def run(steps: Steps[Result], engine: PointEngine) -> Result:
    """Takes the steps, waiting for each read."""
    try:
        request = next(steps)
        while True:
            request = steps.send(engine.read(request))
    except StopIteration as end:
        result: Result = end.value
        return result


async def arun(steps: Steps[Result], engine: PointEngine) -> Result:
    """Takes the steps without blocking the event loop."""
    try:
        request = next(steps)
        while True:
            request = steps.send(await engine.aread(request))
    except StopIteration as end:
        result: Result = end.value
        return result
