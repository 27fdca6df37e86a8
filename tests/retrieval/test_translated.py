from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jazari_rag import Assistant
from jazari_rag.config import Config
from jazari_rag.domain import Document, Hit, Passage, Query, Where
from jazari_rag.languages import load_languages
from jazari_rag.retrieval.lexical import term_index
from jazari_rag.retrieval.structured import Concept
from jazari_rag.retrieval.translated import QuestionTranslator, TranslatedRetriever
from jazari_rag.retrieval.weights import shipped_weights
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.normalise import fold
from jazari_rag.text.translations import shipped_lexicon

LANGUAGES = load_languages()
ANALYZER = SnowballAnalyzer(LANGUAGES)
TRANSLATOR = QuestionTranslator(ANALYZER, LANGUAGES, shipped_lexicon())

CORPUS = {
    "ar": {
        "passport": "يودع طلب جواز السفر لدى العمالة مع صورتين وطابع مالي.",
        "birth": "يسلم عقد الازدياد من مكتب الحالة المدنية بالجماعة.",
        "water": "يقدم طلب الربط بشبكة الماء الصالح للشرب إلى الوكالة.",
        "school": "يسجل التلاميذ في المدرسة قبل شهر شتنبر من كل سنة.",
        "forest": "يمنع إشعال النار في الغابة خلال فصل الصيف.",
    },
    "fr": {
        "fishing": "Le permis de pêche est délivré par la délégation maritime.",
        "hospital": "Le malade présente sa carte à l'entrée de l'hôpital.",
        "tax": "La taxe sur les terrains non bâtis est payée au percepteur.",
        "market": "Le marché hebdomadaire se tient le mardi.",
    },
}


@dataclass
class Fixed:
    """A retriever and a search that bring what they were made with, and remember what was asked."""

    hits: Sequence[Hit] = ()
    asked: list[tuple[Where, Where]] = field(default_factory=list)
    lacking: Sequence[str] = ()

    def retrieve(self, query: Query) -> list[Hit]:
        return list(self.hits)[: query.limit]

    async def aretrieve(self, query: Query) -> list[Hit]:
        return self.retrieve(query)

    def search(self, concepts: Sequence[Concept], limit: int, where: Where, *, among: Where) -> list[Hit]:
        self.asked.append((where, among))
        return list(self.hits)[:limit]

    async def asearch(self, concepts: Sequence[Concept], limit: int, where: Where, *, among: Where) -> list[Hit]:
        return self.search(concepts, limit, where, among=among)

    def holds(self, where: Where) -> bool:
        return not set(where["language"]) & set(self.lacking)


def hit(name: str, score: float, language: str = "ar") -> Hit:
    passage = Passage(name, name, name, 1, (), 0, len(name), language)
    return Hit(passage, score, Document(name, name, name, language, "1"))


