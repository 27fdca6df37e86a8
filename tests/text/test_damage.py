"""Damaged Arabic: told by its letters and its words, mended where only one reading is known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.languages import load_languages
from jazari_rag.text.damage import mend

LANGUAGES = load_languages()

CLEAN = (
    "يجب على الإدارة أن تقدم المعلومات إلى الأشخاص خلال ثلاثين يوما، وألا ترفض الطلبات الإلكترونية إلا لأسباب قانونية. "
    "ولا يجوز الاعتراض على الأحكام الاستعجالية، كما أن الاستئناف لا يوقف التنفيذ في هذه الحالات."
)


def damaged(text: str) -> str:
    """As an extractor writes every lam-alef: from left to right."""
    return re.sub("ل([اأإآ])", r"\1ل", text)


def test_swapped_words_are_put_right_and_counted() -> None:
    mended = mend(damaged(CLEAN), LANGUAGES)
    changed = [word for word, bad in zip(CLEAN.split(), damaged(CLEAN).split(), strict=True) if word != bad]
    right = [word for word, now in zip(CLEAN.split(), mended.text.split(), strict=True) if word == now]
    assert len(changed) > 10
    assert len(right) >= len(CLEAN.split()) - 1
    assert len(mended.words) >= len(changed) - 1
    assert all(damaged(CLEAN)[start:end] != mended.text[start:end] for start, end in mended.words)


def test_clean_text_is_left_alone() -> None:
    assert mend(CLEAN, LANGUAGES).text == CLEAN
    assert mend(CLEAN, LANGUAGES).words == ()


def test_a_word_with_two_readings_stays_as_it_is() -> None:
    # "ثالث" is "third", and what "ثلاث" ("three") becomes.
    assert "ثالث" in mend(damaged(CLEAN) + " ثالث", LANGUAGES).text


def test_vowel_marks_stay_with_the_word() -> None:
    mended = mend(damaged(CLEAN) + " الحقًا", LANGUAGES)
    assert mended.text.endswith(" لاحقًا")


@pytest.mark.parametrize("text", ["", "Rien d'arabe ici.", "المغرب", "ال", "\ud800اإل", "ا" * 100_000, "اال" * 50_000])
def test_anything_is_read_in_bounded_time(text: str) -> None:
    assert len(mend(text, LANGUAGES).text) == len(text)


@given(st.text(st.sampled_from("اأإآلمن وبة\u064b\u0651.")))
def test_mending_keeps_every_letter_and_its_length(text: str) -> None:
    mended = mend(text, LANGUAGES).text
    assert len(mended) == len(text)
    assert sorted(mended) == sorted(text)
