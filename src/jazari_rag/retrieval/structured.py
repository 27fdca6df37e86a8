"""Structured queries: all translations of a word count as one term of the passage.

A word's frequency is the weighted sum of its translations', and its rarity follows from theirs (Pirkola 1998, "The
effects of query structure"; Darwish & Oard 2003, "Probabilistic structured query methods"). The engine finds
candidates by single terms; these are scored exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from jazari_rag.domain import Hit, SparseVector, VectorQuery, Where
from jazari_rag.ports import Scorer, TermSearch
from jazari_rag.retrieval.lexical import TermCounts, term_index

DEPTH = 100
"""Candidates that are scored exactly."""
LEAST_RARITY = 0.05
"""Of a word that nearly every passage has: it still tells a passage from one that lacks it."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of a question: its weight, and the terms that stand for it with theirs, both in (0, 1]."""

    weight: float
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Known:
    """A concept as an index knows it: its terms by index, and what it is worth by its rarity."""

    worth: float
    terms: Mapping[int, float]


class StructuredSearch:
    """Finds the passages that say a question's concepts, by whichever of their terms."""

    def __init__(self, store: TermSearch, depth: int = DEPTH) -> None:
        self._store = store
        self._depth = depth

    def search(self, concepts: Sequence[Concept], limit: int, where: Where, *, among: Where) -> list[Hit]:
        """The best passages that fit `where`; terms are as rare as they are in those that fit `among`."""
        indexed = _indexed(concepts)
        rarities = self._store.rarities(_terms(indexed), among)
        known = _known(indexed, rarities)
        if not known:
            return []
        return self._store.rescored(self._query(known, rarities, limit, where), _scorer(known), limit)

    async def asearch(self, concepts: Sequence[Concept], limit: int, where: Where, *, among: Where) -> list[Hit]:
        """As `search`."""
        indexed = _indexed(concepts)
        rarities = await self._store.ararities(_terms(indexed), among)
        known = _known(indexed, rarities)
        if not known:
            return []
        return await self._store.arescored(self._query(known, rarities, limit, where), _scorer(known), limit)

    def holds(self, where: Where) -> bool:
        """As `ports.TermSearch.holds`."""
        return self._store.holds(where)

    def _query(self, known: Sequence[_Known], rarities: Mapping[int, float], limit: int, where: Where) -> VectorQuery:
        """Single terms, weighed so that each counts by its concept's rarity: the engine multiplies by its own."""
        weights: dict[int, float] = {}
        for concept in known:
            for index, weight in concept.terms.items():
                weights[index] = weights.get(index, 0.0) + concept.worth * weight / rarities[index]
        indices = tuple(sorted(weights))
        vector = SparseVector(indices, tuple(weights[index] for index in indices))
        return VectorQuery(vector, max(limit, self._depth), where)


def _indexed(concepts: Iterable[Concept]) -> list[_Known]:
    """The concepts by index; a term of several is that of the one where it weighs most."""
    found = [
        _Known(item.weight, {term_index(term): weight for term, weight in item.terms.items()}) for item in concepts
    ]
    best: dict[int, float] = {}
    owner: dict[int, int] = {}
    for number, item in enumerate(found):
        for index, weight in item.terms.items():
            if item.worth * weight > best.get(index, 0.0):
                best[index], owner[index] = item.worth * weight, number
    return [
        _Known(item.worth, {index: weight for index, weight in item.terms.items() if owner.get(index) == number})
        for number, item in enumerate(found)
    ]


def _terms(concepts: Iterable[_Known]) -> list[int]:
    return sorted({index for concept in concepts for index in concept.terms})


def _known(concepts: Iterable[_Known], rarities: Mapping[int, float]) -> list[_Known]:
    """What the index has of the concepts, each worth its weight times its rarity.

    `exp(-idf)` is the share of passages that have a term, so the virtual term's is the weighted sum of these.
    """
    known = []
    for concept in concepts:
        terms = {index: weight for index, weight in concept.terms.items() if index in rarities}
        share = sum(weight * exp(-rarities[index]) for index, weight in terms.items())
        if terms:
            known.append(_Known(max(-log(share), LEAST_RARITY) * concept.worth, terms))
    return known


def _scorer(concepts: Sequence[_Known]) -> Scorer:
    """Scores a passage by what it has of the concepts."""
    owners = {index: (number, weight) for number, item in enumerate(concepts) for index, weight in item.terms.items()}
    worths = [concept.worth for concept in concepts]

    def score(vector: SparseVector) -> float:
        passage = TermCounts.of(vector, owners.keys())
        frequencies: dict[int, float] = {}
        for index in passage.weights:
            number, weight = owners[index]
            frequencies[number] = frequencies.get(number, 0.0) + weight * passage.frequency(index)
        return sum(worths[number] * passage.saturated(frequencies[number]) for number in sorted(frequencies))

    return score
