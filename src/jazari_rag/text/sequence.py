"""The articles of a document in the order of their numbers: what breaks it is no article of this text.

A law quotes others (in notes, in what it replaces) and refers to itself; its own articles follow one another. Numbers
are mended by that too: "Article 6121" between 60 and 62 is article 61 with the mark of note 21.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jazari_rag.text.numbering import Key, order_key
from jazari_rag.text.outline import Heading

_GAP = 3
"""How far the numbers of two articles that follow each other may lie apart, for the one to prove the other."""
_LONGEST = 4
"""Digits of an article's number; a longer one is none, unless it is a shorter one with a footnote's mark."""
_IMPLAUSIBLE = 3
"""Digits of a number within another ("78-128") that no added article has unless those before it go as far."""
_NUMBERED = re.compile(r"(.*\D)(\d+)")

_WINDOW = 60
"""The longest run of articles that may be left out."""
_FEWEST, _MOST_LEFT_OUT = 6, 0.25
"""A document with fewer articles, or of which a larger share would be left out, has no order to go by."""
_RESTART, _AGAIN, _BACK = 1.2, 0.3, 4.0
"""What a new count from 1, a number that is repeated, and a step back cost; leaving an article out costs 1."""
_STEP, _FARTHEST = 0.02, 4.0
"""What each number that is passed over costs, and all of them together at most."""


def in_sequence(pages: Sequence[Sequence[Heading]]) -> list[list[Heading]]:
    """The headings of a document's pages, the articles among them with the numbers that the ones around them prove.

    Articles out of order are left out, and so are the doubtful ones that fit nowhere.
    """
    mended = _mended(pages)
    kept = _kept([heading for page in mended for heading in page])
    return [[replace(h, doubtful=False) for h in page if id(h) in kept] for page in mended]


def _kept(headings: Sequence[Heading]) -> set[int]:
    certain = [heading for heading in headings if _is_own(heading) and not heading.doubtful]
    chain = _chain([order_key(heading.number) for heading in certain])
    out = {id(heading) for index, heading in enumerate(certain) if index not in chain}
    kept = [heading for heading in headings if id(heading) not in out and not heading.doubtful]
    return {id(heading) for heading in kept} | _fitting([heading for heading in headings if id(heading) not in out])


def _is_own(heading: Heading) -> bool:
    return heading.law and heading.number != "" and not heading.quoted


def _chain(keys: Sequence[Key]) -> set[int]:
    """The positions of the articles that follow one another at the least cost; all where there is no order."""
    everything = set(range(len(keys)))
    if len(keys) < _FEWEST:
        return everything
    costs: list[float] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        best, origin = float(index), -1
        for other in range(max(0, index - _WINDOW), index):
            cost = costs[other] + (index - other - 1) + _transition(keys[other], key)
            if cost < best:
                best, origin = cost, other
        costs.append(best)
        before.append(origin)
    position = min(range(len(keys)), key=lambda index: costs[index] + len(keys) - 1 - index)
    chain: set[int] = set()
    while position >= 0:
        chain.add(position)
        position = before[position]
    return chain if len(keys) - len(chain) <= _MOST_LEFT_OUT * len(keys) else everything


def _transition(last: Key, following: Key) -> float:
    if following == last:
        return _AGAIN
    if following > last:
        return min(_FARTHEST, _STEP * max(0, following[0] - last[0] - 1))
    return _RESTART if following[0] == 1 else _BACK


def _fitting(headings: Sequence[Heading]) -> set[int]:
    """The doubtful ones that stand between two numbers, next to one of them."""
    own = [heading for heading in headings if _is_own(heading)]
    found: set[int] = set()
    for index, heading in enumerate(own):
        if not heading.doubtful:
            continue
        key = order_key(heading.number)
        last = next((order_key(h.number) for h in reversed(own[:index]) if not h.doubtful), None)
        following = next((order_key(h.number) for h in own[index + 1 :] if not h.doubtful), None)
        if last is None or following is None or not last < key < following:
            continue
        if key[0] - last[0] <= 1 or following[0] - key[0] <= 1:
            found.add(id(heading))
    return found


def _mended(pages: Sequence[Sequence[Heading]]) -> list[list[Heading]]:
    """The headings with proven numbers. Those with a number longer than any article's are left out.

    A number that fits stays. One that does not is cut to the one start of it that fits between its neighbours, if
    there is exactly one.
    """
    flat = [heading for page in pages for heading in page]
    mended = dict(zip(map(id, flat), _proven_headings(flat), strict=True))
    return [[mended[id(h)] for h in page if len(mended[id(h)].number.split("-")[0]) <= _LONGEST] for page in pages]


def _proven_headings(headings: Sequence[Heading]) -> Iterator[Heading]:
    parted = [_parts(heading) for heading in headings]
    numbers = [parts for parts in parted if parts]
    previous, position = ("", 0), 0
    for heading, parts in zip(headings, parted, strict=True):
        if parts is None:
            yield heading
            continue
        stem, number = parts
        following = numbers[position + 1] if position + 1 < len(numbers) else ("", "")
        last = previous[1] if previous[0] == stem else 0
        proven = _proven(number, last, _comparable(stem, *following), added=stem != "")
        yield heading if proven == number else _renumbered(heading, number, proven)
        previous, position = (stem, int(proven)), position + 1


def _comparable(stem: str, following_stem: str, following: str) -> str:
    """The next article's number as this one is counted: after 42 may come 42-1, which says that 43 is next."""
    if following_stem == stem:
        return following
    base = following_stem.partition("-")[0]
    return str(int(base) + 1) if not stem and base.isdigit() else ""


def _parts(heading: Heading) -> tuple[str, str] | None:
    """What stands before the last number of an article, and that number as printed."""
    match = _NUMBERED.fullmatch(heading.label) if _is_own(heading) else None
    stem, dash, last = heading.number.rpartition("-")
    return (stem + dash, match[2]) if match and last.isdigit() else None


def _renumbered(heading: Heading, printed: str, number: str) -> Heading:
    shorter = len(printed) - len(number)
    return replace(heading, label=heading.label[:-shorter], number=heading.number[:-shorter])


def _proven(number: str, previous: int, following: str, *, added: bool) -> str:
    if _follows(int(number), previous) or not (previous or added):
        return number
    fitting = [start for start in _starts(number) if _follows(int(start), previous)]
    if added and len(number) < _IMPLAUSIBLE:
        return number
    if added and len(fitting) == 1:
        return fitting[0]
    proven = [start for start in fitting if _leads_to(start, number, following)]
    return proven[0] if len(proven) == 1 else number


def _leads_to(start: str, number: str, following: str) -> bool:
    """Whether an article of the number `start` comes before the next one: the marks of their notes rise too."""
    mark = int(number[len(start) :] or 0)
    marks = ((other, following[len(other) :]) for other in _starts(following))
    return any(_follows(int(other), int(start)) and (not rest or int(rest) > mark) for other, rest in marks)


def _starts(number: str) -> list[str]:
    """What a number is without a mark behind it, which no zero opens."""
    return [number[:length] for length in range(1, len(number) + 1) if number[length : length + 1] != "0"]


def _follows(number: int, previous: int) -> bool:
    return previous < number <= previous + _GAP
