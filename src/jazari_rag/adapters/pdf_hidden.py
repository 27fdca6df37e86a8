"""Text of a PDF page that nobody sees: it may be there to be found, or to mislead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from jazari_rag.adapters.pdf_glyphs import Box, address
from jazari_rag.adapters.pdf_objects import IMAGE, PATH, SHADING, TEXT, Drawn, is_white, type_size

_TINY = 1.5
"""Points: the height of type that cannot be read."""
_LAYER = 0.5
"""Share of a page that an image covers which text without ink may belong to: a scan with its recognised text."""
_NO_INK = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


def hidden_objects(page: Any, drawn: Sequence[Drawn]) -> frozenset[int]:
    """The names (see `Glyphs.text_object`) of the texts of a `pypdfium2.PdfPage` that are not seen.

    They are drawn without ink (but for the text of a scan), in white on nothing, too small, or off the page.
    """
    shown = Box(*page.get_cropbox())
    scanned = any(one.kind == IMAGE and _area(one.box) > _LAYER * _area(shown) for one in drawn)
    hidden = [one for one in drawn if one.kind == TEXT and one.box.height > 0 and _is_hidden(one, shown, scanned)]
    white = [one for one in drawn if one.kind == TEXT and one.box.height > 0 and _is_white_text(one)]
    if white:
        grounds = [one.box for one in drawn if one.kind in (IMAGE, SHADING) or (one.kind == PATH and _covers(one))]
        hidden += [one for one in white if not any(_meet(one.box, ground) for ground in grounds)]
    return frozenset(address(one.handle) for one in hidden)


def _is_hidden(text: Drawn, shown: Box, scanned: bool) -> bool:
    if pdfium.FPDFTextObj_GetTextRenderMode(text.handle) in _NO_INK:
        return not scanned
    if not text.in_form and not _meet(text.box, shown):
        return True
    return text.box.height < _TINY and 0 < type_size(text.handle) < _TINY


def _is_white_text(text: Drawn) -> bool:
    if not is_white(text.handle):
        return False
    return bool(pdfium.FPDFTextObj_GetTextRenderMode(text.handle) == pdfium.FPDF_TEXTRENDERMODE_FILL)


def _covers(path: Drawn) -> bool:
    return not is_white(path.handle)


def _area(box: Box) -> float:
    return max(0.0, box.right - box.left) * max(0.0, box.height)


def _meet(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.bottom < other.top and other.bottom < one.top
