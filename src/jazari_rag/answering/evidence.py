"""The gate: whether what was found can answer the question at all.

A retriever's scores do not tell right from wrong, so the judgement is on words: how much of the question's content,
weighted by rarity, stands in the best passage and in the evidence as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from jazari_rag.answering.kinds import FACTS, holds_fact
from jazari_rag.answering.numbers import figures
from jazari_rag.answering.question import (
    Question,
    hit_context,
    importance,
    is_article,
    kinds_of,
    mentions_article,
    rarity,
)
from jazari_rag.domain import Hit
from jazari_rag.languages import Languages
from jazari_rag.ports import Analyzer
from jazari_rag.text.sentences import sentences

THRESHOLD = 0.45
"""Confidence from which an answer is tried."""
BIAS = -6.67
W_BEST, W_LETTERS, W_NAMES, W_UNIT, W_WORDS = 1.3, 2.85, 1.54, 2.1, 1.1
"""A logistic regression on half of the dev sets' questions (answerable with the answer retrieved against not), classes
balanced within each set; checked on the other half (ROC-AUC 0.89)."""
READ_CLOSELY = 5
"""Hits whose sentences are looked at one by one."""
RIGHT_ARTICLE, WRONG_ARTICLE = 0.6, 0.3
"""At least, and at most, how sure we are when the article that the question names was found, or was not."""
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

    A word that only asks ("price") is covered by a passage that holds what it asks for.

    Attributes:
        best: Of the words, in the passage that has most of them.
        letters: Of their letters, in the passage that has most weight: long words tell more.
        names: Of the numbers and capitalised words, in the same passage.
        unit: Of their weight (by rarity among the candidates), in one sentence with its headings.
        words: How many content words there are; one that only asks counts less.
    """

    best: float
    letters: float
    names: float
    unit: float
    words: float


def judge(question: Question, hits: Sequence[Hit], *, analyzer: Analyzer, languages: Languages) -> Evidence:
    """Whether `hits`, best first, are evidence for an answer."""
    if not question.has_content:
        return Evidence(0.0, False, ("the question has no content words",))
    if not hits:
        return Evidence(0.0, False, ("nothing was found",))
    read = [_Read(question, hit, analyzer, languages) for hit in hits]
    if not any(reading.shared for reading in read):
        return Evidence(0.0, False, ("no passage shares a content word with the question",))
    features = measure(question, read)
    confidence = _confidence(features)
    reasons = [
        f"the best passage has {features.best:.0%} of the {len(question.concepts)} content words",
        f"one sentence with its headings has {features.unit:.0%} of their weight",
    ]
    if question.articles:
        found = any(is_article(question, hit) or mentions_article(question, hit.passage.text) for hit in hits)
        confidence = max(confidence, RIGHT_ARTICLE) if found else min(confidence, WRONG_ARTICLE)
        reasons.append("the article was found" if found else "the article was not found")
    return Evidence(confidence, confidence >= THRESHOLD, tuple(reasons))


class _Read:
    """Which concepts of a question a hit covers."""

    def __init__(self, question: Question, hit: Hit, analyzer: Analyzer, languages: Languages) -> None:
        self._question, self._passage, self._analyzer, self._languages = question, hit.passage, analyzer, languages
        context = hit_context(hit)
        self._above = self._covered(context)
        self.shared = self._above | self._covered(hit.passage.text)
        self._asked = frozenset(index for index, concept in enumerate(question.concepts) if concept.asks)
        if not self._asked <= self.shared and not self._holds_what_is_asked(context):
            self._asked = frozenset()
        self.covered = self.shared | self._asked

    def units(self) -> list[frozenset[int]]:
        """What each sentence covers together with the headings above it."""
        text = self._passage.text
        spans = sentences(text, self._languages)
        return [self._above | self._asked | self._covered(text[start:end]) for start, end in spans]

    def _covered(self, text: str) -> frozenset[int]:
        return self._question.covered(self._analyzer.passage_terms(text, self._passage.language))

    def _holds_what_is_asked(self, context: str) -> bool:
        kinds, text = self._question.kinds, self._passage.text
        if holds_fact(kinds, text, figures(text)):
            return True
        announcing = context if kinds <= FACTS else f"{context}\n{text}"
        return bool(kinds_of(announcing, self._passage.language, self._languages) & kinds)


def measure(question: Question, read: Sequence[_Read]) -> Features:
    """The features of a question and what was read for it; there is at least one hit and one content word."""
    covered = [reading.covered for reading in read]
    weights = rarity(question, covered)
    best = max(covered, key=lambda found: _share(weights, found))
    words = [concept.word for concept in question.concepts]
    shares = importance(question)
    letters = [share * len(word) for share, word in zip(shares, words, strict=True)]
    units = [unit for reading in read[:READ_CLOSELY] for unit in reading.units()]
    return Features(
        best=max(_share(shares, found) for found in covered),
        letters=_share(letters, best),
        names=_share_of_names(words, best),
        unit=max((_share(weights, unit) for unit in units), default=0.0),
        words=sum(shares),
    )


def _share(weights: Sequence[float], covered: frozenset[int]) -> float:
    return sum(weights[index] for index in covered) / sum(weights)


def _share_of_names(words: Sequence[str], covered: frozenset[int]) -> float:
    names = [index for index, word in enumerate(words) if word.isdigit() or (index > 0 and word[0].isupper())]
    return sum(index in covered for index in names) / len(names) if names else NO_NAMES


def _confidence(features: Features) -> float:
    logit = (
        BIAS
        + W_BEST * features.best
        + W_LETTERS * features.letters
        + W_NAMES * features.names
        + W_UNIT * features.unit
        + W_WORDS * math.log(1 + features.words)
    )
    return 1 / (1 + math.exp(-logit))
