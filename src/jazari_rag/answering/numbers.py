"""The figures of a text: numbers, amounts, delays, dates, percentages, phones, law and article references.

Two figures are compared by what they mean: `٣٠٠ درهم`, `300,00 DH` and `trois cents dirhams` are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from jazari_rag.answering.dates import Date, textual_dates
from jazari_rag.answering.lexicon import ARTICLE_WORDS, DUALS, PERCENT, SINGULARS, UNITS, plain
from jazari_rag.answering.number_words import (
    ONES,
    SCALES,
    TOKENS,
    WORD,
    NumberWords,
    is_a_number,
    number_words,
    with_prefixes,
)
from jazari_rag.answering.numerals import clock, phone, times, whole_number
from jazari_rag.answering.numerals import readings as readings_of

T = TypeVar("T")

DATE = "date"
PHONE = "phone"
CLOCK = "time of day"
ARTICLE = "article"
PART_OF_DATE = "part of a date"
"""What a source's date implies: it backs a bare number ("en 1961"), never one with a unit."""


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

    def agrees_with(self, other: Figure) -> bool:
        """Whether `other`, standing in a source, supports this one: same value, and no other unit."""
        if not self.readings & other.readings:
            return False
        return self.unit == other.unit or not self.unit or not other.unit


_GROUP = r"[ .,'٬]"
_TOKEN = re.compile(
    rf"""(?=[+\d])(?:(?P<clock>(?<![\d.,/-])(?:[01]?\d|2[0-4])(?:\s?h(?:\s?[0-5]\d)?(?!\w)|:[0-5]\d(?![\d:])(?:\s?[ap]\.?m(?!\w))?
        |(?:[.][0-5]\d)?\s?[ap]\.?m(?!\w)))
    |(?P<numeric_date>(?<!\d)(?:\d{{1,2}}([-/.])\d{{1,2}}\3(?:1[3-9]|20)\d\d|\d{{1,2}}/\d{{1,2}}/\d\d
        |(?:1[3-9]|20)\d\d([-/])\d{{1,2}}\4\d{{1,2}})(?!\d))
    |(?P<phone>(?<![\w.,/-])(?:\+\ ?|00)[1-9]\d{{0,2}}[ .-]?(?:\(0\)[ ]?)?\d(?:[ .-]?\d){{6,10}}(?!\d)
        |(?<![\w.,/-])0\d(?:[ .-]?\d){{7,8}}(?!\d)
        |(?<!\d)0\d{{8,}})
    |(?P<grouped>(?<!\d)[1-9]\d{{0,2}}(?:{_GROUP}\d{{3}})+(?:[.,٫]\d{{1,2}})?(?![\d]|[-/.]\d))
    |(?P<reference>\d+(?:[-/.–‑]\d+)+)
    |(?P<decimal>\d+[,٫]\d+)
    |(?P<whole>\d+))""",
    re.VERBOSE,
)
_NEXT_WORD = re.compile(r"[\s\u00ad-]*(?:de\s+|من\s+|d')?([^\W\d_]+|[%€$])")
_SPELLED_OUT = re.compile(r"\s*\([^()]{0,60}\)")
_WORD_BEFORE = re.compile(
    r"(?<![^\W\d_])([^\W\d_]+|[%€$])\.?\s*(?:(?:n\s*[°.]*\s*o?|رقم|no|num|numero)\s*[.°]*\s*|:\s*|\(\s*)?$"
)
_ENUMERATOR = re.compile(
    r"^\s*(?:\(?\d{1,2}\s*[.)\-–]\s+|\(?\d{3}\s*[.)\-–]\s+(?=[^\W\d]))|(?:(?<=[:;؛\n])|(?<=[:;؛]\s))\s*\d{1,2}\s?[.°]\s+(?=[^\W\d])"
    r"|(?<![\w(.,/-])\d{1,2}\)(?=\s*[^\W\d])"
)
"""At the start, after a colon or a semicolon, or with a bracket that nothing opens."""
_ANAPHORA = re.compile(r"(?<!\w)(?:l?es|des|aux|tous|toutes|the|these|los|las)\s+$")
_ALSO = re.compile(r"\s*(?:,|et|ou|and|or|y|o|a|au|to|hasta|و|او|الي|-|–)\s*")
_FAR = 12
_NOT_SHARED = frozenset({"", ARTICLE, DATE, PHONE, CLOCK, PART_OF_DATE, "year"})
_NO_NUMBER = tuple((word, "trs") for word in ("très", "Très", "TRÈS", "tre\u0300s"))
"""French words that are Spanish numbers without their accent."""
_REVERSED = re.compile(r"(?<=[\u0600-\u06ff] )\d{3}(?: \d{3})* [1-9]\d{0,2}(?!\d)")
_DUAL_ENDS = ("تين", "تان")
_MAX_SCALED = 15


def plain_text(text: str) -> str:
    """What figures are read from: the plain form, with every percentage as `%`."""
    for written, meant in _NO_NUMBER:
        if written in text:
            text = text.replace(written, meant)
    return PERCENT.sub("%", plain(text))


