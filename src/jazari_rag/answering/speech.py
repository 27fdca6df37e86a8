"""One question on its way, and what generators say of it: each sentence is verified before it is written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from jazari_rag.answering.composition import Composition
from jazari_rag.answering.extractive import ExtractiveGenerator
from jazari_rag.answering.foreign import is_foreign as is_foreign_to
from jazari_rag.answering.question import Translator
from jazari_rag.answering.verification import Verifier
from jazari_rag.domain import AnswerPart, AnswerStatus, DraftSentence, GenerationRequest, Hit, Query, Turn
from jazari_rag.errors import BackendError
from jazari_rag.languages import Languages
from jazari_rag.ports import Generator, TracedDrafts

RUNAWAY = 4
"""A generator is stopped after this many times the words that it was asked for."""


@dataclass(slots=True)
class Run:
    """One question on its way; `trace` grows with it."""

    question: str
    language: str
    history: tuple[Turn, ...]
    query: Query
    trace: dict[str, object] = field(default_factory=dict)
    hits: tuple[Hit, ...] = ()


@dataclass(slots=True)
class Speech:
    """What generators said of one question, and what came of it."""

    run: Run
    composition: Composition
    languages: Languages
    translator: Translator | None = None
    removed: list[dict[str, str]] = field(default_factory=list)
    support: list[float] = field(default_factory=list)
    failed: bool = False
    cut: bool = False

    @property
    def wants_fallback(self) -> bool:
        """When nothing stands: it failed, or all that it said was removed. Silence alone is an answer."""
        return not self.composition.citations and (self.failed or bool(self.removed))

    @property
    def status(self) -> AnswerStatus:
        return AnswerStatus.PARTIAL if self.removed or self.cut else AnswerStatus.ANSWERED

    @property
    def silence(self) -> AnswerStatus:
        return AnswerStatus.BACKEND_FAILED if self.failed else AnswerStatus.NO_EVIDENCE

    def by(self, generator: Generator) -> Iterator[AnswerPart]:
        run = self.run
        self._forget_the_one_before(generator)
        verifier = self._verifier(generator)
        request = GenerationRequest(run.question, run.language, run.hits, run.history)
        words = 0
        drafts: Iterable[DraftSentence] = ()
        try:
            drafts = generator.generate(request)
            for draft in drafts:
                words += len(draft.text.split())
                if words > RUNAWAY * request.max_words:
                    self.removed.append({"text": "…", "reason": "too long"})
                    break
                verdict = verifier.check(draft)
                if verdict.sentence is None:
                    self.removed.append({"text": draft.text, "reason": verdict.reason})
                else:
                    self.support.append(verdict.support)
                    yield self.composition.add(verdict.sentence)
        except BackendError as error:
            self.failed = self.cut = True
            run.trace["backend_error"] = str(error)
        finally:
            if isinstance(drafts, TracedDrafts):
                run.trace.update(drafts.trace)

    def _verifier(self, generator: Generator) -> Verifier:
        """Quotations may hold links, and are in the language of their source, whatever was asked for."""
        run = self.run
        if isinstance(generator, ExtractiveGenerator):
            return Verifier(run.hits, self.languages, quotes_links=True)
        is_foreign = partial(is_foreign_to, language=run.language, languages=self.languages)
        return Verifier(
            run.hits, self.languages, is_foreign=is_foreign, language=run.language, translator=self.translator
        )

    def _forget_the_one_before(self, generator: Generator) -> None:
        """A fallback that answers answers wholly: what the first one got wrong stays in the trace alone."""
        trace = self.run.trace
        if "generator" in trace:
            trace["fallback_for"], trace["removed_before"] = trace["generator"], self.removed
        trace["generator"] = generator.name
        trace["removed"] = self.removed = []
        trace["support"] = self.support = []
        self.cut = False
