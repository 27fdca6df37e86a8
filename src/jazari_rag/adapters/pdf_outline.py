"""Finds the entries of a PDF's outline in the text of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jazari_rag.adapters.characters import one_line

_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading that the outline promises on page `page`; `level` and `page` count from 1."""

    title: str
    level: int
    page: int


def by_page(outline: Iterable[OutlineEntry]) -> dict[int, list[tuple[str, int]]]:
    """The titles promised on each page, with their levels."""
    titles: dict[int, list[tuple[str, int]]] = {}
    for entry in outline:
        titles.setdefault(entry.page, []).append((entry.title, entry.level))
    return titles


def match_lines(lines: Sequence[str], titles: Iterable[tuple[str, int]]) -> dict[int, int]:
    """Line index -> level, for the lines that are a title or the beginning of one that runs over several lines."""
    keys = [_key(line) for line in lines]
    levels: dict[int, int] = {}
    for title, level in titles:
        wanted = _key(title)
        for index, key in enumerate(keys):
            if index not in levels and key and wanted and (run := _run(keys, index, wanted)):
                levels.update(dict.fromkeys(range(index, index + run), level))
                break
    return levels


def _run(keys: Sequence[str], index: int, wanted: str) -> int:
    """How many lines from `index` on make up the title; 0 when they do not."""
    joined = ""
    for count, key in enumerate(keys[index : index + 4], start=1):
        joined += key
        if joined == wanted:
            return count
        if not wanted.startswith(joined):
            return 0
    return 0


def _key(text: str) -> str:
    return _NOT_WORD.sub("", one_line(text)).casefold()
