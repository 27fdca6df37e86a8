"""Footnotes: where they stand at the foot of the pages, and which place of the text each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jazari_rag.domain import Page
from jazari_rag.text.normalise import SUPERSCRIPT_DIGITS

_DIGITS = str.maketrans(SUPERSCRIPT_DIGITS, "0123456789")
_MARK = re.compile(rf"[{SUPERSCRIPT_DIGITS}]{{1,3}}")
_OPENING = re.compile(
    rf"(?:^|(?<=[\n\r\u2028]))[ \t]*\(?(?:(?P<plain>\d{{1,3}})\)?[ \t\u00a0]*[-–—.][ \t\u00a0]|"
    rf"(?P<bare>\d{{1,3}})[ \t\u00a0]+(?=\w)|(?P<raised>[{SUPERSCRIPT_DIGITS}]{{1,3}})\)?[ \t\u00a0]*(?=\w))"
)
_BLANK = re.compile(r"\n[ \t\r]*\n")
_FARTHEST = 3
"""Notes of a page whose numbers may be missing between two that are found."""
_UNMARKED = -1000
"""The last note's number in a document without any mark: no line of it opens a note."""
_LATEST = 0.02
"""The first note of a page stands below this share of its text: above is no foot."""


@dataclass(frozen=True, slots=True)
class Note:
    """`page.text[start:end]` is a footnote; `anchor` is where its mark stands on the same page, -1 where it does not.

    A note that goes on from the page before has its `number`, and no anchor.
    """

    start: int
    end: int
    number: int
    anchor: int


def find_notes(pages: Sequence[Page]) -> list[list[Note]]:
    """The footnotes of each page, in order: the last thing on it.

    A page's notes begin at a line that is numbered as a mark above it is, and follow one another. What stands above
    them, below the last blank line, goes on from the page before if the first note of the page is the next one and no
    mark of these notes stands in it.
    """
    found: list[list[Note]] = []
    last = 0 if any(_MARK.search(page.text) for page in pages) else _UNMARKED
    for page in pages:
        notes = _page_notes(page.text, last)
        found.append(notes)
        last = notes[-1].number if notes else last
    return found


def _page_notes(text: str, last: int) -> list[Note]:
    marks = {int(match[0].translate(_DIGITS)): match.start() for match in reversed(list(_MARK.finditer(text)))}
    openings = list(_openings(text, marks, last))
    if not openings:
        return []
    starts = [start for start, _ in openings]
    notes = [
        Note(start, end, number, marks[number] if marks.get(number, start) < starts[0] else -1)
        for (start, number), end in zip(openings, [*starts[1:], len(text)], strict=True)
    ]
    head = _continued(text, starts[0])
    marked = any(note.anchor >= head for note in notes)
    if head < starts[0] and not marked and last > 0 and 0 < notes[0].number - last <= _FARTHEST:
        notes.insert(0, Note(head, starts[0], last, -1))
    return notes


def _openings(text: str, marks: dict[int, int], last: int) -> Iterator[tuple[int, int]]:
    """Start and number of the notes of a page. The first one's mark stands above it, or it follows the last note."""
    number = 0
    for match in _OPENING.finditer(text, round(_LATEST * len(text))):
        found = int((match["plain"] or match["bare"] or match["raised"]).translate(_DIGITS))
        if number:
            if number <= found <= number + _FARTHEST and (match["bare"] is None or found in marks):
                number = found
                yield match.start(), found
        elif _opens_notes(text, match, found, marks, last):
            number = found
            yield match.start(), found


def _opens_notes(text: str, match: re.Match[str], number: int, marks: dict[int, int], last: int) -> bool:
    marked = marks.get(number, match.start()) < match.start("raised" if match["raised"] else 0)
    below_blank = text[: match.start()].rstrip(" \t\r").endswith("\n\n") or not text[: match.start()].strip()
    follows = last < number <= last + _FARTHEST
    return (below_blank and (marked or follows)) or (marked and follows and last > 0)


def _continued(text: str, first: int) -> int:
    """Where the paragraph begins that ends at the first note, after the last blank line above it."""
    blanks = [match.end() for match in _BLANK.finditer(text, 0, first)]
    return blanks[-1] if blanks else first
