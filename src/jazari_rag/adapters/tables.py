"""How a table reads as lines: a row with the heads of its columns stays one line, whatever format it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

Row = Sequence[str]
_LETTER = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_DIGIT = re.compile(r"\d")
_LONGEST_HEAD = 60


def row_line(heads: Row, cells: Row) -> str:
    """`Fee: 75 DH | Delay: 10 days`. Empty cells are left out; a cell without a head stands alone."""
    parts = []
    for index, cell in enumerate(cells):
        head = heads[index].rstrip(" :：") if index < len(heads) else ""
        repeated = head.casefold() == cell.casefold()
        if cell:
            parts.append(f"{head}: {cell}" if head and not repeated else cell)
    return " | ".join(parts)


def table_lines(rows: Iterable[Row], heads: Row = ()) -> Iterator[str]:
    """A line a row that is not empty."""
    for row in rows:
        line = row_line(heads, row)
        if line:
            yield line


def labelled_line(cells: Row) -> str:
    """A row whose first cell is its label: `Fee: 75 DH`, or `Fee: 75 DH | 10 days`."""
    label, *values = cells
    values = [value for value in values if value]
    return f"{label.rstrip(' :')}: {' | '.join(values)}" if label and values else row_line((), cells)


def may_be_heads(row: Row) -> bool:
    """Whether a first row can name columns: its cells have letters, or are years."""
    return all(not cell or _LETTER.search(cell) or _YEAR.match(cell) for cell in row)


def looks_like_heads(rows: Sequence[Row], *, emphasised: bool = False) -> bool:
    """Whether the first row names the columns, for formats that do not say so.

    Args:
        rows: The whole table.
        emphasised: The format sets the first row apart (bold, say).
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = rows[0]
    named = all(cell and len(cell) <= _LONGEST_HEAD for cell in first) and len(set(first)) == len(first)
    if not named or any(_DIGIT.search(cell) for cell in first):
        return False
    return emphasised or len(first) >= 3 or _first_column_repeats_no_colon(rows)


def _first_column_repeats_no_colon(rows: Sequence[Row]) -> bool:
    """Two columns: labels that end in a colon, or values that are prose already in row one, speak against heads."""
    has_digits_below = any(_DIGIT.search(row[-1]) for row in rows[1:] if row)
    return has_digits_below and not rows[0][0].endswith(":") and all(not row[0].endswith(":") for row in rows if row)
