"""A page from the words that tesseract recognised: lines and paragraphs in reading order, with a confidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median_low
from typing import TypeAlias

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.domain import MarkKind, Page

ENGINE = "tesseract"
DOUBTFUL_NUMBERS = "doubtful numbers"

_LEAST_CONFIDENCE = 30.0
"""Of a line: pictures, ornaments and logos read as letters lie below, damaged text above."""
_SURE_OF_TITLE = 60.0
_LONE = re.compile(r"(?:[٠°*¢©®«»•·▪■]{1,2}[.:]?|ه)")
_ITEM = re.compile(r"\s*(?:[•–-]|\(?\d{1,2}\s?[.)°-])\s*\D*[^\W\d_]{2}")
_DIGITS = re.compile(r"([:،؛(]*)([\d.,]*\d[\d.,]*)([:،؛)]*)")
_SURE_OF_NUMBER = 70.0
_ARABIC = re.compile("[\u0621-\u064a]")


_Line: TypeAlias = "tuple[float, float, str]"
"""Height in pixels, confidence, text."""


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word; `line` is its block, paragraph and line, `left` and `height` are pixels."""

    text: str
    confidence: float
    line: tuple[int, int, int]
    left: int
    height: int


def words_from(data: Mapping[str, Sequence[object]]) -> list[Word]:
    """The words in a table of tesseract (`image_to_data` as a dictionary), in its order."""
    columns = ("text", "conf", "block_num", "par_num", "line_num", "left", "height")
    words = []
    for text, confidence, *numbers in zip(*(data[name] for name in columns), strict=True):
        shown = clean(str(text)).strip()
        if shown and float(str(confidence)) >= 0:
            block, paragraph, line, left, height = (int(str(number)) for number in numbers)
            words.append(Word(shown, float(str(confidence)), (block, paragraph, line), left, height))
    return words


def confidence_of(words: Sequence[Word]) -> float:
    """The mean over characters, in 0-100; 0 without words."""
    length = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / length if length else 0.0


def page_of(words: Sequence[Word], number: int) -> tuple[Page, str]:
    """The page, and what is set largest on it, which may be its title."""
    builder, repairs, kept = PageBuilder(), Counter[str](), list[Word]()
    previous: tuple[int, ...] = ()
    lines: list[_Line] = []
    for line in _lines(words):
        sure = confidence_of(line)
        if sure < _LEAST_CONFIDENCE or not any(char.isalnum() for word in line for char in word.text):
            repairs["noise dropped"] += 1
            continue
        if line[0].line[:2] != previous:
            builder.paragraph_break()
        previous = line[0].line[:2]
        text = _text(line, repairs)
        builder.add(text, MarkKind.ITEM if _ITEM.match(text) else None)
        kept += line
        lines.append((median_low(word.height for word in line), sure, text))
    reasons = (DOUBTFUL_NUMBERS,) if any(_is_doubtful_number(word) for word in kept) else ()
    sure = round(confidence_of(kept), 1)
    return builder.page(number, engine=ENGINE, reasons=reasons, repairs=+repairs, confidence=sure), _largest(lines)


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    for _, line in groupby(words, key=lambda word: word.line):
        yield list(line)


def _text(line: Sequence[Word], repairs: Counter[str]) -> str:
    words = _numbers_in_order(line, repairs) if any(_ARABIC.search(word.text) for word in line) else list(line)
    first, rest = words[0].text, [word.text for word in words[1:]]
    if rest and _LONE.fullmatch(first):
        repairs["bullets"] += 1
        first = "•"
    elif first.startswith("«") and not any("»" in text for text in (first, *rest)):
        repairs["bullets"] += 1
        first = "• " + first[1:]
    return " ".join((first, *rest))


def _numbers_in_order(line: Sequence[Word], repairs: Counter[str]) -> list[Word]:
    """Groups of digits (of a telephone, of an amount) as they stand from left to right.

    Tesseract gives the words of an Arabic line from right to left, and the groups of a number with them.
    """
    ordered: list[Word] = []
    for numeric, words in _runs(line):
        upright = sorted(words, key=lambda word: word.left) if numeric else words
        if upright != words:
            repairs["number order"] += 1
            upright = _punctuated(upright, before=words[0], after=words[-1])
        ordered += upright
    return ordered


def _runs(line: Sequence[Word]) -> Iterator[tuple[bool, list[Word]]]:
    """The line in runs of groups of digits and of other words; what stands in brackets is no part of a number."""
    for numeric, run in groupby(line, key=lambda word: bool(_DIGITS.fullmatch(word.text))):
        words: list[Word] = []
        for word in run:
            if numeric and words and (word.text.startswith("(") or words[-1].text.endswith(")")):
                yield numeric, words
                words = []
            words.append(word)
        yield numeric, words


def _punctuated(words: Sequence[Word], *, before: Word, after: Word) -> list[Word]:
    """The groups without the marks around them, which are set around the whole number again."""
    groups = [replace(word, text=found[2]) for word in words if (found := _DIGITS.fullmatch(word.text))]
    opening, closing = _DIGITS.fullmatch(before.text), _DIGITS.fullmatch(after.text)
    groups[0] = replace(groups[0], text=(opening[1] if opening else "") + groups[0].text)
    groups[-1] = replace(groups[-1], text=groups[-1].text + (closing[3] if closing else ""))
    return groups


def _is_doubtful_number(word: Word) -> bool:
    return word.confidence < _SURE_OF_NUMBER and not _LONE.fullmatch(word.text) and any(map(str.isdigit, word.text))


def _largest(lines: Sequence[_Line]) -> str:
    """The largest lines that were read surely, joined where they follow one another."""
    sure = [(height, text) for height, confidence, text in lines if confidence >= _SURE_OF_TITLE]
    candidates = [(height, text) for height, text in sure if sum(char.isalpha() for char in text) >= 3]
    if not candidates:
        return ""
    tallest = max(height for height, _ in candidates)
    first = last = next(index for index, (height, _) in enumerate(candidates) if height == tallest)
    while first > 0 and candidates[first - 1][0] >= 0.8 * tallest and last - first < 2:
        first -= 1
    while last + 1 < len(candidates) and candidates[last + 1][0] >= 0.8 * tallest and last - first < 2:
        last += 1
    return " ".join(text for _, text in candidates[first : last + 1])
