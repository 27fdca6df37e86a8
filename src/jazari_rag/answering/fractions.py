"""Parts of one: two thirds, six months and a half, half of it for 50 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jazari_rag.answering.figure import FRACTION, Figure
from jazari_rag.answering.lexicon import any_of, figure_words, grammar, plain
from jazari_rag.answering.number_words import WORD
from jazari_rag.answering.numerals import decimal, fraction, times
from jazari_rag.answering.unit_words import PERCENT, UnitReader
from jazari_rag.languages import Language


class FractionReader:
    """Reads fractions in words; compiled from what the languages list. `words` are those that they have in them."""

    def __init__(self, languages: Sequence[Language], units: UnitReader) -> None:
        self._units = units
        self._written = {
            " ".join(plain(word).split()): written
            for words in figure_words(languages)
            for word, written in words.fractions.items()
        }
        self._pattern = re.compile(any_of(self._written))
        self._lone_half = frozenset(grammar(languages, "needs_noun")) & self._written.keys()
        self.words = frozenset(word for phrase in self._written for word in WORD.findall(phrase))

    def with_half(self, flat: str, figure: Figure) -> Figure:
        """The figure with the half that may follow it: "six mois et demi", "six and a half months"."""
        end = self._units.half_after(flat, figure.end)
        if not end:
            return figure
        unit, after = (figure.unit, end) if figure.unit else self._units.after(flat, end)
        halved = frozenset(decimal(reading, "5") for reading in figure.readings if reading.isdecimal())
        return replace(figure, readings=halved or figure.readings, unit=unit, raw=flat[figure.start : after], end=after)

    def lone_halves(self, flat: str, words: Sequence[re.Match[str]], found: Sequence[Figure]) -> Iterator[Figure]:
        """ "شهر ونصف", an hour and a half: one and a half of a unit that no number counts."""
        counted = {figure.end for figure in found}
        for match in words:
            unit, end = self._units.units.get(match.group(), ""), self._units.half_after(flat, match.end())
            if unit and end and end not in counted:
                yield Figure(frozenset({"1.5"}), unit, flat[match.start() : end], match.start(), end)

    def read(self, flat: str, halves: Sequence[tuple[int, int]], *, as_source: bool) -> Iterator[Figure]:
        for match in self._pattern.finditer(flat):
            if any(start <= match.start() < end for start, end in halves):
                continue
            word = " ".join(match.group().split())
            unit, end = self._units.after(flat, match.end())
            if not unit and not as_source and word in self._lone_half:
                continue
            raw = flat[match.start() : end]
            found = fraction(self._written[word])
            yield Figure(found, unit or FRACTION, raw, match.start(), end)
            if as_source and not unit:
                hundredths = frozenset(times(reading, 100) for reading in found if "-" not in reading)
                yield Figure(hundredths, PERCENT, raw, match.start(), end)


def as_fraction(percentage: Figure) -> Figure:
    """50 % backs a half."""
    hundredths = [one for one in percentage.readings if one.isdecimal() and len(one) < len("100")]
    return replace(percentage, readings=frozenset(decimal("0", one.zfill(2)) for one in hundredths), unit=FRACTION)
