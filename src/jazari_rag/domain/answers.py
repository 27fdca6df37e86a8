"""What a generator is given and proposes, and what a citizen is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jazari_rag.domain.passages import Hit
from jazari_rag.domain.value import Value, html_of


@dataclass(frozen=True, slots=True)
class Turn(Value):
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
class RewriteRequest(Value):
    """A follow-up, to be made a question that can be understood alone; `seconds` is what there is for it."""

    question: str
    language: str
    history: tuple[Turn, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class GenerationRequest(Value):
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
class DraftSentence(Value):
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
class OtherVersion(Value):
    """A document of the collection that is the cited one in another language, to be offered beside the citation."""

    document_id: str
    title: str
    source: str
    url: str | None
    language: str

    def __str__(self) -> str:
        return f"{self.language}: {self.title} ({self.url or self.source})"


@dataclass(frozen=True, slots=True)
class Citation(Value):
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
    versions: tuple[OtherVersion, ...] = ()
    """The same text in other languages."""

    def __str__(self) -> str:
        quote = " ".join(self.quote.split())
        place = f"{self.title}, p. {self.page}" if self.page else self.title
        place += " (OCR)" if self.recognised else ""
        others = "".join(f"; {version}" for version in self.versions)
        return f"[{self.marker}] {place}, « {quote} » ({self.url or self.source}){others}"

    def _repr_html_(self) -> str:
        ocr = " (OCR)" if self.recognised else ""
        head = f"[{self.marker}] {self.title}, p. {self.page}{ocr} ({self.url or self.source})"
        others = "".join(html_of(str(version), version.language, "small") for version in self.versions)
        return html_of(head, self.language, "small") + html_of(self.quote, self.language, "blockquote") + others


@dataclass(frozen=True, slots=True)
class Choice(Value):
    """A procedure that a question may be about, to be offered to the citizen: by its title, as a button, say."""

    document_id: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Answer(Value):
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
        return html_of(self.text, self.language) + cited


@dataclass(frozen=True, slots=True)
class AnswerPart(Value):
    """A verified sentence of an answer that is still being written."""

    text: str
    citations: tuple[Citation, ...] = ()
