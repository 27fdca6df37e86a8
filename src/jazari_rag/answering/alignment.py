"""Where a sentence stands in the passage that it cites."""

from __future__ import annotations

import re
from collections.abc import Callable

from jazari_rag.answering.numbers import figures
from jazari_rag.answering.units import Splitter, units
from jazari_rag.languages import Languages

Terms = Callable[[str], frozenset[str]]
"""The content terms of a text."""

FIGURE_WEIGHT = 3
"""A shared figure tells more than a shared word: the quote is there to let a reader check it."""


def quoted_span(sentence: str, passage: str, splitter: Splitter, terms: Terms, languages: Languages) -> tuple[int, int]:
    """The stretch of `passage` that backs `sentence`, as local offsets; never empty for a passage with text.

    A verbatim sentence is its own span, whatever its white space. Otherwise it is the unit that shares most terms and
    figures with it, and the first one when nothing is shared (a sentence in another language).
    """
    return _verbatim(sentence, passage) or _best_unit(sentence, passage, splitter, terms, languages)


def _verbatim(sentence: str, passage: str) -> tuple[int, int] | None:
    sentence = sentence.strip()
    start = passage.find(sentence)
    if sentence and start >= 0:
        return start, start + len(sentence)
    words = sentence.split()
    match = re.search(r"\s+".join(map(re.escape, words)), passage) if words else None
    return match.span() if match else None


def _best_unit(sentence: str, passage: str, splitter: Splitter, terms: Terms, languages: Languages) -> tuple[int, int]:
    wanted_terms, wanted_figures = terms(sentence), figures(sentence, languages)
    best, best_score = (0, len(passage)), -1.0
    for unit in units(passage, splitter):
        text = passage[unit.start : unit.end]
        standing = figures(text, languages, as_source=True)
        backed = sum(any(figure.agrees_with(source) for source in standing) for figure in wanted_figures)
        shared = len(wanted_terms & terms(text)) / (1 + len(wanted_terms))
        score = FIGURE_WEIGHT * backed / (1 + len(wanted_figures)) + shared
        if score > best_score:
            best, best_score = (unit.start, unit.end), score
    return best
