"""The loop of `jazari chat`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Protocol

from jazari_rag.cli import render
from jazari_rag.cli.output import Output, clean
from jazari_rag.domain import Answer, AnswerPart, AnswerStatus
from jazari_rag.errors import ConfigurationError, JazariError

QUIT = frozenset({"/quit", "/exit", "/q"})
PROMPT = "> "


class Talks(Protocol):
    """A conversation."""

    def stream(self, question: str) -> Iterator[AnswerPart | Answer]: ...


def talk(conversation: Talks, output: Output) -> tuple[list[dict[str, object]], bool]:
    """Answers lines of standard input until `/quit` or its end.

    Returns:
        The exchanges, JSON-ready, and whether a question failed: the conversation goes on after that.
    """
    turns: list[dict[str, object]] = []
    failed = False
    for question in _questions(output):
        try:
            answer = _show(conversation.stream(question), output)
        except ConfigurationError:
            raise
        except JazariError as error:
            failed = True
            output.note(f"jazari: {error.message}")
            turns.append({"question": question, "error": error.message})
        else:
            failed = failed or (answer is not None and answer.status is AnswerStatus.BACKEND_FAILED)
            turns.append({"question": question, "answer": answer.to_dict() if answer else None})
    return turns, failed


def _questions(output: Output) -> Iterator[str]:
    """The lines that are questions, asked for with a prompt on a terminal."""
    interactive = sys.stdin.isatty()
    if interactive:
        output.note("Ask a question; /quit ends.")
        _edit_lines()
    while True:
        try:
            line = input(PROMPT if interactive else "")
        except EOFError:
            return
        question = clean(line).strip()
        if question in QUIT:
            return
        if question:
            yield question


def _edit_lines() -> None:
    """Arrow keys and history, where the platform has them."""
    try:
        import readline  # noqa: F401
    except ImportError:
        return


def _show(parts: Iterator[AnswerPart | Answer], output: Output) -> Answer | None:
    """Prints verified sentences as they come, and the citations of the whole answer after them."""
    answer, shown = None, ""
    for part in parts:
        if isinstance(part, Answer):
            answer = part
        elif not output.json:
            output.say(part.text, end="")
            shown += part.text
    if answer is not None and not output.json:
        _finish(answer, output, shown=shown)
    return answer


def _finish(answer: Answer, output: Output, *, shown: str) -> None:
    """What is still to be said when the parts `shown` have been; all of it where the answer came out otherwise."""
    if shown:
        output.say()
    output.say(render.afterwards(answer) if shown == answer.text else render.answer(answer))
    output.say()
