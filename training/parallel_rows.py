"""The sentence pairs that the lexicon is learnt from: read, checked for what must stay out, and turned into terms."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jazari_rag.languages import load_languages
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.normalise import is_number, script_of, tokens

LANGUAGES = ("ar", "en", "es", "fr")
SPOKEN = "zgh"
"""Asked in, and hardly written: translated into the others, not from them."""
NAMES = {SPOKEN: "ber"}
"""What the corpora call a language that we call otherwise."""
WRITTEN_AS = {SPOKEN: "zgh-Latn"}
"""The letters in which the corpora write a language that has several."""
HELD_OUT = ("udhr", "quran")
"""Corpora left out: the first is test material; the second is classical Arabic, which taught nothing of use."""
MAXIMUM_ROWS = 200_000
"""Rows read of a pair of languages."""
MAXIMUM_TERMS = 50
"""Terms read of a side of a row."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Aligned rows of two languages, in alphabetical order, as terms' numbers; `sources` are what they came from."""

    left: str
    right: str
    rows: list[tuple[tuple[int, ...], tuple[int, ...]]]
    sources: tuple[str, ...]


class Terms:
    """Numbers the stems of each language in the order in which they are met."""

    def __init__(self) -> None:
        self._languages = load_languages()
        self._analyzer = SnowballAnalyzer(self._languages)
        self._numbers: dict[str, dict[str, int]] = {code: {} for code in (*LANGUAGES, SPOKEN)}
        self._stems: dict[tuple[str, str], str] = {}
        self._read: dict[tuple[str, str], tuple[int, ...]] = {}
        self._seen: dict[str, Counter[str]] = {code: Counter() for code in (*LANGUAGES, SPOKEN)}

    def of(self, text: str, language: str) -> tuple[int, ...]:
        """The first stems of `text`, each once; numbers are left out, since they translate themselves."""
        known = self._read.get((language, text))
        if known is None:
            words = [token for token in tokens(text) if not is_number(token)]
            self._seen[language].update(words)
            stems = dict.fromkeys(self._stem(word, language) for word in words)
            numbers = self._numbers[language]
            first = [stem for stem in stems if stem][:MAXIMUM_TERMS]
            known = self._read[language, text] = tuple(numbers.setdefault(stem, len(numbers)) for stem in first)
        return known

    def all(self, language: str) -> list[str]:
        """The stems by number."""
        return list(self._numbers[language])

    def words(self, language: str, *, script: str, least: int) -> dict[str, int]:
        """The words of a script that were seen `least` times or more, without their prefixes and stop words."""
        stop_words = self._stop_words(language)
        seen: Counter[str] = Counter()
        for word, times in self._seen[language].items():
            if script_of(word) == script and word not in stop_words:
                terms = self._analyzer.passage_terms(word, language)
                light = (term[1:] for term in terms if term.startswith("~"))
                seen[next(light, word)] += times
        return {word: times for word, times in seen.items() if times >= least and len(word) > 1}

    def told(self, language: str) -> NDArray[np.bool_]:
        """Of each stem of a language, whether it is that of a word which tells something."""
        silent = {self._stem(word, language) for word in self._stop_words(language)}
        return np.array([stem not in silent for stem in self._numbers[language]])

    def _stop_words(self, language: str) -> frozenset[str]:
        read_as = self._languages.get(WRITTEN_AS.get(language, language))
        return frozenset(token for word in read_as.stop_words for token in tokens(word))

    def _stem(self, token: str, language: str) -> str:
        key = (language, token)
        stem = self._stems.get(key)
        if stem is None:
            terms = self._analyzer.passage_terms(token, WRITTEN_AS.get(language, language))
            stem = self._stems[key] = next((term for term in terms if not term.startswith("~")), "")
        return stem


def read_pair(train: Path, left: str, right: str, terms: Terms) -> Pair:
    """All rows of two languages, without repetition, in a fixed order of files."""
    seen: dict[tuple[tuple[int, ...], tuple[int, ...]], None] = {}
    sources = []
    for name, rows in parallel_texts(train, left, right):
        before = len(seen)
        for one, other in rows:
            row = (terms.of(one, left), terms.of(other, right))
            if all(row) and len(seen) < MAXIMUM_ROWS:
                seen[row] = None
        if len(seen) > before:
            sources.append(name)
    return Pair(left, right, list(seen), tuple(sources))


def parallel_texts(train: Path, left: str, right: str) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    """The corpora of two languages by name, each with its rows as `(left, right)`; none that is held out."""
    names = {code: NAMES.get(code, code) for code in (left, right)}
    for path in sorted((train / "parallel").glob("*.tsv.gz")):
        name, pair, *_ = path.name.split(".")
        if name in HELD_OUT:
            continue
        for first, second in permutations((left, right)):
            if pair == f"{names[first]}-{names[second]}":
                yield name, _columns(path, swapped=first != left)
    for name in ("parallel-un", "parallel-laws-ca"):
        yield name, _keys(train / f"{name}.jsonl.gz", left, right)


def _columns(path: Path, *, swapped: bool) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 2:
                yield (cells[1], cells[0]) if swapped else (cells[0], cells[1])


def _keys(path: Path, left: str, right: str) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get(left) and row.get(right):
                yield row[left], row[right]
