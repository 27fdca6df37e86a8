"""A collection of a Qdrant server, as a `PointEngine`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

from qdrant_client import AsyncQdrantClient, QdrantClient, models
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException, UnexpectedResponse

from jazari_rag.adapters.qdrant_points import (
    DENSE,
    INDEXED,
    LEXICAL,
    Conditions,
    Found,
    Lookup,
    Point,
    Rarities,
    Read,
    Scroll,
    ScrollPage,
    rarity_found,
)
from jazari_rag.domain import SparseVector
from jazari_rag.errors import StoreError, StoreUnavailableError

_REFUSED = {401, 403}
_BUSY = {408, 429, 500, 502, 503, 504}


class ServerEngine:
    """One collection behind a client.

    Args:
        client: For calls that wait.
        make_async: Makes a client for the running event loop; None lets a thread wait instead (in memory).
        collection: Its name.
        location: For messages.
        secret: The key: never shown in a message.
        owns_client: Whether `close` closes the client.
    """

    def __init__(
        self,
        client: QdrantClient,
        *,
        make_async: Callable[[], AsyncQdrantClient] | None,
        collection: str,
        location: str,
        secret: str | None = None,
        owns_client: bool = True,
    ) -> None:
        self._client = client
        self._make_async = make_async
        self._collection = collection
        self._place = location
        self._secret = secret
        self._owns_client = owns_client
        self._async: WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncQdrantClient] = WeakKeyDictionary()
        # The client in memory is plain Python without locks of its own; a server needs none.
        self._guard: AbstractContextManager[object] = RLock() if make_async is None else nullcontext()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.location!r})"

    @property
    def location(self) -> str:
        return f"{self._place} (collection {self._collection})"

    def ensure(self, dimension: int | None) -> None:
        """Makes the collection if there is none, and its payload indexes if they are missing."""
        with self._speaking():
            if not self._client.collection_exists(self._collection):
                self._create(dimension)

    def read(self, request: Read) -> list[Found]:
        with self._speaking():
            if isinstance(request, Lookup):
                return [_found(record) for record in self._client.retrieve(**self._lookup(request))]
            if isinstance(request, Rarities):
                wanted = _term_queries(request)
                return _rarities(request, self._client.query_batch_points(self._collection, wanted))
            return [_found(point) for point in self._client.query_points(**self._nearest(request)).points]

    async def aread(self, request: Read) -> list[Found]:
        if self._make_async is None:
            return await asyncio.to_thread(self.read, request)
        client = self._async_client(self._make_async)
        with self._speaking():
            if isinstance(request, Lookup):
                return [_found(record) for record in await client.retrieve(**self._lookup(request))]
            if isinstance(request, Rarities):
                wanted = _term_queries(request)
                return _rarities(request, await client.query_batch_points(self._collection, wanted))
            reply = await client.query_points(**self._nearest(request))
            return [_found(point) for point in reply.points]

    def scroll(self, request: Scroll) -> ScrollPage:
        with self._speaking():
            records, after = self._client.scroll(
                self._collection,
                scroll_filter=_filter(request.conditions),
                limit=request.limit,
                offset=request.after,
                with_payload=True if request.keys is None else list(request.keys) or False,
                with_vectors=request.vectors,
            )
        return ScrollPage([_found(record) for record in records], None if after is None else str(after))

    def count(self, conditions: Conditions) -> int:
        with self._speaking():
            return self._client.count(self._collection, count_filter=_filter(conditions), exact=True).count

    def upsert(self, points: Sequence[Point]) -> None:
        with self._speaking():
            self._client.upsert(self._collection, [_struct(point) for point in points], wait=True)

    def delete(self, conditions: Conditions) -> None:
        with self._speaking():
            selector = models.FilterSelector(filter=_filter(conditions) or models.Filter())
            self._client.delete(self._collection, selector, wait=True)

    def delete_ids(self, ids: Sequence[str]) -> None:
        with self._speaking():
            self._client.delete(self._collection, models.PointIdsList(points=list(ids)), wait=True)

    def flush(self) -> None:
        """Nothing: a server's log is on its disk when a write returns."""

    def optimize(self) -> None:
        """Nothing: a server optimizes by itself."""

    def recreate(self, dimension: int | None) -> None:
        with self._speaking():
            self._client.delete_collection(self._collection)
            self._create(dimension)

    def close(self) -> None:
        for loop, client in list(self._async.items()):
            _close_in(loop, client)
        self._async.clear()
        if self._owns_client:
            self._client.close()

    def _create(self, dimension: int | None) -> None:
        cosine = models.Distance.COSINE
        dense = {} if dimension is None else {DENSE: models.VectorParams(size=dimension, distance=cosine)}
        sparse = {LEXICAL: models.SparseVectorParams(modifier=models.Modifier.IDF)}
        self._client.create_collection(self._collection, vectors_config=dense, sparse_vectors_config=sparse)
        if self._make_async is None:
            return  # in memory there are no indexes, and asking for one warns
        for key in INDEXED:
            self._client.create_payload_index(self._collection, key, field_schema=models.PayloadSchemaType.KEYWORD)

    def _lookup(self, request: Lookup) -> dict[str, Any]:
        return {"collection_name": self._collection, "ids": list(request.ids), "with_payload": request.payload}

    def _nearest(self, request: Any) -> dict[str, Any]:
        sparse = isinstance(request.vector, SparseVector)
        return {
            "collection_name": self._collection,
            "query": _sparse(request.vector) if sparse else [float(value) for value in request.vector],
            "using": LEXICAL if sparse else DENSE,
            "query_filter": _filter(request.conditions),
            "limit": request.limit,
            "with_payload": True,
            "with_vectors": [LEXICAL] if request.vectors else False,
        }

    def _async_client(self, make: Callable[[], AsyncQdrantClient]) -> AsyncQdrantClient:
        loop = asyncio.get_running_loop()
        client = self._async.get(loop)
        if client is None:
            client = self._async[loop] = make()
        return client

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Turns what the client raises into errors that say what to do."""
        with self._guard:
            try:
                yield
            except StoreError:
                raise
            except Exception as error:
                raise self._explained(error) from None

    def _explained(self, error: Exception) -> StoreError:
        status = getattr(error, "status_code", None) or _grpc_status(error)
        said = self._redacted(str(error))
        if status in _REFUSED:
            message = f"{self.location} refused the key: set QDRANT_API_KEY to one that may use this collection"
            return StoreUnavailableError(message, location=self.location)
        if status in _BUSY or _is_connection_error(error):
            message = f"{self.location} cannot be reached or is overloaded ({said}): check that it runs, then try again"
            return StoreUnavailableError(message, location=self.location, retryable=True)
        return StoreError(f"{self.location}: {said}", location=self.location)

    def _redacted(self, text: str) -> str:
        return text.replace(self._secret, "…") if self._secret else text


def _is_connection_error(error: Exception) -> bool:
    if isinstance(error, (ResponseHandlingException, ConnectionError, TimeoutError)):
        return True
    return isinstance(error, ApiException) and not isinstance(error, UnexpectedResponse)


def _grpc_status(error: Exception) -> int | None:
    """The HTTP status that says the same as a gRPC error; None for any other error."""
    code = getattr(error, "code", None)
    name = getattr(code() if callable(code) else None, "name", "")
    refused = {"UNAUTHENTICATED": 401, "PERMISSION_DENIED": 403}
    busy = {"UNAVAILABLE": 503, "DEADLINE_EXCEEDED": 504, "RESOURCE_EXHAUSTED": 429, "CANCELLED": 503}
    return (refused | busy).get(name)


def _close_in(loop: asyncio.AbstractEventLoop, client: AsyncQdrantClient) -> None:
    """Closes a client in the loop that it belongs to; a loop that has ended has closed its sockets."""
    if loop.is_running():
        asyncio.run_coroutine_threadsafe(client.close(), loop)


def _term_queries(request: Rarities) -> list[models.QueryRequest]:
    among = _filter(request.conditions)
    return [
        models.QueryRequest(
            query=models.SparseVector(indices=[term], values=[1.0]),
            using=LEXICAL,
            filter=among,
            limit=1,
            with_vector=[LEXICAL],
            params=models.SearchParams(idf=models.IdfCorpusParams(corpus=among or models.Filter())),
        )
        for term in request.terms
    ]


def _rarities(request: Rarities, replies: Sequence[models.QueryResponse]) -> list[Found]:
    pairs = zip(request.terms, replies, strict=True)
    return [rarity_found(term, _found(reply.points[0])) for term, reply in pairs if reply.points]


def _struct(point: Point) -> models.PointStruct:
    vector: dict[str, Any] = {}
    if point.dense is not None:
        vector[DENSE] = [float(value) for value in point.dense]
    if point.sparse is not None and point.sparse.indices:
        vector[LEXICAL] = _sparse(point.sparse)
    return models.PointStruct(id=point.id, vector=vector, payload=dict(point.payload))


def _sparse(vector: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=list(vector.indices), values=[float(value) for value in vector.values])


def _filter(conditions: Conditions) -> models.Filter | None:
    if not conditions:
        return None

    def match(item: Any) -> Any:
        return models.FieldCondition(key=item.key, match=models.MatchAny(any=list(item.values)))

    return models.Filter(
        must=[match(item) for item in conditions if not item.negated],
        must_not=[match(item) for item in conditions if item.negated],
    )


def _found(record: Any) -> Found:
    vectors = record.vector or {}
    sparse, dense = vectors.get(LEXICAL), vectors.get(DENSE)
    return Found(
        str(record.id),
        record.payload or {},
        getattr(record, "score", 0.0),
        None if sparse is None else SparseVector(tuple(sparse.indices), tuple(sparse.values)),
        None if dense is None else tuple(float(value) for value in dense),
    )
