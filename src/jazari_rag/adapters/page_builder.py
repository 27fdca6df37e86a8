"""Builds a page block by block, so that marks have exact offsets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jazari_rag.domain import NO_TEXT, Mark, MarkKind, Page, PageQuality


class PageBuilder:
    """Collects the blocks of one page; each is a line or more, and knows what it is."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self._length = 0
        self._gap = ""

    def __bool__(self) -> bool:
        return bool(self._parts)

    def add(self, text: str, kind: MarkKind | None = None, *, level: int = 0) -> int:
        """Appends a block on a line of its own; where it begins. Blank blocks leave no trace."""
        if not text.strip():
            return self._length
        self._append(self._gap)
        start = self._length
        self._append(text)
        if kind is not None:
            self._marks.append(Mark(start, self._length, kind, level))
        self._gap = "\n"
        return start

    def mark_repair(self, start: int, end: int, note: str) -> None:
        """Says that what stands there was mended, and how."""
        self._marks.append(Mark(start, end, MarkKind.REPAIR, note=note))

    def paragraph_break(self) -> None:
        """Leaves an empty line before the next block, if there is a block before it."""
        if self._parts:
            self._gap = "\n\n"

    def page(
        self,
        number: int,
        *,
        engine: str,
        reasons: Iterable[str] = (),
        repairs: Mapping[str, int] | None = None,
        confidence: float | None = None,
    ) -> Page:
        """The page; one without text says so in its quality."""
        text = "".join(self._parts)
        reasons = tuple(reasons) if text else (*reasons, NO_TEXT)
        marks = sorted(self._marks, key=lambda mark: mark.start)
        return Page(number, text, tuple(marks), PageQuality(engine, reasons, repairs or {}, confidence))

    def _append(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
