"""Recognises pages that are drawn (OCR), with tesseract through pytesseract.

Measured on real Arabic and French pages: 150 dots an inch are enough, and read Arabic better than 300; the language
that comes first also decides the order of columns; a page read in a wrong language shows it by its confidence.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jazari_rag.adapters.ocr_layout import Word, confidence_of, page_of, words_from
from jazari_rag.adapters.ocr_setup import tesseract_names
from jazari_rag.adapters.optional import optional_module
from jazari_rag.adapters.pdf_render import render_page
from jazari_rag.domain import Page
from jazari_rag.errors import ReadError

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI, _FINE_DPI = 150, 250
_SURE, _DOUBTFUL = 84.0, 70.0


def recognise(path: Path, number: int, *, languages: Sequence[str]) -> tuple[Page, str]:
    """A page of a PDF as it was recognised, and what is set largest on it.

    Args:
        path: The PDF.
        number: Of the page, from 1.
        languages: The likeliest first.

    Raises:
        ReadError: The page cannot be drawn, or tesseract fails on it.
        MissingExtraError: pytesseract is not installed.
    """
    tesseract = _Tesseract()
    names = tesseract_names(languages)
    tried = _by_language(tesseract, render_page(path, number, dpi=_DPI), names)
    name, words = max(tried, key=lambda pair: confidence_of(pair[1]))
    if words and confidence_of(words) < _DOUBTFUL:
        finer = tesseract.words(render_page(path, number, dpi=_FINE_DPI), name)
        words = max(words, finer, key=confidence_of)
    return page_of(words, number)


def _by_language(tesseract: _Tesseract, image: Image, names: Sequence[str]) -> list[tuple[str, list[Word]]]:
    """What was read in each language, up to the first that fits; where none fits alone, in all of them together."""
    tried: list[tuple[str, list[Word]]] = []
    for name in names:
        tried.append((name, tesseract.words(image, name)))
        if confidence_of(tried[-1][1]) >= _SURE:
            return tried[-1:]
    if len(names) > 1 and any(words for _, words in tried):
        best = sorted(tried, key=lambda pair: -confidence_of(pair[1]))
        together = "+".join(name for name, _ in best)
        tried.append((together, tesseract.words(image, together)))
    return tried


class _Tesseract:
    def __init__(self) -> None:
        self._library = optional_module("pytesseract", feature="Text recognition (OCR)", extra="ocr")
        # Pages are recognised side by side: threads within a page would only get in their way.
        os.environ["OMP_THREAD_LIMIT"] = "1"

    def words(self, image: Image, name: str) -> list[Word]:
        try:
            table = self._library.image_to_data(image, lang=name, output_type=self._library.Output.DICT)
        except self._library.TesseractNotFoundError:
            raise ReadError("tesseract is gone: install it again", retryable=True) from None
        except self._library.TesseractError as error:
            raise ReadError(f"tesseract failed: {str(error.message)[:200]}", retryable=error.status < 0) from None
        return words_from(table)
