"""One PDF page by PDFium: its lines with their sizes, lam-alef ligatures put right."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.domain import MarkKind, Page

LAM_ALEF = "lam-alef"

_LAM = "\u0644"
_SWAPPED = re.compile(f"[\u0622\u0623\u0625\u0627\u0671]{_LAM}")
_LINE_END = re.compile("\r\n|\r|\n")
_HYPHEN_AT_LINE_END = re.compile("[\ufffe\x02]")
_LARGER = 1.15
_LONGEST_HEADING = 160
_MOST_HEADINGS = 0.3
_ITEM = re.compile(r"\s*(?:[•▪◦●■□➢➤✓–—*·-]|\(?\d{1,2}\s?[.)°-]|\(?[a-zA-Zأ-ي]\s?[).-])\s+\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, the height of its type in points (0 where unknown), and the ligatures mended in it."""

    text: str
    height: float
    mended: int = 0


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


def page_from(lines: Sequence[Line], number: int, titles: Sequence[tuple[str, int]], by_size: bool) -> Page:
    """The page of these lines.

    Args:
        lines: From `read_lines`.
        number: From 1.
        titles: Headings that the outline promises on this page, with their levels.
        by_size: Whether lines set larger than most count as headings.
    """
    from jazari_rag.adapters.pdf_outline import match_lines

    levels = match_lines([line.text for line in lines], titles)
    if by_size:
        levels = {**_levels_by_size(lines), **levels}
    builder = PageBuilder()
    for index, line in enumerate(lines):
        if index in levels:
            builder.add(line.text, MarkKind.HEADING, level=levels[index])
        elif not line.text.strip():
            builder.paragraph_break()
        else:
            builder.add(line.text, MarkKind.ITEM if _ITEM.match(line.text) else None)
    mended = sum(line.mended for line in lines)
    return builder.page(number, engine="pdfium", repairs={LAM_ALEF: mended} if mended else None)


def opening_lines(lines: Sequence[Line]) -> list[str]:
    """What the page opens with, as candidates for a title: first what is set largest, then what comes first."""
    candidates = [line for line in lines[:30] if sum(char.isalpha() for char in line.text) >= 3]
    body = _body_height(lines)
    if not candidates:
        return []
    largest = max(line.height for line in candidates)
    runs = [_run(candidates, 0, candidates[0].height)]
    if body and largest >= _LARGER * body:
        first = next(index for index, line in enumerate(candidates) if line.height == largest)
        runs.insert(0, _run(candidates, first, max(0.8 * largest, _LARGER * body)))
    return runs


def _run(candidates: Sequence[Line], first: int, least: float) -> str:
    """The lines from `first` on that are set at least this large, up to what a title may hold."""
    joined = ""
    for line in candidates[first : first + 5]:
        if line.height < least or len(joined) + len(line.text) > 250:
            break
        joined = f"{joined} {line.text.strip()}".strip()
    return joined


def _line(raw: Any, start: int, piece: str) -> Iterator[Line]:
    """One line, or two where PDFium joined them at a hyphen and left a mark in its place."""
    mended = 0
    if _SWAPPED.search(piece):
        piece, mended = _mend(raw, start, piece)
    height = _height(raw, start, piece)
    *hyphenated, last = _HYPHEN_AT_LINE_END.split(piece)
    for part in hyphenated:
        yield Line(clean(part).rstrip() + "-", height)
    yield Line(clean(last).rstrip(), height, mended)


def _mend(raw: Any, start: int, piece: str) -> tuple[str, int]:
    """Swaps (alef, lam) into (lam, alef) where both stand in one box: they are one glyph, which PDFium reversed."""
    letters = list(piece)
    mended = 0
    for found in _SWAPPED.finditer(piece):
        at = found.start()
        first = pdfium.FPDFText_GetCharIndexFromTextIndex(raw, start + at)
        if _same_glyph(raw, first, piece[at]):
            letters[at : at + 2] = piece[at + 1], piece[at]
            mended += 1
    return "".join(letters), mended


def _same_glyph(raw: Any, index: int, alef: str) -> bool:
    if index < 0 or pdfium.FPDFText_GetUnicode(raw, index) != ord(alef):
        return False
    box = _box(raw, index)
    return box is not None and box == _box(raw, index + 1)


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


def _body_height(lines: Sequence[Line]) -> float:
    """The height that most characters have."""
    weighted = [line.height for line in lines for _ in range(len(line.text) // 10 + 1) if line.height]
    return statistics.median(weighted) if weighted else 0.0


def _levels_by_size(lines: Sequence[Line]) -> dict[int, int]:
    body = _body_height(lines)
    if not body:
        return {}
    found = {
        index: line.height
        for index, line in enumerate(lines)
        if line.height >= _LARGER * body and _may_be_heading(line.text)
    }
    if len(found) > max(3, _MOST_HEADINGS * len(lines)):
        return {}
    sizes = sorted({round(height) for height in found.values()}, reverse=True)
    return {index: min(sizes.index(round(height)) + 1, 6) for index, height in found.items()}


def _may_be_heading(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters >= 3 and len(text) <= _LONGEST_HEADING and letters > 0.4 * len(text.strip())
