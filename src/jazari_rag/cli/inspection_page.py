"""A document as it was read, as one HTML page: a person checks an ingestion by looking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from jazari_rag.domain import MarkKind, Page, Passage, direction
from jazari_rag.errors import UsageError

if TYPE_CHECKING:
    from jazari_rag.ingestion.reading import Inspection

_STYLE = """
body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
h1 { font-size: 1.4rem } h2 { font-size: 1rem; margin: 2rem 0 .3rem }
table { border-collapse: collapse } td, th { padding: .1rem .8rem .1rem 0; text-align: start; vertical-align: top }
.note { color: #666; font-size: .85rem } .bad { color: #a40000 }
.page { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #ddd; padding: 1rem; border-radius: 4px }
.p0 { background: #e8f1fb } .p1 { background: #eaf6e6 } .out { color: #999 }
.heading { font-weight: 700 } .reference { border-bottom: 1px dotted #555 }
.repair { background: #ffd166; outline: 1px solid #c98a00 }
.hidden, .boilerplate { text-decoration: line-through; color: #999 }
""".strip()
_KEY = (
    '<p class="note"><span class="p0">passage</span> <span class="p1">the next one</span> '
    '<span class="out">in no passage</span> <span class="heading">heading</span> '
    '<span class="reference">reference</span> <span class="repair">repaired</span> '
    '<span class="boilerplate">repeated or hidden: left out</span></p>'
)
_SHOWN = {MarkKind.REPAIR: "repair", MarkKind.HIDDEN: "hidden", MarkKind.BOILERPLATE: "boilerplate"}


def as_page(value: Inspection) -> str:
    """The whole page. All that comes from the document is escaped; no script, nothing from elsewhere."""
    language = str(value.document["language"])
    title = escape(str(value.document["title"]))
    parts = [
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>',
        f'<h1 lang="{escape(language, quote=True)}" dir="{direction(language)}">{title}</h1>',
        f"<table>{''.join(_facts(value.facts))}</table>",
        f'<p class="note">{len(value.pages)} pages, {len(value.passages)} passages</p>{_KEY}',
    ]
    if value.problem:
        parts.append(f'<p class="bad">{escape(value.problem)}</p>')
    number = 0
    for index, page in enumerate(value.pages):
        own = [passage for passage in value.passages if passage.page == page.number]
        parts += _page(page, value.languages[index] or language, [h.start for h in value.headings[index]], own, number)
        number += len(own)
    return "\n".join([*parts, "</html>", ""])


def write(path: Path, value: Inspection) -> None:
    """Writes the page to a file.

    Raises:
        UsageError: It cannot be written there.
    """
    try:
        path.write_text(as_page(value), encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"--html {path}: {error.strerror or error}. Name a file in a folder that exists") from error


def _facts(facts: Mapping[str, object]) -> Iterator[str]:
    for name, found in facts.items():
        for fact in found if isinstance(found, list) else [found]:
            if isinstance(fact, Mapping):
                place = f"p. {fact['page']}" if fact["page"] else "title"
                cells = (str(fact["value"]), f"{fact['confidence']:.2f}", place, str(fact["evidence"]))
                shown = "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in cells)
                yield f"<tr><th>{escape(name)}</th>{shown}</tr>"


def _page(page: Page, language: str, heads: Sequence[int], passages: Sequence[Passage], first: int) -> Iterator[str]:
    quality = page.quality
    notes = [language, quality.engine, *quality.reasons, *(f"{name} × {n}" for name, n in quality.repairs.items())]
    yield f'<h2>p. {page.number} <span class="note">{escape(", ".join(note for note in notes if note))}</span></h2>'
    text = "".join(_stretches(page, heads, passages, first))
    yield f'<div class="page" lang="{escape(language, quote=True)}" dir="{direction(language)}">{text}</div>'


def _stretches(page: Page, heads: Sequence[int], passages: Sequence[Passage], first: int) -> Iterator[str]:
    """The page's text in stretches between which something begins or ends, each with the classes of what covers it."""
    layers = list(_layers(page, heads, passages, first))
    cuts = sorted({0, len(page.text), *(place for start, end, *_ in layers for place in (start, end))})
    opened = sorted(layers)
    live: list[tuple[int, int, str, str]] = []
    position = 0
    for start, end in pairwise(cuts):
        while position < len(opened) and opened[position][0] <= start:
            live.append(opened[position])
            position += 1
        live = [layer for layer in live if layer[1] > start]
        classes = " ".join(dict.fromkeys(layer[2] for layer in live)) or "out"
        told = escape(" › ".join(layer[3] for layer in live if layer[3]), quote=True)
        yield f'<span class="{classes}" title="{told}">{escape(page.text[start:end])}</span>'


def _layers(
    page: Page, heads: Sequence[int], passages: Sequence[Passage], first: int
) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, class and tooltip of all that is known of stretches of a page."""
    for number, passage in enumerate(passages, first):
        yield passage.start, passage.end, f"p{number % 2}", " › ".join((passage.id, *passage.section))
        for reference in passage.references:
            told = ", ".join(reference.articles) + (f" ({reference.law})" if reference.law else "")
            yield reference.start, reference.end, "reference", told
    for mark in page.marks:
        if mark.kind in _SHOWN and 0 <= mark.start < mark.end <= len(page.text):
            yield mark.start, mark.end, _SHOWN[mark.kind], mark.note or mark.kind.value
    for start in heads:
        line = page.text.find("\n", start)
        yield start, line if line >= 0 else len(page.text), "heading", ""
