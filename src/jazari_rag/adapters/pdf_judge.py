"""Whether the text of a page reads like text: what shows in the letters alone, whatever engine read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from jazari_rag.adapters.pdf_fallback import read_page
from jazari_rag.adapters.pdf_mapping import UNREADABLE
from jazari_rag.domain import (
    GARBAGE,
    GARBAGE_DIGITS,
    GLUED_DIGITS,
    LAM_ALEF_SWAPPED,
    VISUAL_ORDER,
    Mark,
    MarkKind,
    Page,
)
from jazari_rag.languages import load_languages

_ARABIC = "\u0621-\u063a\u0641-\u064a"
_WORD = re.compile(f"[{_ARABIC}]{{2,}}")
_SWAPPED = re.compile(f"(?<![{_ARABIC}])[وفبك]?ا[أإآا]ل(?=[{_ARABIC}])")
_GLUED = re.compile(f"[{_ARABIC}]{{3}}[0-9٠-٩]")
_DIGIT = re.compile(r"\d")
_FEW_DIGITS, _MANY_DIGITS = 3, 5
_NUMBER = re.compile(r"[0-9٠-٩]+")
_OTHER_ARABIC = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc\u0679\u0688]")
"""Letters of Persian, Urdu and the like."""
_LATIN_WORD = re.compile("[A-Za-zÀ-ÖØ-öø-ÿœŒ]{2,}")
_VOWEL = re.compile("[aeiouyà-æè-ïò-öù-ýœ]", re.IGNORECASE)

_ENOUGH_WORDS = 20
_LEAST_ARTICLES = 0.08
"""Share of the words of Arabic prose that are function words or begin with an article: 0.37 at the least on 900 real
pages, 0 on pages whose letters were named at random."""
_LEAST_FUNCTION_WORDS = 0.15
_VOWELS = (0.25, 0.7)
"""Share of vowels in a text in Latin letters: 0.41 to 0.48 on real pages in French."""
_LEAST_SWAPPED, _LEAST_GLUED, _LEAST_REVERSED = 2, 5, 5
_AS_MUCH = 0.9
"""Share of the letters that one engine read which another must have read too to be preferred."""
_GLUED_SHARE = 0.25
"""Of the numbers of a page: more than authors leave out spaces before."""


def judged(page: Page, path: Path) -> Page:
    """A page of the PDF at `path` with what is wrong with its text, or as pypdf reads it where that is better.

    Text whose letters are garbage is marked as hidden: nobody would find it, and nobody should be shown it.
    """
    reasons = reasons_in(page.text)
    if reasons and GARBAGE not in page.quality.reasons:
        other = read_page(path, page.number)
        others = reasons_in(other.text)
        if len(others) < len(reasons) and _letters(other.text) >= _AS_MUCH * _letters(page.text):
            page, reasons = other, others
    named = tuple(dict.fromkeys((*page.quality.reasons, *reasons)))
    page = replace(page, quality=replace(page.quality, reasons=named)) if reasons else page
    if GARBAGE in named:
        return replace(page, marks=(Mark(0, len(page.text), MarkKind.HIDDEN),))
    return page


def without_garbage_digits(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages; where most that have numbers have garbage for digits, the few digits of the others are no better."""
    told = [GARBAGE_DIGITS in page.quality.reasons for page in pages]
    silent = [not wrong and len(_DIGIT.findall(page.text)) for page, wrong in zip(pages, told, strict=True)]
    if sum(told) <= sum(count >= _MANY_DIGITS for count in silent):
        return tuple(pages)
    return tuple(_masked(page) if count >= _FEW_DIGITS else page for page, count in zip(pages, silent, strict=True))


def _masked(page: Page) -> Page:
    quality = replace(page.quality, reasons=(*page.quality.reasons, GARBAGE_DIGITS))
    return replace(page, text=_DIGIT.sub(UNREADABLE, page.text), quality=quality)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def reasons_in(text: str) -> tuple[str, ...]:
    """What is wrong with a page's text, as reasons of its quality."""
    words = _WORD.findall(text)
    reasons = []
    if _is_garbage(words, text):
        reasons.append(GARBAGE)
    if len(_SWAPPED.findall(text)) >= _LEAST_SWAPPED:
        reasons.append(LAM_ALEF_SWAPPED)
    reversed_articles = sum(word.endswith(_reversed_articles()) for word in words)
    if reversed_articles >= _LEAST_REVERSED and reversed_articles > sum(map(_is_of_prose, words)):
        reasons.append(VISUAL_ORDER)
    glued = len(_GLUED.findall(text))
    if glued >= _LEAST_GLUED and glued > _GLUED_SHARE * len(_NUMBER.findall(text)):
        reasons.append(GLUED_DIGITS)
    return tuple(reasons)


def _is_garbage(arabic: list[str], text: str) -> bool:
    if len(arabic) >= _ENOUGH_WORDS and not _OTHER_ARABIC.search(text):
        articles = sum(_is_of_prose(word) or word.endswith(_reversed_articles()) for word in arabic)
        if articles < _LEAST_ARTICLES * len(arabic):
            return True
    latin = _LATIN_WORD.findall(text)
    if len(latin) < _ENOUGH_WORDS:
        return False
    letters = "".join(latin)
    vowels = len(_VOWEL.findall(letters)) / len(letters)
    if _VOWELS[0] <= vowels <= _VOWELS[1]:
        return False
    return sum(word.casefold() in _function_words() for word in latin) < _LEAST_FUNCTION_WORDS * len(latin)


def _is_of_prose(word: str) -> bool:
    return word.startswith(_articles()) or word in _function_words()


@cache
def _articles() -> tuple[str, ...]:
    """What opens words of right-to-left languages, of two letters or more."""
    languages = [language for language in load_languages() if language.direction == "rtl"]
    return tuple({prefix for language in languages for prefix in language.prefixes if len(prefix) > 1})


@cache
def _reversed_articles() -> tuple[str, ...]:
    return tuple(article[::-1] for article in _articles())


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for language in load_languages() for word in language.stop_words | language.markers)
