"""Dates with a month in words, of the Gregorian and the Hijri year, in every served language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jazari_rag.answering.lexicon import MONTHS

_NAMES = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(MONTHS, key=len, reverse=True))
_MONTH = re.compile(rf"(?<!\w)({_NAMES})(?!\w)(?:\s*/\s*(?:{_NAMES})(?!\w))?")
_DAY = r"(\d{1,2}|premier|first|primero|فاتح)(?:er|ere|st|nd|rd|th|o)?"
_FIRST_OF_TWO = r"(?<![\d.,/-])(\d{1,2})(?:er)?\s*(?:au|a|et|to|and|al|y|و|الي|-|–)\s*"
_DAY_BEFORE = re.compile(rf"(?:{_FIRST_OF_TWO}|(?<![\d.,/-])){_DAY}\s*(?:de\s+|of\s+|من\s+|من\s+شهر\s+|,\s*)?$")
_DAY_AFTER = re.compile(r"\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?![\d.%])(?=\s*,?\s*(?:1[3-9]|20)\d\d(?!\d)|\s*(?:$|[,;.)]))")
_YEAR = re.compile(r"\.?\s*(?:de\s+|del\s+|of\s+|من\s+|سنه\s+|عام\s+|,\s*)*((?:1[3-9]|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Date:
    """`flat[start:end]` is this date; a part that is not said is 0. Months of the Hijri year count from 13."""

    start: int
    end: int
    year: int
    month: int
    day: int
    raw: str


def textual_dates(flat: str) -> Iterator[Date]:
    """The dates of a text in plain form whose month is a word; a month alone is none."""
    for name in _MONTH.finditer(flat):
        month = MONTHS[" ".join(name.group(1).split())]
        earliest = max(0, name.start() - 28)
        before = _DAY_BEFORE.search(flat[earliest : name.start()])
        if before and 1 <= _day(before.group(2)) <= 31:
            year, end = _year(flat, name.end())
            start = earliest + before.start(2)
            yield from _begun(flat, earliest, before, year, month, start)
            yield Date(start, end, year, month, _day(before.group(2)), flat[start:end])
            continue
        yield from _month_first(flat, name, month)


def _begun(flat: str, at: int, before: re.Match[str], year: int, month: int, end: int) -> Iterator[Date]:
    """The first day of "6 au 12 mars 1961"."""
    if before.group(1):
        start = at + before.start(1)
        yield Date(start, at + before.end(1), year, month, int(before.group(1)), flat[start:end])


def _month_first(flat: str, name: re.Match[str], month: int) -> Iterator[Date]:
    """ "March 6, 1961", "mars 1961"."""
    after = _DAY_AFTER.match(flat, name.end())
    day, end = (int(after.group(1)), after.end()) if after else (0, name.end())
    year, end = _year(flat, end)
    if (day and day <= 31) or year:
        yield Date(name.start(), end, year, month, day if day <= 31 else 0, flat[name.start() : end])


def _day(text: str) -> int:
    return int(text) if text.isdigit() else 1


def _year(flat: str, position: int) -> tuple[int, int]:
    found = _YEAR.match(flat, position)
    return (int(found.group(1)), found.end()) if found else (0, position)
