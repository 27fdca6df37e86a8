"""A document as it was read: pages, what is marked on them, and how far their text can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jazari_rag.domain.value import Metadata, Value


class MarkKind(StrEnum):
    """What a reader knows of a stretch of a page."""

    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    BOILERPLATE = "boilerplate"
    HIDDEN = "hidden"
    REPAIR = "repair"
    """A word that was damaged and put right."""


@dataclass(frozen=True, slots=True)
class Mark(Value):
    """`page.text[start:end]` is of this kind; `level` counts from 1 for headings (1 is the highest).

    `note` says what was mended in a repair, by the names that `PageQuality.repairs` counts.
    """

    start: int
    end: int
    kind: MarkKind
    level: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class PageQuality(Value):
    """How a page was read: by which engine, what is wrong with it, and what was mended, with counts."""

    engine: str = ""
    reasons: tuple[str, ...] = ()
    repairs: Mapping[str, int] = field(default_factory=dict)
    confidence: float | None = None
    """Of the recognition (OCR), in 0-100, as the engine sees it; None where the file holds the text itself."""

    @property
    def has_text(self) -> bool:
        return NO_TEXT not in self.reasons

    @property
    def is_trusted(self) -> bool:
        """Whether nothing is known to be wrong with the text; a page without any is not at fault if it is blank."""
        return not self.reasons or BLANK in self.reasons

    @property
    def wants_recognition(self) -> bool:
        """Whether a person would read more on the page than the file states."""
        return any(reason in self.reasons for reason in (IMAGE_ONLY, GARBAGE, GARBAGE_DIGITS))


NO_TEXT = "no text"
GARBAGE = "garbage text layer"
"""The letters that the file states are not those that the page shows."""
GARBAGE_DIGITS = "garbage digits"
"""The same of the digits alone; each is shown as U+FFFD, for a wrong number is worse than none."""
UNMAPPED = "letters without a name"
"""Some glyphs of the page are not named by the file: words lack letters."""
LAM_ALEF_SWAPPED = "lam-alef swapped"
PRESENTATION_FORMS = "presentation forms"
VISUAL_ORDER = "visual order"
MIXED_COLUMNS = "mixed columns"
"""Two columns may have been read across, line by line."""
GLUED_DIGITS = "letters glued to digits"
IMAGE_ONLY = "only drawn"
"""With `NO_TEXT`: something is drawn that a person may be able to read."""
OCR = "ocr"
"""In the metadata of a passage: its text was recognised."""
BLANK = "blank"
"""With `NO_TEXT`: nothing is drawn either, so nothing is missing."""


@dataclass(frozen=True, slots=True)
class Page(Value):
    """A page as it was read. A format without pages has one page, number 1 (a workbook: one a sheet)."""

    number: int
    text: str
    marks: tuple[Mark, ...] = ()
    quality: PageQuality = field(default_factory=PageQuality)


@dataclass(frozen=True, slots=True)
class ReadDocument(Value):
    """What a reader makes of one file or row."""

    title: str
    pages: tuple[Page, ...]
    language: str = ""
    """What the file says of itself (`<html lang>`, a row's `lang`); empty when it says nothing."""
    metadata: Metadata = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section(Value):
    """`page.text[start:end]` is a heading, `level` deep in the document's outline, 1 the highest."""

    start: int
    end: int
    level: int
    label: str
