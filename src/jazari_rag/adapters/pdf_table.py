"""A drawn table of a PDF, filled with what stands in its cells: a row is a line, with the heads of its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from jazari_rag.adapters.characters import one_line
from jazari_rag.adapters.pdf_arabic import mend_signs
from jazari_rag.adapters.pdf_bidi import Part, Turned, row_text, rows
from jazari_rag.adapters.pdf_glyphs import whole
from jazari_rag.adapters.pdf_grid import Grid
from jazari_rag.adapters.tables import looks_like_heads, table_lines
from jazari_rag.domain import MarkKind

_DIGIT = re.compile(r"\d")
_SAME = 4.0
"""Points within which a line between columns is the same one on the next page."""
_LONGEST_CELL = 600
"""Characters: a longer one is a text, and no entry of a row."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a table that may go on over the page: by column, with where the columns' lines are, in points.

    `counted` are the columns that hold a figure in every row.
    """

    lines: tuple[float, ...]
    cells: Mapping[int, str]
    counted: frozenset[int]


class Table:
    """Collects the parts of a page that stand in the cells of `grid`; `turned` decides on numbers in parts."""

    def __init__(self, grid: Grid, turned: Turned) -> None:
        self._grid = grid
        self._turned = turned
        self._cells: dict[tuple[int, int], list[Part]] = {}
        self.height = 0.0
        """Of its type, in points."""
        self.mended: Counter[str] = Counter()
        """What was mended in it, with counts."""
        self.stated = ""
        """What the file says where something was mended."""

    def add(self, part: Part) -> bool:
        """Whether the part stands in the table."""
        place = self._grid.cell((part.left + part.right) / 2, (part.bottom + part.top) / 2)
        if place is None:
            return False
        if part.kind != "space" or place in self._cells:
            self._cells.setdefault(place, []).append(part)
        self.height = self.height or part.top - part.bottom
        return True

    def take_repairs(self, mended: Mapping[str, int], stated: str) -> None:
        """What was mended in a line of which something stands in the table, and what the file says there."""
        self.mended.update(mended)
        self.stated += f" {stated}"

    def lines(self, before: Heads | None = None) -> Iterator[tuple[str, MarkKind | None]]:
        """Its rows, from the top; where it only sets texts side by side, these, one after the other.

        Args:
            before: The heads of the table that ends the page before, where this one begins its own.
        """
        filled = self._filled
        if self._sets_texts_apart():
            yield from ((cell, None) for row in filled for cell in row if cell)
            return
        heads, rows_below = self._headed(before)
        for line in table_lines(rows_below, heads):
            yield line, MarkKind.ROW

    def heads(self, before: Heads | None = None) -> Heads | None:
        """What the rows go on under where the table goes on over the page; `before` as in `lines`."""
        named, below = self._headed(before)
        if not any(named) or self._sets_texts_apart():
            return None
        counted = {
            column for place, column in enumerate(self._columns) if all(_DIGIT.search(row[place]) for row in below)
        }
        cells = dict(zip(self._columns, named, strict=True))
        return Heads(self._grid.columns, cells, frozenset(counted) if below else frozenset())

    def _headed(self, before: Heads | None) -> tuple[Sequence[str], list[list[str]]]:
        """The heads of the columns, and the rows below them.

        A table that goes on has the heads of the page before. Its first row may be heads of its own, if it lacks a
        figure where every row had one; where nothing tells, the rows have none, for wrong ones are worse.
        """
        filled = self._filled
        own = looks_like_heads(filled)
        if before is None or not self._goes_on(before):
            return (filled[0], filled[1:]) if own else ((), filled)
        carried = [before.cells.get(column, "") for column in self._columns]
        if filled[:1] == [carried]:
            return carried, filled[1:]
        if not own:
            return carried, filled
        anew = any(
            not _DIGIT.search(filled[0][place])
            for place, column in enumerate(self._columns)
            if column in before.counted
        )
        return (filled[0], filled[1:]) if anew else ((), filled)

    def _goes_on(self, before: Heads) -> bool:
        """Whether its columns are those of the table before."""
        places = self._grid.columns
        return len(places) == len(before.lines) and all(
            abs(place - other) <= _SAME for place, other in zip(places, before.lines, strict=True)
        )

    def _sets_texts_apart(self) -> bool:
        return max((len(cell) for row in self._filled for cell in row), default=0) > _LONGEST_CELL

    @cached_property
    def _filled(self) -> list[list[str]]:
        """The rows that hold something, in the order of reading."""
        filled = ([self._text(row, column) for column in self._columns] for row in range(len(self._grid.rows) - 1))
        return [row for row in filled if any(row)]

    @cached_property
    def _columns(self) -> Sequence[int]:
        """Those with text, in the order of reading: others are borders drawn twice."""
        return sorted({column for _, column in self._cells}, reverse=self._is_right_to_left())

    def _is_right_to_left(self) -> bool:
        kinds = [part.kind for parts in self._cells.values() for part in parts]
        return kinds.count("right") > kinds.count("left")

    def _text(self, row: int, column: int) -> str:
        parts = self._cells.get((row, column), [])
        kinds = [part.kind for part in parts]
        right_to_left = "right" in kinds or ("left" not in kinds and self._is_right_to_left())
        lines = [row_text(line, self._turned if right_to_left else None) for line in rows(parts)]
        return mend_signs(one_line(whole(" ".join(lines))))[0]
