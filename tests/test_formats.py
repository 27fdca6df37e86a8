from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jazari_rag.domain import Mark, MarkKind, Page, PageQuality, ReadDocument
from jazari_rag.errors import EncryptedError, ReadError, UnsupportedFormatError
from jazari_rag.ingestion.codec import from_json, to_json
from jazari_rag.ingestion.formats import Format, detect_format


def archive(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def detect(folder: Path, name: str, data: bytes) -> Format:
    path = folder / name
    path.write_bytes(data)
    return detect_format(path)


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
DOCX = archive({"[Content_Types].xml": "<T/>", "word/document.xml": "<d/>"})
XLSX = archive({"[Content_Types].xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"})
ODT = archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<d/>"})
HTML = b"<!DOCTYPE html><html><body><p>Texte</p></body></html>"


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.html", "a", "a.docx"])
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, Format.PDF), (b"junk\n" * 100 + PDF, Format.PDF), (DOCX, Format.DOCX), (XLSX, Format.XLSX),
        (ODT, Format.ODT), (HTML, Format.HTML), (b"\xef\xbb\xbf" + HTML, Format.HTML),
        (b"<?xml version='1.0'?>\n<!-- x -->\n" + HTML, Format.HTML), (HTML.decode().encode("utf-16"), Format.HTML),
        (b'{"id": "a", "text": "b"}\n{"id": "c", "text": "d"}\n', Format.JSONL),
    ],
)  # fmt: skip
def test_content_decides_whatever_the_name(tmp_path: Path, name: str, data: bytes, kind: Format) -> None:
    assert detect(tmp_path, name, data) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.md", Format.MARKDOWN), ("a.csv", Format.CSV), ("a.TSV", Format.CSV), ("a.txt", Format.TEXT),
        ("a", Format.TEXT), ("a.log", Format.TEXT),
    ],
)  # fmt: skip
def test_a_name_decides_between_formats_that_are_plain_text(tmp_path: Path, name: str, kind: Format) -> None:
    assert detect(tmp_path, name, "Le délai, en général, est court.\n".encode()) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Titre\n\nTexte\n", Format.MARKDOWN),
        ("a;b\n1;2\n3;4\n5;6\n", Format.CSV),
        ("Un texte, avec\ndes virgules, et\nd'autres, encore\nfin", Format.TEXT),
        ("<p>Un fragment</p>", Format.HTML),
    ],
)
def test_without_a_telling_name_the_shape_decides(tmp_path: Path, text: str, kind: Format) -> None:
    assert detect(tmp_path, "fichier", text.encode()) is kind


def test_markdown_may_begin_with_a_tag(tmp_path: Path) -> None:
    assert detect(tmp_path, "a.md", b"<p align=center>Logo</p>\n\n# Titre\n") is Format.MARKDOWN


def test_a_text_about_pdf_is_a_text(tmp_path: Path) -> None:
    assert detect(tmp_path, "a.txt", b"A file begins with %PDF-1.7, says the norm.") is Format.TEXT


def test_one_line_of_json_lines_needs_the_name(tmp_path: Path) -> None:
    assert detect(tmp_path, "a.jsonl", b'{"id": "a"}') is Format.JSONL


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp1256", "iso-8859-6"])
def test_text_in_any_encoding_is_text(tmp_path: Path, encoding: str) -> None:
    assert detect(tmp_path, "a.txt", "البطاقة الوطنية 75 درهما في الرباط".encode(encoding)) is Format.TEXT


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "empty"), (b" \n\n", "empty"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"{\\rtf1 texte}", "RTF"), (b"\x1f\x8b\x08", "gzip"), (bytes(range(1, 256)) * 9, "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), r"\.doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), r"\.xls"),
        (archive({"ppt/presentation.xml": "x"}), "PPTX"), (archive({"a.txt": "x"}), "zip"),
        (archive({"mimetype": "application/epub+zip"}), "EPUB"), (b"<?xml version='1.0'?><rss/>", "XML"),
        (b'{\n "a": 1\n}', "JSON"),
        (b"From: a@b.c\nTo: d@e.f\nSubject: x\nDate: today\n\nBonjour", "e-mail"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_named(tmp_path: Path, data: bytes, named: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=named) as caught:
        detect(tmp_path, "fichier", data)
    assert str(caught.value).startswith("unsupported")


def test_an_encrypted_office_file_wants_a_password(tmp_path: Path) -> None:
    with pytest.raises(EncryptedError):
        detect(tmp_path, "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))


def test_a_damaged_archive_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="damaged"):
        detect(tmp_path, "a.docx", DOCX[:40])


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_format_or_a_read_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    with contextlib.suppress(ReadError):
        assert detect_format(path) in Format


def test_a_document_travels_as_json_and_back() -> None:
    quality = PageQuality("pdfium", ("no text",), {"lam-alef": 3})
    page = Page(2, "Texte", (Mark(0, 5, MarkKind.HEADING, 1),), quality)
    document = ReadDocument("Titre", (page,), "fr", {"url": "https://example.org", "tags": ["a"]})
    assert from_json(to_json(document)) == document
