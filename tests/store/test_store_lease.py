"""Several processes on one collection of a server: one writes at a time, and a dead one is replaced after a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from qdrant_client import QdrantClient
from rest_facade import facade
from store_world import DIMENSION, common, contents, document, passages, put

from jazari_rag.adapters.qdrant_lease import Lease
from jazari_rag.adapters.qdrant_payloads import passage_points
from jazari_rag.adapters.qdrant_server import memory_engine
from jazari_rag.adapters.qdrant_server_engine import ServerEngine
from jazari_rag.adapters.qdrant_state import StoreState
from jazari_rag.adapters.qdrant_store import QdrantPassageStore
from jazari_rag.errors import StoreLockedError


@dataclass
class World:
    """A collection, and a clock that all processes look at. Every `process` has a state of its own."""

    engine: Callable[[], ServerEngine]
    now: float = 1000.0
    opened: list[QdrantPassageStore] = field(default_factory=list)

    def process(self, *, rebuild: bool = False) -> QdrantPassageStore:
        state = StoreState(lease=Lease(60.0, clock=lambda: self.now))
        store = QdrantPassageStore(
            self.engine(), state=state, fingerprint="test-1", dimension=DIMENSION, rebuild=rebuild
        )
        self.opened.append(store)
        return store


def _memory() -> Iterator[Callable[[], ServerEngine]]:
    client = QdrantClient(":memory:")
    yield lambda: memory_engine(client)
    client.close()


def _rest() -> Iterator[Callable[[], ServerEngine]]:
    with facade() as url:
        yield lambda: ServerEngine(
            QdrantClient(url=url, check_compatibility=False), make_async=None, collection="c", location=url
        )


@pytest.fixture(params=[_memory, _rest], ids=["memory", "rest"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    place = request.param()
    make = next(place)

    def engine() -> ServerEngine:
        made = make()
        made.ensure(DIMENSION)
        return made

    world = World(engine)
    yield world
    for store in world.opened:
        store.close()
    next(place, None)


def half_written(store: QdrantPassageStore) -> None:
    """A session with one whole document, and passages of `a` without its record: what is there in mid-write."""
    store.replace(document("whole"), passages("whole"))
    store._points.upsert(passage_points(document("a"), passages("a")))


def test_a_second_writer_is_refused_and_harms_nothing(world: World) -> None:
    first, second = world.process(), world.process()
    first.begin()
    half_written(first)
    written = first._points.count(())
    for attempt in (second.begin, lambda: world.process(rebuild=True), second.reset):
        with pytest.raises(StoreLockedError, match="written by another process") as caught:
            attempt()
        assert caught.value.retryable
    assert first._points.count(()) == written
    first.replace(document("a"), passages("a"))
    first.commit()
    assert second.begin() == frozenset()
    assert sorted(contents(second)) == ["a", "whole"]


def test_searching_needs_no_turn(world: World) -> None:
    first, second = world.process(), world.process()
    first.begin()
    first.replace(document("a"), passages("a"))
    assert len(second.search(common())) == 3


def test_a_writer_that_began_before_the_first_write_is_refused_at_its_own(world: World) -> None:
    first, second = world.process(), world.process()
    assert first.begin() == second.begin() == frozenset()
    first.replace(document("a"), passages("a"))
    with pytest.raises(StoreLockedError):
        second.replace(document("b"), passages("b"))
    second.commit()
    first.replace(document("c"), passages("c"))
    first.commit()
    assert sorted(contents(second)) == ["a", "c"]
    assert second.begin() == frozenset()


def test_a_dead_writer_is_healed_when_its_time_is_over(world: World) -> None:
    dead, second = world.process(), world.process()
    put(dead, "b")
    dead.begin()
    half_written(dead)
    world.now += 59
    with pytest.raises(StoreLockedError, match="1 s at the latest"):
        second.begin()
    world.now += 2
    assert second.begin() == frozenset()
    second.commit()
    assert second._points.count(()) == 9


def test_a_writer_at_work_renews_its_turn(world: World) -> None:
    first, second = world.process(), world.process()
    first.begin()
    for number in range(6):
        first.replace(document(f"d{number}"), passages(f"d{number}"))
        world.now += 30
    with pytest.raises(StoreLockedError):
        second.begin()
    first.commit()
    second.begin()


def test_a_writer_whose_turn_was_taken_writes_no_more(world: World) -> None:
    first, second = world.process(), world.process()
    first.begin()
    first.replace(document("a"), passages("a"))
    world.now += 61
    second.begin()
    second.replace(document("b"), passages("b"))
    with pytest.raises(StoreLockedError):
        first.replace(document("c"), passages("c"))
    with pytest.raises(StoreLockedError):
        first.commit()
    second.commit()
    assert sorted(contents(second)) == ["a", "b"]


def test_closing_in_mid_session_keeps_nobody_waiting(world: World) -> None:
    first, second = world.process(), world.process()
    first.begin()
    half_written(first)
    first.close()
    assert second.begin() == frozenset()
    second.commit()
    assert second._points.count(()) == 5
