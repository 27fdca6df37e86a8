"""The reader of each format."""

from __future__ import annotations

from jazari_rag.errors import UnsupportedFormatError
from jazari_rag.ingestion.formats import Format
from jazari_rag.ports import Reader


def make_reader(kind: Format, *, max_pages: int) -> Reader:
    """The reader of a format; imports that reader's library alone."""
    match kind:
        case Format.PDF:
            from jazari_rag.adapters.pdf import PdfReader

            return PdfReader(max_pages=max_pages)
        case Format.HTML:
            from jazari_rag.adapters.html import HtmlReader

            return HtmlReader()
        case Format.DOCX:
            from jazari_rag.adapters.docx import DocxReader

            return DocxReader()
        case Format.ODT:
            from jazari_rag.adapters.odt import OdtReader

            return OdtReader()
        case Format.XLSX:
            from jazari_rag.adapters.spreadsheet import XlsxReader

            return XlsxReader(max_pages=max_pages)
        case Format.CSV:
            from jazari_rag.adapters.csv_table import CsvReader

            return CsvReader()
        case Format.MARKDOWN:
            from jazari_rag.adapters.markdown import MarkdownReader

            return MarkdownReader()
        case Format.TEXT:
            from jazari_rag.adapters.plain_text import PlainTextReader

            return PlainTextReader(max_pages=max_pages)
        case Format.JSONL:
            raise UnsupportedFormatError("JSON Lines hold many documents: name the file .jsonl, and each line is one")
