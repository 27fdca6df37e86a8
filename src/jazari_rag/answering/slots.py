"""What each figure of a text is said of: 75 dirhams for the card, 500 for the passport.

A sentence that has a figure of its passage may still say it of something else. The words around it tell, as far as
they are the same: those that stand around one figure of a unit and not around the others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from jazari_rag.answering.conditions import ConditionReader, condition_reader
from jazari_rag.answering.figure import IMPLIED, Figure
from jazari_rag.answering.lexicon import Phrases, figure_words, spoken
from jazari_rag.answering.statements import StatementReader, statement_reader
from jazari_rag.answering.units import BETWEEN_CELLS
from jazari_rag.languages import Languages

_SENTENCE = re.compile(r"[.;!?؟؛\n•](?!\d)")
ENOUGH = 0.9 * math.log(2)
"""By how much another figure must fit a sentence better, all that fits its own fitting that one too: by one word that
half of the slots have. The measure of a word is the logarithm of how few slots have it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure, and the stems of the words that it is said of."""

    figure: Figure
    stems: frozenset[str]


class SlotReader:
    """Reads slots.

    Args:
        statements: Cuts words to stems.
        conditions: Knows what separates the clauses of a sentence, and the words of conditions: they are beside any.
        cases: What figures depend on ("a minor"), the same in every language.
    """

    def __init__(self, statements: StatementReader, conditions: ConditionReader, cases: Phrases) -> None:
        self._statements = statements
        self._joins = conditions.joins
        self._of_conditions = statements.stems(conditions.words)
        self._cases = cases

    def read(self, flat: str, figures: Sequence[Figure]) -> list[Slot]:
        """The slots of a text in plain form, in order of its figures."""
        standing = [figure for figure in _outermost(figures) if figure.unit and figure.unit != IMPLIED]
        blank = _without(flat, figures)
        found: list[Slot] = []
        header: list[str] = []
        for start, end in _lines(flat):
            cells = BETWEEN_CELLS.split(blank[start:end])
            inside = [figure for figure in standing if start <= figure.start < end]
            if len(cells) > 1:
                found += self._of_row(blank, (start, end), inside, header if len(header) == len(cells) else [])
                if not inside:
                    header = cells
            else:
                header = []
                found += self._of_line(blank, (start, end), inside)
        return found

    def _stems(self, blank: str) -> frozenset[str]:
        cases = {kind for kind, _ in self._cases.find(blank)}
        return (self._statements.stems(blank) | cases) - self._of_conditions

    def _of_row(
        self, blank: str, place: tuple[int, int], inside: Iterable[Figure], header: Sequence[str]
    ) -> Iterator[Slot]:
        start, end = place
        row = self._stems(blank[start:end])
        for figure in inside:
            column = len(BETWEEN_CELLS.findall(blank[start : figure.start]))
            head = self._stems(header[column]) if column < len(header) else frozenset[str]()
            yield Slot(figure, row | head)

    def _of_line(self, blank: str, place: tuple[int, int], inside: Sequence[Figure]) -> Iterator[Slot]:
        start, end = place
        bounds = [start, *(match.end() for match in _SENTENCE.finditer(blank, start, end)), end]
        for one, other in pairwise(bounds):
            said = [figure for figure in inside if one <= figure.start < other]
            for unit in dict.fromkeys(figure.base_unit for figure in said):
                yield from self._of_sentence(
                    blank, (one, other), [figure for figure in said if figure.base_unit == unit]
                )

    def _of_sentence(self, blank: str, place: tuple[int, int], said: Sequence[Figure]) -> Iterator[Slot]:
        """The slots of the figures of one unit in a sentence; those of a range ("from 3 to 6") are said of the same."""
        groups: list[list[Figure]] = []
        for figure in said:
            if groups and not self._stems(blank[groups[-1][-1].end : figure.start]):
                groups[-1].append(figure)
            else:
                groups.append([figure])
        starts, ends = [group[0].start for group in groups], [max(one.end for one in group) for group in groups]
        for number, group in enumerate(groups):
            before = ends[number - 1] if number else place[0]
            after = starts[number + 1] if number + 1 < len(groups) else place[1]
            clause = self._clause(blank, (before, after), (starts[number], ends[number]), place)
            stems = self._stems(blank[clause[0] : clause[1]]) or self._stems(blank[place[0] : place[1]])
            yield from (Slot(figure, stems) for figure in group)

    def _clause(
        self, blank: str, between: tuple[int, int], own: tuple[int, int], sentence: tuple[int, int]
    ) -> tuple[int, int]:
        """What is said between two other groups of figures of this one: up to the first joint beside each."""
        first = self._joins.search(blank, between[0], own[0]) if between[0] > sentence[0] else None
        last = self._joins.search(blank, own[1], between[1]) if between[1] < sentence[1] else None
        return first.end() if first else between[0], last.start() if last else between[1]


def is_of_something_else(words: Sequence[frozenset[str]], backing: Sequence[Slot], rivals: Sequence[Slot]) -> bool:
    """Whether what a sentence says a figure of is in the source said of another figure of that unit.

    Args:
        words: The words that the sentence says it of, each as the stems that it may have in the source.
        backing: The source's slots with the figure.
        rivals: Its slots with another figure of the unit.
    """
    if not backing or not rivals:
        return False
    ours, theirs = {slot.stems for slot in backing}, {slot.stems for slot in rivals}
    scopes = ours | theirs
    tells = {word: math.log(len(scopes) / max(1, sum(bool(word & scope) for scope in scopes))) for word in words}
    fits = {scope: frozenset(word for word in words if word & scope and tells[word]) for scope in scopes}

    def fits_better(rival: frozenset[str], own: frozenset[str]) -> bool:
        more = fits[rival] - fits[own]
        return fits[own] <= fits[rival] and sum(tells[word] for word in more) > ENOUGH

    return any(all(fits_better(rival, own) for own in ours) for rival in theirs)


@lru_cache(maxsize=32)
def slot_reader(languages: Languages, language: str = "") -> SlotReader:
    cases: dict[str, list[str]] = {}
    for words in figure_words(spoken(languages, language)):
        for distinction, named in words.cases.items():
            for case, phrases in named.items():
                cases.setdefault(f"{distinction}: {case}", []).extend(phrases)
    statements, conditions = statement_reader(languages, language), condition_reader(languages, language)
    return SlotReader(statements, conditions, Phrases(cases))


def _outermost(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures that stand in no other: "30 (trente) jours" is one, and its words and its unit are not two more."""
    start = end = -1
    for figure in figures:
        if figure.start == start or figure.start >= end:
            yield figure
            start, end = figure.start, max(figure.end, end)


def _lines(flat: str) -> Iterator[tuple[int, int]]:
    bounds = [0, *(match.end() for match in re.finditer("\n", flat)), len(flat)]
    yield from pairwise(bounds)


def _without(flat: str, figures: Iterable[Figure]) -> str:
    """`flat` with blanks for its figures: their words are not what they are said of."""
    parts, end = [], 0
    for figure in figures:
        if figure.start >= end:
            parts += [flat[end : figure.start], " " * (figure.end - figure.start)]
            end = figure.end
    return "".join((*parts, flat[end:]))
