"""A document's passages: stretches of one page, cut at its natural units, each with the headings above it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jazari_rag.config import PassageSizes
from jazari_rag.domain import Page, Passage, ReadDocument, Reference
from jazari_rag.languages import Language, Languages
from jazari_rag.text.contents import contents_spans, is_contents
from jazari_rag.text.identify import identify_document
from jazari_rag.text.normalise import main_script, tokens
from jazari_rag.text.notes import Note, find_notes
from jazari_rag.text.outline import Heading, headings
from jazari_rag.text.references import find_references
from jazari_rag.text.sections import Sections
from jazari_rag.text.sentences import Span, trimmed
from jazari_rag.text.sequence import in_sequence
from jazari_rag.text.units import Unit

VERSION = 5
"""Part of the fingerprint of an index: raise it when passages are cut otherwise."""

_TELLING = 200
"""Characters from which a passage may be said to be in another language than its document."""
_SURE = 0.6
"""Confidence from which it is, where the script is the same."""
_TAIL = 0.25
"""A last piece below this share of the target joins the one before it, if that stays within the maximum."""


def split_document(
    document_id: str, read: ReadDocument, *, sizes: PassageSizes, languages: Languages, language: str
) -> tuple[Passage, ...]:
    """The passages of a document, in reading order.

    Each is a contiguous stretch of one page: `page.text[start:end] == passage.text`. Together they hold all text that
    is not marked BOILERPLATE or HIDDEN, once, but for headings that stand alone and above the next passage and for
    tables of contents. None is longer than `sizes.maximum` characters, except a single row.
    """
    passages: list[Passage] = []
    sections = Sections(languages, language)
    notes = find_notes(read.pages)
    heads = _headings(read.pages, notes, languages)
    for page, page_heads, page_notes in zip(read.pages, heads, notes, strict=True):
        named = _references(page.text, page_heads, languages)
        for section, units in sections.of(page, page_heads, page_notes):
            for start, end in _pieces(page.text, units, sizes):
                text = page.text[start:end]
                passages.append(
                    Passage(
                        id=f"{document_id}#p{page.number}:{start}-{end}",
                        document_id=document_id,
                        text=text,
                        page=page.number,
                        section=section,
                        start=start,
                        end=end,
                        language=_language(text, language, languages),
                        metadata=read.metadata,
                        references=_within(named, start, end),
                    )
                )
    return tuple(_without_bare_headings(read.title, _without_contents(passages)))


def _references(text: str, heads: Sequence[Heading], languages: Languages) -> list[Reference]:
    """The articles that a page names; the heads of its own are no references."""
    starts = [head.start for head in heads]

    def is_head(one: Reference) -> bool:
        above = bisect_right(starts, one.start)
        return above > 0 and one.start < heads[above - 1].end

    return [one for one in find_references(text, languages) if not is_head(one)]


def _within(named: Sequence[Reference], start: int, end: int) -> tuple[Reference, ...]:
    """Those that stand in a passage, of some that are in order and apart."""
    first = bisect_left(named, start, key=lambda one: one.start)
    last = bisect_right(named, end, key=lambda one: one.end)
    return tuple(named[first:last])


def document_headings(pages: Sequence[Page], languages: Languages) -> list[list[Heading]]:
    """The headings of each page that cut the document, its articles in order.

    None of those that notes quote, or that a table of contents lists.
    """
    return _headings(pages, find_notes(pages), languages)


def _headings(pages: Sequence[Page], notes: Sequence[Sequence[Note]], languages: Languages) -> list[list[Heading]]:
    return in_sequence([_page_headings(page, own, languages) for page, own in zip(pages, notes, strict=True)])


def _page_headings(page: Page, notes: Sequence[Note], languages: Languages) -> list[Heading]:
    contents = contents_spans(page.text)
    end = notes[0].start if notes else len(page.text)
    return [
        head
        for head in headings(page, languages)
        if head.start < end and not any(first <= head.start < last for first, last in contents)
    ]


def _without_contents(passages: list[Passage]) -> list[Passage]:
    """Leaves out a table of contents, which has the words of every question and no answer."""
    return [passage for passage in passages if not is_contents(passage.text)] or passages


def _without_bare_headings(title: str, passages: Sequence[Passage]) -> list[Passage]:
    """Leaves out title pages and headings at the foot of a page: they would be found for what they announce."""
    on_page = Counter(passage.page for passage in passages)
    kept: list[Passage] = []
    for passage in reversed(passages):
        words = set(tokens(passage.text))
        if not (kept and words) or not words <= _repeated(title, kept[-1], whole_page=on_page[passage.page] == 1):
            kept.append(passage)
    return kept[::-1]


def _repeated(title: str, following: Passage, *, whole_page: bool) -> set[str]:
    """The words that stand above the next passage; for a page of its own, those in it too, as after a title page."""
    text = (following.text,) if whole_page else ()
    return set(tokens("\n".join((title, *following.section, *text))))


def index_text(title: str, passage: Passage) -> str:
    """What retrieval indexes: the title, the section path and the text, a line each."""
    return "\n".join(part for part in (title, *passage.section, passage.text) if part)


@dataclass(frozen=True, slots=True)
class _Block:
    units: Sequence[Unit]

    @property
    def start(self) -> int:
        return self.units[0].start

    @property
    def end(self) -> int:
        return self.units[-1].end

    def __len__(self) -> int:
        return self.end - self.start


def _pieces(text: str, units: list[Unit], sizes: PassageSizes) -> Iterator[Span]:
    for island in _split(units, _ISLAND):
        for block in _packed(_Block(island), _ISLAND - 1, sizes):
            for start, end in _fitting(text, block, sizes):
                span = trimmed(text, start, end)
                if span[0] < span[1]:
                    yield span


_ISLAND = 5
"""Strength of a cut around text that is left out: nothing is joined across it."""


def _split(units: Sequence[Unit], strength: int) -> list[list[Unit]]:
    parts: list[list[Unit]] = []
    for unit in units:
        if not parts or unit.strength >= strength:
            parts.append([])
        parts[-1].append(unit)
    return parts


def _packed(block: _Block, strength: int, sizes: PassageSizes) -> list[_Block]:
    """The block whole if it is no longer than the maximum, else its parts, small neighbours joined up to the target."""
    if len(block) <= sizes.maximum or len(block.units) == 1 or strength < 1:
        return [block]
    pieces: list[_Block] = []
    for part in _split(block.units, strength):
        pieces += _packed(_Block(part), strength - 1, sizes)
    return _joined(pieces, sizes)


def _joined(pieces: Sequence[_Block], sizes: PassageSizes) -> list[_Block]:
    joined: list[list[_Block]] = []
    for piece in pieces:
        if joined and piece.end - joined[-1][0].start <= sizes.target:
            joined[-1].append(piece)
        else:
            joined.append([piece])
    end = pieces[-1].end
    if (
        len(joined) > 1
        and end - joined[-1][0].start < _TAIL * sizes.target
        and end - joined[-2][0].start <= sizes.maximum
    ):
        tail = joined.pop()
        joined[-1] += tail
    return [_Block([unit for block in group for unit in block.units]) for group in joined]


def _fitting(text: str, block: _Block, sizes: PassageSizes) -> Iterator[Span]:
    """The block's span; a single unit that is too long is cut between words."""
    if len(block) <= sizes.maximum or (block.units[0].row and len(block) <= _LONGEST_ROW * sizes.maximum):
        yield block.start, block.end
        return
    start = block.start
    while block.end - start > sizes.maximum:
        cut = _word_cut(text, start, start + sizes.target, start + sizes.maximum)
        yield start, cut
        start = cut
    yield start, block.end


