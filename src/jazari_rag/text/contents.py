"""Tables of contents: lines that lead to a page number. They have the words of every question and no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LEADER = re.compile(r"(?P<dots>[.…](?<![.…].)(?<![.…] .)(?:[ .…])++)\d{1,4}(?P<ends>[ \t]*(?:[\n\r]|\Z))?")
"""The dots that lead to a page number. Possessive, and from the first dot alone: linear in their number."""
_MANY, _FEW = 4, 2
"""Dots of a leader; few do at the end of a line."""
_FEWEST, _SHARE = 3, 0.15
"""A passage with so many leaders, which are so much of it, is a table of contents."""
_IN_A_ROW, _APART = 5, 400
"""So many of them, no farther apart than so many characters, are a table of contents among other text."""
_ENTRY = 200
"""Characters before the dots in which the first entry stands."""


def is_contents(text: str) -> bool:
    """Whether a passage is a table of contents, or a part of one."""
    leaders = [end - start for start, end in _leaders(text)]
    return len(leaders) >= _FEWEST and sum(leaders) > _SHARE * len(text)


def contents_spans(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that are tables of contents, in order."""
    runs: list[list[int]] = []
    for start, end in _leaders(text):
        if runs and start - runs[-1][1] <= _APART:
            runs[-1] = [runs[-1][0], end, runs[-1][2] + 1]
        else:
            runs.append([start, end, 1])
    return [(max(0, start - _ENTRY), end) for start, end, times in runs if times >= _IN_A_ROW]


def _leaders(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the dots that lead to a page number, with it."""
    for match in _LEADER.finditer(text):
        dots = match["dots"].count(".") + 3 * match["dots"].count("…")
        if dots >= _MANY or (dots >= _FEW and match["ends"] is not None):
            yield match.span()
