"""Page headers, footers and page numbers: what repeats on the pages of a document and says nothing of its subject."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from jazari_rag.domain import Mark, MarkKind, Page
from jazari_rag.languages import Languages, load_languages
from jazari_rag.text.normalise import fold
from jazari_rag.text.sentences import Span, trimmed
from jazari_rag.text.structure import find_heads

_EDGE_LINES = 3
"""Lines at the top and at the bottom of a page that may be a header or a footer."""
_LONGEST = 160
_SHARE = 0.4
"""Share of the pages on which a line must stand to be boilerplate; three pages at the least."""
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|pagina|p|صفحه|الصفحه|ص|ⵜⴰⵙⵏⴰ)[\W_]*)?\d{1,4}(?:\s*(?:/|sur|of|de|من|-)\s*\d{1,4})?[\W_]*"
)
_LEADING_NUMBER = re.compile(r"\s*([-–—]\s*\d{1,4}\s*[-–—])(?=\s)")
_LINE = re.compile(r"[^\r\n\u2028\u2029\f\v]+")
_EDGE = 4000
"""Characters at either end of a page in which its edge lines are looked for."""


def mark_boilerplate(pages: Sequence[Page], *, languages: Languages | None = None) -> tuple[Page, ...]:
    """The pages with a BOILERPLATE mark on repeated edge lines and page numbers. A page is never marked whole."""
    if len(pages) < 2:
        return tuple(pages)
    languages = languages or load_languages()
    edges = [_edge_lines(page.text) for page in pages]
    repeated = _repeated(pages, edges) if len(pages) > 2 else _on_both(pages, edges)
    numbered = sum(1 for page in pages if _LEADING_NUMBER.match(page.text)) >= max(2, len(pages) // 2)
    return tuple(
        _marked(page, _spans(page.text, lines, repeated, numbered, languages))
        for page, lines in zip(pages, edges, strict=True)
    )


def _edge_lines(text: str) -> list[Span]:
    top = _some_lines(text, 0, min(len(text), _EDGE))[:_EDGE_LINES]
    bottom = _some_lines(text, max(0, len(text) - _EDGE), len(text))[-_EDGE_LINES:]
    return sorted({*top, *bottom})


def _some_lines(text: str, start: int, end: int) -> list[Span]:
    """Non-empty lines within `start:end`, without those that reach over it."""
    spans = [trimmed(text, m.start(), m.end()) for m in _LINE.finditer(text, start, end)]
    spans = [(a, b) for a, b in spans if a < b]
    if start > 0 and spans:
        spans = spans[1:]
    if end < len(text) and spans:
        spans = spans[:-1]
    return spans


def _key(line: str) -> str:
    return " ".join(re.sub(r"\d+", "#", fold(line)).split())


def _repeated(pages: Sequence[Page], edges: Sequence[Sequence[Span]]) -> frozenset[str]:
    """Keys of the lines, as written and without digits, that stand on enough pages."""
    counts: Counter[str] = Counter()
    for page, lines in zip(pages, edges, strict=True):
        texts = [page.text[start:end] for start, end in lines if end - start <= _LONGEST]
        counts.update({key for text in texts for key in (text, "#" + _key(text))})
    enough = max(3, round(_SHARE * len(pages)))
    return frozenset(key for key, count in counts.items() if count >= enough)


def _on_both(pages: Sequence[Page], edges: Sequence[Sequence[Span]]) -> frozenset[str]:
    """Lines that open both of two pages, or close both, as written; a page number may stand outside of them."""
    first, second = (
        [page.text[start:end] for start, end in lines if not _is_page_number(page.text[start:end])]
        for page, lines in zip(pages, edges, strict=True)
    )
    pairs = [*zip(first[:1], second[:1], strict=False), *zip(first[-1:], second[-1:], strict=False)]
    return frozenset(one for one, other in pairs if one == other and len(one) <= _LONGEST)


def _spans(
    text: str, lines: Sequence[Span], repeated: frozenset[str], numbered: bool, languages: Languages
) -> list[Span]:
    spans = [span for span in lines if _is_boilerplate(text[slice(*span)], repeated, languages)]
    for edge in (lines[:1], lines[-1:]):
        spans += [span for span in edge if _is_page_number(text[slice(*span)]) and span not in spans]
    leading = _LEADING_NUMBER.match(text) if numbered else None
    if leading and not any(start <= leading.start(1) < end for start, end in spans):
        spans.append(leading.span(1))
    return sorted(spans)


def _is_boilerplate(line: str, repeated: frozenset[str], languages: Languages) -> bool:
    if line in repeated:
        return True
    # "Article 12" and "Article 13" at the top of pages differ in their digits alone.
    return "#" + _key(line) in repeated and not find_heads(line, languages)


def _is_page_number(line: str) -> bool:
    return len(line) <= 40 and _PAGE_NUMBER.fullmatch(fold(line)) is not None


def _marked(page: Page, spans: Sequence[Span]) -> Page:
    covered = sum(len(page.text[start:end].split()) for start, end in spans)
    if not spans or covered >= len(page.text.split()):
        return page
    marks = tuple(Mark(start, end, MarkKind.BOILERPLATE) for start, end in spans)
    return replace(page, marks=tuple(sorted((*page.marks, *marks), key=lambda mark: (mark.start, mark.end))))
