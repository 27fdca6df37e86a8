"""One PDF page by PDFium: its lines with their sizes, lam-alef ligatures put right."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.adapters.pdf_arabic import mend_arabic
from jazari_rag.adapters.pdf_outline import match_lines
from jazari_rag.domain import MarkKind, Page

LAM_ALEF = "lam-alef"
LONGER_LIGATURE = "ligature"

_LAM = "\u0644"
_REVERSED = re.compile(f"\u0647{_LAM}{_LAM}\u0627?|[\u0622\u0623\u0625\u0627\u0671]{_LAM}")
_LINE_END = re.compile("\r\n|\r|\n")
_HYPHEN_AT_LINE_END = re.compile("[\ufffe\x02]")
_LARGER = 1.15
_LONGEST_HEADING = 160
_LONGEST_HEADING_LINES = 4
_SAME_SIZE = 0.88
_MOST_HEADINGS = 0.3
_STARTS_SECTION = re.compile(
    r"\s*(?:(?:livre|titre|partie|chapitre|section|sous-section|article|annexe|libro|título|capítulo|artículo|book|part"
    r"|chapter|الكتاب|القسم|الجزء|الباب|الفصل|الفرع|المادة|الملحق)\b|(?:\d{1,2}|[IVX]{1,5})\s?[.)°-])",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[•▪◦●■□➢➤✓–—*·-]|\(?\d{1,2}\s?[.)°-]|\(?[a-zA-Zأ-ي]\s?[).-])\s+\D*[^\W\d_]{2}")


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


def page_from(lines: Sequence[Line], number: int, titles: Sequence[tuple[str, int]], by_size: bool) -> Page:
    """The page of these lines.

    Args:
        lines: From `read_lines`.
        number: From 1.
        titles: Headings that the outline promises on this page, with their levels.
        by_size: Whether lines set larger than most count as headings.
    """
    levels = match_lines([line.text for line in lines], titles)
    if by_size:
        levels = {**_levels_by_size(lines), **levels}
    builder = PageBuilder()
    for level, text in _joined_headings(lines, levels):
        if level:
            builder.add(text, MarkKind.HEADING, level=level)
        elif not text.strip():
            builder.paragraph_break()
        else:
            builder.add(text, MarkKind.ITEM if _ITEM.match(text) else None)
    repairs = sum((Counter(line.mended) for line in lines), Counter())
    return builder.page(number, engine="pdfium", repairs=repairs)


def _joined_headings(lines: Sequence[Line], levels: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    """Blocks with their levels, 0 for text: neighbouring lines of one level are one heading that was wrapped."""
    waiting: list[str] = []
    waiting_level = 0
    for index, line in enumerate(lines):
        level = levels.get(index, 0)
        ends = level != waiting_level or len(waiting) == _LONGEST_HEADING_LINES
        if waiting and (ends or _STARTS_SECTION.match(line.text)):
            yield waiting_level, "\n".join(waiting)
            waiting = []
        if level:
            waiting, waiting_level = [*waiting, line.text], level
        else:
            yield 0, line.text
    if waiting:
        yield waiting_level, "\n".join(waiting)


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
    mended: Counter[str] = Counter()
    height = _height(raw, start, piece)
    if _REVERSED.search(piece):
        piece, mended = _mend(raw, start, piece)
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
    sizes: list[float] = []
    for height in sorted(found.values(), reverse=True):
        if not sizes or height < _SAME_SIZE * sizes[-1]:
            sizes.append(height)
    return {index: sum(size * _SAME_SIZE > height for size in sizes) + 1 for index, height in found.items()}


def _may_be_heading(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    goes_on = text.rstrip().endswith((";", "؛", ",", "،"))
    return letters >= 3 and len(text) <= _LONGEST_HEADING and letters > 0.4 * len(text.strip()) and not goes_on
