"""Qdrant's own engine over a folder, as a `PointEngine`."""

from __future__ import annotations

import asyncio
import ctypes
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

import qdrant_edge as edge

from jazari_rag.adapters.qdrant_points import (
    BODY,
    DENSE,
    DOCUMENT,
    INDEXED,
    LEXICAL,
    VERSION,
    Conditions,
    Found,
    Lookup,
    Point,
    QueryVector,
    Rarities,
    Read,
    Scroll,
    ScrollPage,
    rarity_found,
)
from jazari_rag.domain import SparseVector
from jazari_rag.errors import StoreError

SHARD, NEW, OLD = "passages", "passages.new", "passages.old"
"""Folders: the shard in use, one being made, one being replaced."""

RESERVE = 64 * 1024 * 1024
"""Bytes that stay free on the disk: the engine maps its files, and the system ends a process whose map cannot grow."""

_HIT_KEYS = [DOCUMENT, VERSION, BODY]

Reply = TypeVar("Reply")


class EdgeEngine:
    """A `PointEngine` over a shard in `folder`; the caller holds the folder's lock.

    The shard is made in another folder and renamed when it is whole, so that a kill leaves an old one, a new one
    or none. One lock serves all calls: Qdrant Edge holds the interpreter's lock in nearly all of them, so nothing is
    lost, and a search sees a write whole or not at all.
    """

    def __init__(self, folder: Path, dimension: int | None, *, rebuild: bool = False, reserve: int = RESERVE) -> None:
        self._folder = folder
        self._reserve = reserve
        self._lock = RLock()
        self._pid = os.getpid()
        self._shard: Any = None
        self._tidy()
        if rebuild or not (folder / SHARD).exists():
            self.recreate(dimension)
        else:
            self._shard = self._try(lambda: edge.EdgeShard.load(str(folder / SHARD)))

    @property
    def location(self) -> str:
        return str(self._folder)

    def read(self, request: Read) -> list[Found]:
        if isinstance(request, Lookup):
            ids = list(request.ids)
            return [_found(record) for record in self._call(lambda shard: shard.retrieve(ids, request.payload, False))]
        if isinstance(request, Rarities):
            return self._rarities(request)
        using = LEXICAL if isinstance(request.vector, SparseVector) else DENSE
        wanted = edge.QueryRequest(
            limit=request.limit,
            query=edge.Query.Nearest(_query_vector(request.vector), using=using),
            filter=_filter(request.conditions),
            with_payload=_HIT_KEYS,
            with_vector=[LEXICAL] if request.vectors else False,
        )
        return [_scored(point) for point in self._call(lambda shard: shard.query(wanted))]

    def _rarities(self, request: Rarities) -> list[Found]:
        among = _filter(request.conditions)
        wanted = [
            edge.QueryRequest(
                limit=1,
                query=edge.Query.Nearest(edge.SparseVector([term], [1.0]), using=LEXICAL),
                filter=among,
                with_vector=[LEXICAL],
                params=edge.SearchParams(idf=edge.IdfParams(corpus=among or edge.Filter())),
            )
            for term in request.terms
        ]
        replies = self._call(lambda shard: shard.query_batch(edge.QueryBatchRequest(wanted)))
        pairs = zip(request.terms, replies, strict=True)
        return [rarity_found(term, _scored(points[0])) for term, points in pairs if points]

    async def aread(self, request: Read) -> list[Found]:
        return await asyncio.to_thread(self.read, request)

    def scroll(self, request: Scroll) -> ScrollPage:
        wanted = edge.ScrollRequest(
            offset=request.after,
            limit=request.limit,
            filter=_filter(request.conditions),
            with_payload=True if request.keys is None else list(request.keys) or False,
            with_vector=request.vectors,
        )
        records, after = self._call(lambda shard: shard.scroll(wanted))
        return ScrollPage([_found(record) for record in records], None if after is None else str(after))

    def count(self, conditions: Conditions) -> int:
        wanted = edge.CountRequest(exact=True, filter=_filter(conditions))
        return int(self._call(lambda shard: shard.count(wanted)))

    def upsert(self, points: Sequence[Point]) -> None:
        self._check_space()
        operation = self._try(lambda: edge.UpdateOperation.upsert_points([_point(point) for point in points]))
        self._call(lambda shard: shard.update(operation))

    def delete(self, conditions: Conditions) -> None:
        operation = edge.UpdateOperation.delete_points_by_filter(_filter(conditions) or edge.Filter())
        self._call(lambda shard: shard.update(operation))

    def delete_ids(self, ids: Sequence[str]) -> None:
        operation = edge.UpdateOperation.delete_points(list(ids))
        self._call(lambda shard: shard.update(operation))

    def flush(self) -> None:
        self._call(lambda shard: shard.flush())

    def optimize(self) -> None:
        self._call(lambda shard: shard.optimize())

    def recreate(self, dimension: int | None) -> None:
        self._check_space()
        with self._lock:
            self._try(lambda: _make_shard(self._folder / NEW, dimension))
            if self._shard is not None:
                self._try(self._shard.close)
                self._shard = None
            self._try(self._swap)
            self._shard = self._try(lambda: edge.EdgeShard.load(str(self._folder / SHARD)))

    def close(self) -> None:
        with self._lock:
            shard, self._shard = self._shard, None
            if shard is not None and os.getpid() == self._pid:
                self._try(shard.close)

    def abandon(self) -> None:
        """In a forked child: forgets the shard without freeing it."""
        shard, self._shard = self._shard, None
        self._lock = RLock()
        if shard is not None:
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(shard))

    def _check_space(self) -> None:
        try:
            free = shutil.disk_usage(self._folder).free
        except OSError as error:
            raise StoreError(f"{self.location}: {error.strerror or error}", location=self.location) from error
        if free < self._reserve:
            message = f"{self.location}: the disk is full ({free // 2**20} MiB left). Make room, then ingest again"
            raise StoreError(message, location=self.location, retryable=True)

    def _swap(self) -> None:
        if (self._folder / SHARD).exists():
            (self._folder / SHARD).rename(self._folder / OLD)
        (self._folder / NEW).rename(self._folder / SHARD)
        shutil.rmtree(self._folder / OLD, ignore_errors=True)

    def _tidy(self) -> None:
        """Removes what a killed `recreate` left; the old shard comes back if the new one had not taken its place."""
        shard, old = self._folder / SHARD, self._folder / OLD
        if old.exists() and not shard.exists():
            self._try(lambda: old.rename(shard))
        for leftover in (old, self._folder / NEW):
            shutil.rmtree(leftover, ignore_errors=True)

    def _call(self, action: Callable[[Any], Reply]) -> Reply:
        with self._lock:
            shard = self._shard
            if shard is None:
                forked = os.getpid() != self._pid
                why = "was opened before this process was forked" if forked else "is closed"
                raise StoreError(f"{self.location} {why}: open it again", location=self.location)
            return self._try(lambda: action(shard))

    def _try(self, action: Callable[[], Reply]) -> Reply:
        try:
            return action()
        except StoreError:
            raise
        except Exception as error:  # the binding raises plain Exception
            raise StoreError(f"{self.location}: {error}", location=self.location) from error


