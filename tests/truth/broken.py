"""PDFs made worse, as other programs make them: fonts that name no letter, or digits wrongly."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
from pypdf.generic import DecodedStreamObject, NameObject

_WRONG = {"0": "1", "3": ".", "4": "1", "5": "9", "7": ".", "8": "."}
"""As Word wrote them in a decree of 2022."""
_DESTINATION = re.compile(rb"(?<=> <)([0-9a-fA-F]{4})(?=>)")


def without_names(data: bytes) -> bytes:
    """The PDF without the tables that say which letter a glyph is."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for font in _fonts(writer):
        del font["/ToUnicode"]
    return _bytes(writer)


def with_wrong_digits(data: bytes) -> bytes:
    """The PDF with tables that name most digits as others, or as full stops."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for font in _fonts(writer):
        table = DecodedStreamObject()
        table.set_data(_DESTINATION.sub(_wrong, font["/ToUnicode"].get_object().get_data()))
        font[NameObject("/ToUnicode")] = writer._add_object(table)
    return _bytes(writer)


def _wrong(found: re.Match[bytes]) -> bytes:
    char = chr(int(found[1], 16))
    return f"{ord(_WRONG.get(char, char)):04x}".encode()


def _fonts(writer: pypdf.PdfWriter) -> list[Any]:
    objects = [item.get_object() for item in writer._objects if item is not None]
    return [item for item in objects if isinstance(item, dict) and "/ToUnicode" in item]


def _bytes(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
