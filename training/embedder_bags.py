"""Texts as bags of pieces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as pieces: those of text `i` are `pieces[starts[i]:starts[i + 1]]`."""

    pieces: NDArray[np.uint16]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, index: int) -> NDArray[np.uint16]:
        return self.pieces[self.starts[index] : self.starts[index + 1]]


@dataclass(frozen=True, slots=True)
class BagPairs:
    """Pairs of texts as pieces; `long` are those whose left and right give spans."""

    left: Bags
    right: Bags
    long: NDArray[np.int64]
