"""The units of a document in runs that stand under the same headings; a note stands under its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from jazari_rag.domain import Page
from jazari_rag.languages import Languages
from jazari_rag.text.normalise import SUPERSCRIPT_DIGITS
from jazari_rag.text.notes import Note
from jazari_rag.text.outline import Heading, Outline
from jazari_rag.text.units import Unit, page_units

Path = tuple[str, ...]
_NOTE = "note"
"""What a footnote is called where the language does not say."""


class Sections:
    """Follows a document page by page: what is open at the end of one is open on the next."""

    def __init__(self, languages: Languages, language: str) -> None:
        self._languages = languages
        own = languages.find(language)
        self._note = (own.note if own else "") or _NOTE
        self._outline = Outline()
        self._of_notes: dict[int, Path] = {}

    def of(self, page: Page, heads: Sequence[Heading], notes: Sequence[Note]) -> Iterator[tuple[Path, list[Unit]]]:
        """The page's units in runs, each with the headings above it; headings lead the run that follows them."""
        units = page_units(page, heads, notes, self._languages)
        foot = notes[0].start if notes else len(page.text)
        paths = [(-1, self._outline.path)]
        yield from self._body([unit for unit in units if unit.start < foot], heads, paths)
        below = [unit for unit in units if unit.start >= foot]
        owned = [(self._owner(page.text, note, paths), note) for note in notes]
        for path, group in groupby(owned, key=lambda item: item[0]):
            own = [note for _, note in group]
            run = [unit for unit in below if own[0].start <= unit.start < own[-1].end]
            if run:
                yield self._labelled(path, own), run

    def _body(
        self, units: Sequence[Unit], heads: Sequence[Heading], paths: list[tuple[int, Path]]
    ) -> Iterator[tuple[Path, list[Unit]]]:
        run: list[Unit] = []
        by_start = {head.start: head for head in heads}
        text_seen = False
        for unit in units:
            head = by_start.get(unit.start)
            if head is not None:
                if text_seen:
                    yield paths[-1][1], run
                    run, text_seen = [], False
                self._outline.enter(head)
                paths.append((head.start, self._outline.path))
            text_seen = text_seen or not unit.heading
            run.append(unit)
        if run:
            yield paths[-1][1], run

    def _owner(self, text: str, note: Note, paths: Sequence[tuple[int, Path]]) -> Path:
        """The headings above the mark of a note; of one that goes on from the page before, those of that one."""
        if note.anchor < 0:
            path = self._of_notes.get(note.number, paths[-1][1])
        else:
            path = next(path for start, path in reversed(paths) if start < 0 or _reaches(text, note.anchor, start))
        self._of_notes[note.number] = path
        return path

    def _labelled(self, path: Path, notes: Sequence[Note]) -> Path:
        first, last = notes[0].number, notes[-1].number
        label = f"{self._note} {first}" if first == last else f"{self._note} {first}-{last}"
        return (*path[:-1], f"{path[-1]} ({label})") if path else (label,)


def _reaches(text: str, mark: int, head: int) -> bool:
    """Whether a mark stands below a heading, or right before it (as in a line from right to left)."""
    return head <= mark or not text[mark:head].strip(SUPERSCRIPT_DIGITS + " \t\u00a0")
