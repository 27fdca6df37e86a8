"""Follow-ups are understood with what was asked before."""

from __future__ import annotations

import asyncio

import pytest
from answering_kit import WORLD, WordRetriever, answerer, hit, languages

from jazari_rag.answering import Conversation
from jazari_rag.answering.conversation import MAX_TURNS
from jazari_rag.answering.followup import in_context
from jazari_rag.domain import Answer, Turn


def searched(question: str, before: str, language: str = "fr") -> str:
    return in_context(question, language, [Turn(before, "…")], languages())


@pytest.mark.parametrize(
    ("question", "before", "language", "kept"),
    [
        ("Et pour un mineur ?", "Quels documents pour le passeport ?", "fr", "passeport"),
        ("Et combien ça coûte ?", "Quels documents pour le passeport ?", "fr", "passeport"),
        ("وكم الثمن؟", "ما هي الوثائق المطلوبة لتجديد جواز السفر؟", "ar", "جواز"),
        ("And how much?", "Where do I renew my passport?", "en", "passport"),
        ("¿Y cuánto cuesta?", "¿Dónde se renueva el pasaporte?", "es", "pasaporte"),
        ("وشحال كتقام؟", "فين نجدد لاكارط؟", "ary", "لاكارط"),
        ("و شحال الثمن؟", "شنو خاصني باش نجدد لاكارط؟", "ary", "لاكارط"),
        ("والثمن؟", "ما هي الوثائق المطلوبة لتجديد جواز السفر؟", "ar", "جواز"),
        ("وبالنسبة للقاصر؟", "ما هي وثائق جواز السفر؟", "ar", "جواز"),
        ("w ch7al taman?", "chno khassni bach njedded lakart?", "ary-Latn", "lakart"),
        ("وكم الثمن؟", "Quels documents pour le passeport ?", "ar", "passeport"),
        ("Et à l'étranger ?", "ما هي وثائق جواز السفر؟", "fr", "جواز"),
    ],
)
def test_a_follow_up_is_searched_with_its_subject(question: str, before: str, language: str, kept: str) -> None:
    found = searched(question, before, language)
    assert kept in found
    assert found.endswith(question)


def test_a_question_that_stands_alone_is_searched_alone() -> None:
    alone = "Comment renouveler un permis de conduire périmé ?"
    assert searched(alone, "Quels documents pour le passeport ?") == alone


def test_what_was_asked_for_before_is_dropped_when_something_else_is_asked_for() -> None:
    assert "documents" not in searched("Et combien ça coûte ?", "Quels documents pour le passeport ?")
    assert "documents" in searched("Et pour un mineur ?", "Quels documents pour le passeport ?")


def test_a_chain_of_follow_ups_keeps_the_subject() -> None:
    history = [Turn("Quels documents pour le passeport ?", "…"), Turn("Et combien ça coûte ?", "…")]
    assert "passeport" in in_context("Et quel est le délai ?", "fr", history, languages())


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
