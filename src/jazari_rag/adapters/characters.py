"""Which characters of a file reach a page: the same for every reader."""

from __future__ import annotations

import re
import unicodedata

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE = (0x00AD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF, *range(0xE0000, 0xE0080))
_CONTROLS = (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
_LINE_ENDS = (0x0B, 0x0C, 0x85, 0x2028, 0x2029)
_SYMBOL_FONT_BULLETS = (0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC, 0xF076, 0xF0FA)

_TABLE: dict[int, str | None] = {
    **dict.fromkeys((*_BIDI, *_INVISIBLE, *_CONTROLS, *range(0xD800, 0xE000))),
    **dict.fromkeys(_LINE_ENDS, "\n"),
    **dict.fromkeys(_SYMBOL_FONT_BULLETS, "•"),
    0xF02D: "-",
}
_CHANGED = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\xac\xae-\u061b\u061d-\u200a]+")
"""Runs of characters some of which the table changes: it is asked for these alone, since it is slow."""
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb1d-\ufdfb\ufe70-\ufefc]+")
_SPACES = re.compile(r"[ \t\n]+")


def clean(text: str) -> str:
    r"""`text` in NFC with `\n` line ends, presentation forms as letters, and no control, bidi or invisible character.

    Joiners, non-breaking spaces, digits of any script, harakat and tatweel stay: they are what the page shows.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CHANGED.sub(lambda found: found[0].translate(_TABLE), text)
    text = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """`text` cleaned, with each run of spaces and line ends as one space, and none around it."""
    return _SPACES.sub(" ", clean(text)).strip()
