"""Follow-ups: "et pour un mineur ?" is searched together with what was asked before."""

from __future__ import annotations

from collections.abc import Sequence

from jazari_rag.answering.lexicon import FOLLOW_UP, plain
from jazari_rag.answering.question import content_words, kinds_of, subject_words
from jazari_rag.domain import Turn
from jazari_rag.languages import Languages

MAX_OWN_WORDS = 3
"""A question that names more subjects than this stands alone, whatever it starts with."""


def in_context(question: str, language: str, history: Sequence[Turn], languages: Languages) -> str:
    """The question as it is searched: itself, or with the subject of the question before when it is a follow-up.

    What the earlier question asked for (its price, its documents) is taken over only when this one asks for nothing.
    """
    if not history or not _is_follow_up(question, language, languages):
        return question
    before = in_context(history[-1].question, language, history[:-1], languages)
    if kinds_of(question, language, languages):
        before = " ".join(subject_words(before, language, languages))
    else:
        before = " ".join(content_words(before, language, languages))
    return f"{before} {question}".strip()


def _is_follow_up(question: str, language: str, languages: Languages) -> bool:
    subjects = len(subject_words(question, language, languages))
    return subjects == 0 or (subjects <= MAX_OWN_WORDS and FOLLOW_UP.match(plain(question)) is not None)
