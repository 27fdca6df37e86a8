from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_store import LetterEmbedder, SmallStore, WordAnalyzer, hit, passage

from jazari_rag.domain import Hit, Passage, Query
from jazari_rag.errors import EmbeddingError
from jazari_rag.ports import Retriever
from jazari_rag.retrieval.dense import DenseRetriever
from jazari_rag.retrieval.fused import FusedRetriever, Leg
from jazari_rag.retrieval.lexical import LexicalRetriever
from jazari_rag.retrieval.reranked import RerankedRetriever


@dataclass
class Fixed:
    """Brings the first `limit` of the hits it was made with."""

    hits: Sequence[Hit]
    asked: list[Query] = field(default_factory=list)

    def retrieve(self, query: Query) -> list[Hit]:
        self.asked.append(query)
        return list(self.hits)[: query.limit]

    async def aretrieve(self, query: Query) -> list[Hit]:
        return self.retrieve(query)


class ShortestFirst:
    def __init__(self) -> None:
        self.read: list[Hit] = []

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        self.read = list(hits)
        return [replace(found, score=-float(len(found.passage.text))) for found in hits]


class Returning:
    """An embedder that returns what it was made with."""

    fingerprint = "returning"
    dimension = 2

    def __init__(self, *vectors: Sequence[float]) -> None:
        self.vectors = vectors

    def embed_queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return self.vectors

    embed_passages = embed_queries


def documents(hits: Sequence[Hit]) -> list[str]:
    return [found.passage.document_id for found in hits]


@st.composite
def leg_hits(draw: st.DrawFn) -> list[Hit]:
    numbers = draw(st.lists(st.integers(0, 9), unique=True, max_size=10))
    scores = st.floats(-1e6, 1e6, allow_nan=False)
    made = [hit("text", draw(scores), document=str(number)) for number in numbers]
    return sorted(made, key=lambda found: -found.score)


def small_store() -> SmallStore:
    return SmallStore(passage("abba a", document="a"), passage("cab dd", document="b"), passage("ee", document="c"))


def every_retriever() -> list[Retriever]:
    store = small_store()
    lexical, dense = LexicalRetriever(store, WordAnalyzer()), DenseRetriever(store, LetterEmbedder())
    fused = FusedRetriever([Leg(lexical, 1.0), Leg(dense, 0.3)], candidates=10)
    return [lexical, dense, fused, RerankedRetriever(fused, ShortestFirst(), depth=2)]


@pytest.mark.parametrize("retriever", every_retriever(), ids=lambda item: type(item).__name__)
@pytest.mark.parametrize("text", ["a", "cab dd", "zz", "", "a cab ee"])
def test_the_async_twin_finds_the_same(retriever: Retriever, text: str) -> None:
    query = Query(text, "en", limit=2)
    assert asyncio.run(retriever.aretrieve(query)) == retriever.retrieve(query)


@pytest.mark.parametrize("retriever", every_retriever(), ids=lambda item: type(item).__name__)
def test_scores_fall_along_the_list_and_the_limit_holds(retriever: Retriever) -> None:
    for limit in (1, 2, 10):
        hits = retriever.retrieve(Query("a cab ee", "en", limit=limit))
        assert 0 < len(hits) <= limit
        assert [found.score for found in hits] == sorted((found.score for found in hits), reverse=True)


def test_dense_finds_the_nearest() -> None:
    hits = DenseRetriever(small_store(), LetterEmbedder()).retrieve(Query("eee", "en"))
    assert documents(hits) == ["c"]


def test_dense_finds_nothing_for_a_question_that_the_embedder_knows_nothing_of() -> None:
    store = small_store()
    retriever = DenseRetriever(store, LetterEmbedder())
    assert retriever.retrieve(Query("zzz", "en")) == retriever.retrieve(Query(" ", "en")) == []
    assert store.asked == []


@pytest.mark.parametrize("vectors", [[[float("nan"), 1.0]], [[float("inf"), 1.0]], [[1.0]], [], [[1.0, 0.0]] * 2])
def test_a_vector_that_cannot_be_searched_with_is_an_error(vectors: list[list[float]]) -> None:
    with pytest.raises(EmbeddingError, match="embedder returned"):
        DenseRetriever(small_store(), Returning(*vectors)).retrieve(Query("a", "en"))


def test_ties_are_broken_by_document_then_page_then_offset() -> None:
    tied = [hit("x", 1.0, document=doc, page=page, start=start) for doc in "ba" for page in (2, 1) for start in (5, 0)]
    found = FusedRetriever([Leg(Fixed(tied), 1.0)], candidates=10).retrieve(Query("x", "en"))
    places = [(item.passage.document_id, item.passage.page, item.passage.start) for item in found]
    assert places == sorted(places)


@given(leg_hits(), leg_hits(), st.floats(0.1, 3))
def test_fusion_brings_every_candidate_once_with_a_finite_score(
    first: list[Hit], second: list[Hit], weight: float
) -> None:
    fused = FusedRetriever([Leg(Fixed(first), 1.0), Leg(Fixed(second), weight)], candidates=10)
    found = fused.retrieve(Query("x", "en", limit=50))
    assert sorted(documents(found)) == sorted({*documents(first), *documents(second)})
    assert all(math.isfinite(item.score) for item in found)


