"""The words around a number: what it counts, the article or law that it names, what joins it to the next one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from jazari_rag.answering.lexicon import Phrases, any_of, figure_words, grammar, plain, spoken
from jazari_rag.answering.number_words import attached
from jazari_rag.languages import Language, Languages

PERCENT: Final = "percent"
ARTICLE: Final = "article"
_REACH = 28
"""Characters before a number in which its unit is looked for."""
_OTHER = "other"
_FAR = 12
"""Characters between two numbers of one unit, at most."""
_SPELLED_OUT = re.compile(r"\s*\([^()]{0,60}\)")


class UnitReader:
    """Finds the unit of a number; compiled from what the languages list.

    Attributes:
        units: A single word, or sign, of the plain form -> its unit.
        duals: Words that are two of something -> its unit, empty for what has none.
        singular: Units' words that "one" makes a figure with.
        currencies: The units that are money.
        times: The units that are stretches of time.
    """

    def __init__(self, languages: Sequence[Language]) -> None:
        self.units, self._counted = {"%": PERCENT}, {"%": PERCENT}
        self._before_it: dict[str, str] = {"%": PERCENT}
        self._articles: dict[str, str] = {}
        self.duals: dict[str, str] = {}
        for one in figure_words(languages):
            money, others = _units(one.money), _units(one.time) | _units(one.counted)
            self.units = money | others | self.units
            self._counted = attached(money if one.unit_first else money | others, one) | self._counted
            self._before_it = (money | others if one.unit_first else money) | self._before_it
            self._articles = (
                attached(dict.fromkeys(map(plain, one.grammar.get("article", ())), ARTICLE), one) | self._articles
            )
            self.duals = attached(_units(one.duals), one) | self.duals
        self.duals = {word: "" if unit == _OTHER else unit for word, unit in self.duals.items()}
        self.singular = frozenset(grammar(languages, "singular"))
        self.currencies = frozenset(unit for one in figure_words(languages) for unit in one.money)
        self.times = frozenset(unit for one in figure_words(languages) for unit in one.time)
        self._compile(languages)

    def _compile(self, languages: Sequence[Language]) -> None:
        signs = "".join(re.escape(unit) for unit in self.units if not unit.isalnum())
        of = any_of(grammar(languages, "of"))
        qualifiers: dict[str, list[str]] = {}
        for one in figure_words(languages):
            for name, words in one.qualifiers.items():
                qualifiers.setdefault(name, []).extend(words)
        self._qualifiers = Phrases(qualifiers)
        self.times |= {f"{name}:{unit}" for name in qualifiers for unit in self.times}
        self._next = re.compile(
            rf"[\s\u00ad-]*(?:(?:{of})\s*)?(?:(?P<kind>{self._qualifiers.pattern.pattern})\s+)?(?P<word>[^\W_]+|[{signs}])"
        )
        spelled_signs = (r"\s*".join(map(re.escape, sign)) for sign in grammar(languages, "number_sign"))
        number_sign = "|".join(sorted(spelled_signs, key=len, reverse=True)) or r"(?!)"
        self._before = re.compile(
            rf"(?<![^\W_])([^\W\d_]+|[{signs}])\.?\s*(?:(?:{number_sign})\s*[.°]*\s*|:\s*|\(\s*)?$"
        )
        links = any_of(word for key in ("and", "or", "to") for word in grammar(languages, key))
        joined = "".join(grammar(languages, "joined_and"))
        self._also = re.compile(rf"\s*(?:,|،|{links}|[{joined}–-])\s*")
        halves = grammar(languages, "and_a_half")
        self._half = re.compile(rf"\s*(?:{any_of(halves)})")
        self.half_words = frozenset(phrase.split()[-1] for phrase in halves)

    def next_word(self, flat: str, position: int) -> re.Match[str] | None:
        """The word, in the group `word`, that what stands before `position` would count."""
        return self._next.match(flat, position)

    def after(self, flat: str, end: int) -> tuple[str, int]:
        """The unit that follows, and where it ends; `30 (trente) jours` and `trente) jours` have one too."""
        spelled = _SPELLED_OUT.match(flat, end)
        after = spelled.end() if spelled else end + flat.startswith(")", end)
        following = self._next.match(flat, after)
        if following is None or following["word"] not in self._counted:
            return "", end
        unit, end = self._counted[following["word"]], following.end()
        if unit not in self.times:
            return unit, end
        kind = self._qualifiers.starts(following["kind"] or "")
        kind, end = (kind, end) if kind else self._qualifiers.behind(flat, end)
        return (f"{kind}:{unit}" if kind else unit), end

    def before(self, flat: str, start: int) -> str:
        """What the word before a number makes of it: an article, an amount."""
        found = self._before.search(flat[max(0, start - _REACH) : start])
        word = found.group(1) if found else ""
        if word in self._articles:
            return ARTICLE
        return self._before_it.get(word, "")

    def names_article(self, flat: str) -> bool:
        """Whether a text speaks of articles."""
        return any(word in self._articles for word in flat.split())

    def joins(self, between: str) -> bool:
        """Whether two numbers with `between` between them share a unit: "articles 3 et 4", "de 2000 à 5000 dirhams"."""
        return len(between) <= _FAR and self._also.fullmatch(between) is not None

    def halves(self, flat: str) -> list[tuple[int, int]]:
        """Where "and a half" stands."""
        return [match.span() for match in self._half.finditer(flat)]

    def half_after(self, flat: str, end: int) -> int:
        """Where "and a half" ends that follows; 0 when it does not."""
        found = self._half.match(flat, end)
        return found.end() if found else 0


@lru_cache(maxsize=32)
def unit_reader(languages: Languages, language: str = "") -> UnitReader:
    return UnitReader(spoken(languages, language))


def _units(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain(word): unit for unit, words in table.items() for word in words}
