"""Learns the translation lexicon of the wheel: `python training/learn_lexicon.py ../shared/train`.

For each pair of the four languages: IBM Model 1 in both directions on our own stems; a translation weighs
sqrt(p(t|s) p(s|t)), so that it counts as far as each word explains the other. Tamazight, of which there is little, is
put into each language as well by way of the others. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from model_one import learn, links_of
from numpy.typing import NDArray
from parallel_rows import LANGUAGES, SPOKEN, Pair, Terms, read_pair

from jazari_rag.text.translations import Direction, write_lexicon

ROUNDS = 5
LEAST_WEIGHT = 0.01
LEAST_COUNT = 0.3
BEST = 8
"""Translations kept of a term."""
BY_WAY = 0.5
"""Of a translation by way of a third language. On 400 held-out sentences a language, .3 to 1 did as well, 0 worse."""
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
        pair = _read(arguments.train, left, right, terms)
        there, back = weighed(pair, terms)
        directions += [there, back]
        figures.append(f"| {left}, {right} | {len(pair.rows):,} | {len(there.weight):,} | {len(back.weight):,} |")
    pairs = [pair for code in LANGUAGES if (pair := _read(arguments.train, code, SPOKEN, terms)).rows]
    spoken = [weighed(pair, terms)[1] for pair in pairs]
    for pair, direct in zip(pairs, spoken, strict=True):
        directions.append(by_way_of_others(direct, spoken, directions))
        figures.append(f"| {pair.left}, {SPOKEN} | {len(pair.rows):,} | | {len(directions[-1].weight):,} |")
    words = {"ar": terms.words("ar", script="Arab", least=LEAST_SEEN)}
    write_lexicon(arguments.output, {code: terms.all(code) for code in (*LANGUAGES, SPOKEN)}, directions, words)
    (arguments.output.with_name("figures.md")).write_text(
        "\n".join(("| pair | rows | entries there | entries back |", "|---|---|---|---|", *figures, "")),
        encoding="utf-8",
    )


def _read(train: Path, left: str, right: str, terms: Terms) -> Pair:
    pair = read_pair(train, left, right, terms)
    print(f"{left}, {right}: {', '.join(pair.sources)}", file=sys.stderr)
    return pair


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


def by_way_of_others(direct: Direction, spoken: Sequence[Direction], known: Sequence[Direction]) -> Direction:
    """A direction with what its source is in a third language, as that is put into its target."""
    onward = {item.source: item for item in known if item.target == direct.target}
    parts = [_entries(direct)]
    for first in spoken:
        if second := onward.get(first.target):
            starts, ends = (np.searchsorted(second.sources, first.targets, side) for side in ("left", "right"))
            times = ends - starts
            places = np.arange(times.sum()) + np.repeat(starts - (np.cumsum(times) - times), times)
            weights = BY_WAY * np.repeat(first.weight, times) * second.weight[places]
            parts.append((np.repeat(first.sources, times), second.targets[places], weights))
    sources, targets, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    keys, owner = np.unique(sources.astype(np.int64) << 32 | targets, return_inverse=True)
    summed = np.minimum(np.bincount(owner, weights), 1.0)
    kept = summed >= LEAST_WEIGHT
    pairs = keys[kept]
    return Direction(direct.source, direct.target, *_best(pairs >> 32, pairs & 0xFFFFFFFF, summed[kept]))


def _entries(item: Direction) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    return item.sources, item.targets, item.weight


def _best(
    source: NDArray[Any], target: NDArray[Any], weight: NDArray[np.float64]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.float64]]:
    """The `BEST` heaviest of each source, in the order of sources; ties by target."""
    order = np.lexsort((target, -weight, source))
    source, target, weight = source[order], target[order], weight[order]
    rank = np.arange(len(source)) - np.searchsorted(source, source)
    kept = rank < BEST
    return source[kept], target[kept], weight[kept]


if __name__ == "__main__":
    main()
