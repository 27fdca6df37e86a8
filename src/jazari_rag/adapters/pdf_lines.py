"""The lines of a PDF page by PDFium, with their sizes, ligatures put right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from ctypes import byref, c_double
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.pdf_arabic import mend_arabic
from jazari_rag.adapters.pdf_superscript import raise_footnotes

LAM_ALEF = "lam-alef"
LONGER_LIGATURE = "ligature"
FOOTNOTE_MARK = "footnote marks"

_LAM = "\u0644"
_REVERSED = re.compile(f"\u0647{_LAM}{_LAM}\u0627?|[\u0622\u0623\u0625\u0627\u0671]{_LAM}")
_LINE_END = re.compile("\r\n|\r|\n")
_HYPHEN_AT_LINE_END = re.compile("[\ufffe\x02]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, the height of its type in points (0 where unknown), and the ligatures mended in it."""

    text: str
    height: float
    mended: Mapping[str, int] = field(default_factory=dict)


def read_lines(page: Any) -> list[Line]:
    """The lines of a `pypdfium2.PdfPage` in reading order."""
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        lines: list[Line] = []
        start = 0
        for piece in _LINE_END.split(text):
            lines.extend(_line(text_page.raw, start, piece))
            start += len(piece)
            start += 2 if text[start : start + 2] == "\r\n" else 1
        return lines
    finally:
        text_page.close()


def _line(raw: Any, start: int, piece: str) -> Iterator[Line]:
    """One line, or two where PDFium joined them at a hyphen and left a mark in its place."""
    mended: Counter[str] = Counter()
    height = _height(raw, start, piece)
    piece, footnotes = raise_footnotes(raw, start, piece)
    if _REVERSED.search(piece):
        piece, mended = _mend(raw, start, piece)
    if footnotes:
        mended[FOOTNOTE_MARK] += footnotes
    *hyphenated, last = _HYPHEN_AT_LINE_END.split(piece)
    for part in hyphenated:
        yield Line(clean(part).rstrip() + "-", height)
    text, signs = mend_arabic(clean(last).strip())
    yield Line(text, height, mended + signs)


def _mend(raw: Any, start: int, piece: str) -> tuple[str, Counter[str]]:
    """Reverses letters that stand in one box: they are one glyph (lam-alef, the name of God), which PDFium reversed."""
    letters = list(piece)
    mended: Counter[str] = Counter()
    for found in _REVERSED.finditer(piece):
        at = found.start()
        size = _glyph_size(raw, pdfium.FPDFText_GetCharIndexFromTextIndex(raw, start + at), found[0])
        if size > 1:
            letters[at : at + size] = reversed(letters[at : at + size])
            mended[LAM_ALEF if size == 2 else LONGER_LIGATURE] += 1
    return "".join(letters), mended


def _glyph_size(raw: Any, index: int, letters: str) -> int:
    """How many of these letters, from the first on, share its box."""
    if index < 0 or pdfium.FPDFText_GetUnicode(raw, index) != ord(letters[0]):
        return 0
    box = _box(raw, index)
    size = 1
    while box is not None and size < len(letters) and _box(raw, index + size) == box:
        size += 1
    return size


def _box(raw: Any, index: int) -> tuple[float, float, float, float] | None:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    if not pdfium.FPDFText_GetCharBox(raw, index, byref(left), byref(right), byref(bottom), byref(top)):
        return None
    return left.value, right.value, bottom.value, top.value


def _height(raw: Any, start: int, piece: str) -> float:
    """The height of the line's type, from the font box of a letter in it."""
    for offset, char in enumerate(piece):
        if char.isalpha():
            index = pdfium.FPDFText_GetCharIndexFromTextIndex(raw, start + offset)
            rect = pdfium.FS_RECTF()
            if index < 0 or not pdfium.FPDFText_GetLooseCharBox(raw, index, byref(rect)):
                return 0.0
            return round(abs(float(rect.top) - float(rect.bottom)), 1)
    return 0.0
