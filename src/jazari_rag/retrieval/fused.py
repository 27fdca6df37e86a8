"""Several retrievers as one, by a weighted sum of standardised scores.

Z-scores keep how far ahead a leg's best hit is, which ranks throw away: fused by reciprocal ranks, a weak leg makes
a strong one worse; fused by weighted z-scores it does not.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean

from jazari_rag.domain import Hit, Query
from jazari_rag.ports import Retriever
from jazari_rag.retrieval.ranking import best_first


class FusedRetriever:
    """Asks every leg, and orders what they bring by the weighted sum of their z-scores.

    Scores are on the scale of the first leg: its own, moved by what the others say.

    Args:
        legs: A retriever and its weight each; a weight of 0 leaves the leg out.
        candidates: Hits that each leg brings: its scores are standardised over these. A hit that one leg did not
            bring counts there as the worst that it did bring.
    """

    def __init__(self, legs: Sequence[tuple[Retriever, float]], candidates: int) -> None:
        self._legs = [(retriever, weight) for retriever, weight in legs if weight > 0]
        self._candidates = candidates

    def retrieve(self, query: Query) -> list[Hit]:
        """The `query.limit` best of what the legs bring."""
        wide = self._widened(query)
        return self._fuse([retriever.retrieve(wide) for retriever, _ in self._legs], query.limit)

    async def aretrieve(self, query: Query) -> list[Hit]:
        """As `retrieve`, the legs side by side."""
        wide = self._widened(query)
        brought = await asyncio.gather(*(retriever.aretrieve(wide) for retriever, _ in self._legs))
        return self._fuse(brought, query.limit)

    def _widened(self, query: Query) -> Query:
        return replace(query, limit=max(query.limit, self._candidates))

    def _fuse(self, brought: Sequence[Sequence[Hit]], limit: int) -> list[Hit]:
        found = {hit.passage.id: hit for hits in brought for hit in hits}
        standards = [_standardise(hits) for hits in brought]
        shares = [weight / self._legs[0][1] for _, weight in self._legs]
        totals = {key: _total(key, standards, shares) for key in found}
        # Most candidates are not wanted: only those that may be are made into hits anew.
        lowest = min(heapq.nlargest(limit, totals.values()), default=0.0)
        wanted = [(key, total) for key, total in totals.items() if total >= lowest]
        scale = standards[0] if standards else _Standardised({}, 0.0)
        return best_first(replace(found[key], score=scale.mean + scale.spread * total) for key, total in wanted)[:limit]


@dataclass(frozen=True, slots=True)
class _Standardised:
    """A leg's z-scores by passage id; `floor` is what a passage gets that the leg did not bring.

    `mean` and `spread` lead back to its own scale.
    """

    scores: dict[str, float]
    floor: float
    mean: float = 0.0
    spread: float = 1.0


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


def _total(key: str, legs: Sequence[_Standardised], shares: Sequence[float]) -> float:
    return sum(share * leg.scores.get(key, leg.floor) for leg, share in zip(legs, shares, strict=True))