def figures(text: str, *, as_source: bool = False) -> list[Figure]:
    """The figures of `text` in order.

    Args:
        as_source: Also what a figure implies: a date supports its year, and its month with its year; "le mois"
            supports "un mois".
    """
    flat = plain_text(text)
    dates = list(textual_dates(flat))
    found = [figure for date in dates for figure in _date_figures(date, as_source=as_source)]
    found += _digit_figures(flat, dates, as_source=as_source)
    known = _SOURCE_WORDS if as_source else _WORDS
    words = [match for match in WORD.finditer(flat) if match.group() in known or match.group().endswith(_DUAL_ENDS)]
    found += _word_figures(flat, words, dates, as_source=as_source)
    if as_source:
        found += _implied(words, found)
        found += _groups_reversed(flat)
    found.sort(key=lambda figure: figure.start)
    return found


def unsupported(sentence: str, sources: Sequence[Figure]) -> list[str]:
    """The figures of `sentence` that no source figure supports, as they are written."""
    claims = figures(without_enumerator(sentence))
    return [figure.raw for figure in claims if not any(figure.agrees_with(source) for source in sources)]


def without_enumerator(sentence: str) -> str:
    """`sentence` without the numbers of the list items in it: they are no claims."""
    return _ENUMERATOR.sub(_unless_counted, sentence)


def _unless_counted(match: re.Match[str]) -> str:
    following = _NEXT_WORD.match(plain(match.string[match.end() : match.end() + 24]))
    return match.group() if following and following.group(1) in UNITS else " "


def _digit_figures(flat: str, dates: Sequence[Date], *, as_source: bool) -> Iterator[Figure]:
    matches = _outside(_TOKEN.finditer(flat), dates)
    found = [figure for match in matches for figure in _numeral(flat, match, as_source=as_source)]
    for index, figure in enumerate(found):
        if index and not figure.unit and found[index - 1].unit == ARTICLE:
            found[index] = _of_unit_of(found[index - 1], figure, flat[found[index - 1].end : figure.start])
    for index in range(len(found) - 2, -1, -1):
        following = found[index + 1]
        if not found[index].unit and following.unit not in _NOT_SHARED:
            found[index] = _of_unit_of(following, found[index], flat[found[index].end : following.start])
    yield from found


def _of_unit_of(other: Figure, figure: Figure, between: str) -> Figure:
    """The figure with the unit of its neighbour: "articles 3 et 4", "de 2000 à 5000 dirhams"."""
    if len(between) > _FAR or not _ALSO.fullmatch(between):
        return figure
    return replace(figure, unit=other.unit)


def _outside(matches: Iterator[re.Match[str]], dates: Sequence[Date]) -> Iterator[re.Match[str]]:
    """Those that are no part of a date; both are in order."""
    remaining = iter(dates)
    date = next(remaining, None)
    for match in matches:
        while date is not None and date.end <= match.start():
            date = next(remaining, None)
        if date is None or match.end() <= date.start:
            yield match


def _numeral(flat: str, match: re.Match[str], *, as_source: bool) -> Iterator[Figure]:
    kind, raw, start, end = str(match.lastgroup), match.group(), match.start(), match.end()
    if kind == "phone":
        yield Figure(frozenset({phone(raw)}), PHONE, raw, start, end)
    elif kind == "clock":
        hour, minutes = clock(raw)
        reading, unit = (f"{hour}:{minutes}", CLOCK) if minutes else (str(hour), "hour")
        yield Figure(frozenset({reading}), unit, raw, start, end)
    elif kind == "numeric_date":
        yield from _numeric_date(raw, start, end, as_source=as_source)
    else:
        yield from _quantity(flat, match, kind)


def _quantity(flat: str, match: re.Match[str], kind: str) -> Iterator[Figure]:
    raw, start, end = match.group(), match.start(), match.end()
    readings = readings_of(kind, raw)
    scale = _NEXT_WORD.match(flat, end)
    if scale and scale.group(1) in SCALES and len(raw) <= _MAX_SCALED:
        readings = frozenset(times(reading, SCALES[scale.group(1)]) for reading in readings)
        end = scale.end()
    unit, after = _unit_after(flat, end)
    if not unit:
        unit = _unit_before(flat, start)
    elif kind == "reference" and re.fullmatch(r"\d+[-–‑]\d+", raw):
        for part in re.split(r"[-–‑]", raw):
            yield Figure(frozenset({whole_number(part)}), unit, raw, start, after)
        return
    yield Figure(readings, unit, raw, start, after)


def _unit_after(flat: str, end: int) -> tuple[str, int]:
    """The unit that follows, and where it ends; `30 (trente) jours` and `trente) jours` have one too."""
    spelled = _SPELLED_OUT.match(flat, end)
    if spelled:
        end_of_it = spelled.end()
    else:
        end_of_it = end + 1 if flat.startswith(")", end) else end
    following = _NEXT_WORD.match(flat, end_of_it)
    if following is None or following.group(1) not in UNITS:
        return "", end
    return UNITS[following.group(1)], following.end()


