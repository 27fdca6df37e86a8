"""How well the gate tells what the collection answers from what it does not: false answers, false refusals, the curve.

python benchmarks/refusals.py [--sets ../shared/eval] [--stores FOLDER] [--sample 700] [--fit] [--json]

A question whose `relevant` is empty must be refused; general-knowledge questions are asked of every collection. Halves
are told apart by a hash of the question's id: `--fit` fits the gate's weights on the first half (print them, put them
into `answering/evidence.py`), everything that is reported is about the second. Beside it, what a threshold on the
retriever's score, or on the margin between its first two hits, would do at its best.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jazari_rag import Assistant
from jazari_rag.answering.answerer import DEFAULT_LIMIT
from jazari_rag.answering.evidence import THRESHOLD, WEIGHTS, Features, judge, measure
from jazari_rag.answering.question import understand
from jazari_rag.answering.safety import clean
from jazari_rag.domain import Hit
from jazari_rag.evaluation.questions import Question, read_questions
from jazari_rag.languages import load_languages
from jazari_rag.retrieval.translated import QuestionTranslator
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.identify import identify
from jazari_rag.text.translations import shipped_lexicon

OFFTOPIC = "offtopic-multilingual"
NEAR = ("arcd-ar-leaveout", "piaf-wiki-fr-leaveout", "cnil-faq-fr-leaveout", "idarati-ma-multilingual")
"""Half of the documents removed, or questions that the administration does not answer."""
WHOLE = ("cnil-faq-fr", "arcd-ar", "piaf-wiki-fr", "doc2dial-en", "logingov-es-es")
"""Nothing removed: false refusals."""
FITTED = {
    "arcd-ar-leaveout": (1.0, 1.0),
    "piaf-wiki-fr-leaveout": (1.0, 1.0),
    "cnil-faq-fr-leaveout": (0.4, 0.4),
    "idarati-ma-multilingual": (0.4, 0.4),
} | dict.fromkeys(WHOLE, (0.6, 0.4))
"""Weights of a set's questions to answer and to refuse: siblings still answer on cnil, idarati has few to refuse, and
a collection of which nothing was removed has off-topic ones alone. Both classes weigh the same in all."""
OFFTOPIC_SHARE = 0.25
"""Of the weight of what must be refused, in a set."""
RIDGE = 2e-3
BINS = 5

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Case:
    """A question asked of a store, and what the gate said."""

    store: str
    set: str
    language: str
    held_out: bool
    answerable: bool
    found: bool
    features: Features | None
    confidence: float
    score: float
    margin: float


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="jazari-refusals-") as folder:
        stores = options.stores or Path(folder)
        cases = [case for name in options.only for case in collect(name, options.sets, stores, options.sample)]
    if options.fit:
        print(json.dumps(fit(cases), indent=1))
    rows = list(report([case for case in cases if case.held_out]))
    curve = reliability([case for case in cases if case.held_out and case.store in NEAR])
    if options.json:
        print(json.dumps({"threshold": THRESHOLD, "sets": rows, "reliability": curve}, ensure_ascii=False))
        return
    _print(rows, curve)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(__file__).resolve().parents[2] / "shared" / "eval"
    parser.add_argument("--sets", type=Path, default=shared, help="folder of the question sets")
    parser.add_argument("--stores", type=Path, help="keeps the stores here for the next run")
    parser.add_argument("--sample", type=int, default=700, help="questions of a set, at most")
    parser.add_argument("--only", nargs="+", default=[*NEAR, *WHOLE], metavar="SET")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def collect(name: str, sets: Path, stores: Path, sample: int) -> Iterator[Case]:
    """Asks the questions of a set, and general-knowledge ones, of its documents."""
    asked = [(name, question) for question in _sample(read_questions(sets / name / "queries.jsonl"), sample)]
    general = read_questions(sets / OFFTOPIC / "queries.jsonl")
    for language in ("fr", "ar", "en", "es"):
        spoken = [question for question in general if question.language == language]
        asked += [(OFFTOPIC, question) for question in _sample(spoken, sample // 7)]
    gate = _Gate()
    stores.mkdir(parents=True, exist_ok=True)
    with Assistant.open(stores / name) as assistant:
        assistant.ingest(sets / name / "corpus.jsonl")
        for origin, question in asked:
            hits = assistant.search(question.text, limit=DEFAULT_LIMIT)
            yield gate.case(name, origin, question, hits)


class _Gate:
    def __init__(self) -> None:
        self._languages = load_languages()
        self._analyzer = SnowballAnalyzer(self._languages)
        self._translator = QuestionTranslator(self._analyzer, self._languages, shipped_lexicon())

    def case(self, store: str, origin: str, question: Question, hits: Sequence[Hit]) -> Case:
        asked = clean(question.text)
        understood = understand(
            asked,
            identify(asked, self._languages).language,
            evidence_languages={hit.passage.language for hit in hits},
            analyzer=self._analyzer,
            languages=self._languages,
            translator=self._translator,
        )
        tools = {"analyzer": self._analyzer, "languages": self._languages}
        scores = [hit.score for hit in hits[:2]]
        return Case(
            store=store,
            set=origin,
            language=question.language,
            held_out=bool(hashlib.sha256(question.id.encode()).digest()[-1] % 2),
            answerable=bool(question.relevant),
            found=any(hit.document.id in question.relevant for hit in hits),
            features=measure(understood, hits, **tools) if hits and understood.has_content else None,
            confidence=judge(understood, hits, **tools).confidence,
            score=scores[0] if scores else 0.0,
            margin=scores[0] - scores[1] if len(scores) > 1 else 0.0,
        )


def _sample(questions: Sequence[Question], size: int) -> list[Question]:
    return random.Random(1).sample(questions, min(size, len(questions)))


def fit(cases: Iterable[Case]) -> dict[str, float]:
    """A logistic regression on the first half: found answers against questions to refuse, balanced in each set.

    Questions in another language than the passages that were found weigh as much as the others of their set.
    """
    chosen = [
        case
        for case in cases
        if not case.held_out and case.features and case.store in FITTED and (case.found or not case.answerable)
    ]
    groups = [
        (case.store, case.answerable, case.set == OFFTOPIC, case.features.foreign) for case in chosen if case.features
    ]
    weights = np.array([_weight(*group[:3]) / groups.count(group) for group in groups])
    values = np.array([[getattr(case.features, name) for name in WEIGHTS] for case in chosen], dtype=float)
    answerable = np.array([case.answerable for case in chosen])
    for side in (answerable, ~answerable):
        weights[side] /= weights[side].sum()
    bias, *found = _logistic(values, answerable, weights / weights.sum())
    return {"bias": round(bias, 3)} | {name: round(value, 3) for name, value in zip(WEIGHTS, found, strict=True)}


def _weight(store: str, answerable: bool, offtopic: bool) -> float:
    to_answer, to_refuse = FITTED[store]
    return to_answer if answerable else to_refuse * (OFFTOPIC_SHARE if offtopic else 1 - OFFTOPIC_SHARE)


def _logistic(values: Floats, answerable: Bools, weights: Floats) -> list[float]:
    """Bias and coefficients by Newton's method on standardised features, with a small ridge."""
    mean, spread = values.mean(0), values.std(0) + 1e-9
    design = np.c_[np.ones(len(values)), (values - mean) / spread]
    ridge = np.diag([0.0] + [RIDGE] * values.shape[1])
    found = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ found))
        gradient = design.T @ (weights * (answerable - chance)) - ridge @ found
        curvature = (design.T * (weights * chance * (1 - chance))) @ design + ridge
        found += np.linalg.solve(curvature, gradient)
    scaled = found[1:] / spread
    return [float(found[0] - scaled @ mean), *map(float, scaled)]


