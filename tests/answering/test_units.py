"""A passage is cut into what can be quoted alone, and nothing is lost."""

from __future__ import annotations

from functools import partial

from answering_kit import languages
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.answering.units import UnitKind, lines, units
from jazari_rag.text.sentences import sentences

split = partial(sentences, languages=languages())


def cut(text: str) -> list[tuple[UnitKind, str]]:
    return [(unit.kind, text[unit.start : unit.end]) for unit in units(text, split)]


def test_a_list_stays_with_the_line_that_introduces_it() -> None:
    text = "Avant tout.\nPièces à fournir :\n- une photo ;\n- un timbre.\nLe dossier est remis au guichet."
    assert cut(text) == [
        (UnitKind.SENTENCE, "Avant tout."),
        (UnitKind.LIST, "Pièces à fournir :\n- une photo ;\n- un timbre."),
        (UnitKind.SENTENCE, "Le dossier est remis au guichet."),
    ]


def test_a_list_written_in_one_line_stays_whole() -> None:
    text = "يجب تقديم: 1. الطلب 2. نسخة من البطاقة 3. صورة."
    assert cut(text) == [(UnitKind.LIST, text)]


def test_a_row_of_a_table_stands_alone() -> None:
    text = "Service | Prix\nPremière demande | 75 DH\nPerte | 140 DH"
    assert [kind for kind, _ in cut(text)] == [UnitKind.ROW] * 3


def test_items_get_a_line_each_and_wrapped_lines_are_joined() -> None:
    assert lines("Pièces :\n- une photo\nrécente ;\n- un timbre.") == [
        "Pièces :",
        "- une photo récente ;",
        "- un timbre.",
    ]
    assert lines("Il faut : 1. un acte 2. un timbre") == ["Il faut :", "1. un acte", "2. un timbre"]


@given(st.text(alphabet="ab é.:;-•1. \n|؟م،", max_size=120))
def test_units_hold_everything_once_and_in_order(text: str) -> None:
    position = 0
    for unit in units(text, split):
        assert text[position : unit.start].strip() == ""
        assert unit.start < unit.end
        position = unit.end
    assert text[position:].strip() == ""


@given(st.text(alphabet="ab é.:;-•1. \n|؟م،", max_size=120))
def test_lines_keep_every_word(text: str) -> None:
    assert "".join(" ".join(lines(text)).split()) == "".join(text.split())
