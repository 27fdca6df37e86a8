"""Follow-ups: "et pour un mineur ?" is searched together with what was asked before."""

from __future__ import annotations

from collections.abc import Sequence

from jazari_rag.answering.lexicon import follow_up, plain
from jazari_rag.answering.question import content_words, kinds_of, subject_words
from jazari_rag.domain import Hit, Turn
from jazari_rag.languages import Languages
from jazari_rag.ports import Analyzer
from jazari_rag.text.passages import index_text

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


def as_asked(question: str, language: str, history: Sequence[Turn], languages: Languages) -> str:
    """The question as it is answered: as it is searched, but without the old subject where it names a new one."""
    searched = in_context(question, language, history, languages)
    if searched == question or not subject_words(question, language, languages):
        return searched
    before = searched.removesuffix(question)
    old_subject = frozenset(subject_words(before, language, languages))
    asking = [word for word in content_words(before, language, languages) if word not in old_subject]
    return " ".join([*asking, question])


def _is_follow_up(question: str, language: str, languages: Languages) -> bool:
    subjects = len(subject_words(question, language, languages))
    return subjects == 0 or (subjects <= MAX_OWN_WORDS and follow_up(languages).match(plain(question)) is not None)


def on_subject(
    question: str, language: str, hits: Sequence[Hit], analyzer: Analyzer, languages: Languages
) -> tuple[Hit, ...]:
    """The hits that speak of what a follow-up itself names: the price of a card is no answer on the passport.

    A follow-up that names nothing keeps them all; so do hits in another language, whose words do not compare.
    """
    named = analyzer.passage_terms(" ".join(subject_words(question, language, languages)), language).keys()
    if not named:
        return tuple(hits)
    return tuple(hit for hit in hits if _is_elsewhere(hit, language, languages) or named & _terms(hit, analyzer))


def _is_elsewhere(hit: Hit, language: str, languages: Languages) -> bool:
    return hit.passage.language not in languages.chain(language)


def _terms(hit: Hit, analyzer: Analyzer) -> frozenset[str]:
    passage = hit.passage
    return frozenset(analyzer.passage_terms(index_text(hit.document.title, passage), passage.language))