def report(cases: Sequence[Case]) -> Iterator[dict[str, object]]:
    """A row for the questions of each set in each language, asked of each store."""
    for store, origin, language in dict.fromkeys((case.store, case.set, case.language) for case in cases):
        group = [case for case in cases if (case.store, case.set, case.language) == (store, origin, language)]
        answered = np.array([case.confidence >= THRESHOLD for case in group])
        answerable = np.array([case.answerable for case in group])
        row: dict[str, object] = {"store": store, "questions": origin, "language": language, "n": len(group)}
        row["false_answers"] = _share(answered[~answerable])
        row["false_refusals"] = _share(~answered[answerable])
        row["found_but_refused"] = _share(~answered[np.array([case.found for case in group])])
        if answerable.any() and not answerable.all():
            row |= _told_apart(group, answerable)
        yield row


def _told_apart(group: Sequence[Case], answerable: Bools) -> dict[str, float]:
    signals: dict[str, Callable[[Case], float]] = {
        "gate": lambda case: case.confidence,
        "score": lambda case: case.score,
        "margin": lambda case: case.margin,
    }
    found = {}
    for name, signal in signals.items():
        values = np.array([signal(case) for case in group])
        found[f"{name}_auc"] = round(roc_auc(answerable, values), 3)
        found[f"{name}_eer"] = round(equal_error(answerable, values), 3)
    return found


def roc_auc(positive: Bools, values: Floats) -> float:
    """The chance that a positive is above a negative; a tie is half."""
    above = values[positive][:, None] - values[~positive][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def equal_error(positive: Bools, values: Floats) -> float:
    """The larger of the two errors at the threshold where that is least."""
    return float(min(max((values[~positive] >= t).mean(), (values[positive] < t).mean()) for t in np.unique(values)))


def reliability(cases: Sequence[Case]) -> list[dict[str, float]]:
    """Confidence against the share that is answerable and was found, weighted as in the fit."""
    used = [case for case in cases if case.found or not case.answerable]
    groups = [(case.store, case.answerable, case.set == OFFTOPIC) for case in used]
    weights = np.array([_weight(*group) / groups.count(group) for group in groups])
    confidence = np.array([case.confidence for case in used])
    right = np.array([case.answerable for case in used], dtype=float)
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return [
        {
            "from": place / BINS,
            "n": int((places == place).sum()),
            "confidence": round(float(np.average(confidence[places == place], weights=weights[places == place])), 3),
            "observed": round(float(np.average(right[places == place], weights=weights[places == place])), 3),
        }
        for place in range(BINS)
        if (places == place).any()
    ]


def _share(flags: Bools) -> float | None:
    return round(float(flags.mean()), 3) if len(flags) else None


def _print(rows: Sequence[dict[str, object]], curve: Sequence[dict[str, float]]) -> None:
    columns = ("store", "questions", "language", "n", "false_answers", "false_refusals", "found_but_refused")
    signals = ("gate_auc", "gate_eer", "score_auc", "score_eer", "margin_auc", "margin_eer")
    print(f"held-out half, threshold {THRESHOLD}")
    print("\t".join((*columns, *signals)))
    for row in rows:
        print("\t".join("" if row.get(column) is None else str(row[column]) for column in (*columns, *signals)))
    print("\nconfidence\tobserved\tn")
    for point in curve:
        print(f"{point['confidence']}\t{point['observed']}\t{point['n']}")


if __name__ == "__main__":
    main()
