"""The generator without a model: it quotes the sentences that answer, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from jazari_rag.answering.figure import Figure
from jazari_rag.answering.kinds import FACTS, LISTED, holds_fact
from jazari_rag.answering.lexicon import plain
from jazari_rag.answering.numbers import figures
from jazari_rag.answering.question import (
    Question,
    Translator,
    content_words,
    formula_pattern,
    hit_context,
    is_article,
    is_question,
    kinds_of,
    mentions_article,
    opens_article,
    opens_with_article,
    rarity,
    understand,
)
from jazari_rag.answering.safety import has_instruction
from jazari_rag.answering.units import BETWEEN_CELLS, Splitter, Unit, UnitKind, units
from jazari_rag.domain import DraftSentence, GenerationRequest, Hit
from jazari_rag.languages import Languages
from jazari_rag.ports import Analyzer
from jazari_rag.text.normalise import tokens
from jazari_rag.text.sentences import sentences

MAX_PASSAGES = 3
MAX_UNITS = 4
LIST_BUDGET = 1.5
"""A list may be so many times longer than the budget before it is cut: half a list misleads."""
MAX_CANDIDATES = 10
"""Passages that are read for an answer."""

CONTEXT_SHARE = 0.5
"""What a word in the title or a heading counts, against one in the sentence itself."""
TYPE_BONUS = 0.35
"""For a unit that has what the question asks for: an amount, a delay, a list."""
HEADING_BONUS = 0.25
"""For standing under a heading, or an introducing line, that announces it."""
ARTICLE_BONUS = 1.0
"""For being in the very article that the question names."""
FORMULA_MALUS = 0.6
"""For opening or closing an act ("Vu la loi …"): such sentences repeat its subject and answer nothing."""
TITLE_BONUS = 0.8
"""For all of what is asked about in the title of the document: others mention it. (Of 0 to 1 on half of six dev sets;
better than less on their other halves too.)"""
OPENING_BONUS = 0.3
"""For opening the article that is looked up: a law is read from its start."""
LANGUAGE_BONUS = 0.1
"""For being in the citizen's language, or the one that it is a variety of."""
SECTION_BONUS = 0.1
"""For continuing what is quoted already, rather than hopping elsewhere."""
DOCUMENT_MALUS = 0.15
"""Against what is of another document than all that is quoted already: it is often of another matter."""
RANK_DECAY = 0.08
"""What a unit loses a rank of its passage."""
BEHIND_MALUS = 1.2
"""What a unit loses for the share by which its passage's score lies behind the first's (chosen of 0.6, 1 and
1.2 on half of six dev sets; better than 0.6 on their other halves too)."""
SMOOTHING = 3.0
"""Of rarity: within one document a rare verb tells less than the subject, which every passage has."""
LENGTH_DECAY = 0.003
"""What a unit loses a term: a long one shares words by chance."""
KEEP_SHARE = 0.7
"""A further unit must score at least this share of the best one."""
DUPLICATE_OVERLAP = 0.7
"""Shared terms (of the smaller unit) from which two units say the same."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A unit of a hit with what its choice rests on.

    `behind` is the share, in [0, 1], by which the hit's score lies behind the first's; `titled` is what the title of
    its document covers; `case` is what a row's first cell covers: which case it is for.
    """

    position: int
    behind: float
    hit: Hit
    unit: Unit
    text: str
    terms: frozenset[str]
    covered: frozenset[int]
    context: frozenset[int]
    titled: frozenset[int]
    case: frozenset[int]
    figures: tuple[Figure, ...]


