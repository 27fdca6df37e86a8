"""The text of WordprocessingML elements: what is shown, and nothing of what tracked changes took out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from jazari_rag.adapters.characters import clean, one_line

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BOX = W + "txbxContent"
_NOT_SHOWN = frozenset(
    {_FALLBACK, _BOX, W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "pPr", W + "rPr"}
)
_WRAPPERS = frozenset({W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag"})
_SHOWN_AS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "sym": "•"}
_MOST_SPAN = 50


def blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from blocks(child)


def paragraph_text(paragraph: etree._Element) -> str:
    """The text of a paragraph; its manual line breaks stay."""
    lines = (one_line(line) for line in clean("".join(_pieces(paragraph))).split("\n"))
    return "\n".join(line for line in lines if line)


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes that are anchored in a paragraph, each once."""
    for box in paragraph.iter(_BOX):
        if not any(ancestor.tag in (_FALLBACK, _BOX) for ancestor in box.iterancestors()):
            yield box


def cell_grid(table: etree._Element) -> list[list[str]]:
    """Cells by column; a cell merged downwards is repeated, one merged sideways stands in its first column."""
    grid: list[list[str]] = []
    for row in table.iterchildren(W + "tr"):
        line: list[str] = []
        for cell in _row_cells(row):
            properties = cell.find(W + "tcPr")
            merge = None if properties is None else properties.find(W + "vMerge")
            continued = merge is not None and merge.get(W + "val", "continue") == "continue"
            column = len(line)
            above = grid[-1][column] if grid and column < len(grid[-1]) else ""
            line.append(above if continued else _cell_text(cell))
            line.extend([""] * (_columns(properties) - 1))
        grid.append(line)
    return grid


def _row_cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _row_cells(child)


def _columns(properties: etree._Element | None) -> int:
    span = None if properties is None else properties.find(W + "gridSpan")
    value = "1" if span is None else span.get(W + "val", "1")
    return min(max(int(value), 1), _MOST_SPAN) if value.isdecimal() else 1


def _cell_text(cell: etree._Element) -> str:
    return one_line(" ".join(filter(None, (paragraph_text(paragraph) for paragraph in cell.iter(W + "p")))))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in (W + "t", _FORMULA_TEXT):
            yield child.text or ""
        elif child.tag in _SHOWN_AS:
            yield _SHOWN_AS[str(child.tag)]
        elif child.tag not in _NOT_SHOWN:
            yield from _pieces(child)
