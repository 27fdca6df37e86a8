"""Whether a question fits several procedures: the citizen is asked which, rather than told of one as if it were all.

"How much is the passport?" fits the passport of an adult and that of a minor, at other prices. A question that one
document answers is never asked back: the procedures must all be named by it, and answer it differently.
"""

from __future__ import annotations

from collections.abc import Sequence

from jazari_rag.answering.kinds import FACTS, LISTED, holds_fact
from jazari_rag.answering.numbers import figures
from jazari_rag.answering.question import Question, content_words, hit_context, is_question, kinds_of
from jazari_rag.answering.safety import has_instruction, has_link
from jazari_rag.domain import Hit
from jazari_rag.languages import Languages
from jazari_rag.ports import Analyzer

MAX_SUBJECT = 2
"""Words that say of what: a question that has more of them tells procedures apart."""
MAX_OFFERED = 6
"""Procedures that are offered; a question that fits more is not helped by a list."""
ASKED = LISTED | FACTS - {"penalty", "count"} | {"place"}
"""Kinds that every procedure has an answer of."""


class Clarification:
    """Finds the procedures among which a question leaves the choice."""

    def __init__(self, analyzer: Analyzer, languages: Languages) -> None:
        self._analyzer = analyzer
        self._languages = languages

    def procedures(self, question: Question, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The first hit of each procedure that a question fits; empty where it fits one, or none by its title.

        Args:
            hits: What was found, best first; the best one is among those that are offered.
        """
        if not hits or question.articles or not 0 < len(question.subject) <= MAX_SUBJECT:
            return ()
        if not self._is_open(question):
            return ()
        firsts = {hit.document.id: hit for hit in reversed(hits)}
        language = hits[0].passage.language
        named = [hit for hit in firsts.values() if hit.passage.language == language and self._names(hit, question)]
        named.sort(key=list(hits).index)
        if not 1 < len(named) <= MAX_OFFERED or named[0] is not hits[0] or not self._tell_apart(named, question):
            return ()
        return tuple(named) if self._answer_differently(named, hits, question) else ()

    def _is_open(self, question: Question) -> bool:
        """Whether it asks what every procedure answers, or is the name of a thing alone."""
        if question.kinds:
            return question.kinds <= ASKED
        words = content_words(question.text, question.language, self._languages)
        return len(words) == len(question.text.split())

    def _names(self, hit: Hit, question: Question) -> bool:
        """Whether a document is a procedure of what is asked about: by its title, which is no question itself."""
        title = hit.document.title
        if is_question(title):
            return False
        known = question.covered(self._analyzer.passage_terms(title, hit.passage.language))
        return question.subject <= known and not has_link(title) and not has_instruction(title)

    def _tell_apart(self, named: Sequence[Hit], question: Question) -> bool:
        """Whether each title has a word that the question lacks, and that another title lacks."""
        rests = [self._rest(hit, question) for hit in named]
        shared = frozenset.intersection(*rests)
        return all(rest - shared for rest in rests)

    def _rest(self, hit: Hit, question: Question) -> frozenset[str]:
        language = hit.passage.language
        words = content_words(hit.document.title, language, self._languages)
        variants = frozenset[str]().union(*(concept.variants for concept in question.concepts))
        terms = (frozenset(self._analyzer.passage_terms(word, language)) for word in words)
        return frozenset[str]().union(*(term for term in terms if not term & variants))

    def _answer_differently(self, named: Sequence[Hit], hits: Sequence[Hit], question: Question) -> bool:
        if not question.kinds:
            return True
        texts = [
            "\n".join(f"{hit_context(hit)}\n{hit.passage.text}" for hit in hits if hit.document.id == one.document.id)
            for one in named
        ]
        facts = [self._facts(text, question) for text in texts]
        if question.kinds & FACTS:
            return all(facts) and len(set(facts)) > 1
        language = named[0].passage.language
        return all(kinds_of(text, language, self._languages) & question.kinds for text in texts)

    def _facts(self, text: str, question: Question) -> frozenset[str]:
        """The figures in a text that are of the kinds that are asked for; "" stands for "nothing to pay"."""
        kinds, languages = question.kinds & FACTS, self._languages
        told = [one for one in figures(text, languages) if holds_fact(kinds, "", [one], languages)]
        free = {""} if holds_fact(kinds, text, [], languages) else frozenset[str]()
        return frozenset(reading for one in told for reading in one.readings) | free
