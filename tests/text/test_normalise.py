"""Folding and tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.text.normalise import fold, is_number, main_script, number_terms, tokens

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
