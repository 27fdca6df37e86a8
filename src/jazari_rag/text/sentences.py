"""Where sentences begin and end, in the scripts of the served languages."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from jazari_rag.languages import Languages

Span = tuple[int, int]

LIST_MARKER = re.compile(r"[ \t]*(?:[-–—•▪◦●*·‣]|\d{1,3}\s?[.)°\-–]|[A-Za-z]\s?[.)]|[أ-ي]\s?[-–.)])[ \t\u00a0]+(?=\S)")
"""The start of a line that is an item of a list."""

_STOP = re.compile(r"[.!?؟…。]+[\"»”’')\]]*(?=\s|$)|؟")
_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029\f\v]")
_WORD_BEFORE = re.compile(r"[^\s(«\"“'’]*$")
_OPENING = " \t\"'«“(["
_LOOK_BACK = 24
_WRAPPED = 0.6
"""A line at least this share of the longest goes on in the next one, unless something says otherwise."""
_WIDEST = 160
"""Lines longer than this are whole paragraphs: such a text is not wrapped."""


def sentences(text: str, languages: Languages) -> list[Span]:
    """Spans of the sentences, in order, without the white space around them; together they hold all that is written.

    Items of a list and rows are sentences; the line breaks of a wrapped sentence are not. Linear in the length.
    """
    cuts = sorted({*_stops(text, languages), *_line_breaks(text)})
    spans = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        span = trimmed(text, start, end)
        if span[0] < span[1]:
            spans.append(span)
    return spans


def trimmed(text: str, start: int, end: int) -> Span:
    """`start:end` without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=8)
def _abbreviations(languages: Languages) -> frozenset[str]:
    return frozenset(word.lower() for language in languages for word in language.abbreviations)


def _stops(text: str, languages: Languages) -> list[int]:
    abbreviations = _abbreviations(languages)
    return [m.end() for m in _STOP.finditer(text) if _ends_sentence(text, m, abbreviations)]


def _ends_sentence(text: str, stop: re.Match[str], abbreviations: frozenset[str]) -> bool:
    if stop[0][0] not in ".…":
        return True
    following = _next_letter(text, stop.end())
    if following.islower():
        return False
    if not stop[0].startswith(".") or len(stop[0]) > 1:
        return True
    before = text[max(0, stop.start() - _LOOK_BACK) : stop.start()]
    found = _WORD_BEFORE.search(before)
    word = found[0] if found else ""
    if f"{word}.".lower() in abbreviations:
        return False
    if len(word) == 1 and word.isalpha():
        return not (word.isupper() or following.isdigit())
    return not (_is_enumerator(word) and before[: len(before) - len(word)].rstrip(" \t")[-1:] in ("", "\n", "\r"))


def _is_enumerator(word: str) -> bool:
    return word.isdigit() and len(word) <= 3


def _next_letter(text: str, position: int) -> str:
    for character in text[position : position + _LOOK_BACK]:
        if not character.isspace() and character not in _OPENING:
            return character
    return ""


def _line_breaks(text: str) -> list[int]:
    """The ends of lines that end a sentence."""
    lines = _lines(text)
    width = max((end - start for start, end in lines), default=0)
    breaks = []
    for line, following in pairwise(lines):
        if _line_ends_sentence(text, line, following, width):
            breaks.append(following[0])
    return breaks


def _lines(text: str) -> list[Span]:
    lines = []
    start = 0
    for match in _LINE_END.finditer(text):
        lines.append((start, match.start()))
        start = match.end()
    return [*lines, (start, len(text))]


def _line_ends_sentence(text: str, line: Span, following: Span, width: int) -> bool:
    start, end = trimmed(text, *line)
    next_start, next_end = trimmed(text, *following)
    if start == end or next_start == next_end:
        return True
    if text[end - 1] in ".!?؟:;؛…" and not text[next_start].islower():
        return not _ends_in_abbreviation(text, start, end)
    if _is_row(text, start, end) or _is_row(text, next_start, next_end):
        return True
    if LIST_MARKER.match(text, following[0], min(following[1], following[0] + 40)):
        return True
    if text[next_start].islower():
        return False
    return width > _WIDEST or end - start < _WRAPPED * width


def _ends_in_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether a line ends like "n°." or "Art.", which the next one completes."""
    return text[end - 1] == "." and end - start > 5 and text[max(start, end - 5) : end].lower() in (" art.", " رقم.")


def _is_row(text: str, start: int, end: int) -> bool:
    return text.find("\t", start, end) >= 0 or text.find(" | ", start, end) >= 0
