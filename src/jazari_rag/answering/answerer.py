"""A question's journey: understood, searched, judged, answered, verified, cited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from collections.abc import Generator as Steps
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import monotonic

from jazari_rag.answering.clarification import Clarification
from jazari_rag.answering.composition import Composition
from jazari_rag.answering.evidence import Evidence, judge
from jazari_rag.answering.fallback import rewriter_of
from jazari_rag.answering.followup import Reading, on_subject
from jazari_rag.answering.patience import Listener
from jazari_rag.answering.question import Question, Translator, understand
from jazari_rag.answering.rewriting import FollowUps
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
UNSURE = 0.3
"""Confidence below which a follow-up's language is not believed to be another one than the conversation's."""
ALONE = 0.1
"""Confidence by which evidence for a question with words of those before must be better than for the bare one."""
PATIENCE = 60.0
"""Seconds that a citizen waits for an answer of a language model: everything that one does shares them."""
MAX_IDENTIFIED = 500
"""Characters that the language of a question is told from."""


class Answerer:
    """Answers questions from what a retriever finds.

    Args:
        retriever: Finds passages.
        generator: Writes, and makes follow-ups stand alone where it can; nothing that it writes is trusted.
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
        self._follow_ups = FollowUps(languages, analyzer, translator, rewriter_of(generator))
        self._clarification = Clarification(analyzer, languages)
        self._versions = versions or DocumentVersions(languages)
        self._own_versions = OwnVersions(retriever, self._versions)

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
    ) -> Steps[AnswerPart | Answer]:
        """Verified parts as they come, last the whole `Answer`; the parts' texts joined are its text."""
        run = self._start(question, language, where, limit, history)
        if isinstance(run, Answer):
            yield from _whole(run)
            return
        try:
            found = [self._retriever.retrieve(query) for query in run.queries]
        except (BackendError, EmbeddingError) as error:
            yield from _whole(self._retrieval_failed(run, error))
            return
        yield from self._respond(run, found)

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
    ) -> AsyncGenerator[AnswerPart | Answer]:
        """As `stream`; generators are synchronous, so each step of one runs in a thread.

        A caller that goes away (cancelled, or closed) is told to the thread: the backend is stopped.
        """
        listener = Listener()
        steps: Steps[AnswerPart | Answer] | None = None
        try:
            run = await listener.run(self._start, question, language, where, limit, history)
            if isinstance(run, Answer):
                steps = _whole(run)
            else:
                try:
                    found = await asyncio.gather(*map(self._retriever.aretrieve, run.queries))
                    steps = self._respond(run, found)
                except (BackendError, EmbeddingError) as error:
                    steps = _whole(self._retrieval_failed(run, error))
            while (step := await listener.run(next, steps, None)) is not None:
                yield step
        finally:
            listener.leave()
            if steps is not None:
                with suppress(ValueError):  # a thread is at it, and was told
                    steps.close()

    def _start(
        self, question: str, language: str | None, where: Where | None, limit: int | None, history: Sequence[Turn]
    ) -> Run | Answer:
        ends = monotonic() + PATIENCE
        given = self._languages.get(language).code if language else None
        verdict = judge_question(question)
        asked = clean(question[:MAX_IDENTIFIED])
        found = given or self._identified(asked, history)
        spoken = self._voice.language(found)
        if verdict is not InputVerdict.FINE:
            blank = verdict is InputVerdict.BLANK
            status = AnswerStatus.CLARIFICATION_NEEDED if blank else AnswerStatus.UNSAFE_INPUT
            return self._voice.refusal(status, spoken, {"language": found, "input": verdict.value})
        asked = clean(question)
        query = Query(asked, found, limit or DEFAULT_LIMIT, where or {})
        understood, noted = self._follow_ups.understand(asked, found, history, seconds=ends - monotonic())
        trace: dict[str, object] = {"language": found, "language_given": given is not None, **noted}
        if spoken != found:
            trace["answer_language"] = spoken
        return Run(asked, found, spoken, tuple(history), query, understood, ends, trace)

    def _identified(self, asked: str, history: Sequence[Turn]) -> str:
        """The language of a question; of few words that tell nothing, that of what was said before."""
        before = self._languages.find(history[-1].language) if history else None
        if before is None:
            return identify(asked, self._languages).language
        found = identify(asked, self._languages, default=before.code)
        own = self._languages.get(found.language)
        return before.code if found.confidence < UNSURE and own.script == before.script else own.code

    def _respond(self, run: Run, found: Sequence[Sequence[Hit]]) -> Steps[AnswerPart | Answer]:
        evidence = self._understand(run, found)
        run.trace["passages"] = [hit.passage.id for hit in run.hits]
        run.trace["evidence"] = evidence.reasons
        procedures = self._clarification.procedures(self._question(run.query, run.hits), run.hits)
        if procedures:
            asked = self._voice.choices(procedures, run.answer_language, run.trace, confidence=evidence.confidence)
            yield from _whole(asked)
            return
        if not evidence.answers:
            yield from _whole(self._refusal(evidence.refusal, run, evidence.confidence))
            return
        composition = self._composition(run)
        speech = Speech(run, composition, self._languages, self._translator)
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

    def _understand(self, run: Run, found: Sequence[Sequence[Hit]]) -> Evidence:
        """Takes the reading with the best evidence, and says how good that is."""
        considered = [self._considered(run, *pair) for pair in zip(run.readings, found, strict=True)]
        reading, run.hits, evidence = max(considered, key=_worth)
        run.question, run.query = reading.answered, replace(run.query, text=reading.searched)
        run.trace["searched"] = reading.searched
        return evidence

    def _considered(
        self, run: Run, reading: Reading, found: Sequence[Hit]
    ) -> tuple[Reading, tuple[Hit, ...], Evidence]:
        """A reading with its hits and what they are worth; versions in the citizen's language where they answer."""
        query = replace(run.query, text=reading.searched)
        hits = tuple(on_subject(reading, run.language, found, self._analyzer, self._translator))
        preferred = self._preferred(run, query, hits)
        for choice in (tuple(hit for hit in preferred if hit.document.id in reading.documents), preferred):
            if choice and choice != hits and (evidence := self._judge(query, choice)).answers:
                return reading, choice, evidence
        return reading, hits, self._judge(query, hits)

    def _preferred(self, run: Run, query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The hits with the versions in the citizen's language; without them, where looking for these failed."""
        try:
            return self._own_versions.preferred(query, hits, self._languages.chain(run.answer_language))
        except (BackendError, EmbeddingError) as error:
            run.trace["versions_failed"] = str(error)
            return hits

    def _judge(self, query: Query, hits: Sequence[Hit]) -> Evidence:
        question = self._question(query, hits)
        return judge(question, hits, analyzer=self._analyzer, languages=self._languages)

    def _question(self, query: Query, hits: Sequence[Hit]) -> Question:
        return understand(
            query.text,
            query.language,
            evidence_languages={hit.passage.language for hit in hits},
            analyzer=self._analyzer,
            languages=self._languages,
            translator=self._translator,
        )

    def _composition(self, run: Run) -> Composition:
        return Composition(
            hits=run.hits,
            splitter=partial(sentences, languages=self._languages),
            terms=lambda code: lambda text: frozenset(self._analyzer.passage_terms(text, code)),
            note=partial(self._voice.source_note, run.answer_language),
            languages=self._languages,
            versions=self._versions.others,
        )

    def _retrieval_failed(self, run: Run, error: Exception) -> Answer:
        run.trace["backend_error"] = str(error)
        return self._refusal(AnswerStatus.BACKEND_FAILED, run)


def _worth(considered: tuple[Reading, tuple[Hit, ...], Evidence]) -> float:
    """How good the evidence is; words of before are evidence of little, so that what stands alone comes first."""
    reading, _, evidence = considered
    return evidence.confidence + ALONE * (evidence.answers and not reading.leans)


def _whole(answer: Answer) -> Steps[AnswerPart | Answer]:
    yield AnswerPart(answer.text)
    yield answer


def _last(steps: Iterable[AnswerPart | Answer]) -> Answer:
    *_, answer = steps
    assert isinstance(answer, Answer)
    return answer
