"""The lines of a PDF page by PDFium, with their sizes, ligatures put right, and Arabic in the order of reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.pdf_arabic import mend_signs
from jazari_rag.adapters.pdf_bidi import (
    RIGHT_TO_LEFT,
    ROWS_APART,
    Part,
    Turned,
    parts_of,
    reading_order,
    rows,
    with_spaces,
)
from jazari_rag.adapters.pdf_columns import find_columns, gutters, halves
from jazari_rag.adapters.pdf_glyphs import Glyphs, whole
from jazari_rag.adapters.pdf_grid import find_grids
from jazari_rag.adapters.pdf_hidden import hidden_objects
from jazari_rag.adapters.pdf_ligatures import mend_ligatures
from jazari_rag.adapters.pdf_mapping import distrust
from jazari_rag.adapters.pdf_objects import drawn_objects
from jazari_rag.adapters.pdf_repairs import Places, repaired
from jazari_rag.adapters.pdf_superscript import raise_footnotes
from jazari_rag.adapters.pdf_table import Heads, Table
from jazari_rag.domain import MIXED_COLUMNS, PRESENTATION_FORMS, MarkKind

_FEW_LINES = 2
"""Lines above or below a table that goes on over the page: headers, footers, numbers of pages."""
FOOTNOTE_MARK = "footnote marks"
READING_ORDER = "reading order"

_PRESENTATION_FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_WORD = re.compile(r"\S+")
_LINE_END = re.compile("\r\n|\r|\n")
_HYPHEN_AT_LINE_END = re.compile("[\ufffe\x02]")
_RIGHT = re.compile(f"[{RIGHT_TO_LEFT}]+")
_LEFT = re.compile("[A-Za-zÀ-ÿ]+")
_ORDERED_BY_PDFIUM = re.compile(f"(?:[{RIGHT_TO_LEFT}]|\\s)+[.؛،:]?\\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, the height of its type in points (0 where unknown), and what was mended in it, with counts.

    `repaired` are the places where it is another text than the file states.
    """

    text: str
    height: float
    mended: Mapping[str, int] = field(default_factory=dict)
    kind: MarkKind | None = None
    repaired: Places = ()


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


def _read(glyphs: Glyphs, tables: Sequence[Table]) -> list[_Piece | Table]:
    """The pieces of the page, a table where its first one stands."""
    right_to_left = False
    read: list[_Piece | Table] = []
    for start, end in _pieces(glyphs.text):
        right_to_left = _is_right_to_left(glyphs.text[start:end], right_to_left)
        piece = _Piece(glyphs, start, end, right_to_left=right_to_left)
        read += [table for table in (piece.fill(tables) if tables else ()) if table not in read]
        read.append(piece)
    return read


def _in_columns(read: list[_Piece | Table], places: Sequence[float]) -> tuple[list[_Piece | Table], tuple[str, ...]]:
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
            pairs = [piece.halves(gutter) for piece in read[columns.first : columns.end] if isinstance(piece, _Piece)]
            left, right = ([half for half in side if half] for side in zip(*pairs, strict=True))
            from_the_right = [_turn_alike(left), _turn_alike(right)]
            both = [*right, *left] if all(from_the_right) else [*left, *right]
            read = [*read[: columns.first], *both, *read[columns.end :]]
    return read, doubts


def _turn_alike(column: Sequence[_Piece]) -> bool:
    """Whether most lines of a column are read from the right; those without letters follow."""
    told = [piece.right_to_left for piece in column if piece.has_letters]
    most = sum(told) > len(told) / 2
    for piece in column:
        piece.right_to_left = piece.right_to_left if piece.has_letters else most
    return most


def _lines(read: Sequence[_Piece | Table], turned: Turned, before: Heads | None) -> tuple[list[Line], Heads | None]:
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
    mended = +table.mended
    for text, kind in table.lines(before):
        places = repaired(text, clean(whole(table.stated))) if table.mended.total() else ()
        yield Line(text, table.height, mended, kind, places)
        mended = Counter()


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """What PDFium takes for the lines of a text."""
    start = 0
    for found in _LINE_END.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _is_right_to_left(piece: str, before: bool) -> bool:
    """Whether most words are; a line of signs alone goes on as the line before it."""
    right, left = len(_RIGHT.findall(piece)), len(_LEFT.findall(piece))
    return right >= left if right or left else before


