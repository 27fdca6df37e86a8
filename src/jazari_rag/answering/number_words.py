"""Numbers written in words, in every served language at once: `vingt et un`, `خمسة وعشرون`, `المادة الثالثة`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, TypeVar

from jazari_rag.answering.lexicon import any_of, figure_words, grammar, plain
from jazari_rag.languages import FigureWords, Language

T = TypeVar("T")

WORD: Final = re.compile(r"[^\W_]+")
THOUSANDS: Final = (1000, 10**6, 10**9)
"""What multiplies digits: `3 millions`, `5 آلاف`."""
_JOINT_LENGTH = 12
_WITHIN_PHRASE = re.compile(r"[\s\u00ad‐‑'-]{1,3}")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """`flat[start:end]` says `value`; `ordinal` when it says which, not how many."""

    start: int
    end: int
    value: int
    ordinal: bool
    single: str
    """The word without prefixes, when it is one alone; else empty."""


@dataclass(frozen=True, slots=True)
class _Token:
    """What one word, or one phrase, adds to a number; `joined` when "and" is written to it."""

    value: int
    base: str
    ordinal: bool = False
    joined: bool = False
    scale_first: bool = False


class NumberReader:
    """Reads number words; compiled from what the languages list.

    Attributes:
        words: Every word that a number has in it.
        ones: Those of 1: they count within a longer number alone, elsewhere most of them are articles.
        scales: Words of a thousand and more -> what they multiply by.
    """

    def __init__(self, languages: Sequence[Language]) -> None:
        spoken = figure_words(languages)
        self._tokens: dict[str, _Token] = {}
        for one in spoken:
            self._tokens = _tokens(one) | self._tokens
        for language in languages:
            self._tokens = _also_attached(_ordinals(language.ordinal_numbers), language.figures) | self._tokens
        own = {plain(word): value for one in spoken for word, value in one.numbers.items()}
        self._phrases = _by_first_word(_phrases(spoken))
        self.words = frozenset(self._tokens) | {word for phrase in _phrases(spoken) for word in phrase}
        self.ones = frozenset(word for word, value in own.items() if value == 1)
        self.scales = {word: value for word, value in own.items() if value in THOUSANDS}
        self._needs_noun = frozenset(grammar(languages, "needs_noun"))
        self._noun_endings = tuple(grammar(languages, "noun_endings"))
        self._many = frozenset(grammar(languages, "many"))
        ands, joined = any_of(grammar(languages, "and")), "".join(grammar(languages, "joined_and"))
        self._and = re.compile(rf"(?:{ands})[\s-]*$")
        self._joint = re.compile(rf"[\s\u00ad‐‑-]+(?:(?:{ands})[\s-]+|[{joined or ' '}]\s*)?")

    def read(self, flat: str, words: Sequence[re.Match[str]] | None = None) -> Iterator[NumberWords]:
        """The numbers in words of a text in plain form, in order, "un" and "one" among them.

        Args:
            words: The words of the text, those of `self.words` among them; found out when not given.
        """
        if words is None:
            words = list(WORD.finditer(flat))
        reading = _Reading()
        after = 0
        for position, match in enumerate(words):
            if position < after:
                continue
            token, end, after = self._token(flat, words, position)
            if token is None:
                continue
            gap = flat[reading.end : match.start()] if reading.bases else ""
            if reading.bases and len(gap) < _JOINT_LENGTH and self._joint.fullmatch(gap):
                linked = token.joined or self._and.search(gap) is not None
                if reading.takes(token, linked):
                    reading.add(token, linked, end)
                    continue
            yield from reading.done()
            reading = _Reading(match.start() + token.joined)
            reading.add(token, False, end)
        yield from reading.done()

    def _token(self, flat: str, words: Sequence[re.Match[str]], position: int) -> tuple[_Token | None, int, int]:
        """What stands at a word, where it ends, and the position of the word after it; the longest phrase."""
        match = words[position]
        for rest, token in self._phrases.get(match.group(), ()):
            parts = words[position : position + len(rest) + 1]
            if tuple(part.group() for part in parts[1:]) == rest and all(
                _WITHIN_PHRASE.fullmatch(flat, one.end(), other.start()) for one, other in pairwise(parts)
            ):
                return token, parts[-1].end(), position + len(parts)
        return self._tokens.get(match.group()), match.end(), position + 1

    def is_a_number(self, found: NumberWords, after: str, *, counts_unit: bool) -> bool:
        """Whether a single ambiguous word is meant as a number, from what follows it."""
        if found.single in self._many:
            return False
        if found.single not in self._needs_noun or counts_unit:
            return True
        following = WORD.match(after.lstrip())
        noun = following.group() if following else ""
        return bool(self._noun_endings) and len(noun) > 3 and noun.endswith(self._noun_endings)


def attached(words: Mapping[str, T], spoken: FigureWords) -> dict[str, T]:
    """`words` with every one also as it is written with an article, a preposition or "and" before it."""
    bare = _prefixed(words, spoken, "prefixes") | dict(words)
    return _prefixed(bare, spoken, "joined_and") | bare


def _prefixed(words: Mapping[str, T], spoken: FigureWords, key: str) -> dict[str, T]:
    """`words`, each behind each of what the grammar lists under `key`."""
    return {plain(prefix) + word: value for prefix in spoken.grammar.get(key, ()) for word, value in words.items()}


def _tokens(spoken: FigureWords) -> dict[str, _Token]:
    """Word -> what it adds; ordinals give way to cardinals, and words with prefixes to those without."""
    cardinals = {
        plain(word): _Token(value, plain(word), scale_first=spoken.scale_first)
        for word, value in spoken.numbers.items()
        if _is_single(word)
    }
    return _also_attached(_ordinals(spoken.ordinals) | cardinals, spoken)


def _ordinals(listed: Mapping[str, int]) -> dict[str, _Token]:
    return {plain(word): _Token(value, plain(word), ordinal=True) for word, value in listed.items() if _is_single(word)}


def _also_attached(tokens: dict[str, _Token], spoken: FigureWords) -> dict[str, _Token]:
    bare = _prefixed(tokens, spoken, "prefixes") | tokens
    joined = {word: replace(token, joined=True) for word, token in bare.items()}
    return _prefixed(joined, spoken, "joined_and") | bare


def _is_single(word: str) -> bool:
    return WORD.fullmatch(plain(word)) is not None


def _phrases(spoken: Iterable[FigureWords]) -> dict[tuple[str, ...], _Token]:
    found: dict[tuple[str, ...], _Token] = {}
    for one in spoken:
        for ordinal, listed in ((False, one.numbers), (True, one.ordinals)):
            for phrase, value in listed.items():
                words = tuple(WORD.findall(plain(phrase)))
                if len(words) > 1:
                    found[words] = _Token(value, plain(phrase), ordinal=ordinal)
    return found


def _by_first_word(phrases: Mapping[tuple[str, ...], _Token]) -> dict[str, list[tuple[tuple[str, ...], _Token]]]:
    found: dict[str, list[tuple[tuple[str, ...], _Token]]] = {}
    for words in sorted(phrases, key=len, reverse=True):
        found.setdefault(words[0], []).append((words[1:], phrases[words]))
    return found


class _Reading:
    """A number being read, word by word: `total` is what is multiplied already, `current` what may still be."""

    def __init__(self, start: int = 0) -> None:
        self.start = self.end = start
        self.bases: list[str] = []
        self._last = self._total = self._current = 0
        self._waiting = 0
        """A scale whose multiplier may follow."""
        self._ordinal = False

    def takes(self, token: _Token, linked: bool) -> bool:
        """Whether a word goes on the number; if not ("two and three"), another one starts."""
        value, last = token.value, self._last
        if token.scale_first and (value >= 100 or self._waiting or last == 10):
            return self._takes_after_scale(value, linked)
        if value >= 1000:
            return last > value or (value in THOUSANDS and not linked and self._current > 0)
        if last >= 1000:
            return True
        if value == 100:
            return not linked and last < 10 and self._current < 10
        if value > 100:
            return False
        if last >= 100:
            return True
        if value >= 20:
            return linked and last < 10 and value % 10 == 0
        if value >= 10:
            return value == 10 and last < 10 and not linked
        return last >= 20 and last % 10 == 0

    def _takes_after_scale(self, value: int, linked: bool) -> bool:
        if value >= 100:
            return self._total > value
        return linked or value < self._waiting

    def add(self, token: _Token, linked: bool, end: int) -> None:
        value = token.value
        if self._waiting and not linked:
            self._total += self._waiting * value
            self._waiting = 0
        elif token.scale_first and value >= 100:
            self._waiting = value
        elif value in THOUSANDS and not linked:
            self._total += max(self._current, 1) * value
            self._current = 0
        elif value >= 1000:
            self._total += value
        elif value == 100 and 0 < self._last < 10:
            self._current *= 100
        else:
            self._current += value
        self.bases.append(token.base)
        self._last = value
        self._ordinal = self._ordinal or token.ordinal
        self.end = end

    def done(self) -> Iterator[NumberWords]:
        if not self.bases:
            return
        single = self.bases[0] if len(self.bases) == 1 else ""
        value = self._total + self._current + self._waiting
        yield NumberWords(self.start, self.end, value, self._ordinal, single)