def retriever(own: Fixed, store: Fixed, *, weight: float = 1.0) -> TranslatedRetriever:
    weights = replace(shipped_weights().translation, translated=weight)
    return TranslatedRetriever(own, store, TRANSLATOR, LANGUAGES, weights)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("translated")
    rows = [
        {"id": name, "lang": code, "title": "", "text": text}
        for code, texts in CORPUS.items()
        for name, text in texts.items()
    ]
    (folder / "corpus.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with Assistant.open(folder / "store") as opened:
        opened.ingest(folder / "corpus.jsonl")
        yield opened


@pytest.mark.parametrize(
    ("question", "language", "wanted"),
    [
        ("Comment obtenir un passeport ?", "fr", "passport"),
        ("Où demander un acte de naissance ?", "fr", "birth"),
        ("How do I get a passport?", "en", "passport"),
        ("When are pupils registered at school?", "en", "school"),
        ("¿Está prohibido hacer fuego en el bosque?", "es", "forest"),
        ("kifach ndir bach nakhod jwaz safar", "ary-Latn", "passport"),
        ("fin nsejjel wlidi f lmadrasa?", "ary-Latn", "school"),
        ("كيفاش ناخد جواز السفر", "ary", "passport"),
        ("أين أحصل على رخصة الصيد البحري؟", "ar", "fishing"),
        ("ما الذي يحمله المريض إلى المستشفى؟", "ar", "hospital"),
        ("Who issues a fishing licence?", "en", "fishing"),
        ("¿Quién cobra el impuesto sobre los terrenos?", "es", "tax"),
        ("mnin nakhod rokhsat ssayd lba7ri?", "ary-Latn", "fishing"),
    ],
)
def test_a_question_finds_the_passage_in_another_language(
    assistant: Assistant, question: str, language: str, wanted: str
) -> None:
    assert assistant.search(question, language=language)[0].document.id == wanted


def test_a_filter_on_the_language_is_kept(assistant: Assistant) -> None:
    hits = assistant.search("Comment obtenir un passeport ou un permis de pêche ?", where={"language": "fr"})
    assert {found.passage.language for found in hits} == {"fr"}


def test_translation_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"id": "a", "lang": "ar", "text": CORPUS["ar"]["passport"]}))
    config = Config(retrieval={"translated_weight": 0.0})  # type: ignore[arg-type]
    with Assistant.open(tmp_path / "store", config=config, embedder="none") as plain:
        plain.ingest(tmp_path / "corpus.jsonl")
        assert plain.search("où le guichetier vous attend-il", language="fr") == []
        assert plain.search("جواز السفر", language="ar")


def test_searching_later_or_at_once_finds_the_same(assistant: Assistant) -> None:
    for question in ("Comment obtenir un passeport ?", "fin nsejjel wlidi f lmadrasa?"):
        assert asyncio.run(assistant.asearch(question)) == assistant.search(question)


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        ({}, [("ar", "ary"), ("en",), ("es",)]),
        ({"language": "en"}, [("en",)]),
        ({"language": ["es", "fr", "en"]}, [("en",), ("es",)]),
        ({"language": "fr"}, []),
    ],
)
def test_only_other_languages_that_the_filter_allows_are_searched(where: Where, asked: list[tuple[str, ...]]) -> None:
    store = Fixed()
    retriever(Fixed(), store).retrieve(Query("eau", "fr", where={**where, "topic": "x"}))
    assert [where["language"] for where, _ in store.asked] == asked
    assert all(where["topic"] == "x" for where, _ in store.asked)


def test_words_are_as_rare_as_in_all_passages_of_their_language_whatever_is_filtered() -> None:
    store = Fixed()
    retriever(Fixed(), store).retrieve(Query("eau", "fr", where={"language": "ar", "topic": "x"}))
    assert [among for _, among in store.asked] == [{"language": ("ar", "ary")}]


def test_a_language_of_no_passage_is_not_searched() -> None:
    store = Fixed(lacking=("en", "es"))
    retriever(Fixed(), store).retrieve(Query("carte nationale", "fr", 10, {}))
    assert [among for _, among in store.asked] == [{"language": ("ar", "ary")}]


def test_a_passage_has_the_better_of_its_scores() -> None:
    own, store = Fixed([hit("both", 3.0), hit("own", 2.0, "fr")]), Fixed([hit("both", 4.0), hit("other", 2.5)])
    found = retriever(own, store).retrieve(Query("eau", "fr"))
    assert [(item.passage.id, item.score) for item in found] == [("both", 4.0), ("other", 2.5), ("own", 2.0)]


def test_the_question_s_own_language_comes_first_as_far_as_the_weight_says() -> None:
    own, store = Fixed([hit("own", 2.0, "fr"), hit("shared", 5.0)]), Fixed([hit("other", 3.6)])
    found = retriever(own, store, weight=0.5).retrieve(Query("eau", "fr", 2))
    assert [(item.passage.id, item.score) for item in found] == [("own", 2.0), ("other", 1.8)]


