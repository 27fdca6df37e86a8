"""Footnote marks glued to the number of an article: "Article 6121" between 60 and 62 is article 61 with mark 21."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jazari_rag.text.outline import Heading

_GAP = 3
"""How far the numbers of two articles that follow each other may lie apart."""
_LONGEST = 4
"""Digits of an article's number; a longer one is none, unless it is a shorter one with a footnote's mark."""
_NUMBERED = re.compile(r"(\D+?)(\d+)$")


def without_footnotes(pages: Sequence[Sequence[Heading]]) -> list[list[Heading]]:
    """The headings of a document's pages, with the numbers of articles that the ones around them prove.

    A number that fits stays. One that does not is cut to the one start of it that fits between its neighbours, if
    there is exactly one. Headings with a number longer than any article's are left out.
    """
    flat = [heading for page in pages for heading in page]
    labels = dict(zip(map(id, flat), _labels(flat), strict=True))
    return [[replace(h, label=labels[id(h)]) for h in page if not _is_too_long(h, labels[id(h)])] for page in pages]


def _labels(headings: Sequence[Heading]) -> Iterator[str]:
    articles = [_NUMBERED.fullmatch(heading.label) if heading.law else None for heading in headings]
    numbers = [match[2] for match in articles if match]
    previous, position = 0, 0
    for heading, match in zip(headings, articles, strict=True):
        if match is None:
            yield heading.label
            continue
        following = numbers[position + 1] if position + 1 < len(numbers) else ""
        number = _proven(match[2], previous, following)
        yield match[1] + number
        previous, position = int(number), position + 1


def _proven(number: str, previous: int, following: str) -> str:
    if not previous or _follows(int(number), previous):
        return number
    fitting = [start for start in _starts(number) if _follows(int(start), previous)]
    proven = [start for start in fitting if any(_follows(int(other), int(start)) for other in _starts(following))]
    return proven[0] if len(proven) == 1 else number


def _starts(number: str) -> list[str]:
    return [number[:length] for length in range(1, len(number) + 1)]


def _follows(number: int, previous: int) -> bool:
    return previous < number <= previous + _GAP


def _is_too_long(heading: Heading, label: str) -> bool:
    match = _NUMBERED.fullmatch(label) if heading.law else None
    return match is not None and len(match[2]) > _LONGEST
