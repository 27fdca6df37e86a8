"""Reads CSV with any common delimiter and encoding: a row a line with its column heads."""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from pathlib import Path

from jazari_rag.adapters.characters import one_line
from jazari_rag.adapters.encodings import decode
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.adapters.tables import may_be_heads, row_line
from jazari_rag.domain import MarkKind, ReadDocument
from jazari_rag.errors import ReadError

_DELIMITERS = ",;\t|"
_LARGEST_CELL = 10_000_000


class CsvReader:
    """One page. The first row that is not empty gives the heads; the title is the file's stem."""

    def read(self, path: Path) -> ReadDocument:
        """The whole table.

        Raises:
            ReadError: It is binary, or its quotes do not close.
        """
        text, encoding = decode(path.read_bytes())
        text = text.replace("\0", "")
        csv.field_size_limit(_LARGEST_CELL)
        builder = PageBuilder()
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
            shown = ([one_line(cell) for cell in row] for row in rows)
            filled = (row for row in shown if any(row))
            first = next(filled, [])
            heads = first if may_be_heads(first) else []
            for row in filled if heads else itertools.chain([first], filled):
                builder.add(row_line(heads, row), MarkKind.ROW)
        except csv.Error as error:
            raise ReadError(f"the CSV is damaged: {error}; save it anew") from None
        if not builder:
            builder.add(row_line((), first), MarkKind.ROW)
        return ReadDocument(path.stem, (builder.page(1, engine=f"csv ({encoding})"),))


def delimiter_of(text: str) -> str:
    """The delimiter that gives most rows the same number of columns, and more than one."""
    sample = text[:20_000]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if widths:
            width, times = widths.most_common(1)[0]
            score = times / len(rows) + min(width, 20) / 1000
            if score > best_score:
                best, best_score = delimiter, score
    return best
