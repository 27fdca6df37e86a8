"""The front door: documents in, cited answers out."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, Generator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from weakref import WeakValueDictionary

from jazari_rag.answering.conversation import Conversation
from jazari_rag.assembly import LlmSpec, Parts, assemble, is_url
from jazari_rag.config import Config, load_config
from jazari_rag.domain import Answer, AnswerPart, Document, Hit, IngestReport, Metadata, Query, Turn, Where
from jazari_rag.errors import UsageError
from jazari_rag.ingestion.deletion import delete_documents
from jazari_rag.ports import Embedder, Progress, Reranker
from jazari_rag.text.identify import identify

if TYPE_CHECKING:
    from llama_index.core.base.base_query_engine import BaseQueryEngine
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding

_SEARCH_LIMIT = 10


class _Turn:
    """Whose turn it is to write to a store: a session plans by what it found there, so two take turns."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


_writing: WeakValueDictionary[str, _Turn] = WeakValueDictionary()
_registry = threading.Lock()


class Assistant:
    """Ingests documents into a store and answers questions from them, with citations.

    Open one with `Assistant.open` or `Assistant.from_config` and close it, best by a `with` statement. Questions may
    come from several threads; ingestions run one at a time, also those of several assistants on one store. Every verb
    has an async twin (`aask`, `aingest` …).
    """

    def __init__(self, parts: Parts, *, location: str | Path = "") -> None:
        self._parts = parts
        key = str(location) if is_url(location) else os.path.realpath(location)
        with _registry:
            self._writing = _writing.setdefault(key, _Turn())

    @classmethod
    def open(
        cls,
        location: str | Path,
        *,
        config: Config | None = None,
        embedder: str | Embedder | BaseEmbedding | None = None,
        reranker: str | Reranker | None = None,
        llm: LlmSpec | Sequence[LlmSpec] | None = None,
        rebuild: bool = False,
    ) -> Self:
        """Opens a store, or makes it.

        Args:
            location: A folder (embedded engine), or the http(s) URL of a Qdrant server.
            config: Settings; the offline preset when left out.
            embedder: `"builtin"`, a sentence-transformers name or folder, a llama-index `BaseEmbedding`, an `Embedder`,
                or `"none"` for words alone; what the settings say when left out.
            reranker: A CrossEncoder's name or folder, or a `Reranker`.
            llm: `"extractive"`, `"BACKEND:MODEL"`, a llama-index `LLM`, or a `Generator`; or several of them, of which
                the next one writes where the one before failed (extractive is always the last).
            rebuild: Empty the store first, whatever made it; ingest everything again afterwards.

        Raises:
            ConfigurationError: A name is not known, or an optional package is absent.
            StoreLockedError: Another process has the folder open.
            StoreMismatchError: The store was made with another embedder, text analysis or passage size.
            StoreError: The store cannot be opened.
        """
        parts = assemble(location, config or Config(), embedder=embedder, reranker=reranker, llm=llm, rebuild=rebuild)
        return cls(parts, location=location)

    @classmethod
    def from_config(cls, path: str | Path, *, rebuild: bool = False) -> Self:
        """Opens what a TOML file says.

        Raises:
            ConfigurationError: The file is missing, malformed, or holds an unknown key.
        """
        config = load_config(path)
        return cls.open(config.location, config=config, rebuild=rebuild)

    def ingest(
        self,
        *paths: str | Path,
        metadata: Metadata | None = None,
        prune: bool = False,
        allow_empty: bool = False,
        progress: Progress | None = None,
    ) -> IngestReport:
        """Brings the store in line with files; what did not change costs nothing.

        Args:
            paths: Files and folders. A `.jsonl` holds a document a line.
            metadata: Kept with every document of this call, for `where`; it wins over what the files say.
            prune: Delete the documents of these paths whose source is gone (else they are counted `missing`).
            allow_empty: Let `prune` delete everything of an empty or unreadable path.
            progress: Called as `progress(done, total, source)`.

        Returns:
            What became of every input. A file that cannot be read is a line of it, not an exception.

        Raises:
            UsageError: No path, a path that does not exist, or a doubtful `prune`.
            StoreError: The store itself is out of reach.
        """
        if not paths:
            raise UsageError("ingest needs at least one path")
        with self._writing.lock:
            return self._parts.ingestion.run(
                paths, metadata=metadata, prune=prune, allow_empty=allow_empty, progress=progress
            )

    def ask(
        self, question: str, *, language: str | None = None, where: Where | None = None, limit: int | None = None
    ) -> Answer:
        """Answers a question, or says in the citizen's language why not (`Answer.status`).

        Args:
            question: As the citizen typed it.
            language: A BCP 47 code, if the portal knows it; found from the question otherwise.
            where: Only passages with this metadata (a list means any of its values).
            limit: Passages to look at.
        """
        return self._parts.answerer.answer(question, language=language, where=where, limit=limit)

    def stream(
        self, question: str, *, language: str | None = None, where: Where | None = None, limit: int | None = None
    ) -> Generator[AnswerPart | Answer]:
        """As `ask`: verified sentences as they come, and last the whole `Answer`."""
        return self._parts.answerer.stream(question, language=language, where=where, limit=limit)

    def search(
        self, query: str, *, limit: int = _SEARCH_LIMIT, language: str | None = None, where: Where | None = None
    ) -> list[Hit]:
        """The passages that fit best, best first."""
        return self._parts.retriever.retrieve(self._query(query, limit, language, where))

    def delete(self, document_id: str | None = None, *, where: Where | None = None) -> int:
        """Deletes a document, or all that `where` fits; returns how many.

        A duplicate of a deleted document takes over its passages.

        Raises:
            UsageError: Neither was given: nothing is deleted.
        """
        if document_id is None and not where:
            raise UsageError("delete needs a document id or a `where`: nothing was deleted")
        with self._writing.lock:
            return delete_documents(self._parts.store, document_id, where=where)

    def documents(self, where: Where | None = None) -> list[Document]:
        """What is stored, ordered by id; a duplicate is listed with the id of its original."""
        return self._parts.store.documents(where)

    def chat(
        self, *, language: str | None = None, where: Where | None = None, history: Sequence[Turn] = ()
    ) -> Conversation:
        """A conversation: follow-up questions are understood from what came before.

        Args:
            language: Of every question, if the portal knows it; found from each otherwise.
            where: Only passages with this metadata.
            history: What was said before (`Conversation.history`), to go on with a conversation elsewhere.
        """
        return Conversation(self._parts.answerer, language=language, where=where, history=history)

    def identify(self, text: str) -> str:
        """The language of a question, as a BCP 47 code."""
        return identify(text, self._parts.languages).language

    async def aingest(
        self,
        *paths: str | Path,
        metadata: Metadata | None = None,
        prune: bool = False,
        allow_empty: bool = False,
        progress: Progress | None = None,
    ) -> IngestReport:
        """As `ingest`, in a thread."""
        return await asyncio.to_thread(
            self.ingest, *paths, metadata=metadata, prune=prune, allow_empty=allow_empty, progress=progress
        )

    async def aask(
        self, question: str, *, language: str | None = None, where: Where | None = None, limit: int | None = None
    ) -> Answer:
        """As `ask`."""
        return await self._parts.answerer.aanswer(question, language=language, where=where, limit=limit)

    def astream(
        self, question: str, *, language: str | None = None, where: Where | None = None, limit: int | None = None
    ) -> AsyncGenerator[AnswerPart | Answer]:
        """As `stream`."""
        return self._parts.answerer.astream(question, language=language, where=where, limit=limit)

    async def asearch(
        self, query: str, *, limit: int = _SEARCH_LIMIT, language: str | None = None, where: Where | None = None
    ) -> list[Hit]:
        """As `search`."""
        return await self._parts.retriever.aretrieve(self._query(query, limit, language, where))

    async def adelete(self, document_id: str | None = None, *, where: Where | None = None) -> int:
        """As `delete`, in a thread."""
        return await asyncio.to_thread(self.delete, document_id, where=where)

    async def adocuments(self, where: Where | None = None) -> list[Document]:
        """As `documents`, in a thread."""
        return await asyncio.to_thread(self.documents, where)

    def as_retriever(self, *, limit: int = _SEARCH_LIMIT, where: Where | None = None) -> BaseRetriever:
        """A llama-index retriever over `search`."""
        from jazari_rag.adapters.llama_index_objects import JazariRetriever

        return JazariRetriever(
            lambda text: self.search(text, limit=limit, where=where),
            lambda text: self.asearch(text, limit=limit, where=where),
        )

    def as_query_engine(self, *, language: str | None = None, where: Where | None = None) -> BaseQueryEngine:
        """A llama-index query engine over `ask`; its response carries our citations."""
        from jazari_rag.adapters.llama_index_objects import JazariQueryEngine

        return JazariQueryEngine(
            lambda text: self.ask(text, language=language, where=where),
            lambda text: self.aask(text, language=language, where=where),
        )

    def close(self) -> None:
        """Closes the store; closing twice is no error."""
        self._parts.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _query(self, text: str, limit: int, language: str | None, where: Where | None) -> Query:
        if limit < 1:
            raise UsageError(f"limit must be at least 1, not {limit}")
        languages = self._parts.languages
        code = languages.normalise_code(language) if language else identify(text, languages).language
        return Query(text, code, limit, where or {})
