"""The texts that the embedder is learnt from: translations of each other, and headings with what they head."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import numpy as np
from parallel_rows import LANGUAGES, parallel_texts

Row = TypeVar("Row")

DOMAIN = "morocco-law"
"""The corpora of the documents that we serve: their rows are drawn `EMPHASIS` times as often."""
EMPHASIS = 3
ROWS = 40_000
"""Read of each pair of languages and of the headings, drawn at random."""
LONGEST = 500
"""Characters read of a text."""


@dataclass(frozen=True, slots=True)
class TextPairs:
    """Pairs of texts of one kind: `left[i]` and `right[i]` say the same, or one heads the other."""

    name: str
    left: list[str]
    right: list[str]


def translations(train: Path, seed: int) -> list[TextPairs]:
    """One for each pair of languages, each row once, those of the domain `EMPHASIS` times."""
    found = []
    for one, other in combinations(LANGUAGES, 2):
        rows: dict[tuple[str, str], int] = {}
        for source, texts in parallel_texts(train, one, other):
            times = EMPHASIS if source.startswith(DOMAIN) else 1
            for left, right in texts:
                if left.strip() and right.strip():
                    rows[left[:LONGEST], right[:LONGEST]] = times
        repeated = _drawn([row for row, times in rows.items() for _ in range(times)], seed)
        found.append(TextPairs(f"{one}-{other}", [left for left, _ in repeated], [right for _, right in repeated]))
    return found


def headings(train: Path, seed: int) -> TextPairs:
    """Headings of bilingual law and the sections under them, in one language and across."""
    rows = _drawn(list(_rows(train / "pairs-laws-ca.jsonl.gz")), seed)
    return TextPairs("headings", [row["q"] for row in rows], [row["p"][:LONGEST] for row in rows])


def _drawn(rows: Sequence[Row], seed: int) -> list[Row]:
    chosen = np.random.default_rng(seed).permutation(len(rows))[:ROWS]
    return [rows[index] for index in chosen]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
