"""Which way round a number in parts is read in a right-to-left line.

`08-09` on the page may be law 09-08 (as the bidi algorithm shows it) or 08-09 (as an author set it who looked at the
page). What numbers look like decides where it can; else the program that made the file does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from jazari_rag.languages import load_languages

_YEARS = re.compile(r"((?:19|20)\d\d)-((?:19|20)\d\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:-\d{3})+(?:[.,]\d+)?")
_DIGITS = {
    ord(char): str(value) for zero in "٠۰" for value, char in enumerate(map(chr, range(ord(zero), ord(zero) + 10)))
}
_LAST_WORD = re.compile(r"(\w+)\W*$")


class NumberOrder:
    """Decides for one document.

    Args:
        by_rule: Whether the file was made by a program that lays out text by the bidi algorithm alone. Authors who
            see the page, as in Word, write numbers so that they look right from the left.
    """

    def __init__(self, *, by_rule: bool) -> None:
        self._by_rule = by_rule

    def __call__(self, parts: Sequence[str], before: str, spaced: bool) -> bool:
        """Whether `parts`, as they stand from left to right, are read from the right; `spaced`: with spaces between."""
        upright, turned = ("-".join(order).translate(_DIGITS) for order in (parts, parts[::-1]))
        likeness = _likeness(upright, spaced)
        lead = _likeness(turned, spaced) - likeness
        if not lead and not spaced and _follows_article(before):
            lead = _base_leads(turned) - _base_leads(upright)
        if lead:
            return lead > 0
        return self._by_rule or (spaced and not likeness)


def _likeness(number: str, spaced: bool) -> int:
    """How much a number looks like one that is written so."""
    years = _YEARS.fullmatch(number)
    ascending = bool(years and years[1] < years[2])
    known = any(form.fullmatch(number) for form in _forms())
    return ascending + known + bool(spaced and _THOUSANDS.fullmatch(number))


def _base_leads(number: str) -> bool:
    """Article 327-3: the number that was there first is the longer one."""
    first, _, rest = number.partition("-")
    return len(first) > len(rest)


def _follows_article(before: str) -> bool:
    word = _LAST_WORD.search(before[-40:])
    return word is not None and word[1] in _article_words()


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form) for language in load_languages() for form in language.number_forms)


@cache
def _article_words() -> frozenset[str]:
    return frozenset(
        word
        for language in load_languages()
        for head in language.heads
        if head.kind == "article"
        for word in head.words
    )
