"""Puts right what PDFium gets wrong in lines of Arabic: signs that it leaves in the order of the eye, not of reading.

Only what is unambiguous is touched; a law's number whose halves may have changed places is not.
"""

from __future__ import annotations

import re
from collections import Counter

BRACKETS = "brackets"
PUNCTUATION = "punctuation"

_ARABIC = re.compile("[\u0621-\u064a]")
_LATIN = re.compile("[A-Za-zÀ-ÿ]")
_MIRRORED = str.maketrans("()[]«»", ")(][»«")
_OPENING, _CLOSING = "([«", ")]»"
_SIGN = re.compile(r"[()\[\]«»]")
_AFTER_CLOSING = frozenset(" \t.،؛:,;؟!-/")
_LEADING_SIGN = re.compile(r"(?<![^\s])([.،؛])(\d[\d./-]*\d|\d)(?![^\s])")
_LEADING_DASH = re.compile(r"^-(\d{1,3})(?=\s)")


def mend_signs(line: str) -> tuple[str, Counter[str]]:
    """The line with its brackets and punctuation as they are read, and what was mended, with counts.

    In a line that has more Latin letters than Arabic ones, brackets alone are mended, where all of them are wrong: a
    font that draws both directions with one glyph names them for the other one.
    """
    mended: Counter[str] = Counter()
    arabic, latin = len(_ARABIC.findall(line)), len(_LATIN.findall(line))
    line, mended[BRACKETS] = _mend_brackets(line, all_or_none=latin > arabic)
    if arabic and arabic >= latin:
        line, signs = _LEADING_SIGN.subn(r"\2\1", line)
        line, dashes = _LEADING_DASH.subn(r"\1-", line)
        mended[PUNCTUATION] = signs + dashes
    return line, +mended


def _mend_brackets(line: str, *, all_or_none: bool) -> tuple[str, int]:
    """Mirrors the brackets of a line where what stands around them says that they are mirrored.

    `)25 أكتوبر(` becomes `(25 أكتوبر)`. Where some brackets of the line are right, only the others are touched.
    """
    votes = {found.start(): _vote(line, found.start()) for found in _SIGN.finditer(line)}
    wrong = {at for at, vote in votes.items() if vote < 0}
    if not wrong or (all_or_none and (len(wrong) < len(votes) or len(votes) % 2)):
        return line, 0
    if not any(vote > 0 for vote in votes.values()):
        wrong = set(votes)
    signs = [char.translate(_MIRRORED) if at in wrong else char for at, char in enumerate(line)]
    return "".join(signs), len(wrong)


def _vote(line: str, at: int) -> int:
    """1: the sign faces what it encloses; -1: it turns its back on it; 0: there is no telling."""
    before = line[at - 1] if at else " "
    after = line[at + 1] if at + 1 < len(line) else " "
    opens = before in " \t" and after not in _AFTER_CLOSING
    closes = before not in " \t" and after in _AFTER_CLOSING
    if opens == closes:
        return 0
    return 1 if (line[at] in _OPENING) == opens else -1
