"""The terms of passages and questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jazari_rag.languages import load_languages
from jazari_rag.ports import Analyzer
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.articles import article_title, named_articles

LANGUAGES = load_languages()
ANALYZER: Analyzer = SnowballAnalyzer(LANGUAGES)


def meets(question: str, passage: str, language: str) -> set[str]:
    return set(ANALYZER.query_terms(question, language)) & set(ANALYZER.passage_terms(passage, language))


@pytest.mark.parametrize(
    ("question", "passage", "language"),
    [
        ("renouveler", "le renouvellement du passeport se renouvelle", "fr"),
        ("délais", "le delai est de trois jours", "fr"),
        ("الوثائق", "وبالوثائق المطلوبة", "ar"),
        ("الباسبور", "باسبور", "ary"),
        ("documentos", "el documento", "es"),
        ("renewals", "the renewal", "en"),
        ("loi 2-04-422", "décret n° 2.04.422", "fr"),
        ("المادة ٣٣٩", "المادة 339", "ar"),
    ],
)
def test_a_question_meets_the_other_forms_of_its_words(question: str, passage: str, language: str) -> None:
    assert meets(question, passage, language)


def test_stop_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert "est" not in ANALYZER.query_terms("quel est le prix", "fr")
    assert not ANALYZER.query_terms("شنو هي وشحال الثمن", "ary").keys() & {"شنو", "وشحال"}
    assert ANALYZER.query_terms("où est-ce", "fr")


def test_a_wrongly_identified_question_still_finds() -> None:
    assert set(ANALYZER.query_terms("procedimientos", "fr")) & set(ANALYZER.passage_terms("procedimiento", "es"))


@settings(deadline=None)  # a language's names are read when it is first asked for
@given(st.text(st.characters(codec=None)), st.sampled_from([*LANGUAGES.served, "qq", ""]))
def test_weights_are_in_range_and_terms_are_words(text: str, language: str) -> None:
    weights = ANALYZER.query_terms(text, language)
    assert all(0 < weight <= 1 for weight in weights.values())
    assert all(term and not term.isspace() for term in weights)
    assert all(times > 0 for times in ANALYZER.passage_terms(text, language).values())


def test_the_fingerprint_follows_the_languages(tmp_path: Path) -> None:
    assert ANALYZER.fingerprint == SnowballAnalyzer(load_languages()).fingerprint
    (tmp_path / "language.toml").write_text('code = "fr"\nstemmer = ""\n', encoding="utf-8")
    assert SnowballAnalyzer(load_languages([tmp_path])).fingerprint != ANALYZER.fingerprint


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Que dit l'article 12 du code pénal ?", "fr"),
        ("ماذا تقول المادة 12 من القانون الجنائي؟", "ar"),
        ("What does article 12 of the penal code say?", "en"),
        ("¿Qué dice el artículo 12 del código penal?", "es"),
        ("شنو كتقول المادة 12 من القانون الجنائي؟", "ary"),
    ],
)
def test_an_article_that_is_named_is_found_by_its_number_and_its_law(question: str, language: str) -> None:
    wanted = ANALYZER.query_terms(question, language)

    def score(text: str, code: str) -> float:
        return sum(wanted.get(term, 0.0) for term in ANALYZER.passage_terms(text, code))

    right = score("Code pénal\nLivre I\nArticle 12\nEst puni de la réclusion", "fr")
    assert right > score("Code de commerce\nArticle 12\nL'article 12 du code pénal est applicable", "fr")
    assert right > score("Code pénal\nArticle 13\nVoir l'article 12 du code pénal", "fr")


@pytest.mark.parametrize("first", ["Article premier", "Art. 1", "المادة الأولى", "الفصل 1", "Artículo 1", "المادة ١"])
def test_an_article_has_one_number_however_it_is_written(first: str) -> None:
    assert article_title(f"Loi\n{first}\nTexte", LANGUAGES).numbers == {"1"}
    assert named_articles(f"Voir {first} .", LANGUAGES) == {"1"}


def test_a_line_that_mentions_an_article_is_no_title() -> None:
    assert not article_title("Les peines prévues à l'article 12\nsont applicables", LANGUAGES).numbers


@pytest.mark.parametrize(
    ("question", "language", "answer"),
    [
        ("Quelle est la peine pour vol ?", "fr", "puni de l'emprisonnement"),
        ("ما هي عقوبة السرقة؟", "ar", "يعاقب بالحبس"),
        ("Quel est le prix du passeport ?", "fr", "500 dirhams"),
        ("شحال كيدوم الباسبور؟", "ary", "جواز السفر"),
    ],
)
def test_a_question_meets_words_that_only_its_answer_says(question: str, language: str, answer: str) -> None:
    wanted = ANALYZER.query_terms(question, language)
    code = "fr" if language == "fr" else "ar"
    assert ANALYZER.passage_terms(answer, code).keys() & wanted.keys()
    own = max(wanted.values())
    assert all(wanted[term] < own for term in ANALYZER.passage_terms(answer, code) if term in wanted)
