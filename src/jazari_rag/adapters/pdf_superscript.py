"""Footnote marks of a PDF: digits set smaller and higher than what they follow.

As text they are glued to it: a fine of 200 dirhams with footnote 220 would read "200220 dirhams".
"""

from __future__ import annotations

import re
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_DIGITS = re.compile(r"[0-9]+")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALLER = 0.85
_HIGHER = 0.12
"""Of the height of what they follow."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    height: float
    baseline: float


def raise_footnotes(raw: Any, start: int, line: str) -> tuple[str, int]:
    """The line with such digits as superscripts, and how many marks there were.

    Args:
        raw: A PDFium text page.
        start: Where the line begins in the page's text.
        line: As PDFium gave it.
    """
    body = _first_letter(raw, start, line)
    characters = list(line)
    marks = 0
    for run in _DIGITS.finditer(line):
        before = run.start() - 1
        reference = _glyph(raw, start + before) if before >= 0 and not line[before].isspace() else body
        at = _first_raised(raw, start, run, reference)
        if at is not None:
            characters[at : run.end()] = line[at : run.end()].translate(_RAISED_DIGITS)
            marks += 1
    return "".join(characters), marks


def _first_raised(raw: Any, start: int, run: re.Match[str], reference: _Glyph | None) -> int | None:
    for index in range(run.start(), run.end()):
        glyph = _glyph(raw, start + index)
        if glyph and reference and _is_raised(glyph, reference):
            return index
        reference = glyph or reference
    return None


def _is_raised(glyph: _Glyph, reference: _Glyph) -> bool:
    higher = glyph.baseline - reference.baseline
    return glyph.height < _SMALLER * reference.height and higher > _HIGHER * reference.height


def _first_letter(raw: Any, start: int, line: str) -> _Glyph | None:
    return next((_glyph(raw, start + index) for index, char in enumerate(line) if char.isalpha()), None)


def _glyph(raw: Any, position: int) -> _Glyph | None:
    index = pdfium.FPDFText_GetCharIndexFromTextIndex(raw, position)
    box, x, y = pdfium.FS_RECTF(), c_double(), c_double()
    if index < 0 or not pdfium.FPDFText_GetLooseCharBox(raw, index, byref(box)):
        return None
    if not pdfium.FPDFText_GetCharOrigin(raw, index, byref(x), byref(y)):
        return None
    height = abs(float(box.top) - float(box.bottom))
    return _Glyph(height, y.value) if height else None
