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

from jazari_rag.answering.lexicon import figure_words, plain, said_in_statements, spoken
from jazari_rag.languages import Language, Languages

_STOP = re.compile(r"[.;:!?؟؛\n|•](?!\d)")
_WORD = re.compile(r"[^\W\d_]+n't|[^\W\d_]+")
_STEM = 5
_HALF_REACH = 8
"""Words on each side of one half of a denial in which the other half is looked for ("ne … pas", "aucun … ne")."""
_REMEMBERED = 20_000
"""Words whose sense is not worked out again."""

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


@dataclass(frozen=True, slots=True)
class _Sense:
    """What a word is compared by, empty when it tells nothing by itself; and whether it denies."""

    stem: str
    denies: bool = False
    half: bool = False


class StatementReader:
    """Cuts texts into statements; compiled from what the languages list, and remembers the words that it met."""

    def __init__(self, languages: Sequence[Language]) -> None:
        def listed(key: str) -> tuple[str, ...]:
            return said_in_statements(languages, key)

        self._little = frozenset(listed("little"))
        self._prefixes = listed("prefixes")
        single = [phrase for phrase in listed("denial") if " " not in phrase]
        self._denials = frozenset(single)
        self._wild = re.compile("|".join(_wild(phrase) for phrase in single if "*" in phrase) or r"(?!)")
        pairs = (phrase.split() for phrase in listed("denial") if " " in phrase)
        self._pairs = {first: second.removeprefix("*") for first, second in pairs}
        """What the word after one ends with, when the two deny."""
        self._halves = {
            plain(half): frozenset(map(plain, language.figures.statements.get("with_half", ())))
            for language in reversed(languages)
            for half in language.figures.statements.get("half_denial", ())
        }
        signs = "|".join(map(re.escape, listed("number_sign"))) or r"(?!)"
        self._number_sign = re.compile(rf"(?<!\w)(?:{signs})[.\s]*(?=\d|$)")
        self._opposites = [
            (re.compile(_any_wild(one.yes)), re.compile(_any_wild(one.no)), self._stem(plain(one.yes[0])))
            for words in figure_words(languages)
            for one in words.opposites
        ]
        self._senses: dict[str, _Sense] = {}

    def read(self, flat: str) -> list[Statement]:
        """The statements of a text in plain form, in order."""
        flat = self._number_sign.sub(lambda sign: " " * len(sign.group()), flat)
        bounds = [0, *(match.end() for match in _STOP.finditer(flat)), len(flat)]
        found = (self._statement(flat, start, end) for start, end in pairwise(bounds) if end - start > 1)
        return [statement for statement in found if statement.stems]

    def stems(self, flat: str) -> frozenset[str]:
        """The stems of a part of a text in plain form."""
        return frozenset(self.sense(word).stem for word in _WORD.findall(flat)) - {""}

    def _statement(self, flat: str, start: int, end: int) -> Statement:
        words = _WORD.findall(flat, start, end)
        stems: set[str] = set()
        denials = 0
        known = self._senses
        for position, word in enumerate(words):
            sense = known.get(word) or self.sense(word)
            if sense.half:
                denials += self._is_alone(words, position)
            elif word in self._pairs:
                denials += self._is_pair(words, position)
            denials += sense.denies
            stems.add(sense.stem)
        return Statement(start, end, frozenset(stems - {""}), denials % 2 == 1)

    def _is_alone(self, words: Sequence[str], position: int) -> bool:
        """Whether one half of a denial stands without the other: "que" is one behind "ne" alone, "aucun" before too."""
        others = self._halves[words[position]]
        before = words[max(0, position - _HALF_REACH) : position]
        after = words[position + 1 : position + _HALF_REACH]
        return others.isdisjoint(after) and (others & self._denials).isdisjoint(before)

    def _is_pair(self, words: list[str], position: int) -> bool:
        """Whether a word and the next deny ("ما … ش"); the next one is then compared without the end that denies."""
        following, end = "".join(words[position + 1 : position + 2]), self._pairs[words[position]]
        if not following.endswith(end) or len(following) < len(end) + 2:
            return False
        words[position + 1] = following.removesuffix(end)
        return True

    def sense(self, word: str) -> _Sense:
        """What a word is compared by."""
        known = self._senses.get(word)
        if known is not None:
            return known
        if len(self._senses) > _REMEMBERED:
            self._senses.clear()
        sense = self._senses[word] = self._sense(word)
        return sense

    def _sense(self, word: str) -> _Sense:
        if word in self._halves:
            return _Sense("", half=True)
        for yes, no, stem in self._opposites:
            if yes.fullmatch(word):
                return _Sense(stem)
            if no.fullmatch(word):
                return _Sense(stem, denies=True)
        if word in self._denials or self._wild.fullmatch(word):
            return _Sense("", denies=True)
        return _Sense("" if word in self._little else self._stem(word))

    def _stem(self, word: str) -> str:
        for prefix in self._prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                word = word[len(prefix) :]
                break
        return word[:_STEM] if len(word) > 1 else ""


@lru_cache(maxsize=32)
def statement_reader(languages: Languages, language: str = "") -> StatementReader:
    return StatementReader(spoken(languages, language))


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


def _any_wild(phrases: Iterable[str]) -> str:
    return "|".join(_wild(plain(phrase)) for phrase in phrases)


def _wild(phrase: str) -> str:
    return re.escape(phrase).replace(r"\*", r"\w*")