@given(leg_hits())
def test_fusing_one_leg_keeps_its_order_whatever_its_scale(hits: list[Hit]) -> None:
    def order(scale: float) -> list[str]:
        scaled = [replace(found, score=found.score * scale) for found in hits]
        fused = FusedRetriever([Leg(Fixed(scaled), 1.0), Leg(Fixed([]), 1.0), Leg(Fixed(hits), 0.0)], candidates=10)
        return documents(fused.retrieve(Query("x", "en")))

    scores = sorted(found.score for found in hits)
    largest = max(map(abs, scores), default=1.0)
    if largest > 1e-3 and all(high - low > 1e-4 * largest for low, high in pairwise(scores)):
        assert order(1.0) == order(1000.0) == documents(hits)


def test_a_lone_hit_of_a_leg_counts_for_more_than_none() -> None:
    dense = [hit("x", 0.8, document="a"), hit("x", 0.79, document="b"), hit("x", 0.1, document="c")]
    fused = FusedRetriever([Leg(Fixed([hit("x", 7.0, document="b")]), 1.0), Leg(Fixed(dense), 0.3)], candidates=10)
    assert documents(fused.retrieve(Query("x", "en"))) == ["b", "a", "c"]


def test_what_a_leg_did_not_bring_counts_as_its_worst() -> None:
    first = [hit("x", 9.0, document="a"), hit("x", 1.0, document="b")]
    second = [hit("x", 5.0, document="c"), hit("x", 4.0, document="b")]
    found = FusedRetriever([Leg(Fixed(first), 1.0), Leg(Fixed(second), 1.0)], candidates=10).retrieve(Query("x", "en"))
    assert {item.passage.document_id: item.score for item in found} == {"a": 5.0, "c": 5.0, "b": -3.0}


def test_scores_are_on_the_scale_of_the_first_leg() -> None:
    words = [hit("x", 21.0, document="a"), hit("x", 19.0, document="b"), hit("x", 4.0, document="c")]
    near = [hit("x", 0.9, document="b"), hit("x", 0.7, document="a"), hit("x", 0.1, document="c")]
    alone = FusedRetriever([Leg(Fixed(words), 2.0), Leg(Fixed([]), 1.0)], candidates=10).retrieve(Query("x", "en"))
    assert [item.score for item in alone] == pytest.approx([21.0, 19.0, 4.0])
    both = FusedRetriever([Leg(Fixed(words), 2.0), Leg(Fixed(near), 1.0)], candidates=10).retrieve(Query("x", "en"))
    assert documents(both) == ["b", "a", "c"]
    assert 19 < both[0].score < 30


def test_a_leg_that_judges_some_passages_lifts_none_over_the_others() -> None:
    words = [hit("x", 9.0, document="own"), hit("x", 8.9, document="near"), hit("x", 8.8, document="far")]
    near = [hit("x", 0.9, document="near"), hit("x", 0.1, document="far")]

    def judges(_query: Query, passage: Passage) -> bool:
        return passage.document_id != "own"

    legs = [Leg(Fixed(words), 1.0), Leg(Fixed(near), 5.0, judges)]
    found = FusedRetriever(legs, candidates=10).retrieve(Query("x", "en"))
    assert documents(found) == ["own", "near", "far"]
    assert [item.score for item in found[:2]] == pytest.approx([9.0, 8.9])
    assert found[2].score < 8.8


def test_a_leg_that_stands_out_wins_over_a_leg_that_hesitates() -> None:
    sure = [hit("x", score, document=doc) for doc, score in (("a", 30.0), ("b", 10.0), ("c", 9.9), ("d", 9.8))]
    unsure = [hit("x", score, document=doc) for doc, score in (("d", 0.82), ("c", 0.81), ("a", 0.80), ("b", 0.79))]
    found = FusedRetriever([Leg(Fixed(unsure), 1.0), Leg(Fixed(sure), 1.0)], candidates=10).retrieve(Query("x", "en"))
    assert found[0].passage.document_id == "a"


def test_legs_are_asked_for_the_candidates_and_for_no_less_than_the_limit() -> None:
    leg = Fixed([hit("x", 1.0)])
    fused = FusedRetriever([Leg(leg, 1.0)], candidates=20)
    fused.retrieve(Query("x", "en", limit=5))
    fused.retrieve(Query("x", "en", limit=50))
    assert [query.limit for query in leg.asked] == [20, 50]


def test_a_reranker_reads_the_first_hits_only_and_the_rest_stay_behind_them() -> None:
    inner = Fixed([hit("x" * length, 10.0 - length, document=str(length)) for length in (4, 3, 2, 1)])
    reranker = ShortestFirst()
    found = RerankedRetriever(inner, reranker, depth=2).retrieve(Query("x", "en", limit=4))
    assert documents(reranker.read) == ["4", "3"]
    assert documents(found) == ["3", "4", "2", "1"]
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)


def test_a_reranker_is_not_called_for_nothing() -> None:
    reranker = ShortestFirst()
    assert RerankedRetriever(Fixed([]), reranker, depth=2).retrieve(Query("x", "en")) == []
    assert reranker.read == []
