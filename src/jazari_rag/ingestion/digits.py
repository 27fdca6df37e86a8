"""Fills in digits that a file names wrongly, on pages whose words it names right, by what was recognised (OCR).

Words come from the file, numbers from the image: each keeps what it is sure of. A number is taken only where the words
around it agree, and where it is as long as the one that the page shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from jazari_rag.domain import GARBAGE_DIGITS, Page

UNREADABLE = "\ufffd"
RECOGNISED_DIGITS = "digits recognised"

_WORD = re.compile(r"\S+")
_MASK = re.compile(f"{UNREADABLE}+")
_NUMBER = re.compile(r"[0-9.,]*[0-9][0-9.,]*")
_LETTERS = re.compile(r"[^\W\d_]+")


def with_digits(page: Page, recognised: Page) -> Page:
    """The page with its unreadable digits as they were recognised; where some stay so, the reason does too."""
    words = list(_WORD.finditer(page.text))
    others = [found[0] for found in _WORD.finditer(recognised.text)]
    text = list(page.text)
    for at, other in _aligned([found[0] for found in words], others):
        word = words[at]
        for start, number in _numbers(word[0], others[other]):
            text[word.start() + start : word.start() + start + len(number)] = number
    filled = "".join(text)
    count = len(_MASK.findall(page.text)) - len(_MASK.findall(filled))
    reasons = page.quality.reasons
    if UNREADABLE not in filled:
        reasons = tuple(reason for reason in reasons if reason != GARBAGE_DIGITS)
    quality = replace(
        page.quality,
        engine=f"{page.quality.engine}, {recognised.quality.engine}",
        reasons=reasons,
        repairs={**page.quality.repairs, RECOGNISED_DIGITS: count},
        confidence=recognised.quality.confidence,
    )
    return replace(page, text=filled, quality=quality)


def _aligned(words: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Words with unreadable digits, and those that were recognised in the same places."""
    matcher = SequenceMatcher(None, [_key(word) for word in words], [_key(word) for word in others], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 1]
    pairs = [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]
    return [(at, other) for at, other in pairs if UNREADABLE in words[at]]


def _key(word: str) -> str:
    """What a word is known by: its letters, and that it has a number."""
    number = "#" if UNREADABLE in word or _NUMBER.search(word) else ""
    return "".join(_LETTERS.findall(word)) + number


def _numbers(masked: str, read: str) -> list[tuple[int, str]]:
    """Where numbers go in a word, and the numbers; none where they are not as many or not as long."""
    gaps = list(_MASK.finditer(masked))
    numbers = [found[0] for found in _NUMBER.finditer(read)]
    if len(gaps) != len(numbers):
        return []
    fitting = [_fitted(number, len(gap[0])) for gap, number in zip(gaps, numbers, strict=True)]
    return [(gap.start(), number) for gap, number in zip(gaps, fitting, strict=True) if number]


def _fitted(number: str, length: int) -> str:
    """The number, perhaps without a sign behind it, if it is so long; else nothing."""
    return next((one for one in (number, number.rstrip(".,")) if len(one) == length), "")
