"""What is stored and found: documents, their passages, hits."""

from __future__ import annotations

from dataclasses import dataclass, field

from jazari_rag.domain.value import Metadata, Value, html_of


@dataclass(frozen=True, slots=True)
class Reference(Value):
    """Articles that a text names at `page.text[start:end]`.

    `articles` are in one form for all languages ("12-bis"), a run by its first and its last, as `first..last`; `law`
    is the text that they are of, as printed, "" for the one that names them.
    """

    articles: tuple[str, ...]
    law: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage(Value):
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
        return html_of(head, self.language, "small") + html_of(self.text, self.language, "blockquote")


@dataclass(frozen=True, slots=True)
class Document(Value):
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
class Hit(Value):
    """A passage that was found. Scores order the hits of one search; they do not compare across searches."""

    passage: Passage
    score: float
    document: Document

    def _repr_html_(self) -> str:
        return html_of(f"{self.document.title} ({self.score:.3f})", self.document.language, "b") + (
            self.passage._repr_html_()
        )
