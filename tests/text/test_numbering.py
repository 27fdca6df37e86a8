"""Numbers of articles: one form, one order."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from jazari_rag.languages import load_languages
from jazari_rag.text.normalise import fold
from jazari_rag.text.numbering import follows_on, number_forms, order_key

LANGUAGES = load_languages()


def canonical(written: str, language: str) -> str:
    forms = number_forms(LANGUAGES.get(language))
    match = re.fullmatch(rf"(?P<number>{forms.number}){forms.tail}", fold(written))
    assert match is not None
    return forms.canonical(match["number"], match["suffix"])


@pytest.mark.parametrize(
    ("written", "language", "number"),
    [
        ("premier", "fr", "1"),
        ("1er", "fr", "1"),
        ("12 bis", "fr", "12-bis"),
        ("12 مكرر", "ar", "12-bis"),
        ("50 المكررة", "ar", "50-bis"),
        ("9 مكرر مرتين", "ar", "9-ter"),
        ("327-41", "ar", "327-41"),
        ("218-1-1", "fr", "218-1-1"),
        ("231–5", "fr", "231-5"),
        ("448.10", "fr", "448-10"),
        ("L. 123-4", "fr", "l123-4"),
        ("الأولى", "ar", "1"),
        ("الاولى", "ar", "1"),
        ("الحادى عشر", "ar", "11"),
        ("العاشرة", "ar", "10"),
        ("الحادية والعشرون", "ar", "21"),
        ("الواحد والثلاثون", "ar", "31"),
        ("الثالثة بعد المائة", "ar", "103"),
        ("vigésimo primero", "es", "21"),
        ("tenth", "en", "10"),
        ("٣٣٩", "ar", "339"),
    ],
)
def test_a_number_has_one_form_however_a_language_writes_it(written: str, language: str, number: str) -> None:
    assert canonical(written, language) == number


def test_every_arabic_ordinal_to_ninety_nine_has_its_value() -> None:
    ones = ["الحادية", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة"]
    tens = ["العشرون", "الثلاثون", "الأربعون", "الخمسون", "الستون", "السبعون", "الثمانون", "التسعون"]
    assert [canonical(f"{one} عشرة", "ar") for one in ones] == [str(10 + n) for n in range(1, 10)]
    for ten, word in enumerate(tens, 2):
        assert canonical(word, "ar") == str(10 * ten)
        assert [canonical(f"{one} و{word}", "ar") for one in ones] == [str(10 * ten + n) for n in range(1, 10)]


def test_added_articles_stand_behind_the_one_that_they_are_added_to() -> None:
    in_order = ["12", "12-1", "12-1-1", "12-2", "13", "13-bis", "13-ter", "14"]
    assert all(order_key(first) < order_key(second) for first, second in pairwise(in_order))


@pytest.mark.parametrize(
    ("number", "last", "follows"),
    [
        ("13", "12", True),
        ("13", "12-4", True),
        ("12-5", "12-4", True),
        ("113", "11238", True),
        ("14", "12", False),
        ("12-5", "12-3", False),
    ],
)
def test_the_next_number_is_told_even_with_a_mark_glued_to_the_last(number: str, last: str, follows: bool) -> None:
    assert follows_on(number, last) is follows
