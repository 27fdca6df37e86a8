"""The figures of a text: numbers, amounts, delays, dates, percentages, phones, law and article references.

Two figures are compared by what they mean: `٣٠٠ درهم`, `300,00 DH` and `trois cents dirhams` are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jazari_rag.answering.lexicon import ARTICLE_WORDS, DUALS, MONTHS, NUMBER_WORDS, UNITS, plain

DATE = "date"
PHONE = "phone"
ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the ways it can be read, and its unit where one stands beside it (else empty)."""

    readings: frozenset[str]
    unit: str = ""
    raw: str = field(default="", compare=False)

    def agrees_with(self, other: Figure) -> bool:
        """Whether `other`, standing in a source, supports this one: same value, and no other unit."""
        if not self.readings & other.readings:
            return False
        return self.unit == other.unit or not self.unit or not other.unit


_GROUP = r"[ .,'٬]"
_TOKEN = re.compile(
    rf"""(?P<phone>(?<![\w.,/-])\+?\(?\d{{1,4}}\)?(?:[ .-]\d{{2}}){{3,}}(?!\d)
        |(?<![\w.,/-])\+\d[\d ]{{7,14}}\d
        |(?<!\d)0\d{{8,}})
    |(?P<numeric_date>(?<!\d)(?:\d{{1,2}}([-/.])\d{{1,2}}\3(?:1[3-9]|20)\d\d
        |(?:1[3-9]|20)\d\d([-/])\d{{1,2}}\4\d{{1,2}})(?!\d))
    |(?P<grouped>(?<!\d)[1-9]\d{{0,2}}(?:{_GROUP}\d{{3}})+(?:[.,٫]\d{{1,2}})?(?![\d]|[-/.]\d))
    |(?P<reference>\d+(?:[-/.–‑]\d+)+)
    |(?P<decimal>\d+[,٫]\d+)
    |(?P<whole>\d+)""",
    re.VERBOSE,
)
_NUMBER_PHRASES = sorted(NUMBER_WORDS, key=len, reverse=True)
_UNIT_AFTER = re.compile(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:de\s|من\s)?\s*("
    + "|".join(re.escape(unit) + (r"(?!\w)" if unit[-1].isalnum() else "") for unit in sorted(UNITS, key=len)[::-1])
    + ")"
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+\.?|[%٪€$])\s*(?:n\s*°\s*|رقم\s*|no\.?\s*|:\s*)?$")
_ENUMERATOR = re.compile(r"^\s*\(?\d{1,2}\s*[.)\-–]\s+")
_MONTH_AFTER = re.compile(
    r"(?:er|ere|st|nd|rd|th)?\s*(?:de\s+|من\s+|,\s*)?(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?!\w)"
)
_MONTH_BEFORE = re.compile(r"(?<!\w)(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\s*(?:de\s+)?,?\s*$")
_YEAR_AFTER = re.compile(r"\s*(?:de\s+|del\s+|من\s+|سنه\s+|عام\s+|,\s*)?((?:1[3-9]|20)\d\d)(?!\d)")
_WORD_NUMBER = re.compile(
    r"(?<!\w)(?:و)?(?:"
    + "|".join(map(re.escape, _NUMBER_PHRASES))
    + r")(?:(?:[\s-]+(?:et\s|and\s|y\s|و\s*)?|\s+و)(?:"
    + "|".join(map(re.escape, _NUMBER_PHRASES))
    + r"))*(?!\w)"
)
_ONE_NUMBER_WORD = re.compile("|".join(rf"(?:(?<!\w)|(?<=\bو)){re.escape(word)}(?!\w)" for word in _NUMBER_PHRASES))


def figures(text: str, *, as_source: bool = False) -> list[Figure]:
    """The figures of `text` in order.

    Args:
        as_source: Also what a figure implies: a date supports its year, and its month with its year.
    """
    flat = plain(text)
    found = [*_digit_figures(flat, as_source=as_source), *_word_figures(flat)]
    return [figure for figure in found if figure.readings]


def unsupported(sentence: str, sources: list[Figure]) -> list[str]:
    """The figures of `sentence` that no source figure supports, as they are written."""
    claimed = figures(_ENUMERATOR.sub("", sentence, count=1))
    return [figure.raw for figure in claimed if not any(figure.agrees_with(source) for source in sources)]


def _digit_figures(flat: str, *, as_source: bool) -> Iterator[Figure]:
    position = 0
    while match := _TOKEN.search(flat, position):
        position = match.end()
        dated = _textual_date(flat, match)
        if dated is not None:
            parts, position = dated
            yield from _date_figures(parts, flat[match.start() : position], as_source=as_source)
            continue
        yield from _numeral(flat, match, as_source=as_source)


