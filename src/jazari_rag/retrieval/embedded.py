"""Retrieval by words and by an embedder together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jazari_rag.domain import Query
from jazari_rag.languages import Languages
from jazari_rag.ports import Embedder, PassageSearch, Retriever
from jazari_rag.retrieval.by_language import GroupRetriever, LanguageRetriever, written_as
from jazari_rag.retrieval.dense import DenseRetriever
from jazari_rag.retrieval.fused import FusedRetriever, Leg
from jazari_rag.retrieval.reranked import RerankedRetriever
from jazari_rag.retrieval.stretches import StretchEmbedder, StretchReranker
from jazari_rag.retrieval.weights import DenseWeights
from jazari_rag.text.articles import named_articles

DEPTH = 30
"""Hits whose stretches are compared."""


def embedded_retriever(
    words: Retriever, dense: Sequence[GroupRetriever], embedder: Embedder, languages: Languages, weights: DenseWeights,
    *, lexical_weight: float, candidates: int, reads: Callable[[Query], bool],
) -> Retriever:  # fmt: skip
    """What `words` and the legs of `dense_legs` find, fused; then by stretches, where the embedder knows them."""
    shares = zip(dense, (weights.within, weights.across), strict=True)
    legs = [Leg(words, lexical_weight), *(Leg(group, weight, group.judges) for group, weight in shares)]
    fused = FusedRetriever(legs, candidates)
    if weights.stretch == 0 or not isinstance(embedder, StretchEmbedder):
        return fused
    return RerankedRetriever(fused, StretchReranker(embedder, languages, weights.stretch), DEPTH, reads)


def dense_legs(
    store: PassageSearch, embedder: Embedder, languages: Languages, reads: Callable[[Query], bool]
) -> list[GroupRetriever]:
    """Retrieval by an embedder over the passages in the question's language, and over the others."""
    dense = DenseRetriever(store, embedder)
    return [LanguageRetriever(dense, languages, within=within, reads=reads) for within in (True, False)]


def questions_read(embedder: Embedder, languages: Languages) -> Callable[[Query], bool]:
    """Which questions an embedder is asked: those in its `languages`, if it says which, that name no article of law.

    Nearness knows no numbers: an article that is looked up by its number is left to the words.
    """
    served: Sequence[str] | None = getattr(embedder, "languages", None)

    def reads(query: Query) -> bool:
        readable = served is None or written_as(query.language, served, languages)
        return readable and not named_articles(query.text, languages)

    return reads
