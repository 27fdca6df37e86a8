"""Several retrievers as one, by a weighted sum of standardised scores.

Z-scores keep how far ahead a leg's best hit is, which ranks throw away: fused by reciprocal ranks, a weak leg makes
a strong one worse; fused by weighted z-scores it does not.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean

from jazari_rag.domain import Hit, Passage, Query
from jazari_rag.ports import Retriever
from jazari_rag.retrieval.ranking import best_first


@dataclass(frozen=True, slots=True)
class Leg:
    """One of several retrievers. A weight of 0 leaves it out.

    One that judges some passages alone (those of a language, say) takes away from each of them as far as it finds it
    behind the best of them; it lifts none over passages that it does not judge.
    """

    retriever: Retriever
    weight: float
    judges: Callable[[Query, Passage], bool] | None = None


class FusedRetriever:
    """Asks every leg, and orders what they bring by the weighted sum of their z-scores.

    Scores are on the scale of the first leg: its own, moved by what the others say.

    Args:
        legs: The first one judges all passages.
        candidates: Hits that each leg brings: its scores are standardised over these. A hit that one leg did not
            bring counts there as the worst that it did bring.
    """

    def __init__(self, legs: Sequence[Leg], candidates: int) -> None:
        self._legs = [leg for leg in legs if leg.weight > 0]
        self._candidates = candidates

    def retrieve(self, query: Query) -> list[Hit]:
        """The `query.limit` best of what the legs bring."""
        wide = self._widened(query)
        return self._fuse(query, [leg.retriever.retrieve(wide) for leg in self._legs])

    async def aretrieve(self, query: Query) -> list[Hit]:
        """As `retrieve`, the legs side by side."""
        wide = self._widened(query)
        return self._fuse(query, await asyncio.gather(*(leg.retriever.aretrieve(wide) for leg in self._legs)))

    def _widened(self, query: Query) -> Query:
        return replace(query, limit=max(query.limit, self._candidates))

    def _fuse(self, query: Query, brought: Sequence[Sequence[Hit]]) -> list[Hit]:
        found = {hit.passage.id: hit for hits in brought for hit in hits}
        standards = [_standardise(hits) for hits in brought]
        totals = {key: self._total(query, hit.passage, standards) for key, hit in found.items()}
        # Most candidates are not wanted: only those that may be are made into hits anew.
        lowest = min(heapq.nlargest(query.limit, totals.values()), default=0.0)
        wanted = [(key, total) for key, total in totals.items() if total >= lowest]
        scale = standards[0] if standards else _Standardised({}, 0.0)
        hits = (replace(found[key], score=scale.mean + scale.spread * total) for key, total in wanted)
        return best_first(hits)[: query.limit]

    def _total(self, query: Query, passage: Passage, standards: Sequence[_Standardised]) -> float:
        """In spreads of the first leg."""
        total = 0.0
        for leg, standard in zip(self._legs, standards, strict=True):
            share = leg.weight / self._legs[0].weight
            if leg.judges is None:
                total += share * standard.of(passage.id)
            elif leg.judges(query, passage):
                total += share * (standard.of(passage.id) - standard.best)
        return total


@dataclass(frozen=True, slots=True)
class _Standardised:
    """A leg's z-scores by passage id; `floor` is what a passage gets that the leg did not bring.

    `mean` and `spread` lead back to its own scale.
    """

    scores: dict[str, float]
    floor: float
    mean: float = 0.0
    spread: float = 1.0

    @property
    def best(self) -> float:
        return max(self.scores.values(), default=self.floor)

    def of(self, key: str) -> float:
        return self.scores.get(key, self.floor)


def _standardise(hits: Sequence[Hit]) -> _Standardised:
    scores = {hit.passage.id: hit.score for hit in hits}
    if not scores:
        return _Standardised({}, 0.0)
    mean = fmean(scores.values())
    spread = sqrt(fmean((score - mean) ** 2 for score in scores.values()))
    if spread <= 1e-9 * max(1.0, abs(mean)):
        # One hit, or a tie: nothing tells them apart, yet they were found and the others were not.
        return _Standardised(dict.fromkeys(scores, 1.0), 0.0, spread=abs(mean) or 1.0)
    standard = {key: (score - mean) / spread for key, score in scores.items()}
    return _Standardised(standard, min(standard.values()), mean, spread)
