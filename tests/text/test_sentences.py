"""Sentence boundaries."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.languages import load_languages
from jazari_rag.text.sentences import sentences

LANGUAGES = load_languages()


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, LANGUAGES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Voir l'Art. 12. Le délai est de 1.500 DH.", ["Voir l'Art. 12.", "Le délai est de 1.500 DH."]),
        ("M. Alami a signé le décret n° 2.04.422 hier. Fin.", ["M. Alami a signé le décret n° 2.04.422 hier.", "Fin."]),
        ("كم الثمن؟ ثلاثون درهما. انظر ص. 12 من الدليل.", ["كم الثمن؟", "ثلاثون درهما.", "انظر ص. 12 من الدليل."]),
        ("Pièces :\n- une photo\n- un timbre\n", ["Pièces :", "- une photo", "- un timbre"]),
        ("1. Remplir le formulaire.\n2. Payer.", ["1. Remplir le formulaire.", "2. Payer."]),
        ("Une phrase coupée par la\nfin de ligne du PDF qui\nla porte.", None),
        ("Titre\n\nUn paragraphe", ["Titre", "Un paragraphe"]),
        ("Nom\tPrix\nTimbre\t75", ["Nom\tPrix", "Timbre\t75"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str] | None) -> None:
    assert split(text) == ([text] if expected is None else expected)


@given(st.text(st.sampled_from("abÉ .!?؟؛:;\n\r\t-1أ\u2028…»")))
def test_sentences_hold_every_character_once_in_order(text: str) -> None:
    spans = sentences(text, LANGUAGES)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_a_long_text_without_punctuation_is_one_sentence() -> None:
    assert sentences("a" * 2_000_000, LANGUAGES) == [(0, 2_000_000)]
