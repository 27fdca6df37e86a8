"""The gate: whether what was found can answer the question at all.

A retriever's scores do not tell right from wrong, so the judgement is on words: how much of the question's content,
weighted by rarity, stands in the best passage and in the evidence as a whole.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

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
from jazari_rag.domain import AnswerStatus, Hit
from jazari_rag.languages import Languages
from jazari_rag.ports import Analyzer
from jazari_rag.text.normalise import fold, tokens
from jazari_rag.text.sentences import sentences

THRESHOLD = 0.54
"""Confidence from which an answer is tried: where the two errors of near-domain questions are about the same."""
BIAS = -4.29
WEIGHTS: Mapping[str, float] = {
    "unit": 1.04,
    "passage": 2.038,
    "letters": 0.74,
    "missing": -0.945,
    "near": 2.236,
    "foreign": -0.423,
}
"""A logistic regression on half of the questions of nine sets, by `benchmarks/refusals.py --fit`; checked on the other
half (ROC-AUC 0.85 in French, 0.82 in Arabic, where half of the documents had been removed; 0.82 and 0.77 on the half
that it was fitted on, whose questions are harder)."""
READ_CLOSELY = 5
"""Hits whose words are looked at one by one."""
RIGHT_ARTICLE, WRONG_ARTICLE = 0.6, 0.3
"""At least, and at most, how sure we are when the article that the question names was found, or was not."""
USUAL_NEAR = 0.5
"""Stands for what cannot be measured: a pair of words in a question of one word."""
NEAR = 3
"""Words from one to the next that stand together."""
NEARLY = 0.05
"""Share of the first hit's score by which another may be behind it and yet be as good."""
IN_SCOPE = 0.5
"""Share of the question's words in all that was found below which the documents are about something else."""
ALIKE = 0.6
"""Share of letter pairs from which two words may be forms of one, or one of them misspelt."""
SHORTEST = 4
"""Letters below which words are alike by chance."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The judgement; `reasons` are for the trace.

    Attributes:
        confidence: In [0, 1].
        in_scope: Whether the documents speak of what is asked at all, whether or not they answer it.
    """

    confidence: float
    answers: bool
    reasons: tuple[str, ...]
    in_scope: bool = True

    @property
    def refusal(self) -> AnswerStatus:
        """What to say where it does not answer."""
        return AnswerStatus.NO_EVIDENCE if self.in_scope else AnswerStatus.OUT_OF_SCOPE


@dataclass(frozen=True, slots=True)
class Features:
    """What the judgement rests on; nothing of it depends on what retrievers call a score.

    A word that only asks ("price") is covered by a passage that holds what it asks for.

    Attributes:
        unit: Share of the question's weight (by rarity among the hits) in one sentence of the first hit, with its
            headings; or of another of its document, or one that is hardly behind it.
        passage: The same share in all of such a hit, where a word that is written almost alike counts in part.
        letters: Logarithm of the letters of the question's words in the passage that has most weight: a short question
            that is covered tells less than a long one.
        missing: Numbers and capitalised words of the question that this passage lacks.
        near: Share of the pairs of words in a row that stand together in one passage.
        foreign: 1 where the first hit is in another language than the question, whose words are known by translation.
        reach: Share of the question's words, whatever their rarity, that stand in any of the hits.
    """

    unit: float
    passage: float
    letters: float
    missing: float
    near: float
    foreign: float
    reach: float


def judge(question: Question, hits: Sequence[Hit], *, analyzer: Analyzer, languages: Languages) -> Evidence:
    """Whether `hits`, best first, are evidence for an answer."""
    if not question.has_content:
        return Evidence(0.0, False, ("the question has no content words",))
    if not hits:
        return Evidence(0.0, False, ("nothing was found",))
    features = measure(question, hits, analyzer=analyzer, languages=languages)
    if features is None:
        return Evidence(0.0, False, ("no passage shares a content word with the question",), in_scope=False)
    confidence = _confidence(features)
    reasons = [
        f"one sentence of a leading passage, with its headings, has {features.unit:.0%} of the content words' weight",
        f"{features.near:.0%} of the words in a row stand together in a passage",
    ]
    if question.articles:
        found = any(is_article(question, hit) or mentions_article(question, hit.passage.text) for hit in hits)
        confidence = max(confidence, RIGHT_ARTICLE) if found else min(confidence, WRONG_ARTICLE)
        reasons.append("the article was found" if found else "the article was not found")
    answers = confidence >= THRESHOLD
    return Evidence(confidence, answers, tuple(reasons), in_scope=answers or features.reach >= IN_SCOPE)


