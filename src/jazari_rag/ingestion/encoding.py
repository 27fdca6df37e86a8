"""Gives passages what they are found by: a lexical vector each, and a dense one where there is an embedder."""

from __future__ import annotations

from collections.abc import Sequence

from jazari_rag.domain import IndexedPassage, Passage
from jazari_rag.errors import EmbeddingError
from jazari_rag.ports import Analyzer, Embedder
from jazari_rag.retrieval.dense import checked_vectors
from jazari_rag.retrieval.lexical import encode_passage
from jazari_rag.text.passages import index_text

_BATCH = 256


class PassageEncoder:
    """Encodes passages with their title and headings, which a question often repeats and the passage does not."""

    def __init__(self, analyzer: Analyzer, embedder: Embedder | None = None) -> None:
        self._analyzer = analyzer
        self._embedder = embedder

    @property
    def batch(self) -> int:
        """How many passages make a call to the embedder worth while."""
        return 1 if self._embedder is None else int(getattr(self._embedder, "batch", _BATCH))

    def encode(self, titled: Sequence[tuple[str, Passage]]) -> list[IndexedPassage]:
        """One for each `(document title, passage)`, in order.

        Raises:
            EmbeddingError: The embedder failed or returned vectors that cannot be used.
        """
        texts = [index_text(title, passage) for title, passage in titled]
        sparse = [
            encode_passage(self._analyzer, text, passage.language)
            for text, (_, passage) in zip(texts, titled, strict=True)
        ]
        dense = self._embed(texts)
        return [
            IndexedPassage(passage, lexical, vector)
            for (_, passage), lexical, vector in zip(titled, sparse, dense, strict=True)
        ]

    def _embed(self, texts: Sequence[str]) -> Sequence[tuple[float, ...] | None]:
        if self._embedder is None:
            return [None] * len(texts)
        try:
            vectors = self._embedder.embed_passages(texts)
        except EmbeddingError:
            raise
        except Exception as error:
            raise EmbeddingError(f"the embedder failed: {type(error).__name__}: {error}", retryable=True) from error
        checked = checked_vectors(vectors, count=len(texts), dimension=self._embedder.dimension)
        if not all(map(any, checked)):
            raise EmbeddingError("the embedder returned a vector of zeros: the passage could never be found")
        return checked
