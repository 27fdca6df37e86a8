"""Where the embedder starts from: cross-language latent semantic indexing (Dumais and others, 1997).

A row is a text together with its translation, as one bag of pieces; pieces that stand in the same rows get vectors of
one direction, whatever their language. The best directions are found by randomised subspace iteration (Halko,
Martinsson & Tropp, 2011).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from embedder_bags import BagPairs, Bags
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

ROWS = 20_000
"""Read of each pair of languages."""
ROUNDS = 3
SPARE = 16
"""Directions that are sought beside those that are kept."""


def latent_start(pairs: Sequence[BagPairs], size: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """A vector a piece, weighed by how rare the piece is. Shape: (size, dimension)."""
    random = np.random.default_rng(seed)
    texts = vstack([_rows(item, size, random) for item in pairs]).tocsr()
    having = np.bincount(texts.indices, minlength=size)
    rarity = np.log((texts.shape[0] + 1) / (having + 1)).astype(np.float32)
    texts.data = (1 + np.log(texts.data)) * rarity[texts.indices]
    lengths = np.sqrt(np.asarray(texts.multiply(texts).sum(axis=1))).ravel()
    texts.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(texts.indptr)).astype(np.float32)
    directions = random.standard_normal((size, dimension + SPARE), dtype=np.float32)
    for _ in range(ROUNDS):
        directions, _ = np.linalg.qr(texts.T @ (texts @ directions))
    _, strengths, turn = np.linalg.svd(texts @ directions, full_matrices=False)
    kept = (directions @ turn.T * np.sqrt(strengths))[:, :dimension]
    start: NDArray[np.float32] = (kept * rarity[:, None]).astype(np.float32)
    return start * (dimension**-0.5 / np.abs(start).std())


def _rows(item: BagPairs, size: int, random: np.random.Generator) -> csr_matrix:
    """How often each piece stands in a text or its translation. Shape: (rows, size)."""
    chosen = random.permutation(len(item))[:ROWS]
    return sum(_counts(bags.chosen(chosen), size) for bags in (item.left, item.right))


def _counts(bags: Bags, size: int) -> csr_matrix:
    ones = np.ones(len(bags.pieces), dtype=np.float32)
    found = csr_matrix((ones, bags.pieces.astype(np.int32), bags.starts), shape=(len(bags), size))
    found.sum_duplicates()
    return found
