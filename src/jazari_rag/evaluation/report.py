"""What an evaluation says, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jazari_rag.domain import Failure
from jazari_rag.evaluation.metrics import Scores


@dataclass(frozen=True, slots=True)
class IngestCost:
    """What it took to make the corpus searchable.

    `peak_mb` is the largest resident memory, in MiB, of this process from its start to the end of the ingestion (so the
    interpreter and the models count); `peak_child_mb` the same of the largest process that it started. None where the
    platform does not say.
    """

    seconds: float
    passages: int
    peak_mb: float | None
    peak_child_mb: float | None = None
    documents: int = 0
    failures: tuple[Failure, ...] = ()

    def to_dict(self) -> dict[str, object]:
        return {
            "seconds": self.seconds,
            "passages": self.passages,
            "peak_mb": self.peak_mb,
            "peak_child_mb": self.peak_child_mb,
            "documents": self.documents,
            "failed": len(self.failures),
            "failures": [failure.to_dict() for failure in self.failures],
        }


@dataclass(frozen=True, slots=True)
class Latency:
    """Wall time of one search, in milliseconds, over all questions (those that must be refused too)."""

    p50: float | None
    p95: float | None

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> Latency:
        ordered = sorted(milliseconds)
        return cls(_percentile(ordered, 0.50), _percentile(ordered, 0.95))

    def to_dict(self) -> dict[str, object]:
        return {"p50": self.p50, "p95": self.p95}


def _percentile(ordered: Sequence[float], share: float) -> float | None:
    """By linear interpolation between the two nearest ranks."""
    if not ordered:
        return None
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


@dataclass(frozen=True, slots=True)
class EvalReport:
    """Scores over all questions and by language, with what the run cost."""

    all: Scores
    languages: Mapping[str, Scores]
    ingest: IngestCost
    question_ms: Latency
    unanswerable: int = 0
    """Questions with nothing relevant, which the scores leave out."""
    unknown_relevant: tuple[str, ...] = field(default=())
    """Relevant ids that no ingested document has: they can only count as misses."""

    def parity(self, measure: str) -> dict[str, float]:
        """Question language -> how far its mean is below that of the best language, in [0, 1]."""
        means = {name: mean for name, scores in self.languages.items() if (mean := scores.means[measure]) is not None}
        best = max(means.values(), default=0.0)
        return {name: best - mean for name, mean in means.items()}

    def to_dict(self) -> dict[str, object]:
        """As `jazari eval --json` prints it."""
        groups = {"all": self.all, **{f"languages.{name}": scores for name, scores in self.languages.items()}}
        return {
            "all": self.all.to_dict(),
            "languages": {name: scores.to_dict() for name, scores in self.languages.items()},
            "ingest": self.ingest.to_dict(),
            "question_ms": self.question_ms.to_dict(),
            "unanswerable": self.unanswerable,
            "unknown_relevant": list(self.unknown_relevant),
            "parity": {measure: self.parity(measure) for measure in self.all.means},
            "ci95": {
                name: {measure: list(interval) for measure, interval in scores.intervals.items()}
                for name, scores in groups.items()
            },
        }
