"""A question's journey: understood, searched, judged, answered, verified, cited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from functools import partial

from jazari_rag.answering.composition import Composition
from jazari_rag.answering.evidence import Evidence, judge
from jazari_rag.answering.followup import as_asked, in_context, on_subject
from jazari_rag.answering.question import Translator, understand
from jazari_rag.answering.safety import InputVerdict, clean, judge_question
from jazari_rag.answering.speech import Run, Speech
from jazari_rag.domain import Answer, AnswerPart, AnswerStatus, Query, Turn, Where
from jazari_rag.errors import BackendError, EmbeddingError
from jazari_rag.languages import Languages
from jazari_rag.ports import Analyzer, Generator, Retriever
from jazari_rag.text.identify import identify
from jazari_rag.text.sentences import sentences

DEFAULT_LIMIT = 10
"""Passages that an answer is written from."""
MAX_IDENTIFIED = 500
"""Characters that the language of a question is told from."""


class Answerer:
    """Answers questions from what a retriever finds.

    Args:
        retriever: Finds passages.
        generator: Writes; nothing that it writes is trusted.
        fallback: Writes when `generator` fails, or when nothing that it wrote stands up.
        contact: The office to turn to, a text a language; `default` for the others.
        limit: Passages that an answer is written from, unless a call says otherwise.
    """

    def __init__(
        self,
        *,
        retriever: Retriever,
        generator: Generator,
        fallback: Generator,
        languages: Languages,
        analyzer: Analyzer,
        contact: Mapping[str, str] | None = None,
        limit: int = DEFAULT_LIMIT,
        translator: Translator | None = None,
    ) -> None:
        self._retriever = retriever
        self._generator = generator
        self._fallback = fallback
        self._languages = languages
        self._analyzer = analyzer
        self._contact = dict(contact or {})
        self._limit = limit
        self._translator = translator

    @property
    def languages(self) -> Languages:
        return self._languages

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
        given = self._languages.get(language).code if language else None
        verdict = judge_question(question)
        asked = clean(question[:MAX_IDENTIFIED])
        found = given or identify(asked, self._languages).language
        if verdict is not InputVerdict.FINE:
            blank = verdict is InputVerdict.BLANK
            status = AnswerStatus.CLARIFICATION_NEEDED if blank else AnswerStatus.UNSAFE_INPUT
            return self._refusal(status, found, {"language": found, "input": verdict.value})
        asked = clean(question)
        searched = in_context(asked, found, history, self._languages)
        query = Query(searched, found, limit or self._limit, where or {})
        trace: dict[str, object] = {"language": found, "language_given": given is not None, "searched": searched}
        answered = as_asked(asked, found, history, self._languages)
        return Run(answered, found, tuple(history), query, trace)

    def _respond(self, run: Run) -> Iterator[AnswerPart | Answer]:
        if run.query.text != run.question:
            run.hits = on_subject(run.question, run.language, run.hits, self._analyzer, self._languages)
        run.trace["passages"] = [hit.passage.id for hit in run.hits]
        evidence = self._judge(run)
        run.trace["evidence"] = evidence.reasons
        if not evidence.answers:
            refusal = self._refusal(AnswerStatus.NO_EVIDENCE, run.language, run.trace, evidence.confidence)
            yield from _whole(refusal)
            return
        composition = self._composition(run)
        speech = Speech(run, composition, self._languages, self._translator)
        yield from speech.by(self._generator)
        if speech.wants_fallback and self._generator is not self._fallback:
            yield from speech.by(self._fallback)
        if not composition.citations:
            yield from _whole(self._refusal(speech.silence, run.language, run.trace, evidence.confidence))
            return
        yield Answer(
            status=speech.status,
            text=composition.text,
            language=run.language,
            citations=tuple(composition.citations),
            confidence=evidence.confidence,
            contact=self._contact_for(run.language),
            trace=run.trace,
        )

    def _judge(self, run: Run) -> Evidence:
        question = understand(
            run.query.text,
            run.language,
            evidence_languages={hit.passage.language for hit in run.hits},
            analyzer=self._analyzer,
            languages=self._languages,
            translator=self._translator,
        )
        return judge(question, run.hits, analyzer=self._analyzer, languages=self._languages)

    def _composition(self, run: Run) -> Composition:
        return Composition(
            hits=run.hits,
            splitter=partial(sentences, languages=self._languages),
            terms=lambda code: lambda text: frozenset(self._analyzer.passage_terms(text, code)),
            note=partial(self._source_note, run.language),
            languages=self._languages,
        )

    def _source_note(self, asked: str, source: str) -> str:
        """Says that a source is in another language than the citizen's; nothing for a variety written alike."""
        if not source or self._is_read_as(asked, source):
            return ""
        name = self._languages.name(source, spoken=asked)
        return self._languages.message(asked, "source_language_note", language=name)

    def _is_read_as(self, asked: str, source: str) -> bool:
        one, other = self._languages.find(asked), self._languages.find(source)
        if one is None or other is None:
            return asked == source
        return one.script == other.script and other.code in self._languages.chain(one.code)

    def _retrieval_failed(self, run: Run, error: Exception) -> Answer:
        run.trace["backend_error"] = str(error)
        return self._refusal(AnswerStatus.BACKEND_FAILED, run.language, run.trace)

    def _refusal(
        self, status: AnswerStatus, language: str, trace: Mapping[str, object], confidence: float = 0.0
    ) -> Answer:
        contact = self._contact_for(language)
        text = self._languages.message(language, status.value)
        if contact:
            text += "\n" + self._languages.message(language, "contact_note", contact=contact)
        return Answer(status, text, language, confidence=confidence, contact=contact, trace=trace)

    def _contact_for(self, language: str) -> str | None:
        known = {self._languages.normalise_code(code): text for code, text in self._contact.items()}
        for code in (language, *self._languages.chain(language)):
            if code in known:
                return known[code]
        return self._contact.get("default")


def _whole(answer: Answer) -> Iterator[AnswerPart | Answer]:
    yield AnswerPart(answer.text)
    yield answer


def _last(steps: Iterable[AnswerPart | Answer]) -> Answer:
    *_, answer = steps
    assert isinstance(answer, Answer)
    return answer
