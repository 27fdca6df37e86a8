"""From what a reader read to passages: judge the pages, find the language, mark what repeats, split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jazari_rag.config import PassageSizes
from jazari_rag.domain import (
    GARBAGE,
    GARBAGE_DIGITS,
    OCR,
    Mark,
    MarkKind,
    Metadata,
    Page,
    PageQuality,
    Passage,
    ReadDocument,
    Reference,
)
from jazari_rag.ingestion.digits import with_digits
from jazari_rag.languages import Languages
from jazari_rag.text.boilerplate import mark_boilerplate
from jazari_rag.text.damage import REPAIR, mend
from jazari_rag.text.facts import find_facts
from jazari_rag.text.identify import identify_document
from jazari_rag.text.keys import TEXT_KEYS, text_keys
from jazari_rag.text.outline import Outline
from jazari_rag.text.passages import document_headings, split_document

PARSING_VERSION = 5
"""Raised when the same file would be read as other pages; `text.passages` has a version of its own."""

_IDENTIFIED_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document ready to be encoded.

    Attributes:
        drawn: The numbers of the pages that have no text, and something that a person may read.
        distrusted: Those whose text is not what they show.
        mended: How many damaged words were put right.
        recognition: Names how such pages were recognised; empty where they were not.
        warnings: What the report says of it.
    """

    title: str
    language: str
    pages: int
    passages: tuple[Passage, ...]
    metadata: Metadata = field(default_factory=dict)
    drawn: tuple[int, ...] = ()
    mended: int = 0
    distrusted: tuple[int, ...] = ()
    recognition: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def unread(self) -> tuple[int, ...]:
        """The pages that recognition would tell more of."""
        return tuple(sorted((*self.drawn, *self.distrusted)))

    def without_recognition(self, advice: str) -> Parsed:
        """The same, with warnings of such pages; `advice` says how they would be recognised."""
        told = ((self.drawn, no_text_reason), (self.distrusted, distrusted_reason))
        return replace(self, warnings=tuple(reason(pages, advice) for pages, reason in told if pages))


def with_pages(read: ReadDocument, recognised: Mapping[int, Page], *, title: str = "") -> ReadDocument:
    """The document with these pages in the place of its own, and with this title if it has one.

    Of a page whose digits alone are garbage the words stay.
    """
    pages = tuple(_replaced(page, recognised.get(page.number)) for page in read.pages)
    return replace(read, pages=pages, title=title or read.title)


def _replaced(page: Page, recognised: Page | None) -> Page:
    if recognised is None:
        return page
    only_digits = GARBAGE_DIGITS in page.quality.reasons and GARBAGE not in page.quality.reasons
    return with_digits(page, recognised) if only_digits else recognised


def prepare(read: ReadDocument, languages: Languages) -> ReadDocument:
    """The document with damaged words put right, what repeats marked, and its language found."""
    read = replace(
        read, title=mend(read.title, languages).text, pages=tuple(_mended(page, languages) for page in read.pages)
    )
    sample = "\n".join(page.text for page in read.pages)[:_IDENTIFIED_CHARACTERS]
    language = identify_document(sample or read.title, languages, declared=read.language).language
    return replace(read, pages=mark_boilerplate(read.pages), language=language)


def _mended(page: Page, languages: Languages) -> Page:
    mended = mend(page.text, languages)
    if not mended.words:
        return page
    repairs = {**page.quality.repairs, REPAIR: len(mended.words)}
    marks = tuple(Mark(start, end, MarkKind.REPAIR, note=REPAIR) for start, end in mended.words)
    ordered = tuple(sorted((*page.marks, *marks), key=lambda mark: (mark.start, mark.end)))
    return replace(page, text=mended.text, marks=ordered, quality=replace(page.quality, repairs=repairs))


def parse(read: ReadDocument, document_id: str, *, sizes: PassageSizes, languages: Languages) -> Parsed:
    """Splits a prepared document; one without any text has no passages.

    What the document says of itself is part of its metadata; what its file, its row or its user says wins.
    """
    said = {**find_facts(read, languages).metadata, **read.metadata}
    if keys := text_keys(read.title, said, languages):
        said = {TEXT_KEYS: list(keys), **said}
    read = replace(read, metadata=said)
    wanted = [page for page in read.pages if page.quality.wants_recognition]
    passages = split_document(document_id, read, sizes=sizes, languages=languages, language=read.language)
    recognised = {page.number: page.quality for page in read.pages if page.quality.confidence is not None}
    marked = tuple(_said_to_be_recognised(passage, recognised) for passage in passages)
    return Parsed(
        read.title,
        read.language,
        len(read.pages),
        marked,
        read.metadata,
        drawn=tuple(page.number for page in wanted if not page.quality.has_text),
        distrusted=tuple(page.number for page in wanted if page.quality.has_text),
        mended=sum(page.quality.repairs.get(REPAIR, 0) for page in read.pages),
    )


def study(read: ReadDocument, languages: Languages) -> dict[str, object]:
    """What a person who looks at a prepared document wants to know beside its passages, as JSON types.

    Its facts with their evidence, the language of each page, and the headings of each, with their depth.
    """
    facts = find_facts(read, languages)
    spoken = [
        identify_document(page.text, languages, declared=read.language, statistics=False).language if page.text else ""
        for page in read.pages
    ]
    outline = Outline()
    headings = [
        [[head.start, head.end, outline.enter(head), head.label] for head in page]
        for page in document_headings(read.pages, languages)
    ]
    return {"facts": facts.to_dict(), "languages": spoken, "headings": headings}


def _said_to_be_recognised(passage: Passage, recognised: Mapping[int, PageQuality]) -> Passage:
    quality = recognised.get(passage.page)
    if quality is None or quality.confidence is None:
        return passage
    return replace(passage, metadata={**passage.metadata, OCR: True, "ocr_confidence": quality.confidence})


def no_passages_reason(warnings: Sequence[str]) -> str:
    """Why a document has no passages."""
    return "; ".join(warnings) or "it holds no text"


def no_text_reason(pages: Sequence[int], advice: str) -> str:
    """What to tell of pages that are drawn."""
    return f"no text on {page_ranges(pages)} (images): {advice}"


def distrusted_reason(pages: Sequence[int], advice: str) -> str:
    """What to tell of pages whose text is not what they show."""
    return f"the text of {page_ranges(pages)} cannot be trusted, it is not what the page shows: {advice}"


def page_ranges(numbers: Sequence[int]) -> str:
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
        "drawn": list(parsed.drawn),
        "mended": parsed.mended,
        "distrusted": list(parsed.distrusted),
        "passages": [
            [p.id, p.text, p.page, list(p.section), p.start, p.end, p.language, dict(p.metadata), _listed(p.references)]
            for p in parsed.passages
        ],
    }


def _listed(references: Sequence[Reference]) -> list[list[object]]:
    return [[list(one.articles), one.law, one.start, one.end] for one in references]


def _references(listed: Sequence[Any]) -> tuple[Reference, ...]:
    return tuple(Reference(tuple(articles), law, start, end) for articles, law, start, end in listed)


def parsed_from_json(document_id: str, data: Mapping[str, Any]) -> Parsed:
    """The reverse of `parsed_to_json`."""
    passages = tuple(
        Passage(key, document_id, text, page, tuple(section), start, end, language, metadata, _references(references))
        for key, text, page, section, start, end, language, metadata, references in data["passages"]
    )
    return Parsed(
        data["title"],
        data["language"],
        data["pages"],
        passages,
        data["metadata"],
        drawn=tuple(data["drawn"]),
        distrusted=tuple(data["distrusted"]),
        mended=data["mended"],
    )
