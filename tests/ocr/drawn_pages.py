"""Pages that are images: text drawn with a font, set as the only thing on a page of a PDF."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

DPI = 150
SIZE = (1240, 1754)
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")

Draw = Callable[[Any], None]


def lines_of(lines: Sequence[str], *, arabic: bool = False, size: int = 30, top: int = 120, x: int = 110) -> Draw:
    """Draws lines from the top; Arabic ones end at the right margin."""

    def draw(canvas: Any) -> None:
        from PIL import ImageFont

        font = ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.BASIC)
        for number, line in enumerate(lines):
            shown = as_printed(line) if arabic else line
            left = SIZE[0] - 110 - font.getlength(shown) if arabic else x
            canvas.text((left, top + 2 * size * number), shown, fill=20, font=font)

    return draw


def image_pdf(*pages: Draw | str | None) -> bytes:
    """A PDF of A4 pages with one image each; a string is a page of text, None a page without anything."""
    from PIL import Image, ImageDraw

    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for draw in pages:
        resources, content = "", b""
        if isinstance(draw, str):
            resources, content = "/Font << /F1 3 0 R >>", _text(draw).encode()
        elif draw is not None:
            image = Image.new("L", SIZE, 255)
            draw(ImageDraw.Draw(image))
            kind = f"/Type /XObject /Subtype /Image /Width {SIZE[0]} /Height {SIZE[1]} /ColorSpace /DeviceGray"
            objects.append(_stream(f"{kind} /BitsPerComponent 8 /Filter /FlateDecode", zlib.compress(image.tobytes())))
            resources, content = f"/XObject << /I {len(objects)} 0 R >>", b"q 595 0 0 842 0 0 cm /I Do Q"
        objects.append(_stream("", content))
        body = f"/MediaBox [0 0 595 842] /Resources << {resources} >> /Contents {len(objects)} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {body} >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _assembled(objects)


def _text(text: str) -> str:
    return "\n".join(
        f"BT /F1 11 Tf 72 {700 - 20 * number} Td ({line}) Tj ET" for number, line in enumerate(text.split("\n"))
    )


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _assembled(objects: Sequence[bytes]) -> bytes:
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    return data + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def as_printed(line: str) -> str:
    """Arabic as it stands on paper, from left to right: letters in the forms that they take beside one another."""
    forms = _forms()
    shaped, before = [], False
    for index, letter in enumerate(line):
        follows = line[index + 1 : index + 2] in forms
        own = forms.get(letter, {})
        after = follows and "initial" in own
        kind = {(True, True): "medial", (True, False): "final", (False, True): "initial", (False, False): "isolated"}
        shaped.append(own.get(kind[before and "final" in own, after], letter))
        before = after
    words = [word if word[:1].isdigit() else word[::-1] for word in "".join(shaped).split(" ")]
    return " ".join(reversed(words))


@cache
def _forms() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code in range(0xFE80, 0xFEF5):
        kind, _, letter = unicodedata.decomposition(chr(code)).partition(" ")
        found.setdefault(chr(int(letter, 16)), {})[kind.strip("<>")] = chr(code)
    return found
