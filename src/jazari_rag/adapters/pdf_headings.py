"""Headings of a PDF without an outline: lines set larger than the document's text, where a heading can stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jazari_rag.adapters.pdf_piece import Line

LARGER = 1.15
"""How much larger than the text a line must be set."""
_LONGEST_HEADING = 160
_SAME_SIZE = 0.88
_MOST_HEADINGS = 0.15
"""Of all lines: where more are set large, size means something else."""
_UNFINISHED = (";", "؛", ",", "،")
_FINISHED = (".", "!", "?", "؟", ":", "…", *_UNFINISHED)


def body_height(lines: Sequence[Line]) -> float:
    """The height that most characters have; 0 where none is known."""
    heights = Counter[float]()
    for line in lines:
        if line.height:
            heights[round(line.height)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def levels_by_size(sheets: Sequence[Sequence[Line]]) -> list[dict[int, int]]:
    """For each page, line index -> level from 1. Sizes are compared over the whole document."""
    body = body_height([line for lines in sheets for line in lines])
    found = [_large_lines(lines, LARGER * body) if body else {} for lines in sheets]
    sizes: list[float] = []
    for height in sorted({height for page in found for height in page.values()}, reverse=True):
        if not sizes or height < _SAME_SIZE * sizes[-1]:
            sizes.append(height)
    return [
        {index: sum(size * _SAME_SIZE > height for size in sizes) + 1 for index, height in page.items()}
        for page in found
    ]


def _large_lines(lines: Sequence[Line], least: float) -> dict[int, float]:
    found: dict[int, float] = {}
    for index, line in enumerate(lines):
        if line.height < least or not _may_be_heading(line.text):
            continue
        goes_on = index - 1 in found
        if goes_on or _begins(line.text, lines[index - 1].text if index else ""):
            found[index] = line.height
    return found if len(found) <= max(3, _MOST_HEADINGS * len(lines)) else {}


def _may_be_heading(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    if letters < 3 or len(text) > _LONGEST_HEADING or letters <= 0.4 * len(text.strip()):
        return False
    return not text.rstrip().endswith(_UNFINISHED)


def _begins(text: str, before: str) -> bool:
    """Whether a line begins something: what stands before it is finished, or much shorter than a full line."""
    text, before = text.strip(), before.strip()
    return not text[0].islower() and (not before or before.endswith(_FINISHED) or len(before) < len(text) / 2)
