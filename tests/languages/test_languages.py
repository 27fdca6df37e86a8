"""The shipped language data, and the folders that add to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from jazari_rag.domain import AnswerStatus
from jazari_rag.errors import LanguageDataError
from jazari_rag.languages import Languages, load_languages

LANGUAGES = load_languages()
SPOKEN = ("fr", "ar", "ary", "ary-Latn", "es", "en", "zgh", "zgh-Latn")

WOLOF = """
code = "wo"
name = "Wolof"
script = "Latn"
direction = "ltr"
aliases = ["wol"]
stop_words = "ak ci la na ne bu gu ñu mu"
markers = "naata lan kan fan ndax nañu jënd"

[names]
fr = "wolof"

[messages]
no_evidence = "Gisuma tontu ci kayit yi."
"""


def folder(tmp_path: Path, text: str, name: str = "wo") -> Path:
    path = tmp_path / name
    path.mkdir(parents=True)
    (path / "language.toml").write_text(text, encoding="utf-8")
    return path


def test_the_promised_languages_are_served() -> None:
    assert set(SPOKEN) == set(LANGUAGES.served)


@pytest.mark.parametrize("code", SPOKEN)
def test_every_status_has_a_message_of_the_language_itself(code: str) -> None:
    language = LANGUAGES.get(code)
    keys = {status.value for status in AnswerStatus} | {"source_language_note", "contact_note", "truncated_list"}
    assert keys <= set(language.messages)
    assert all(text.strip() for text in language.messages.values())


@pytest.mark.parametrize("code", SPOKEN)
def test_every_language_has_a_name_in_every_other(code: str) -> None:
    assert all(LANGUAGES.name(code, spoken=other) for other in SPOKEN)


@pytest.mark.parametrize("code", ["fr", "ar", "es", "en"])
def test_months_and_article_heads_are_known(code: str) -> None:
    language = LANGUAGES.get(code)
    assert len(language.months) == 12
    assert "article" in {head.kind for head in language.heads}


@pytest.mark.parametrize("language", ["ar", "ary", "en", "es", "fr"])
def test_questions_of_money_time_place_and_people_have_cues(language: str) -> None:
    assert {"amount", "duration", "documents", "place", "person", "date"} <= set(LANGUAGES.get(language).cues)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("aryLatn", "ary-Latn"),
        ("ary-Latn-MA", "ary-Latn"),
        ("ar-Latn", "ary-Latn"),
        ("tzm", "zgh"),
        ("FR_ma", "fr"),
        ("eng", "en"),
        ("ar-MA", "ar"),
    ],
)
def test_codes_and_aliases_lead_to_the_served_language(given: str, code: str) -> None:
    assert LANGUAGES.normalise_code(given) == code
    assert LANGUAGES.get(given).code == code


def test_an_unknown_code_is_an_error_that_names_what_is_served() -> None:
    assert LANGUAGES.find("wo") is None
    with pytest.raises(LanguageDataError, match="served: ar, "):
        LANGUAGES.get("qq")


def test_a_dialect_borrows_from_its_base_only_when_it_is_written_alike() -> None:
    assert LANGUAGES.get("ary").heads == LANGUAGES.get("ar").heads
    assert LANGUAGES.get("ar").stop_words <= LANGUAGES.get("ary").stop_words
    assert LANGUAGES.get("ary-Latn").heads == ()
    assert LANGUAGES.chain("aryLatn") == ("ary-Latn", "ary", "ar")


def test_messages_are_filled_in_and_fall_back() -> None:
    note = LANGUAGES.message("fr", "source_language_note", language=LANGUAGES.name("ar", spoken="fr"))
    assert note == "La source est en arabe :"
    assert LANGUAGES.message("fr", "contact_note") == "Contactez : {contact}"
    assert LANGUAGES.message("qq", "no_evidence") == LANGUAGES.message("fr", "no_evidence")
    with pytest.raises(LanguageDataError, match="unknown message"):
        LANGUAGES.message("fr", "nothing")


def test_another_language_needs_a_folder_and_no_code(tmp_path: Path) -> None:
    languages = load_languages([folder(tmp_path, WOLOF)])
    assert languages.get("wol").name == "Wolof"
    assert languages.message("wo", "no_evidence") == "Gisuma tontu ci kayit yi."
    assert languages.message("wo", "backend_failed") == languages.message("fr", "backend_failed")
    assert languages.name("wo", spoken="fr") == "wolof"
    assert set(languages.served) == {*SPOKEN, "wo"}
    assert "wo" not in load_languages().served


def test_a_folder_of_folders_is_taken_whole(tmp_path: Path) -> None:
    folder(tmp_path, WOLOF)
    folder(tmp_path, WOLOF.replace('"wo"', '"sw"').replace('["wol"]', '["swa"]'), name="sw")
    assert {"wo", "sw"} <= set(load_languages([tmp_path]).served)


def test_an_entry_laid_over_a_shipped_language_leaves_the_others(tmp_path: Path) -> None:
    over = folder(tmp_path, 'code = "fr"\n[messages]\nno_evidence = "Rien."\n')
    french = load_languages([over]).get("fr")
    assert french.messages["no_evidence"] == "Rien."
    assert french.messages["partial"] == LANGUAGES.get("fr").messages["partial"]
    assert french.stop_words == LANGUAGES.get("fr").stop_words


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (WOLOF.replace("markers", "marker"), "did you mean 'markers'"),
        (WOLOF.replace('direction = "ltr"\n', ""), "'direction' is missing"),
        (WOLOF.replace('"ltr"', '"left"'), "'direction' must be"),
        (WOLOF + "\n[figures.money]\nXOF = 3\n", "'figures.money' must be"),
        (WOLOF + "\n[figures.grammar]\nands = ['ak']\n", "did you mean 'figures.grammar.and'"),
        (WOLOF.replace("kayit yi.", "{} yi."), "'messages' must be"),
        (WOLOF.replace("aliases", "base = 'xx'\naliases"), "base 'xx' is not served"),
        (WOLOF.replace("aliases", "months = [['a']]\naliases"), "twelve lists"),
        (WOLOF.replace("aliases", "marker_patterns = ['(']\naliases"), "regular expressions"),
        (WOLOF.replace('code = "wo"', ""), "'code' is missing"),
        ("code = ", "not valid TOML"),
    ],
)
def test_malformed_data_are_an_error_that_names_the_entry(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(LanguageDataError, match=says):
        load_languages([folder(tmp_path, text)])


def test_a_folder_without_a_language_is_an_error(tmp_path: Path) -> None:
    for missing in (tmp_path, tmp_path / "absent"):
        with pytest.raises(LanguageDataError, match=r"has no language\.toml"):
            load_languages([missing])


def test_the_registry_iterates_in_the_order_of_codes() -> None:
    assert [language.code for language in LANGUAGES] == sorted(LANGUAGES.served)
    assert isinstance(LANGUAGES, Languages)
    assert "fr" in LANGUAGES
    assert "qq" not in LANGUAGES


def test_a_message_that_nobody_has_read_is_shown_with_a_reviewed_one_under_it() -> None:
    for code in ("zgh", "zgh-Latn"):
        assert LANGUAGES.get(code).unreviewed
        own, beside = LANGUAGES.message(code, "no_evidence").split("\n")
        assert own == LANGUAGES.get(code).messages["no_evidence"]
        assert beside == LANGUAGES.get("fr").messages["no_evidence"]
    assert "\n" not in LANGUAGES.message("ary", "no_evidence")
