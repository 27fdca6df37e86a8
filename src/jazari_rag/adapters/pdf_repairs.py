"""Where a line of a PDF says something else than the file states."""

from __future__ import annotations

import re
from collections import Counter

Places = tuple[tuple[int, int], ...]
"""Starts and ends in a line's text."""

_WORD = re.compile(r"[^\W_]+(?:[-./,:][^\W_]+)*")


def repaired(text: str, stated: str) -> Places:
    """The words of `text` that `stated` has not, or not as often; a number with its parts is a word."""
    unchanged = Counter(_WORD.findall(stated))
    places = []
    for word in _WORD.finditer(text):
        if unchanged[word[0]] > 0:
            unchanged[word[0]] -= 1
        else:
            places.append(word.span())
    return tuple(places)


def shifted(places: Places, by: int) -> Places:
    """The places in what begins `by` characters further on, without those that begin before it."""
    return tuple((start - by, end - by) for start, end in places if start >= by)
