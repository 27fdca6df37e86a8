"""How the pieces' vectors are learnt: texts that belong together are drawn together, and apart from the others.

A text's vector is the sum of its pieces', at length 1; the loss is the cross-entropy of a softmax over the batch, in
both directions (van den Oord and others, 2018, "InfoNCE"); its gradient is written out, and each step moves only the
vectors of the pieces that it met (lazy Adam: Kingma & Ba, 2015, without decay of what was not met).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from embedder_bags import Bags
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

SCALE = 12.0
"""Of the cosines, before the softmax."""
DROPOUT = 0.1
"""Share of a text's pieces that a step leaves out."""
MOMENTS = (0.9, 0.99)
TINY = 1e-8


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts that belong together by position."""

    left: Bags
    right: Bags


class Descent:
    """Learns `weights` in place. Shape: (pieces, dimension)."""

    def __init__(self, weights: NDArray[np.float32], random: np.random.Generator) -> None:
        self.weights = weights
        self._random = random
        self._first = np.zeros_like(weights)
        self._second = np.zeros_like(weights)
        self._steps = 0

    def step(self, batch: Batch, rate: float) -> float:
        """One step; returns the loss, in nats a text."""
        kept = [self._kept(bags) for bags in (batch.left, batch.right)]
        loss, met, gradient = loss_and_gradient(self.weights, batch, kept)
        self._steps += 1
        short, long = MOMENTS
        first = self._first[met] * short + (1 - short) * gradient
        second = self._second[met] * long + (1 - long) * gradient**2
        self._first[met], self._second[met] = first, second
        corrected = rate * (1 - long**self._steps) ** 0.5 / (1 - short**self._steps)
        self.weights[met] -= corrected * first / (np.sqrt(second) + TINY)
        return loss

    def _kept(self, bags: Bags) -> NDArray[np.float32]:
        """Nearly 0 for a piece that is left out, so that no text is empty."""
        return (self._random.random(len(bags.pieces), dtype=np.float32) >= DROPOUT).astype(np.float32) + 1e-6


def loss_and_gradient(
    weights: NDArray[Any], batch: Batch, kept: Sequence[NDArray[Any]]
) -> tuple[float, NDArray[np.int64], NDArray[Any]]:
    """The loss, the pieces met, and its slopes by their vectors. Shape: (met, dimension)."""
    sides = [
        csr_matrix((share, bags.pieces.astype(np.int32), bags.starts), shape=(len(bags), len(weights)))
        for share, bags in zip(kept, (batch.left, batch.right), strict=True)
    ]
    (one, one_lengths), (other, other_lengths) = (_vectors(counts, weights) for counts in sides)
    loss, slopes = _softmax_loss(one @ other.T, _alike(batch))
    toward_one = _through_length(SCALE * (slopes @ other), one, one_lengths)
    toward_other = _through_length(SCALE * (slopes.T @ one), other, other_lengths)
    both = vstack(sides).tocsr()
    met, places = np.unique(both.indices, return_inverse=True)
    renamed = csr_matrix((both.data, places.astype(np.int32), both.indptr), shape=(both.shape[0], len(met)))
    return loss, met, renamed.T @ np.concatenate([toward_one, toward_other])


def _vectors(counts: csr_matrix, weights: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Each text's vector, and its length before it was brought to 1."""
    summed = counts @ weights
    lengths = np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), TINY)
    return summed / lengths, lengths


def _softmax_loss(cosines: NDArray[Any], alike: NDArray[np.bool_]) -> tuple[float, NDArray[Any]]:
    """The loss, and its slopes by the scaled cosines. Shape: (n, n) each."""
    raised = np.exp(SCALE * (cosines - 1))
    raised[alike] = 0
    by_left, by_right = raised.sum(axis=1, keepdims=True), raised.sum(axis=0, keepdims=True)
    wanted = np.diagonal(cosines)
    loss = float(np.mean((np.log(by_left).ravel() + np.log(by_right).ravel()) / 2 - SCALE * (wanted - 1)))
    slopes = raised * (1 / by_left + 1 / by_right)
    slopes[np.diag_indices(len(cosines))] -= 2
    return loss, slopes / slopes.dtype.type(2 * len(cosines))


def _through_length(slopes: NDArray[Any], vectors: NDArray[Any], lengths: NDArray[Any]) -> NDArray[Any]:
    """The slopes by a vector before it was brought to length 1."""
    along: NDArray[Any] = np.einsum("ij,ij->i", slopes, vectors)[:, None]
    return (slopes - vectors * along) / lengths


def _alike(batch: Batch) -> NDArray[np.bool_]:
    """Which pairs share a text: they are no wrong answers of each other. Shape: (n, n), the diagonal False."""
    alike = np.zeros((len(batch.left), len(batch.left)), dtype=bool)
    for bags in (batch.left, batch.right):
        _, names = np.unique(_hashes(bags), return_inverse=True)
        order = np.argsort(names, kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(names[order])) + 1)
        for group in groups:
            if len(group) > 1:
                alike[np.ix_(group, group)] = True
    np.fill_diagonal(alike, val=False)
    return alike


def _hashes(bags: Bags) -> NDArray[np.uint64]:
    """A number a bag that does not depend on the order of its pieces."""
    random = np.random.default_rng(0).integers(1, 2**63, 2**16, dtype=np.uint64)
    sums: NDArray[np.uint64] = np.add.reduceat(random[bags.pieces], bags.starts[:-1])
    return sums
