"""The lines of a PDF page by PDFium: pieces, tables and columns, in the order of reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.pdf_bidi import Turned
from jazari_rag.adapters.pdf_columns import find_columns, gutters
from jazari_rag.adapters.pdf_glyphs import Glyphs, whole
from jazari_rag.adapters.pdf_grid import find_grids
from jazari_rag.adapters.pdf_hidden import hidden_objects
from jazari_rag.adapters.pdf_mapping import distrust
from jazari_rag.adapters.pdf_objects import drawn_objects
from jazari_rag.adapters.pdf_piece import Line, Piece, is_right_to_left, piece_places
from jazari_rag.adapters.pdf_repairs import repaired
from jazari_rag.adapters.pdf_table import Heads, Table
from jazari_rag.domain import MIXED_COLUMNS, PRESENTATION_FORMS, MarkKind

_FEW_LINES = 2
"""Lines above or below a table that goes on over the page: headers, footers, numbers of pages."""

_PRESENTATION_FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a page in reading order, and what is wrong with them, as reasons of its quality.

    `heads` are those of the table that it ends with, if any.
    """

    lines: Sequence[Line]
    reasons: tuple[str, ...] = ()
    mended: Mapping[str, int] = field(default_factory=dict)
    heads: Heads | None = None


def read_sheet(page: Any, turned: Turned, before: Heads | None = None) -> Sheet:
    """Reads a `pypdfium2.PdfPage`; `turned` decides on numbers in parts.

    `before` are the heads of the table that the page before ends with.
    """
    text_page = page.get_textpage()
    try:
        glyphs = Glyphs(text_page)
        mended: Counter[str] = Counter()
        mended[PRESENTATION_FORMS] = len(_PRESENTATION_FORM.findall(glyphs.text))
        reasons = distrust(glyphs, mended)
        drawn = drawn_objects(page)
        hidden = glyphs.take_out(hidden_objects(page, drawn))
        tables = [Table(grid, turned) for grid in find_grids(drawn)]
        read, doubts = _in_columns(_read(glyphs, tables), gutters(drawn))
        lines, heads = _lines(read, turned, before)
        lines += [Line(text, 0.0, kind=MarkKind.HIDDEN) for text in hidden]
        return Sheet(lines, (*reasons, *doubts), +mended, heads)
    finally:
        text_page.close()


def _read(glyphs: Glyphs, tables: Sequence[Table]) -> list[Piece | Table]:
    """The pieces of the page, a table where its first one stands."""
    right_to_left = False
    read: list[Piece | Table] = []
    for start, end in piece_places(glyphs.text):
        right_to_left = is_right_to_left(glyphs.text[start:end], right_to_left)
        piece = Piece(glyphs, start, end, right_to_left=right_to_left)
        read += [table for table in (piece.fill(tables) if tables else ()) if table not in read]
        read.append(piece)
    return read


def _in_columns(read: list[Piece | Table], places: Sequence[float]) -> tuple[list[Piece | Table], tuple[str, ...]]:
    """What was read, with columns that are drawn line by line one after the other; and what is in doubt.

    The left column comes first, but where both are read from the right.
    """
    doubts: tuple[str, ...] = ()
    for gutter in places:
        lines = [[] if isinstance(item, Table) else item.parts() for item in read]
        for columns in reversed(find_columns(lines, gutter)):
            if not columns.sure:
                doubts = (MIXED_COLUMNS,)
                continue
            pairs = [piece.halves(gutter) for piece in read[columns.first : columns.end] if isinstance(piece, Piece)]
            left, right = ([half for half in side if half] for side in zip(*pairs, strict=True))
            from_the_right = [_turn_alike(left), _turn_alike(right)]
            both = [*right, *left] if all(from_the_right) else [*left, *right]
            read = [*read[: columns.first], *both, *read[columns.end :]]
    return read, doubts


def _turn_alike(column: Sequence[Piece]) -> bool:
    """Whether most lines of a column are read from the right; those without letters follow."""
    told = [piece.right_to_left for piece in column if piece.has_letters]
    most = sum(told) > len(told) / 2
    for piece in column:
        piece.right_to_left = piece.right_to_left if piece.has_letters else most
    return most


def _lines(read: Sequence[Piece | Table], turned: Turned, before: Heads | None) -> tuple[list[Line], Heads | None]:
    """The lines of a page, and the heads of the table that ends it, but for a few lines: a footer, say."""
    lines: list[Line] = []
    heads: Heads | None = None
    since = 0
    for item in read:
        if isinstance(item, Table):
            goes_on = before if sum(bool(line.text) for line in lines) <= _FEW_LINES else None
            lines += _rows(item, goes_on)
            heads, since, before = item.heads(goes_on), len(lines), None
        else:
            lines += item.lines(turned)
    below = sum(bool(line.text) for line in lines[since:])
    return lines, heads if below <= _FEW_LINES else None


def _rows(table: Table, before: Heads | None) -> Iterator[Line]:
    """Its lines; the first one says what was mended in all of them."""
    mended, stated = +table.mended, clean(whole(table.stated))
    for text, kind in table.lines(before):
        places = repaired(text, stated) if table.mended.total() else ()
        yield Line(text, table.height, mended, kind, places)
        mended = Counter()
