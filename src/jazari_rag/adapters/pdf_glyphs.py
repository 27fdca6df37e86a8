"""The text of a PDF page by PDFium, and where each of its characters stands.

A position is that of a character in `text`; PDFium counts in UTF-16, so a character beyond the first plane is two.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Mapping
from ctypes import byref, c_double
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium


class Box(NamedTuple):
    """In points, from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


class Glyphs:
    """The characters of a `pypdfium2.PdfTextPage`, which must stay open.

    Attributes:
        stated: The text as PDFium gives it.
        text: The same with what was put right.
    """

    def __init__(self, text_page: Any) -> None:
        self.raw = text_page.raw
        text: str = text_page.get_text_range()
        if text and max(text) > "\uffff":
            text = "".join(map(_halves, text))
        self.text = self.stated = text
        self.has_ligatures: bool | None = None
        """Whether one glyph draws several letters, beyond the common cases; None until somebody has looked."""
        self._in_step = text_page.count_chars() == len(text)
        self._fonts: dict[int, int] = {}
        self._rect = pdfium.FS_RECTF()
        self._rect_at = byref(self._rect)
        self._doubles = [c_double() for _ in range(4)]
        self._doubles_at = [byref(double) for double in self._doubles]

    def replace(self, signs: Mapping[int, str]) -> None:
        """Puts other characters in the place of those at these positions."""
        letters = list(self.text)
        for position, sign in signs.items():
            letters[position] = sign
        self.text = "".join(letters)

    def take_out(self, objects: frozenset[int]) -> list[str]:
        """Puts spaces in the place of what these objects draw; returns it, a line each."""
        if not objects:
            return []
        taken = [at for at in range(len(self.text)) if self.text_object(self.index(at)) in objects]
        lines = "".join(char if char in "\r\n" else " " for char in self.text)
        letters = list(lines)
        for at in taken:
            letters[at] = self.text[at]
        self.replace(dict.fromkeys(taken, " "))
        return [line.strip() for line in re.split(r"[\r\n]+", "".join(letters)) if line.strip()]

    def index(self, position: int) -> int:
        """PDFium's index of a character; negative where there is none."""
        if self._in_step:
            return position if position < len(self.text) else -1
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self.raw, position))

    def line_box(self, position: int) -> Box | None:
        """The box that the font gives a character: as high as the line, as wide as the pen moves."""
        index = self.index(position)
        if index < 0 or not pdfium.FPDFText_GetLooseCharBox(self.raw, index, self._rect_at):
            return None
        rect = self._rect
        bottom, top = rect.bottom, rect.top
        return Box(rect.left, min(bottom, top), rect.right, max(bottom, top))

    def ink_box(self, index: int) -> Box | None:
        """The box of what is drawn of the character with this index."""
        if not pdfium.FPDFText_GetCharBox(self.raw, index, *self._doubles_at):
            return None
        left, right, bottom, top = self._doubles
        return Box(left.value, bottom.value, right.value, top.value)

    def baseline(self, index: int) -> float | None:
        """The height on which the character with this index stands."""
        if not pdfium.FPDFText_GetCharOrigin(self.raw, index, *self._doubles_at[:2]):
            return None
        return self._doubles[1].value

    def unicode(self, index: int) -> int:
        return int(pdfium.FPDFText_GetUnicode(self.raw, index))

    def text_object(self, index: int) -> int:
        """Names the object of the page that draws the character; 0 for one that PDFium put in."""
        if index < 0:
            return 0
        return address(pdfium.FPDFText_GetTextObject(self.raw, index))

    def font(self, index: int) -> int:
        """Names the font of the character; 0 where there is none."""
        drawn = pdfium.FPDFText_GetTextObject(self.raw, index)
        name = address(drawn)
        if name not in self._fonts:
            self._fonts[name] = address(pdfium.FPDFTextObj_GetFont(drawn)) if drawn else 0
        return self._fonts[name]


def address(pointer: Any) -> int:
    """What a handle of PDFium points to, as something that can be compared."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0 if pointer else 0


def whole(text: str) -> str:
    """`text` with characters beyond the first plane as one again."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _halves(char: str) -> str:
    if char <= "\uffff":
        return char
    data = char.encode("utf-16-be")
    return "".join(chr(int.from_bytes(data[at : at + 2], "big")) for at in (0, 2))
