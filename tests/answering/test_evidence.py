"""The gate lets answerable questions through and refuses the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from answering_kit import LICENCE_AR, MINOR, PASSPORT, WORLD, analyzer, hit, languages

from jazari_rag.answering.evidence import Evidence, judge
from jazari_rag.answering.question import understand
from jazari_rag.domain import AnswerStatus, Hit


def judged(text: str, hits: Sequence[Hit], language: str = "fr") -> Evidence:
    tongues = {hit.passage.language for hit in hits}
    question = understand(text, language, evidence_languages=tongues, analyzer=analyzer(), languages=languages())
    return judge(question, hits, analyzer=analyzer(), languages=languages())


def test_a_question_whose_words_stand_in_a_passage_is_answered() -> None:
    assert judged("Combien coûte le timbre du passeport ?", [PASSPORT]).answers
    assert judged("كم تبلغ رسوم تجديد رخصة السياقة؟", [LICENCE_AR], "ar").answers


@pytest.mark.parametrize(
    ("text", "language"),
    [("Et le la les ?", "fr"), ("😀😀", "fr"), ("12345", "fr"), ("", "fr"), ("هل هو في من؟", "ar")],
)
def test_a_question_without_content_words_is_refused(text: str, language: str) -> None:
    evidence = judged(text, WORLD, language)
    assert not evidence.answers
    assert evidence.confidence == 0


def test_no_hit_is_no_evidence() -> None:
    assert not judged("Combien coûte le passeport ?", []).answers


def test_a_question_in_another_script_that_shares_no_word_is_refused() -> None:
    assert not judged("Combien coûte une leçon de guitare ?", [LICENCE_AR]).answers


def test_a_question_on_something_else_is_refused_although_a_word_is_shared() -> None:
    assert not judged("Qui a inventé le passeport de Napoléon Bonaparte en Corse ?", [PASSPORT]).answers


def test_the_more_a_passage_covers_the_surer() -> None:
    partly = judged("Combien coûte le timbre fiscal adhésif du passeport diplomatique ?", [PASSPORT])
    wholly = judged("Combien coûte le timbre du passeport biométrique ?", [PASSPORT])
    assert 0 <= partly.confidence < wholly.confidence <= 1


def test_an_article_that_was_not_found_is_refused_and_one_that_was_is_not() -> None:
    law = [hit("Le vol est puni d'un an.", title="Code pénal", section=("Article 505",))]
    assert judged("Que dit l'article 505 du code pénal ?", law).answers
    assert not judged("Que dit l'article 999 du code pénal ?", law).answers


def test_a_price_in_the_passage_covers_the_word_that_asks_for_one() -> None:
    priced = hit("Le timbre est de 500 dirhams.", title="Le passeport")
    silent = hit("Le timbre est obligatoire.", title="Le passeport")
    question = "Combien coûte le passeport ?"
    assert judged(question, [priced]).confidence > judged(question, [silent]).confidence


def test_a_collection_of_one_document_has_the_same_gate() -> None:
    only = [PASSPORT]
    assert judged("Combien coûte le timbre du passeport ?", only).answers
    assert judged("Où déposer la demande de passeport ?", only).answers
    assert not judged("Combien coûte le permis de construire une piscine ?", only).answers
    assert not judged("Quelle est la capitale de l'Australie ?", only).answers


def test_a_name_that_is_missing_makes_us_less_sure() -> None:
    named = judged("Où déposer une demande de passeport à Tombouctou ?", [PASSPORT])
    unnamed = judged("Où déposer une demande de passeport à tombouctou ?", [PASSPORT])
    assert named.confidence < unnamed.confidence


def test_words_that_stand_together_tell_more_than_words_apart() -> None:
    question = "Quelle est la redevance portuaire annuelle ?"
    together = hit("La redevance portuaire annuelle est versée en janvier par les armateurs de la région.")
    apart = hit("La redevance versée en janvier par les armateurs est une taxe portuaire due chaque saison annuelle.")
    assert judged(question, [together]).confidence > judged(question, [apart]).confidence


def test_the_scale_of_the_scores_of_a_retriever_does_not_count() -> None:
    scaled = [hit(h.passage.text, title=h.document.title, score=1000.0) for h in (PASSPORT, MINOR)]
    plain = [hit(h.passage.text, title=h.document.title, score=-0.1) for h in (PASSPORT, MINOR)]
    question = "Combien coûte le timbre du passeport ?"
    assert judged(question, scaled) == judged(question, plain)


def test_what_the_documents_speak_of_without_an_answer_is_told_from_what_they_do_not_speak_of() -> None:
    near = judged("Le passeport biométrique résiste-t-il à la chaleur ?", [PASSPORT])
    far = judged("Quel timbre de voix avait le chanteur Caruso ?", [PASSPORT])
    assert near.refusal is AnswerStatus.NO_EVIDENCE
    assert not far.answers
    assert far.refusal is AnswerStatus.OUT_OF_SCOPE


def test_a_misspelt_word_is_known_again_in_part() -> None:
    right = judged("Où déposer la demande de passeport ?", [PASSPORT]).confidence
    misspelt = judged("Où déposer la demande de passseport ?", [PASSPORT]).confidence
    other = judged("Où déposer la demande de piscine ?", [PASSPORT]).confidence
    assert right >= misspelt > other


def test_evidence_in_another_language_is_less_sure() -> None:
    question = understand("رخصة السياقة", "ar", evidence_languages={"ar"}, analyzer=analyzer(), languages=languages())
    foreign = replace(LICENCE_AR, passage=replace(LICENCE_AR.passage, language="fr"))
    own, other = (
        judge(question, [found], analyzer=analyzer(), languages=languages()).confidence
        for found in (LICENCE_AR, foreign)
    )
    assert own > other
