"""Heads of law, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.languages import load_languages
from jazari_rag.text.structure import find_heads

LANGUAGES = load_languages()


def labels(text: str) -> list[str]:
    return [head.label for head in find_heads(text, LANGUAGES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Article 339\nLe juge", ["Article 339"]),
        ("Article premier\nLa présente", ["Article premier"]),
        ("Art. 3.- Le registre", ["Art. 3"]),
        ("Article 12 bis : Les locaux", ["Article 12 bis"]),
        ("… de l'huissier. Article 282 Les locaux doivent", ["Article 282"]),
        ("la peine prévue. article 31 Le juge", ["article 31"]),
        ("المادة الأولى\nتسري أحكام", ["المادة الأولى"]),
        ("الفصل 12 مكرر\nيعاقب", ["الفصل 12 مكرر"]),
        ("المادة الحادية والعشرون\nتطبق", ["المادة الحادية والعشرون"]),
        ("الباب الأول: أحكام عامة\nالمادة 1\nنص", ["الباب الأول: أحكام عامة", "المادة 1"]),
        (
            "TITRE II\nDES CONTRATS\nChapitre premier : De la vente",
            ["TITRE II DES CONTRATS", "Chapitre premier : De la vente"],
        ),
        (
            "Livre I Des actes Titre II De la preuve Article 4 Le",
            ["Livre I Des actes", "Titre II De la preuve", "Article 4"],
        ),
        ("Artículo 12.- El plazo", ["Artículo 12"]),
        ("Capítulo I\nDisposiciones", ["Capítulo I Disposiciones"]),
        ("Article 151 Est punie l'infraction, sans plus Article 152 La salariée", ["Article 151", "Article 152"]),
        ("Chapitre Il : De la maternité Article 3 La", ["Chapitre Il : De la maternité", "Article 3"]),
        ("Section 5\nScope", ["Section 5 Scope"]),
    ],
)
def test_heads_are_found(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "prévues à l'article 282 ci-dessus",
        "l'article 5 du décret",
        "Vu la loi. Article 5 du décret susvisé",
        "conformément aux\nArticle 12 et 13",
        "المادة 12 من هذا القانون",
        "المنصوص عليها في\nالمادة 12 أعلاه",
        "طبقا لمقتضيات المادة 5 و 6",
        "según el artículo 12 de la ley",
        "under article 12 of the act",
        "les articles 12 à 15",
    ],
)
def test_references_are_no_heads(text: str) -> None:
    assert labels(text) == []


PIECES = ["Article ", "المادة ", "Titre ", "I", "1", "\n", ". ", "a ", "bis ", "du ", "الأول "]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_heads_lie_in_the_text_in_order_and_apart(text: str) -> None:
    heads = find_heads(text, LANGUAGES)
    assert all(0 <= head.start < head.end <= len(text) and head.label for head in heads)
    assert all(first.end <= second.start for first, second in pairwise(heads))


def test_a_footnote_mark_is_no_part_of_the_head_it_stands_behind() -> None:
    languages = load_languages()
    [head] = find_heads("Article 61²¹\nLes mesures de sûreté", languages)
    assert head.label == "Article 61"
    [head] = find_heads("المادة 61²¹\nتسري أحكام هذا القانون", languages)
    assert head.label == "المادة 61"
