"""Retrieval by the nearness of meaning: the cosine of embeddings."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from functools import lru_cache

from jazari_rag.domain import Hit, Query, VectorQuery
from jazari_rag.errors import EmbeddingError
from jazari_rag.ports import Embedder, PassageSearch
from jazari_rag.retrieval.ranking import best_first


class DenseRetriever:
    """Finds passages whose embedding is near the question's."""

    def __init__(self, store: PassageSearch, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder
        self._vector = lru_cache(maxsize=64)(self._embedded)
        """A question is asked of several groups of passages: it is embedded once."""

    def retrieve(self, query: Query) -> list[Hit]:
        """The `query.limit` best; none for a question that the embedder knows nothing of (a zero vector).

        Raises:
            EmbeddingError: The embedder failed, or its vector cannot be searched with.
        """
        wanted = self._wanted(query)
        return best_first(self._store.search(wanted)) if wanted else []

    async def aretrieve(self, query: Query) -> list[Hit]:
        """As `retrieve`; the embedder works in a thread."""
        wanted = await asyncio.to_thread(self._wanted, query)
        return best_first(await self._store.asearch(wanted)) if wanted else []

    def _wanted(self, query: Query) -> VectorQuery | None:
        if not query.text.strip():
            return None
        vector = self._vector(query.text)
        return VectorQuery(vector, query.limit, query.where) if any(vector) else None

    def _embedded(self, text: str) -> tuple[float, ...]:
        vectors = self._embedder.embed_queries([text])
        return checked_vectors(vectors, count=1, dimension=self._embedder.dimension)[0]


def checked_vectors(vectors: Sequence[Sequence[float]], *, count: int, dimension: int) -> list[tuple[float, ...]]:
    """The vectors as tuples of floats, proven to have the right shape and no NaN: engines accept both in silence.

    Raises:
        EmbeddingError: Another number of vectors, another dimension, NaN or infinity.
    """
    if len(vectors) != count:
        raise EmbeddingError(f"the embedder returned {len(vectors)} vectors for {count} texts")
    return [_checked(vector, dimension) for vector in vectors]


def _checked(vector: Sequence[float], dimension: int) -> tuple[float, ...]:
    values = tuple(map(float, vector))
    if len(values) != dimension:
        raise EmbeddingError(f"the embedder returned a vector of {len(values)} numbers, and says it makes {dimension}")
    if not all(map(math.isfinite, values)):
        raise EmbeddingError("the embedder returned NaN or infinity: its model is damaged, or wants more precision")
    return values
