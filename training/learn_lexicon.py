"""Learns the translation lexicon of the wheel: `python training/learn_lexicon.py ../shared/train`.

For each pair of the four languages: IBM Model 1 in both directions on our own stems; a translation weighs
sqrt(p(t|s) p(s|t)), so that it counts as far as each word explains the other. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import sys
from itertools import combinations
from pathlib import Path
from time import perf_counter

import numpy as np
from model_one import learn, links_of
from numpy.typing import NDArray
from parallel_rows import LANGUAGES, Pair, Terms, read_pair

from jazari_rag.text.translations import Direction, write_lexicon

ROUNDS = 5
LEAST_WEIGHT = 0.01
LEAST_COUNT = 0.3
BEST = 8
"""Translations kept of a term."""
LEAST_SEEN = 2
"""How often an Arabic word must occur to be offered as the reading of an Arabizi word."""
TARGET = Path(__file__).parent.parent / "src" / "jazari_rag" / "languages" / "lexicon"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="the folder of the training data")
    parser.add_argument("--output", type=Path, default=TARGET / "lexicon.npz")
    arguments = parser.parse_args()
    terms = Terms()
    directions: list[Direction] = []
    figures = []
    for left, right in combinations(LANGUAGES, 2):
        started = perf_counter()
        pair = read_pair(arguments.train, left, right, terms)
        there, back = weighed(pair, terms)
        directions += [there, back]
        seconds = perf_counter() - started
        figures.append(f"| {left}, {right} | {len(pair.rows):,} | {len(there.weight):,} | {len(back.weight):,} |")
        print(f"{figures[-1]} {seconds:.0f} s: {', '.join(pair.sources)}", file=sys.stderr)
    words = {"ar": terms.words("ar", script="Arab", least=LEAST_SEEN)}
    write_lexicon(arguments.output, {code: terms.all(code) for code in LANGUAGES}, directions, words)
    (arguments.output.with_name("figures.md")).write_text(
        "\n".join(("| pair | rows | entries there | entries back |", "|---|---|---|---|", *figures, "")),
        encoding="utf-8",
    )


def weighed(pair: Pair, terms: Terms) -> tuple[Direction, Direction]:
    """The best translations of each term, from left to right and from right to left."""
    n_left, n_right = len(terms.all(pair.left)), len(terms.all(pair.right))
    forth = links_of(pair.rows, n_right)
    p_forth, counts = learn(forth, rounds=ROUNDS)
    back = links_of([(right, left) for left, right in pair.rows], n_left)
    p_back, _ = learn(back, rounds=ROUNDS)
    # NULL is source 0 in both: only pairs of real terms are in both tables, and they are the same ones.
    real, mirrored = forth.source > 0, back.source > 0
    left, right = forth.source[real] - 1, forth.target[real]
    keys = left.astype(np.int64) * n_right + right
    other = back.target[mirrored].astype(np.int64) * n_right + (back.source[mirrored] - 1)
    order = np.argsort(other)
    weight = np.sqrt(p_forth[real] * p_back[mirrored][order][np.searchsorted(other[order], keys)])
    told = terms.told(pair.left)[left] & terms.told(pair.right)[right]
    kept = told & (weight >= LEAST_WEIGHT) & (counts[real] >= LEAST_COUNT)
    left, right, weight = left[kept], right[kept], weight[kept]
    return (
        Direction(pair.left, pair.right, *_best(left, right, weight)),
        Direction(pair.right, pair.left, *_best(right, left, weight)),
    )


def _best(
    source: NDArray[np.int32], target: NDArray[np.int32], weight: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """The `BEST` heaviest of each source, in the order of sources; ties by target."""
    order = np.lexsort((target, -weight, source))
    source, target, weight = source[order], target[order], weight[order]
    rank = np.arange(len(source)) - np.searchsorted(source, source)
    kept = rank < BEST
    return source[kept], target[kept], weight[kept]


if __name__ == "__main__":
    main()
