"""What of a draft may reach a citizen (invariant I6). Pure functions: no model is asked.

A generator's sentence passes when it cites a passage; every figure of it stands in a passage that it cites, under no
opposite condition (a minimum is no maximum); it does not deny what that passage says; and it carries no link, no
markup and nothing that talks to a model. Nothing is mended: what fails is removed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jazari_rag.answering.conditions import condition, contradicts
from jazari_rag.answering.lexicon import FREE_CLAIM, FREE_SOURCE
from jazari_rag.answering.numbers import PART_OF_DATE, Figure, figures, plain_text, without_enumerator
from jazari_rag.answering.safety import clean, has_instruction, has_link, without_markers
from jazari_rag.answering.statements import Statement, denied, statements
from jazari_rag.domain import DraftSentence, Hit

MAX_SENTENCE = 4000
"""Characters. What is longer is no sentence, and could be made to cost time."""
_NEARER = 0.34
"""By how much more of a sentence's words one statement must share to be the one that it repeats."""
_NEAR = 0.5
_WORTH = 0.5
"""A citation is kept that supports a sentence at least by this share of what the best one does."""
_BESIDE = 4
"""Figures on each side of one that are taken into account."""
_ENOUGH = 3
"""Words of its own from which a sentence that shares none with its passage is taken for an invention."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence as it may be shown, or None with the reason why not.

    `support`, in [0, 1], is the share of its words and figures that stand in the passages that it cites: low for a
    sentence in another language than theirs, 1 for a quotation. It is told, and removes nothing.
    """

    sentence: DraftSentence | None
    reason: str = ""
    support: float = 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """A text in plain form, with its figures and statements."""

    flat: str
    figures: list[Figure]
    statements: list[Statement]
    standing: list[Figure]
    """The figures that are written, without those that a reader of sources infers from them; by where they start."""
    by_reading: Mapping[str, list[Figure]]
    stems: frozenset[str]

    def backing(self, figure: Figure) -> Iterator[Figure]:
        """The figures of this text that support one."""
        for reading in figure.readings:
            yield from (other for other in self.by_reading.get(reading, ()) if figure.agrees_with(other))

    def backs(self, figure: Figure) -> bool:
        return next(self.backing(figure), None) is not None

    def statement_of(self, figure: Figure) -> Statement | None:
        """The statement that a figure stands in."""
        place = bisect_right(self.statements, figure.start, key=_start) - 1
        found = self.statements[place] if place >= 0 else None
        return found if found and figure.start < found.end else None

    def condition_on(self, figure: Figure) -> str:
        """The condition on one of its figures."""
        place = bisect_right(self.standing, figure.start, key=_start)
        return condition(self.flat, figure, self.standing[max(0, place - _BESIDE) : place + _BESIDE])


def read(text: str, *, as_source: bool = False) -> Source:
    """`text` as it is compared."""
    flat, found = plain_text(text), figures(text, as_source=as_source)
    by_reading: dict[str, list[Figure]] = {}
    for figure in found:
        for reading in figure.readings:
            by_reading.setdefault(reading, []).append(figure)
    standing = [figure for figure in found if figure.unit != PART_OF_DATE]
    said = statements(flat)
    stems = frozenset[str]().union(*(statement.stems for statement in said))
    return Source(flat, found, said, standing, by_reading, stems)