_LONGEST_ROW = 4
"""A row is cut only beyond this many maxima."""
_SEARCH = 120


def _word_cut(text: str, start: int, wanted: int, limit: int) -> int:
    """A position in `(start, limit]` between two words, near `wanted`; in a word only where there is no other."""
    for position in range(wanted, max(start + 1, wanted - _SEARCH), -1):
        if text[position - 1].isspace() and not _between_digits(text, position - 1):
            return position
    for position in range(wanted + 1, limit + 1):
        if text[position - 1].isspace() and not _between_digits(text, position - 1):
            return position
    for position in range(limit, max(start + 1, limit - _SEARCH), -1):
        if not _inside(text, position):
            return position
    return limit


def _between_digits(text: str, position: int) -> bool:
    return text[position - 1].isdigit() and text[position + 1 : position + 2].isdigit()


def _inside(text: str, position: int) -> bool:
    """Whether a cut would part a number, a letter from its marks, or a surrogate pair."""
    before, after = text[position - 1], text[position : position + 1]
    number = (before.isdigit() or before in ".,-/") and after.isdigit()
    return number or (before.isdigit() and after in ".,-/") or _is_mark(after) or "\udc00" <= after <= "\udfff"


def _is_mark(character: str) -> bool:
    return "\u0300" <= character <= "\u036f" or "\u064b" <= character <= "\u065f" or character in "\u0670\u200d"


def _language(text: str, language: str, languages: Languages) -> str:
    own = languages.find(language)
    if own is None:
        return identify_document(text, languages, statistics=False).language
    if len(text) < _TELLING and _is_written_as(text, own):
        return own.code
    found = identify_document(text, languages, declared=own.code, statistics=False)
    return found.language if found.confidence >= _SURE or not _is_written_as(text, own) else own.code


def _is_written_as(text: str, language: Language) -> bool:
    return main_script(text) in ("", language.script)
