"""The numbers that Word writes before paragraphs: an "Article 3" may stand nowhere but in the numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from jazari_rag.adapters.docx_styles import NumberingKey
from jazari_rag.adapters.docx_text import W

BULLET = "-"
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LARGEST_ROMAN = 4000
_HIJAI = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    template: str


class Numbering:
    """Counts through a document; `label` must be called once a paragraph, in order.

    Args:
        element: `w:numbering`, or None where the document has none.
    """

    def __init__(self, element: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if element is not None:
            self._load(element)

    def label(self, key: NumberingKey) -> str:
        """The number or bullet of the next paragraph of this list and level."""
        number, depth = key
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if level is None or level.kind == "bullet":
            return BULLET
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.kind == "none" and not level.template:
            return ""
        return _PLACEHOLDER.sub(lambda found: self._number(levels, counts, int(found[1]) - 1), level.template)

    def _number(self, levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth)
        if level is None:
            return ""
        return formatted(counts.get(depth, level.start), level.kind)

    def _load(self, element: etree._Element) -> None:
        for abstract in element.iter(W + "abstractNum"):
            levels = self._levels.setdefault(abstract.get(W + "abstractNumId", ""), {})
            for level in abstract.iter(W + "lvl"):
                depth = level.get(W + "ilvl", "0")
                if depth.isdecimal():
                    levels[int(depth)] = _level(level)
        for number in element.iter(W + "num"):
            reference = number.find(W + "abstractNumId")
            if reference is not None:
                self._abstract[number.get(W + "numId", "")] = reference.get(W + "val", "")


def formatted(number: int, kind: str) -> str:
    """A number in one of Word's formats; decimal where the format is not known."""
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < number < _LARGEST_ROMAN:
        return _roman(number).lower() if kind == "lowerRoman" else _roman(number)
    if kind in ("arabicAlpha", "arabicAbjad"):
        letters = _HIJAI if kind == "arabicAlpha" else _ABJAD
        return letters[(number - 1) % len(letters)]
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    result = ""
    for value, letters in _ROMAN:
        result += letters * (number // value)
        number %= value
    return result


def _level(element: etree._Element) -> _Level:
    def value(name: str, default: str) -> str:
        child = element.find(W + name)
        return default if child is None else child.get(W + "val", default)

    start = value("start", "1")
    return _Level(int(start) if start.isdecimal() else 1, value("numFmt", "decimal"), value("lvlText", ""))
