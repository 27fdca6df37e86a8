"""The texts that the embedder is learnt from: translations of each other, and headings with what they head."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from parallel_rows import LANGUAGES, parallel_texts

GROUPS = (("morocco-law", "law"), ("parallel-laws-ca", "law of Canada"), ("parallel-un", "resolutions"))
"""How a source's name begins -> its group; the other sources are one group, "others"."""
LONGEST = 1_000
"""Characters read of a text."""


@dataclass(frozen=True, slots=True)
class TextPairs:
    """Pairs of texts of one kind: `left[i]` and `right[i]` say the same, or one heads the other."""

    name: str
    left: list[str]
    right: list[str]


def translations(train: Path) -> list[TextPairs]:
    """One for each pair of languages and group of sources, each row once."""
    found = []
    for one, other in combinations(LANGUAGES, 2):
        groups: dict[str, dict[tuple[str, str], None]] = {}
        for source, texts in parallel_texts(train, one, other):
            rows = groups.setdefault(_group(source), {})
            for left, right in texts:
                if left.strip() and right.strip():
                    rows[left[:LONGEST], right[:LONGEST]] = None
        found += [_pairs(f"{group} {one}-{other}", list(rows)) for group, rows in groups.items() if rows]
    return found


def headings(train: Path) -> TextPairs:
    """Headings of bilingual law and the sections under them, in one language and across."""
    return _pairs("headings", [(row["q"], row["p"][:LONGEST]) for row in _rows(train / "pairs-laws-ca.jsonl.gz")])


def _group(source: str) -> str:
    return next((group for start, group in GROUPS if source.startswith(start)), "others")


def _pairs(name: str, rows: list[tuple[str, str]]) -> TextPairs:
    return TextPairs(name, [left for left, _ in rows], [right for _, right in rows])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
