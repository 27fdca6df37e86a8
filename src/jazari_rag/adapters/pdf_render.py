"""Pages of a PDF as pixels, by PDFium."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from jazari_rag.errors import ReadError

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS_AN_INCH = 72
_MOST_PIXELS = 24_000_000
_GLANCE_DPI = 36
_FEW = 20


def render_page(path: Path, number: int, *, dpi: int) -> Image:
    """A page in shades of grey; a very large one is drawn coarser.

    Raises:
        ReadError: PDFium cannot open or draw it.
    """
    try:
        with pypdfium2.PdfDocument(path) as document:
            return _bitmap(document, number, dpi).to_pil()  # type: ignore[no-any-return]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise ReadError(f"the page cannot be drawn: {error}", page=number) from None


def is_blank(document: Any, number: int) -> bool:
    """Whether nothing is drawn on a page of an open PDFium document, or nothing but one even colour.

    A page with an image or with many objects counts as drawn: to look at each of a scanned book would take minutes.
    """
    page = document[number - 1]
    try:
        count = pdfium.FPDFPage_CountObjects(page)
        kinds = {pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, i)) for i in range(min(count, _FEW))}
    finally:
        page.close()
    if count == 0:
        return True
    if count > _FEW or kinds & {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM}:
        return False
    pixels = _bitmap(document, number, _GLANCE_DPI).to_numpy()
    return bool(pixels.min() == pixels.max())


def _bitmap(document: Any, number: int, dpi: int) -> Any:
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(dpi / _POINTS_AN_INCH, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        return page.render(scale=scale, grayscale=True)
    finally:
        page.close()