def _start(one: Figure | Statement) -> int:
    return one.start


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks sentences against the hits that their generator was given.

    Attributes:
        hits: The evidence; sentences cite it by position.
        quotes_links: Whether a link may pass when it stands in a verbatim quotation. For our own extractive generator
            alone: a language model can be talked into quoting.
    """

    hits: Sequence[Hit]
    quotes_links: bool = False
    language: str = ""
    """The language of the answer: of a passage in it, a sentence shares at least a word."""
    _sources: dict[int, Source] = field(default_factory=dict)

    def check(self, draft: DraftSentence) -> Verdict:
        """The sentence with its valid citations, cleaned; or why it is removed."""
        if len(draft.text) > MAX_SENTENCE:
            return Verdict(None, "too long")
        cites = tuple(dict.fromkeys(position for position in draft.cites if 0 <= position < len(self.hits)))
        text = without_markers(clean(draft.text)).strip()
        if not any(character.isalnum() for character in text):
            return Verdict(None, "empty")
        if not cites:
            return Verdict(None, "cites no passage")
        if has_instruction(text):
            return Verdict(None, "instructs a model")
        if has_link(text) and not (self.quotes_links and self._is_quoted(draft.text, cites)):
            return Verdict(None, "carries a link or markup")
        return self._compared(text, cites, draft)

    def _compared(self, text: str, cites: tuple[int, ...], draft: DraftSentence) -> Verdict:
        said, sources = read(without_enumerator(text)), [self._source(position) for position in cites]
        score = 1.0 if self._is_quoted(text, cites) else _support(said, sources)
        reason = _unsupported(said, sources) or _turned_round(said, sources)
        if not reason and score == 0 and self._is_in_language_of(cites) and len(said.stems) >= _ENOUGH:
            reason = "nothing of it is in the cited passage"
        if reason:
            return Verdict(None, reason, score)
        useful = _useful(said, {position: self._source(position) for position in cites})
        return Verdict(DraftSentence(text, useful, draft.breaks_line), support=score)

    def _is_in_language_of(self, cites: Sequence[int]) -> bool:
        return all(self.hits[position].passage.language == self.language for position in cites)

    def _is_quoted(self, text: str, cites: Sequence[int]) -> bool:
        return any(text in self.hits[position].passage.text for position in cites)

    def _source(self, position: int) -> Source:
        if position not in self._sources:
            hit = self.hits[position]
            self._sources[position] = read(
                "\n".join((hit.document.title, *hit.passage.section, hit.passage.text)), as_source=True
            )
        return self._sources[position]


def _unsupported(said: Source, sources: Sequence[Source]) -> str:
    missing = [figure.raw for figure in said.figures if not any(source.backs(figure) for source in sources)]
    free = FREE_CLAIM.search(said.flat)
    if free and not any(FREE_SOURCE.search(source.flat) for source in sources):
        missing.append(free.group())
    return f"not in the cited passage: {', '.join(missing)}" if missing else ""


def _turned_round(said: Source, sources: Sequence[Source]) -> str:
    """Why a sentence says the opposite of its sources, or another thing, with figures that they have."""
    conditions = [(figure, said.condition_on(figure)) for figure in said.figures]
    for figure, one in conditions:
        if one and _is_contradicted(figure, one, sources):
            return f"another condition in the cited passage: {figure.raw}"
        if _is_of_something_else(figure, said, sources):
            return f"the cited passage says it of something else: {figure.raw}"
    standing = [statement for source in sources for statement in source.statements]
    if not any(one for _, one in conditions) and denied(said.statements, standing):
        return "the cited passage says the opposite"
    return ""


def _is_contradicted(figure: Figure, one: str, sources: Sequence[Source]) -> bool:
    """Whether the sources have the figure under the opposite condition alone."""
    others = [
        source.condition_on(other)
        for source in sources
        for other in source.backing(figure)
        if other.unit != PART_OF_DATE
    ]
    return bool(others) and all(contradicts(one, other) for other in others)


def _is_of_something_else(figure: Figure, said: Source, sources: Sequence[Source]) -> bool:
    """Whether the statement that the sentence repeats has another figure of this unit, and not this one."""
    own = said.statement_of(figure)
    if own is None or not figure.unit or len(own.stems) < 2:
        return False
    best, source, nearest = _nearest(own, sources)
    if source is None or nearest is None or best < _NEAR:
        return False
    beside = [other for other in source.figures if nearest.start <= other.start < nearest.end]
    if not any(other.unit == figure.unit for other in beside) or any(figure.agrees_with(other) for other in beside):
        return False
    return _best_backing(figure, own, sources) <= best - _NEARER


def _nearest(own: Statement, sources: Sequence[Source]) -> tuple[float, Source | None, Statement | None]:
    """The statement of the sources that shares most of a statement's words, and which share."""
    best: tuple[float, Source | None, Statement | None] = (0.0, None, None)
    for source in sources:
        for statement in source.statements:
            if (share := statement.recall_of(own)) > best[0]:
                best = (share, source, statement)
    return best


def _best_backing(figure: Figure, own: Statement, sources: Sequence[Source]) -> float:
    """How much of the sentence's words the best statement with its figure shares."""
    best = 0.0
    for source in sources:
        for other in source.backing(figure):
            statement = source.statement_of(other)
            best = max(best, statement.recall_of(own) if statement else 1.0)
    return best


def _support(said: Source, sources: Sequence[Source]) -> float:
    known = sum(any(word in source.stems for source in sources) for word in said.stems)
    total = len(said.stems) + len(said.figures)
    return round((known + len(_backed(said, sources))) / total, 3) if total else 1.0


def _useful(said: Source, sources: Mapping[int, Source]) -> tuple[int, ...]:
    """The citations without those that back no figure, or few of the words, of what a better one backs."""
    if len(sources) == 1:
        return tuple(sources)
    scores = {position: _support(said, [source]) for position, source in sources.items()}
    ranked = sorted(sources, key=lambda position: -scores[position])
    kept, backed = {ranked[0]}, _backed(said, [sources[ranked[0]]])
    for position in ranked[1:]:
        its = _backed(said, [sources[position]])
        alike = scores[position] > _WORTH * scores[ranked[0]] and (its or not said.figures)
        if its - backed or alike:
            kept.add(position)
            backed |= its
    return tuple(position for position in sources if position in kept)


def _backed(said: Source, sources: Sequence[Source]) -> frozenset[int]:
    """Which figures of a sentence stand in the sources, by position."""
    standing = [figure for source in sources for figure in source.figures]
    return frozenset(
        position for position, figure in enumerate(said.figures) if any(figure.agrees_with(other) for other in standing)
    )
