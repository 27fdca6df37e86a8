"""Tables of contents: lines that lead to a page number. They have the words of every question and no answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LEADER = re.compile(
    r"(?:\.{2,}|(?:\. ){2,}|…{1,})[ .]*\d{1,4}[ \t]*(?:[\n\r]|\Z)|(?:\.{4,}|(?:\. ){4,}|…{2,})[ .]*\d{1,4}\b"
)
"""The dots that lead to a page number; few dots do at the end of a line."""
_FEWEST, _SHARE = 3, 0.15
"""A passage with so many of them, which are so much of it, is a table of contents."""
_IN_A_ROW, _APART = 5, 400
"""So many of them, no farther apart than so many characters, are a table of contents among other text."""
_ENTRY = 200
"""Characters before the dots in which the first entry stands."""


def is_contents(text: str) -> bool:
    """Whether a passage is a table of contents, or a part of one."""
    leaders = [match[0] for match in _leaders(text)]
    return len(leaders) >= _FEWEST and sum(map(len, leaders)) > _SHARE * len(text)


def contents_spans(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that are tables of contents, in order."""
    runs: list[list[int]] = []
    for match in _leaders(text):
        if runs and match.start() - runs[-1][1] <= _APART:
            runs[-1] = [runs[-1][0], match.end(), runs[-1][2] + 1]
        else:
            runs.append([match.start(), match.end(), 1])
    return [(max(0, start - _ENTRY), end) for start, end, times in runs if times >= _IN_A_ROW]


def _leaders(text: str) -> Iterable[re.Match[str]]:
    return _LEADER.finditer(text) if any(dots in text for dots in ("..", ". .", "…")) else ()
