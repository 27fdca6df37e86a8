"""The tables that a PDF page draws: the lines around cells, put together to columns and rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jazari_rag.adapters.pdf_glyphs import Box
from jazari_rag.adapters.pdf_objects import PATH, Drawn

_THIN = 2.5
"""Points: a drawing as thin as this is a line."""
_SAME = 4.0
"""Points within which two lines are one: the borders of neighbouring cells."""
_LEAST_WIDTH, _LEAST_HEIGHT = 8.0, 6.0
_COVERED = 0.5
"""Share of a table's width that is drawn where a row ends."""
_MOST_LINES = 4000
_MOST_CELLS = 4000


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the places of its vertical lines from the left, and of its horizontal ones from below, in points."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column, from the top and from the left, counted from 0; None outside of the table."""
        column, row = bisect_right(self.columns, x) - 1, bisect_right(self.rows, y) - 1
        if not (0 <= column < len(self.columns) - 1 and 0 <= row < len(self.rows) - 1):
            return None
        return len(self.rows) - 2 - row, column


def find_grids(drawn: Sequence[Drawn]) -> list[Grid]:
    """The tables of a page that have two columns and two rows at the least."""
    boxes = [one.box for one in drawn if one.kind == PATH and not one.in_form]
    if not 4 <= len(boxes) <= _MOST_LINES:
        return []
    upright = [line for box in boxes for line in _upright(box)]
    level = [line for box in boxes for line in _level(box)]
    return [grid for band in _bands(upright) if (grid := _grid(band, level))]


def _upright(box: Box) -> list[Box]:
    """The vertical lines that a drawing is or is framed by."""
    if box.height < _LEAST_HEIGHT:
        return []
    if box.right - box.left <= _THIN:
        return [box]
    if box.right - box.left < _LEAST_WIDTH:
        return []
    return [box._replace(right=box.left), box._replace(left=box.right)]


def _level(box: Box) -> list[Box]:
    if box.right - box.left < _LEAST_WIDTH:
        return []
    if box.height <= _THIN:
        return [box]
    if box.height < _LEAST_HEIGHT:
        return []
    return [box._replace(top=box.bottom), box._replace(bottom=box.top)]


def _bands(upright: Sequence[Box]) -> list[list[Box]]:
    """Vertical lines that go on from one another: one table, or tables side by side."""
    bands: list[list[Box]] = []
    lowest = 0.0
    for line in sorted(upright, key=lambda line: -line.top):
        if not bands or line.top < lowest - _SAME:
            bands.append([])
            lowest = line.bottom
        bands[-1].append(line)
        lowest = min(lowest, line.bottom)
    return bands


def _grid(band: Sequence[Box], level: Sequence[Box]) -> Grid | None:
    columns = _places((line.left + line.right) / 2 for line in band)
    top, bottom = max(line.top for line in band), min(line.bottom for line in band)
    width = columns[-1] - columns[0]
    inside = [line for line in level if bottom - _SAME <= line.bottom and line.top <= top + _SAME]
    rows = [
        place
        for place in _places((line.bottom + line.top) / 2 for line in inside)
        if _length(line for line in inside if abs((line.bottom + line.top) / 2 - place) <= _SAME) >= _COVERED * width
    ]
    if len(columns) < 3 or len(rows) < 3 or len(columns) * len(rows) > _MOST_CELLS:
        return None
    return Grid(tuple(columns), tuple(rows))


def _places(values: Iterable[float]) -> list[float]:
    """Each place once, in order."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SAME:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(group[0] + group[-1]) / 2 for group in groups]


def _length(lines: Iterable[Box]) -> float:
    """How much of the width the lines cover together."""
    covered, reached = 0.0, float("-inf")
    for line in sorted(lines):
        covered += max(0.0, line.right - max(line.left, reached))
        reached = max(reached, line.right)
    return covered
