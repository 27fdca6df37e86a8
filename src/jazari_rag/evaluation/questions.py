"""Reads a file of gold questions: `{"id", "question", "lang", "relevant": [document ids]}` a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jazari_rag.errors import UsageError


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the documents that answer it; an empty `relevant` means that it must be refused."""

    id: str
    text: str
    language: str
    """As the file writes it: it groups the results, and is never told to the assistant."""
    relevant: frozenset[str]


def read_questions(path: Path) -> list[Question]:
    """The questions in the file's order; blank lines are skipped.

    Raises:
        UsageError: The file cannot be read, or a line is not a question; the message has the line's number.
    """
    questions = []
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line), number))
            except (ValueError, RecursionError) as error:
                raise UsageError(f"{path}, line {number}: {error}") from None
    return questions


def _lines(path: Path) -> list[str]:
    """Cut at line feeds alone: JSON may hold U+2028 and the like unescaped."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: {error}") from None


def _question(row: object, number: int) -> Question:
    if not isinstance(row, Mapping):
        raise ValueError("not a JSON object")
    text, language, relevant = row.get("question"), row.get("lang", "und"), row.get("relevant")
    if not isinstance(text, str) or not text.strip():
        raise ValueError('"question" must be a text that is not empty')
    if not isinstance(language, str):
        raise ValueError('"lang" must be a text')
    if not isinstance(relevant, list) or not all(isinstance(item, (str, int)) for item in relevant):
        raise ValueError('"relevant" must be a list of document ids')
    return Question(str(row.get("id", number)), text, language, frozenset(str(item) for item in relevant))
