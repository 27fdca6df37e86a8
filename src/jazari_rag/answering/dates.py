"""Dates with a month in words, of the Gregorian and of other calendars, in every served language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jazari_rag.answering.lexicon import any_of, figure_words, grammar, plain
from jazari_rag.languages import Language

_YEAR = r"((?:1[3-9]|20)\d\d)(?!\d)"
_REACH = 28
"""Characters before a month in which its day is looked for."""


@dataclass(frozen=True, slots=True)
class Date:
    """`flat[start:end]` is this date; a part that is not said is 0. `calendar` is "" for the Gregorian one."""

    start: int
    end: int
    year: int
    month: int
    day: int
    raw: str
    calendar: str = ""


class DateReader:
    """Reads dates whose month is a word; compiled from what the languages list."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self._months = _months(languages)
        self.words = frozenset(name.split()[0] for name in self._months)
        """The first words of the names of months."""
        names = any_of(self._months)
        self._month = re.compile(rf"({names})(?:\s*/\s*(?:{names}))?")
        of, firsts = any_of(grammar(languages, "of")), any_of(grammar(languages, "first_day"))
        endings = "|".join(map(re.escape, grammar(languages, "day_endings"))) or r"(?!)"
        links = any_of(word for key in ("and", "to") for word in grammar(languages, key))
        first_of_two = rf"(?<![\d.,/-])(\d{{1,2}})(?:{endings})?\s*(?:{links}|[-–])\s*"
        day = rf"(\d{{1,2}}|{firsts})(?:{endings})?"
        self._day_before = re.compile(rf"(?:{first_of_two}|(?<![\d.,/-])){day}\s*(?:(?:{of})\s*|,\s*)?$")
        self._day_after = re.compile(
            rf"\.?\s*(\d{{1,2}})(?:{endings})?(?![\d.%])(?=\s*,?\s*(?:1[3-9]|20)\d\d(?!\d)|\s*(?:$|[,;.)]))"
        )
        before_year = any_of(grammar(languages, "before_year"))
        self._year_after = re.compile(rf"\.?\s*(?:(?:{before_year})\s*|,\s*)*{_YEAR}")

    def read(self, flat: str) -> Iterator[Date]:
        """The dates of a text in plain form; a month alone is none."""
        for name in self._month.finditer(flat):
            calendar, month = self._months[" ".join(name.group(1).split())]
            earliest = max(0, name.start() - _REACH)
            before = self._day_before.search(flat[earliest : name.start()])
            if before and 1 <= _day(before.group(2)) <= 31:
                year, end = self._year(flat, name.end())
                start = earliest + before.start(2)
                if before.group(1):
                    first, raw = earliest + before.start(1), flat[earliest + before.start(1) : start]
                    yield Date(first, earliest + before.end(1), year, month, int(before.group(1)), raw, calendar)
                yield Date(start, end, year, month, _day(before.group(2)), flat[start:end], calendar)
                continue
            yield from self._month_first(flat, name, calendar, month)

    def _month_first(self, flat: str, name: re.Match[str], calendar: str, month: int) -> Iterator[Date]:
        """ "March 6, 1961", "mars 1961"."""
        after = self._day_after.match(flat, name.end())
        day, end = (int(after.group(1)), after.end()) if after else (0, name.end())
        year, end = self._year(flat, end)
        day = day if day <= 31 else 0
        if day or year:
            yield Date(name.start(), end, year, month, day, flat[name.start() : end], calendar)

    def _year(self, flat: str, position: int) -> tuple[int, int]:
        found = self._year_after.match(flat, position)
        return (int(found.group(1)), found.end()) if found else (0, position)


def _months(languages: Sequence[Language]) -> dict[str, tuple[str, int]]:
    """Name -> its calendar and number; the Gregorian year is asked first."""
    found = _numbered("", (language.months for language in languages))
    for words in figure_words(languages):
        for calendar, months in words.calendars.items():
            found = _numbered(calendar, [months]) | found
    return found


def _numbered(calendar: str, years: Iterable[Iterable[Iterable[str]]]) -> dict[str, tuple[str, int]]:
    return {
        " ".join(plain(name).split()): (calendar, number)
        for months in years
        for number, names in enumerate(months, 1)
        for name in names
    }


def _day(text: str) -> int:
    return int(text) if text.isdigit() else 1
