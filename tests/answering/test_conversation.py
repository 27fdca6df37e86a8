"""Follow-ups are understood with what was asked before."""

from __future__ import annotations

import asyncio

import pytest
from answering_kit import WORLD, WordRetriever, analyzer, answerer, hit, languages
from hypothesis import given, settings
from hypothesis import strategies as st

from jazari_rag.answering import Conversation
from jazari_rag.answering.conversation import MAX_TURNS
from jazari_rag.answering.followup import Reading, readings
from jazari_rag.domain import Answer, AnswerStatus, Turn


def understood(question: str, *before: str, language: str = "fr", **turn: object) -> tuple[Reading, ...]:
    history = [Turn(asked, "…", **turn) for asked in before]  # type: ignore[arg-type]
    return readings(question, language, history, languages(), analyzer())


FOLLOW_UPS = [
    ("Et pour un mineur ?", "Quels documents pour le passeport ?", "fr", "passeport"),
    ("Et combien ça coûte ?", "Quels documents pour le passeport ?", "fr", "passeport"),
    ("En combien de temps ?", "Quels documents pour le passeport ?", "fr", "passeport"),
    ("وكم الثمن؟", "ما هي الوثائق المطلوبة لتجديد جواز السفر؟", "ar", "جواز"),
    ("وما مدة صلاحيته؟", "ما هو ثمن جواز السفر؟", "ar", "جواز"),
    ("And how much?", "Where do I renew my passport?", "en", "passport"),
    ("¿Y cuánto cuesta?", "¿Dónde se renueva el pasaporte?", "es", "pasaporte"),
    ("¿y para un menor?", "¿Dónde se renueva el pasaporte?", "es", "pasaporte"),
    ("وشحال كتقام؟", "فين نجدد لاكارط؟", "ary", "لاكارط"),
    ("و شحال الثمن؟", "شنو خاصني باش نجدد لاكارط؟", "ary", "لاكارط"),
    ("والثمن؟", "ما هي الوثائق المطلوبة لتجديد جواز السفر؟", "ar", "جواز"),
    ("وبالنسبة للقاصر؟", "ما هي وثائق جواز السفر؟", "ar", "جواز"),
    ("w ch7al taman?", "chno khassni bach njedded lakart?", "ary-Latn", "lakart"),
    ("وكم الثمن؟", "Quels documents pour le passeport ?", "ar", "passeport"),
    ("Et à l'étranger ?", "ما هي وثائق جواز السفر؟", "fr", "جواز"),
]


@pytest.mark.parametrize(("question", "before", "language", "kept"), FOLLOW_UPS)
def test_a_follow_up_is_searched_with_its_subject(question: str, before: str, language: str, kept: str) -> None:
    found = understood(question, before, language=language)
    assert any(reading.leans and kept in reading.searched for reading in found)


@pytest.mark.parametrize(
    "question",
    [
        "Comment renouveler un permis de conduire périmé en France ?",
        "Quelle est la peine pour abus de confiance aggravé par un notaire ?",
    ],
)
def test_a_question_that_stands_alone_is_searched_alone(question: str) -> None:
    assert understood(question, "Quels documents pour le passeport ?") == (Reading(question, question),)
    assert understood(question) == (Reading(question, question),)


def test_a_short_question_that_asks_for_something_may_stand_alone() -> None:
    question = "Quel est le prix du visa ?"
    assert Reading(question, question) in understood(question, "Quels documents pour le passeport ?")
    assert all(reading.leans for reading in understood("et pour le visa ?", "Quel est le prix du passeport ?"))


def test_what_was_asked_for_before_is_dropped_when_something_else_is_asked_for() -> None:
    before = "Quels documents pour le passeport ?"
    assert all("documents" not in one.searched for one in understood("Et combien ça coûte ?", before))
    assert all("documents" in one.searched for one in understood("Et pour un mineur ?", before))


def test_what_a_follow_up_names_is_a_case_of_the_old_subject_or_a_new_one() -> None:
    case, other = understood("et pour le visa ?", "Quel est le prix du passeport ?")
    assert "passeport" in case.searched
    assert "passeport" not in other.searched
    assert all({"prix", "visa"} <= set(one.searched.split()) and one.named == ("visa",) for one in (case, other))


def test_after_a_refusal_a_new_subject_is_likelier() -> None:
    refused = understood("et le visa ?", "Quel est le prix du passeport ?", status=AnswerStatus.NO_EVIDENCE)
    assert "passeport" not in refused[0].searched


def test_how_a_question_was_understood_is_what_the_next_one_leans_on() -> None:
    found = understood("Et quel est le délai ?", "Et combien ça coûte ?", searched="passeport combien ça coûte")
    assert all("passeport" in reading.searched for reading in found)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=4), st.sampled_from(["fr", "ar", "ary", "zgh", "en"]))
def test_readings_are_bounded_whatever_was_said(asked: list[str], language: str) -> None:
    *before, question = [*asked, "et ?"]
    found = understood(question, *before, language=language)
    assert 1 <= len(found) <= 2
    assert all(len(one.searched) <= len(question) + sum(map(len, before)) * 4 + 200 for one in found)


OFFERED = ("Passeport biométrique : première demande", "Permis de conduire : le renouveler", "Registre du commerce")