class _Read:
    """Which concepts of a question a hit covers."""

    def __init__(self, question: Question, hit: Hit, analyzer: Analyzer, languages: Languages) -> None:
        self._question, self._hit, self._analyzer, self._languages = question, hit, analyzer, languages
        self._passage = hit.passage
        context = hit_context(hit)
        self._terms = self._read(context), self._read(hit.passage.text)
        self._above = question.covered(self._terms[0])
        self.shared = self._above | question.covered(self._terms[1])
        self._asked = frozenset(index for index, concept in enumerate(question.concepts) if concept.asks)
        if not self._asked <= self.shared and not self._holds_what_is_asked(context):
            self._asked = frozenset()
        self.covered = self.shared | self._asked

    def units(self) -> list[frozenset[int]]:
        """What each sentence covers together with the headings above it."""
        text = self._passage.text
        spans = sentences(text, self._languages)
        return [self._above | self._asked | self._covered(text[start:end]) for start, end in spans]

    def near(self, known: dict[tuple[str, str], frozenset[int]]) -> float:
        """Share of the pairs of concepts in a row that stand together.

        Args:
            known: What each word covers, by language; hits share many of them.
        """
        places: dict[int, set[int]] = defaultdict(set)
        for place, word in enumerate(tokens(f"{hit_context(self._hit)}\n{self._passage.text}")):
            key = self._passage.language, word
            if key not in known:
                known[key] = self._covered(word)
            for index in known[key]:
                places[index].add(place)
        pairs = list(pairwise(range(len(self._question.concepts))))
        return fmean(_stand_together(places[one], places[other]) for one, other in pairs) if pairs else USUAL_NEAR

    def parts(self) -> list[float]:
        """How far each concept is covered, in [0, 1]: a word that is written almost alike counts in part."""
        written = [_pairs(token) for token in set(tokens(f"{hit_context(self._hit)}\n{self._passage.text}"))]
        return [
            1.0 if index in self.covered else _likeness(fold(concept.word), written)
            for index, concept in enumerate(self._question.concepts)
        ]

    def _covered(self, text: str) -> frozenset[int]:
        return self._question.covered(self._read(text))

    def _read(self, text: str) -> Mapping[str, int]:
        return self._analyzer.passage_terms(text, self._passage.language)

    def _holds_what_is_asked(self, context: str) -> bool:
        kinds, text = self._question.kinds, self._passage.text
        if holds_fact(kinds, text, figures(text, self._languages), self._languages):
            return True
        announcing = context if kinds <= FACTS else f"{context}\n{text}"
        return bool(kinds_of(announcing, self._passage.language, self._languages) & kinds)


def measure(question: Question, hits: Sequence[Hit], *, analyzer: Analyzer, languages: Languages) -> Features | None:
    """The features of a question with content words and its hits; None where they share no word."""
    read = [_Read(question, hit, analyzer, languages) for hit in hits]
    if not any(reading.shared for reading in read):
        return None
    covered = [reading.covered for reading in read]
    weights = rarity(question, covered)
    best = max(covered, key=lambda found: _share(weights, found))
    words = [concept.word for concept in question.concepts]
    known: dict[tuple[str, str], frozenset[int]] = {}
    leading = [reading for reading, hit in zip(read, hits[:READ_CLOSELY], strict=False) if _leads(hit, hits[0])]
    return Features(
        unit=max((_share(weights, unit) for reading in leading for unit in reading.units()), default=0.0),
        letters=math.log1p(sum(len(words[index]) for index in best)),
        missing=float(sum(index not in best for index in _names(words))),
        near=max(reading.near(known) for reading in read[:READ_CLOSELY]),
        passage=max(_weighed(weights, reading.parts()) for reading in leading) / sum(weights),
        foreign=float(hits[0].passage.language not in languages.chain(question.language)),
        reach=_share(importance(question), frozenset[int]().union(*(reading.shared for reading in read))),
    )


def _weighed(weights: Sequence[float], parts: Sequence[float]) -> float:
    return sum(weight * part for weight, part in zip(weights, parts, strict=True))


def _leads(hit: Hit, first: Hit) -> bool:
    """Whether a hit is of the first one's document, or hardly behind it."""
    near = first.score - hit.score <= NEARLY * abs(first.score)
    return hit.passage.document_id == first.passage.document_id or near


def _share(weights: Sequence[float], covered: frozenset[int]) -> float:
    return sum(weights[index] for index in covered) / sum(weights)


def _names(words: Sequence[str]) -> list[int]:
    """Numbers, and capitalised words but the first."""
    return [index for index, word in enumerate(words) if word.isdigit() or (index > 0 and word[0].isupper())]


def _pairs(word: str) -> frozenset[str]:
    """Its pairs of letters, the ends counted as letters."""
    ended = f"^{word}$"
    return frozenset(map("".join, pairwise(ended)))


def _likeness(word: str, written: Sequence[frozenset[str]]) -> float:
    """Dice's coefficient of pairs of letters with the word that is most alike; 0 below `ALIKE`, or of a short word."""
    if len(word) < SHORTEST:
        return 0.0
    own = _pairs(word)
    best = max((2 * len(own & pairs) / (len(own) + len(pairs)) for pairs in written), default=0.0)
    return best if best >= ALIKE else 0.0


def _stand_together(ones: set[int], others: set[int]) -> bool:
    return any(place + step in others for place in ones for step in range(-NEAR, NEAR + 1) if step)


def _confidence(features: Features) -> float:
    logit = BIAS + sum(weight * getattr(features, name) for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-logit))
