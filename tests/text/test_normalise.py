"""Folding and tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.text.normalise import fold, is_number, main_script, number_terms, search_text, tokens

ANY_TEXT = st.text(st.characters(codec=None))


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_tokens_are_folded_words_of_the_text(text: str) -> None:
    for token in tokens(text):
        assert token
        assert fold(token) == token
        assert tokens(token) == [token]


@given(ANY_TEXT, ANY_TEXT)
def test_a_text_folds_as_its_characters_do_and_has_the_tokens_of_its_stretches(one: str, other: str) -> None:
    assert fold(one) == "".join(map(fold, one))
    assert tokens(f"{one} {other}") == tokens(one) + tokens(other)
    assert tokens(one) == [token for stretch in fold(one).split() for token in tokens(stretch)]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Été À L’ÉCOLE", "ete a l'ecole"),
        ("مُدَوَّنَة", "مدونه"),
        ("إأآٱا", "ااااا"),
        ("ـمـادة", "ماده"),
        ("ﻻ", "لا"),
        ("على ئ ؤ", "علي ي و"),
        ("ک ی", "ك ي"),
        ("٠١٢ ۳۴", "012 34"),
        ("a\u00adb\u200bc\u202e", "abc"),
        ("09‑08", "09-08"),
        ("Œuvre ﬁn", "oeuvre fin"),
        ("\ud800x", "x"),
    ],
)
def test_what_people_write_in_many_ways_is_folded_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_megabyte_of_combining_marks_folds() -> None:
    assert fold("a" + "\u0301\u0316" * 500_000) == "a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'article d'aujourd’hui", ["article", "aujourd'hui"]),
        ("qu'il jusqu'au", ["il", "au"]),
        ("loi n° 09-08, décret 2.04.422", ["loi", "n", "09-08", "decret", "2.04.422"]),
        ("d'1.500,00 DH", ["d", "1.500,00", "dh"]),
        ("ch7al dyal l'3a9d", ["ch7al", "dyal", "3a9d"]),
        ("driver's 12ème", ["driver", "12eme"]),
        ("ⵎⴰⵏⵉ ⵜⵍⵍⴰ", ["ⵎⴰⵏⵉ", "ⵜⵍⵍⴰ"]),
        ("…—!؟", []),
    ],
)
def test_words_and_numbers_are_told_apart(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_numbers_are_found_whole_and_by_their_parts_in_one_form() -> None:
    assert number_terms("09-08") == ["9-8", "9", "8"]
    assert number_terms("2.04.422")[0] == number_terms("2-04-422")[0] == "2-4-422"
    assert number_terms("1.500,00") == number_terms("1500") == ["1500"]
    assert number_terms("000") == ["0"]


@given(st.from_regex(r"[0-9]{1,6}([.,/:-][0-9]{1,4}){0,4}", fullmatch=True))
def test_every_number_has_terms(number: str) -> None:
    assert is_number(number)
    assert all(number_terms(number))


def test_the_script_is_that_of_most_letters() -> None:
    assert main_script("رخصة السياقة permis") == "Arab"
    assert main_script("123 !") == ""


@given(ANY_TEXT)
def test_search_text_is_the_folded_text_with_its_places(text: str) -> None:
    searched = search_text(text)
    assert searched.text == fold(text)
    assert len(searched.starts) == len(searched.text) + 1
    assert list(searched.starts) == sorted(searched.starts)
    for position in range(len(searched.text)):
        start, end = searched.origin(position, position + 1)
        assert searched.text[position] in fold(text[start : max(end, start + 1)])


@given(st.text(st.sampled_from("aÉœﬁ٣ـَ\u0301لا ")), st.data())
def test_a_place_in_the_display_text_is_found_again_in_the_search_text(text: str, data: st.DataObject) -> None:
    searched = search_text(text)
    position = data.draw(st.integers(0, len(text)))
    place = searched.place(position)
    assert fold(text[: searched.starts[place]]) == searched.text[:place]
    assert searched.starts[place] >= position


def test_digits_of_all_scripts_are_searched_alike() -> None:
    assert fold("query٠١٢") == fold("query012") == fold("query۰۱۲")


def test_a_megabyte_of_combining_marks_has_places_too() -> None:
    searched = search_text("a" + "\u0301\u0316" * 500_000 + "b")
    assert searched.text == "ab"
    assert searched.origin(0, 1) == (0, 1_000_001)


@given(st.text(), st.text())
def test_folding_goes_character_by_character(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)
