from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_inputs import Write

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.plain_text import PlainTextReader
from jazari_rag.errors import LimitExceededError


def test_a_form_feed_starts_a_page(write: Write) -> None:
    document = PlainTextReader().read(write("a.txt", "Un texte\r\nsuite\fDeuxième\f".encode()))
    assert [page.text for page in document.pages] == ["Un texte\nsuite", "Deuxième"]


def test_the_title_is_the_first_line_else_the_stem(write: Write) -> None:
    assert PlainTextReader().read(write("a.txt", b"\n\nCode de la route\nArticle 1")).title == "Code de la route"
    assert PlainTextReader().read(write("liste.txt", b"12\n13")).title == "liste"


def test_too_many_pages_are_refused(write: Write) -> None:
    with pytest.raises(LimitExceededError):
        PlainTextReader(max_pages=2).read(write("a.txt", b"a\fb\fc"))


def test_presentation_forms_and_bidi_controls_leave_letters_alone() -> None:
    assert clean("\u202b\ufefb\u200f\r\n\x00x") == "لا\nx"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
