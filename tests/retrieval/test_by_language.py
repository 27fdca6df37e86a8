"""Retrieval that keeps passages in the question's language apart from the others."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from small_store import LetterEmbedder, SmallStore, hit, passage

from jazari_rag.adapters.builtin_embedder import BuiltinEmbedder
from jazari_rag.assembly import dense_weights
from jazari_rag.config import RetrievalSettings
from jazari_rag.domain import Hit, Query
from jazari_rag.languages import load_languages
from jazari_rag.retrieval.by_language import LanguageRetriever, root, written_as
from jazari_rag.retrieval.dense import DenseRetriever
from jazari_rag.retrieval.embedded import questions_read
from jazari_rag.retrieval.weights import shipped_weights

LANGUAGES = load_languages()
LEARNT = ("ar", "en", "es", "fr")


@dataclass
class Asked:
    """Brings one hit, and remembers what it was asked."""

    queries: list[Query] = field(default_factory=list)

    def retrieve(self, query: Query) -> list[Hit]:
        self.queries.append(query)
        return [hit("text", 1.0)]

    async def aretrieve(self, query: Query) -> list[Hit]:
        return self.retrieve(query)


def searched(query: Query, *, within: bool) -> set[str]:
    """The languages whose passages are searched; both ways of asking search the same."""
    asked = Asked()
    retriever = LanguageRetriever(asked, LANGUAGES, within=within)
    found = retriever.retrieve(query)
    assert asyncio.run(retriever.aretrieve(query)) == found
    assert len(set(map(str, asked.queries))) <= 1
    assert bool(found) == bool(asked.queries)
    return set(asked.queries[0].where["language"]) if asked.queries else set()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "own"),
    [
        ("fr", {"fr"}),
        ("ary-Latn", {"ar", "ary", "ary-Latn"}),
        ("ar", {"ar", "ary", "ary-Latn"}),
        ("zgh", {"zgh", "zgh-Latn"}),
    ],
)
def test_the_two_groups_are_a_language_with_its_dialects_and_all_others(language: str, own: set[str]) -> None:
    assert searched(Query("x", language), within=True) == own
    assert searched(Query("x", language), within=False) == set(LANGUAGES.served) - own


def test_a_filter_on_languages_is_kept() -> None:
    query = Query("x", "fr", where={"language": ["ar", "fr"], "office": "rabat"})
    assert searched(query, within=True) == {"fr"}
    assert searched(query, within=False) == {"ar"}
    assert searched(Query("x", "fr", where={"language": "ar"}), within=True) == set()


def test_an_unknown_language_is_alone() -> None:
    assert searched(Query("x", "und"), within=True) == set()
    assert searched(Query("x", "und"), within=False) == set(LANGUAGES.served)


def test_a_question_that_cannot_be_read_finds_nothing() -> None:
    asked = Asked()
    retriever = LanguageRetriever(asked, LANGUAGES, within=True, reads=lambda query: query.language == "fr")
    assert retriever.retrieve(Query("x", "ary-Latn")) == []
    assert asked.queries == []
    assert retriever.retrieve(Query("x", "fr"))


def test_a_dialect_is_read_in_its_languages_script_alone() -> None:
    read = [code for code in LANGUAGES.served if written_as(code, LEARNT, LANGUAGES)]
    assert sorted(read) == ["ar", "ary", "en", "es", "fr"]
    assert not written_as("und", LEARNT, LANGUAGES)
    assert root("ary-Latn", LANGUAGES) == "ar"


def test_a_question_asked_of_both_groups_is_embedded_once() -> None:
    embedder = LetterEmbedder()
    texts: list[str] = []
    original = embedder.embed_queries
    embedder.embed_queries = lambda given: (texts.extend(given), original(given))[1]  # type: ignore[method-assign, func-returns-value]
    dense = DenseRetriever(SmallStore(passage("abba a")), embedder)
    for within in (True, False):
        LanguageRetriever(dense, LANGUAGES, within=within).retrieve(Query("abba", "fr"))
    assert texts == ["abba"]


def test_an_embedder_is_asked_what_it_can_read_and_no_article_by_its_number() -> None:
    builtin, other = (questions_read(embedder, LANGUAGES) for embedder in (BuiltinEmbedder(), LetterEmbedder()))
    assert builtin(Query("a", "ary"))
    assert not builtin(Query("a", "ary-Latn"))
    assert other(Query("a", "ary-Latn"))
    assert not builtin(Query("a b, article 12", "fr"))
    assert not other(Query("a b, article 12", "fr"))


def test_a_weight_of_the_settings_holds_within_a_language_and_across() -> None:
    shipped = shipped_weights().dense
    assert dense_weights(RetrievalSettings(), BuiltinEmbedder()) == shipped["builtin"]
    assert dense_weights(RetrievalSettings(), LetterEmbedder()) == shipped["other"]
    chosen = dense_weights(RetrievalSettings(dense_weight=0.7), BuiltinEmbedder())
    assert (chosen.within, chosen.across, chosen.stretch) == (0.7, 0.7, shipped["builtin"].stretch)


def test_the_shipped_weights_are_read() -> None:
    weights = shipped_weights()
    assert set(weights.dense) == {"builtin", "other"}
    assert 0 < weights.translation.untranslated < 1
