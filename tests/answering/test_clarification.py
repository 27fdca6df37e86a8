"""A question that fits several procedures is asked back; one that a document answers never is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from answering_kit import WORLD, answerer, hit

from jazari_rag.answering.conversation import Conversation
from jazari_rag.domain import Answer, AnswerStatus, Hit

ADULT = hit(
    "Pièces à fournir : une photographie et le formulaire. Le timbre coûte 500 dirhams. Délai : 10 jours.",
    id="majeur",
    title="Le passeport d'un majeur",
)
CHILD = hit(
    "Pièces à fournir : deux photographies et l'autorisation du tuteur. Le timbre coûte 100 dirhams. Délai : 10 jours.",
    id="enfant",
    title="Le passeport d'un mineur",
)
CARD = hit("La carte nationale coûte 75 dirhams.", id="carte", title="La carte nationale")
SEVERAL = (ADULT, CHILD, CARD)


def asked(question: str, hits: Sequence[Hit] = SEVERAL, language: str | None = None) -> Answer:
    return answerer(hits=hits).answer(question, language=language)


@pytest.mark.parametrize(
    "question",
    ["Combien coûte le passeport ?", "passeport", "Quelles pièces pour un passeport ?", "¿Cuánto cuesta el passeport?"],
)
def test_a_question_that_fits_several_procedures_lists_them(question: str) -> None:
    answer = asked(question)
    assert answer.status is AnswerStatus.CLARIFICATION_NEEDED
    assert [choice.document_id for choice in answer.choices] == ["majeur", "enfant"]
    assert all(f"- {choice.title}" in answer.text.splitlines() for choice in answer.choices)
    assert not answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "Combien coûte le passeport d'un mineur ?",
        "Combien coûte la carte nationale ?",
        "Le passeport d'un majeur est-il valable à l'étranger ?",
        "Qui délivre le passeport ?",
    ],
)
def test_a_question_that_one_procedure_answers_is_not_asked_back(question: str) -> None:
    assert asked(question).status is not AnswerStatus.CLARIFICATION_NEEDED


def test_procedures_that_answer_alike_need_no_choice() -> None:
    assert asked("Quel est le délai du passeport ?").status is AnswerStatus.ANSWERED


def test_the_general_procedure_is_the_one_that_is_meant() -> None:
    general = hit("Le timbre du passeport coûte 500 dirhams.", id="general", title="Le passeport")
    assert asked("Combien coûte le passeport ?", (general, CHILD)).status is AnswerStatus.ANSWERED


def test_a_question_that_fits_too_many_procedures_is_not_helped_by_a_list() -> None:
    many = [
        hit(f"Le timbre coûte {10 * n} dirhams.", id=f"p{n}", title=f"Le passeport de la catégorie {word}")
        for n, word in enumerate(("rouge", "verte", "bleue", "noire", "blanche", "grise", "dorée", "rose"), start=1)
    ]
    assert not asked("Combien coûte le passeport ?", many).choices


def test_a_title_that_carries_a_link_is_not_offered() -> None:
    forged = hit("Le timbre coûte 1 dirham.", id="forge", title="Le passeport sur https://example.test")
    assert "example" not in asked("Combien coûte le passeport ?", (ADULT, CHILD, forged)).text


def test_an_entry_whose_title_is_a_question_is_no_procedure() -> None:
    entry = hit("Dès 100 dirhams.", id="faq", title="Quel est le prix d'un passeport perdu à l'étranger ?")
    assert not asked("Combien coûte le passeport ?", (ADULT, entry)).choices


def test_an_answer_with_choices_is_ready_for_json() -> None:
    choices = asked("passeport").to_dict()["choices"]
    assert choices == [
        {"document_id": "majeur", "title": "Le passeport d'un majeur", "language": "fr"},
        {"document_id": "enfant", "title": "Le passeport d'un mineur", "language": "fr"},
    ]


@pytest.mark.parametrize(("said", "price"), [("2", "100"), ("d'un majeur", "500")])
def test_the_choice_answers_in_a_conversation(said: str, price: str) -> None:
    conversation = Conversation(answerer(hits=SEVERAL), language="fr")
    assert conversation.ask("Combien coûte le passeport ?").choices
    answer = conversation.ask(said)
    assert answer.status is AnswerStatus.ANSWERED
    assert price in answer.text


def test_the_sample_world_asks_nothing_back() -> None:
    for question in ("Combien coûte le timbre du passeport ?", "Quels documents pour le passeport biométrique ?"):
        assert asked(question, WORLD).status is AnswerStatus.ANSWERED
