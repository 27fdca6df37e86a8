"""The figures of a text: numbers, amounts, delays, dates, percentages, phones, law and article references.

Two figures are compared by what they mean: `٣٠٠ درهم`, `300,00 DH` and `trois cents dirhams` are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from jazari_rag.answering.dates import Date, DateReader
from jazari_rag.answering.figure import (
    CLOCK,
    DATE,
    FRACTION,
    IMPLIED,
    ORDINAL,
    PHONE,
    Figure,
    date_figures,
    numeric_date,
)
from jazari_rag.answering.fractions import FractionReader, as_fraction
from jazari_rag.answering.lexicon import any_of, figure_words, grammar, plain, spoken
from jazari_rag.answering.number_words import WORD, NumberReader, NumberWords
from jazari_rag.answering.numerals import (
    ENUMERATOR,
    REVERSED,
    TOKEN,
    clock,
    phone,
    readings,
    times,
    whole_number,
)
from jazari_rag.answering.unit_words import ARTICLE, PERCENT, UnitReader
from jazari_rag.languages import Language, Languages

_NOT_SHARED = frozenset({"", ARTICLE, DATE, PHONE, CLOCK, IMPLIED, ORDINAL, FRACTION, "year"})
_MAX_SCALED = 15
_LAST_OF_FEW = 10
"""Ordinals above it are ages and days as well ("before the sixteenth", of years): they back a time."""
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_NOTE_DIGITS = 2
_LETTER = re.compile(r"[a-z]")


class FigureReader:
    """Reads figures; compiled from what the languages list."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self._numbers = NumberReader(languages)
        self._dates = DateReader(languages)
        self._units = UnitReader(languages)
        self._fractions = FractionReader(languages, self._units)
        self._known_already = re.compile(rf"(?:{any_of(grammar(languages, 'the'))})\s+$")
        self._dual_endings = grammar(languages, "dual_endings")
        self._words = self._numbers.words | self._units.duals.keys()
        self._words_with_digits = self._words | self._units.units.keys()
        percent = grammar(languages, "percent")
        self._percent = re.compile(any_of(percent))
        self._of_percent = frozenset(phrase.split()[-1] for phrase in percent)
        no_numbers = {word for words in figure_words(languages) for word in words.grammar.get("not_numbers", ())}
        forms = {unicodedata.normalize(form, word) for word in no_numbers for form in ("NFC", "NFD")}
        # Words of one language that are numbers of another without their accents: "très".
        self._no_numbers = tuple(forms)
        self._no_number = re.compile("|".join(map(re.escape, forms)) or r"(?!)", re.IGNORECASE)

    def plain(self, text: str) -> str:
        """What figures are read from: the plain form, with every percentage as `%`."""
        lower = text.lower()
        if any(word in lower for word in self._no_numbers):
            text = self._no_number.sub("_", text)
        flat = plain(text)
        return self._percent.sub("%", flat) if any(word in flat for word in self._of_percent) else flat

    def read(self, flat: str, *, as_source: bool) -> list[Figure]:
        """The figures of a text in plain form, in order."""
        words = list(WORD.finditer(flat))
        present = frozenset(match.group() for match in words)
        dates = list(self._dates.read(flat)) if present & self._dates.words else []
        has_half = not present.isdisjoint(self._units.half_words)
        halves = self._units.halves(flat) if has_half else []
        fractions = (
            list(self._fractions.read(flat, halves, as_source=as_source)) if present & self._fractions.words else []
        )
        found = [figure for date in dates for figure in date_figures(date, as_source=as_source)]
        found += fractions
        found += self._digit_figures(flat, dates, as_source=as_source)
        taken = [(one.start, one.end) for one in dates] + [(one.start, one.end) for one in fractions]
        known = self._words & present
        found += self._word_figures(
            flat, [match for match in words if match.group() in known], taken, as_source=as_source
        )
        if halves:
            found = [self._fractions.with_half(flat, figure) for figure in found]
            found += list(self._fractions.lone_halves(flat, words, found))
        if as_source:
            found += [as_fraction(figure) for figure in found if figure.unit == PERCENT]
            found += list(self._implied(words, found))
            found += self._groups_reversed(flat)
        found.sort(key=lambda figure: figure.start)
        return found

    def units_of(self, flat: str) -> frozenset[str]:
        """Every unit that a text in plain form names, with a number or without."""
        units = self._units.units
        found = {units[word] for word in WORD.findall(flat) if word in units}
        found |= {ARTICLE} if self._units.names_article(flat) else set()
        return frozenset(found | {unit for sign, unit in units.items() if not sign.isalnum() and sign in flat})

    def is_counted(self, text: str) -> bool:
        """Whether a text starts with what a number before it would count."""
        following = self._units.next_word(plain(text), 0)
        return following is not None and following["word"] in self._units.units

    def _digit_figures(self, flat: str, dates: Sequence[Date], *, as_source: bool) -> list[Figure]:
        matches = _outside(TOKEN.finditer(flat), dates)
        found = [figure for match in matches for figure in self._numeral(flat, match, as_source=as_source)]
        for index, figure in enumerate(found):
            if index and not figure.unit and found[index - 1].unit == ARTICLE:
                found[index] = self._of_unit_of(found[index - 1], figure, flat[found[index - 1].end : figure.start])
        for index in range(len(found) - 2, -1, -1):
            following = found[index + 1]
            if not found[index].unit and following.unit not in _NOT_SHARED:
                between = flat[found[index].end : following.start]
                found[index] = self._of_unit_of(following, found[index], between)
        return found

    def _of_unit_of(self, other: Figure, figure: Figure, between: str) -> Figure:
        return replace(figure, unit=other.unit) if self._units.joins(between) else figure

    def _numeral(self, flat: str, match: re.Match[str], *, as_source: bool) -> Iterator[Figure]:
        kind, raw, start, end = str(match.lastgroup), match.group(), match.start(), match.end()
        if self._is_in_a_word(flat, match):
            return
        if kind == "phone":
            yield Figure(frozenset({phone(raw)}), PHONE, raw, start, end)
        elif kind == "clock":
            hour, minutes = clock(raw)
            reading, unit = (f"{hour}:{minutes}", CLOCK) if minutes else (str(hour), "hour")
            yield Figure(frozenset({reading}), unit, raw, start, end)
        elif kind == "numeric_date":
            yield from numeric_date(raw, start, end, as_source=as_source)
        else:
            yield from self._quantity(flat, match, kind)

    def _is_in_a_word(self, flat: str, match: re.Match[str]) -> bool:
        """Whether digits are no number: letters of Darija ("3la", "so2al"), or the mark of a note behind a word."""
        start, end = match.start(), match.end()
        if start and flat[start - 1].isalpha():
            before = _LETTERS_BEFORE.search(flat[max(0, start - 24) : start])
            is_latin = before is not None and before.group().isascii()
            return is_latin and end - start <= _NOTE_DIGITS and not self._units.before(flat, start)
        word = WORD.match(flat, start)
        if word is None or (word.end() == end and match.lastgroup != "clock"):
            return False
        if word.group() in self._words_with_digits:
            return match.lastgroup != "clock" or _ends_with_digit(flat[:start])
        following = self._units.next_word(flat, end)
        counted = following is not None and following["word"] in self._units.units
        return end - start == 1 and _LETTER.match(flat, end) is not None and not counted

    def _quantity(self, flat: str, match: re.Match[str], kind: str) -> Iterator[Figure]:
        raw, start, end = match.group(), match.start(), match.end()
        found = readings(kind, raw)
        scale = self._units.next_word(flat, end)
        if scale and scale["word"] in self._numbers.scales and len(raw) <= _MAX_SCALED:
            by = self._numbers.scales[scale["word"]]
            found = frozenset(times(reading, by) for reading in found)
            end = scale.end()
        unit, after = self._units.after(flat, end)
        if not unit:
            unit = self._units.before(flat, start)
        elif kind == "reference" and re.fullmatch(r"\d+[-–‑]\d+", raw):
            for part in re.split(r"[-–‑]", raw):
                yield Figure(frozenset({whole_number(part)}), unit, raw, start, after)
            return
        yield Figure(found, unit, raw, start, after)

    def _word_figures(
        self, flat: str, words: Sequence[re.Match[str]], taken: Sequence[tuple[int, int]], *, as_source: bool
    ) -> Iterator[Figure]:
        for found in self._numbers.read(flat, words):
            if not any(start <= found.start < end for start, end in taken):
                yield from self._words_figure(flat, found, as_source=as_source)
        for match in words:
            if match.group() in self._units.duals:
                yield Figure(frozenset({"2"}), self._units.duals[match.group()], *_place(match))

    def _words_figure(self, flat: str, found: NumberWords, *, as_source: bool) -> Iterator[Figure]:
        raw = flat[found.start : found.end]
        unit, end = self._units.after(flat, found.end)
        if self._units.before(flat, found.start) == ARTICLE:
            unit, end = ARTICLE, found.end
        elif found.ordinal:
            if as_source:
                for unit in (ORDINAL,) if found.value <= _LAST_OF_FEW else (ORDINAL, *self._units.times):
                    yield Figure(frozenset({str(found.value)}), unit, raw, found.start, found.end)
            return
        if found.single in self._numbers.ones:
            yield from self._one(flat, found, unit, end)
            return
        if found.single in self._numbers.scales and _ends_with_digit(flat[max(0, found.start - 8) : found.start]):
            return
        following = flat[found.end : found.end + 40]
        if not as_source and not self._numbers.is_a_number(found, following, counts_unit=bool(unit)):
            return
        before = flat[max(0, found.start - 12) : found.start]
        if not unit and not as_source and self._known_already.search(before):
            return
        yield Figure(frozenset({str(found.value)}), unit, raw, found.start, end)

    def _one(self, flat: str, found: NumberWords, unit: str, end: int) -> Iterator[Figure]:
        """ "un mois", "شهر واحد", "article premier": alone, the word is most often an article."""
        raw = flat[found.start : end]
        before = re.search(r"([^\W_]+)\s*$", flat[max(0, found.start - 24) : found.start])
        word_after = self._units.next_word(flat, found.end)
        if unit == ARTICLE or (word_after and word_after["word"] in self._units.singular and unit):
            yield Figure(frozenset({"1"}), unit, raw, found.start, end)
        elif before and before.group(1) in self._units.singular and not found.single.isascii():
            yield Figure(frozenset({"1"}), self._units.units[before.group(1)], raw, found.start, end)

    def _implied(self, words: Sequence[re.Match[str]], found: Sequence[Figure]) -> Iterator[Figure]:
        """What a source says without a number: "le mois" backs "un mois", and a dual of whatever it is backs "2"."""
        counted = {figure.end for figure in found}
        units = self._units.units
        for match in words:
            word = match.group()
            if word in units:
                if match.end() not in counted:
                    yield Figure(frozenset({"1"}), units[word], word, match.start(), match.end())
            elif word.endswith(self._dual_endings) and match.end() not in counted:
                yield Figure(frozenset({"2"}), IMPLIED, word, match.start(), match.end())

    def _groups_reversed(self, flat: str) -> Iterator[Figure]:
        for match in REVERSED.finditer(flat):
            digits = "".join(reversed(match.group().split(" ")))
            unit, end = self._units.after(flat, match.end())
            yield Figure(frozenset({whole_number(digits)}), unit, match.group(), match.start(), end)


