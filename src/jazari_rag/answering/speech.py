"""One question on its way, and what generators say of it: each sentence is verified before it is written down."""

from __future__ import annotations

from collections.abc import Generator as Steps
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TypeAlias

from jazari_rag.answering.composition import Composition
from jazari_rag.answering.drafts import one_by_one
from jazari_rag.answering.extractive import ExtractiveGenerator
from jazari_rag.answering.followup import Reading
from jazari_rag.answering.foreign import LanguageGate
from jazari_rag.answering.question import Translator
from jazari_rag.answering.verification import Verifier
from jazari_rag.domain import AnswerPart, AnswerStatus, DraftSentence, GenerationRequest, Hit, Query, Turn
from jazari_rag.errors import BackendError
from jazari_rag.languages import Languages
from jazari_rag.ports import Generator, TracedDrafts

Drafts: TypeAlias = Steps[DraftSentence]

RUNAWAY = 4
"""A generator is stopped after this many times the words that it was asked for."""


@dataclass(slots=True)
class Run:
    """One question on its way; `trace` grows with it.

    Attributes:
        question: As it is answered: with what it takes from those before.
        language: The question's.
        answer_language: The one that it is answered in.
        query: As it is searched.
        readings: The ways to understand it, the likeliest first.
        ends: When it is given up, in seconds of the monotonic clock.
    """

    question: str
    language: str
    answer_language: str
    history: tuple[Turn, ...]
    query: Query
    readings: tuple[Reading, ...]
    ends: float
    trace: dict[str, object] = field(default_factory=dict)
    hits: tuple[Hit, ...] = ()

    @property
    def queries(self) -> list[Query]:
        """A search a reading."""
        return [replace(self.query, text=reading.searched) for reading in self.readings]

    @property
    def seconds(self) -> float:
        """What is left."""
        return max(0.0, self.ends - monotonic())


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
    foreign: bool = False
    """Whether it was in another language."""

    @property
    def wants_fallback(self) -> bool:
        """When nothing stands: it failed, or all that it said was removed. Silence alone is an answer."""
        return not self.composition.citations and (self.failed or self.foreign or bool(self.removed))

    @property
    def status(self) -> AnswerStatus:
        return AnswerStatus.PARTIAL if self.removed or self.cut else AnswerStatus.ANSWERED

    @property
    def silence(self) -> AnswerStatus:
        return AnswerStatus.BACKEND_FAILED if self.failed else AnswerStatus.NO_EVIDENCE

    def by(self, generator: Generator) -> Iterator[AnswerPart]:
        """What of a generator's sentences stands. One that begins in another language is told so, once."""
        self._forget_the_one_before(generator)
        yield from self._said(generator, self._request())
        if self.foreign and not self.failed and self.run.seconds > 0:
            self.run.trace["asked_again_for"] = list(self.removed)
            self.removed.clear()
            yield from self._said(generator, self._request(reminded=True))

    def _said(self, generator: Generator, request: GenerationRequest) -> Iterator[AnswerPart]:
        verifier = self._verifier(generator)
        drafts: Iterable[DraftSentence] = ()
        try:
            drafts = generator.generate(request)
            bounded = self._bounded(drafts, RUNAWAY * request.max_words)
            with closing(bounded if verifier.quotes_links else self._in_language(bounded)) as sentences:
                yield from self._verified(verifier, sentences)
        except BackendError as error:
            self.failed = self.cut = True
            self.run.trace["backend_error"] = str(error)
        finally:
            if isinstance(drafts, TracedDrafts):
                self.run.trace.update(drafts.trace)

    def _verified(self, verifier: Verifier, sentences: Drafts) -> Iterator[AnswerPart]:
        for draft in sentences:
            verdict = verifier.check(draft)
            if verdict.sentence is None:
                self._remove(draft.text, verdict.reason)
            else:
                self.support.append(verdict.support)
                yield self.composition.add(verdict.sentence)

    def _bounded(self, drafts: Iterable[DraftSentence], most: int) -> Drafts:
        """The sentences of the first `most` words."""
        words = 0
        with closing(one_by_one(drafts)) as sentences:
            for draft in sentences:
                words += len(draft.text.split())
                if words > most:
                    self._remove("…", "too long")
                    return
                yield draft

    def _in_language(self, drafts: Drafts) -> Drafts:
        """The sentences in the citizen's language; none is read after a beginning in another."""
        gate = LanguageGate(self.run.answer_language, self.languages)
        try:
            with closing(drafts):
                for draft in drafts:
                    yield from gate.hear(draft)
                    if gate.has_spoken_otherwise:
                        return
            yield from gate.end()
        except BackendError:
            yield from gate.end()
            raise
        finally:
            self.foreign = self.foreign or gate.has_spoken_otherwise
            for sentence in gate.refused:
                self._remove(sentence.text, "in another language")

    def _remove(self, text: str, reason: str) -> None:
        self.removed.append({"text": text, "reason": reason})

    def _request(self, *, reminded: bool = False) -> GenerationRequest:
        run = self.run
        return GenerationRequest(
            run.question,
            run.language,
            run.hits,
            run.history,
            answer_language=run.answer_language,
            reminded=reminded,
            seconds=run.seconds,
        )

    def _verifier(self, generator: Generator) -> Verifier:
        """Quotations may hold links, and are in the language of their source, whatever was asked for."""
        if isinstance(generator, ExtractiveGenerator):
            return Verifier(self.run.hits, self.languages, quotes_links=True)
        return Verifier(self.run.hits, self.languages, language=self.run.answer_language, translator=self.translator)

    def _forget_the_one_before(self, generator: Generator) -> None:
        """A fallback that answers answers wholly: what the first one got wrong stays in the trace alone."""
        trace = self.run.trace
        if "generator" in trace:
            trace["fallback_for"], trace["removed_before"] = trace["generator"], self.removed
        trace["generator"] = generator.name
        trace["removed"] = self.removed = []
        trace["support"] = self.support = []
        self.cut = self.foreign = False
