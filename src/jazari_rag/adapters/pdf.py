"""Reads PDF: PDFium for text, pypdf where PDFium fails.

PDFium also gives the metadata and the outline: it has the file open, and knows every encryption by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from jazari_rag.adapters.pdf_cut_numbers import join_cut_numbers
from jazari_rag.adapters.pdf_cut_words import CutWords
from jazari_rag.adapters.pdf_fallback import read_page, read_pages, wants_password
from jazari_rag.adapters.pdf_headings import levels_by_size
from jazari_rag.adapters.pdf_judge import judged, without_garbage_digits
from jazari_rag.adapters.pdf_lines import Sheet, read_sheet
from jazari_rag.adapters.pdf_numbers import NumberOrder
from jazari_rag.adapters.pdf_outline import OutlineEntry, by_page, match_lines
from jazari_rag.adapters.pdf_page import opening_lines, page_from
from jazari_rag.adapters.pdf_render import is_blank
from jazari_rag.adapters.pdf_table import Heads
from jazari_rag.adapters.titles import cut_title, first_title, sensible_title
from jazari_rag.domain import BLANK, IMAGE_ONLY, Metadata, Page, ReadDocument
from jazari_rag.errors import EncryptedError, LimitExceededError, ReadError

_DEEPEST_OUTLINE = 6
_MOST_OUTLINE_ENTRIES = 5000


class PdfReader:
    """One page a page. Headings come from the outline where it has any, else from lines set larger than the text.

    Args:
        max_pages: A longer document is refused.
    """

    def __init__(self, *, max_pages: int = 2000) -> None:
        self._max_pages = max_pages

    def read(self, path: Path) -> ReadDocument:
        """The whole document; a page that is only an image is marked `NO_TEXT`.

        Raises:
            EncryptedError: It wants a password (an empty one is tried).
            LimitExceededError: It has more than `max_pages` pages.
            ReadError: Neither engine can open it.
        """
        try:
            document = pypdfium2.PdfDocument(path.read_bytes())
        except pypdfium2.PdfiumError as error:
            return self._second_opinion(path, error)
        try:
            return self._read(document, path)
        finally:
            document.close()

    def _read(self, document: Any, path: Path) -> ReadDocument:
        count = len(document)
        if count == 0:
            raise ReadError("the PDF has no pages")
        self._check(count)
        outline = by_page(_outline(document))
        metadata = document.get_metadata_dict(skip_empty=True)
        turned = NumberOrder(by_rule=not _set_by_eye(metadata))
        sheets = _with_whole_words(_sheets(document, path, turned))
        by_size = levels_by_size([[] if outline or isinstance(sheet, Page) else sheet.lines for sheet in sheets])
        pages = tuple(
            sheet if isinstance(sheet, Page) else page_from(sheet, number, _promised(sheet, number, outline) or levels)
            for number, (sheet, levels) in enumerate(zip(sheets, by_size, strict=True), start=1)
        )
        pages = without_garbage_digits(pages)
        pages = tuple(judged(page, path) if page.text else _without_text(document, page) for page in pages)
        return ReadDocument(_title(metadata.get("Title"), sheets[0], path.stem), pages, metadata=_facts(metadata))

    def _second_opinion(self, path: Path, error: Exception) -> ReadDocument:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or wants_password(path):
            raise EncryptedError("the PDF wants a password: save it without one, and ingest it again") from None
        title, pages = read_pages(path, self._check)
        return ReadDocument(_title(title, pages[0], path.stem), tuple(pages))

    def _check(self, count: int) -> None:
        if count > self._max_pages:
            message = f"{count} pages are more than limits.pages ({self._max_pages}): split the file or raise the limit"
            raise LimitExceededError(message, limit="limits.pages")


def _sheets(document: Any, path: Path, turned: NumberOrder) -> list[Sheet | Page]:
    """The pages in their order: a table may go on over several."""
    sheets: list[Sheet | Page] = []
    heads: Heads | None = None
    for index in range(len(document)):
        sheet = _sheet(document, index, path, turned, heads)
        heads = sheet.heads if isinstance(sheet, Sheet) else None
        sheets.append(sheet)
    return sheets


def _sheet(document: Any, index: int, path: Path, turned: NumberOrder, before: Heads | None) -> Sheet | Page:
    """The page by PDFium, or by pypdf where PDFium gives up."""
    try:
        page = document[index]
        try:
            sheet = read_sheet(page, turned, before)
            return replace(sheet, lines=join_cut_numbers(sheet.lines))
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return read_page(path, index + 1)


def _with_whole_words(sheets: Sequence[Sheet | Page]) -> list[Sheet | Page]:
    words = CutWords(sheet.lines for sheet in sheets if isinstance(sheet, Sheet))
    return [replace(sheet, lines=words.join(sheet.lines)) if isinstance(sheet, Sheet) else sheet for sheet in sheets]


def _promised(sheet: Sheet, number: int, outline: Mapping[int, Sequence[tuple[str, int]]]) -> dict[int, int]:
    """The lines of a page that the outline names, with their levels."""
    return match_lines([line.text for line in sheet.lines], outline.get(number, ()))


def _without_text(document: Any, page: Page) -> Page:
    """The page with what is known of it besides that it has no text."""
    try:
        drawn = not is_blank(document, page.number)
    except pypdfium2.PdfiumError:
        return page
    quality = replace(page.quality, reasons=(*page.quality.reasons, IMAGE_ONLY if drawn else BLANK))
    return replace(page, quality=quality)


def _outline(document: Any) -> Iterator[OutlineEntry]:
    try:
        for count, bookmark in enumerate(document.get_toc(max_depth=_DEEPEST_OUTLINE)):
            destination = bookmark.get_dest()
            index = destination.get_index() if destination else None
            if index is not None and count < _MOST_OUTLINE_ENTRIES:
                yield OutlineEntry(bookmark.get_title(), bookmark.level + 1, index + 1)
    except (pypdfium2.PdfiumError, ValueError):
        return


def _title(stated: str | None, first_page: Sheet | Page, fallback: str) -> str:
    if isinstance(first_page, Page):
        lines = first_page.text.split("\n")[:15]
    else:
        lines = [*opening_lines(first_page.lines), *(line.text for line in first_page.lines[:15])]
    title = sensible_title(stated)
    return cut_title(title) if title else first_title(lines, fallback)


def _set_by_eye(metadata: dict[str, str]) -> bool:
    """Whether a word processor made the file, in which authors look at what they write."""
    return "word" in f"{metadata.get('Creator', '')} {metadata.get('Producer', '')}".casefold()


def _facts(metadata: dict[str, str]) -> Metadata:
    """The author and subject are worth filtering by; producers and dates of files are not."""
    return {key.lower(): metadata[key] for key in ("Subject", "Keywords") if metadata.get(key, "").strip()}
