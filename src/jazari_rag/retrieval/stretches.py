"""Hits in the order of their nearest stretch: a long passage that answers in one sentence is near in that sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import pstdev
from typing import Protocol, runtime_checkable

from jazari_rag.domain import Hit
from jazari_rag.languages import Languages
from jazari_rag.retrieval.by_language import root
from jazari_rag.retrieval.ranking import best_first
from jazari_rag.text.passages import index_text

SAME = 1e-9
"""A spread of distances that tells nothing."""


@runtime_checkable
class StretchEmbedder(Protocol):
    """An embedder that is quick enough to embed the stretches of passages when a question is asked."""

    def nearest_stretches(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Of each text, the cosine of the stretch that is nearest to the question."""
        ...


class StretchReranker:
    """Takes away from each hit as far as its nearest stretch is behind the nearest one in its language.

    One spread of these distances counts as `weight` spreads of the scores. Cosines across languages are lower than
    within one, and are not compared with them.
    """

    def __init__(self, embedder: StretchEmbedder, languages: Languages, weight: float) -> None:
        self._embedder = embedder
        self._languages = languages
        self._weight = weight

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same hits, best first."""
        texts = [index_text(hit.document.title, hit.passage) for hit in hits]
        cosines = self._embedder.nearest_stretches(question, texts)
        spoken = [root(hit.passage.language, self._languages) for hit in hits]
        best: dict[str, float] = {}
        for language, cosine in zip(spoken, cosines, strict=True):
            best[language] = max(cosine, best.get(language, -1.0))
        behind = [best[language] - cosine for language, cosine in zip(spoken, cosines, strict=True)]
        spread = pstdev(behind)
        if spread <= SAME:
            return list(hits)
        step = self._weight * (pstdev(hit.score for hit in hits) or 1.0) / spread
        return best_first(replace(hit, score=hit.score - step * far) for hit, far in zip(hits, behind, strict=True))
