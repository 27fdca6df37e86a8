"""What of a draft may reach a citizen (invariant I6). Pure functions: no model is asked.

A generator's sentence passes when it cites a passage; every figure of it stands in a passage that it cites, under no
opposite condition (a minimum is no maximum); it does not deny what that passage says; and it carries no link, no
markup and nothing that talks to a model. Nothing is mended: what fails is removed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from jazari_rag.answering.conditions import contradicts
from jazari_rag.answering.figure import IMPLIED, Figure
from jazari_rag.answering.lexicon import backs_free_of_charge, free_of_charge, plain
from jazari_rag.answering.number_words import WORD
from jazari_rag.answering.numbers import without_enumerator
from jazari_rag.answering.question import Translator
from jazari_rag.answering.safety import clean, has_instruction, has_link, without_markers
from jazari_rag.answering.slots import is_of_something_else
from jazari_rag.answering.source import Source, read, read_passage
from jazari_rag.answering.statements import denied, statement_reader
from jazari_rag.answering.unit_words import ARTICLE
from jazari_rag.domain import DraftSentence, Hit
from jazari_rag.languages import Languages

MAX_SENTENCE = 4000
"""Characters. What is longer is no sentence, and could be made to cost time."""
_WORTH = 0.5
"""A citation is kept that supports a sentence at least by this share of what the best one does."""
_EDGES = frozenset(["", *".;:!?؟؛\n|•"])
"""What statements begin after and end with; nothing, at the edge of a passage."""
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
        quoted = tuple(position for position in cites if is_quoted_whole(text, self.hits[position].passage.text))
        if quoted:
            return Verdict(DraftSentence(text, quoted, draft.breaks_line), support=1.0)
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
            text = "\n".join((hit.document.title, *hit.passage.section, hit.passage.text))
            self._sources[position] = read_passage(text, self.languages, hit.passage.language)
        return self._sources[position]


def is_quoted_whole(text: str, passage: str) -> bool:
    """Whether `text` stands in `passage` word for word, from the start of a statement to the end of one.

    A part of a statement may say the opposite of the whole.
    """
    start = passage.find(text)
    if start < 0:
        return False
    before, after = passage[:start].rstrip(" \t"), passage[start + len(text) :].lstrip(" \t")
    return _is_edge(before[-1:]) and (_is_edge(text[-1]) or _is_edge(after[:1]))


def _is_edge(character: str) -> bool:
    return character in _EDGES


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
    standing = [slot for source in sources for slot in source.slots if slot.figure.base_unit == figure.base_unit]
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
    return frozenset(
        position for position, figure in enumerate(said.figures) if any(source.backs(figure) for source in sources)
    )
