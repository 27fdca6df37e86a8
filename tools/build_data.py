"""Regenerates the PDF and DOCX samples of `data/documents` from the texts of `tools/data_sources`.

    python tools/build_data.py

An `.html` source becomes a PDF, set by WeasyPrint; an `.md` source with front matter becomes a DOCX, with real heading
styles, lists and tables. The same source gives the same bytes with the same versions of the tools and fonts.

Needs, beside the library's own dependencies: `pip install weasyprint` and the Debian packages libpango-1.0-0,
libpangoft2-1.0-0, libharfbuzz-subset0, fonts-dejavu-core and fonts-hosny-amiri (the Arabic face).
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tools" / "data_sources"
OUTPUT = ROOT / "data" / "documents"
SUFFIXES = {".html": ".pdf", ".md": ".docx"}
RIGHT_TO_LEFT = frozenset({"ar"})
DATED = datetime(2026, 1, 1)
"""Written as the date of every file: a build must not depend on the day it runs."""

STYLE = """
@page {{
  size: A4; margin: 24mm 20mm 22mm;
  @top-center {{ content: "{title}"; font: 8pt {face}; color: #555; border-bottom: .4pt solid #999; width: 100% }}
  @bottom-center {{ content: "{page} " counter(page) " / " counter(pages); font: 8pt {face}; color: #555 }}
}}
body {{ font: {size}/1.45 {face}; color: #111; font-feature-settings: "liga" 0, "dlig" 0, "calt" 0 }}
h1 {{ font-size: 17pt; line-height: 1.25; margin: 0 0 8pt; bookmark-level: 1 }}
h2 {{ font-size: 13pt; margin: 14pt 0 4pt; break-after: avoid }}
h2.newpage {{ break-before: page }}
h3 {{ font-size: 11pt; margin: 9pt 0 2pt; break-after: avoid }}
p, ul, ol {{ margin: 0 0 6pt }}
ul, ol {{ list-style: none; padding-inline-start: 12pt; counter-reset: item }}
ul > li::before {{ content: "• " }}
ol > li::before {{ counter-increment: item; content: counter(item) ". " }}
.source {{ margin-top: 14pt; font-size: 9pt; color: #333 }}
table {{ border-collapse: collapse; width: 100%; margin: 4pt 0 8pt }}
th, td {{ border: .5pt solid #777; padding: 3pt 5pt; text-align: start; vertical-align: top }}
th {{ background: #eee }}
tr {{ break-inside: avoid }}
"""
"""List markers are generated text, not `::marker`: WeasyPrint draws those last, far from their items in the text layer.
Optional ligatures are off: Amiri's have no Unicode value, and their letters would be lost to a reader.
"""
FACES = {"ar": "'Amiri', serif"}
SIZES = {"ar": "11.5pt"}
PAGE_WORD = {"ar": "صفحة"}


@dataclass(frozen=True, slots=True)
class Source:
    """One text to set, and the file it becomes."""

    path: Path

    @property
    def target(self) -> Path:
        return OUTPUT / self.path.with_suffix(SUFFIXES[self.path.suffix]).name


def sources() -> list[Source]:
    """Every source, by name."""
    return [Source(path) for path in sorted(SOURCES.iterdir()) if path.suffix in SUFFIXES]


def build(source: Source) -> bytes:
    """The bytes of the generated document."""
    text = source.path.read_text(encoding="utf-8")
    return pdf(text) if source.path.suffix == ".html" else docx(text)


# PDF


def pdf(html: str) -> bytes:
    """Sets a page of HTML as a PDF with a running head, page numbers, an outline and font subsets."""
    from weasyprint import CSS, HTML

    language = found(r'<html lang="([\w-]+)"', html)
    title = found(r"<title>(.*?)</title>", html)
    style = STYLE.format(
        title=title.replace('"', "'"),
        face=FACES.get(language, "'DejaVu Sans', sans-serif"),
        size=SIZES.get(language, "9pt"),
        page=PAGE_WORD.get(language, "Page"),
    )
    set_pages: bytes = HTML(string=html, base_url=str(SOURCES)).write_pdf(
        stylesheets=[CSS(string=style)], pdf_identifier=title.encode(), custom_metadata=False
    )
    return set_pages


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text, re.DOTALL)
    if match is None:
        raise ValueError(f"a source has no {pattern}")
    return match.group(1)


# DOCX


def docx(markdown: str) -> bytes:
    """Sets Markdown with front matter as a Word document."""
    from docx import Document
    from markdown_it import MarkdownIt

    head, body = re.match(r"---\n(.*?)\n---\n(.*)", markdown, re.DOTALL).groups()  # type: ignore[union-attr]
    fields = {key: value.strip().strip('"') for key, value in re.findall(r"^(\w+): (.*)$", head, re.MULTILINE)}
    document = Document()
    describe(document, fields)
    WordWriter(document, right_to_left=fields["lang"] in RIGHT_TO_LEFT).write(
        iter(MarkdownIt().enable("table").parse(body))
    )
    out = BytesIO()
    document.save(out)
    return with_fixed_dates(out.getvalue())


def describe(document: Any, fields: dict[str, str]) -> None:
    properties = document.core_properties
    properties.title, properties.author = fields["title"], fields["authority"]
    properties.language, properties.subject = fields["lang"], fields["subject"]
    properties.keywords = fields["jurisdiction"]
    properties.comments = ""
    properties.created = properties.modified = DATED
    properties.last_modified_by, properties.revision = "jazari-rag", 1


class WordWriter:
    """Writes Markdown tokens with Word's own styles."""

    def __init__(self, document: Any, *, right_to_left: bool) -> None:
        self._document = document
        self._right_to_left = right_to_left

    def write(self, tokens: Iterator[Any]) -> None:
        lists: list[str] = []
        for token in tokens:
            if token.type == "heading_open":
                self._paragraph(next(tokens), f"Heading {token.tag[1]}")
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                lists.append("List Bullet" if token.type.startswith("bullet") else "List Number")
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                lists.pop()
            elif token.type == "paragraph_open":
                self._paragraph(next(tokens), lists[-1] if lists else "Normal")
            elif token.type == "table_open":
                self._table(tokens)

    def _paragraph(self, inline: Any, style: str) -> None:
        self._fill(self._document.add_paragraph(style=style), inline)

    def _fill(self, paragraph: Any, inline: Any) -> None:
        bold = False
        for child in inline.children:
            if child.type in ("strong_open", "strong_close"):
                bold = child.type == "strong_open"
            elif child.content:
                self._run(paragraph, child.content, bold=bold)
        if self._right_to_left:
            mark(paragraph._p.get_or_add_pPr(), "w:bidi")

    def _run(self, paragraph: Any, text: str, *, bold: bool) -> None:
        run = paragraph.add_run(text)
        run.bold = bold or None
        if self._right_to_left:
            mark(run._r.get_or_add_rPr(), "w:rtl")

    def _table(self, tokens: Iterator[Any]) -> None:
        rows = list(table_rows(tokens))
        table = self._document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        if self._right_to_left:
            mark(table._tbl.tblPr, "w:bidiVisual", after="w:tblStyle")
        mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, inline in zip(row.cells, cells, strict=True):
                self._fill(cell.paragraphs[0], inline)


def table_rows(tokens: Iterator[Any]) -> Iterator[list[Any]]:
    """The inline tokens of each row, the heads first; stops after the table."""
    row: list[Any] = []
    for token in tokens:
        if token.type == "table_close":
            return
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(token)
        elif token.type == "tr_close":
            yield row


def mark(properties: Any, name: str, *, after: str | None = None) -> None:
    """Adds an on/off property that python-docx has no name for: last, or after another where the schema says so."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if after is None:
        properties.append(OxmlElement(name))
    else:
        properties.find(qn(after)).addnext(OxmlElement(name))


def with_fixed_dates(package: bytes) -> bytes:
    """The same package with every member dated `DATED`."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, DATED.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def main() -> int:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for source in sources():
        content = build(source)
        source.target.write_bytes(content)
        print(f"{source.target.relative_to(ROOT)}: {len(content) / 1024:.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
