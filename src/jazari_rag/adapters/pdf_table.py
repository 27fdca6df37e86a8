"""A drawn table of a PDF, filled with what stands in its cells: a row is a line, with the heads of its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from jazari_rag.adapters.characters import one_line
from jazari_rag.adapters.pdf_arabic import mend_signs
from jazari_rag.adapters.pdf_bidi import Part, Turned, reading_order, rows, with_spaces
from jazari_rag.adapters.pdf_glyphs import whole
from jazari_rag.adapters.pdf_grid import Grid
from jazari_rag.adapters.tables import looks_like_heads, table_lines
from jazari_rag.domain import MarkKind

_LONGEST_CELL = 600
"""Characters: a longer one is a text, and no entry of a row."""


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

    def lines(self) -> Iterator[tuple[str, MarkKind | None]]:
        """Its rows, from the top; where it only sets texts side by side, these, one after the other."""
        right_to_left = self._is_right_to_left()
        filled = [[self._text(row, column) for column in self._columns()] for row in range(len(self._grid.rows) - 1)]
        filled = [row[::-1] if right_to_left else row for row in filled if any(row)]
        if max((len(cell) for row in filled for cell in row), default=0) > _LONGEST_CELL:
            yield from ((cell, None) for row in filled for cell in row if cell)
            return
        headed = looks_like_heads(filled)
        for line in table_lines(filled[1:] if headed else filled, filled[0] if headed else ()):
            yield line, MarkKind.ROW

    def _columns(self) -> Sequence[int]:
        """Those with text: others are borders drawn twice."""
        return sorted({column for _, column in self._cells})

    def _is_right_to_left(self) -> bool:
        kinds = [part.kind for parts in self._cells.values() for part in parts]
        return kinds.count("right") > kinds.count("left")

    def _text(self, row: int, column: int) -> str:
        parts = self._cells.get((row, column), [])
        kinds = [part.kind for part in parts]
        if "right" in kinds or ("left" not in kinds and self._is_right_to_left()):
            lines = [reading_order(with_spaces(line), self._turned) for line in rows(parts)]
        else:
            lines = ["".join(part.text for part in with_spaces(line)) for line in rows(parts)]
        return mend_signs(one_line(whole(" ".join(lines))))[0]
