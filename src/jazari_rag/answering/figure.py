"""One figure of a text: what it says, in a form that compares, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from jazari_rag.answering.dates import Date
from jazari_rag.answering.unit_words import ARTICLE

DATE: Final = "date"
PHONE: Final = "phone"
CLOCK: Final = "time of day"
FRACTION: Final = "fraction"
ORDINAL: Final = "ordinal"
"""Which one, not how many: in a source it backs a bare number."""
IMPLIED: Final = "implied"
"""What a source says without a number, or within a date: it backs a bare number ("en 1961"), never one with a unit."""
IDENTIFIERS: Final = frozenset({ARTICLE, PHONE})
"""What has no more and no less."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the ways it can be read, and its unit where one stands beside it (else empty).

    `start:end` is where it stands in the `plain_text` of the text, its unit included.
    """

    readings: frozenset[str]
    unit: str = ""
    raw: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def base_unit(self) -> str:
        """The unit without what makes it another one: working days are days."""
        return self.unit.rpartition(":")[2]

    def agrees_with(self, other: Figure) -> bool:
        """Whether `other`, standing in a source, supports this one: same value, and no other unit.

        Ten working days are ten days; ten days need not be working days.
        """
        if not self.readings & other.readings:
            return False
        return self.unit == other.unit or not self.unit or not other.unit or other.unit.endswith(f":{self.unit}")


def numeric_date(raw: str, start: int, end: int, *, as_source: bool) -> Iterator[Figure]:
    parts = [int(part) for part in re.split(r"[-/.]", raw)]
    year, month, day = parts if parts[0] > 31 else parts[::-1]
    if year < 100:
        both = frozenset(f"{century + year}-{month}-{day}" for century in (1900, 2000))
        yield Figure(both, DATE, raw, start, end)
        return
    yield from date_figures(Date(start, end, year, month, day, raw), as_source=as_source)


def date_figures(date: Date, *, as_source: bool) -> Iterator[Figure]:
    year, month, day = date.year, date.month, date.day

    def figure(reading: str, unit: str = DATE) -> Figure:
        return Figure(frozenset({reading}), unit, date.raw, date.start, date.end)

    yield figure(f"{date.calendar}{year}-{month}-{day}")
    if as_source:
        yield figure(f"{date.calendar}{year}-{month}-0")
        yield figure(f"{date.calendar}0-{month}-{day}")
        yield from (figure(str(part), IMPLIED) for part in (year, day) if part)
