"""What each step of the embedder's training compares: texts of one kind, told apart by what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from embedder_bags import BagPairs, Bags
from embedder_descent import Batch
from numpy.typing import NDArray

KINDS = (("translations", 0.5), ("headings", 0.3), ("spans", 0.2))
"""Shares of the steps."""
ROOT = 0.5
"""Power of a group's number of rows that says how often it is drawn: small groups oftener than their size says."""
HOME = ("law ar-fr", 3.0)
"""The law of Morocco in both its languages is drawn so many times oftener: citizens ask about such text."""
SPAN = (4, 16)
"""Pieces of a span that is to find its text: as many as a short question has."""
LONG = 24
"""Pieces from which a text gives spans."""
WITHIN = 0.4
"""Share of the batches of spans whose text is in the span's own language."""


class Batches:
    """Draws batches from pairs by name; the group "headings" is a kind of its own, the others are translations."""

    def __init__(self, pairs: Sequence[tuple[str, BagPairs]], size: int, random: np.random.Generator) -> None:
        self._headings = next(item for name, item in pairs if name == "headings")
        named = [(name, item) for name, item in pairs if name != "headings"]
        self._translations = [item for _, item in named]
        self._long = [_long_rows(item) for item in self._translations]
        self._shares = _shares([name for name, _ in named], [len(item) for item in self._translations])
        self._long_shares = _shares([name for name, _ in named], [len(rows) for rows in self._long])
        self._size = size
        self._random = random

    def __iter__(self) -> Iterator[Batch]:
        kinds, shares = zip(*KINDS, strict=True)
        while True:
            kind = kinds[self._random.choice(len(kinds), p=shares)]
            if kind == "spans":
                yield self._spans()
            elif kind == "headings":
                yield self._whole(self._headings)
            else:
                group = self._random.choice(len(self._translations), p=self._shares)
                yield self._whole(self._translations[group])

    def _whole(self, item: BagPairs) -> Batch:
        rows = self._drawn(np.arange(len(item)))
        return Batch(item.left.chosen(rows), item.right.chosen(rows))

    def _spans(self) -> Batch:
        group = self._random.choice(len(self._translations), p=self._long_shares)
        item, rows = self._translations[group], self._drawn(self._long[group])
        sides = (item.left, item.right)
        one = self._random.integers(2)
        other = one if self._random.random() < WITHIN else 1 - one
        return Batch(self._windows(sides[one], rows), sides[other].chosen(rows))

    def _windows(self, bags: Bags, rows: NDArray[np.int64]) -> Bags:
        lengths = np.minimum(bags.lengths[rows], self._random.integers(*SPAN, size=len(rows)))
        skipped = (self._random.random(len(rows)) * (bags.lengths[rows] - lengths + 1)).astype(np.int64)
        return bags.windows(rows, skipped, lengths)

    def _drawn(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        return self._random.choice(rows, min(self._size, len(rows)), replace=False)


def _long_rows(item: BagPairs) -> NDArray[np.int64]:
    return np.flatnonzero((item.left.lengths >= LONG) & (item.right.lengths >= LONG))


def _shares(names: Sequence[str], sizes: Sequence[int]) -> NDArray[np.float64]:
    home, times = HOME
    weights = np.array([size**ROOT * (times if name == home else 1.0) for name, size in zip(names, sizes, strict=True)])
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares
