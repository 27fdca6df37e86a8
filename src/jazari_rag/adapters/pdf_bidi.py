"""A line of right-to-left text as it is read, from what stands where on the page: the bidi algorithm, backwards.

A page holds glyphs in places. What lies between two words of a right-to-left line, from which side a number is read,
and which way a bracket faces, is worked out again from the places, after Unicode's annex 9 (levels 1 and 2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

RIGHT_TO_LEFT = "\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LATIN = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f\u1e00-\u1fff\u2d30-\u2d7f"
_ARABIC_SIGNS = "\u060c\u061b\u061f"
_PARTS = re.compile(
    f"(?P<right>(?:(?![{_ARABIC_SIGNS}])[{RIGHT_TO_LEFT}])+)|(?P<left>[{_LATIN}]+)"
    "|(?P<digits>[0-9]+|[\u0660-\u0669]+|[\u06f0-\u06f9]+)"
    "|(?P<space>\\s+)|(?P<raised>[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)|(?P<sign>.)"
)
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_JOINS = frozenset(".,:/\u066b\u066c\u060c")
"""Between two digits, without a space: part of the number."""
_BRACKETS = frozenset("()[]{}")
_OF_NUMBERS = frozenset("%°‰")
_HYPHENS = frozenset("-–\u2010\u2011\u2012")
ROWS_APART = 0.6
"""Of the height of a line: what lies further up or down is on another line."""
_WORD_AND_NUMBER = {"right", "digits"}
_CONTEXT = 6
"""Parts before a number that may tell which way round it is."""
_GAP = 0.15
"""Of the height of a line: a gap as wide as a narrow space."""

_SPACE = 0.25
"""Of the height of a line: a gap as wide as this parts two words."""

Turned = Callable[[Sequence[str], str, bool], bool]
"""Whether a number in several parts, as they stand from left to right, is read from the right.

With the text before it, and whether there are spaces between its parts (else hyphens)."""


@dataclass(frozen=True, slots=True)
class Part:
    """Letters of one direction, a run of digits, a space or a sign, and where it stands, in points."""

    text: str
    kind: str
    left: float
    right: float
    bottom: float = 0.0
    top: float = 0.0


def parts_of(text: str) -> Iterator[tuple[int, int, str]]:
    """The parts of a line: start, end, kind."""
    for found in _PARTS.finditer(text):
        yield found.start(), found.end(), str(found.lastgroup)


def rows(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts by line, from the top: two lines that lie close together may come as one."""
    found: list[list[Part]] = []
    for part in parts:
        if part.kind == "space" or part.top <= part.bottom:
            (found[-1] if found else _opened(found)).append(part)
            continue
        middle, height = (part.top + part.bottom) / 2, part.top - part.bottom
        row = next((row for row in found if abs(_middle(row, middle) - middle) < ROWS_APART * height), None)
        (row if row is not None else _opened(found)).append(part)
    return sorted(found, key=lambda row: -_middle(row, 0.0)) if len(found) > 1 else found


def _opened(found: list[list[Part]]) -> list[Part]:
    found.append([])
    return found[-1]


def _middle(row: Sequence[Part], default: float) -> float:
    return next(((part.top + part.bottom) / 2 for part in row if part.top > part.bottom), default)


def row_text(row: Sequence[Part], turned: Turned | None) -> str:
    """The text of a line that was put together of parts; `turned` where it is right-to-left."""
    spaced = _with_spaces(row)
    return reading_order(spaced, turned) if turned else "".join(part.text for part in spaced)


def _with_spaces(line: Sequence[Part]) -> list[Part]:
    """The parts from left to right, with a space where a gap parts them."""
    spaced: list[Part] = []
    for part in sorted(line, key=lambda part: (part.left + part.right) / 2):
        gap = part.left - spaced[-1].right if spaced else 0.0
        if gap > _SPACE * (part.top - part.bottom) and "space" not in (part.kind, spaced[-1].kind):
            spaced.append(Part(" ", "space", spaced[-1].right, part.left))
        spaced.append(part)
    return spaced


def reading_order(parts: Sequence[Part], turned: Turned) -> str:
    """The text of one right-to-left line.

    Args:
        parts: In any order.
        turned: Decides on numbers in parts (`08-09`, `05 37 68 22`), which no rule of writing settles.
    """
    groups = _groups(_spaced(sorted(parts, key=lambda part: (part.left + part.right) / 2)))
    read: list[str] = []
    run: list[list[Part]] = []
    for group in [*reversed(groups), []]:
        if _continues(run, group):
            run.append(group)
            continue
        read += _number_run(run, "".join(read[-_CONTEXT:]), turned)
        run = [group] if group and _is_number(group) else []
        if group and not run:
            read.append(_shown(group, "".join(read[-_CONTEXT:]), turned))
    return "".join(read)


def _spaced(parts: Sequence[Part]) -> list[Part]:
    """The parts from left to right, with a space where a gap parts a word from a number."""
    spaced: list[Part] = []
    for part in parts:
        before = spaced[-1] if spaced else part
        if {before.kind, part.kind} == _WORD_AND_NUMBER and part.left - before.right > _GAP * (part.top - part.bottom):
            spaced.append(Part(" ", "space", before.right, part.left))
        spaced.append(part)
    return spaced


def _continues(run: Sequence[list[Part]], group: Sequence[Part]) -> bool:
    """Whether groups of digits go on: number, space, number."""
    if not run or not group:
        return False
    return group[0].kind == "space" if _is_number(run[-1]) else _is_number(group)


def _is_number(group: Sequence[Part]) -> bool:
    return bool(group) and group[0].kind == "digits" and all(part.kind != "left" for part in group)


def _number_run(run: Sequence[list[Part]], before: str, turned: Turned) -> list[str]:
    """Numbers with spaces between them: as read from the right, unless they are one number from the left."""
    shown = [_shown(group, before, turned) for group in run]
    trailing = shown[-1:] if run and run[-1][0].kind == "space" else []
    numbers = shown[: len(shown) - len(trailing)]
    upright = numbers[::-1]
    if len(numbers) > 1 and not turned([text for text in upright if text.strip()], before, True):
        numbers = upright
    return [*numbers, *trailing]


def _groups(parts: Sequence[Part]) -> list[list[Part]]:
    """What is read from left to right as a whole, in the order in which it stands."""
    groups: list[list[Part]] = []
    index = 0
    while index < len(parts):
        end = index + 1
        if parts[index].kind in ("left", "digits"):
            end = _end_of_group(parts, index)
        groups.append(list(parts[index:end]))
        index = end
    return groups


def _end_of_group(parts: Sequence[Part], start: int) -> int:
    """Behind the last part that belongs to what begins at `start`."""
    has_letters = parts[start].kind == "left"
    end = start + 1
    while (after := _next_strong(parts, end)) < len(parts):
        between, following = parts[end:after], parts[after].kind
        if any(part.text in _BRACKETS for part in between):
            closed = _closed(parts, end, after) if has_letters else 0
            if not closed:
                break
            end = closed
            continue
        if not has_letters and not _joined(between, following):
            break
        has_letters = has_letters or following == "left"
        end = after + 1
    while end < len(parts) and (parts[end].text in _OF_NUMBERS or parts[end].kind == "raised"):
        end += 1
    return end


def _next_strong(parts: Sequence[Part], start: int) -> int:
    """The next letters from left to right or digits; the end, where letters from right to left come before them."""
    for index in range(start, len(parts)):
        if parts[index].kind == "right":
            break
        if parts[index].kind in ("left", "digits"):
            return index
    return len(parts)


def _closed(parts: Sequence[Part], start: int, after: int) -> int:
    """Behind the bracket that closes the one between `start` and `after`, with no other in them; 0 where none does."""
    if sum(part.text in _BRACKETS for part in parts[start:after]) != 1:
        return 0
    for index in range(after, len(parts)):
        if parts[index].kind == "right":
            return 0
        if parts[index].text in _BRACKETS:
            return index + 1
    return 0


def _joined(between: Sequence[Part], following: str) -> bool:
    """Whether what follows a number belongs to it."""
    if following == "left":
        return all(part.kind == "space" for part in between)
    return len(between) == 1 and (between[0].text in _JOINS or between[0].text in _HYPHENS)


def _shown(group: Sequence[Part], before: str, turned: Turned) -> str:
    if len(group) == 1:
        [part] = group
        return part.text.translate(_MIRRORED) if part.kind == "sign" else part.text
    texts = [part.text for part in group]
    if any(text in _HYPHENS for text in texts) and _is_number(group):
        pieces = _pieces(texts)
        if turned(pieces[::2], before, False):
            return "".join(reversed(pieces))
    return "".join(texts)


def _pieces(texts: Sequence[str]) -> list[str]:
    """The numbers between hyphens, and the hyphens."""
    pieces = [""]
    for text in texts:
        if text in _HYPHENS:
            pieces += [text, ""]
        else:
            pieces[-1] += text
    return pieces
