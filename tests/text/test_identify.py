"""Identification of questions and documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.errors import LanguageDataError
from jazari_rag.languages import load_languages
from jazari_rag.text.identify import Identified, identify, identify_document
from jazari_rag.text.letters import model_file, read_model, shipped_model

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


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("renouvellement", "fr"),
        ("naissance", "fr"),
        ("vaccination certificate", "en"),
        ("householder", "en"),
        ("nacimiento", "es"),
        ("jubilación anticipada", "es"),
        ("lkounach", "ary-Latn"),
        ("wra9", "ary-Latn"),
        ("tamazirt", "zgh-Latn"),
    ],
)
def test_a_word_or_two_are_identified_by_their_letters(word: str, language: str) -> None:
    assert identify(word, LANGUAGES).language == language


def test_a_question_in_two_scripts_is_mixed_and_in_the_language_of_most_of_it() -> None:
    found = identify("شحال كتقام carte grise ديال الطوموبيل", LANGUAGES)
    assert found.language == "ary"
    assert found.mixed
    assert not identify("شحال كتقام الطوموبيل", LANGUAGES).mixed


def test_every_string_of_the_hostile_files_has_a_language() -> None:
    folder = Path(__file__).parents[3] / "shared" / "hostile"
    if not folder.is_dir():
        pytest.skip("no ../shared/hostile")
    for file in sorted(path for path in folder.rglob("*") if path.is_file())[::5]:
        with file.open("rb") as stream:
            start = stream.read(1500)
        for encoding in ("utf-8", "latin-1", "utf-16-le"):
            found = identify(start.decode(encoding, errors="replace"), LANGUAGES)
            assert found.language in LANGUAGES
            assert 0 <= found.confidence <= 1


def test_a_damaged_model_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "model.npz").write_bytes(b"PK no archive")
    with pytest.raises(LanguageDataError, match="install the package again"):
        read_model(tmp_path / "model.npz")


@pytest.mark.parametrize("script", ["Arab", "Latn"])
def test_the_models_of_letters_are_in_the_package(script: str) -> None:
    assert model_file(script).is_file()
    assert shipped_model(script) is not None


@pytest.mark.parametrize("word", ["كنخلص", "مابغيتش", "غادي", "كيعطيوها"])
def test_a_word_of_darija_is_darija(word: str) -> None:
    assert identify(word, LANGUAGES).language == "ary"


@pytest.mark.parametrize("text", ["السير ف الطريق", "كيوصل على الوقت", "خاصها ورقة جديدة", "معاهم من بعد"])
def test_a_word_of_darija_among_arabic_ones_makes_the_text_darija(text: str) -> None:
    assert identify(text, LANGUAGES).language == "ary"


@pytest.mark.parametrize("text", ["متى ولد الملك", "هل صاحب الدار", "لم يصل بعد", "كيف يدفع الرسم"])
def test_what_marks_standard_arabic_is_no_word_of_darija(text: str) -> None:
    assert identify(text, LANGUAGES).language == "ar"


def test_accents_and_signs_tell_languages_apart() -> None:
    assert identify("article 12 Code pénal", LANGUAGES).language == "fr"
    assert identify("¿Qué dice el artículo 12 du Code de la route?", LANGUAGES).language == "es"
