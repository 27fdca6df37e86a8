"""Pairs of a right and a wrong sentence on one passage, written by hand against the verifier (`adversarial.tsv`).

Two thirds were looked at while the verifier was mended, by a hash of the passage; the others were only counted.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from planted.planting import Case

FILE = Path(__file__).with_suffix(".tsv")
SEEN, HELD_OUT = "looked at", "held out"


def pairs() -> Iterator[tuple[str, Case]]:
    """Which part each case is of, and the case; `\\n` in a passage is a new line."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)):
            digest = hashlib.sha256(row["passage"].encode()).hexdigest()
            part = HELD_OUT if int(digest, 16) % 3 == 0 else SEEN
            passage = row["passage"].replace("\\n", "\n")
            for column, error in (("right", ""), ("wrong", row["kind"])):
                name, changed = f"pair-{number}-{column}", row["language"] != row["source_language"]
                yield (
                    part,
                    Case(
                        name,
                        error,
                        row["kind"],
                        row["language"],
                        row["source_language"],
                        changed,
                        row[column],
                        (passage,),
                    ),
                )