def _unit_before(flat: str, start: int) -> str:
    before = _WORD_BEFORE.search(flat[max(0, start - 28) : start])
    word = before.group(1) if before else ""
    if word in _ARTICLES:
        return ARTICLE
    unit = UNITS.get(word, "")
    return unit if unit in {"percent", "MAD", "EUR", "USD"} else ""


def _also_after_and(words: dict[str, T]) -> dict[str, T]:
    return {"و" + word: value for word, value in words.items() if not word.isascii()} | words


_ARTICLES = _also_after_and(with_prefixes(dict.fromkeys(ARTICLE_WORDS, ARTICLE)))
_DUALS = _also_after_and(with_prefixes(DUALS))
_WORDS = frozenset(TOKENS) | frozenset(_DUALS)
_SOURCE_WORDS = _WORDS | frozenset(UNITS)


def _numeric_date(raw: str, start: int, end: int, *, as_source: bool) -> Iterator[Figure]:
    parts = [int(part) for part in re.split(r"[-/.]", raw)]
    year, month, day = parts if parts[0] > 31 else parts[::-1]
    if year < 100:
        readings = frozenset(f"{century + year}-{month}-{day}" for century in (1900, 2000))
        yield Figure(readings, DATE, raw, start, end)
        return
    yield from _date_figures(Date(start, end, year, month, day, raw), as_source=as_source)


def _date_figures(date: Date, *, as_source: bool) -> Iterator[Figure]:
    year, month, day = date.year, date.month, date.day

    def figure(reading: str, unit: str = DATE) -> Figure:
        return Figure(frozenset({reading}), unit, date.raw, date.start, date.end)

    yield figure(f"{year}-{month}-{day}")
    if as_source:
        yield figure(f"{year}-{month}-0")
        yield figure(f"0-{month}-{day}")
        yield from (figure(str(part), PART_OF_DATE) for part in (year, day) if part)


def _word_figures(
    flat: str, words: Sequence[re.Match[str]], dates: Sequence[Date], *, as_source: bool
) -> Iterator[Figure]:
    taken = {position for date in dates for position in range(date.start, date.end)}
    for found in number_words(flat, words):
        if found.start not in taken:
            yield from _words_figure(flat, found, as_source=as_source)
    for match in words:
        if match.group() in _DUALS:
            value, unit = _DUALS[match.group()]
            yield Figure(frozenset({str(value)}), unit, match.group(), match.start(), match.end())


def _implied(words: Sequence[re.Match[str]], found: Sequence[Figure]) -> list[Figure]:
    """What a source says without a number: "le mois" backs "un mois", and a dual of whatever it is backs "2"."""
    counted = {figure.end for figure in found}
    return [
        Figure(frozenset({"1"} if match.group() in UNITS else {"2"}), UNITS.get(match.group(), ""), *_place(match))
        for match in words
        if match.end() not in counted and (match.group() in UNITS or match.group().endswith(_DUAL_ENDS))
    ]


def _groups_reversed(flat: str) -> Iterator[Figure]:
    """`294 641 1` in an Arabic text: its groups of thousands stand in the order that they are typed in."""
    for match in _REVERSED.finditer(flat):
        digits = "".join(reversed(match.group().split(" ")))
        unit, end = _unit_after(flat, match.end())
        yield Figure(frozenset({whole_number(digits)}), unit, match.group(), match.start(), end)


def _place(match: re.Match[str]) -> tuple[str, int, int]:
    return match.group(), match.start(), match.end()


def _words_figure(flat: str, found: NumberWords, *, as_source: bool) -> Iterator[Figure]:
    raw = flat[found.start : found.end]
    unit, end = _unit_after(flat, found.end)
    before = _unit_before(flat, found.start)
    if before == ARTICLE:
        unit, end = ARTICLE, found.end
    elif found.ordinal:
        if as_source:
            yield Figure(frozenset({str(found.value)}), "", raw, found.start, found.end)
        return
    if found.single in ONES:
        yield from _one(flat, found, unit, end)
        return
    if found.single in SCALES and flat[max(0, found.start - 8) : found.start].rstrip()[-1:].isdigit():
        return
    if not as_source and not is_a_number(found, flat[found.end : found.end + 40], counts_unit=bool(unit)):
        return
    if not unit and not as_source and _ANAPHORA.search(flat[max(0, found.start - 12) : found.start]):
        return
    yield Figure(frozenset({str(found.value)}), unit, raw, found.start, end)


def _one(flat: str, found: NumberWords, unit: str, end: int) -> Iterator[Figure]:
    """ "un mois", "شهر واحد", "article premier": alone, the word is most often an article."""
    raw = flat[found.start : end]
    before = re.search(r"([^\W\d_]+)\s*$", flat[max(0, found.start - 24) : found.start])
    word_after = _NEXT_WORD.match(flat, found.end)
    if unit == ARTICLE or (word_after and word_after.group(1) in SINGULARS and unit):
        yield Figure(frozenset({"1"}), unit, raw, found.start, end)
    elif before and before.group(1) in SINGULARS and not found.single.isascii():
        yield Figure(frozenset({"1"}), UNITS[before.group(1)], raw, found.start, end)
