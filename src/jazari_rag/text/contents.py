"""Tables of contents: lines that lead to a page number. They have the words of every question and no answer."""

from __future__ import annotations

import re

_LEADER = re.compile(
    r"(?:\.{2,}|(?:\. ){2,}|…{1,})[ .]*\d{1,4}[ \t]*(?:[\n\r]|\Z)|(?:\.{4,}|(?:\. ){4,}|…{2,})[ .]*\d{1,4}\b"
)
"""The dots that lead to a page number; few dots do at the end of a line."""
_FEWEST, _SHARE = 3, 0.15
"""A passage with so many of them, which are so much of it, is a table of contents."""
_ON_A_PAGE = 5


def is_contents(text: str) -> bool:
    """Whether a passage is a table of contents, or a part of one."""
    leaders = [match[0] for match in _LEADER.finditer(text)]
    return len(leaders) >= _FEWEST and sum(map(len, leaders)) > _SHARE * len(text)


def contents_end(text: str) -> int:
    """Where the table of contents of a page ends; 0 where it has none. What stands above it is its title."""
    leaders = list(_LEADER.finditer(text))
    return leaders[-1].end() if len(leaders) >= _ON_A_PAGE else 0
