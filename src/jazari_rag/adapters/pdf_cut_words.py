"""Words that a line's end cuts ("admi-" and "nistration" below), which no search finds and no reader quotes so.

A hyphen at a line's end may be a compound's own ("procès-verbal"). A word is joined only where something says that it
is one: the document has it whole, or the lexicon knows it and not what it was cut into. U+2010 is what programs set
that cut words themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from jazari_rag.adapters.pdf_cut_numbers import with_rest
from jazari_rag.adapters.pdf_piece import Line
from jazari_rag.adapters.pdf_repairs import shifted
from jazari_rag.languages import load_languages
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.normalise import fold
from jazari_rag.text.translations import shipped_lexicon

CUT_WORD = "words cut at a line's end"

_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏœŒ"
_SET_BY_PROGRAM = "\u2010"
_CUT = re.compile(rf"(?<![\w\-{_SET_BY_PROGRAM}])(?P<word>[{_LETTERS}]{{2,}})(?P<hyphen>[-{_SET_BY_PROGRAM}])$")
_REST = re.compile(rf"(?P<word>[a-zà-öø-ÿœ][{_LETTERS}]+)(?![\w\-{_SET_BY_PROGRAM}]|['’]\w)\S*\s*")
_WORDS = re.compile(rf"[{_LETTERS}]+(?:[-{_SET_BY_PROGRAM}][{_LETTERS}]+)*")
_SYLLABLE = 3
"""Letters up to which a piece of a word may be a word by chance."""
_LANGUAGES = ("fr", "en", "es")
"""Those of the lexicon that cut words at the ends of lines."""


class CutWords:
    """Joins the cut words of a document.

    Args:
        pages: All its lines: the words that stand whole on them are evidence.
    """

    def __init__(self, pages: Iterable[Sequence[Line]]) -> None:
        texts = (_without_cut(line.text) for page in pages for line in page if not line.kind)
        self._whole = {word.casefold() for text in texts for word in _WORDS.findall(text)}

    def join(self, lines: Iterable[Line]) -> list[Line]:
        """The lines, each cut word on the line where it begins. A line of which nothing is left is left out."""
        joined: list[Line] = []
        for line in lines:
            end = self._rest(joined[-1], line) if joined else 0
            if not end:
                joined.append(line)
                continue
            before = joined[-1]
            mended = Counter(before.mended) + Counter([CUT_WORD])
            joined[-1] = with_rest(before, before.text[:-1], line.text[:end], mended)
            if end < len(line.text):
                joined.append(replace(line, text=line.text[end:], repaired=shifted(line.repaired, end)))
        return joined

    def _rest(self, before: Line, line: Line) -> int:
        """How much of `line` belongs to the word at the end of `before`."""
        cut = None if before.kind or line.kind else _CUT.search(before.text)
        rest = _REST.match(line.text) if cut else None
        if cut is None or rest is None:
            return 0
        first, second = cut["word"].casefold(), rest["word"].casefold()
        if f"{first}-{second}" in self._whole or f"{first}{_SET_BY_PROGRAM}{second}" in self._whole:
            return 0
        sure = cut["hyphen"] == _SET_BY_PROGRAM or first + second in self._whole
        return rest.end() if sure or _is_one_word(first, second) else 0


def _without_cut(text: str) -> str:
    """A line without the word that its end cuts."""
    return text[: cut.start()] if (cut := _CUT.search(text)) else text


@lru_cache(maxsize=10_000)
def _is_one_word(first: str, second: str) -> bool:
    """Whether some language knows the two as one word, and not each as a word; short ones are syllables as well."""
    short = min(len(first), len(second)) <= _SYLLABLE
    return any(
        _is_known(first + second, code) and (short or not (_is_known(first, code) and _is_known(second, code)))
        for code in _LANGUAGES
    )


def _is_known(word: str, code: str) -> bool:
    if word in load_languages().get(code).stop_words:
        return True
    return shipped_lexicon().knows(_analyzer().stem(fold(word), code), code)


@lru_cache(maxsize=1)
def _analyzer() -> SnowballAnalyzer:
    return SnowballAnalyzer(load_languages())
