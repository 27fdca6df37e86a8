"""Reads plain text in any common encoding."""

from __future__ import annotations

from pathlib import Path

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.encodings import decode
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.adapters.titles import first_title
from jazari_rag.domain import ReadDocument
from jazari_rag.errors import LimitExceededError


class PlainTextReader:
    """Text as it is; a form feed starts a page. The title is the first line, else the file's stem."""

    def __init__(self, *, max_pages: int = 2000) -> None:
        self._max_pages = max_pages

    def read(self, path: Path) -> ReadDocument:
        """The whole document.

        Raises:
            ReadError: It is binary, or has more pages than allowed.
        """
        text, encoding = decode(path.read_bytes())
        sheets = text.rstrip("\f\n\r ").split("\f")
        if len(sheets) > self._max_pages:
            message = f"{len(sheets)} pages are more than limits.pages ({self._max_pages}); split the file or raise it"
            raise LimitExceededError(message, limit="limits.pages")
        pages = []
        for number, sheet in enumerate(sheets, start=1):
            builder = PageBuilder()
            builder.add(clean(sheet).strip("\n"))
            pages.append(builder.page(number, engine=f"text ({encoding})"))
        lines = (line for page in pages for line in page.text.split("\n")[:20])
        return ReadDocument(first_title(lines, path.stem), tuple(pages))
