from __future__ import annotations

import asyncio
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_store import SmallStore, WordAnalyzer, passage

from jazari_rag.domain import Query
from jazari_rag.retrieval.lexical import LexicalRetriever, TermCounts, encode_passage, term_index
from jazari_rag.retrieval.structured import Concept, StructuredSearch

words = st.sampled_from(["card", "carte", "permit", "permis", "fee", "form", "office", "tax", "law"])
texts = st.lists(st.lists(words, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=8)


def store_of(texts: list[str]) -> SmallStore:
    return SmallStore(*(passage(text, document=str(number)) for number, text in enumerate(texts)))


def found(store: SmallStore, *concepts: Concept, depth: int = 200) -> dict[str, float]:
    hits = StructuredSearch(store, depth).search(concepts, 10, {}, among={})
    return {hit.passage.document_id: hit.score for hit in hits}


@given(st.lists(words, min_size=1, max_size=60), words)
def test_how_often_a_term_stands_in_a_passage_is_read_back_from_its_vector(said: list[str], term: str) -> None:
    vector = encode_passage(WordAnalyzer(), " ".join(said), "en")
    counts = TermCounts.of(vector, set(vector.indices))
    assert math.isclose(counts.frequency(term_index(term)), said.count(term), abs_tol=1e-9)


@given(texts, st.lists(words, min_size=1, max_size=3, unique=True))
def test_a_word_of_one_translation_scores_as_plain_bm25(said: list[str], asked: list[str]) -> None:
    store = store_of(said)
    plain = LexicalRetriever(store, WordAnalyzer()).retrieve(Query(" ".join(asked), "en"))
    structured = found(store, *(Concept(1.0, {word: 1.0}) for word in asked))
    assert structured == pytest.approx({hit.passage.document_id: hit.score for hit in plain})


@given(texts)
def test_searching_later_or_at_once_finds_the_same(said: list[str]) -> None:
    search = StructuredSearch(store_of(said))
    concepts = [Concept(1.0, {"card": 1.0, "carte": 0.5}), Concept(0.5, {"fee": 1.0})]
    assert asyncio.run(search.asearch(concepts, 3, {}, among={})) == search.search(concepts, 3, {}, among={})


def test_two_translations_of_a_word_count_as_one_word_said_twice() -> None:
    store = store_of(["card carte", "card card", "tax form"])
    scores = found(store, Concept(1.0, {"card": 1.0, "carte": 1.0}))
    assert scores["0"] == pytest.approx(scores["1"])


def test_a_passage_that_says_both_words_wins_over_one_that_says_one_in_two_ways() -> None:
    store = store_of(["card carte kart form form", "card fee form form form", "office office"])
    scores = found(store, Concept(1.0, {"card": 1.0, "carte": 0.9, "kart": 0.9}), Concept(1.0, {"fee": 1.0}))
    assert max(scores, key=scores.__getitem__) == "1"


def test_a_rare_but_unlikely_translation_does_not_make_its_word_rare() -> None:
    common = ["card form"] * 8
    scores = found(store_of([*common, "kort form", "tax tax"]), Concept(1.0, {"card": 1.0, "kort": 0.1}))
    assert scores["8"] < scores["0"]


def test_a_term_of_two_words_counts_for_the_one_that_it_fits_better() -> None:
    store = store_of(["card", "tax", "form", "law"])
    alone = found(store, Concept(1.0, {"card": 1.0}))
    assert found(store, Concept(1.0, {"card": 1.0}), Concept(1.0, {"card": 0.5, "visa": 1.0})) == pytest.approx(alone)


def test_terms_that_no_passage_has_ask_for_nothing() -> None:
    store = store_of(["card"])
    assert found(store, Concept(1.0, {"visa": 1.0})) == {}
    assert store.asked == []


def test_only_so_many_candidates_are_scored_and_never_fewer_than_are_wanted() -> None:
    store = store_of(["card fee", "card", "fee"])
    StructuredSearch(store, 2).search([Concept(1.0, {"card": 1.0})], 1, {}, among={})
    StructuredSearch(store, 2).search([Concept(1.0, {"card": 1.0})], 3, {}, among={})
    assert [query.limit for query in store.asked] == [2, 3]
