"""The glossary: what a question names, and what else that is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from jazari_rag.errors import LanguageDataError
from jazari_rag.languages import Concept, load_concepts, load_languages
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.glossary import Glossary
from jazari_rag.text.normalise import tokens

LANGUAGES = load_languages()
ANALYZER = SnowballAnalyzer(LANGUAGES)
NEEDED = {"ar", "fr", "ary", "ary-Latn", "es", "en"}

CONCEPTS = (
    Concept("card", {"fr": ("carte d'identité", "CNIE"), "ar": ("بطاقة التعريف",), "ary-Latn": ("lakart",)}),
    Concept("identity", {"fr": ("identité",), "ar": ("هوية",)}),
    Concept("loss", {"fr": ("perte",), "ar": ("ضياع",), "ary-Latn": ("tlfat",)}),
)
GLOSSARY = Glossary(
    CONCEPTS, LANGUAGES, form=lambda word, code: ANALYZER.stem(word, code), is_stop_word=lambda word, _: word == "de"
)


def named(question: str, language: str) -> list[str]:
    return [c.key for mention in GLOSSARY.mentions(tokens(question), language) for c in mention.concepts]


def test_a_thing_is_known_by_any_of_its_names_the_longest_first() -> None:
    assert named("la carte de l'identité", "fr") == ["card"]
    assert named("mes cartes d'identités", "fr") == ["card"]
    assert named("perte de la CNIE", "fr") == ["loss", "card"]
    assert named("mon identité", "fr") == ["identity"]
    assert named("un vélo", "fr") == named("", "fr") == named("perte", "qq") == []


@pytest.mark.parametrize("spelt", ["lakart", "lakarte", "lkart", "tlfat lacart", "telfat lakkart"])
def test_a_word_without_a_standard_spelling_is_known_by_its_consonants(spelt: str) -> None:
    assert "card" in named(spelt, "ary-Latn")


def test_romanised_questions_may_hold_words_of_a_language_that_they_borrow_from() -> None:
    assert named("fin ndeclari la perte", "ary-Latn") == ["loss"]


def test_names_are_told_in_every_language_asked_for() -> None:
    assert [set(names) for names in GLOSSARY.names(["cnie"], "fr", "ar")] == [{"بطاقه", "التعريف"}]
    assert [set(names) for names in GLOSSARY.names(["lakart"], "ary-Latn", "fr")] == [{"carte", "identite", "cnie"}]
    assert [len(names) for names in GLOSSARY.names(["perte", "cnie"], "fr", "ar")] == [1, 2]
    assert GLOSSARY.names(["cnie"], "fr", "zgh") == []


def test_added_words_weigh_less_than_those_of_the_question_and_are_not_among_them() -> None:
    words = tokens("perte de la CNIE")
    added = GLOSSARY.other_names(words, "fr")
    assert added["fr"].keys() == {"carte", "identite"}
    assert added["ar"].keys() == {"بطاقه", "التعريف", "ضياع"}
    assert all(0 < weight <= 0.5 for names in added.values() for weight in names.values())


def test_the_shipped_glossary_names_every_concept_in_every_language() -> None:
    concepts = load_concepts()
    assert len(concepts) >= 700
    assert {concept.key: NEEDED - concept.names.keys() for concept in concepts if NEEDED - concept.names.keys()} == {}
    assert sum("zgh" in concept.names for concept in concepts) >= 100
    assert all("zgh" in concept.unreviewed for concept in concepts if "zgh" in concept.names)
    served = set(LANGUAGES.served)
    assert all(concept.names.keys() <= served for concept in concepts)


def test_no_name_stands_twice_in_a_concept() -> None:
    for concept in load_concepts():
        for code, names in concept.names.items():
            assert len(set(names)) == len(names), (concept.key, code)


@pytest.mark.parametrize(
    ("question", "language", "passage", "other"),
    [
        ("ch7al taman dyal lakart nasional", "ary-Latn", "رسوم البطاقة الوطنية للتعريف", "ar"),
        ("bghit njedded lbasspor", "ary-Latn", "renouvellement du passeport", "fr"),
        ("فين نصايب لاكارط كريز", "ary", "carte grise", "fr"),
        ("l7ala lmadania", "ary-Latn", "ضابط الحالة المدنية", "ar"),
        ("CIN perdue", "fr", "carte nationale d'identité", "fr"),
        ("How do I clear my car through customs?", "en", "dédouanement de véhicule", "fr"),
        ("antecedentes penales", "es", "السجل العدلي", "ar"),
    ],
)
def test_a_question_meets_the_official_name_of_what_it_means(
    question: str, language: str, passage: str, other: str
) -> None:
    wanted = ANALYZER.query_terms(question, language)
    assert sum(term in wanted for term in ANALYZER.passage_terms(passage, other)) >= 2


def test_a_ministry_adds_and_overrides_concepts_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "glossary").mkdir()
    file = tmp_path / "glossary" / "ours.toml"
    file.write_text('[new_card]\nfr = ["carte verte"]\n[passport]\nes = ["libreta de viaje"]\n', encoding="utf-8")
    concepts = {concept.key: concept for concept in load_concepts([tmp_path])}
    assert concepts["new_card"].names == {"fr": ("carte verte",)}
    assert concepts["passport"].names["es"] == ("libreta de viaje",)
    assert "passeport" in concepts["passport"].names["fr"]
    assert load_languages([tmp_path]).served == LANGUAGES.served
    analyzer = SnowballAnalyzer(LANGUAGES, tuple(concepts.values()))
    assert "passeport" in analyzer.query_terms("libreta de viaje", "es")
    assert "passeport" in analyzer.query_names("libreta de viaje", "es", "fr")[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[a]\nfr = 'x'\n", "'a.fr' must be a list"),
        ("[a]\nfr = ['']\n", "'a.fr' must be a list of texts that are not empty"),
        ("a = 1\n", "'a' must be a table"),
        ("source = 3\n", "'source' must be a text"),
        ("unreviewed = 'zgh'\n", "'unreviewed' must be a list"),
        ("[a\n", "not valid TOML"),
    ],
)
def test_a_malformed_glossary_is_an_error_that_names_the_entry(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LanguageDataError, match=says):
        load_concepts([tmp_path])


def test_tamazight_is_one_language_in_both_of_its_scripts() -> None:
    assert (
        ANALYZER.stem("ⵉⵖⵔⴱⴰⵣⵏ", "zgh")
        == ANALYZER.stem("ighrbazn", "zgh-Latn")
        == ANALYZER.stem("iɣerbazen", "zgh-Latn")
    )
    passage = ANALYZER.passage_terms("ⵜⴰⵎⵖⵔⴰ ⴷ ⵉⵣⵔⴼⴰⵏ", "zgh")
    assert passage.keys() & ANALYZER.query_terms("tameghra", "zgh-Latn").keys()
    for question, language in (("tamghra", "zgh-Latn"), ("ⵜⴰⵎⵖⵔⴰ", "zgh")):
        assert ANALYZER.stem("mariage", "fr") in ANALYZER.query_terms(question, language)
