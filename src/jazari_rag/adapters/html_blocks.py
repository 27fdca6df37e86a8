"""Turns HTML elements into the blocks of a page. Iterative: hostile pages nest deeper than Python recurses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from jazari_rag.adapters.characters import one_line
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.adapters.tables import labelled_line, looks_like_heads, row_line
from jazari_rag.domain import MarkKind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
_APART = frozenset((
    "p", "table", "ul", "ol", "dl", "blockquote", "pre", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6",
    "details", "fieldset",
))
# fmt: on
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.I)
_MOST_SPAN = 50
_LONGEST_CELL = 800


@dataclass
class _State:
    builder: PageBuilder
    inline: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    """The bullet of each open list item; empty once it is written."""
    lists: list[int] = field(default_factory=list)
    """The next number of each open list; 0 for one without numbers."""
    hidden: int = 0
    term: str = ""

    def flush(self) -> None:
        """Writes the text gathered so far as one block."""
        lines = (one_line(line) for line in "".join(self.inline).split("\v"))
        text = "\n".join(line for line in lines if line)
        self.inline.clear()
        if not text:
            return
        if self.term:
            text, self.term = f"{self.term.rstrip(' :')}: {text}", ""
        if self.items and self.items[-1]:
            text, self.items[-1] = self.items[-1] + text, ""
        self.builder.add(text, *self._kind())

    def _kind(self) -> tuple[MarkKind | None]:
        if self.hidden:
            return (MarkKind.HIDDEN,)
        return (MarkKind.ITEM if self.items else None,)

    def heading(self, level: int) -> None:
        text = one_line("".join(self.inline).replace("\v", " "))
        self.inline.clear()
        self.builder.add(text, MarkKind.HIDDEN if self.hidden else MarkKind.HEADING, level=0 if self.hidden else level)


def write_blocks(root: etree._Element, builder: PageBuilder) -> None:
    """Writes everything below `root`, in reading order."""
    state = _State(builder)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            if event == "end":
                state.inline.append(element.tail or "")
            continue
        if event == "start":
            if element.tag == "table" and _is_data(element):
                state.flush()
                _write_table(element, state)
                walk.skip_subtree()
                continue
            _start(element, state)
            state.inline.append(_collapsed(element.text, element))
        else:
            _end(element, state)
            if element is not root:
                state.inline.append(_collapsed(element.tail, element.getparent()))
    state.flush()


def _collapsed(text: str | None, parent: etree._Element | None) -> str:
    """Text with its line ends as spaces, but for preformatted text."""
    if not text:
        return ""
    preformatted = parent is not None and parent.tag == "pre"
    return text.replace("\v", " ").replace("\r\n", "\n").replace("\n", "\v" if preformatted else " ")


def _start(element: etree._Element, state: _State) -> None:
    tag = str(element.tag)
    if tag == "br":
        state.inline.append("\v")
    if tag not in _BLOCKS:
        return
    state.flush()
    if tag in _APART and not state.items:
        state.builder.paragraph_break()
    if _is_hidden(element):
        state.hidden += 1
    if tag in ("ul", "ol", "menu", "dir"):
        state.lists.append(_first_number(element) if tag == "ol" else 0)
    elif tag == "li":
        state.items.append(_bullet(state))


def _end(element: etree._Element, state: _State) -> None:
    tag = str(element.tag)
    if tag not in _BLOCKS:
        return
    if tag in _HEADINGS:
        state.heading(_HEADINGS[tag])
    elif tag == "dt":
        _remember_term(state)
    elif tag != "table" or not _is_data(element):
        state.flush()
    if tag in ("ul", "ol", "menu", "dir") and state.lists:
        state.lists.pop()
    elif tag == "li" and state.items:
        state.items.pop()
    elif tag == "dl" and state.term:
        state.inline.append(state.term)
        state.term = ""
        state.flush()
    if _is_hidden(element):
        state.hidden -= 1
    if tag in _APART and not state.items:
        state.builder.paragraph_break()


def _remember_term(state: _State) -> None:
    """A term waits for its first definition: they are one line. Terms that share a definition stand together."""
    term = one_line("".join(state.inline).replace("\v", " "))
    state.inline.clear()
    state.term = f"{state.term} / {term}" if state.term and term else state.term or term


def _bullet(state: _State) -> str:
    if not state.lists or not state.lists[-1]:
        return "- "
    number = state.lists[-1]
    state.lists[-1] += 1
    return f"{number}. "


def _first_number(element: etree._Element) -> int:
    start = (element.get("start") or "1").strip()
    return int(start) if start.isdecimal() and 0 < int(start) < 10**6 else 1


def _is_hidden(element: etree._Element) -> bool:
    hidden = element.get("hidden")
    return (hidden is not None and hidden != "until-found") or bool(_INVISIBLE.search(element.get("style") or ""))


def _is_data(table: etree._Element) -> bool:
    """Whether a table holds data; one that lays out a page has tables, headings or long cells inside, or one column."""
    rows = _rows(table)
    cells = [cell for row in rows for cell in _cells(row)]
    if not any(len(_cells(row)) > 1 for row in rows):
        return False
    if any(cell.tag == "th" for cell in cells):
        return True
    if any(next(cell.iter("h1", "h2", "h3", "table"), None) is not None for cell in cells):
        return False
    return all(len(_text(cell)) <= _LONGEST_CELL for cell in cells)


def _rows(table: etree._Element) -> list[etree._Element]:
    """The rows of this table, without those of tables inside it."""
    rows: list[etree._Element] = []
    for part in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        rows.extend([part] if part.tag == "tr" else part.iterchildren("tr"))
    return rows


def _write_table(table: etree._Element, state: _State) -> None:
    hidden = bool(state.hidden) or _is_hidden(table)
    state.builder.paragraph_break()
    for caption in table.iter("caption"):
        state.builder.add(_text(caption), MarkKind.HIDDEN if hidden else None)
    rows = [row for row in _rows(table) if _text(row)]
    grid = _grid(rows)
    headed = len(rows) > 1 and (_all_heads(rows[0]) or looks_like_heads(grid, emphasised=_bold(rows[0])))
    heads = grid[0] if headed else []
    for row, cells in list(zip(rows, grid, strict=True))[1 if headed else 0 :]:
        labelled = not heads and _starts_with_head(row)
        line = labelled_line(cells) if labelled else row_line(heads, cells)
        state.builder.add(line, MarkKind.HIDDEN if hidden else MarkKind.ROW)
    state.builder.paragraph_break()


def _grid(rows: list[etree._Element]) -> list[list[str]]:
    """Cells by column: one that spans rows is repeated in each, one that spans columns stands in the first."""
    grid: list[list[str]] = []
    above: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: list[str] = []
        cells = iter(_cells(row))
        following: dict[int, tuple[int, str]] = {}
        while True:
            column = len(line)
            if column in above:
                left, text = above[column]
                line.append(text)
                if left > 1:
                    following[column] = (left - 1, text)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            text, down = _text(cell), _span(cell, "rowspan")
            for offset in range(_span(cell, "colspan")):
                line.append(text if offset == 0 else "")
                if down > 1:
                    following[column + offset] = (down - 1, text if offset == 0 else "")
        above = following
        grid.append(line)
    return grid


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MOST_SPAN) if value.isdecimal() and len(value) < 6 else 1


def _all_heads(row: etree._Element) -> bool:
    cells = _cells(row)
    parent = row.getparent()
    in_head = parent is not None and parent.tag == "thead"
    return len(cells) > 1 and (in_head or all(cell.tag == "th" for cell in cells))


def _bold(row: etree._Element) -> bool:
    return all(_text(cell) == "".join(_text(bold) for bold in cell.iter("b", "strong")) for cell in _cells(row))


def _starts_with_head(row: etree._Element) -> bool:
    cells = _cells(row)
    return len(cells) > 1 and cells[0].tag == "th" and cells[1].tag == "td"


def _text(element: etree._Element) -> str:
    """Text on one line; block and line breaks inside become spaces, list items are told apart by semicolons."""
    pieces = []
    for part in element.iter():
        if isinstance(part.tag, str) and (part.tag in _BLOCKS or part.tag == "br"):
            pieces.append(" ; " if part.tag == "li" and part.getprevious() is not None else " ")
        pieces.append(part.text or "")
        if part is not element:
            pieces.append(" " + (part.tail or "") if part.tag in _BLOCKS else part.tail or "")
    return one_line("".join(pieces))
