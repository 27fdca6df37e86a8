"""Reads ODT: the headings, lists and tables of `content.xml`."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from jazari_rag.adapters.archives import open_archive, parse_xml, read_member
from jazari_rag.adapters.characters import clean, one_line
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.adapters.tables import looks_like_heads, table_lines
from jazari_rag.adapters.titles import first_title
from jazari_rag.domain import MarkKind, ReadDocument
from jazari_rag.errors import EncryptedError, ReadError

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_TEXT = "{" + _NS["text"] + "}"
_TABLE = "{" + _NS["table"] + "}"
_OFFICE = "{" + _NS["office"] + "}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_NOT_SHOWN = frozenset({_TEXT + "tracked-changes", _OFFICE + "annotation", _TEXT + "sequence-decls", _OFFICE + "forms"})
_MOST_REPEATS = 100


class OdtReader:
    """One page. The title is the metadata's, else the first heading or line, else the file's stem."""

    def read(self, path: Path) -> ReadDocument:
        """The whole document.

        Raises:
            EncryptedError: It wants a password.
            ReadError: It is damaged.
        """
        with open_archive(path) as archive:
            if b"encryption-data" in read_member(archive, "META-INF/manifest.xml"):
                raise EncryptedError("the ODT wants a password: save it without one, and ingest it again")
            content = parse_xml(read_member(archive, "content.xml"), "content.xml")
            title = _stated_title(archive)
        body = content.find("office:body/office:text", _NS)
        if body is None:
            raise ReadError("the ODT has no text")
        builder = PageBuilder()
        _blocks(body, builder, 0)
        page = builder.page(1, engine="odt")
        headings = (page.text[mark.start : mark.end] for mark in page.marks if mark.kind is MarkKind.HEADING)
        lines = page.text.split("\n", 10)[:10]
        return ReadDocument(first_title([title, *headings, *lines], path.stem), (page,))


def _stated_title(archive: zipfile.ZipFile) -> str | None:
    if "meta.xml" not in archive.namelist():
        return None
    found = parse_xml(read_member(archive, "meta.xml"), "meta.xml").find(".//dc:title", _NS)
    return None if found is None else found.text


def _blocks(parent: etree._Element, builder: PageBuilder, depth: int) -> None:
    for element in parent:
        if not isinstance(element.tag, str) or element.tag in _NOT_SHOWN:
            continue
        if element.tag == _TEXT + "h":
            builder.paragraph_break()
            builder.add(_inline(element), MarkKind.HEADING, level=int(element.get(_TEXT + "outline-level") or 1))
        elif element.tag == _TEXT + "p":
            builder.add(_inline(element), MarkKind.ITEM if depth else None)
            _frames(element, builder, depth)
        elif element.tag == _TEXT + "list":
            _list(element, builder, depth + 1)
        elif element.tag == _TABLE + "table":
            _table(element, builder)
        else:
            _blocks(element, builder, depth)


def _frames(paragraph: etree._Element, builder: PageBuilder, depth: int) -> None:
    """Text boxes and labelled shapes that are anchored in a paragraph."""
    for child in paragraph.iterdescendants():
        if _is_drawing(child) and not any(_is_drawing(above) for above in child.iterancestors()):
            _blocks(child, builder, depth)


def _is_drawing(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(_DRAW) and element.tag != _DRAW + "a"


def _list(element: etree._Element, builder: PageBuilder, depth: int) -> None:
    for item in element:
        for child in item:
            if child.tag == _TEXT + "list":
                _list(child, builder, depth + 1)
            elif child.tag == _TEXT + "h":
                builder.add(_inline(child), MarkKind.HEADING, level=int(child.get(_TEXT + "outline-level") or 1))
            elif child.tag == _TEXT + "p":
                text = _inline(child)
                builder.add(f"- {text}" if text else "", MarkKind.ITEM)


def _table(table: etree._Element, builder: PageBuilder) -> None:
    rows = [list(_cells(row)) for row in table.iter(_TABLE + "table-row")]
    rows = [row for row in rows if any(row)]
    stated = table.find("table:table-header-rows", _NS) is not None
    headed = len(rows) > 1 and (stated or looks_like_heads(rows))
    heads = rows[0] if headed else ()
    builder.paragraph_break()
    for line in table_lines(rows[1:] if headed else rows, heads):
        builder.add(line, MarkKind.ROW)
    builder.paragraph_break()


def _cells(row: etree._Element) -> Iterator[str]:
    for cell in row:
        if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            continue
        texts = [_inline(paragraph) for paragraph in cell.iter(_TEXT + "p", _TEXT + "h")]
        repeats = int(cell.get(_TABLE + "number-columns-repeated") or 1)
        for _ in range(min(repeats, _MOST_REPEATS)):
            yield " ".join(text for text in texts if text)


def _inline(element: etree._Element) -> str:
    return one_line_with_breaks("".join(_pieces(element)))


def one_line_with_breaks(text: str) -> str:
    """Each line of `text` with its spaces collapsed; empty lines left out."""
    lines = (one_line(line) for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(element: etree._Element) -> Iterator[str]:
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if child.tag == _TEXT + "s":
            yield " "
        elif child.tag == _TEXT + "tab":
            yield "\t"
        elif child.tag == _TEXT + "line-break":
            yield "\n"
        elif child.tag == _TEXT + "note":
            yield from _note(child)
        elif isinstance(child.tag, str) and child.tag not in _NOT_SHOWN and not _is_drawing(child):
            yield from _pieces(child)
        yield (child.tail or "").replace("\n", " ")


def _note(note: etree._Element) -> Iterator[str]:
    """A footnote, in brackets where it is called."""
    body = note.find("text:note-body", _NS)
    if body is not None:
        yield " (" + " ".join(" ".join(_pieces(part)) for part in body).strip() + ")"
