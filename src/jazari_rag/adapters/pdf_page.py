"""A page from the lines of a PDF: headings joined, items marked; and the lines that may be its title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.adapters.pdf_headings import LARGER, body_height
from jazari_rag.adapters.pdf_lines import Sheet
from jazari_rag.adapters.pdf_piece import Line
from jazari_rag.domain import MarkKind, Page

_LONGEST_HEADING_LINES = 4
_STARTS_SECTION = re.compile(
    r"\s*(?:(?:livre|titre|partie|chapitre|section|sous-section|article|annexe|libro|título|capítulo|artículo|book|part"
    r"|chapter|الكتاب|القسم|الجزء|الباب|الفصل|الفرع|المادة|الملحق)\b|(?:\d{1,2}|[IVX]{1,5})\s?[.)°-])",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[•▪◦●■□➢➤✓–—*·-]|\(?\d{1,2}\s?[.)°-]|\(?[a-zA-Zأ-ي]\s?[).-])\s+\D*[^\W\d_]{2}")


def page_from(sheet: Sheet, number: int, levels: Mapping[int, int]) -> Page:
    """The page of these lines.

    Args:
        sheet: From `read_sheet`.
        number: From 1.
        levels: The lines that are headings, with their levels.
    """
    builder = PageBuilder()
    for level, lines in _joined_headings(sheet.lines, levels):
        text = "\n".join(line.text for line in lines)
        if not text.strip():
            builder.paragraph_break()
            continue
        kind = MarkKind.HEADING if level else lines[0].kind or (MarkKind.ITEM if _ITEM.match(text) else None)
        start = builder.add(text, kind, level=level)
        for line in lines:
            for first, end in line.repaired:
                builder.mark_repair(start + first, start + end, ", ".join(line.mended))
            start += len(line.text) + 1
    repairs = sum((Counter(line.mended) for line in sheet.lines), Counter(sheet.mended))
    return builder.page(number, engine="pdfium", reasons=sheet.reasons, repairs=repairs)


def _joined_headings(lines: Sequence[Line], levels: Mapping[int, int]) -> Iterator[tuple[int, list[Line]]]:
    """Blocks with their levels (0: text): neighbouring lines of one level are one wrapped heading."""
    waiting: list[Line] = []
    waiting_level = 0
    for index, line in enumerate(lines):
        level = 0 if line.kind else levels.get(index, 0)
        ends = level != waiting_level or len(waiting) == _LONGEST_HEADING_LINES
        if waiting and (ends or _STARTS_SECTION.match(line.text)):
            yield waiting_level, waiting
            waiting = []
        if level:
            waiting, waiting_level = [*waiting, line], level
        else:
            yield 0, [line]
    if waiting:
        yield waiting_level, waiting


def opening_lines(lines: Sequence[Line]) -> list[str]:
    """What the page opens with, as candidates for a title: first what is set largest, then what comes first."""
    candidates = [line for line in lines[:30] if sum(char.isalpha() for char in line.text) >= 3]
    body = body_height(lines)
    if not candidates:
        return []
    largest = max(line.height for line in candidates)
    runs = [_run(candidates, 0, candidates[0].height)]
    if body and largest >= LARGER * body:
        first = next(index for index, line in enumerate(candidates) if line.height == largest)
        runs.insert(0, _run(candidates, first, max(0.8 * largest, LARGER * body)))
    return runs


def _run(candidates: Sequence[Line], first: int, least: float) -> str:
    """The lines from `first` on that are set at least this large, up to what a title may hold."""
    joined = ""
    for line in candidates[first : first + 5]:
        if line.height < least or len(joined) + len(line.text) > 250:
            break
        joined = f"{joined} {line.text.strip()}".strip()
    return joined
