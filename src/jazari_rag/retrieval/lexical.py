"""BM25 by sparse vectors: a passage carries its terms' saturated frequencies, the engine multiplies by IDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from jazari_rag.domain import Hit, Query, SparseVector, VectorQuery
from jazari_rag.ports import Analyzer, PassageSearch
from jazari_rag.retrieval.ranking import best_first
from jazari_rag.text.analyse import TITLE_MARK

VERSION = 3
"""Part of the fingerprint of an index: raise it when the vector of a passage changes."""
K1 = 1.2
"""How slowly a repeated term saturates (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework", 3.4.3)."""
B = 0.75
"""How much a long passage is held against its terms, in [0, 1]; same source."""
AVERAGE_TERMS = 100.0
"""Terms of a typical passage (measured: 115-130 in French and English, 190 in Arabic, whose words make two terms).

Fixed, so that a vector does not depend on what else is stored. From 100 to 170, results change by about a point.
"""


ONCE = "§§"
_MOST = K1 + 1 - 1e-3
"""No term of a passage weighs more."""


def encode_passage(analyzer: Analyzer, text: str, language: str) -> SparseVector:
    """The passage's side of BM25: `tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average))` a word.

    A term of the title says what the passage is, however long it is: its weight is 1. `ONCE` is no term: it keeps
    what a term weighs that stands once, so that frequencies can be read back.
    """
    counts = analyzer.passage_terms(text, language)
    length = sum(tf for term, tf in counts.items() if not term.startswith(TITLE_MARK))
    norm = K1 * (1 - B + B * length / AVERAGE_TERMS)
    weights = [
        (term, 1.0 if term.startswith(TITLE_MARK) else tf * (K1 + 1) / (tf + norm))
        for term, tf in counts.items()
        if tf > 0
    ]
    return sparse_vector([*weights, (ONCE, (K1 + 1) / (1 + norm))] if weights else [])


@dataclass(frozen=True, slots=True)
class TermCounts:
    """A passage's vector read back: how often terms stand there, and how its length holds them down.

    `weights` are those of the terms that were asked for, by index.
    """

    weights: Mapping[int, float]
    norm: float

    @classmethod
    def of(cls, vector: SparseVector, terms: Set[int]) -> TermCounts:
        """What `encode_passage` returned says of these terms."""
        known = dict(zip(vector.indices, vector.values, strict=True))
        weights = {index: known[index] for index in known.keys() & terms}
        once = known.get(_ONCE, 1.0)
        return cls(weights, (K1 + 1) / once - 1)

    def frequency(self, index: int) -> float:
        """How often the term stands in the passage."""
        weight = min(self.weights.get(index, 0.0), _MOST)  # two terms of one index add up
        return weight * self.norm / (K1 + 1 - weight)

    def saturated(self, frequency: float) -> float:
        """What a term weighs that stands so often in the passage."""
        return frequency * (K1 + 1) / (frequency + self.norm)


def encode_query(analyzer: Analyzer, text: str, language: str) -> SparseVector:
    """The question's side of BM25: the weight of each term, as the analyzer gives it."""
    return sparse_vector(analyzer.query_terms(text, language).items())


class LexicalRetriever:
    """Finds passages that share terms with the question."""

    def __init__(self, store: PassageSearch, analyzer: Analyzer) -> None:
        self._store = store
        self._analyzer = analyzer

    def retrieve(self, query: Query) -> list[Hit]:
        """The `query.limit` best; none for a question without terms."""
        wanted = self._wanted(query)
        return best_first(self._store.search(wanted)) if wanted else []

    async def aretrieve(self, query: Query) -> list[Hit]:
        """As `retrieve`."""
        wanted = self._wanted(query)
        return best_first(await self._store.asearch(wanted)) if wanted else []

    def _wanted(self, query: Query) -> VectorQuery | None:
        vector = encode_query(self._analyzer, query.text, query.language)
        return VectorQuery(vector, query.limit, query.where) if vector.indices else None


def sparse_vector(weights: Iterable[tuple[str, float]]) -> SparseVector:
    """The weights by term index; those of one index are added up."""
    totals: dict[int, float] = {}
    for term, weight in weights:
        index = term_index(term)
        totals[index] = totals.get(index, 0.0) + weight
    indices = tuple(sorted(totals))
    return SparseVector(indices, tuple(totals[index] for index in indices))


@lru_cache(maxsize=200_000)
def term_index(term: str) -> int:
    """The term's place in a sparse vector, in [0, 2**32): the same in every process and version."""
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")


_ONCE = term_index(ONCE)