def test_dialects_and_other_letters_of_one_language_are_no_foreign_ones() -> None:
    store = Fixed([hit("standard", 2.0, "ar"), hit("dialect", 1.0, "ary")])
    for language in ("ary-Latn", "ary", "ar"):
        found = retriever(store, store, weight=0.5).retrieve(Query("lwata2i9", language))
        assert [item.score for item in found] == [2.0, 1.0]


def test_an_unknown_language_is_searched_as_it_stands() -> None:
    store = Fixed()
    assert retriever(Fixed([hit("a", 1.0)]), store).retrieve(Query("maji", "sw")) == [hit("a", 1.0)]
    assert store.asked == []


def test_a_name_and_a_number_translate_themselves() -> None:
    terms = TRANSLATOR.terms("Ouarzazate 2024", "fr", "en")
    assert terms["2024"] == 1.0
    assert terms[ANALYZER.stem("ouarzazate", "en")] == 1.0


def test_a_word_without_a_translation_is_read_as_a_romanised_one() -> None:
    without_glossary = QuestionTranslator(SnowballAnalyzer(LANGUAGES, ()), LANGUAGES, shipped_lexicon())
    terms = without_glossary.terms("moqaddem", "fr", "ar")
    assert 0 < terms[ANALYZER.stem("مقدم", "ar")] < 1
    assert set(without_glossary.terms("moqaddem", "fr", "en")) == {ANALYZER.stem("moqaddem", "en")}


def test_a_thing_of_the_glossary_is_one_term_beside_those_of_its_words() -> None:
    concepts = TRANSLATOR.concepts("l7ala lmadania", "ary-Latn", "fr")
    assert (
        Concept(
            shipped_weights().translation.named, {ANALYZER.stem("etat", "fr"): 1.0, ANALYZER.stem("civil", "fr"): 1.0}
        )
        in concepts
    )


def test_a_passage_without_a_shared_term_is_not_looked_for() -> None:
    indices = {term_index(term) for term in TRANSLATOR.terms("eau", "fr", "ar")}
    assert term_index(ANALYZER.stem("ماء", "ar")) in indices
    assert term_index(ANALYZER.stem("غابة", "ar")) not in indices


@pytest.mark.parametrize(("written", "language"), [("ⴰⵖⵔⴱⴰⵣ", "zgh"), ("aɣerbaz", "zgh-Latn"), ("Aghrbaz", "zgh-Latn")])
def test_tamazight_is_put_into_every_language_from_both_of_its_scripts(written: str, language: str) -> None:
    assert TRANSLATOR.own(language) == "zgh"
    assert TRANSLATOR.targets(language) == ["ar", "en", "es", "fr"]
    for target, meant in (("fr", "école"), ("en", "school"), ("es", "escuela"), ("ar", "المدرسة")):
        assert TRANSLATOR.terms(written, language, target)[ANALYZER.stem(fold(meant), target)] > 0.5


@settings(deadline=None)  # the first question reads the lexicon
@given(st.text(), st.sampled_from(["ar", "ary", "ary-Latn", "fr", "en", "es", "zgh", "zgh-Latn", "und", ""]))
def test_any_question_is_translated_without_an_error(text: str, language: str) -> None:
    for target in TRANSLATOR.targets(language):
        weights = TRANSLATOR.terms(text, language, target)
        assert all(0 < weight <= 1 for weight in weights.values())


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Où demander le passeport, et avec quelles photos ?", "fr"),
        ("Which photos does a passport application need?", "en"),
    ],
)
def test_an_answer_is_given_from_a_passage_in_another_language(
    assistant: Assistant, question: str, language: str
) -> None:
    answer = assistant.ask(question, language=language)
    assert [citation.document_id for citation in answer.citations] == ["passport"]


def test_a_translation_that_is_only_possible_is_no_variant_of_a_word() -> None:
    terms = TRANSLATOR.terms("malade", "fr", "ar")
    variants = TRANSLATOR.variants("malade", "fr", ["ar", "fr", "zgh"])
    assert ANALYZER.stem("مريض", "ar") in variants
    assert variants < set(terms) | {"malade"}
    assert TRANSLATOR.variants("malade", "fr", ["fr"]) == frozenset()
