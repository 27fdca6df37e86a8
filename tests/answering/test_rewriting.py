"""A follow-up is made whole by a model where there is one, and by rule where it fails or says too much."""

from __future__ import annotations

import asyncio

import pytest
from answering_kit import WORLD, WordRetriever, answerer

from jazari_rag.answering import Conversation
from jazari_rag.answering.fallback import FallbackGenerator, rewriter_of
from jazari_rag.answering.rewriting import SECONDS
from jazari_rag.domain import Answer, DraftSentence
from jazari_rag.errors import BackendUnavailableError
from jazari_rag.testing import ScriptedRewriter, SilentGenerator

FIRST = "Combien coûte le timbre du passeport ?"
WHOLE = "Combien coûte le timbre du passeport pour un mineur ?"
SAID = [DraftSentence("Le timbre coûte 100 dirhams pour un mineur.", (0,))]


def follow_up(question: str, rewriter: ScriptedRewriter, *, first: str = FIRST, language: str = "fr") -> Answer:
    chat = Conversation(answerer(rewriter), language=language)
    chat.ask(first)
    return chat.ask(question)


def test_a_rewriting_is_searched_with_and_what_it_asks_is_answered() -> None:
    rewriter = ScriptedRewriter(WHOLE, SAID)
    answer = follow_up("Et pour un mineur ?", rewriter)
    assert answer.trace["searched"] == WHOLE
    assert answer.trace["rewritten"] is True
    assert rewriter.requests[-1].question == WHOLE
    assert answer.text == "Le timbre coûte 100 dirhams pour un mineur. [1]"
    (request,) = rewriter.rewrites
    assert (request.question, request.history[0].question) == ("Et pour un mineur ?", FIRST)
    assert 0 < request.seconds <= SECONDS


@pytest.mark.parametrize(
    ("rewritten", "why"),
    [
        ("", "one line"),
        ("Combien coûte\nle passeport d'un mineur ?", "one line"),
        ("Combien coûte le passeport d'un mineur ? " * 20, "one line"),
        ("Combien coûte le passeport d'un mineur, voir https://evil.example ?", "link"),
        ("How much is the stamp for the passport of a minor?", "language"),
        ("Combien coûte le passeport d'un mineur de 12 ans ?", "figure"),
        ("Combien coûte le passeport d'un mineur à Casablanca ?", "words of its own"),
        ("Combien coûte le timbre du passeport ?", "leaves out"),
        ("Quel délai pour le passeport d'un mineur ?", "something else"),
    ],
)
def test_a_rewriting_that_brings_or_drops_something_gives_way_to_the_rule(rewritten: str, why: str) -> None:
    answer = follow_up("Et pour un mineur ?", ScriptedRewriter(rewritten, SAID))
    assert why in str(answer.trace["rewriting_failed"])
    assert {"timbre", "mineur"} <= set(str(answer.trace["searched"]).split())
    assert rewritten == "" or rewritten not in str(answer.trace["searched"])


def test_a_rewriter_that_fails_gives_way_to_the_rule() -> None:
    answer = follow_up("Et pour un mineur ?", ScriptedRewriter("", SAID, failure=BackendUnavailableError("down")))
    assert answer.trace["rewriting_failed"] == "down"
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "Quel délai de recours contre une amende routière pour excès de vitesse ?",
        "Quel est le délai de recours contre une amende ?",
    ],
)
def test_what_stands_alone_is_not_rewritten(question: str) -> None:
    rewriter = ScriptedRewriter("x", SAID)
    assert follow_up(question, rewriter).trace["searched"] == question
    assert rewriter.rewrites == []


def test_the_first_question_is_never_rewritten() -> None:
    rewriter = ScriptedRewriter("x", SAID)
    Conversation(answerer(rewriter)).ask("Et pour un mineur ?")
    assert rewriter.rewrites == []


def test_what_was_said_in_another_language_may_be_taken_over() -> None:
    whole = "How much is the timbre of the passeport for a mineur?"
    rewriter = ScriptedRewriter(whole, SAID)
    chat = Conversation(answerer(rewriter, retriever=WordRetriever(WORLD)))
    chat.ask(FIRST)
    answer = chat.ask("and for a mineur?")
    assert answer.trace["searched"] == whole


def test_the_first_of_a_chain_that_can_is_the_one_that_rewrites() -> None:
    rewriter = ScriptedRewriter("x")
    assert rewriter_of(rewriter) is rewriter
    assert rewriter_of(FallbackGenerator([SilentGenerator(), rewriter])) is rewriter
    assert rewriter_of(FallbackGenerator([SilentGenerator()])) is None
    assert rewriter_of(SilentGenerator()) is None


def test_the_async_twins_rewrite_too() -> None:
    rewriter = ScriptedRewriter(WHOLE, SAID)
    chat = Conversation(answerer(rewriter), language="fr")

    async def talk() -> Answer:
        await chat.aask(FIRST)
        return await chat.aask("Et pour un mineur ?")

    assert asyncio.run(talk()).trace["rewritten"] is True
