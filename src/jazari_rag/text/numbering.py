"""Numbers of articles in one form for all languages: "premier", "12 bis", "327-41", "L. 123-4", "الحادية والعشرون"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jazari_rag.languages import Language
from jazari_rag.text.normalise import fold

LATIN = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies")
"""How the second, third … article of one number is called in the one form: "مكرر" is "bis" too."""

_SPACE = r"[ \t]"
_APART = rf"(?:{_SPACE}?-{_SPACE}?\d{{1,3}}(?={_SPACE}*(?:[\n\r]|\Z)))?"
"""A second number that is set apart ("231 - 5"), where nothing follows it on the line."""
_DIGITS = rf"(?:[lrd]\.?{_SPACE}?\*{{0,2}}{_SPACE}?)?\d{{1,6}}(?:[-.]\d{{1,3}}(?!\d)){{0,6}}{_APART}"
_PARTS = re.compile(r"([lrd])?\D*(\d.*)")

Key = tuple[int, ...]
"""Orders the numbers of one series as a law does: 12, 12-1, 12-1-1, 12 bis, 13."""


@dataclass(frozen=True, slots=True)
class NumberForms:
    """How a language writes numbers of articles, over folded text.

    `number` is a pattern of the number alone, `sign` of what may stand before it ("n°"), `tail` of what may follow it;
    with the group `suffix`.
    """

    number: str
    sign: str
    tail: str
    ordinals: dict[str, int]
    suffixes: dict[str, int]

    def canonical(self, number: str, suffix: str | None) -> str:
        """What the groups of a match say, in the one form ("12-bis"); "" for an ordinal of no value ("liminaire")."""
        digits = _PARTS.fullmatch(number)
        value = self._value(number) if digits is None else (digits[1] or "") + _plain_digits(digits[2])
        if not value or not suffix:
            return value
        parts = suffix.split()
        name = LATIN[self.suffixes[" ".join(word for word in parts if not word.isdigit())] - 2]
        return "-".join([value, name, *(word for word in parts if word.isdigit())])

    def _value(self, number: str) -> str:
        words = number.split()
        joined = " ".join(words)
        if joined in self.ordinals:
            return str(self.ordinals[joined])
        values = [self.ordinals.get(word, 0) for word in words]
        return str(sum(values)) if any(values) else ""


def _plain_digits(number: str) -> str:
    parts = (re.sub(r"\D", "", part) for part in re.split(r"[-.]", number))
    return "-".join(part.lstrip("0") or "0" for part in parts if part)


def number_forms(language: Language) -> NumberForms:
    """The forms of one language; a word that no value is known of is read as an ordinal too ("liminaire")."""
    named = {**language.ordinal_numbers, **language.article_ordinals}
    ordinals = {" ".join(fold(word).split()): value for word, value in named.items()}
    suffixes = {" ".join(fold(word).split()): value for word, value in language.article_suffixes.items()}
    word = any_of([*ordinals, *(fold(word) for word in language.ordinals)])
    number = rf"{_DIGITS}|(?:{word})(?:{_SPACE}+(?:{word})){{0,4}}"
    tail = rf"{_SPACE}?(?:ers?|ere|re|eme|e|°|º)?(?!\w)"
    tail += rf"(?:{_SPACE}*-?{_SPACE}*(?P<suffix>(?:{any_of(suffixes)})(?:{_SPACE}+\d(?={_SPACE}*[:.\n\r]))?)(?!\w))?"
    return NumberForms(number, any_of(fold(sign) for sign in language.number_signs), tail, ordinals, suffixes)


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first, with any space between their parts."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", rf"{_SPACE}+") for word in ordered) or "(?!)"


_KEY_PART = re.compile(r"^[lrd](?=\d)|\d+|[a-z]+")


def order_key(number: str) -> Key:
    """The place of a canonical number among the others; empty for no number."""
    key: list[int] = []
    for part in _KEY_PART.findall(number):
        if part.isdigit():
            key.append(int(part))
        elif part in LATIN:
            key.append(LATIN.index(part) + 2)
        else:
            key.append(-ord(part))
    return tuple(key)


def follows_on(number: str, last: str) -> bool:
    """Whether `number` is the next one: 13 after 12 or 12-4, 12-5 after 12-4. A note's mark may be glued to either."""
    stem, _, own = number.rpartition("-")
    other_stem, _, other = last.rpartition("-")
    if stem != other_stem:
        other = last.partition("-")[0] if not stem else ""
    if not (own.isdigit() and other.isdigit()):
        return False
    return bool(_beginnings(own) & {start + 1 for start in _beginnings(other)})


def _beginnings(number: str) -> set[int]:
    return {int(number[:length]) for length in range(1, len(number) + 1)}
