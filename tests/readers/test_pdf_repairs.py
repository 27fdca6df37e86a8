"""What was mended in a PDF is marked where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.adapters.pdf_cut_numbers import CUT_NUMBER, join_cut_numbers
from jazari_rag.adapters.pdf_cut_words import CUT_WORD, CutWords
from jazari_rag.adapters.pdf_lines import Sheet
from jazari_rag.adapters.pdf_page import page_from
from jazari_rag.adapters.pdf_piece import Line
from jazari_rag.adapters.pdf_repairs import repaired, shifted
from jazari_rag.domain import MarkKind, Page


def marked(page: Page) -> list[tuple[str, str]]:
    return [(page.text[mark.start : mark.end], mark.note) for mark in page.marks if mark.kind is MarkKind.REPAIR]


@pytest.mark.parametrize(
    ("text", "stated", "words"),
    [
        ("إلى الإدارة العامة", "إلى اإلدارة العامة", ["الإدارة"]),
        ("القانون رقم 09-08 المتعلق", "القانون رقم 08-09 المتعلق", ["09-08"]),
        ("tarif de 120⁴² dirhams", "tarif de 12042 dirhams", ["120⁴²"]),
        ("la loi, la loi", "la loi", ["la", "loi"]),
        ("même texte", "texte même", []),
    ],
)
def test_a_word_that_the_file_does_not_state_is_a_repair(text: str, stated: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in repaired(text, stated)] == words


@given(st.text(max_size=60), st.text(max_size=60))
def test_places_lie_within_the_text_one_after_the_other(text: str, stated: str) -> None:
    places = repaired(text, stated)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert list(places) == sorted(places)
    assert repaired(text, text) == ()
    assert all(start >= 0 for start, _ in shifted(places, 3))


def test_the_places_of_lines_become_marks_of_the_page() -> None:
    lines = [
        Line("TITRE PREMIER", 20.0, {"a": 1}, repaired=((6, 13),)),
        Line("Des mots", 20.0, {"b": 1}, repaired=((4, 8),)),
        Line("un texte sans rien", 10.0),
        Line("et un mot", 10.0, {"c": 2, "d": 1}, repaired=((0, 2), (6, 9))),
    ]
    page = page_from(Sheet(lines), 1, {0: 1, 1: 1})
    assert marked(page) == [("PREMIER", "a"), ("mots", "b"), ("et", "c, d"), ("mot", "c, d")]
    assert [page.text[mark.start : mark.end] for mark in page.marks if mark.kind is MarkKind.HEADING] == [
        "TITRE PREMIER\nDes mots"
    ]
    assert page.quality.repairs == {"a": 1, "b": 1, "c": 2, "d": 1}


def test_what_a_line_s_end_had_cut_is_marked_whole() -> None:
    numbers = join_cut_numbers([Line("le dahir n° 1-07-", 10.0), Line("79 du x", 10.0, {"y": 1}, repaired=((6, 7),))])
    words = CutWords([]).join([Line("de l'admi-", 10.0), Line("nistration du x", 10.0, {"y": 1}, repaired=((14, 15),))])
    assert marked(page_from(Sheet(numbers), 1, {})) == [("1-07-79", f"y, {CUT_NUMBER}"), ("x", "")]
    assert marked(page_from(Sheet(words), 1, {})) == [("l'administration", CUT_WORD), ("x", "y")]
