"""A page from the words that tesseract recognised: lines and paragraphs in reading order, with a confidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median_low

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.domain import MarkKind, Page

ENGINE = "tesseract"
DOUBTFUL_NUMBERS = "doubtful numbers"

_LEAST_CONFIDENCE = 30.0
"""Of a line: pictures, ornaments and logos read as letters lie below, damaged text above."""
_LONE = re.compile(r"(?:[٠°*¢©®«»•·▪■]{1,2}[.:]?|ه)")
_ITEM = re.compile(r"\s*(?:[•–-]|\(?\d{1,2}\s?[.)°-])\s*\D*[^\W\d_]{2}")
_DIGITS = re.compile(r"([:،؛(]*)([\d.,]*\d[\d.,]*)([:،؛)]*)")
_SURE_OF_NUMBER = 70.0
_ARABIC = re.compile("[\u0621-\u064a]")


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
    rows = zip(
        *(data[name] for name in ("text", "conf", "block_num", "par_num", "line_num", "left", "height")), strict=True
    )
    words = []
    for text, confidence, block, paragraph, line, left, height in rows:
        shown = clean(str(text)).strip()
        if shown and float(str(confidence)) >= 0:
            place = (int(str(block)), int(str(paragraph)), int(str(line)))
            words.append(Word(shown, float(str(confidence)), place, int(str(left)), int(str(height))))
    return words


def confidence_of(words: Sequence[Word]) -> float:
    """The mean over characters, in 0-100; 0 without words."""
    length = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / length if length else 0.0


def page_of(words: Sequence[Word], number: int) -> tuple[Page, str]:
    """The page, and what is set largest on it, which may be its title."""
    builder, repairs, kept = PageBuilder(), Counter[str](), list[Word]()
    previous: tuple[int, ...] = ()
    lines: list[tuple[float, str]] = []
    for line in _lines(words):
        if confidence_of(line) < _LEAST_CONFIDENCE or not any(char.isalnum() for word in line for char in word.text):
            repairs["noise dropped"] += 1
            continue
        text = _text(line, repairs)
        if line[0].line[:2] != previous:
            builder.paragraph_break()
        previous = line[0].line[:2]
        builder.add(text, MarkKind.ITEM if _ITEM.match(text) else None)
        kept += line
        lines.append((median_low(word.height for word in line), text))
    reasons = (DOUBTFUL_NUMBERS,) if any(_is_doubtful_number(word) for word in kept) else ()
    page = builder.page(
        number, engine=ENGINE, reasons=reasons, repairs=+repairs, confidence=round(confidence_of(kept), 1)
    )
    return page, _largest(lines)


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
    for numeric, run in groupby(line, key=lambda word: bool(_DIGITS.fullmatch(word.text))):
        words = list(run)
        upright = sorted(words, key=lambda word: word.left) if numeric else words
        if upright != words:
            repairs["number order"] += 1
            upright = _punctuated(upright, before=words[0], after=words[-1])
        ordered += upright
    return ordered


def _punctuated(words: Sequence[Word], *, before: Word, after: Word) -> list[Word]:
    """The groups without the marks around them, which are set around the whole number again."""
    groups = [replace(word, text=found[2]) for word in words if (found := _DIGITS.fullmatch(word.text))]
    opening, closing = _DIGITS.fullmatch(before.text), _DIGITS.fullmatch(after.text)
    groups[0] = replace(groups[0], text=(opening[1] if opening else "") + groups[0].text)
    groups[-1] = replace(groups[-1], text=groups[-1].text + (closing[3] if closing else ""))
    return groups


def _is_doubtful_number(word: Word) -> bool:
    return word.confidence < _SURE_OF_NUMBER and not _LONE.fullmatch(word.text) and any(map(str.isdigit, word.text))


def _largest(lines: Sequence[tuple[float, str]]) -> str:
    """The largest lines of words, joined where they follow one another."""
    candidates = [(height, text) for height, text in lines if sum(char.isalpha() for char in text) >= 3]
    if not candidates:
        return ""
    tallest = max(height for height, _ in candidates)
    first = next(index for index, (height, _) in enumerate(candidates) if height == tallest)
    run = []
    for height, text in candidates[first : first + 3]:
        if height < 0.7 * tallest:
            break
        run.append(text)
    return " ".join(run)
