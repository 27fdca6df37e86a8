"""The nouns of the library: frozen values on the standard library alone.

Offsets are characters into a page's text, pages count from 1, language codes are BCP 47.
Every public value has `to_dict()` (JSON-ready) and an HTML `repr` for notebooks, escaped, with `lang` and `dir` set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum, StrEnum
from html import escape
from typing import TypeAlias

MetadataValue: TypeAlias = str | int | float | bool | Sequence[str]
Metadata: TypeAlias = Mapping[str, MetadataValue]
Where: TypeAlias = Mapping[str, MetadataValue]
"""A filter: every key must hold; a list means any of its values."""

RTL_LANGUAGES = frozenset({"ar", "ary", "arz", "fa", "he", "ur"})


def direction(language: str) -> str:
    """`rtl` or `ltr`, as the HTML attribute wants it."""
    primary, _, script = language.partition("-")
    return "rtl" if primary in RTL_LANGUAGES and script != "Latn" else "ltr"


def jsonable(value: object) -> object:
    """`value` as JSON types: dataclasses become dictionaries, tuples become lists."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: jsonable(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [jsonable(item) for item in value]
    return value


class _Value:
    """What every public noun can do."""

    __slots__ = ()

    def to_dict(self) -> dict[str, object]:
        """The value as JSON types, a key a field."""
        return {f.name: jsonable(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]


def _html(text: str, language: str, tag: str = "p") -> str:
    lines = "<br>".join(escape(line) for line in text.split("\n"))
    return f'<{tag} lang="{escape(language, quote=True)}" dir="{direction(language)}">{lines}</{tag}>'


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
class Mark(_Value):
    """`page.text[start:end]` is of this kind; `level` counts from 1 for headings (1 is the highest)."""

    start: int
    end: int
    kind: MarkKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class PageQuality(_Value):
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
GLUED_DIGITS = "letters glued to digits"
IMAGE_ONLY = "only drawn"
"""With `NO_TEXT`: something is drawn that a person may be able to read."""
OCR = "ocr"
"""In the metadata of a passage: its text was recognised."""
BLANK = "blank"
"""With `NO_TEXT`: nothing is drawn either, so nothing is missing."""


@dataclass(frozen=True, slots=True)
class Page(_Value):
    """A page as it was read. A format without pages has one page, number 1 (a workbook: one a sheet)."""

    number: int
    text: str
    marks: tuple[Mark, ...] = ()
    quality: PageQuality = field(default_factory=PageQuality)


@dataclass(frozen=True, slots=True)
class ReadDocument(_Value):
    """What a reader makes of one file or row."""

    title: str
    pages: tuple[Page, ...]
    language: str = ""
    """What the file says of itself (`<html lang>`, a row's `lang`); empty when it says nothing."""
    metadata: Metadata = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section(_Value):
    """`page.text[start:end]` is a heading, `level` deep in the document's outline, 1 the highest."""

    start: int
    end: int
    level: int
    label: str


@dataclass(frozen=True, slots=True)
class Fact(_Value):
    """Something that a document says of itself: `evidence` stands at `start:end` of a page, or of its title (page 0).

    `confidence` is in [0, 1].
    """

    value: str
    evidence: str
    page: int
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class DocumentFacts(_Value):
    """What a document is, as far as it says so.

    Attributes:
        kind: "law", "dahir", "decree", "order", "circular", "procedure", "form", "faq" …
        reference: Its number, as printed ("2-04-422").
        dates: Its own, ISO 8601; one of the Hijri calendar begins with "AH".
        jurisdiction: An ISO 3166 country.
    """

    title: Fact | None = None
    kind: Fact | None = None
    reference: Fact | None = None
    dates: tuple[Fact, ...] = ()
    authority: Fact | None = None
    jurisdiction: Fact | None = None

    @property
    def metadata(self) -> Metadata:
        """What is sure enough to be filtered by."""
        named = {"kind": self.kind, "reference": self.reference, "authority": self.authority}
        sure = {key: fact for key, fact in {**named, "jurisdiction": self.jurisdiction}.items() if fact is not None}
        dates = [fact.value for fact in self.dates if fact.confidence >= SURE]
        found: dict[str, MetadataValue] = {key: fact.value for key, fact in sure.items() if fact.confidence >= SURE}
        return {**found, "dates": dates} if dates else found


SURE = 0.7
"""Confidence from which a fact is kept with a document."""


@dataclass(frozen=True, slots=True)
class Reference(_Value):
    """Articles that a text names at `page.text[start:end]`.

    `articles` are in one form for all languages ("12-bis"), a run by its first and its last, as `first..last`; `law`
    is the text that they are of, as printed, "" for the one that names them.
    """

    articles: tuple[str, ...]
    law: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage(_Value):
    """A stretch of one page that is retrieved and quoted: `page.text[start:end] == text`."""

    id: str
    document_id: str
    text: str
    page: int
    section: tuple[str, ...]
    """The headings above it, the highest first."""
    start: int
    end: int
    language: str
    metadata: Metadata = field(default_factory=dict)
    references: tuple[Reference, ...] = ()

    def _repr_html_(self) -> str:
        head = " › ".join((f"p. {self.page}", *self.section))
        return _html(head, self.language, "small") + _html(self.text, self.language, "blockquote")


@dataclass(frozen=True, slots=True)
class Document(_Value):
    """A document of the store: the one record that says which revision is current."""

    id: str
    title: str
    source: str
    """A path relative to what was ingested, or what the row's `source` says."""
    language: str
    revision: str
    metadata: Metadata = field(default_factory=dict)
    passages: int = 0
    pages: int = 0
    duplicate_of: str | None = None
    digest: str = ""
    """Of the bytes (a file) or the title, text and language (a row)."""
    fingerprint: str = ""
    """Of everything that made this revision: content, metadata, and the way it was read and cut."""
    root: str = ""
    """What was ingested, as an absolute path: `prune` removes the documents of a root whose source is gone."""
    location: str = ""
    """The file on the ingesting machine, as an absolute path."""

    @property
    def url(self) -> str | None:
        """Where a citizen can open it, if somebody said so (`url` in its metadata, or a source that is one)."""
        for candidate in (self.metadata.get("url"), self.source):
            if isinstance(candidate, str) and candidate.startswith(("http://", "https://")):
                return candidate
        return None


@dataclass(frozen=True, slots=True)
class Hit(_Value):
    """A passage that was found. Scores order the hits of one search; they do not compare across searches."""

    passage: Passage
    score: float
    document: Document

    def _repr_html_(self) -> str:
        return _html(f"{self.document.title} ({self.score:.3f})", self.document.language, "b") + (
            self.passage._repr_html_()
        )


@dataclass(frozen=True, slots=True)
class SparseVector(_Value):
    """A bag of weighted terms: `indices` are unsigned 32-bit, unique; `values` finite, as many."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Candidate(_Value):
    """A hit with the lexical vector that it was found by, to be scored anew."""

    hit: Hit
    vector: SparseVector


@dataclass(frozen=True, slots=True)
class IndexedPassage(_Value):
    """A passage with what it is found by. `dense` has the embedder's dimension, or is None without one."""

    passage: Passage
    sparse: SparseVector
    dense: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class VectorQuery(_Value):
    """A question to the store: the `limit` best passages by dot product (sparse, with IDF) or cosine (dense)."""

    vector: SparseVector | tuple[float, ...]
    limit: int
    where: Where = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Query(_Value):
    """A question to a retriever; `language` as it was identified."""

    text: str
    language: str
    limit: int = 10
    where: Where = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn(_Value):
    """One exchange of a conversation.

    Attributes:
        searched: The question as it was understood, with what it took from those before.
        language: The question's.
        status: The answer's, where there was one.
        offered: The procedures among which the citizen was asked to choose.
        documents: The ids of those that the answer cites.
    """

    question: str
    answer: str
    searched: str = ""
    language: str = ""
    status: AnswerStatus | None = None
    offered: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def understood(self) -> str:
        return self.searched or self.question


@dataclass(frozen=True, slots=True)
class RewriteRequest(_Value):
    """A follow-up, to be made a question that can be understood alone; `seconds` is what there is for it."""

    question: str
    language: str
    history: tuple[Turn, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class GenerationRequest(_Value):
    """What a generator is given: the evidence is `hits`, best first; a sentence cites them by position from 0."""

    question: str
    language: str
    """The question's."""
    hits: tuple[Hit, ...]
    history: tuple[Turn, ...] = ()
    max_words: int = 120
    answer_language: str = ""
    """The one to write in; the question's where it is empty."""
    reminded: bool = False
    """Whether it was written in another language before, and is asked for once more."""
    seconds: float | None = None
    """What is left of the time for the whole answer; None where nobody set one."""

    @property
    def written_in(self) -> str:
        return self.answer_language or self.language


@dataclass(frozen=True, slots=True)
class DraftSentence(_Value):
    """A sentence (or a whole list item or table row) that a generator proposes; nothing of it is trusted yet."""

    text: str
    cites: tuple[int, ...]
    """Positions in `GenerationRequest.hits`, from 0. Positions that do not exist are dropped by verification."""
    breaks_line: bool = False
    """Whether it starts a line of its own (list items, table rows)."""


class AnswerStatus(StrEnum):
    """What became of a question. A portal branches on this; no status is an exception."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NO_EVIDENCE = "no_evidence"
    CLARIFICATION_NEEDED = "clarification_needed"
    OUT_OF_SCOPE = "out_of_scope"
    UNSAFE_INPUT = "unsafe_input"
    BACKEND_FAILED = "backend_failed"


@dataclass(frozen=True, slots=True)
class Citation(_Value):
    """Where a statement stands: `quote` is verbatim, at `start:end` of the page's text."""

    marker: int
    document_id: str
    title: str
    source: str
    url: str | None
    page: int
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    language: str
    revision: str
    passage_id: str = ""
    recognised: bool = False
    """Whether the quote was read off an image (OCR): a letter may be wrong."""

    def __str__(self) -> str:
        quote = " ".join(self.quote.split())
        place = f"{self.title}, p. {self.page}" if self.page else self.title
        place += " (OCR)" if self.recognised else ""
        return f"[{self.marker}] {place}, « {quote} » ({self.url or self.source})"

    def _repr_html_(self) -> str:
        ocr = " (OCR)" if self.recognised else ""
        head = f"[{self.marker}] {self.title}, p. {self.page}{ocr} ({self.url or self.source})"
        return _html(head, self.language, "small") + _html(self.quote, self.language, "blockquote")


@dataclass(frozen=True, slots=True)
class Choice(_Value):
    """A procedure that a question may be about, to be offered to the citizen: by its title, as a button, say."""

    document_id: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Answer(_Value):
    """What a citizen is shown, and what a portal needs to decide how.

    `confidence` is in [0, 1]; `contact` is the office to turn to, from the configuration; `trace` says what was
    done (language found, retrieval, which generator spoke, what verification removed). `choices` are the procedures
    that a question fits alike, where its status is `CLARIFICATION_NEEDED`.
    """

    status: AnswerStatus
    text: str
    language: str
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    contact: str | None = None
    trace: Mapping[str, object] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        cited = "".join(citation._repr_html_() for citation in self.citations)
        return _html(self.text, self.language) + cited


@dataclass(frozen=True, slots=True)
class AnswerPart(_Value):
    """A verified sentence of an answer that is still being written."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure(_Value):
    """An input, or a page of it, that could not be ingested; `page` is None when it is the whole of it."""

    source: str
    reason: str
    page: int | None = None
    retryable: bool = False

    def __str__(self) -> str:
        place = self.source if self.page is None else f"{self.source}, p. {self.page}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class IngestReport(_Value):
    """Every input, accounted for: `inputs == added + updated + unchanged + duplicates + failed`.

    `missing` documents are stored but their source is gone; `deleted` ones were, and `prune` removed them.
    `warnings` are pages of ingested documents that have no text, say.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    failed: int = 0
    missing: int = 0
    deleted: int = 0
    passages: int = 0
    """Passages written by this run."""
    mended: int = 0
    """Damaged words that were put right in them."""
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()
    warnings: tuple[Failure, ...] = ()
    missing_ids: tuple[str, ...] = ()

    @property
    def inputs(self) -> int:
        return self.added + self.updated + self.unchanged + self.duplicates + self.failed

    def __str__(self) -> str:
        parts = [f"{self.added} added", f"{self.updated} updated", f"{self.unchanged} unchanged"]
        optional = ("duplicates", "missing", "deleted")
        parts += [f"{getattr(self, name)} {name}" for name in optional if getattr(self, name)]
        return ", ".join([*parts, f"{self.failed} failed"])

    def _repr_html_(self) -> str:
        rows = "".join(f"<li>{escape(str(failure))}</li>" for failure in (*self.failures, *self.warnings))
        return f"<p>{escape(str(self))}</p>" + (f"<ul>{rows}</ul>" if rows else "")
