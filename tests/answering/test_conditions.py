"""A minimum is no maximum: what stands beside a figure is read with it."""

from __future__ import annotations

import pytest
from answering_kit import languages
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.answering.conditions import AFTER, BEFORE, MAX, MIN, condition_reader, contradicts
from jazari_rag.answering.numbers import figure_reader, figures


def conditions(text: str) -> list[frozenset[str]]:
    flat = figure_reader(languages()).plain(text)
    found = figures(text, languages())
    return [condition_reader(languages()).read(flat, figure, found) for figure in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il faut avoir au moins 18 ans et au plus 40 ans.", [MIN, MAX]),
        ("18 ans au minimum et 40 ans au maximum", [MIN, MAX]),
        ("لا يقل السن عن 18 سنة ولا يتجاوز 40 سنة", [MIN, MAX]),
        ("Le délai ne peut excéder 30 jours.", [MAX]),
        ("sans que ce délai ne dépasse trente jours", [MAX]),
        ("دون أن تتجاوز ثلاثين يوما", [MAX]),
        ("Le capital est supérieur ou égal à 5 000 DH.", [MIN]),
        ("no less than 300 dirhams", [MIN]),
        ("menos de 18 años", [MAX]),
        ("ما خاصوش يفوت 24 عام", [MAX]),
        ("أقل عمر هو 18 عام", [MIN]),
        ("18 سنة فأكثر", [MIN]),
        ("avant le 6 mars 2024", [BEFORE]),
        ("au plus tard le 6 mars 2024", [BEFORE]),
        ("à partir du 6 mars 2024", [AFTER]),
        ("ابتداء من 6 مارس 2024", [AFTER]),
        ("from 6 March 2024 onwards", [AFTER]),
        ("Le timbre coûte 300 dirhams.", [""]),
        ("au moins deux mois avant l'expiration", [f"{MIN} {BEFORE}"]),
        ("trente jours après la notification", [AFTER]),
        ("de 500 à 1 000 dirhams", [MIN, MAX]),
        ("du 5 mars au 7 avril 2024", [AFTER, BEFORE]),
    ],
)
def test_the_condition_on_a_figure(text: str, expected: list[str]) -> None:
    assert conditions(text) == [frozenset(one.split()) for one in expected]


def test_only_opposites_contradict() -> None:
    assert contradicts(frozenset({MIN}), frozenset({MAX, AFTER}))
    assert contradicts(frozenset({BEFORE}), frozenset({AFTER}))
    assert not contradicts(frozenset({MIN}), frozenset({MIN, AFTER}))
    assert not contradicts(frozenset({MIN}), frozenset())
    assert not contradicts(frozenset(), frozenset({MAX}))


@given(st.text(max_size=200))
def test_any_text_has_conditions(text: str) -> None:
    assert frozenset().union(*conditions(text)) <= {MIN, MAX, BEFORE, AFTER}