def _make_shard(folder: Path, dimension: int | None) -> None:
    """An empty shard on disk, whole when this returns."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    dense = {} if dimension is None else {DENSE: edge.EdgeVectorParams(size=dimension, distance=edge.Distance.Cosine)}
    sparse = {LEXICAL: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)}
    shard = edge.EdgeShard.create(
        str(folder), edge.EdgeConfig(vectors=dense, sparse_vectors=sparse, payload_memory=edge.Memory.Cached)
    )
    try:
        for key in INDEXED:
            shard.update(edge.UpdateOperation.create_field_index(key, edge.PayloadSchemaType.Keyword))
        shard.flush()
    finally:
        shard.close()


def _point(point: Point) -> Any:
    vectors: dict[str, Any] = {}
    if point.dense is not None:
        vectors[DENSE] = point.dense if isinstance(point.dense, (tuple, list)) else list(map(float, point.dense))
    if point.sparse is not None and point.sparse.indices:
        vectors[LEXICAL] = edge.SparseVector(list(point.sparse.indices), list(point.sparse.values))
    return edge.Point(point.id, vectors, dict(point.payload))


def _scored(point: Any) -> Found:
    sparse = point.vector[LEXICAL] if point.vector else None
    return Found(
        "", point.payload or {}, point.score, sparse and SparseVector(tuple(sparse.indices), tuple(sparse.values))
    )


def _query_vector(vector: QueryVector) -> Any:
    if isinstance(vector, SparseVector):
        return edge.SparseVector(list(vector.indices), list(vector.values))
    return [float(value) for value in vector]


def _filter(conditions: Conditions) -> Any:
    if not conditions:
        return None
    matches = [(item.negated, edge.FieldCondition(item.key, edge.MatchAny(list(item.values)))) for item in conditions]
    return edge.Filter(
        must=[match for negated, match in matches if not negated],
        must_not=[match for negated, match in matches if negated],
    )


def _found(record: Any) -> Found:
    vectors = record.vector or {}
    sparse, dense = vectors.get(LEXICAL), vectors.get(DENSE)
    return Found(
        str(record.id),
        record.payload or {},
        0.0,
        None if sparse is None else SparseVector(tuple(sparse.indices), tuple(sparse.values)),
        None if dense is None else tuple(dense),
    )
