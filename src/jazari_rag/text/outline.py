"""The headings above a place in a document, from the marks of its reader and from the heads of law in its text."""

from __future__ import annotations

from dataclasses import dataclass, field

from jazari_rag.domain import MarkKind, Page
from jazari_rag.languages import Languages
from jazari_rag.text.sentences import trimmed
from jazari_rag.text.structure import Head, find_heads

_LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """`page.text[start:end]` is a heading. `law` says whether `level` is one of law (1 part … 8 article).

    `number`, `quoted` and `doubtful` are those of `structure.Head`.
    """

    start: int
    end: int
    level: int
    label: str
    law: bool
    number: str = ""
    quoted: bool = False
    doubtful: bool = False


def headings(page: Page, languages: Languages) -> list[Heading]:
    """The headings of a page in order, none overlapping another; text that is left out has none."""
    left_out = [(m.start, m.end) for m in page.marks if m.kind in (MarkKind.BOILERPLATE, MarkKind.HIDDEN)]
    found = [_of_law(head) for head in find_heads(page.text, languages)]
    law_starts = {head.start for head in found}
    for mark in page.marks:
        start, end = trimmed(page.text, mark.start, min(mark.end, len(page.text)))
        if mark.kind is MarkKind.HEADING and start < end and start not in law_starts:
            label = " ".join(page.text[start:end].split())[:_LONGEST_LABEL]
            found.append(Heading(start, end, max(1, mark.level), label, law=False))
    return _apart(sorted(found, key=lambda head: (head.start, head.law)), sorted(left_out))


def _of_law(head: Head) -> Heading:
    return Heading(head.start, head.end, head.level, head.label, True, head.number, head.quoted, head.doubtful)


def _apart(found: list[Heading], left_out: list[tuple[int, int]]) -> list[Heading]:
    kept: list[Heading] = []
    position = 0
    for head in found:
        while position < len(left_out) and left_out[position][1] <= head.start:
            position += 1
        overlaps = position < len(left_out) and left_out[position][0] < head.end
        if not overlaps and (not kept or head.start >= kept[-1].end):
            kept.append(head)
    return kept


@dataclass(slots=True)
class Outline:
    """The path of headings that is open, from page to page."""

    _open: list[Heading] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(head.label for head in self._open)

    def enter(self, heading: Heading) -> int:
        """Closes the headings of this level and below, opens this one, and says how deep it is, from 1.

        A heading that only a reader marked stands inside the law that is open, unless it is of the highest level:
        what looks like a title in a code closes no book of it.
        """
        first = 0 if heading.law or heading.level == 1 else self._after_law()
        closed = (
            index
            for index, head in enumerate(self._open)
            if index >= first and head.law == heading.law and head.level >= heading.level
        )
        del self._open[next(closed, len(self._open)) :]
        self._open.append(heading)
        return len(self._open)

    def _after_law(self) -> int:
        return max((index + 1 for index, head in enumerate(self._open) if head.law), default=0)
