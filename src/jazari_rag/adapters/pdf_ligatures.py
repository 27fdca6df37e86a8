"""Letters of a PDF that one glyph draws: PDFium gives them from the left, which reverses Arabic ones.

They have one box, by which they are known: lam-alef in every font, the name of God in many, others in some.
"""

from __future__ import annotations

import re
from collections import Counter

from jazari_rag.adapters.pdf_glyphs import Glyphs

LAM_ALEF = "lam-alef"
LIGATURE = "ligature"

_LAM = "\u0644"
_LETTER = "\u0621-\u063a\u0641-\u064a\u0671"
_COMMON = re.compile(f"\u0647{_LAM}{_LAM}\u0627?|[\u0622\u0623\u0625\u0627\u0671]{_LAM}")
_ANY = re.compile(f"[{_LETTER}]{{2,}}")
_LONGEST = 5
_SAMPLE = 60
"""Words of a page in which other ligatures are looked for; where there are none, the page has none."""


def mend_ligatures(glyphs: Glyphs, start: int, piece: str, mended: Counter[str]) -> str:
    """`piece`, which begins at `start` of the page's text, with such letters in the order of reading, counted."""
    pattern = _ANY if _has_others(glyphs) else _COMMON
    letters = list(piece)
    for found in pattern.finditer(piece):
        at = found.start()
        while at < found.end() - 1:
            size = _glyph_size(glyphs, start + at, piece[at : min(found.end(), at + _LONGEST)])
            if size > 1:
                mended[LAM_ALEF if size == 2 and _COMMON.match(piece, at) else LIGATURE] += 1
                letters[at : at + size] = reversed(letters[at : at + size])
            at += max(size, 1)
    return "".join(letters)


def _has_others(glyphs: Glyphs) -> bool:
    """Whether the page's fonts have more than the common ones; asked once a page."""
    if glyphs.has_ligatures is None:
        words = [found for found, _ in zip(_ANY.finditer(glyphs.text), range(_SAMPLE), strict=False)]
        glyphs.has_ligatures = any(
            not _COMMON.match(glyphs.text, at) and _glyph_size(glyphs, at, glyphs.text[at : at + 2]) > 1
            for word in words
            for at in range(word.start(), word.end() - 1)
        )
    return glyphs.has_ligatures


def _glyph_size(glyphs: Glyphs, position: int, letters: str) -> int:
    """How many of these letters, from the first on, share its box."""
    index = glyphs.index(position)
    if index < 0 or glyphs.unicode(index) != ord(letters[0]):
        return 0
    box = glyphs.ink_box(index)
    size = 1
    while box is not None and size < len(letters) and glyphs.ink_box(index + size) == box:
        size += 1
    return size
