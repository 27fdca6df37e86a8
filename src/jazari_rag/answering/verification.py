"""What of a draft may reach a citizen (invariant I6). Pure functions: no model is asked.

A generator's sentence passes when it cites a passage; every figure of it stands in a passage that it cites, under no
opposite condition (a minimum is no maximum); it does not deny what that passage says; and it carries no link, no
markup and nothing that talks to a model. Nothing is mended: what fails is removed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jazari_rag.answering.conditions import condition_reader, contradicts
from jazari_rag.answering.figure import IMPLIED, Figure
from jazari_rag.answering.lexicon import backs_free_of_charge, free_of_charge, plain
from jazari_rag.answering.number_words import WORD
from jazari_rag.answering.numbers import figure_reader, without_enumerator
from jazari_rag.answering.question import Translator
from jazari_rag.answering.safety import clean, has_instruction, has_link, without_markers
from jazari_rag.answering.slots import Slot, is_of_something_else, slot_reader
from jazari_rag.answering.statements import Statement, denied, statement_reader
from jazari_rag.answering.unit_words import ARTICLE
from jazari_rag.domain import DraftSentence, Hit
from jazari_rag.languages import Languages

MAX_SENTENCE = 4000
"""Characters. What is longer is no sentence, and could be made to cost time."""
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
    languages: Languages
    language: str
    _slots: list[Slot] = field(default_factory=list)

    def backing(self, figure: Figure) -> Iterator[Figure]:
        """The figures of this text that support one."""
        for reading in figure.readings:
            yield from (other for other in self.by_reading.get(reading, ()) if figure.agrees_with(other))

    def backs(self, figure: Figure) -> bool:
        return next(self.backing(figure), None) is not None

    @property
    def slots(self) -> list[Slot]:
        """What its figures are said of, read when first asked for."""
        if not self._slots:
            self._slots.extend(slot_reader(self.languages, self.language).read(self.flat, self.figures))
        return self._slots

    def conditions_on(self, figure: Figure) -> frozenset[str]:
        """The conditions on one of its figures."""
        place = bisect_right(self.standing, figure.start, key=_start)
        beside = self.standing[max(0, place - _BESIDE) : place + _BESIDE]
        return condition_reader(self.languages, self.language).read(self.flat, figure, beside)


def read(text: str, languages: Languages, *, language: str = "", as_source: bool = False) -> Source:
    """`text`, in `language` where that is known, as it is compared."""
    reader = figure_reader(languages, language)
    flat = reader.plain(text)
    found = reader.read(flat, as_source=as_source)
    by_reading: dict[str, list[Figure]] = {}
    for figure in found:
        for reading in figure.readings:
            by_reading.setdefault(reading, []).append(figure)
    standing = [figure for figure in found if figure.unit != IMPLIED]
    said = statement_reader(languages, language).read(flat)
    stems = frozenset[str]().union(*(statement.stems for statement in said))
    return Source(flat, found, said, standing, by_reading, stems, languages, language)


def _start(one: Figure) -> int:
    return one.start


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks sentences against the hits that their generator was given.

    Attributes:
        hits: The evidence; sentences cite it by position.
        languages: Whose words for figures, conditions and denials are known.
        quotes_links: Whether a link may pass when it stands in a verbatim quotation. For our own extractive generator
            alone: a language model can be talked into quoting.
    """

    hits: Sequence[Hit]
    languages: Languages
    quotes_links: bool = False
    language: str = ""
    """The language of the answer: of a passage in it, a sentence shares at least a word."""
    translator: Translator | None = None
    """Knows what a word may be in the languages of the passages: of which of their figures a sentence speaks."""
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
        language = self.language or self.hits[cites[0]].passage.language
        said = read(without_enumerator(text, self.languages), self.languages, language=language)
        sources = [self._source(position) for position in cites]
        score = 1.0 if self._is_quoted(text, cites) else _support(said, sources)
        reason = _unsupported(said, sources) or _turned_round(said, sources, self._readings(text, said, cites))
        if not reason and score == 0 and self._is_in_language_of(cites) and len(said.stems) >= _ENOUGH:
            reason = "nothing of it is in the cited passage"
        if reason:
            return Verdict(None, reason, score)
        useful = _useful(said, {position: self._source(position) for position in cites})
        return Verdict(DraftSentence(text, useful, draft.breaks_line), support=score)

    def _readings(self, text: str, said: Source, cites: Sequence[int]) -> Callable[[str], frozenset[str]]:
        """A stem of the sentence -> itself, and the stems of its translations into other languages of its passages."""
        targets = {self.hits[position].passage.language for position in cites} - {said.language}
        translated: dict[str, set[str]] = {}

        def readings(stem: str) -> frozenset[str]:
            if not translated and self.translator and targets:
                sense = statement_reader(self.languages, said.language).sense
                for word in WORD.findall(text):
                    terms = self.translator.variants(word, said.language, targets)
                    found = {sense(plain(term)).stem for term in terms}
                    translated.setdefault(sense(plain(word)).stem, {""}).update(found)
            return frozenset(translated.get(stem, ())) - {""} | {stem}

        return readings

    def _is_in_language_of(self, cites: Sequence[int]) -> bool:
        return all(self.hits[position].passage.language == self.language for position in cites)

    def _is_quoted(self, text: str, cites: Sequence[int]) -> bool:
        return any(text in self.hits[position].passage.text for position in cites)

    def _source(self, position: int) -> Source:
        if position not in self._sources:
            hit = self.hits[position]
            self._sources[position] = read(
                "\n".join((hit.document.title, *hit.passage.section, hit.passage.text)),
                self.languages,
                language=hit.passage.language,
                as_source=True,
            )
        return self._sources[position]


