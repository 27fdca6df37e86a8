"""Reads Markdown as a citizen would see it: headings, items and table rows marked, `#` and `**` gone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from jazari_rag.adapters.characters import clean, one_line
from jazari_rag.adapters.encodings import decode
from jazari_rag.adapters.front_matter import split_front_matter
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.adapters.tables import table_lines
from jazari_rag.adapters.titles import first_title
from jazari_rag.domain import MarkKind, ReadDocument

_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.S)


class MarkdownReader:
    """One page. YAML front matter becomes metadata; its `title` and `lang` (or `language`) are the document's.

    Without one, the title is the first heading, else the first line, else the file's stem. A link to the web keeps
    its address in brackets.
    """

    def read(self, path: Path) -> ReadDocument:
        """The whole document.

        Raises:
            ReadError: It is binary.
        """
        text, encoding = decode(path.read_bytes())
        metadata, body = split_front_matter(clean(text))
        stated = metadata.pop("title", None)
        language = str(metadata.pop("lang", "") or metadata.pop("language", "") or "")
        builder = PageBuilder()
        _Writer(builder).write(MarkdownIt("commonmark").enable("table").parse(body))
        page = builder.page(1, engine=f"markdown ({encoding})")
        headings = (page.text[mark.start : mark.end] for mark in page.marks if mark.kind is MarkKind.HEADING)
        title = first_title([stated, *headings, *page.text.split("\n", 10)[:10]], path.stem)
        return ReadDocument(title, (page,), language, metadata)


class _Writer:
    """Walks the flat list of block tokens."""

    def __init__(self, builder: PageBuilder) -> None:
        self._builder = builder
        self._lists: list[int] = []
        self._bullet = ""
        self._heading = 0
        self._rows: list[list[str]] = []
        self._in_table = False

    def write(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            self._open_or_close(token)
            if token.type == "inline":
                self._inline(inline_text(token.children or ()))
            elif token.type in ("fence", "code_block"):
                self._builder.add(clean(token.content).rstrip("\n"), MarkKind.ITEM if self._lists else None)
            elif token.type == "html_block":
                self._inline(one_line(_TAG.sub(" ", token.content)))

    def _open_or_close(self, token: Token) -> None:
        kind = token.type
        if kind == "heading_open":
            self._heading = int(token.tag[1])
        elif kind in ("bullet_list_open", "ordered_list_open"):
            ordered = kind == "ordered_list_open"
            self._lists.append(int(token.attrs.get("start", 1)) if ordered else -1)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif kind == "list_item_open":
            self._bullet = "- " if self._lists[-1] < 0 else f"{self._lists[-1]}. "
            self._lists[-1] += self._lists[-1] >= 0
        elif kind == "table_open":
            self._rows, self._in_table = [], True
        elif kind == "tr_open":
            self._rows.append([])
        elif kind == "table_close":
            self._table()
        if token.level == 0 and token.nesting >= 0 and kind != "inline":
            self._builder.paragraph_break()

    def _inline(self, text: str) -> None:
        if self._in_table:
            self._rows[-1].append(one_line(text))
        elif self._heading:
            self._builder.add(one_line(text), MarkKind.HEADING, level=self._heading)
            self._heading = 0
        elif text:
            bullet, self._bullet = self._bullet, ""
            self._builder.add(bullet + text, MarkKind.ITEM if self._lists else None)

    def _table(self) -> None:
        self._in_table = False
        heads, *rows = self._rows
        for line in table_lines(rows or [heads], heads if rows else ()):
            self._builder.add(line, MarkKind.ROW)


def inline_text(children: Sequence[Token]) -> str:
    """What a paragraph says, without its markers; each line break that is shown is one."""
    pieces: list[str] = []
    addresses: list[tuple[str, int]] = []
    for token in children:
        if token.type in ("text", "code_inline"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
        elif token.type == "html_inline":
            pieces.append("\n" if token.content.lower().startswith("<br") else "")
        elif token.type == "image":
            pieces.append(token.content)
        elif token.type == "link_open":
            addresses.append((str(token.attrs.get("href", "")), len(pieces)))
        elif token.type == "link_close" and addresses:
            pieces.append(_address(*addresses.pop(), pieces))
    lines = (one_line(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _address(href: str, start: int, pieces: list[str]) -> str:
    shown = "".join(pieces[start:])
    return f" ({href})" if href.startswith(("http://", "https://")) and shown.strip() not in href else ""
