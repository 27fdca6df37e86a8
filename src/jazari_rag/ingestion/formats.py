"""What a file is, by its content. A name only decides between formats that are all plain text."""

from __future__ import annotations

import json
import re
import zipfile
from enum import StrEnum
from pathlib import Path

from jazari_rag.errors import EncryptedError, ReadError, UnsupportedFormatError

_HEAD = 64 * 1024
_KNOWN = "known: PDF, HTML, DOCX, ODT, XLSX, CSV, Markdown, text, JSON Lines"


class Format(StrEnum):
    """A format that can be read."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    ODT = "odt"
    XLSX = "xlsx"
    CSV = "csv"
    MARKDOWN = "markdown"
    TEXT = "text"
    JSONL = "jsonl"


_BY_NAME = {
    ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".csv": Format.CSV, ".tsv": Format.CSV,
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML, ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL, ".txt": Format.TEXT, ".text": Format.TEXT,
}  # fmt: skip

_MAGIC = (
    (b"\x89PNG", "an image (PNG)"), (b"\xff\xd8\xff", "an image (JPEG)"), (b"GIF8", "an image (GIF)"),
    (b"II*\0", "an image (TIFF)"), (b"MM\0*", "an image (TIFF)"), (b"BM", "an image (BMP)"),
    (b"\0\0\0\x0cjP", "an image (JPEG 2000)"), (b"{\\rtf", "a rich text file (RTF): save it as DOCX or PDF"),
    (b"\x1f\x8b", "a gzip archive: unpack it first"), (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"), (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ", "an xz archive: unpack it first"), (b"%!PS", "PostScript: convert it to PDF"),
    (b"\x7fELF", "a program"), (b"MZ", "a program"), (b"ID3", "audio"), (b"OggS", "audio"), (b"fLaC", "audio"),
    (b"SQLite format 3", "a database (SQLite)"), (b"wOFF", "a font"), (b"\xffWPC", "a WordPerfect document"),
)  # fmt: skip
_BINARY_MAGIC = frozenset({b"BM", b"MZ", b"ID3"})

_PDF = re.compile(rb"%PDF-\d")
_PDF_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])", re.I | re.S
)
_HTML_TAG = re.compile(r"<(?:p|div|h[1-6]|table|ul|ol|span|br|title|meta|script|a|font|center)[\s>/]", re.I)
_XML_START = re.compile(r"\s*<(?:\?xml|!DOCTYPE|[a-zA-Z][\w.-]*:[a-zA-Z]|rss[\s>]|feed[\s>]|svg[\s>])", re.I)
_JSON_START = re.compile(r'\s*(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})|\[\s*(?:[\[{"\]]|-?\d))')
_MAIL_HEAD = re.compile(
    r"^(?:Return-Path|Received|MIME-Version|Delivered-To|Message-ID|X-[\w-]+|From|To|Subject|Date): ", re.I | re.M
)
_MARKDOWN_HEAD = re.compile(r"\A---\n.*?\n---\n|^#{1,6} \S", re.S | re.M)


def detect_format(path: Path) -> Format:
    """The format of the file at `path`, by its first bytes, the members of an archive, or the shape of its text.

    Raises:
        UnsupportedFormatError: No reader knows it; the message says what it looks like.
        EncryptedError: An Office file that wants a password.
        ReadError: An archive that is damaged.
        OSError: The file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\0 \t\r\n\f\xef\xbb\xbf"):
        raise _unsupported("an empty file")
    if _is_pdf(head):
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _ole_error(path)
    _refuse_binary(head)
    return _text_format(_rough_text(head), path.suffix.lower())


def _unsupported(what: str) -> UnsupportedFormatError:
    return UnsupportedFormatError(f"unsupported: it looks like {what} ({_KNOWN})")


def _is_pdf(head: bytes) -> bool:
    """The header may stand behind up to 1,024 bytes of junk; a text that merely quotes it has no objects."""
    found = _PDF.search(head[:1024])
    if not found:
        return False
    return not head[: found.start()].strip(b"\xef\xbb\xbf \t\r\n\0") or bool(_PDF_OBJECT.search(head))


