"""Hits ordered by their nearest stretch."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from small_store import LetterEmbedder, hit

from jazari_rag.adapters.builtin_embedder import STRETCH, BuiltinEmbedder
from jazari_rag.domain import Hit, Passage, Query
from jazari_rag.languages import load_languages
from jazari_rag.retrieval.embedded import embedded_retriever, questions_read
from jazari_rag.retrieval.stretches import StretchReranker
from jazari_rag.retrieval.weights import DenseWeights

LANGUAGES = load_languages()
EMBEDDER = BuiltinEmbedder()
FILLER = "Le conseil communal se réunit en session ordinaire sous la présidence de son président. " * 8
ANSWER = "Le passeport est retiré à la préfecture dans un délai de quinze jours. "
QUESTION = "où retirer son passeport"


class Lengths(LetterEmbedder):
    """Says that the longest text is the nearest."""

    def nearest_stretches(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        return [len(text) / 100 for text in texts]


def test_a_passage_is_as_near_as_its_nearest_stretch() -> None:
    long = FILLER + ANSWER + FILLER
    within, without = EMBEDDER.nearest_stretches(QUESTION, [long, FILLER])
    [whole], [question] = EMBEDDER.embed_passages([long]), EMBEDDER.embed_queries([QUESTION])
    assert within > float(np.dot(whole, question))
    assert within > without


def test_a_short_text_is_one_stretch_and_a_text_without_words_is_near_nothing() -> None:
    short = " ".join(["passeport"] * (STRETCH // 8))
    [vector], [question] = EMBEDDER.embed_passages([short]), EMBEDDER.embed_queries([QUESTION])
    assert EMBEDDER.nearest_stretches(QUESTION, [short, "", "☂"]) == pytest.approx(
        [float(np.dot(vector, question)), 0.0, 0.0], abs=1e-5
    )


def test_scores_are_moved_by_the_weight_and_ties_are_left() -> None:
    hits = [hit("long" * 9, 1.0, document="a"), hit("short", 1.5, document="b")]
    reordered = StretchReranker(Lengths(), LANGUAGES, 3.0).rerank("x", hits)
    assert [(found.document.id, found.score) for found in reordered] == [("a", 1.0), ("b", 0.0)]
    alike = [hit("same", 2.0, document="a"), hit("same", 1.0, document="b")]
    assert StretchReranker(Lengths(), LANGUAGES, 0.5).rerank("x", alike) == alike


def test_a_stretch_in_another_language_is_compared_with_others_in_its_own() -> None:
    def spoken(text: str, score: float, language: str) -> Hit:
        made = hit(text, score, document=text)
        return replace(made, passage=replace(made.passage, language=language))

    hits = [spoken("long" * 9, 2.0, "fr"), spoken("arab", 1.9, "ar"), spoken("dar", 1.8, "ary"), spoken("s", 1.7, "fr")]
    reordered = StretchReranker(Lengths(), LANGUAGES, 1.0).rerank("x", hits)
    assert [found.document.id for found in reordered] == ["long" * 9, "arab", "dar", "s"]
    assert [found.score for found in reordered[:2]] == [2.0, 1.9]


@dataclass
class Fixed:
    hits: Sequence[Hit]

    def judges(self, query: Query, passage: Passage) -> bool:
        return True

    def retrieve(self, query: Query) -> list[Hit]:
        return list(self.hits)[: query.limit]

    async def aretrieve(self, query: Query) -> list[Hit]:
        return self.retrieve(query)


def test_stretches_are_compared_for_an_embedder_that_knows_them_and_a_question_that_it_reads() -> None:
    words = Fixed([hit("short", 2.0, document="short"), hit("long" * 9, 1.0, document="long")])
    weights = DenseWeights(within=0.0, across=0.0, stretch=9.0)

    def found(embedder: LetterEmbedder, text: str) -> list[str]:
        reads = questions_read(embedder, LANGUAGES)
        whole = embedded_retriever(
            words, [words] * 2, embedder, LANGUAGES, weights, lexical_weight=1.0, candidates=9, reads=reads
        )
        query = Query(text, "en")
        hits = whole.retrieve(query)
        assert asyncio.run(whole.aretrieve(query)) == hits
        return [item.document.id for item in hits]

    assert found(LetterEmbedder(), "x") == ["short", "long"]
    assert found(Lengths(), "x") == ["long", "short"]
    assert found(Lengths(), "x, article 3") == ["short", "long"]
