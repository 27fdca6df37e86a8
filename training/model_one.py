"""IBM Model 1 (Brown and others, 1993), vectorised: which terms of one language explain those of another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = list[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Links:
    """Every co-occurrence of a source term and a target term in a row.

    `cell` numbers the pair of terms (`source[cell]`, `target[cell]`), `slot` the target's place in its row. The
    source 0 is the NULL word, which stands in every row; source terms are counted from 1.
    """

    cell: NDArray[np.int32]
    slot: NDArray[np.int32]
    source: NDArray[np.int32]
    target: NDArray[np.int32]


def links_of(rows: Rows, n_targets: int) -> Links:
    """The links of all rows."""
    sources, targets, slots = [], [], []
    offset = 0
    for left, right in rows:
        width, height = len(left) + 1, len(right)
        sources.append(np.tile(np.array((0, *(s + 1 for s in left)), dtype=np.int64), height))
        targets.append(np.repeat(np.array(right, dtype=np.int64), width))
        slots.append(np.repeat(np.arange(offset, offset + height, dtype=np.int32), width))
        offset += height
    keys, cell = np.unique(np.concatenate(sources) * n_targets + np.concatenate(targets), return_inverse=True)
    return Links(
        cell.astype(np.int32),
        np.concatenate(slots),
        (keys // n_targets).astype(np.int32),
        (keys % n_targets).astype(np.int32),
    )


def learn(links: Links, *, rounds: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """p(target | source) and the expected count of each cell, after `rounds` rounds of expectation maximisation."""
    probability = np.ones(len(links.source))
    counts = probability
    for _ in range(rounds):
        share = probability[links.cell]
        total = np.bincount(links.slot, share)
        share /= total[links.slot]
        counts = np.bincount(links.cell, share, minlength=len(links.source))
        probability = counts / np.bincount(links.source, counts)[links.source]
    return probability, counts