def _zip_format(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = frozenset(archive.namelist())
            kind = _member(archive, names, "mimetype").strip().decode("ascii", "replace")
            types = _member(archive, names, "[Content_Types].xml")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise ReadError(f"the zip archive (DOCX, XLSX, ODT …) is damaged: {error}") from None
    if (b"wordprocessingml" in types and b"document.main+xml" in types) or "word/document.xml" in names:
        return Format.DOCX
    if b"spreadsheetml.sheet.main+xml" in types or b"sheet.macroEnabled.main+xml" in types:
        return Format.XLSX
    if kind in ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template"):
        return Format.ODT
    raise _unsupported(_what_zip(kind, types, names))


def _member(archive: zipfile.ZipFile, names: frozenset[str], name: str) -> bytes:
    if name not in names:
        return b""
    with archive.open(name) as member:
        return member.read(1 << 20)


def _what_zip(kind: str, types: bytes, names: frozenset[str]) -> str:
    if b"presentationml" in types or any(name.startswith("ppt/") for name in names):
        return "a PowerPoint presentation (PPTX): save it as PDF"
    if b"sheet.binary" in types:
        return "a binary Excel workbook (XLSB): save it as XLSX"
    if kind.startswith("application/vnd.oasis.opendocument."):
        return f"an OpenDocument {kind.rpartition('.')[2]}: save it as XLSX or PDF"
    if kind == "application/epub+zip":
        return "an e-book (EPUB): save it as HTML or PDF"
    if any(name.endswith((".iwa", "Index.zip")) for name in names):
        return "an Apple iWork document: save it as DOCX or PDF"
    return "a zip archive: unpack it first"


def _ole_error(path: Path) -> ReadError:
    """The streams' names tell old Office formats apart; they are UTF-16."""
    data = path.read_bytes()[: 64 << 20]
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedError("the Office file is protected by a password: save it without one")
    for stream, what in (
        ("WordDocument", "a legacy Word document (.doc): save it as DOCX"),
        ("PowerPoint Document", "a legacy PowerPoint presentation (.ppt): save it as PDF"),
        ("Workbook", "a legacy Excel workbook (.xls): save it as XLSX"),
        ("Book", "a legacy Excel workbook (.xls): save it as XLSX"),
        ("__substg1.0_", "an Outlook message (.msg)"),
    ):
        if stream.encode("utf-16-le") in data:
            return _unsupported(what)
    return _unsupported("a legacy Office file (OLE): save it in a current format")


def _refuse_binary(head: bytes) -> None:
    for magic, what in _MAGIC:
        if head.startswith(magic) and (magic not in _BINARY_MAGIC or b"\0" in head[:512]):
            raise _unsupported(what)
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise _unsupported("an image, audio or video (RIFF)")
    if head[4:8] == b"ftyp":
        raise _unsupported("a video or an image (MP4, HEIC)")


_CONTROLS = bytes(set(range(32)).difference(b"\t\n\r\f\v\x0e\x0f\x1a\x1b"))
"""Bytes that no text has."""


def _rough_text(head: bytes) -> str:
    """Enough of the text to see its structure; letters beyond ASCII may be wrong."""
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return head.decode("utf-32", "replace")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\0" in head:
        return _wide_text(head)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > 0.01 * len(head):
        raise _unsupported("a binary file")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def _wide_text(head: bytes) -> str:
    for name, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        text = head[: len(head) // width * width].decode(name, "replace")
        likely = sum(char in "\n\r\t" or (" " <= char <= "\u06ff" and not "\x7f" <= char <= "\x9f") for char in text)
        if likely > 0.9 * len(text):
            return text.replace("\r\n", "\n")
    if head.count(b"\0") <= max(1, len(head) // 2000):
        return head.replace(b"\0", b"").decode("latin-1").replace("\r\n", "\n")
    raise _unsupported("a binary file")


def _text_format(text: str, suffix: str) -> Format:
    named = _BY_NAME.get(suffix)
    if _HTML_START.match(text) or (named is Format.HTML and _HTML_TAG.search(text)):
        return Format.HTML
    if _looks_like_jsonl(text, named):
        return Format.JSONL
    if named in (Format.MARKDOWN, Format.CSV, Format.TEXT, Format.HTML):
        return named
    if _XML_START.match(text):
        return _xml_format(text)
    if suffix == ".json" or _JSON_START.match(text):
        raise _unsupported("JSON: documents come as JSON Lines, one object a line (.jsonl)")
    if len(_MAIL_HEAD.findall(text[:4096])) >= 4:
        raise _unsupported("an e-mail message")
    return _shape(text)


def _xml_format(text: str) -> Format:
    if 'xmlns="http://www.w3.org/1999/xhtml"' in text or re.search(r"<!doctype\s+html", text[:2000], re.I):
        return Format.HTML
    raise _unsupported("XML data")


def _looks_like_jsonl(text: str, named: Format | None) -> bool:
    if not text.lstrip().startswith("{"):
        return False
    if named is Format.JSONL:
        return True
    lines = [line for line in text.split("\n")[:3] if line.strip()]
    return len(lines) >= 2 and all(_is_object(line) for line in lines[:2])


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _shape(text: str) -> Format:
    """Text whose name says nothing."""
    if _HTML_TAG.match(text.lstrip()):
        return Format.HTML
    if _MARKDOWN_HEAD.search(text):
        return Format.MARKDOWN
    lines = [line for line in text.split("\n")[:20] if line.strip()][:-1]
    if len(lines) >= 3 and any(_even_columns(lines, delimiter) for delimiter in "\t;,"):
        return Format.CSV
    return Format.TEXT


def _even_columns(lines: list[str], delimiter: str) -> bool:
    counts = {line.count(delimiter) for line in lines}
    least = 2 if delimiter == "," else 1
    short = all(len(cell) < 80 for line in lines for cell in line.split(delimiter))
    return len(counts) == 1 and counts.pop() >= least and short