class ExtractiveGenerator:
    """Picks verbatim sentences that answer, in reading order, from at most three passages."""

    def __init__(self, analyzer: Analyzer, languages: Languages, translator: Translator | None = None) -> None:
        self._analyzer = analyzer
        self._translator = translator
        self._languages = languages
        self._splitter: Splitter = partial(sentences, languages=languages)

    @property
    def name(self) -> str:
        return "extractive"

    def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
        """Sentences, whole lists and table rows; each is an exact substring of the one passage that it cites."""
        hits = request.hits[:MAX_CANDIDATES]
        question = understand(
            request.question,
            request.language,
            evidence_languages={hit.passage.language for hit in hits},
            analyzer=self._analyzer,
            languages=self._languages,
            translator=self._translator,
        )
        scored = self._scored(question, hits)
        chosen = _chosen(_relevant(question, scored), request.max_words)
        for candidate in _in_reading_order(self._completed(question, chosen, scored, request.max_words)):
            is_sentence = candidate.unit.kind is UnitKind.SENTENCE
            budget = request.max_words if is_sentence else LIST_BUDGET * request.max_words
            yield DraftSentence(
                _within(candidate.text, int(budget)), (candidate.position,), breaks_line=not is_sentence
            )

    def _scored(self, question: Question, hits: Sequence[Hit]) -> list[tuple[float, _Candidate]]:
        candidates = [
            candidate
            for position, hit in enumerate(hits)
            for candidate in self._read(question, position, _behind(hit, hits[0]), hit)
        ]
        by_hit = [
            frozenset[int]().union(*(c.covered | c.context for c in candidates if c.position == position))
            for position in range(len(hits))
        ]
        weights = rarity(question, by_hit, smoothing=SMOOTHING)
        scored = [(self._score(question, weights, candidate), candidate) for candidate in candidates]
        return sorted(scored, key=lambda pair: (-pair[0], pair[1].position, pair[1].unit.start))

    def _read(self, question: Question, position: int, behind: float, hit: Hit) -> Iterator[_Candidate]:
        passage = hit.passage
        above_it = hit_context(hit)
        context = question.covered(self._analyzer.passage_terms(above_it, passage.language))
        titled = question.covered(self._analyzer.passage_terms(hit.document.title, passage.language))
        heading = frozenset(tokens(above_it))  # a unit that repeats it, in whole or in part, answers nothing
        announced = frozenset[int]()
        cut = units(passage.text, self._splitter)
        for unit, following in zip_longest(cut, cut[1:]):
            text = passage.text[unit.start : unit.end]
            if has_instruction(text) or heading.issuperset(tokens(text)):
                continue
            content = " ".join(content_words(text, passage.language, self._languages))
            terms = frozenset(self._analyzer.passage_terms(content, passage.language))
            covered = question.covered(self._analyzer.passage_terms(text, passage.language))
            if _only_asks(question, text, terms) or _is_caption(unit, text, following):
                announced = covered
                continue
            above = (context | announced) - covered
            if unit.kind is not UnitKind.ROW:
                announced = frozenset()
            case = self._case(question, text, passage.language) if unit.kind is UnitKind.ROW else frozenset[int]()
            found = tuple(figures(text, self._languages))
            yield _Candidate(position, behind, hit, unit, text, terms, covered, above, titled, case, found)

    def _case(self, question: Question, row: str, language: str) -> frozenset[int]:
        """What the first cell of a row covers."""
        return question.covered(self._analyzer.passage_terms(BETWEEN_CELLS.split(row)[0], language))

    def _is_formula(self, text: str, language: str) -> bool:
        return formula_pattern(self._languages, language).match(plain(text)) is not None

    def _score(self, question: Question, weights: Sequence[float], candidate: _Candidate) -> float:
        total = sum(weights) or 1.0
        own = sum(weights[index] for index in candidate.covered) / total
        above = sum(weights[index] for index in candidate.context) / total
        score = own + CONTEXT_SHARE * above
        article = _article_match(question, candidate)
        if score == 0 and article <= 0:
            return 0.0
        if candidate.hit.passage.language in self._languages.chain(question.language):
            score += LANGUAGE_BONUS
        bonus = TYPE_BONUS * _has_wanted(question, candidate) + HEADING_BONUS * self._is_announced(question, candidate)
        # An amount tells nothing where nothing is said of what is asked about.
        score += bonus * min(1.0, own + above)
        score += ARTICLE_BONUS * article - RANK_DECAY * candidate.position - BEHIND_MALUS * candidate.behind
        score += OPENING_BONUS * _opening(question, candidate)
        score += TITLE_BONUS * _titled(question, weights, candidate)
        score -= FORMULA_MALUS * self._is_formula(candidate.text, candidate.hit.passage.language)
        listed = candidate.unit.kind is UnitKind.LIST and question.kinds & LISTED
        return score if listed else score - LENGTH_DECAY * len(candidate.terms)

    def _completed(
        self,
        question: Question,
        chosen: Sequence[_Candidate],
        scored: Sequence[tuple[float, _Candidate]],
        max_words: int,
    ) -> list[_Candidate]:
        """The choice, and for each kind that is asked for and that nothing chosen holds the best unit that does.

        Of the same document only: the price of one thing is no answer on another.
        """
        complete = list(chosen)
        document_id = chosen[0].hit.passage.document_id if chosen else ""
        home = [candidate for _, candidate in scored if candidate.hit.passage.document_id == document_id]
        words = sum(len(candidate.text.split()) for candidate in chosen)
        for kind in sorted(question.kinds):
            if any(self._holds(kind, candidate) for candidate in complete):
                continue
            for candidate in home:
                length = len(candidate.text.split())
                if words + length <= max_words and self._holds(kind, candidate) and _adds(candidate, complete):
                    complete.append(candidate)
                    words += length
                    break
        return complete

    def _holds(self, kind: str, candidate: _Candidate) -> bool:
        """Whether a unit has what a question of this kind asks for."""
        wanted = frozenset({kind})
        if kind in FACTS:
            return holds_fact(wanted, candidate.text, candidate.figures, self._languages)
        if kind in LISTED and candidate.unit.kind is UnitKind.LIST:
            return self._announces(wanted, candidate)
        return kind in kinds_of(candidate.text, candidate.hit.passage.language, self._languages)

    def _is_announced(self, question: Question, candidate: _Candidate) -> bool:
        return bool(question.kinds) and self._announces(question.kinds, candidate)

    def _announces(self, kinds: frozenset[str], candidate: _Candidate) -> bool:
        """Whether the heading above a unit, its introducing line or its label says that it is of one of these kinds."""
        passage = candidate.hit.passage
        first_line = candidate.text.split("\n", 1)[0][:80] if candidate.unit.kind is UnitKind.LIST else ""
        heading = passage.section[-1] if passage.section else ""
        label = candidate.text.partition(":")[0][:40] if ":" in candidate.text[:40] else ""
        announcing = "\n".join(part for part in (heading, first_line, label) if part)
        return bool(announcing and kinds_of(announcing, passage.language, self._languages) & kinds)


