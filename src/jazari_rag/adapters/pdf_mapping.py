"""Whether the fonts of a PDF page say truly which letters they draw.

A font names the letter of each of its glyphs (`ToUnicode`). Where it names none, PDFium returns the glyph's number as a
letter; where a program wrote the table wrongly, glyphs that look different have the same name: a fee of 15,55 reads
"19599", in text whose words are right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium

from jazari_rag.adapters.pdf_glyphs import Glyphs
from jazari_rag.adapters.pdf_unnamed import CONNECTOR, NAMED, drop_connectors, named_by_neighbours
from jazari_rag.domain import GARBAGE, GARBAGE_DIGITS, UNMAPPED

UNREADABLE = "\ufffd"
"""Stands for a character that the page shows and the file does not name."""

_SAMPLE = 150
"""Characters of a page that are asked."""
_GARBAGE_SHARE = 0.1
_FEW_UNMAPPED = 0.002
"""Of a page's characters: beyond, words are missing."""
_SUSPICIOUS = re.compile(
    "[^\\s!-~\u00a0-\u024f\u0300-\u036f\u0600-\u06ff\u0750-\u077f\u2000-\u2122\u2150-\u22ff\u2500-\u27bf\ufb00-\ufdff\ufe70-\uffff]"
)
_NUMBER = re.compile(r"[0-9.,]*[0-9][0-9.,]*|[.,]{2,}")
"""With digits that read as points."""
_UNLIKE, _UNLIKE_POINTS = 0.06, 0.25
"""Of the height of a line: by how much two drawings of one digit, or of points, differ in size at the least.

Fonts have points of their own for each script."""

_SAME_PEN = 0.02
"""Of the height of a line."""
_TURNED = 0.01
"""Radians: what is set at an angle is no measure."""


def distrust(glyphs: Glyphs, mended: Counter[str]) -> tuple[str, ...]:
    """What is wrong with the letters of a page, as reasons; unreadable ones are masked in `glyphs.text`.

    A letter whose name is certain is put in, and counted in `mended`.
    """
    text = glyphs.text
    every = max(1, len(text) // _SAMPLE)
    sampled = [at for at in range(every // 2, len(text), every) if not text[at].isspace()]
    unmapped = sum(_is_unmapped(glyphs, at) for at in sampled)
    if sampled and unmapped > _GARBAGE_SHARE * len(sampled):
        return (GARBAGE,)
    reasons = []
    mended[CONNECTOR] += drop_connectors(glyphs)
    if unmapped or any(_is_unmapped(glyphs, found.start()) for found in _SUSPICIOUS.finditer(text)):
        places = [at for at in range(len(text)) if not text[at].isspace() and _is_unmapped(glyphs, at)]
        letters = named_by_neighbours(glyphs, places)
        mended[NAMED] += len(letters)
        glyphs.replace(letters)
        places = [at for at in places if at not in letters]
        glyphs.replace(dict.fromkeys(places, UNREADABLE))
        if len(places) > _FEW_UNMAPPED * len(text):
            reasons.append(UNMAPPED)
    unreadable = list(_contradicted(glyphs))
    if unreadable:
        glyphs.replace(dict.fromkeys(unreadable, UNREADABLE))
        reasons.append(GARBAGE_DIGITS)
    return tuple(reasons)


def _is_unmapped(glyphs: Glyphs, position: int) -> bool:
    index = glyphs.index(position)
    return index >= 0 and pdfium.FPDFText_HasUnicodeMapError(glyphs.raw, index) == 1


def _contradicted(glyphs: Glyphs) -> Iterator[int]:
    """The positions of numbers set in a font in which one digit has several shapes."""
    shapes: dict[tuple[int, str], _Shape] = {}
    fonts: dict[int, list[int]] = {}
    wrong: set[int] = set()
    drawn, height, font = -1, 0.0, 0
    for found in _NUMBER.finditer(glyphs.text):
        for at in range(found.start(), found.end()):
            index = glyphs.index(at)
            if (text_object := glyphs.text_object(index)) != drawn:
                drawn, line = text_object, glyphs.line_box(at)
                height, font = (line.height, glyphs.font(index)) if line else (0.0, 0)
            ink = glyphs.ink_box(index) if font and height else None
            if ink is None:
                continue
            fonts.setdefault(font, []).append(at)
            if found[0].strip(".,") == "":
                continue
            shape = _Shape(at, (ink.right - ink.left) / height, ink.height / height)
            known = shapes.setdefault((font, glyphs.text[at]), shape)
            least = _UNLIKE if glyphs.text[at].isdigit() else _UNLIKE_POINTS
            if _differ(glyphs, known, shape, least) and pdfium.FPDFText_GetCharAngle(glyphs.raw, index) < _TURNED:
                wrong.add(font)
    places = {at for font in wrong for at in fonts[font]}
    for found in _NUMBER.finditer(glyphs.text) if places else ():
        number = range(found.start(), found.end())
        if not places.isdisjoint(number):
            yield from number


class _Shape(NamedTuple):
    """What is drawn of a character: its position, and width and height as shares of the height of its line."""

    position: int
    width: float
    height: float


def _differ(glyphs: Glyphs, one: _Shape, other: _Shape, least: float) -> bool:
    """Whether these cannot be drawings of one glyph; a wider one may be a stretched one, which moves the pen more."""
    if abs(one.height - other.height) > least:
        return True
    if abs(one.width - other.width) <= least:
        return False
    boxes = [box for shape in (one, other) if (box := glyphs.line_box(shape.position))]
    pens = [(box.right - box.left) / box.height for box in boxes if box.height]
    return len(pens) == 2 and abs(pens[0] - pens[1]) < _SAME_PEN
