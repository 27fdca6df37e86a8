"""The smallest stretches of a page that a passage may begin or end at, and how good a place each is to cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jazari_rag.domain import Mark, MarkKind, Page
from jazari_rag.languages import Languages
from jazari_rag.text.notes import Note
from jazari_rag.text.outline import Heading
from jazari_rag.text.sentences import LIST_MARKER, Span, sentences, trimmed

ISLAND, HEADING, PARAGRAPH, ITEM, SENTENCE = 5, 4, 3, 2, 1
"""Strengths of a cut: at text left out, before a heading, a paragraph, an item or a row, a sentence."""

_BLANK = re.compile(r"\n[ \t\r]*\n|\f")


@dataclass(frozen=True, slots=True)
class Unit:
    """`text[start:end]`; `strength` is that of the cut before it, 0 where nothing may be cut."""

    start: int
    end: int
    strength: int
    heading: bool = False
    row: bool = False


def page_units(page: Page, heads: Sequence[Heading], notes: Sequence[Note], languages: Languages) -> list[Unit]:
    """The units of a page in order: all its text but what is marked as left out, without white space between."""
    units: list[Unit] = []
    for start, end in _islands(page):
        units += _island_units(page, (start, end), heads, notes, languages)
    return _glued(page.text, units)


def _islands(page: Page) -> list[Span]:
    """What is left of the page without BOILERPLATE and HIDDEN."""
    left_out = sorted(
        (max(0, mark.start), min(mark.end, len(page.text)))
        for mark in page.marks
        if mark.kind in (MarkKind.BOILERPLATE, MarkKind.HIDDEN)
    )
    islands: list[Span] = []
    position = 0
    for start, end in left_out:
        if start > position:
            islands.append((position, start))
        position = max(position, end)
    islands.append((position, len(page.text)))
    return [span for span in islands if span[0] < span[1]]


def _island_units(
    page: Page, island: Span, heads: Sequence[Heading], notes: Sequence[Note], languages: Languages
) -> Iterable[Unit]:
    """The units of one island; the cut before the first has the strength of an island's edge."""
    cuts: dict[int, int] = {}
    inside = [head for head in heads if island[0] <= head.start < island[1]]
    for head in inside:
        _cut(cuts, head.start, HEADING)
        _cut(cuts, head.end, SENTENCE)
    for note in notes:
        if island[0] <= note.start < island[1]:
            _cut(cuts, note.start, ISLAND if note is notes[0] else PARAGRAPH)
    whole = _whole(page.marks, island)
    for start, end in whole:
        _cut(cuts, start, ITEM)
        _cut(cuts, end, ITEM)
    for match in _BLANK.finditer(page.text, *island):
        _cut(cuts, match.end(), PARAGRAPH)
    for start, _ in sentences(page.text[island[0] : island[1]], languages):
        position = island[0] + start
        _cut(cuts, position, ITEM if _starts_item(page.text, position) else SENTENCE)
    return _between(page.text, island, cuts, inside, _rows(page.marks))


def _cut(cuts: dict[int, int], position: int, strength: int) -> None:
    cuts[position] = max(strength, cuts.get(position, 0))


def _whole(marks: Sequence[Mark], island: Span) -> list[Span]:
    kinds = (MarkKind.ITEM, MarkKind.ROW)
    return [(m.start, m.end) for m in marks if m.kind in kinds and island[0] <= m.start < m.end <= island[1]]


def _rows(marks: Sequence[Mark]) -> list[Span]:
    """The rows in order, none overlapping another."""
    rows: list[Span] = []
    for start, end in sorted((m.start, m.end) for m in marks if m.kind is MarkKind.ROW):
        if not rows or start >= rows[-1][1]:
            rows.append((start, end))
    return rows


def _starts_item(text: str, position: int) -> bool:
    line_start = max(
        text.rfind("\n", max(0, position - 20), position), text.rfind("\r", max(0, position - 20), position)
    )
    at_start = position == 0 or (line_start >= 0 and text[line_start + 1 : position].strip() == "")
    return at_start and LIST_MARKER.match(text, position, position + 40) is not None


def _between(
    text: str, island: Span, cuts: dict[int, int], heads: Sequence[Heading], rows: Sequence[Span]
) -> Iterable[Unit]:
    """The units between the cuts, a row in one piece, a heading in one piece."""
    solid = sorted([*rows, *((head.start, head.end) for head in heads)])
    head_starts = {head.start for head in heads}
    row_starts = {start for start, _ in rows}
    positions = [p for p in sorted(cuts) if island[0] < p < island[1]]
    units: list[Unit] = []
    strength, index = ISLAND, 0
    for start, end in zip([island[0], *positions], [*positions, island[1]], strict=True):
        while index < len(solid) and solid[index][1] <= start:
            index += 1
        strength = max(strength, cuts.get(start, 0))
        begin, finish = trimmed(text, start, end)
        if begin == finish:
            continue
        within = index < len(solid) and solid[index][0] < start < solid[index][1]
        if within and units:
            last = units[-1]
            units[-1] = Unit(last.start, finish, last.strength, last.heading, last.row)
        else:
            units.append(Unit(begin, finish, strength, begin in head_starts, start in row_starts))
        strength = 0
    return units


def _glued(text: str, units: Sequence[Unit]) -> list[Unit]:
    """Nothing is cut between a heading and what follows it, nor between a list and the line that introduces it."""
    glued: list[Unit] = []
    for unit in units:
        previous = glued[-1] if glued else None
        introduces = previous is not None and unit.strength == ITEM and text[previous.end - 1] == ":"
        if previous is not None and unit.strength < ISLAND and (introduces or (previous.heading and not unit.heading)):
            unit = Unit(unit.start, unit.end, 0, unit.heading, unit.row)
        glued.append(unit)
    return glued
