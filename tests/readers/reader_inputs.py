"""Inputs are made here: nothing is copied from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jazari_rag.domain import Mark, MarkKind, ReadDocument

Write = Callable[[str, bytes], Path]


def marked(document: ReadDocument, kind: MarkKind) -> list[str]:
    """The stretches of one kind, in order."""
    return [page.text[mark.start : mark.end] for page in document.pages for mark in page.marks if mark.kind is kind]


def headings(document: ReadDocument) -> list[tuple[int, str]]:
    return [
        (mark.level, page.text[mark.start : mark.end])
        for page in document.pages
        for mark in page.marks
        if mark.kind is MarkKind.HEADING
    ]


def check_marks(document: ReadDocument) -> None:
    """Marks are ordered, lie on the text, and do not begin or end in blank."""
    for page in document.pages:
        previous = Mark(0, 0, MarkKind.ITEM)
        for mark in page.marks:
            stretch = page.text[mark.start : mark.end]
            assert previous.end <= mark.start < mark.end <= len(page.text)
            assert stretch == stretch.strip()
            previous = mark


def pdf_bytes(
    pages: Sequence[str], *, extra: Sequence[str] = (), info: str = "", catalog: str = "", to_unicode: str = ""
) -> bytes:
    """A small PDF: each page is a content stream, with Helvetica as /F1 (and /F2 with `to_unicode`)."""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"]
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>")
    objects.append(f"<< /Length {len(to_unicode)} >>\nstream\n{to_unicode}\nendstream")
    for index, content in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {7 + 2 * index} 0 R >>"
        )
        length = len(content.encode("cp1252"))
        objects.append(f"<< /Length {length} >>\nstream\n{content}\nendstream")
    objects.extend(extra)
    if info:
        objects.append(info)
    return _assemble(objects, has_info=bool(info))


def _assemble(objects: Sequence[str], *, has_info: bool) -> bytes:
    data = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    info = f"/Info {len(objects)} 0 R" if has_info else ""
    data += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {info} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return data


def text_at(lines: Sequence[tuple[int, int, str]], *, font: str = "F1") -> str:
    """A content stream: (size, height on the page, text)."""
    return "\n".join(f"BT /{font} {size} Tf 72 {y} Td ({text}) Tj ET" for size, y, text in lines)
