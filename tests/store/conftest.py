"""One place to open a store, several engines behind it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from qdrant_client import QdrantClient
from rest_facade import facade
from store_world import DIMENSION

from jazari_rag.adapters.qdrant_edge import open_edge
from jazari_rag.adapters.qdrant_server import open_memory, open_server
from jazari_rag.config import ServerSettings
from jazari_rag.ports import PassageStore


class Opener(Protocol):
    """Opens the same place again and again, if what was opened before is closed."""

    def __call__(
        self, *, fingerprint: str = "test-1", dimension: int | None = DIMENSION, rebuild: bool = False
    ) -> PassageStore: ...


def _edge(folder: Path) -> Iterator[Callable[..., PassageStore]]:
    yield lambda **options: open_edge(folder, **options)


def _memory(_: Path) -> Iterator[Callable[..., PassageStore]]:
    client = QdrantClient(":memory:")
    yield lambda **options: open_memory(client=client, **options)
    client.close()


def _server(_: Path) -> Iterator[Callable[..., PassageStore]]:
    url = os.environ.get("JAZARI_TEST_QDRANT_URL")
    if not url:
        pytest.skip("needs a Qdrant server: set JAZARI_TEST_QDRANT_URL")
    settings = ServerSettings(collection=f"jazari-test-{uuid.uuid4().hex}")
    yield lambda **options: open_server(url, settings=settings, **options)
    client = QdrantClient(url, api_key=os.environ.get("QDRANT_API_KEY"))
    client.delete_collection(settings.collection)
    client.close()


def _rest(_: Path) -> Iterator[Callable[..., PassageStore]]:
    with facade() as url:
        yield lambda **options: open_server(url, settings=ServerSettings(), **options)


_ENGINES = {"edge": _edge, "memory": _memory, "rest": _rest, "server": _server}


@pytest.fixture(params=sorted(_ENGINES))
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    opened: list[PassageStore] = []
    places = _ENGINES[request.param](tmp_path / "store")
    place = next(places)

    def opener(
        *, fingerprint: str = "test-1", dimension: int | None = DIMENSION, rebuild: bool = False
    ) -> PassageStore:
        opened.append(place(fingerprint=fingerprint, dimension=dimension, rebuild=rebuild))
        return opened[-1]

    yield opener
    for store in opened:
        store.close()
    next(places, None)


@pytest.fixture
def store(reopen: Opener) -> PassageStore:
    return reopen()