@pytest.mark.parametrize(
    ("choice", "number"),
    [("Le permis", 1), ("permis de conduire", 1), ("2", 1), ("la deuxième", 1), ("le passeport", 0), ("3.", 2)],
)
def test_a_choice_among_what_was_offered_is_understood(choice: str, number: int) -> None:
    before = "Comment renouveler mon document ?"
    (reading,) = understood(choice, before, offered=OFFERED, status=AnswerStatus.CLARIFICATION_NEEDED)
    assert reading.searched == f"{before} {OFFERED[number]}"


def test_a_choice_that_fits_several_or_none_is_no_choice() -> None:
    for choice in ("7", "de", "le visa"):
        found = understood(choice, "Comment renouveler ?", offered=OFFERED)
        assert all(title not in one.searched for one in found for title in OFFERED)


@pytest.mark.parametrize(
    ("choice", "language", "number"),
    [
        ("pour un mineur", "fr", 1),
        ("un mineur", "fr", 1),
        ("para un menor", "es", None),
        ("2 enfants", "fr", None),
        ("pour un étranger", "fr", None),
        ("numéro 2", "fr", 1),
        ("the second one", "en", 1),
        ("deux", "fr", 1),
    ],
)
def test_a_word_that_is_counted_is_no_number_of_a_choice(choice: str, language: str, number: int | None) -> None:
    offered = ("Passeport d'un adulte", "Passeport d'un mineur")
    found = understood(choice, "Combien coûte le passeport ?", offered=offered, language=language)
    chosen = {title for title in offered for one in found if title in one.searched}
    assert chosen == (set() if number is None else {offered[number]})


def test_a_conversation_answers_a_follow_up_and_remembers() -> None:
    conversation = Conversation(answerer())
    conversation.ask("Quels documents pour le passeport biométrique ?")
    answer = conversation.ask("Et combien coûte le timbre ?")
    assert "500 dirhams" in answer.text
    assert [turn.question for turn in conversation.history][-1] == "Et combien coûte le timbre ?"


def test_a_conversation_forgets_its_oldest_turns() -> None:
    conversation = Conversation(answerer(), language="fr")
    for number in range(MAX_TURNS + 3):
        conversation.ask(f"Quel timbre pour le passeport {number} ?")
    assert len(conversation.history) == MAX_TURNS


def test_a_conversation_goes_on_from_its_history_elsewhere() -> None:
    first = Conversation(answerer(), language="fr")
    first.ask("Combien coûte le timbre du passeport ?")
    second = Conversation(answerer(), language="fr", history=first.history)
    assert second.ask("Et pour un mineur ?") == first.ask("Et pour un mineur ?")
    assert second.history == first.history


def test_what_a_conversation_filters_by_holds_for_every_question() -> None:
    retriever = WordRetriever(WORLD)
    chat = Conversation(answerer(retriever=retriever), where={"tenant": "x"})
    chat.ask("Combien coûte le timbre du passeport ?")
    chat.ask("Et pour un mineur ?")
    assert len(retriever.queries) > 2
    assert all(query.where == {"tenant": "x"} for query in retriever.queries)


def test_streams_and_async_twins_remember_too() -> None:
    conversation = Conversation(answerer(retriever=WordRetriever(WORLD)))

    async def talk() -> None:
        assert isinstance(await conversation.aask("Combien coûte le timbre du passeport ?"), Answer)
        assert isinstance([step async for step in conversation.astream("Et pour un mineur ?")][-1], Answer)

    assert isinstance(list(conversation.stream("Quels documents pour le passeport ?"))[-1], Answer)
    asyncio.run(talk())
    assert len(conversation.history) == 3


def test_a_follow_up_on_another_thing_is_never_answered_with_the_price_of_the_first() -> None:
    texts = {
        "Carte nationale": "Le prix du timbre de la carte nationale est de 75 dirhams.",
        "Passeport": "Le prix du timbre du passeport est de 500 dirhams. Joignez une copie de la carte nationale.",
        "Permis": "Le permis de conduire se demande en ligne.",
    }
    hits = tuple(hit(text, title=title, id=title) for title, text in texts.items())
    chat = Conversation(answerer(hits=hits), language="fr")
    assert "75" in chat.ask("Quel est le prix de la carte nationale ?").text
    follow_up = chat.ask("et pour le passeport ?")
    assert "500" in follow_up.text
    assert "75" not in follow_up.text
    assert "75" not in chat.ask("et pour le visa ?").text


@pytest.mark.parametrize(
    ("before", "question", "language"),
    [
        ("شحال ثمن عقد الازدياد؟", "وشحال كيبقى صالح؟", "ary"),
        ("شحال ثمن عقد الازدياد؟", "والثمن؟", "ary"),
        ("¿Cuánto cuesta el timbre del pasaporte?", "¿Y la agricultura?", "es"),
        ("¿Cuánto cuesta el timbre del pasaporte?", "Rabat ?", "es"),
        ("Combien coûte le timbre du passeport ?", "والثمن؟", "ar"),
        ("Combien coûte le timbre du passeport ?", "And how much is it for a minor?", "en"),
        ("كم تبلغ رسوم تجديد رخصة السياقة؟", "et pour un mineur, combien ça coûte ?", "fr"),
    ],
)
def test_a_follow_up_of_few_words_is_in_the_language_of_the_conversation(
    before: str, question: str, language: str
) -> None:
    chat = Conversation(answerer())
    chat.ask(before)
    assert chat.ask(question).language == language