@lru_cache(maxsize=32)
def figure_reader(languages: Languages, language: str = "") -> FigureReader:
    return FigureReader(spoken(languages, language))


def figures(text: str, languages: Languages, *, language: str = "", as_source: bool = False) -> list[Figure]:
    """The figures of `text` in order.

    Args:
        languages: Whose words are known.
        language: The one of the text, where it is known: of a word with two senses it has its own.
        as_source: Also what a figure implies: a date supports its year, and its month with its year; "le mois"
            supports "un mois".
    """
    reader = figure_reader(languages, language)
    return reader.read(reader.plain(text), as_source=as_source)


def unsupported(sentence: str, sources: Sequence[Figure], languages: Languages) -> list[str]:
    """The figures of `sentence` that no source figure supports, as they are written."""
    claims = figures(without_enumerator(sentence, languages), languages)
    return [figure.raw for figure in claims if not any(figure.agrees_with(source) for source in sources)]


def without_enumerator(sentence: str, languages: Languages) -> str:
    """`sentence` without the numbers of the list items in it: they are no claims."""
    reader = figure_reader(languages)
    return ENUMERATOR.sub(
        lambda match: match.group() if reader.is_counted(sentence[match.end() : match.end() + 24]) else " ", sentence
    )


def _outside(matches: Iterator[re.Match[str]], dates: Sequence[Date]) -> Iterator[re.Match[str]]:
    """Those that are no part of a date; both are in order."""
    remaining = iter(dates)
    date = next(remaining, None)
    for match in matches:
        while date is not None and date.end <= match.start():
            date = next(remaining, None)
        if date is None or match.end() <= date.start:
            yield match


def _place(match: re.Match[str]) -> tuple[str, int, int]:
    return match.group(), match.start(), match.end()


def _ends_with_digit(before: str) -> bool:
    return before.rstrip()[-1:].isdigit()
