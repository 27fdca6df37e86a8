"""A conversation: questions that may lean on the ones before."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import aclosing, closing

from jazari_rag.answering.answerer import Answerer
from jazari_rag.domain import Answer, AnswerPart, AnswerStatus, Turn, Where

MAX_TURNS = 6
"""Exchanges that are remembered."""


class Conversation:
    """Asks an answerer, and remembers what was said. For one citizen: not shared between threads.

    Args:
        language: Of every question, or None to find it out each time.
        where: Only passages with this metadata.
        history: What was said before, the oldest first.
    """

    def __init__(
        self,
        answerer: Answerer,
        language: str | None = None,
        *,
        where: Where | None = None,
        history: Sequence[Turn] = (),
    ) -> None:
        self._answerer = answerer
        self._language = language
        self._where = where
        self._turns: deque[Turn] = deque(history, maxlen=MAX_TURNS)

    @property
    def history(self) -> tuple[Turn, ...]:
        """What was said, the oldest first."""
        return tuple(self._turns)

    def ask(self, question: str) -> Answer:
        """The answer, with what was asked before in mind."""
        answer = self._answerer.answer(question, language=self._language, where=self._where, history=self.history)
        return self._remembered(question, answer)

    def stream(self, question: str) -> Generator[AnswerPart | Answer]:
        """As `ask`: verified parts as they come, last the `Answer`."""
        steps = self._answerer.stream(question, language=self._language, where=self._where, history=self.history)
        with closing(steps):
            for step in steps:
                yield self._remembered(question, step) if isinstance(step, Answer) else step

    async def aask(self, question: str) -> Answer:
        """As `ask`."""
        answer = await self._answerer.aanswer(
            question, language=self._language, where=self._where, history=self.history
        )
        return self._remembered(question, answer)

    async def astream(self, question: str) -> AsyncGenerator[AnswerPart | Answer]:
        """As `stream`."""
        steps = self._answerer.astream(question, language=self._language, where=self._where, history=self.history)
        async with aclosing(steps):
            async for step in steps:
                yield self._remembered(question, step) if isinstance(step, Answer) else step

    def _remembered(self, question: str, answer: Answer) -> Answer:
        if answer.status is not AnswerStatus.UNSAFE_INPUT:
            self._turns.append(_turn(question, answer))
        return answer


def _turn(question: str, answer: Answer) -> Turn:
    trace = answer.trace
    return Turn(
        question,
        answer.text,
        searched=str(trace.get("searched", "")),
        language=str(trace.get("language", "")),
        status=answer.status,
        offered=tuple(choice.title for choice in answer.choices),
        documents=tuple(dict.fromkeys(citation.document_id for citation in answer.citations)),
    )
