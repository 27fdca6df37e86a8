"""What the library asks of its surroundings, in its own words. Implementers inherit nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

from jazari_rag.domain import (
    Document,
    DraftSentence,
    GenerationRequest,
    Hit,
    IndexedPassage,
    Query,
    ReadDocument,
    RewriteRequest,
    SparseVector,
    VectorQuery,
    Where,
)

Scorer: TypeAlias = Callable[[SparseVector], float]
"""What a passage is worth to a question, by the passage's lexical vector."""


class Reader(Protocol):
    """Turns one file of a format into pages. Runs in a child process: it may hang, bloat or crash."""

    def read(self, path: Path) -> ReadDocument:
        """The whole document.

        Raises:
            ReadError: It cannot be read; the message says why and what to do.
        """
        ...


@runtime_checkable
class Embedder(Protocol):
    """Turns texts into vectors of one space. Query and passage may differ (prompts), so there are two methods.

    One that reads few languages may say which in `languages` (their codes): questions in others are not asked of it,
    but for dialects written in the same script. One that takes single passages as fast as many says `batch = 1`.
    """

    @property
    def fingerprint(self) -> str:
        """Names the space: model, revision and whatever else changes a vector."""
        ...

    @property
    def dimension(self) -> int: ...

    def embed_queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Shape: (n_texts, dimension)."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Shape: (n_texts, dimension)."""
        ...


class PassageSearch(Protocol):
    """Finds passages of current revisions, best first, never of a deleted or replaced one (I2, I3)."""

    def search(self, query: VectorQuery) -> list[Hit]: ...

    async def asearch(self, query: VectorQuery) -> list[Hit]: ...


class TermSearch(Protocol):
    """What scoring by terms needs of a store, beside hits."""

    def rescored(self, query: VectorQuery, score: Scorer, limit: int) -> list[Hit]:
        """The best of what `PassageSearch.search` finds by a sparse vector, each scored anew by its own vector.

        Args:
            query: Finds the candidates; its `limit` is their number.
            score: Of a passage, by the vector that is stored with it.
            limit: How many of them are wanted.
        """
        ...

    async def arescored(self, query: VectorQuery, score: Scorer, limit: int) -> list[Hit]: ...

    def rarities(self, terms: Sequence[int], where: Where) -> Mapping[int, float]:
        """The IDF of terms among the passages that `where` fits: `ln((n - df + .5) / (df + .5) + 1)`.

        Deleted and replaced passages do not count. Terms of no passage are left out.
        """
        ...

    async def ararities(self, terms: Sequence[int], where: Where) -> Mapping[int, float]: ...

    def holds(self, where: Where) -> bool:
        """Whether there may be a passage that `where` fits: False only where there is none."""
        ...


class Catalog(Protocol):
    """The records of the stored documents."""

    def document(self, document_id: str) -> Document | None: ...

    def documents(self, where: Where | None = None) -> list[Document]:
        """Ordered by id. `where` filters on the document's `language` and metadata."""
        ...


class PassageStore(PassageSearch, TermSearch, Catalog, Protocol):
    """Holds documents so that a reader sees all of a revision or nothing of it.

    A writing session is `begin` … `commit`. A session that died leaves a mark; the next `begin` finds it and heals.
    """

    def begin(self) -> frozenset[str]:
        """Opens a writing session and removes what a dead one left behind.

        Returns:
            The ids of documents whose stored passages do not add up: they must be ingested again.
        """
        ...

    def replace(self, document: Document, passages: Sequence[IndexedPassage]) -> None:
        """Writes the passages, verifies them, makes `document` the current revision in one write, drops the old one.

        Raises:
            StoreError: Nothing changed for readers.
        """
        ...

    def record(self, document: Document) -> None:
        """Replaces a document's record alone; its revision's passages stay (a duplicate has none)."""
        ...

    def delete(self, document_id: str) -> None:
        """Removes the record first, then the passages. Unknown ids are no error."""
        ...

    def commit(self) -> None:
        """Makes everything durable and closes the writing session."""
        ...

    def passages(self, document_id: str) -> list[IndexedPassage]:
        """The passages of the current revision in reading order (page, then offset)."""
        ...

    def reset(self) -> None:
        """Empties the store and binds it to the fingerprint that it was opened with."""
        ...

    def close(self) -> None: ...


class Retriever(Protocol):
    """Finds passages for a question. Fusion and reranking are retrievers that wrap retrievers."""

    def retrieve(self, query: Query) -> list[Hit]: ...

    async def aretrieve(self, query: Query) -> list[Hit]: ...


class Versions(Protocol):
    """Knows which documents are one text in several languages."""

    def are_versions(self, one: Document, other: Document) -> bool:
        """Whether they are one text in two languages."""
        ...

    def version(self, document: Document, languages: Sequence[str]) -> Where | None:
        """The filter that finds the version of `document` in one of `languages`; None where none is known."""
        ...

    def others(self, document: Document) -> Sequence[Document]:
        """The stored versions of `document` in other languages, one a language."""
        ...


@runtime_checkable
class Reranker(Protocol):
    """Orders hits anew by reading question and passage together."""

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same hits, with new scores, best first."""
        ...


@runtime_checkable
class Generator(Protocol):
    """Writes an answer from the hits it is given."""

    @property
    def name(self) -> str:
        """For the trace: what spoke."""
        ...

    def generate(self, request: GenerationRequest) -> Iterable[DraftSentence]:
        """The sentences in order, as they come; empty when the hits do not answer.

        Raises:
            BackendError: The backend failed.
        """
        ...


@runtime_checkable
class TracedDrafts(Protocol):
    """Drafts that say how they came about; a generator that is made of others returns them."""

    @property
    def trace(self) -> Mapping[str, object]:
        """For the answer's trace, once they were read."""
        ...

    def __iter__(self) -> Iterator[DraftSentence]: ...


@runtime_checkable
class Rewriter(Protocol):
    """Makes a follow-up a question that stands alone; a generator may be one too."""

    def rewrite(self, request: RewriteRequest) -> str:
        """The question; it is checked before it is searched with.

        Raises:
            BackendError: The backend failed.
        """
        ...


class Analyzer(Protocol):
    """Turns text into the terms that lexical search compares."""

    @property
    def fingerprint(self) -> str: ...

    def passage_terms(self, text: str, language: str) -> Mapping[str, int]:
        """Term -> how often."""
        ...

    def query_terms(self, text: str, language: str) -> Mapping[str, float]:
        """Term -> weight in (0, 1]."""
        ...


class Progress(Protocol):
    """Told how far a long call is."""

    def __call__(self, done: int, total: int, what: str) -> None: ...
