"""Ranking measures, computed by `ir_measures`, and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jazari_rag.errors import MissingExtraError

MEASURES: Mapping[str, str] = {
    "hit@1": "Success@1",
    "hit@5": "Success@5",
    "hit@10": "Success@10",
    "recall@1": "R@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "mrr@10": "RR@10",
    "ndcg@10": "nDCG@10",
}
"""Our name -> the name in `ir_measures`."""

DEPTH = 10
"""Documents a ranking needs for all of the measures."""

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was found for one question: document ids without repetition, best first."""

    language: str
    relevant: frozenset[str]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over `n` questions, in [0, 1]; None when there is no question to average.

    `intervals` has the 95 % bootstrap interval of each mean, `values` what was averaged, in the questions' order.
    """

    n: int
    means: Mapping[str, float | None]
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    values: Mapping[str, tuple[float, ...]] = field(default_factory=dict, repr=False)

    def to_dict(self) -> dict[str, object]:
        """`n` and the means, a key a measure."""
        return {"n": self.n, **self.means}


def score(rankings: Sequence[Ranking]) -> tuple[Scores, dict[str, Scores]]:
    """The scores over all rankings, and by language in the order of the languages' names.

    Rankings without a relevant document are left out: nothing can be found for them.

    Raises:
        MissingExtraError: `ir_measures` is not installed.
    """
    asked = [ranking for ranking in rankings if ranking.relevant]
    values = _by_question(asked)
    languages = sorted({ranking.language for ranking in asked})
    by_language = {
        language: _scores([value for ranking, value in zip(asked, values, strict=True) if ranking.language == language])
        for language in languages
    }
    return _scores(values), by_language


def _by_question(rankings: Sequence[Ranking]) -> list[dict[str, float]]:
    """A value for each measure and question; positions stand for the questions, whose ids may repeat."""
    try:
        import ir_measures
    except ImportError:
        raise MissingExtraError("evaluation", "eval") from None
    names = {ir_measures.parse_measure(theirs): ours for ours, theirs in MEASURES.items()}
    relevant = [
        ir_measures.Qrel(str(position), document, 1)
        for position, ranking in enumerate(rankings)
        for document in sorted(ranking.relevant)
    ]
    found = [
        ir_measures.ScoredDoc(str(position), document, float(len(ranking.documents) - rank))
        for position, ranking in enumerate(rankings)
        for rank, document in enumerate(ranking.documents)
    ]
    values: list[dict[str, float]] = [dict.fromkeys(MEASURES, 0.0) for _ in rankings]
    if relevant and found:
        for result in ir_measures.iter_calc(list(names), relevant, found):
            values[int(result.query_id)][names[result.measure]] = float(result.value)
    return values


def _scores(values: Sequence[Mapping[str, float]]) -> Scores:
    if not values:
        return Scores(0, dict.fromkeys(MEASURES))
    columns = {name: tuple(value[name] for value in values) for name in MEASURES}
    means = {name: sum(column) / len(column) for name, column in columns.items()}
    return Scores(len(values), means, bootstrap_intervals(columns), columns)


def bootstrap_intervals(columns: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, float]]:
    """Percentile bootstrap of the mean; questions are drawn whole and with a fixed seed."""
    import numpy

    table = numpy.asarray(list(columns.values()), dtype=float)
    draw = numpy.random.default_rng(0)
    n = table.shape[1]
    means = numpy.stack([table[:, draw.integers(0, n, n)].mean(axis=1) for _ in range(RESAMPLES)])
    low, high = numpy.percentile(means, [2.5, 97.5], axis=0)
    return {name: (float(low[i]), float(high[i])) for i, name in enumerate(columns)}
