"""Footnote marks of a PDF: digits set smaller and higher than what they follow.

As text they are glued to it: a fine of 200 dirhams with footnote 220 would read "200220 dirhams".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from jazari_rag.adapters.pdf_glyphs import Glyphs

_DIGITS = re.compile(r"[0-9]+")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALLER = 0.85
_HIGHER = 0.12
"""Of the height of what they follow."""


class _Set(NamedTuple):
    """How a character is set, in points."""

    height: float
    baseline: float


def raise_footnotes(glyphs: Glyphs, start: int, line: str) -> tuple[str, int]:
    """The line with such digits as superscripts, and how many marks there were.

    Args:
        glyphs: Of the page.
        start: Where the line begins in the page's text.
        line: As PDFium gave it.
    """
    runs = list(_DIGITS.finditer(line))
    if not runs:
        return line, 0
    body = _first_letter(glyphs, start, line)
    characters = list(line)
    marks = 0
    for run in runs:
        before = run.start() - 1
        reference = _set(glyphs, start + before) if before >= 0 and not line[before].isspace() else body
        at = _first_raised(glyphs, start, run, reference)
        if at is not None:
            characters[at : run.end()] = line[at : run.end()].translate(_RAISED_DIGITS)
            marks += 1
    return "".join(characters), marks


def _first_raised(glyphs: Glyphs, start: int, run: re.Match[str], reference: _Set | None) -> int | None:
    for index in range(run.start(), run.end()):
        found = _set(glyphs, start + index)
        if found and reference and _is_raised(found, reference):
            return index
        reference = found or reference
    return None


def _is_raised(found: _Set, reference: _Set) -> bool:
    higher = found.baseline - reference.baseline
    return found.height < _SMALLER * reference.height and higher > _HIGHER * reference.height


def _first_letter(glyphs: Glyphs, start: int, line: str) -> _Set | None:
    return next((_set(glyphs, start + index) for index, char in enumerate(line) if char.isalpha()), None)


def _set(glyphs: Glyphs, position: int) -> _Set | None:
    box = glyphs.line_box(position)
    baseline = glyphs.baseline(glyphs.index(position)) if box and box.height else None
    return _Set(box.height, baseline) if box and baseline is not None else None
