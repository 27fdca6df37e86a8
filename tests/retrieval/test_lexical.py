from __future__ import annotations

import math
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from small_store import SmallStore, WordAnalyzer, passage

from jazari_rag.domain import Query
from jazari_rag.retrieval.lexical import AVERAGE_TERMS, K1, LexicalRetriever, encode_passage, encode_query, term_index

texts = st.lists(st.text("abcé ض", min_size=1, max_size=6), max_size=40).map(" ".join)


class FixedTerms:
    fingerprint = "fixed"

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts

    def passage_terms(self, text: str, language: str) -> Mapping[str, int]:
        return self.counts

    def query_terms(self, text: str, language: str) -> Mapping[str, float]:
        return {term: float(count) for term, count in self.counts.items()}


@given(texts)
def test_a_passage_vector_has_unique_sorted_32_bit_indices_and_finite_positive_values(text: str) -> None:
    vector = encode_passage(WordAnalyzer(), text, "fr")
    assert list(vector.indices) == sorted(set(vector.indices))
    assert all(0 <= index < 2**32 for index in vector.indices)
    assert len(vector.values) == len(vector.indices)
    assert all(0 < value < K1 + 1 for value in vector.values)


def test_a_term_once_in_a_passage_of_average_length_weighs_one() -> None:
    others = {f"w{number}": 1 for number in range(int(AVERAGE_TERMS))}
    vector = encode_passage(FixedTerms(others), "", "fr")
    assert all(math.isclose(value, 1.0) for value in vector.values)


def test_a_repeated_term_weighs_more_and_a_longer_passage_makes_it_weigh_less() -> None:
    def weight(term: str, text: str) -> float:
        vector = encode_passage(WordAnalyzer(), text, "en")
        return dict(zip(vector.indices, vector.values, strict=True))[term_index(term)]

    assert weight("tax", "tax tax form") > weight("tax", "tax form form")
    assert weight("tax", "tax form") > weight("tax", "tax " + "form " * 300)


def test_two_terms_of_one_index_are_summed_not_lost() -> None:
    first, second = _colliding_terms()
    vector = encode_query(FixedTerms({first: 1, second: 2}), "", "en")
    assert vector.indices == (term_index(first),)
    assert vector.values == (3.0,)


def test_a_terms_index_does_not_change_between_versions() -> None:
    assert (term_index("passeport"), term_index("بطاقة")) == (2136332613, 2651021030)


def test_the_rarer_word_decides() -> None:
    store = SmallStore(passage("the card", document="a"), passage("the passport", document="b"), passage("the form"))
    hits = LexicalRetriever(store, WordAnalyzer()).retrieve(Query("the passport", "en"))
    assert hits[0].passage.document_id == "b"


def test_a_question_without_terms_finds_nothing_and_asks_nothing() -> None:
    store = SmallStore(passage("the card"))
    assert LexicalRetriever(store, WordAnalyzer()).retrieve(Query("   ", "en")) == []
    assert store.asked == []


def test_limit_and_filter_reach_the_store() -> None:
    store = SmallStore(passage("card"))
    LexicalRetriever(store, WordAnalyzer()).retrieve(Query("card", "en", 3, {"authority": "dgsn"}))
    assert (store.asked[0].limit, store.asked[0].where) == (3, {"authority": "dgsn"})


def _colliding_terms() -> tuple[str, str]:
    """Two terms of one index: among 200,000, some four pairs are to be expected."""
    seen: dict[int, str] = {}
    for number in range(400_000):
        index = term_index.__wrapped__(str(number))
        if index in seen:
            return seen[index], str(number)
        seen[index] = str(number)
    raise AssertionError("no collision found")
