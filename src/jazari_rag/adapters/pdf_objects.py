"""What a PDF page draws, by PDFium: texts, images, lines and areas, with their places."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_uint
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from jazari_rag.adapters.pdf_glyphs import Box

TEXT, PATH, IMAGE, SHADING = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_SHADING,
)
_DEEPEST = 4
_MOST = 20_000
_WHITE = 250
"""Of 255, each of red, green and blue."""
_FAINT = 10
"""Of 255: opacity below which nothing shows."""


class Drawn(NamedTuple):
    """An object of a page; `box` is that of its ink, in the coordinates of the form that it is in, if any."""

    handle: Any
    kind: int
    box: Box
    in_form: bool


def drawn_objects(page: Any) -> list[Drawn]:
    """The objects of a `pypdfium2.PdfPage`, and of the forms in it."""
    return list(_objects(page, 0))


def _objects(container: Any, depth: int) -> Iterator[Drawn]:
    if depth:
        count, get = pdfium.FPDFFormObj_CountObjects(container), pdfium.FPDFFormObj_GetObject
    else:
        count, get = pdfium.FPDFPage_CountObjects(container), pdfium.FPDFPage_GetObject
    left, bottom, right, top = edges = [c_float() for _ in range(4)]
    places = [byref(edge) for edge in edges]
    for index in range(min(count, _MOST)):
        handle = get(container, index)
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _objects(handle, depth + 1)
        elif pdfium.FPDFPageObj_GetBounds(handle, *places):
            yield Drawn(handle, kind, Box(left.value, bottom.value, right.value, top.value), depth > 0)


def is_white(handle: Any) -> bool:
    """Whether an object is filled with white, or with nothing that shows."""
    red, green, blue, opacity = channels = [c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(handle, *map(byref, channels)):
        return False
    return min(red.value, green.value, blue.value) >= _WHITE or opacity.value < _FAINT


def type_size(handle: Any) -> float:
    """The height of a text's type, in points; 0 where it is not known."""
    size, matrix = c_float(), pdfium.FS_MATRIX()
    if not pdfium.FPDFTextObj_GetFontSize(handle, byref(size)):
        return 0.0
    if not pdfium.FPDFPageObj_GetMatrix(handle, byref(matrix)):
        return 0.0
    return float(abs(size.value) * max(abs(matrix.d), abs(matrix.b)))
