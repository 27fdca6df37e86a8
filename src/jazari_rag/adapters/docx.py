"""Reads DOCX: headings, lists, tables and notes, in the order of the document."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.opc.exceptions import OpcError
from docx.opc.part import PartFactory
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from jazari_rag.adapters.archives import open_archive, parse_xml
from jazari_rag.adapters.characters import one_line
from jazari_rag.adapters.docx_numbering import Numbering
from jazari_rag.adapters.docx_styles import Styles
from jazari_rag.adapters.docx_text import W, blocks, cell_grid, paragraph_text, text_boxes
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.adapters.tables import looks_like_heads, table_lines
from jazari_rag.adapters.titles import first_title
from jazari_rag.domain import MarkKind, ReadDocument
from jazari_rag.errors import ReadError

for _kind in (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
):
    PartFactory.part_type_for[_kind] = DocumentPart

_NOTES = ("footnotes", "endnotes")


class DocxReader:
    """One page, for a DOCX knows no pages. The title is the core property's, else the first heading or line."""

    def read(self, path: Path) -> ReadDocument:
        """The whole document.

        Raises:
            EncryptedError: It wants a password.
            ReadError: It is damaged.
        """
        open_archive(path).close()
        document = _open(path)
        builder = PageBuilder()
        writer = _Writer(builder, Styles(document.styles.element), Numbering(_numbering(document)))
        writer.write(document.element.body)
        for note in _notes(document):
            builder.add(note)
        page = builder.page(1, engine="python-docx")
        lines = page.text.split("\n", 10)[:10]
        titles = [_stated_title(document), *writer.titles, *writer.headings[:1], *lines]
        return ReadDocument(first_title(titles, path.stem), (page,))


class _Writer:
    def __init__(self, builder: PageBuilder, styles: Styles, numbering: Numbering) -> None:
        self._builder = builder
        self._styles = styles
        self._numbering = numbering
        self.titles: list[str] = []
        self.headings: list[str] = []

    def write(self, parent: etree._Element) -> None:
        for block in blocks(parent):
            if block.tag == W + "tbl":
                self._table(block)
                continue
            self._paragraph(block)
            for box in text_boxes(block):
                self.write(box)

    def _paragraph(self, paragraph: etree._Element) -> None:
        text = paragraph_text(paragraph)
        if not text:
            self._builder.paragraph_break()
            return
        role = self._styles.role(paragraph)
        label = self._numbering.label(role.numbering) if role.numbering else ""
        text = f"{label} {text}" if label else text
        if role.is_title:
            self.titles.append(text)
        if role.level:
            self.headings.append(text)
            self._builder.paragraph_break()
            self._builder.add(one_line(text), MarkKind.HEADING, level=role.level)
        else:
            self._builder.add(text, MarkKind.ITEM if role.numbering else None)

    def _table(self, table: etree._Element) -> None:
        rows = [row for row in cell_grid(table) if any(row)]
        first = table.find(f"{W}tr")
        stated = first is not None and first.find(f"{W}trPr/{W}tblHeader") is not None
        bold = first is not None and all(_is_bold(cell) for cell in first.iter(W + "tc"))
        headed = len(rows) > 1 and (stated or looks_like_heads(rows, emphasised=bold))
        self._builder.paragraph_break()
        for line in table_lines(rows[1:] if headed else rows, rows[0] if headed else ()):
            self._builder.add(line, MarkKind.ROW)
        self._builder.paragraph_break()


def _open(path: Path) -> Any:
    try:
        return _document(path)
    except (MemoryError, RecursionError, PermissionError, ReadError):
        raise
    except OpcError as error:
        raise ReadError(f"the DOCX is damaged: {error}; save it anew") from None
    except Exception as error:  # python-docx raises what the damage happens to cause
        raise ReadError(f"the DOCX cannot be read: {str(error)[:200]}; save it as DOCX anew") from None


def _document(path: Path) -> Any:
    """`docx.Document` without its check of the content type: templates and files with macros read the same."""
    main = Package.open(str(path)).main_document_part
    if not isinstance(main, DocumentPart):
        raise ReadError(f"the DOCX's main part is {main.content_type!r}; save it as DOCX anew")
    return main.document


def _numbering(document: Any) -> etree._Element | None:
    try:
        element: etree._Element = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return None
    return element


def _stated_title(document: Any) -> str | None:
    try:
        title: str = document.core_properties.title
    except (KeyError, ValueError, AttributeError) as error:
        logging.getLogger(__name__).debug("no core properties: %s", error)
        return None
    return title


def _notes(document: Any) -> Iterator[str]:
    """Footnotes and endnotes; Word numbers the separators 0 and below."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in _NOTES and not relation.is_external:
            root = parse_xml(relation.target_part.blob, f"{kind}.xml")
            for note in root:
                number = note.get(W + "id") or ""
                text = " ".join(filter(None, (paragraph_text(part) for part in note.iter(W + "p"))))
                if text and number.isdecimal() and int(number) > 0 and note.get(W + "type") is None:
                    yield f"({number}) {text}"


def _is_bold(cell: etree._Element) -> bool:
    runs = [run for run in cell.iter(W + "r") if run.find(W + "t") is not None]
    return bool(runs) and all(run.find(f"{W}rPr/{W}b") is not None for run in runs)
