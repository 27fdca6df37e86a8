"""The measures mean what their names say."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jazari_rag.evaluation import MEASURES, Latency, Ranking, score

pytest.importorskip("ir_measures", reason="the extra `eval` is not installed")

IDS = [f"d{number}" for number in range(15)]
rankings = st.builds(
    Ranking,
    language=st.sampled_from(["fr", "ar", "aryLatn"]),
    relevant=st.frozensets(st.sampled_from(IDS), max_size=5),
    documents=st.permutations(IDS).map(lambda ids: tuple(ids[:10])),
)


def test_the_first_relevant_document_in_third_place_gives_the_textbook_values():
    overall, _ = score([Ranking("fr", frozenset({"b", "z"}), ("x", "y", "b"))])
    assert overall.means == pytest.approx(
        {
            "hit@1": 0,
            "hit@5": 1,
            "hit@10": 1,
            "recall@1": 0,
            "recall@5": 0.5,
            "recall@10": 0.5,
            "mrr@10": 1 / 3,
            "ndcg@10": (1 / math.log2(4)) / (1 / math.log2(2) + 1 / math.log2(3)),
        }
    )


def test_order_decides_even_where_identifiers_would_sort_otherwise():
    overall, _ = score([Ranking("fr", frozenset({"a"}), ("z", "a")), Ranking("fr", frozenset({"z"}), ("z", "a"))])
    assert overall.means["hit@1"] == 0.5


@settings(max_examples=20, deadline=None)
@given(st.lists(rankings, max_size=8))
def test_the_whole_is_the_weighted_mean_of_the_languages(found):
    overall, languages = score(found)
    assert overall.n == sum(scores.n for scores in languages.values()) == sum(bool(r.relevant) for r in found)
    for name in MEASURES:
        if overall.n:
            total = sum(scores.n * scores.means[name] for scores in languages.values())
            assert overall.means[name] == pytest.approx(total / overall.n)
            low, high = overall.intervals[name]
            assert 0 <= low <= high <= 1
        else:
            assert overall.means[name] is None


@settings(max_examples=50, deadline=None)
@given(rankings.filter(lambda ranking: ranking.relevant))
def test_hits_and_recall_follow_their_definitions(ranking):
    overall, _ = score([ranking])
    for k in (1, 5, 10):
        found = ranking.relevant & set(ranking.documents[:k])
        assert overall.means[f"hit@{k}"] == bool(found)
        assert overall.means[f"recall@{k}"] == pytest.approx(len(found) / len(ranking.relevant))


def test_a_question_that_found_nothing_counts_as_a_miss():
    overall, _ = score([Ranking("fr", frozenset({"a"}), ()), Ranking("fr", frozenset({"a"}), ("a",))])
    assert (overall.n, overall.means["mrr@10"]) == (2, 0.5)


def test_questions_without_a_relevant_document_are_left_out():
    overall, languages = score([Ranking("fr", frozenset(), ("a",))])
    assert overall.to_dict() == {"n": 0, **dict.fromkeys(MEASURES)}
    assert languages == {}


def test_percentiles_interpolate_between_neighbours():
    latency = Latency.of([4.0, 1.0, 2.0, 3.0, 5.0])
    assert latency.p50 == 3.0
    assert latency.p95 == pytest.approx(4.8)
    assert Latency.of([]) == Latency(None, None)
