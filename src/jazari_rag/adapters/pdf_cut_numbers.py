"""Numbers of laws that a line's end cuts ("n° 1-07-" and "79" below): a number is read whole or it is another one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from jazari_rag.adapters.pdf_bidi import RIGHT_TO_LEFT
from jazari_rag.adapters.pdf_piece import Line
from jazari_rag.adapters.pdf_repairs import shifted

CUT_NUMBER = "numbers cut at a line's end"

_CUT = re.compile(r"\S\s+\S{0,3}?(?<![\d.\-])(?P<parts>(?:\d{1,4}-){1,2})$")
"""A line that ends within a number and says something before it: "-3-" alone numbers a page."""
_REST = re.compile(r"(?P<parts>\d{1,4}(?:-\d{1,4})?)(?![\w\-]|[.,/]\d)\S*\s*")
_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")
_MOST_PARTS = 3


def join_cut_numbers(lines: Iterable[Line]) -> list[Line]:
    """The lines, each cut number on the line where it begins. A line of which nothing is left is left out."""
    joined: list[Line] = []
    for line in lines:
        rest = _rest(joined[-1], line) if joined else None
        if rest is None:
            joined.append(line)
            continue
        before = joined[-1]
        mended = Counter(before.mended) + Counter(line.mended) + Counter([CUT_NUMBER])
        joined[-1] = with_rest(before, before.text, line.text[: rest.end()], mended)
        if rest.end() < len(line.text):
            left = shifted(line.repaired, rest.end())
            joined.append(replace(line, text=line.text[rest.end() :], mended={}, repaired=left))
    return joined


def with_rest(line: Line, begun: str, rest: str, mended: Mapping[str, int]) -> Line:
    """`line` as `begun` and the rest of what its end had cut."""
    place = (begun.rfind(" ") + 1, len(begun) + len(rest.rstrip()))
    kept = tuple(known for known in line.repaired if known[1] <= place[0])
    return replace(line, text=begun + rest.rstrip(), mended=mended, repaired=(*kept, place))


def _rest(before: Line, line: Line) -> re.Match[str] | None:
    """What of `line` belongs to the number at the end of `before`.

    Arabic documents have the parts of a number in either order: nothing tells how a cut one goes on. A single digit
    after a single number may as well open the next line: "Article 5-" and "1. Les demandes".
    """
    unclear = before.kind or line.kind or _RIGHT_TO_LEFT.search(before.text)
    cut = None if unclear else _CUT.search(before.text)
    rest = _REST.match(line.text) if cut else None
    if cut is None or rest is None:
        return None
    first, second = cut["parts"].strip("-").split("-"), rest["parts"].split("-")
    certain = len(first) + len(second) > 2 or len(second[0]) > 1
    return rest if certain and len(first) + len(second) <= _MOST_PARTS else None
