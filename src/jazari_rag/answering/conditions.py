"""What stands beside a figure and turns its meaning round: a minimum, a maximum, before, after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from jazari_rag.answering.figure import DATE, IDENTIFIERS, Figure
from jazari_rag.answering.lexicon import Phrases, any_of, grammar, said_of_figures, spoken
from jazari_rag.answering.unit_words import UnitReader
from jazari_rag.languages import CONDITIONS, Language, Languages

MIN: Final = "minimum"
MAX: Final = "maximum"
BEFORE: Final = "until"
AFTER: Final = "from"
OPPOSITE: Final = {MIN: MAX, MAX: MIN, BEFORE: AFTER, AFTER: BEFORE}

_NOT: Final = "negation"
_REACH = 60
"""Characters before a figure in which a condition on it is looked for."""
_REACH_AFTER = 26
_CLAUSE = re.compile(r"[.;!?؟؛\n]")


class ConditionReader:
    """Reads conditions; compiled from what the languages list. `joins` separates clauses."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self.words = " ".join(word for kind in CONDITIONS for word in said_of_figures(languages, kind))
        """All words of conditions, in plain form."""

        def listed(*kinds: str, after: str = "") -> Phrases:
            return Phrases({kind: said_of_figures(languages, kind + after) for kind in kinds})

        self._bounds = listed(MIN, MAX, "more", "less", _NOT)
        self._bounds_after = listed(MIN, MAX, after="_after")
        self._times = listed(BEFORE, AFTER)
        self._times_after = listed(BEFORE, AFTER, after="_after")
        joins = any_of(word for key in ("and", "or", "but") for word in grammar(languages, key))
        joined = "".join(grammar(languages, "joined_and"))
        self.joins = re.compile(rf",|،|{joins}" + (rf"|\s[{joined}](?=\w)" if joined else ""))
        to = any_of(grammar(languages, "to"))
        self._to = re.compile(rf"\s*(?:{to}|[-–])\s*")
        self._durations = UnitReader(languages).times
        self._or_equal = re.compile(rf"\s(?:{any_of(said_of_figures(languages, 'or_equal'))})")

    def read(self, flat: str, figure: Figure, others: Sequence[Figure] = ()) -> frozenset[str]:
        """The conditions that the text in plain form puts on one of its figures.

        Args:
            others: The figures of that text: their conditions are not taken for this one's.
        """
        if figure.unit in IDENTIFIERS:
            return frozenset()
        before = self._or_equal.sub("", self._before(flat, figure, others))
        after = self._after(flat, figure, others)
        if figure.unit == DATE:
            found = self._times.last(before) or self._times_after.first(after)
            return _all(found or self._of_range(flat, figure, others, (AFTER, BEFORE)))
        bound = self._bound(before) or self._bounds_after.first(after)
        from_what = self._times.starts(after.lstrip()) if figure.unit in self._durations else ""
        return _all(bound or self._of_range(flat, figure, others, (MIN, MAX)), from_what)

    def _of_range(self, flat: str, figure: Figure, others: Sequence[Figure], ends: tuple[str, str]) -> str:
        """What a figure is at the lower or the upper end of a range: "from 5 to 10 years"."""
        for other in others:
            if other.unit != figure.unit or not figure.unit:
                continue
            if other.start >= figure.end and self._to.fullmatch(flat, figure.end, other.start):
                return ends[0]
            if other.end <= figure.start and self._to.fullmatch(flat, other.end, figure.start):
                return ends[1]
        return ""

    def _before(self, flat: str, figure: Figure, others: Sequence[Figure]) -> str:
        earliest = max(0, figure.start - _REACH)
        previous = max((other.end for other in others if other.end <= figure.start), default=0)
        gap = flat[max(earliest, previous) : figure.start]
        if previous > earliest:
            gap = gap[_end_of_last(self.joins, gap) :]
        return gap[_end_of_last(_CLAUSE, gap) :]

    def _after(self, flat: str, figure: Figure, others: Sequence[Figure]) -> str:
        limit = figure.end + _REACH_AFTER
        following = min((other.start for other in others if other.start >= figure.end), default=limit)
        gap = flat[figure.end : min(limit, following)]
        cut = _CLAUSE.search(gap) or (self.joins.search(gap, 3) if following < limit else None)
        return gap[: cut.start()] if cut else gap

    def _bound(self, text: str) -> str:
        found, negated = "", False
        for kind, _ in self._bounds.find(text):
            if kind == _NOT:
                negated = True
                continue
            found = kind if kind in OPPOSITE else MAX if (kind == "more") is negated else MIN
            negated = False
        return found


@lru_cache(maxsize=32)
def condition_reader(languages: Languages, language: str = "") -> ConditionReader:
    return ConditionReader(spoken(languages, language))


def contradicts(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether conditions on the same figure exclude each other; none excludes nothing."""
    return any(OPPOSITE[one] in others for one in ones)


def _all(*found: str) -> frozenset[str]:
    return frozenset(found) - {""}


def _end_of_last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=0)