class _Piece:
    """A stretch of the page's text that PDFium takes for a line."""

    def __init__(self, glyphs: Glyphs, start: int, end: int, *, right_to_left: bool) -> None:
        self.right_to_left = right_to_left
        self._glyphs = glyphs
        self._start = start
        self._mended: Counter[str] = Counter()
        text = glyphs.text[start:end]
        self._stated = glyphs.stated[start:end]
        self._height = _height(glyphs, start, text)
        text, self._mended[FOOTNOTE_MARK] = raise_footnotes(glyphs, start, text)
        self._text = mend_ligatures(glyphs, start, text, self._mended)
        self._left_over: list[Part] | None = None
        self._is_half = False

    def parts(self) -> list[Part]:
        """Its parts, with where they stand; without those that stand in tables."""
        if self._left_over is not None:
            return self._left_over
        return [part for found in parts_of(self._text) if (part := self._part(*found))]

    def fill(self, tables: Sequence[Table]) -> list[Table]:
        """Gives to the tables what stands in them, and keeps the rest; the tables that got something."""
        filled: list[Table] = []
        rest: list[Part] = []
        for part in self.parts():
            table = next((table for table in tables if table.add(part)), None)
            if table is None:
                rest.append(part)
            elif table not in filled and part.kind != "space":
                filled.append(table)
        if filled:
            self._left_over = rest
            filled[0].take_repairs(+self._mended, self._stated)
            self._mended.clear()
        return filled

    @property
    def has_letters(self) -> bool:
        return any(part.kind in ("left", "right") for part in self.parts())

    def halves(self, gutter: float) -> tuple[_Piece | None, _Piece | None]:
        """What stands on the left of a gutter, and what on its right; the first of them has the repairs of both."""
        left, right = (self._half(parts) for parts in halves(self.parts(), gutter))
        if left and right:
            right._mended = Counter()
        return left, right

    def _half(self, parts: list[Part]) -> _Piece | None:
        if all(part.kind == "space" for part in parts):
            return None
        half = copy(self)
        half._left_over = parts
        half._is_half = True
        half.right_to_left = _is_right_to_left("".join(part.text for part in parts), self.right_to_left)
        return half

    def _placed(self, row: list[Part]) -> list[Part]:
        """What is left of a line, from left to right; the engine's order is that of the whole line."""
        return with_spaces(row) if self._is_half else row

    def lines(self, by: Turned) -> Iterator[Line]:
        """One line, none if all of it stands in tables, or more where PDFium joined them: at a hyphen, or close by."""
        turned = by if self.right_to_left else None
        if self._left_over is not None:
            read = [
                reading_order(with_spaces(row), turned) if turned else "".join(part.text for part in self._placed(row))
                for row in rows(self._left_over)
                if any(part.kind != "space" for part in row)
            ]
            if not read:
                return
        elif turned:
            read = self._from_the_right(turned)
            self._mended[READING_ORDER] += read != [self._text]
        else:
            read = _HYPHEN_AT_LINE_END.split(self._text)
            read[:-1] = [part.rstrip() + "-" for part in read[:-1]]
        *before, last = (clean(whole(part)) for part in read)
        for text in before:
            yield Line(text.rstrip(), self._height)
        text, signs = mend_signs(last.strip())
        mended = +(self._mended + signs)
        yield Line(text, self._height, mended, repaired=self._places(text) if mended else ())

    def _places(self, text: str) -> Places:
        """What differs from what the file states; all of a line whose words stand in another order."""
        return repaired(text, clean(whole(self._stated))) or ((0, len(text)),)

    def _from_the_right(self, turned: Turned) -> list[str]:
        """The lines in it, each as it is read from where its parts stand."""
        if _ORDERED_BY_PDFIUM.fullmatch(self._text) and self._is_level():
            return [self._text]
        found = rows(self.parts())
        return [reading_order(row, turned) for row in found] or [""]

    def _is_level(self) -> bool:
        """Whether all its words stand on one line."""
        boxes = [self._glyphs.line_box(self._start + word.start()) for word in _WORD.finditer(self._text)]
        middles = [(box.bottom + box.top) / 2 for box in boxes if box]
        return not middles or max(middles) - min(middles) < ROWS_APART * self._height

    def _part(self, first: int, end: int, kind: str) -> Part | None:
        """What stands at `first:end`; None where the page does not say where."""
        opening = self._glyphs.line_box(self._start + first)
        closing = self._glyphs.line_box(self._start + end - 1) if end - first > 1 else opening
        if opening is None or closing is None:
            return None
        text = self._text[first:end]
        if kind in ("digits", "left") and opening.left > closing.left:
            text = text[::-1]
        left, right = min(opening.left, closing.left), max(opening.right, closing.right)
        return Part(text, kind, left, right, opening.bottom, opening.top)


def _height(glyphs: Glyphs, start: int, piece: str) -> float:
    """The height of the line's type, from the font box of a letter in it."""
    for offset, char in enumerate(piece):
        if char.isalpha():
            box = glyphs.line_box(start + offset)
            return round(box.height, 1) if box else 0.0
    return 0.0
