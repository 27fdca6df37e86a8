"""Texts as bags of pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as pieces: those of text `i` are `pieces[starts[i]:starts[i + 1]]`."""

    pieces: NDArray[np.uint16]
    starts: NDArray[np.int64]

    @classmethod
    def joined(cls, bags: Sequence[Bags]) -> Bags:
        """All texts of several in a row."""
        lengths = np.concatenate([np.diff(some.starts) for some in bags])
        return cls(np.concatenate([some.pieces for some in bags]), _starts(lengths))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Pieces of each text."""
        return np.diff(self.starts)

    def chosen(self, rows: NDArray[np.int64]) -> Bags:
        """Some of the texts, in the order asked for."""
        return self.windows(rows, np.zeros_like(rows), self.lengths[rows])

    def windows(self, rows: NDArray[np.int64], skipped: NDArray[np.int64], lengths: NDArray[np.int64]) -> Bags:
        """Of each text asked for, `lengths` pieces in a row after those `skipped`."""
        starts = _starts(lengths)
        places = np.arange(starts[-1]) + np.repeat(self.starts[rows] + skipped - starts[:-1], lengths)
        return Bags(self.pieces[places], starts)


@dataclass(frozen=True, slots=True)
class BagPairs:
    """Pairs of texts of one kind as pieces."""

    left: Bags
    right: Bags

    def __len__(self) -> int:
        return len(self.left)


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
