"""Arabic in Latin letters: which Arabic words a word like "lwata2i9" may stand for.

Nobody spells Arabizi twice alike, but its consonants are stable: a word is looked up by its consonants among known
Arabic words, and the candidates are weighed by how well the vowels agree and how common they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

_ARABIC = {
    **dict.fromkeys("تطث", "t"),
    **dict.fromkeys("دضذظ", "d"),
    **dict.fromkeys("سص", "s"),
    **dict.fromkeys("هح", "h"),
    **dict(zip("بجخرزشغفقكلمن", "bjxrzCGfqklmn", strict=True)),
    **dict(zip("اويعء", "aui32", strict=True)),
}
"""Arabic letters as sounds; those that Arabizi and Darija do not tell apart are one."""
_LATIN_GROUPS = (
    ("tch", "C"), ("ch", "C"), ("sh", "C"), ("kh", "x"), ("gh", "G"), ("th", "t"), ("dh", "d"), ("ph", "f"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ai", "a"),
)  # fmt: skip
_LATIN = str.maketrans(
    {"7": "h", "8": "h", "9": "q", "5": "x", "p": "b", "v": "f", "c": "k", "y": "i", "w": "u", "e": "i", "o": "u"}
)
_VOWELS = frozenset("aui23")
"""Sounds that are often left out, or written in several ways."""
_FRONTS: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"^[ai]?l(?=.{3})"), 1.0),
    (re.compile(r"[fbduk]i?l(?=.{3})"), 0.9),
    (re.compile(r"[fbu](?=.{4})"), 0.6),
)
"""Articles and particles written together with the word, and what is left of the word's weight without them."""
_ENDS = (("t", 4, 0.8), ("in", 5, 0.6), *((end, 5, 0.5) for end in ("hum", "ha", "na", "ik", "i", "k")))
"""Endings, the length that a word must exceed to lose them, and the weight left."""
_LETTERS = (("g", "qkGj", 0.8), ("k", "q", 0.5))
"""Letters that stand for several sounds."""
_LONGEST = 40
"""Letters of the longest word that is read."""

STRICTNESS = 4.0
"""How fast a candidate loses weight as its vowels disagree."""
COMMON = 0.3
"""How much a common word is preferred: weights grow by this times the logarithm of its frequency."""
CANDIDATES = 6
DOUBT = 0.3
"""How much an unlikely reading counts for less: the power of its likeness that is its weight."""
LIKENESS = 0.55
"""How like a known word a word must be to count as a spelling of it."""
FLOOR = 0.15
"""Weight, beside the best, below which a candidate is dropped."""

Word = tuple[str, int]
"""An Arabic word, folded and without its prefixes, and how often it was seen."""


def skeleton(word: str) -> str:
    """The consonants of a folded Arabic word, as sounds: what it is looked up by."""
    return _split(_arabic_sounds(word))[0]


class ArabiziReader:
    """Reads Arabizi by a word list. Safe to share between threads.

    Args:
        words: The known words of a skeleton.
    """

    def __init__(self, words: Callable[[str], Sequence[Word]]) -> None:
        self._words = words

    def candidates(self, word: str) -> list[tuple[str, float]]:
        """Arabic words that a folded Latin word may stand for, best first, with weights in (0, 1].

        The best one's weight says how like the word it is.
        """
        if len(word) > _LONGEST:
            return []
        weights: dict[str, float] = {}
        likeness: dict[str, float] = {}
        for form, weight in _variants(word).items():
            consonants, gaps = _split(form)
            for arabic, seen in self._words(consonants) if len(consonants) > 1 else ():
                cost = sum(map(_disagreement, gaps, _gaps(arabic), range(len(gaps))))
                like = weight * math.exp(-STRICTNESS * cost)
                likeness[arabic] = max(like, likeness.get(arabic, 0.0))
                weights[arabic] = likeness[arabic] * (1 + COMMON * math.log(max(seen, 1)))
        ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]
        if not ordered:
            return []
        best, top = ordered[0]
        share = likeness[best] ** DOUBT
        return [(arabic, share * weight / top) for arabic, weight in ordered if weight >= FLOOR * top]


