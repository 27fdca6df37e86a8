"""A retriever whose best hits are read again, together with the question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from jazari_rag.domain import Hit, Query
from jazari_rag.ports import Reranker, Retriever
from jazari_rag.retrieval.ranking import best_first


class RerankedRetriever:
    """Lets a reranker order the first `depth` hits of `inner`; what comes after them stays after them.

    `reads` says which questions it can read: the order of the others' hits stays.
    """

    def __init__(
        self, inner: Retriever, reranker: Reranker, depth: int, reads: Callable[[Query], bool] | None = None
    ) -> None:
        self._inner = inner
        self._reranker = reranker
        self._depth = depth
        self._reads = reads

    def retrieve(self, query: Query) -> list[Hit]:
        """The `query.limit` best.

        Raises:
            BackendError: The reranker failed.
        """
        if not self._can_read(query):
            return self._inner.retrieve(query)
        return self._reordered(query, self._inner.retrieve(self._deepened(query)))

    async def aretrieve(self, query: Query) -> list[Hit]:
        """As `retrieve`; the reranker works in a thread."""
        if not self._can_read(query):
            return await self._inner.aretrieve(query)
        hits = await self._inner.aretrieve(self._deepened(query))
        return await asyncio.to_thread(self._reordered, query, hits)

    def _can_read(self, query: Query) -> bool:
        return self._reads is None or self._reads(query)

    def _deepened(self, query: Query) -> Query:
        return replace(query, limit=max(query.limit, self._depth))

    def _reordered(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        if not hits:
            return []
        head = best_first(self._reranker.rerank(query.text, hits[: self._depth]))
        lowest = head[-1].score
        # The two scales do not compare: the rest is renumbered so that scores still fall along the list.
        rest = [replace(hit, score=lowest - rank) for rank, hit in enumerate(hits[self._depth :], start=1)]
        return [*head, *rest][: query.limit]
