"""`ReadDocument` as JSON: how a document leaves the process that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jazari_rag.domain import Mark, MarkKind, Page, PageQuality, ReadDocument


def to_json(document: ReadDocument) -> dict[str, object]:
    """JSON types only; marks as short lists, for there are many."""
    return {
        "title": document.title,
        "language": document.language,
        "metadata": dict(document.metadata),
        "pages": [page_to_json(page) for page in document.pages],
    }


def from_json(data: Mapping[str, Any]) -> ReadDocument:
    """The inverse of `to_json`.

    Raises:
        KeyError, TypeError, ValueError: `data` did not come from `to_json`.
    """
    pages = tuple(page_from_json(page) for page in data["pages"])
    return ReadDocument(data["title"], pages, data["language"], data["metadata"])


def page_to_json(page: Page) -> dict[str, object]:
    """As in `to_json`."""
    quality = page.quality
    return {
        "number": page.number,
        "text": page.text,
        "marks": [[mark.start, mark.end, mark.kind.value, mark.level, mark.note] for mark in page.marks],
        "quality": [quality.engine, list(quality.reasons), dict(quality.repairs), quality.confidence],
    }


def page_from_json(data: Mapping[str, Any]) -> Page:
    """The inverse of `page_to_json`."""
    marks = tuple(Mark(start, end, MarkKind(kind), level, note) for start, end, kind, level, note in data["marks"])
    engine, reasons, repairs, confidence = data["quality"]
    quality = PageQuality(engine, tuple(reasons), repairs, confidence)
    return Page(data["number"], data["text"], marks, quality)