def _unsupported(said: Source, sources: Sequence[Source]) -> str:
    missing = [figure.raw for figure in said.figures if not any(source.backs(figure) for source in sources)]
    free = free_of_charge(said.languages).search(said.flat)
    if free and not any(backs_free_of_charge(said.languages).search(source.flat) for source in sources):
        missing.append(free.group())
    return f"not in the cited passage: {', '.join(missing)}" if missing else ""


def _turned_round(said: Source, sources: Sequence[Source], readings: Callable[[str], frozenset[str]]) -> str:
    """Why a sentence says the opposite of its sources, or another thing, with figures that they have."""
    conditions = [(figure, said.conditions_on(figure)) for figure in said.figures]
    for figure, one in conditions:
        if one and _is_contradicted(figure, one, sources):
            return f"another condition in the cited passage: {figure.raw}"
        if _is_of_something_else(figure, said, sources, readings):
            return f"the cited passage says it of something else: {figure.raw}"
    standing = [statement for source in sources for statement in source.statements]
    if not any(one for _, one in conditions) and denied(said.statements, standing):
        return "the cited passage says the opposite"
    return ""


def _is_contradicted(figure: Figure, one: frozenset[str], sources: Sequence[Source]) -> bool:
    """Whether the sources have the figure under the opposite condition alone."""
    others = [
        source.conditions_on(other) for source in sources for other in source.backing(figure) if other.unit != IMPLIED
    ]
    return bool(others) and all(contradicts(one, other) for other in others)


def _is_of_something_else(
    figure: Figure, said: Source, sources: Sequence[Source], readings: Callable[[str], frozenset[str]]
) -> bool:
    """Whether the sources say of another figure what the sentence says of this one.

    Args:
        readings: A stem of the sentence -> the stems that it may have in the sources.
    """
    if not figure.unit or figure.unit == ARTICLE:
        return False
    standing = [slot for source in sources for slot in source.slots if slot.figure.unit == figure.unit]
    if len(standing) < 2:
        return False
    own = next((slot for slot in said.slots if slot.figure is figure), None)
    backing = [slot for slot in standing if figure.agrees_with(slot.figure)]
    ends = {(slot.figure.start, slot.figure.end) for slot in backing}
    rivals = [slot for slot in standing if (slot.figure.start, slot.figure.end) not in ends]
    return own is not None and is_of_something_else([readings(stem) for stem in own.stems], backing, rivals)


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
