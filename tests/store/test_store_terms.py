"""How rare a term is, and what vector a passage was found by: the same in every engine."""

from __future__ import annotations

import asyncio
import math

import pytest
from store_world import COMMON, common, indexed, put

from jazari_rag.domain import SparseVector, VectorQuery
from jazari_rag.errors import UsageError
from jazari_rag.ports import PassageStore

UNKNOWN = 77_777


def idf(having: int, passages: int) -> float:
    return math.log((passages - having + 0.5) / (having + 0.5) + 1)


def test_a_term_is_as_rare_as_few_passages_have_it(store: PassageStore) -> None:
    put(store, "a", count=8)
    put(store, "b", count=2)
    found = store.rarities([COMMON, 1001, 1007, UNKNOWN], {})
    wanted = {COMMON: idf(10, 10), 1001: idf(2, 10), 1007: idf(1, 10)}
    assert found == pytest.approx(wanted, rel=1e-4)


def test_rarity_is_that_among_the_passages_that_the_filter_fits(store: PassageStore) -> None:
    put(store, "a", count=8, language="fr")
    put(store, "b", count=4, language="ar")
    assert store.rarities([1001], {"language": "ar"}) == pytest.approx({1001: idf(1, 4)}, rel=1e-4)
    assert store.rarities([1001], {"language": ("ar", "fr")}) == pytest.approx({1001: idf(2, 12)}, rel=1e-4)
    assert store.rarities([1006], {"language": "ar"}) == store.rarities([1006], {"language": ()}) == {}


def test_deleted_and_replaced_passages_do_not_count(store: PassageStore) -> None:
    for name in "abcd":
        put(store, name, count=6)
    before = store.rarities([1001, 1005], {"language": "fr"})
    assert before == pytest.approx({1001: idf(4, 24), 1005: idf(4, 24)}, rel=1e-4)
    store.begin()
    store.delete("a")
    store.commit()
    put(store, "b", "2", count=2)
    after = store.rarities([1001, 1005], {"language": "fr"})
    assert after == pytest.approx({1001: idf(3, 14), 1005: idf(2, 14)}, rel=1e-4)


def test_a_store_says_whether_it_holds_what_fits(store: PassageStore) -> None:
    assert not store.holds({})
    put(store, "a", count=2, language="ar")
    assert store.holds({})
    assert store.holds({"language": ("fr", "ar")})
    assert not store.holds({"language": "fr"})
    assert not store.holds({"language": ()})
    store.begin()
    store.delete("a")
    store.commit()
    assert not store.holds({"language": "ar"})


def test_a_search_is_scored_anew_by_the_vectors_that_are_stored(store: PassageStore) -> None:
    put(store, "a", count=8)
    seen: list[dict[int, float]] = []

    def by_rarest(vector: SparseVector) -> float:
        seen.append(as_mapping(vector))
        return float(max(vector.indices))

    best = store.rescored(common(8), by_rarest, 2)
    stored = {hit.passage.id: indexed("a", int(hit.passage.id)).sparse for hit in store.search(common(8))}
    rarest = {name: max(vector.indices) for name, vector in stored.items()}
    assert [hit.score for hit in best] == sorted(rarest.values(), reverse=True)[:2]
    assert all(rarest[hit.passage.id] == hit.score for hit in best)
    wanted = sorted(map(as_mapping, stored.values()), key=max)
    assert sorted(seen, key=max) == [pytest.approx(vector) for vector in wanted]


def test_passages_that_score_alike_are_in_the_order_of_the_document(store: PassageStore) -> None:
    put(store, "a", count=8)
    alike = store.rescored(common(8), lambda _: 1.0, 3)
    assert [hit.passage.start for hit in alike] == sorted(hit.passage.start for hit in store.search(common(8)))[:3]


def as_mapping(vector: SparseVector) -> dict[int, float]:
    return dict(zip(vector.indices, vector.values, strict=True))


def test_the_async_twins_find_the_same(store: PassageStore) -> None:
    put(store, "a", count=8)
    assert asyncio.run(store.arescored(common(4), weighty, 3)) == store.rescored(common(4), weighty, 3) != []
    assert asyncio.run(store.ararities([1001, UNKNOWN], {})) == store.rarities([1001, UNKNOWN], {})


def weighty(vector: SparseVector) -> float:
    return sum(vector.values)


def test_a_wrong_question_is_an_error_here_too(store: PassageStore) -> None:
    with pytest.raises(UsageError, match="limit"):
        store.rescored(VectorQuery(common().vector, 0), weighty, 1)
    with pytest.raises(UsageError, match="limit"):
        store.rescored(common(4), weighty, 0)
    with pytest.raises(UsageError, match="filter"):
        store.rarities([1], {"language": None})  # type: ignore[dict-item]
