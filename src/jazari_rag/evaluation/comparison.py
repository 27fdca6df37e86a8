"""Whether one configuration finds more than another: paired differences on the same questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jazari_rag.errors import UsageError
from jazari_rag.evaluation.metrics import Scores, bootstrap_intervals
from jazari_rag.evaluation.report import EvalReport


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of a measure under the second configuration minus that under the first.

    `low` and `high` are the 95 % paired bootstrap interval: questions are drawn with both of their values.
    """

    mean: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        return {"mean": self.mean, "low": self.low, "high": self.high}


Differences = Mapping[str, Difference]
"""By measure."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far a configuration is above another, over all questions and by their language."""

    all: Differences
    languages: Mapping[str, Differences]

    def to_dict(self) -> dict[str, object]:
        return {
            "all": {measure: one.to_dict() for measure, one in self.all.items()},
            "languages": {
                name: {measure: one.to_dict() for measure, one in differences.items()}
                for name, differences in self.languages.items()
            },
        }


def compare(first: EvalReport, second: EvalReport) -> Comparison:
    """What the second has more than the first.

    Raises:
        UsageError: They are not of the same questions.
    """
    if first.languages.keys() != second.languages.keys():
        raise UsageError("only reports on the same questions can be compared")
    languages = {name: _differences(scores, second.languages[name]) for name, scores in first.languages.items()}
    return Comparison(_differences(first.all, second.all), languages)


def _differences(first: Scores, second: Scores) -> Differences:
    if first.n != second.n:
        raise UsageError(f"only reports on the same questions can be compared: {first.n} and {second.n} questions")
    gained = {
        measure: [after - before for before, after in zip(values, second.values[measure], strict=True)]
        for measure, values in first.values.items()
    }
    intervals = bootstrap_intervals(gained) if gained else {}
    return {measure: Difference(sum(values) / len(values), *intervals[measure]) for measure, values in gained.items()}
