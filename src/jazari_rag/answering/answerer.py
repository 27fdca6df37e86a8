"""A question's journey: understood, searched, judged, answered, verified, cited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from functools import partial
from time import monotonic

from jazari_rag.answering.composition import Composition
from jazari_rag.answering.evidence import Evidence, judge
from jazari_rag.answering.followup import as_asked, in_context, on_subject
from jazari_rag.answering.question import Translator, understand
from jazari_rag.answering.safety import InputVerdict, clean, judge_question
from jazari_rag.answering.speech import Run, Speech
from jazari_rag.answering.versions import DocumentVersions, OwnVersions
from jazari_rag.answering.voice import Voice
from jazari_rag.domain import Answer, AnswerPart, AnswerStatus, Hit, Query, Turn, Where
from jazari_rag.errors import BackendError, EmbeddingError
from jazari_rag.languages import Languages
from jazari_rag.ports import Analyzer, Generator, Retriever, Versions
from jazari_rag.text.identify import identify
from jazari_rag.text.sentences import sentences

DEFAULT_LIMIT = 10
"""Passages that an answer is written from."""
PATIENCE = 60.0
"""Seconds that a citizen waits for an answer of a language model: everything that one does shares them."""
MAX_IDENTIFIED = 500
"""Characters that the language of a question is told from."""


class Answerer:
    """Answers questions from what a retriever finds.

    Args:
        retriever: Finds passages.
        generator: Writes; nothing that it writes is trusted.
        fallback: Writes when `generator` fails, or when nothing that it wrote stands up.
        languages: Those in which questions are understood.
        analyzer: The one of the retriever's index.
        voice: What is said where nothing is answered; without one, in the question's language and without a contact.
        translator: Knows what the words of a question may be in the languages of the passages.
        versions: Knows which documents are one text in several languages: the citizen's is preferred.
    """

    def __init__(
        self,
        *,
        retriever: Retriever,
        generator: Generator,
        fallback: Generator,
        languages: Languages,
        analyzer: Analyzer,
        voice: Voice | None = None,
        translator: Translator | None = None,
        versions: Versions | None = None,
    ) -> None:
        self._retriever = retriever
        self._generator = generator
        self._fallback = fallback
        self._languages = languages
        self._analyzer = analyzer
        self._voice = voice or Voice(languages)
        self._translator = translator
        self._versions = OwnVersions(retriever, versions or DocumentVersions(languages))

    def answer(
        self,
        question: str,
        *,
        language: str | None = None,
        where: Where | None = None,
        limit: int | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """The answer, or why there is none: see its status. Backend failures are statuses, not exceptions.

        Raises:
            LanguageDataError: `language` is not served.
            StoreError: The store failed.
        """
        return _last(self.stream(question, language=language, where=where, limit=limit, history=history))

    def stream(
        self,
        question: str,
        *,
        language: str | None = None,
        where: Where | None = None,
        limit: int | None = None,
        history: Sequence[Turn] = (),
    ) -> Iterator[AnswerPart | Answer]:
        """Verified parts as they come, last the whole `Answer`; the parts' texts joined are its text."""
        run = self._start(question, language, where, limit, history)
        if isinstance(run, Answer):
            yield from _whole(run)
            return
        try:
            run.hits = tuple(self._retriever.retrieve(run.query))
        except (BackendError, EmbeddingError) as error:
            yield from _whole(self._retrieval_failed(run, error))
            return
        yield from self._respond(run)

    async def aanswer(
        self,
        question: str,
        *,
        language: str | None = None,
        where: Where | None = None,
        limit: int | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """As `answer`."""
        parts = self.astream(question, language=language, where=where, limit=limit, history=history)
        return _last([part async for part in parts])

    async def astream(
        self,
        question: str,
        *,
        language: str | None = None,
        where: Where | None = None,
        limit: int | None = None,
        history: Sequence[Turn] = (),
    ) -> AsyncIterator[AnswerPart | Answer]:
        """As `stream`; generators are synchronous, so each step of one runs in a thread."""
        run = await asyncio.to_thread(self._start, question, language, where, limit, history)
        if isinstance(run, Answer):
            for part in _whole(run):
                yield part
            return
        try:
            run.hits = tuple(await self._retriever.aretrieve(run.query))
        except (BackendError, EmbeddingError) as error:
            for part in _whole(self._retrieval_failed(run, error)):
                yield part
            return
        steps = self._respond(run)
        while (step := await asyncio.to_thread(next, steps, None)) is not None:
            yield step

    def _start(
        self, question: str, language: str | None, where: Where | None, limit: int | None, history: Sequence[Turn]
    ) -> Run | Answer:
        ends = monotonic() + PATIENCE
        given = self._languages.get(language).code if language else None
        verdict = judge_question(question)
        asked = clean(question[:MAX_IDENTIFIED])
        found = given or identify(asked, self._languages).language
        spoken = self._voice.language(found)
        if verdict is not InputVerdict.FINE:
            blank = verdict is InputVerdict.BLANK
            status = AnswerStatus.CLARIFICATION_NEEDED if blank else AnswerStatus.UNSAFE_INPUT
            return self._voice.refusal(status, spoken, {"language": found, "input": verdict.value})
        asked = clean(question)
        searched = in_context(asked, found, history, self._languages)
        answered = as_asked(asked, found, history, self._languages)
        query = Query(searched, found, limit or DEFAULT_LIMIT, where or {})
        trace: dict[str, object] = {"language": found, "language_given": given is not None, "searched": searched}
        if spoken != found:
            trace["answer_language"] = spoken
        return Run(answered, found, spoken, tuple(history), query, ends, trace)

    def _respond(self, run: Run) -> Iterator[AnswerPart | Answer]:
        if run.query.text != run.question:
            run.hits = on_subject(run.question, run.language, run.hits, self._analyzer, self._languages)
        evidence = self._in_own_language(run) or self._judge(run, run.hits)
        run.trace["passages"] = [hit.passage.id for hit in run.hits]
        run.trace["evidence"] = evidence.reasons
        if not evidence.answers:
            yield from _whole(self._refusal(AnswerStatus.NO_EVIDENCE, run, evidence.confidence))
            return
        composition = self._composition(run)
        speech = Speech(run, composition, self._languages)
        yield from speech.by(self._generator)
        if speech.wants_fallback and self._generator is not self._fallback:
            yield from speech.by(self._fallback)
        if not composition.citations:
            yield from _whole(self._refusal(speech.silence, run, evidence.confidence))
            return
        yield Answer(
            status=speech.status,
            text=composition.text,
            language=run.answer_language,
            citations=tuple(composition.citations),
            confidence=evidence.confidence,
            contact=self._voice.contact(run.answer_language),
            trace=run.trace,
        )

    def _refusal(self, status: AnswerStatus, run: Run, confidence: float = 0.0) -> Answer:
        return self._voice.refusal(status, run.answer_language, run.trace, confidence=confidence)

    def _in_own_language(self, run: Run) -> Evidence | None:
        """Prefers versions in the citizen's language where they answer; None where there is nothing to prefer."""
        own = self._languages.chain(run.answer_language)
        preferred = self._versions.preferred(run.query, run.hits, own)
        if preferred == run.hits:
            return None
        evidence = self._judge(run, preferred)
        if not evidence.answers:
            return None
        run.hits, run.trace["own_version"] = preferred, True
        return evidence

    def _judge(self, run: Run, hits: Sequence[Hit]) -> Evidence:
        question = understand(
            run.query.text,
            run.language,
            evidence_languages={hit.passage.language for hit in hits},
            analyzer=self._analyzer,
            languages=self._languages,
            translator=self._translator,
        )
        return judge(question, hits, analyzer=self._analyzer, languages=self._languages)

    def _composition(self, run: Run) -> Composition:
        return Composition(
            hits=run.hits,
            splitter=partial(sentences, languages=self._languages),
            terms=lambda code: lambda text: frozenset(self._analyzer.passage_terms(text, code)),
            note=partial(self._voice.source_note, run.answer_language),
        )

    def _retrieval_failed(self, run: Run, error: Exception) -> Answer:
        run.trace["backend_error"] = str(error)
        return self._refusal(AnswerStatus.BACKEND_FAILED, run)


def _whole(answer: Answer) -> Iterator[AnswerPart | Answer]:
    yield AnswerPart(answer.text)
    yield answer


def _last(steps: Iterable[AnswerPart | Answer]) -> Answer:
    *_, answer = steps
    assert isinstance(answer, Answer)
    return answer
