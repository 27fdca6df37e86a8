"""Follow-ups made whole by a language model, where there is one; by rule otherwise, and where it says too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jazari_rag.answering.followup import Reading, readings
from jazari_rag.answering.foreign import is_in
from jazari_rag.answering.numbers import figures, unsupported
from jazari_rag.answering.question import Question, Translator, kinds_of, understand
from jazari_rag.answering.safety import clean, has_instruction, has_link, without_markers
from jazari_rag.domain import RewriteRequest, Turn
from jazari_rag.errors import BackendError
from jazari_rag.languages import Languages
from jazari_rag.ports import Analyzer, Rewriter

LONGEST = 300
"""Characters of a question that stands alone."""
NAMED = 2
"""Words that a question names, from which one that asks for something is not sent to a model first."""
SECONDS = 10.0
"""At most, for a rewriting, and at most a quarter of what there is for the answer."""


class FollowUps:
    """Understands questions of a conversation. Nothing that a rewriter says is trusted.

    Args:
        rewriter: Asked for what may be a follow-up; without one the rule decides.
    """

    def __init__(
        self,
        languages: Languages,
        analyzer: Analyzer,
        translator: Translator | None = None,
        rewriter: Rewriter | None = None,
    ) -> None:
        self._languages = languages
        self._analyzer = analyzer
        self._translator = translator
        self._rewriter = rewriter

    def understand(
        self, question: str, language: str, history: Sequence[Turn], *, seconds: float
    ) -> tuple[tuple[Reading, ...], Mapping[str, object]]:
        """The ways to understand a question, and what to say of that in the trace.

        Args:
            seconds: What is left of the time for the answer.
        """
        by_rule = readings(question, language, history, self._languages, self._analyzer)
        if self._rewriter is None or _stands_alone(by_rule):
            return by_rule, {}
        try:
            request = RewriteRequest(question, language, tuple(history), min(SECONDS, seconds / 4))
            rewritten = without_markers(clean(self._rewriter.rewrite(request))).strip()
        except BackendError as error:
            return by_rule, {"rewriting_failed": error.message}
        objection = self._objection(rewritten, by_rule, request)
        if objection:
            return by_rule, {"rewriting_failed": objection}
        named = next(reading.named for reading in by_rule if reading.leans)
        return (Reading(rewritten, rewritten, leans=True, named=named),), {"rewritten": rewritten != question}

    def _objection(self, rewritten: str, by_rule: Sequence[Reading], request: RewriteRequest) -> str:
        """Why a rewriting is not searched with; empty where it only says what the conversation holds."""
        if not rewritten or len(rewritten) > LONGEST or "\n" in rewritten:
            return "it is no question of one line"
        if has_link(rewritten) or has_instruction(rewritten):
            return "it carries a link, or talks to a model"
        if is_in(rewritten, request.language, self._languages) is False:
            return "it is in another language"
        said = [(turn.language or request.language, f"{turn.question}\n{turn.answer}") for turn in request.history]
        said.append((request.language, request.question))
        known = [figure for _, text in said for figure in figures(text, self._languages, as_source=True)]
        if unsupported(rewritten, known, self._languages):
            return "it brings a figure"
        return self._other_words(rewritten, by_rule, request, said) or self._asks_otherwise(rewritten, request)

    def _other_words(
        self, rewritten: str, by_rule: Sequence[Reading], request: RewriteRequest, said: Sequence[tuple[str, str]]
    ) -> str:
        languages = {language for language, _ in said}
        terms = {term for language, text in said for term in self._analyzer.passage_terms(text, language)}
        concepts = self._read(rewritten, request, languages).concepts
        if any(not concept.asks and concept.variants.isdisjoint(terms) for concept in concepts):
            return "it brings words of its own"
        own = self._analyzer.passage_terms(rewritten, request.language).keys()
        named = self._read(" ".join(word for one in by_rule for word in one.named), request, set()).concepts
        return "" if all(concept.variants & own for concept in named) else "it leaves out what was asked"

    def _asks_otherwise(self, rewritten: str, request: RewriteRequest) -> str:
        """A price is not to become a delay."""
        asked = kinds_of(request.question, request.language, self._languages)
        before = (
            kinds_of(turn.question, turn.language or request.language, self._languages) for turn in request.history
        )
        asks = kinds_of(rewritten, request.language, self._languages)
        fits = asked <= asks if asked else asks <= frozenset[str]().union(*before)
        return "" if fits else "it asks for something else"

    def _read(self, text: str, request: RewriteRequest, languages: set[str]) -> Question:
        return understand(
            text,
            request.language,
            evidence_languages=languages,
            analyzer=self._analyzer,
            languages=self._languages,
            translator=self._translator,
        )


def _stands_alone(by_rule: Sequence[Reading]) -> bool:
    named = max(len(reading.named) for reading in by_rule)
    return any(not reading.leans for reading in by_rule) and (len(by_rule) == 1 or named >= NAMED)
