"""From what a reader read to passages: judge the pages, find the language, mark what repeats, split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from jazari_rag.config import PassageSizes
from jazari_rag.domain import Metadata, Passage, ReadDocument
from jazari_rag.errors import ReadError
from jazari_rag.languages import Languages
from jazari_rag.text.boilerplate import mark_boilerplate
from jazari_rag.text.identify import identify_document
from jazari_rag.text.passages import split_document

PARSING_VERSION = 1
"""Raised when the same file would be read as other pages; `text.passages` has a version of its own."""

_IDENTIFIED_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document ready to be encoded. `textless` are the numbers of the pages that are images."""

    title: str
    language: str
    pages: int
    passages: tuple[Passage, ...]
    metadata: Metadata = field(default_factory=dict)
    textless: tuple[int, ...] = ()


def prepare(read: ReadDocument, languages: Languages) -> ReadDocument:
    """The document with what repeats marked and its language found."""
    sample = "\n".join(page.text for page in read.pages)[:_IDENTIFIED_CHARACTERS]
    language = identify_document(sample or read.title, languages, declared=read.language).language
    return replace(read, pages=mark_boilerplate(read.pages), language=language)


def parse(read: ReadDocument, document_id: str, *, sizes: PassageSizes, languages: Languages) -> Parsed:
    """Splits a prepared document.

    Raises:
        ReadError: There is no text in it; the message names the pages.
    """
    textless = tuple(page.number for page in read.pages if not page.quality.has_text)
    passages = split_document(document_id, read, sizes=sizes, languages=languages, language=read.language)
    if not passages:
        raise ReadError(no_text_reason(textless) if textless else "it holds no text")
    return Parsed(read.title, read.language, len(read.pages), passages, read.metadata, textless)


def no_text_reason(pages: tuple[int, ...]) -> str:
    """What to tell of pages that are images."""
    return f"no text on {page_ranges(pages)} (images): have them recognised (OCR) and ingest again"


def page_ranges(numbers: tuple[int, ...]) -> str:
    """`(1, 2, 3, 7)` as `pages 1-3, 7`."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"


def parsed_to_json(parsed: Parsed) -> dict[str, object]:
    """`parsed` as JSON types; a passage as a list, to keep a long document's message short."""
    return {
        "title": parsed.title,
        "language": parsed.language,
        "pages": parsed.pages,
        "metadata": dict(parsed.metadata),
        "textless": list(parsed.textless),
        "passages": [
            [p.id, p.text, p.page, list(p.section), p.start, p.end, p.language, dict(p.metadata)]
            for p in parsed.passages
        ],
    }


def parsed_from_json(document_id: str, data: Mapping[str, Any]) -> Parsed:
    """The reverse of `parsed_to_json`."""
    passages = tuple(
        Passage(key, document_id, text, page, tuple(section), start, end, language, metadata)
        for key, text, page, section, start, end, language, metadata in data["passages"]
    )
    return Parsed(data["title"], data["language"], data["pages"], passages, data["metadata"], tuple(data["textless"]))
