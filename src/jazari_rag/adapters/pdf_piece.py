"""A line as PDFium gives it, read: ligatures put right, and Arabic in the order of reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.pdf_arabic import mend_signs
from jazari_rag.adapters.pdf_bidi import (
    RIGHT_TO_LEFT,
    ROWS_APART,
    Part,
    Turned,
    parts_of,
    reading_order,
    row_text,
    rows,
)
from jazari_rag.adapters.pdf_columns import halves
from jazari_rag.adapters.pdf_glyphs import Glyphs, whole
from jazari_rag.adapters.pdf_ligatures import mend_ligatures
from jazari_rag.adapters.pdf_repairs import Places, repaired
from jazari_rag.adapters.pdf_superscript import raise_footnotes
from jazari_rag.adapters.pdf_table import Table
from jazari_rag.domain import MarkKind

FOOTNOTE_MARK = "footnote marks"
READING_ORDER = "reading order"

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


def piece_places(text: str) -> Iterator[tuple[int, int]]:
    """What PDFium takes for the lines of a text."""
    start = 0
    for found in _LINE_END.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def is_right_to_left(piece: str, before: bool) -> bool:
    """Whether most words are; a line of signs alone goes on as the line before it."""
    right, left = len(_RIGHT.findall(piece)), len(_LEFT.findall(piece))
    return right >= left if right or left else before


class Piece:
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

    def halves(self, gutter: float) -> tuple[Piece | None, Piece | None]:
        """What stands on the left of a gutter, and what on its right; the first of them has the repairs of both."""
        left, right = (self._half(parts) for parts in halves(self.parts(), gutter))
        if left and right:
            right._mended = Counter()
        return left, right

    def _half(self, parts: list[Part]) -> Piece | None:
        if all(part.kind == "space" for part in parts):
            return None
        half = copy(self)
        half._left_over = parts
        half.right_to_left = is_right_to_left("".join(part.text for part in parts), self.right_to_left)
        return half

    def lines(self, by: Turned) -> Iterator[Line]:
        """One line, none if all of it stands in tables, or more where PDFium joined them: at a hyphen, or close by."""
        turned = by if self.right_to_left else None
        if self._left_over is not None:
            found = rows(self._left_over)
            read = [row_text(row, turned) for row in found if any(part.kind != "space" for part in row)]
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
