"""Arabic glyphs that a PDF names wrongly or not, where their neighbours tell what they are.

Calligraphic fonts draw one letter with two glyphs, a stroke and a line that joins it to the next; programs that make
PDFs then name the line as the letter, and sometimes the stroke not at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from jazari_rag.adapters.pdf_glyphs import Glyphs
from jazari_rag.languages import load_languages

CONNECTOR = "connecting lines"
NAMED = "letters named"

_LETTER = "\u0621-\u063a\u0641-\u064a"
_TWICE = re.compile(f"([{_LETTER}])\\1")
_NOTHING = "\u061c"
"""An Arabic letter mark: `clean` drops it, and it parts no word."""
_FLAT = 0.12
"""Of the height of the line: no letter is as flat."""
_LEAST = 2
"""Words from which what they begin with is no chance."""
_WORD_START = re.compile(f"(?<![{_LETTER}])[{_LETTER}]{{1,3}}$")


def drop_connectors(glyphs: Glyphs) -> int:
    """Drops the line that is named like the letter before it; returns how many there were."""
    flat = [found.start() + 1 for found in _TWICE.finditer(glyphs.text) if _is_flat(glyphs, found.start() + 1)]
    glyphs.replace(dict.fromkeys(flat, _NOTHING))
    return len(flat)


def named_by_neighbours(glyphs: Glyphs, places: Sequence[int]) -> dict[int, str]:
    """The letters of those of the unnamed glyphs at `places` that can be one letter only."""
    by_glyph: dict[str, list[int]] = defaultdict(list)
    for at in places:
        by_glyph[glyphs.text[at]].append(at)
    letters: dict[int, str] = {}
    for positions in by_glyph.values():
        letter = _of_article(glyphs.text, positions)
        if letter:
            letters.update(dict.fromkeys(positions, letter))
            connectors = [at + 1 for at in positions if glyphs.text[at + 1 : at + 2] == letter]
            letters.update({at: _NOTHING for at in connectors if _is_flat(glyphs, at)})
    return letters


def _of_article(text: str, positions: Sequence[int]) -> str:
    """The letter that makes articles ("ال") of what the words with this glyph begin with; empty where there is none."""
    found = []
    for at in positions:
        start = _WORD_START.search(text[max(0, at - 4) : at])
        if start and text[at + 1 : at + 2].isalpha():
            found.append(_completes().get(start[0], ""))
    complete = [letter for letter in found if letter]
    sure = len(complete) >= _LEAST and len(set(complete)) == 1 and 2 * len(complete) >= len(positions)
    return complete[0] if sure else ""


@cache
def _completes() -> dict[str, str]:
    """What a prefix lacks to be whole, where that is one letter only: `ا` -> `ل`."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for language in load_languages():
        for prefix in language.prefixes if language.direction == "rtl" else ():
            wanted[prefix[:-1]].add(prefix[-1])
    return {start: letters.pop() for start, letters in wanted.items() if start and len(letters) == 1}


def _is_flat(glyphs: Glyphs, position: int) -> bool:
    line, ink = glyphs.line_box(position), glyphs.ink_box(glyphs.index(position))
    return line is not None and ink is not None and 0 < ink.height < _FLAT * line.height
