from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.text.arabizi import ArabiziReader, skeleton
from jazari_rag.text.normalise import fold

KNOWN = {
    fold(word): seen
    for word, seen in {
        "بطاقة": 50, "وثائق": 40, "وثيقة": 30, "شهادة": 60, "شهادات": 9, "شاهد": 20, "مدرسة": 30, "مدرس": 20,
        "قلب": 10, "كلب": 10, "إجراءات": 40, "حكومة": 40, "طنجة": 5, "غرامة": 9, "زواج": 30, "خطأ": 10, "عقد": 30,
    }.items()
}  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> ArabiziReader:
    return ArabiziReader(lambda key: [(word, seen) for word, seen in KNOWN.items() if skeleton(word) == key])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bita9a", "بطاقة"), ("lbita9a", "بطاقة"), ("bitaqa", "بطاقة"), ("lwata2i9", "وثائق"), ("wata2iq", "وثائق"),
        ("wathi9a", "وثيقة"), ("chahada", "شهادة"), ("shahada", "شهادة"),
        ("lmadrasa", "مدرسة"), ("lmdrasa", "مدرسة"), ("9alb", "قلب"), ("kalb", "كلب"), ("ijra2at", "إجراءات"),
        ("l7okouma", "حكومة"), ("lhokuma", "حكومة"), ("tanja", "طنجة"), ("lgharama", "غرامة"),
        ("flmadrasa", "مدرسة"), ("dlmadrasa", "مدرسة"), ("zwaj", "زواج"), ("zzwaj", "زواج"), ("khata2", "خطأ"),
        ("5ata2", "خطأ"), ("3a9d", "عقد"), ("l3a9d", "عقد"),
    ],
)  # fmt: skip
def test_a_word_in_latin_letters_is_read(reader: ArabiziReader, written: str, meant: str) -> None:
    assert reader.candidates(written)[0][0] == fold(meant)


def test_a_doubtful_reading_weighs_less_than_a_sure_one(reader: ArabiziReader) -> None:
    assert reader.candidates("bita9a")[0][1] > reader.candidates("bata9i")[0][1] > 0


def test_a_word_without_a_likeness_is_not_read(reader: ArabiziReader) -> None:
    assert reader.candidates("xylophone") == []


@given(st.text())
def test_any_text_is_read_without_an_error_and_the_same_way_twice(reader: ArabiziReader, word: str) -> None:
    found = reader.candidates(word)
    assert found == reader.candidates(word)
    assert all(0 < weight <= 1 for _, weight in found)
    assert [weight for _, weight in found] == sorted((weight for _, weight in found), reverse=True)


@given(st.text())
def test_any_text_has_a_skeleton_without_vowels(word: str) -> None:
    assert not set(skeleton(word)) & set("aui23")
