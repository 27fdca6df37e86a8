"""Reads XLSX: a sheet a page, a row a line with its column heads."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from jazari_rag.adapters.archives import open_archive
from jazari_rag.adapters.characters import one_line
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.adapters.tables import may_be_heads, row_line
from jazari_rag.adapters.titles import first_title
from jazari_rag.domain import MarkKind, Page, ReadDocument
from jazari_rag.errors import LimitExceededError, ReadError


class XlsxReader:
    """Sheets that are shown; formulas as the values that were saved with them. The first row that is not empty heads.

    Args:
        max_pages: A workbook with more sheets is refused.
    """

    def __init__(self, *, max_pages: int = 2000) -> None:
        self._max_pages = max_pages

    def read(self, path: Path) -> ReadDocument:
        """The whole workbook.

        Raises:
            ReadError: It is damaged, encrypted, or larger than allowed.
        """
        open_archive(path).close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
            except (MemoryError, RecursionError, OSError):
                raise
            except Exception as error:  # openpyxl raises what the damage happens to cause
                raise _damaged(error, path) from None
            try:
                return self._read(book, path)
            finally:
                book.close()

    def _read(self, book: Any, path: Path) -> ReadDocument:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if len(sheets) > self._max_pages:
            message = f"{len(sheets)} sheets are more than limits.pages ({self._max_pages})"
            raise LimitExceededError(message, limit="limits.pages")
        if not sheets:
            raise ReadError("the workbook has no visible sheet that can be read: save it anew as an ordinary XLSX")
        try:
            pages = tuple(_page(sheet, number) for number, sheet in enumerate(sheets, start=1))
        except (MemoryError, RecursionError):
            raise
        except Exception as error:
            raise _damaged(error, path) from None
        properties = book.properties
        return ReadDocument(first_title([properties.title if properties else None], path.stem), pages)


def _damaged(error: Exception, path: Path) -> ReadError:
    reason = str(error).replace(str(path), path.name)[:200]
    return ReadError(f"the workbook is damaged: {reason}; save it anew")


def _page(sheet: Any, number: int) -> Page:
    builder = PageBuilder()
    builder.add(one_line(sheet.title), MarkKind.HEADING, level=1)
    sheet.reset_dimensions()
    rows = (row for row in _rows(sheet) if any(row))
    add_rows(builder, rows)
    return builder.page(number, engine="openpyxl")


def add_rows(builder: PageBuilder, rows: Iterator[Sequence[str]]) -> None:
    """Adds a line a row, under the heads that the first row with two cells or more gives; a lone cell is a line."""
    heads: Sequence[str] | None = None
    waiting: Sequence[str] | None = None
    for row in rows:
        if heads is None and sum(bool(cell) for cell in row) > 1:
            heads = row if may_be_heads(row) else ()
            waiting = row if heads else None
            if heads:
                continue
        else:
            waiting = None
        builder.add(row_line(heads or (), row), MarkKind.ROW)
    if waiting:
        builder.add(row_line((), waiting), MarkKind.ROW)


def _rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield [_shown(cell.value, cell.number_format or "") if cell.value is not None else "" for cell in row]


def _shown(value: object, number_format: str) -> str:
    """A value as the sheet shows it, near enough to be quoted."""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, float | int):
        if "%" in number_format:
            return f"{value * 100:.10g} %"
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return one_line(str(value))
