"""The gate: whether what was found can answer the question at all.

A retriever's scores do not tell right from wrong, so the judgement is on words: how much of the question's content,
weighted by rarity, stands in the best passage and in the evidence as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from jazari_rag.answering.question import Question, hit_context, importance, rarity
from jazari_rag.domain import Hit
from jazari_rag.ports import Analyzer

THRESHOLD = 0.44
"""Confidence from which an answer is tried."""
BIAS = -7.2
W_BEST, W_FIRST, W_LETTERS, W_NAMES, W_LENGTH = 1.15, 2.6, 2.65, 2.05, 1.25
"""A logistic regression on half of the dev sets' questions (answerable with the answer retrieved against not), classes
balanced within each set; checked on the other half (ROC-AUC 0.90)."""
NO_NAMES = 0.7
"""Stands for the share of names that are covered when the question has none: their mean."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The judgement; `reasons` are for the trace.

    Attributes:
        confidence: In [0, 1].
    """

    confidence: float
    answers: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Features:
    """What the judgement rests on: shares in [0, 1] of the question's content words.

    Attributes:
        best: Of the words, in the passage that has most of them.
        first: Of their weight (by rarity among the candidates), in the passage ranked first.
        letters: Of their letters, in the passage that has most weight: long words tell more.
        names: Of the numbers and capitalised words, in the same passage.
        words: How many content words there are; one that only asks counts less.
    """

    best: float
    first: float
    letters: float
    names: float
    words: float


def judge(question: Question, hits: Sequence[Hit], analyzer: Analyzer) -> Evidence:
    """Whether `hits`, best first, are evidence for an answer."""
    if not question.has_content:
        return Evidence(0.0, False, ("the question has no content words",))
    if not hits:
        return Evidence(0.0, False, ("nothing was found",))
    features = measure(question, hits, analyzer)
    if features.best == 0:
        return Evidence(0.0, False, ("no passage shares a content word with the question",))
    confidence = _confidence(features)
    reasons = (
        f"the best passage has {features.best:.0%} of the {len(question.concepts)} content words",
        f"the first passage has {features.first:.0%} of their weight",
    )
    return Evidence(confidence, confidence >= THRESHOLD, reasons)


def measure(question: Question, hits: Sequence[Hit], analyzer: Analyzer) -> Features:
    """The features of a question and what was found for it; there is at least one hit and one content word."""
    covered = [question.covered(_terms(hit, analyzer)) for hit in hits]
    weights = rarity(question, covered)
    best = max(covered, key=lambda found: sum(weights[index] for index in found))
    words = [concept.word for concept in question.concepts]
    shares = importance(question)
    letters = [share * len(word) for share, word in zip(shares, words, strict=True)]
    return Features(
        best=max(_share(shares, found) for found in covered),
        first=_share(weights, covered[0]),
        letters=_share(letters, best),
        names=_share_of_names(words, best),
        words=sum(shares),
    )


def _share(weights: Sequence[float], covered: frozenset[int]) -> float:
    return sum(weights[index] for index in covered) / sum(weights)


def _share_of_names(words: Sequence[str], covered: frozenset[int]) -> float:
    names = [index for index, word in enumerate(words) if word.isdigit() or (index > 0 and word[0].isupper())]
    return sum(index in covered for index in names) / len(names) if names else NO_NAMES


def _terms(hit: Hit, analyzer: Analyzer) -> set[str]:
    passage = hit.passage
    return {
        *analyzer.passage_terms(passage.text, passage.language),
        *analyzer.passage_terms(hit_context(hit), passage.language),
    }


def _confidence(features: Features) -> float:
    logit = (
        BIAS
        + W_BEST * features.best
        + W_FIRST * features.first
        + W_LETTERS * features.letters
        + W_NAMES * features.names
        + W_LENGTH * math.log(1 + features.words)
    )
    return 1 / (1 + math.exp(-logit))
