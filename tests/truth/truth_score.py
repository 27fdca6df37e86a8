"""How much of a page's known text a reader found, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PUNCTUATION = ".,;:،؛!?؟()[]«»\"'|"


@dataclass(frozen=True, slots=True)
class Score:
    """Words and numbers: how many stand in the truth, how many were found in order, how many the reader wrote."""

    words: int
    found: int
    written: int
    numbers: int
    numbers_found: int

    @property
    def exact(self) -> float:
        """Share in [0, 1] of the words that are right, of those that are there or were written."""
        return self.found / max(self.words, self.written, 1)


def score(truth: str, read: str) -> Score:
    wanted, written = truth.split(), read.split()
    numbers = [word for word in map(_bare, wanted) if re.search(r"\d", word)]
    read_numbers = [word for word in map(_bare, written) if re.search(r"\d", word)]
    return Score(len(wanted), in_order(wanted, written), len(written), len(numbers), in_order(numbers, read_numbers))


def in_order(wanted: Sequence[str], written: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(written) + 1)
    for one in wanted:
        previous = 0
        for index, other in enumerate(written, start=1):
            kept = row[index]
            row[index] = previous + 1 if one == other else max(row[index], row[index - 1])
            previous = kept
    return row[-1]


def _bare(word: str) -> str:
    return word.strip(_PUNCTUATION)
