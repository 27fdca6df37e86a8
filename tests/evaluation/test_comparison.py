"""Two configurations on the same questions, and the gap between languages."""

from __future__ import annotations

import pytest

from jazari_rag.errors import UsageError
from jazari_rag.evaluation import MEASURES, EvalReport, IngestCost, Latency, Ranking, compare, evaluation_page, score

pytest.importorskip("ir_measures", reason="the extra `eval` is not installed")


def report(*ranks: tuple[str, int]) -> EvalReport:
    """A report on questions, each with its language and the place of its document (counted from 1)."""
    rankings = [
        Ranking(language, frozenset({"x"}), (*(f"other{n}" for n in range(rank - 1)), "x")[:10])
        for language, rank in ranks
    ]
    overall, languages = score(rankings)
    return EvalReport(overall, languages, IngestCost(1.0, 1, None), Latency(1.0, 2.0))


def test_differences_are_those_of_the_means_and_their_interval_holds_them() -> None:
    first, second = report(("fr", 1), ("fr", 3), ("ar", 2)), report(("fr", 1), ("fr", 1), ("ar", 11))
    comparison = compare(first, second)
    for measure in MEASURES:
        for name, differences in {**comparison.languages, "all": comparison.all}.items():
            before, after = ((r.all if name == "all" else r.languages[name]).means[measure] for r in (first, second))
            assert differences[measure].mean == pytest.approx(after - before)
            assert differences[measure].low <= differences[measure].mean <= differences[measure].high


def test_the_same_reports_do_not_differ_and_the_interval_is_nothing() -> None:
    one = report(("fr", 1), ("fr", 4), ("ar", 20))
    assert {(d.mean, d.low, d.high) for d in compare(one, one).all.values()} == {(0.0, 0.0, 0.0)}


def test_reports_on_other_questions_are_not_compared() -> None:
    with pytest.raises(UsageError, match="same questions"):
        compare(report(("fr", 1)), report(("ar", 1)))
    with pytest.raises(UsageError, match="same questions"):
        compare(report(("fr", 1)), report(("fr", 1), ("fr", 1)))


def test_the_gap_of_a_language_is_to_the_best_one() -> None:
    gaps = report(("fr", 1), ("ar", 1), ("ar", 11)).parity("hit@10")
    assert gaps == {"fr": 0.0, "ar": 0.5}
    assert report().parity("hit@10") == {}


def test_a_page_without_questions_can_be_drawn() -> None:
    assert "<svg" in evaluation_page(report(), title="<none>")
    assert "<none>" not in evaluation_page(report(), title="<none>")
