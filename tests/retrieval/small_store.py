"""A store, an analyzer and an embedder in a few lines each, exact and slow."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jazari_rag.domain import Document, Hit, Passage, SparseVector, VectorQuery, Where
from jazari_rag.ports import Scorer
from jazari_rag.retrieval.lexical import encode_passage


def passage(text: str, *, document: str = "a", page: int = 1, start: int = 0) -> Passage:
    return Passage(f"{document}-{page}-{start}", document, text, page, (), start, start + len(text), "en")


def hit(text: str, score: float, *, document: str = "a", page: int = 1, start: int = 0) -> Hit:
    found = passage(text, document=document, page=page, start=start)
    return Hit(found, score, Document(document, document, document, "en", "1"))


class WordAnalyzer:
    """Words as they stand; a question's word weighs 1."""

    fingerprint = "words"

    def passage_terms(self, text: str, language: str) -> Mapping[str, int]:
        return Counter(text.lower().split())

    def query_terms(self, text: str, language: str) -> Mapping[str, float]:
        return dict.fromkeys(text.lower().split(), 1.0)


class LetterEmbedder:
    """How often each of a few letters stands in a text."""

    letters = "abcde"
    fingerprint = "letters"
    dimension = len(letters)

    def embed_queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [[float(text.count(letter)) for letter in self.letters] for text in texts]

    embed_passages = embed_queries


class SmallStore:
    """Searches a list by brute force, with the engine's IDF."""

    def __init__(self, *passages: Passage) -> None:
        self.asked: list[VectorQuery] = []
        self._passages = passages
        self._sparse = [encode_passage(WordAnalyzer(), item.text, item.language) for item in passages]
        self._dense = LetterEmbedder().embed_passages([item.text for item in passages])

    def search(self, query: VectorQuery) -> list[Hit]:
        self.asked.append(query)
        score = self._bm25 if isinstance(query.vector, SparseVector) else self._cosine
        scored = [(score(query.vector, number), item) for number, item in enumerate(self._passages)]
        best = sorted(scored, key=lambda pair: -pair[0])[: query.limit]
        found = [(value, item) for value, item in best if value > 0]
        return [Hit(item, value, Document(item.document_id, "", "", "en", "1")) for value, item in found]

    async def asearch(self, query: VectorQuery) -> list[Hit]:
        return self.search(query)

    def rescored(self, query: VectorQuery, score: Scorer, limit: int) -> list[Hit]:
        vectors = {item.id: sparse for item, sparse in zip(self._passages, self._sparse, strict=True)}
        found = [replace(hit, score=score(vectors[hit.passage.id])) for hit in self.search(query)]
        return sorted(found, key=lambda hit: -hit.score)[:limit]

    async def arescored(self, query: VectorQuery, score: Scorer, limit: int) -> list[Hit]:
        return self.rescored(query, score, limit)

    def rarities(self, terms: Sequence[int], where: Where) -> Mapping[int, float]:
        return {term: self._idf(term) for term in terms if any(term in sparse.indices for sparse in self._sparse)}

    async def ararities(self, terms: Sequence[int], where: Where) -> Mapping[int, float]:
        return self.rarities(terms, where)

    def holds(self, where: Where) -> bool:
        return bool(self._sparse)

    def _bm25(self, vector: SparseVector, number: int) -> float:
        stored = dict(zip(self._sparse[number].indices, self._sparse[number].values, strict=True))
        pairs = zip(vector.indices, vector.values, strict=True)
        return sum(weight * self._idf(index) * stored.get(index, 0.0) for index, weight in pairs)

    def _idf(self, index: int) -> float:
        having = sum(index in sparse.indices for sparse in self._sparse)
        return math.log((len(self._sparse) - having + 0.5) / (having + 0.5) + 1)

    def _cosine(self, vector: Sequence[float], number: int) -> float:
        other = self._dense[number]
        lengths = math.hypot(*vector) * math.hypot(*other)
        return sum(a * b for a, b in zip(vector, other, strict=True)) / lengths if lengths else 0.0