def _behind(hit: Hit, first: Hit) -> float:
    return min(1.0, max(0.0, (first.score - hit.score) / abs(first.score))) if first.score else 0.0


def _has_wanted(question: Question, candidate: _Candidate) -> bool:
    listed = candidate.unit.kind is UnitKind.LIST and bool(question.kinds & LISTED)
    return listed or holds_fact(question.kinds, candidate.text, candidate.figures, question.languages)


def _article_match(question: Question, candidate: _Candidate) -> float:
    """1 in an article that the question names, 0.5 where it is mentioned, -0.5 elsewhere, 0 when it names none."""
    if not question.articles:
        return 0.0
    if is_article(question, candidate.hit) or opens_article(question, candidate.text):
        return 1.0
    return 0.5 if mentions_article(question, candidate.text) else -0.5


def _titled(question: Question, weights: Sequence[float], candidate: _Candidate) -> float:
    """Share of what is asked about that stands in the title of a unit's document."""
    total = sum(weights[index] for index in question.subject)
    return sum(weights[index] for index in question.subject & candidate.titled) / total if total else 0.0


def _opening(question: Question, candidate: _Candidate) -> float:
    """How near a unit stands to the start of the article that it is of: 1 at its head, 0 at the end or elsewhere."""
    passage = candidate.hit.passage
    if not opens_with_article(question, passage.text):
        return 0.0
    return 1 - candidate.unit.start / len(passage.text)


def _is_caption(unit: Unit, text: str, following: Unit | None) -> bool:
    """Whether a unit is what stands above a table: its rows are what can be quoted."""
    if following is None or following.kind is not UnitKind.ROW or unit.kind is not UnitKind.SENTENCE:
        return False
    return not text.endswith((".", "!", ";", "؛"))


