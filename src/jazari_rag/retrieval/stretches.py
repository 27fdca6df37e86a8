"""Hits in the order of their nearest stretch: a long passage that answers in one sentence is near in that sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean, pstdev
from typing import Protocol, runtime_checkable

from jazari_rag.domain import Hit
from jazari_rag.retrieval.ranking import best_first
from jazari_rag.text.passages import index_text

SAME = 1e-9
"""A spread of cosines that tells nothing."""


@runtime_checkable
class StretchEmbedder(Protocol):
    """An embedder that is quick enough to embed the stretches of passages when a question is asked."""

    def nearest_stretches(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Of each text, the cosine of the stretch that is nearest to the question."""
        ...


class StretchReranker:
    """Moves a hit by the z-score of its nearest stretch: by `weight` times the spread of the hits' scores."""

    def __init__(self, embedder: StretchEmbedder, weight: float) -> None:
        self._embedder = embedder
        self._weight = weight

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same hits, best first."""
        texts = [index_text(hit.document.title, hit.passage) for hit in hits]
        cosines = self._embedder.nearest_stretches(question, texts)
        spread = pstdev(cosines)
        if spread <= SAME:
            return list(hits)
        mean, step = fmean(cosines), self._weight * (pstdev(hit.score for hit in hits) or 1.0)
        scores = (step * (cosine - mean) / spread for cosine in cosines)
        return best_first(replace(hit, score=hit.score + more) for hit, more in zip(hits, scores, strict=True))
