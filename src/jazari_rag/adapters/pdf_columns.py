"""Columns that a PDF draws line by line: the first line of each, the second of each, and so on.

An engine that follows the order of drawing joins them to lines that nobody wrote. They are told by a gutter: a strip
between them that no letter crosses, over several lines, with prose on both sides. Prose fills its column; the entries
of a list or of a table without lines do not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from jazari_rag.adapters.pdf_bidi import Part
from jazari_rag.adapters.pdf_glyphs import Box
from jazari_rag.adapters.pdf_objects import TEXT, Drawn

_STRIP = 3.0
"""Points: the page is looked at in strips of this width."""
_GUTTER = 9.0
"""Points that a gutter is wide at the least."""
_MIDDLE = (0.2, 0.8)
"""Of the width of the text: where a gutter may lie."""
_CROSSED = 0.15
"""Of the busiest strip: how much, headings above all, may cross the gutter somewhere on the page."""
_LINES = 5
"""Lines with text on both sides from which there are columns."""
_FULL, _FILLED, _DOUBTFUL = 0.75, 0.4, 0.25
"""Of the column's width: from when a line fills it; share of the lines that do, in columns and in what may be some."""
_WORDS = 3.0
"""Words of a line, in the mean."""


class Side(Enum):
    """Where a line stands: on one side of a gutter, on both, or across it."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    ACROSS = "across"


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns: the lines `first:end`; `sure`, or they may be a table."""

    first: int
    end: int
    sure: bool


def gutters(drawn: Sequence[Drawn]) -> list[float]:
    """Where gutters may lie that the drawing goes to and fro across, by what is drawn: a first, cheap look."""
    boxes = [one.box for one in drawn if one.kind == TEXT and not one.in_form and one.box.right > one.box.left]
    if len(boxes) < 2 * _LINES:
        return []
    return [place for place in _free_strips(boxes) if _crossings(boxes, place) >= 2 * _LINES - 1]


def _free_strips(boxes: Sequence[Box]) -> Iterator[float]:
    """The middles of the strips that little is drawn in."""
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    change = [0] * (int((right - left) / _STRIP) + 3)
    for box in boxes:
        change[int((box.left - left) / _STRIP)] += 1
        change[int((box.right - left) / _STRIP) + 1] -= 1
    drawn, busy = 0, []
    for step in change:
        drawn += step
        busy.append(drawn)
    most = _CROSSED * max(busy)
    first = None
    for index, count in enumerate(busy):
        if count <= most:
            first = index if first is None else first
            continue
        if first is not None and (index - first) * _STRIP >= _GUTTER:
            middle = (first + index) / 2 * _STRIP
            if _MIDDLE[0] <= middle / (right - left) <= _MIDDLE[1]:
                yield left + middle
        first = None


def _crossings(boxes: Sequence[Box], gutter: float) -> int:
    """How often the drawing goes from one side to the other, at the most, before something lies across."""
    most = count = 0
    side: Side | None = None
    for box in boxes:
        now = _side_of(box.left, box.right, gutter)
        if now is Side.ACROSS:
            side, count = None, 0
            continue
        count += side is not None and now is not side
        side, most = now, max(most, count)
    return most


def _side_of(left: float, right: float, gutter: float) -> Side:
    if right <= gutter + _STRIP:
        return Side.LEFT
    return Side.RIGHT if left >= gutter - _STRIP else Side.ACROSS


def halves(parts: Sequence[Part], gutter: float) -> tuple[list[Part], list[Part]]:
    """The parts on the left of the gutter, and those on the right, in their order."""
    left = [part for part in parts if (part.left + part.right) / 2 <= gutter]
    return left, [part for part in parts if (part.left + part.right) / 2 > gutter]


def find_columns(lines: Sequence[Sequence[Part]], gutter: float) -> list[Columns]:
    """The runs of lines, in the order of drawing, that are two columns on the sides of the gutter."""
    sides = [_side(parts, gutter) for parts in lines]
    found = []
    first = 0
    for index, side in enumerate([*sides, Side.ACROSS]):
        if side is not Side.ACROSS:
            continue
        if first < index and (columns := _columns(lines, sides, first, index, gutter)):
            found.append(columns)
        first = index + 1
    return found


def _side(parts: Sequence[Part], gutter: float) -> Side:
    """A line without words is across, for nothing stands beside it; so is one with no more than a space there."""
    words = [part for part in parts if part.kind != "space"]
    found = {_side_of(part.left, part.right, gutter) for part in words}
    if not found or Side.ACROSS in found:
        return Side.ACROSS
    if len(found) == 1:
        return found.pop()
    left, right = halves(words, gutter)
    gap = min(part.left for part in right) - max(part.right for part in left)
    return Side.BOTH if gap >= _GUTTER else Side.ACROSS


def _columns(
    lines: Sequence[Sequence[Part]], sides: Sequence[Side], first: int, end: int, gutter: float
) -> Columns | None:
    """The run `first:end` as columns, if the lines go to and fro between its sides and both hold prose."""
    first += _before(sides[first:end])
    both = sum(side is Side.BOTH for side in sides[first:end])
    single = [side for side in sides[first:end] if side is not Side.BOTH]
    turns = sum(one is not other for one, other in itertools.pairwise(single))
    if both + turns // 2 < _LINES:
        return None
    filled = [_filled(side) for side in zip(*(halves(parts, gutter) for parts in lines[first:end]), strict=True)]
    if min(filled) < _DOUBTFUL:
        return None
    return Columns(first, end, sure=min(filled) >= _FILLED)


def _before(sides: Sequence[Side]) -> int:
    """How many lines stand on one side before the first that has another beside it: a heading, say."""
    if sides[0] is Side.BOTH:
        return 0
    alone = next((index for index, side in enumerate(sides) if side is not sides[0]), len(sides))
    return alone if sides[alone : alone + 1] == [Side.BOTH] else max(0, alone - 1)


def _filled(column: Sequence[Sequence[Part]]) -> float:
    """The share of the lines of a column that fill it; 0 where they are not prose."""
    words = [[part for part in parts if part.kind != "space"] for parts in column]
    words = [parts for parts in words if parts]
    letters = sum(part.kind in ("left", "right") for parts in words for part in parts)
    if not words or letters < _WORDS * len(words):
        return 0.0
    widths = [max(part.right for part in parts) - min(part.left for part in parts) for parts in words]
    full = _FULL * sorted(widths)[int(0.9 * (len(widths) - 1))]
    return sum(width >= full for width in widths) / len(widths)
