"""A passage cut into what can be quoted alone: a sentence, a list with the line that introduces it, a table row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

Splitter = Callable[[str], Sequence[tuple[int, int]]]
"""Sentences of a text as (start, end)."""

MAX_LIST_CHARACTERS = 1100
"""A list longer than this is quoted up to its last item that fits."""

_BULLET = r"(?:[-–—•*·▪●◦‣✓✔➢]|\(?\d{1,2}\s?[.)°\-–/](?!\d)|\(?[a-z][.)]|\(?[اأبجدهوزحط]\s?[.)\-–]|[ivx]{1,4}[.)])"
_ITEM = re.compile(rf"\s*(?:[•▪●◦‣✓✔➢]\s*|{_BULLET}\s+)(?=\S)", re.IGNORECASE)
_INLINE_ITEM = re.compile(r"(?:(?<=[\s:؛;.,،])|^)و?\(?([1-9]\d?)\s?[.)\-–](?!\d)\s*(?=\S)")
BETWEEN_CELLS = re.compile(r"\t|\s\|\s")
"""What parts the cells of a row, as readers write it."""
_ROW = re.compile(rf"\S\s*(?:{BETWEEN_CELLS.pattern})\s*\S")
_OPENS_LIST = re.compile(r"[::]\s*$")
_CONTINUES = re.compile(r"(?:[;؛,،]|(?<![\w.,/-])و?\(?\d{1,2}\s?[.)\-–])\s*$")
"""What goes on after it: a clause of a list, or the number of the next item, cut from it."""


class UnitKind(Enum):
    """What a unit is: it decides how it is laid out."""

    SENTENCE = "sentence"
    LIST = "list"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Unit:
    """`text[start:end]` of a passage, to be quoted whole."""

    start: int
    end: int
    kind: UnitKind


def units(text: str, splitter: Splitter) -> list[Unit]:
    """The units of a passage in reading order; they do not overlap and leave out nothing but space."""
    pieces = [(start, end) for start, end in splitter(text) if text[start:end].strip()]
    found: list[Unit] = []
    index = 0
    while index < len(pieces):
        unit, index = _next_unit(text, pieces, index)
        found.append(unit)
    return found


def _next_unit(text: str, pieces: list[tuple[int, int]], index: int) -> tuple[Unit, int]:
    start, end = pieces[index]
    piece = text[start:end]
    if _ROW.search(piece) and not _ITEM.match(piece):
        return Unit(start, end, UnitKind.ROW), index + 1
    introduces = bool(_OPENS_LIST.search(piece)) or _opens_inline_list(piece)
    if not introduces and not _ITEM.match(piece):
        return Unit(start, end, UnitKind.SENTENCE), index + 1
    after = index + 1
    while after < len(pieces) and _belongs(text, pieces, after, start):
        end = pieces[after][1]
        after += 1
    kind = UnitKind.LIST if after > index + 1 or introduces else UnitKind.SENTENCE
    return Unit(start, end, kind), after


def _opens_inline_list(piece: str) -> bool:
    """`… : 1. a 2. b` in one line, however the sentence splitter cut it."""
    return re.search(r"[::]\s*\(?1\s?[.)\-–](?!\d)", piece) is not None


def _belongs(text: str, pieces: Sequence[tuple[int, int]], index: int, list_start: int) -> bool:
    start, end = pieces[index]
    if end - list_start > MAX_LIST_CHARACTERS:
        return False
    before = text[pieces[index - 1][0] : pieces[index - 1][1]]
    if _ITEM.match(text[start:end]) or _CONTINUES.search(before):
        return True
    on_same_line = "\n" not in text[pieces[index - 1][1] : start]
    return on_same_line and (bool(_OPENS_LIST.search(before)) or _is_line_item(text, pieces[index - 1]))


def _is_line_item(text: str, piece: tuple[int, int]) -> bool:
    """Whether an item has a line of its own: a further sentence on that line is part of it."""
    start, end = piece
    return bool(_ITEM.match(text[start:end])) and text[:start].rstrip(" \t")[-1:] in ("", "\n")


def lines(text: str) -> list[str]:
    """A unit as lines for display: items and rows start one, wrapped lines are joined, inline items are split off."""
    shown: list[str] = []
    for line in text.splitlines():
        words = " ".join(line.split())
        if not words:
            continue
        if shown and (_is_open(shown[-1]) or not _starts_line(line, shown[-1])):
            shown[-1] = f"{shown[-1]} {words}"
        else:
            shown.append(words)
    return [part for line in shown for part in _inline_items(line)]


def _starts_line(line: str, before: str) -> bool:
    return bool(_ITEM.match(line) or _ROW.search(line) or _OPENS_LIST.search(before))


def _is_open(line: str) -> bool:
    """Whether a bracket is still open: what follows is no item, though "12) …" looks like one."""
    return line.count("(") > line.count(")")


def _inline_items(line: str) -> list[str]:
    """`a: 1. b 2. c` as three lines, when the numbers count up from 1."""
    cuts: list[int] = []
    for match in _INLINE_ITEM.finditer(line):
        if int(match.group(1)) == len(cuts) + 1:
            cuts.append(match.start())
    if len(cuts) < 2:
        return [line]
    bounds = [0, *cuts, len(line)]
    return [part for a, b in pairwise(bounds) if (part := line[a:b].strip())]
