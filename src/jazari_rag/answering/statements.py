"""Statements side by side: what they are about, and whether one denies what the other says.

For statements in the same language alone: two that share few words are not compared, and a denial in other words is
not seen. Words are cut to stems roughly, for every language at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from jazari_rag.answering.lexicon import words_of

_STOP = re.compile(r"[.;:!?؟؛\n|•](?!\d)")
_WORD = re.compile(r"[^\W\d_]+n't|[^\W\d_]+")
_NUMERO = re.compile(r"(?<!\w)no[.\s]*(?=\d|$)")
"""The sign of a number, which reads as a denial."""
_STEM = 5
_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ف")

_LITTLE = words_of(
    "le la les l de du des d un une a au aux en dans par pour sur et ou est sont sera etre il elle ils on ce cette ces "
    "qui que qu se s son sa ses leur lors avec vous votre nous y "
    "the of to in on at by for with is are be been being it its this that and or an you your he she they "
    "el los las del al lo con su sus es son ser un una por para en se este esta "
    "في من على عن الى ان هو هي هذا هذه ذلك التي الذي او ثم قد كان يكون تكون عند مع كل يتم تم يعد "
    "ديال د ف ب ل هاد اللي باش كيكون را راه"
)
_DENIALS = words_of(
    "pas jamais aucun aucune sans non ni impossible not cannot never no without nor impossible unable "
    "sin nunca ningun ninguna ninguno jamas imposible "
    "لا لم لن ليس ليست غير دون بدون الا ولا ماشي بلا مستحيل ممنوع ممنوعه"
)
_DENYING = re.compile(r"(?:refus|interdi|prohib|forbid|rechaz|(?:[يت]|)رفض|[يت]منع)\w*|ما\w{2,}ش|\w+n't")
_HALVES = words_of("pas jamais aucun aucune que qu")
"""What "ne" goes with: it is no second denial."""

_REMEMBERED = 20_000
"""Words whose stem is not worked out again."""
MIN_WORDS = 2
"""A statement of fewer words of its own is compared with nothing."""
SAME_RECALL = 0.75
SAME_PRECISION = 0.5


@dataclass(frozen=True, slots=True)
class Statement:
    """`flat[start:end]` of a plain text: the stems that it is about, and whether it denies."""

    start: int
    end: int
    stems: frozenset[str]
    denies: bool

    def recall_of(self, other: Statement) -> float:
        """The share of the other's stems that this one has."""
        return len(self.stems & other.stems) / len(other.stems) if other.stems else 0.0


def statements(flat: str) -> list[Statement]:
    """The statements of a text in plain form, in order."""
    bounds = [0, *(match.end() for match in _STOP.finditer(flat)), len(flat)]
    found = (_statement(flat, start, end) for start, end in pairwise(bounds))
    return [statement for statement in found if statement.stems]


def denied(said: Sequence[Statement], sources: Iterable[Statement]) -> bool:
    """Whether one of the statements is the denial of the one of the sources that it is nearest to."""
    standing = list(sources)
    return any(_is_denied(statement, standing) for statement in said if len(statement.stems) >= MIN_WORDS)


def _is_denied(statement: Statement, sources: Sequence[Statement]) -> bool:
    near = [
        (source.recall_of(statement), statement.recall_of(source), source.denies)
        for source in sources
        if source.recall_of(statement) >= SAME_RECALL and statement.recall_of(source) >= SAME_PRECISION
    ]
    if not near:
        return False
    best = max(recall + precision for recall, precision, _ in near)
    return all(denies is not statement.denies for recall, precision, denies in near if recall + precision >= best - 0.2)


def _statement(flat: str, start: int, end: int) -> Statement:
    words = _WORD.findall(_NUMERO.sub(" ", flat[start:end]))
    denials = _denials(words)
    for position, word in enumerate(words[:-1]):
        if word == "ما" and words[position + 1].endswith("ش"):
            words[position + 1] = words[position + 1][:-1]
    return Statement(start, end, frozenset(map(_stem, words)) - {""}, denials % 2 == 1)


@lru_cache(maxsize=_REMEMBERED)
def _is_denial(word: str) -> bool:
    return word in _DENIALS or _DENYING.fullmatch(word) is not None


def _denials(words: Sequence[str]) -> int:
    count = 0
    for position, word in enumerate(words):
        if word in ("ne", "n"):
            count += not any(following in _HALVES for following in words[position + 1 : position + 8])
        elif word == "ما":
            count += position + 1 < len(words) and len(words[position + 1]) > 3 and words[position + 1].endswith("ش")
        else:
            count += _is_denial(word)
    return count


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    """What a word is compared by; empty for one that says nothing by itself."""
    if word in _LITTLE or word == "ne" or _is_denial(word):
        return ""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            word = word[len(article) :]
            break
    if len(word) < 2:
        return ""
    return word[:_STEM]