class Spellings:
    """Finds a romanised word again however it is spelt. Safe to share between threads.

    Args:
        words: The known words, folded.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._by_consonants: dict[str, dict[str, tuple[str, ...]]] = {}
        for word in sorted(self._words):
            whole = _latin_sounds(word)
            for form in {whole, _FRONTS[0][0].sub("", whole, count=1)}:
                consonants, gaps = _split(form)
                self._by_consonants.setdefault(consonants, {}).setdefault(word, gaps)
        self.nearest = lru_cache(maxsize=10_000)(self._nearest)

    def _nearest(self, word: str) -> str:
        """The known word that `word` is a spelling of, else the word itself."""
        if word in self._words or len(word) > _LONGEST:
            return word
        likeness = {word: LIKENESS}
        for form, weight in _variants(word).items():
            consonants, gaps = _split(form)
            for known, others in self._by_consonants.get(consonants, {}).items() if len(consonants) > 1 else ():
                cost = sum(map(_distance, gaps, others))
                likeness[known] = max(weight * math.exp(-STRICTNESS * cost), likeness.get(known, 0.0))
        return min(likeness, key=lambda known: (-likeness[known], known))


def _arabic_sounds(word: str) -> str:
    if len(word) > 3 and word.endswith("ه"):  # folded from ة
        word = word[:-1] + "ا"
    return "".join(_ARABIC.get(letter, "") for letter in word)


def _latin_sounds(word: str) -> str:
    for letters, sound in _LATIN_GROUPS:
        word = word.replace(letters, sound)
    kept = "".join(letter for letter in word if letter.isalnum()).translate(_LATIN)
    return re.sub(r"(.)\1+", r"\1", kept)


def _split(sounds: str) -> tuple[str, tuple[str, ...]]:
    """The consonants, and what stands before, between and after them."""
    consonants, gaps = [], [""]
    for sound in sounds:
        if sound in _VOWELS:
            gaps[-1] += sound
        else:
            consonants.append(sound)
            gaps.append("")
    return "".join(consonants), tuple(gaps)


@lru_cache(maxsize=20_000)
def _gaps(arabic: str) -> tuple[str, ...]:
    return _split(_arabic_sounds(arabic))[1]


def _variants(word: str) -> dict[str, float]:
    """The sounds of a Latin word, whole and without what may not belong to it, with weights."""
    whole = _latin_sounds(word)
    found = [(whole, 1.0)]
    for front, weight in _FRONTS:
        match = front.match(whole)
        if match:
            found.append((whole[match.end() :], weight))
    for form, weight in tuple(found):
        found += [
            (form.removesuffix(end), weight * left)
            for end, shortest, left in _ENDS
            if len(form) > shortest and form.endswith(end)
        ]
    for form, weight in tuple(found):
        found += [
            (form.replace(letter, sound), weight * left)
            for letter, sounds, left in _LETTERS
            if letter in form
            for sound in sounds
        ]
    best: dict[str, float] = {}
    for form, weight in found:
        best[form] = max(weight, best.get(form, 0.0))
    return best


@lru_cache(maxsize=20_000)
def _disagreement(latin: str, arabic: str, place: int) -> float:
    """What it costs that the sounds between two consonants differ; Arabic writes no short vowels."""
    latin, arabic = latin.replace("2", ""), arabic.replace("2", "")
    cost = 0.3 if ("3" in latin) != ("3" in arabic) else 0.0
    latin, arabic = _once(latin.replace("3", "")), _once(arabic.replace("3", ""))
    if latin == arabic or (place == 0 and arabic == "a" and latin):  # an initial alef carries any vowel
        return cost
    if not arabic:
        return cost + 0.1 * len(latin)
    if not latin:
        return cost + 0.4
    if latin[0] == arabic[0] or arabic in latin:
        return cost + 0.1
    return cost + (0.3 if set(latin) & set(arabic) else 0.7)


def _distance(one: str, other: str) -> float:
    """What it costs that the vowels between two consonants differ in two spellings."""
    one, other = _once(one), _once(other)
    if one == other:
        return 0.0
    if not one or not other or one[0] == other[0] or one[-1] == other[-1]:
        return 0.1
    return 0.4


def _once(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sounds)
