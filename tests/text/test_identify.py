"""Identification of questions and documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.languages import load_languages
from jazari_rag.text.identify import Identified, identify, identify_document

LANGUAGES = load_languages()


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("شحال كتقام الكارط ناسيونال؟", "ary"),
        ("واش نقدر نجدد الباسبور؟", "ary"),
        ("شنو كتقول المادة 12 من مدونة الشغل؟", "ary"),
        ("ما هي الوثائق المطلوبة لتجديد جواز السفر؟", "ar"),
        ("ch7al taman dyal lakart nasional?", "ary-Latn"),
        ("fin nmchi bach njib lpasspor", "ary-Latn"),
        ("How do I renew my passport?", "en"),
        ("Quelle est la peine pour vol simple ?", "fr"),
        ("¿Cuánto cuesta el pasaporte?", "es"),
        ("ⵎⴰⵏⵉ ⵜⵍⵍⴰ ⵜⵎⴷⵉⵏⵜ?", "zgh"),
    ],
)
def test_short_questions_are_identified(question: str, language: str) -> None:
    found = identify(question, LANGUAGES)
    assert found.language == language
    assert found.confidence > 0.3


@pytest.mark.parametrize("text", ["", "12345 😀", "\ud800", "؟؟"])
def test_a_text_without_words_is_in_the_default_language_with_no_confidence(text: str) -> None:
    assert identify(text, LANGUAGES) == Identified("fr", 0.0)
    assert identify(text, LANGUAGES, default="ar") == Identified("ar", 0.0)


@given(st.text(st.characters(codec=None)))
def test_identification_takes_any_text_and_never_changes_its_mind(text: str) -> None:
    found = identify(text, LANGUAGES)
    assert found == identify(text, LANGUAGES)
    assert found.language in LANGUAGES
    assert 0.0 <= found.confidence <= 1.0
    assert identify_document(text, LANGUAGES).language in LANGUAGES


def test_a_document_is_in_the_language_of_its_words_whatever_its_template_declares() -> None:
    french = "Le dossier est déposé auprès du bureau, avec les pièces et le timbre que la loi demande. " * 5
    assert identify_document(french, LANGUAGES, declared="en").language == "fr"
    assert identify_document(french, LANGUAGES).language == "fr"


def test_a_document_that_tells_nothing_is_in_the_language_that_it_declares() -> None:
    assert identify_document("Rabat 2024", LANGUAGES, declared="es").language == "es"
    assert identify_document("الرباط", LANGUAGES, declared="fr").language == "ar"


def test_a_dialect_word_does_not_make_an_arabic_document_one_in_dialect() -> None:
    arabic = "يودع الطلب لدى السلطة المحلية التي تسلم عنه وصلا داخل أجل خمسة أيام من تاريخ إيداعه. " * 4
    assert identify_document(arabic + "ديال", LANGUAGES).language == "ar"


def test_an_added_language_is_identified_by_its_markers(tmp_path: Path) -> None:
    (tmp_path / "language.toml").write_text(
        'code = "wo"\nname = "Wolof"\nscript = "Latn"\ndirection = "ltr"\nmarkers = "naata ndax nañu jënd fan"\n',
        encoding="utf-8",
    )
    assert identify("naata la passeport bi jënd?", load_languages([tmp_path])).language == "wo"
