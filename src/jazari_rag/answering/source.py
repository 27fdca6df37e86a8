"""A text as the verifier compares it: its figures, what they are said of and under which conditions, its statements."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from jazari_rag.answering.conditions import condition_reader
from jazari_rag.answering.figure import IMPLIED, Figure
from jazari_rag.answering.numbers import figure_reader
from jazari_rag.answering.slots import Slot, slot_reader
from jazari_rag.answering.statements import Statement, statement_reader
from jazari_rag.languages import Languages

_BESIDE = 4
"""Figures on each side of one that are taken into account."""
_REMEMBERED = 128
"""Passages that are not read again for the next question: the same ones are cited often."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text in plain form, with its figures and statements."""

    flat: str
    figures: list[Figure]
    statements: list[Statement]
    standing: list[Figure]
    """The figures that are written, without those that a reader of sources infers from them; by where they start."""
    by_reading: Mapping[str, list[Figure]]
    stems: frozenset[str]
    languages: Languages
    language: str
    _slots: list[Slot] = field(default_factory=list)
    _units: set[str] = field(default_factory=set)

    def backing(self, figure: Figure) -> Iterator[Figure]:
        """The figures of this text that support one."""
        for reading in figure.readings:
            for other in self.by_reading.get(reading, ()):
                if figure.agrees_with(other) and (other.unit or not figure.unit or self._names(figure.base_unit)):
                    yield other

    def _names(self, unit: str) -> bool:
        """Whether a figure without a unit may have this one: the text has its word somewhere, over a table's column."""
        if not self._units:
            self._units.update(figure_reader(self.languages, self.language).units_of(self.flat))
        return unit in self._units

    def backs(self, figure: Figure) -> bool:
        return next(self.backing(figure), None) is not None

    @property
    def slots(self) -> list[Slot]:
        """What its figures are said of, read when first asked for."""
        if not self._slots:
            self._slots.extend(slot_reader(self.languages, self.language).read(self.flat, self.figures))
        return self._slots

    def conditions_on(self, figure: Figure) -> frozenset[str]:
        """The conditions on one of its figures."""
        place = bisect_right(self.standing, figure.start, key=_start)
        beside = self.standing[max(0, place - _BESIDE) : place + _BESIDE]
        return condition_reader(self.languages, self.language).read(self.flat, figure, beside)


def read(text: str, languages: Languages, *, language: str = "", as_source: bool = False) -> Source:
    """`text`, in `language` where that is known, as it is compared."""
    reader = figure_reader(languages, language)
    flat = reader.plain(text)
    found = reader.read(flat, as_source=as_source)
    by_reading: dict[str, list[Figure]] = {}
    for figure in found:
        for reading in figure.readings:
            by_reading.setdefault(reading, []).append(figure)
    standing = [figure for figure in found if figure.unit != IMPLIED]
    said = statement_reader(languages, language).read(flat)
    stems = frozenset[str]().union(*(statement.stems for statement in said))
    return Source(flat, found, said, standing, by_reading, stems, languages, language)


@lru_cache(maxsize=_REMEMBERED)
def read_passage(text: str, languages: Languages, language: str) -> Source:
    """The text of a passage; the last ones are remembered."""
    return read(text, languages, language=language, as_source=True)


def _start(one: Figure) -> int:
    return one.start