def _only_asks(question: Question, text: str, terms: frozenset[str]) -> bool:
    """Whether a unit repeats the question rather than answers it; what follows it does."""
    if is_question(text):
        return True
    variants = frozenset[str]().union(*(concept.variants for concept in question.concepts))
    return terms <= variants and len(question.covered(terms)) > 1 and not figures(text, question.languages)


def _relevant(question: Question, scored: Sequence[tuple[float, _Candidate]]) -> list[tuple[float, _Candidate]]:
    """What may be chosen.

    When a mere fact is asked and the best unit has it, the others must have one too. When an article is looked up, the
    others are of the same document: every law has an article 2.
    """
    if scored and question.articles:
        found = [c for _, c in scored if is_article(question, c.hit) or opens_article(question, c.text)]
        # The law is named in its title; retrieval has weighed it too.
        law = min(found or [scored[0][1]], key=lambda c: (-len(c.context | c.covered), c.position))
        return [pair for pair in scored if pair[1].hit.passage.document_id == law.hit.passage.document_id]
    if not scored or not question.kinds or not question.kinds <= FACTS or not _has_wanted(question, scored[0][1]):
        return list(scored)
    return [pair for pair in scored if _has_wanted(question, pair[1])]


def _chosen(scored: Sequence[tuple[float, _Candidate]], max_words: int) -> list[_Candidate]:
    """The best unit, then those near it that add something, within the budget."""
    chosen: list[_Candidate] = []
    words, best_score = 0, 0.0
    for score, candidate in scored:
        length = len(candidate.text.split())
        if not chosen:
            if score <= 0:
                break
            chosen, words, best_score = [candidate], length, score
            continue
        if len(chosen) == MAX_UNITS:
            break
        if score + _continuity(candidate, chosen) < KEEP_SHARE * best_score:
            continue
        if words + length <= max_words and _adds(candidate, chosen):
            chosen.append(candidate)
            words += length
    return chosen


def _continuity(candidate: _Candidate, chosen: Sequence[_Candidate]) -> float:
    one = candidate.hit.passage
    others = [other.hit.passage for other in chosen]
    if any((other.document_id, other.section) == (one.document_id, one.section) for other in others):
        return SECTION_BONUS
    same_document = any(other.document_id == one.document_id for other in others)
    return -SECTION_BONUS if same_document else -DOCUMENT_MALUS


def _adds(candidate: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    """One language, at most three passages, nothing twice."""
    if candidate.hit.passage.language != chosen[0].hit.passage.language:
        return False
    positions = {other.position for other in chosen} | {candidate.position}
    if len(positions) > MAX_PASSAGES or any(_is_lesser_row(candidate, other) for other in chosen):
        return False
    return not any(_says_the_same(candidate, other) for other in chosen)


def _is_lesser_row(candidate: _Candidate, chosen: _Candidate) -> bool:
    """Whether another row of the same table fits the question better: the others are of other cases."""
    both_rows = candidate.unit.kind is chosen.unit.kind is UnitKind.ROW
    return both_rows and candidate.position == chosen.position and not candidate.covered >= chosen.case


def _says_the_same(one: _Candidate, other: _Candidate) -> bool:
    smaller = min(len(one.terms), len(other.terms))
    return smaller == 0 or len(one.terms & other.terms) / smaller >= DUPLICATE_OVERLAP


def _within(text: str, max_words: int) -> str:
    """`text`, or its start up to the last clause that fits."""
    words = list(re.finditer(r"\S+", text))
    if len(words) <= max_words:
        return text
    fitting = text[: words[max_words - 1].end()]
    clauses = list(re.finditer(r"[.!?؟;؛:,،](?=\s|$)|\n", fitting))
    return fitting[: clauses[-1].end()].rstrip() if clauses else fitting


def _in_reading_order(chosen: Sequence[_Candidate]) -> list[_Candidate]:
    """The passage of the best unit first, then those of the next ones; within a passage by place."""
    positions = list(dict.fromkeys(candidate.position for candidate in chosen))
    return sorted(chosen, key=lambda candidate: (positions.index(candidate.position), candidate.unit.start))
