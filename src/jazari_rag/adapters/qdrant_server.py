"""The passage store on a Qdrant server or cluster; and in memory, for tests."""

from __future__ import annotations

import os
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

from qdrant_client import AsyncQdrantClient, QdrantClient

from jazari_rag.adapters.qdrant_lease import SECONDS, Lease
from jazari_rag.adapters.qdrant_server_engine import ServerEngine
from jazari_rag.adapters.qdrant_state import StoreState
from jazari_rag.adapters.qdrant_store import QdrantPassageStore
from jazari_rag.config import ServerSettings
from jazari_rag.ports import PassageStore

_states: WeakValueDictionary[tuple[str, str], StoreState] = WeakValueDictionary()
_registry = Lock()


def open_server(
    url: str, *, fingerprint: str, dimension: int | None, settings: ServerSettings, rebuild: bool = False
) -> PassageStore:
    """The store in a collection of a server, which is made if there is none.

    The key is read from `QDRANT_API_KEY`. Any number of processes may search; one at a time may write, and the
    others are told so (StoreLockedError) by what they call.

    Raises:
        StoreUnavailableError: The server cannot be reached, or refuses the key.
        StoreMismatchError: Something else made this index.
        StoreError: The collection is not ours.
    """
    key = os.environ.get("QDRANT_API_KEY") or None
    options: dict[str, Any] = {
        "url": url,
        "api_key": key,
        "prefer_grpc": settings.grpc,
        "timeout": max(1, round(settings.timeout)),
        "check_compatibility": False,
    }
    with _registry:
        state = _states.setdefault((url, settings.collection), StoreState(lease=Lease(SECONDS)))
    engine = ServerEngine(
        QdrantClient(**options),
        make_async=lambda: AsyncQdrantClient(**options),
        collection=settings.collection,
        location=url,
        secret=key,
    )
    return _opened(engine, state, fingerprint=fingerprint, dimension=dimension, rebuild=rebuild)


def open_memory(
    *, fingerprint: str, dimension: int | None, client: QdrantClient | None = None, rebuild: bool = False
) -> PassageStore:
    """A store in memory by qdrant-client's stand-in for a server, for tests: slow, and gone when it is closed.

    Args:
        fingerprint: Of what makes the vectors.
        dimension: Of the dense vectors, or None for sparse vectors alone.
        client: One that was used before, to find again what was stored; it is not closed with the store.
        rebuild: Empty it.
    """
    engine = memory_engine(client)
    return _opened(
        engine, StoreState(lease=Lease(SECONDS)), fingerprint=fingerprint, dimension=dimension, rebuild=rebuild
    )


def memory_engine(client: QdrantClient | None = None) -> ServerEngine:
    """The engine behind `open_memory`."""
    ours = client is None
    return ServerEngine(
        QdrantClient(":memory:") if client is None else client,
        make_async=None,
        collection="memory",
        location=":memory:",
        owns_client=ours,
    )


def _opened(
    engine: ServerEngine, state: StoreState, *, fingerprint: str, dimension: int | None, rebuild: bool
) -> PassageStore:
    try:
        engine.ensure(dimension)
        return QdrantPassageStore(engine, state=state, fingerprint=fingerprint, dimension=dimension, rebuild=rebuild)
    except BaseException:
        engine.close()
        raise