def _numeral(flat: str, match: re.Match[str], *, as_source: bool) -> Iterator[Figure]:
    kind, raw = str(match.lastgroup), match.group()
    if kind == "phone":
        yield Figure(frozenset({_phone(raw)}), PHONE, raw)
    elif kind == "numeric_date":
        parts = [int(part) for part in re.split(r"[-/.]", raw)]
        year, month, day = parts if parts[0] > 31 else parts[::-1]
        yield from _date_figures((year, month, day), raw, as_source=as_source)
    else:
        yield Figure(_readings(kind, raw), _unit(flat, match), raw)


def _readings(kind: str, raw: str) -> frozenset[str]:
    if kind == "grouped":
        head, _, tail = re.sub(r"[.,٫](?=\d{1,2}$)", "|", raw).partition("|")
        return frozenset({_decimal(re.sub(r"\D", "", head), tail)})
    if kind == "decimal":
        head, tail = re.split(r"[,٫]", raw)
        return frozenset({_decimal(head, tail)})
    if kind == "reference":
        parts = re.split(r"[-/.–‑]", raw)
        reference = "-".join(map(_whole, parts))
        if len(parts) == 2 and "." in raw:
            return frozenset({reference, _decimal(*parts)})
        return frozenset({reference})
    return frozenset({_whole(raw)})


def _decimal(whole: str, fraction: str) -> str:
    fraction = fraction.rstrip("0")
    return f"{_whole(whole)}.{fraction}" if fraction else _whole(whole)


def _whole(digits: str) -> str:
    """Without `int`, which refuses thousands of digits."""
    return digits.lstrip("0") or "0"


def _phone(raw: str) -> str:
    """National significant digits: `+212 5…`, `00212 5…` and `05…` are one."""
    digits = re.sub(r"\D", "", raw)
    return digits[-9:] if raw.startswith(("+", "0", "(")) else digits


def _unit(flat: str, match: re.Match[str]) -> str:
    after = _UNIT_AFTER.match(flat, match.end())
    if after:
        return UNITS[after.group(1)]
    before = _WORD_BEFORE.search(flat[max(0, match.start() - 24) : match.start()])
    word = before.group(1) if before else ""
    if word in ARTICLE_WORDS or word.rstrip(".") in ARTICLE_WORDS:
        return ARTICLE
    unit = UNITS.get(word, "")
    return unit if unit in {"percent", "MAD", "EUR", "USD"} else ""


def _textual_date(flat: str, match: re.Match[str]) -> tuple[tuple[int, int, int], int] | None:
    """(year, month, day) with 0 for what is not said, and where the date ends."""
    raw = match.group()
    if match.lastgroup != "whole" or len(raw) > 4:
        return None
    number = int(raw)
    month = _MONTH_AFTER.match(flat, match.end())
    if month and 1 <= number <= 31:
        year = _YEAR_AFTER.match(flat, month.end())
        end = year.end() if year else month.end()
        return (int(year.group(1)) if year else 0, MONTHS[month.group(1)], number), end
    before = _MONTH_BEFORE.search(flat[max(0, match.start() - 24) : match.start()])
    if before is None:
        return None
    year = _YEAR_AFTER.match(flat, match.end())
    if year and 1 <= number <= 31:
        return (int(year.group(1)), MONTHS[before.group(1)], number), year.end()
    return ((number, MONTHS[before.group(1)], 0), match.end()) if len(raw) == 4 else None


def _date_figures(parts: tuple[int, int, int], raw: str, *, as_source: bool) -> Iterator[Figure]:
    year, month, day = parts
    yield Figure(frozenset({f"{year}-{month}-{day}"}), DATE, raw)
    if as_source:
        yield Figure(frozenset({f"{year}-{month}-0", f"0-{month}-{day}"}), DATE, raw)
        yield from (Figure(frozenset({str(part)}), "", raw) for part in (year, day) if part)


def _word_figures(flat: str) -> Iterator[Figure]:
    for word in re.findall(r"\w+", flat):
        if word in DUALS:
            value, unit = DUALS[word]
            yield Figure(frozenset({str(value)}), unit, word)
    for match in _WORD_NUMBER.finditer(flat):
        after = _UNIT_AFTER.match(flat, match.end())
        values = [NUMBER_WORDS[word] for word in _ONE_NUMBER_WORD.findall(match.group())]
        yield Figure(frozenset({str(_sum(values))}), UNITS[after.group(1)] if after else "", match.group())


def _sum(values: list[int]) -> int:
    """The value of number words read one after the other, in any served language."""
    total = current = 0
    for value in values:
        if value == 20 and current == 4:
            current = 80
        elif value == 100:
            current = max(current, 1) * 100
        elif value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        else:
            current += value
    return total + current
