"""An administration adds its language as data: its numbers, months and currency are then verified as the others are."""

from __future__ import annotations

from pathlib import Path

import pytest
from answering_kit import hit

from jazari_rag.answering.figure import DATE
from jazari_rag.answering.kinds import holds_fact
from jazari_rag.answering.numbers import figures, unsupported
from jazari_rag.answering.verification import Verifier
from jazari_rag.domain import DraftSentence
from jazari_rag.languages import Languages, load_languages

LANGUAGE = """
code = "sw"
name = "Kiswahili"
script = "Latn"
direction = "ltr"
months = [
    ["Januari"], ["Februari"], ["Machi"], ["Aprili"], ["Mei"], ["Juni"], ["Julai"], ["Agosti"], ["Septemba"],
    ["Oktoba"], ["Novemba"], ["Desemba"],
]
"""
FIGURES = """
scale_first = true
unit_first = true

[grammar]
and = ["na"]
or = ["au"]
article = ["kifungu", "ibara"]
percent = ["asilimia"]

[numbers]
moja = 1
mbili = 2
tatu = 3
nne = 4
tano = 5
sita = 6
saba = 7
nane = 8
tisa = 9
kumi = 10
ishirini = 20
thelathini = 30
hamsini = 50
mia = 100
elfu = 1000

[money]
KES = ["shilingi", "KSh"]

[time]
day = ["siku"]
month = ["mwezi", "miezi"]

[conditions]
minimum = ["angalau"]
maximum = ["isiyozidi", "hadi"]

[statements]
little = "ya kwa na ni za katika"
denial = ["hapana", "sio", "hai*"]
free = ["bila malipo", "bure"]
"""


@pytest.fixture
def languages(tmp_path: Path) -> Languages:
    folder = tmp_path / "sw"
    folder.mkdir()
    (folder / "language.toml").write_text(LANGUAGE, encoding="utf-8")
    (folder / "figures.toml").write_text(FIGURES, encoding="utf-8")
    return load_languages([tmp_path])


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Ada ni shilingi mia tano.", "Ada ni KSh 500."),
        ("shilingi elfu mbili mia tano", "KSh 2,500"),
        ("siku ishirini na tano", "25 days"),
        ("siku 25 au miezi 3", "25 jours, trois mois"),
        ("tarehe 5 Machi 2024", "5 mars 2024"),
        ("ibara 12", "article 12"),
        ("shilingi mia tatu na hamsini", "٣٥٠ KSh"),
    ],
)
def test_its_figures_are_those_of_the_other_languages(languages: Languages, sentence: str, source: str) -> None:
    said, standing = figures(sentence, languages, language="sw"), figures(source, languages, as_source=True)
    assert said
    assert all(any(figure.agrees_with(other) for other in standing) for figure in said)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Ada ni shilingi mia tano.", "Ada ni KSh 105."),
        ("shilingi 500", "500 dirhams"),
        ("siku 25", "miezi 25"),
        ("tarehe 5 Machi 2024", "5 Mei 2024"),
    ],
)
def test_another_figure_is_found_out(languages: Languages, sentence: str, source: str) -> None:
    said = figures(sentence, languages, language="sw")
    standing = figures(source, languages, language="sw", as_source=True)
    assert not any(figure.agrees_with(other) for figure in said for other in standing)


def test_its_conditions_and_denials_are_kept_in_view(languages: Languages) -> None:
    verifier = Verifier([hit("Umri ni angalau 18. Ada ni shilingi 500.", language="sw")], languages)
    assert verifier.check(DraftSentence("Umri ni hadi 18.", (0,))).sentence is None
    assert verifier.check(DraftSentence("Huduma ni bure.", (0,))).sentence is None
    assert verifier.check(DraftSentence("Ada ni shilingi mia tano.", (0,))).sentence is not None


def test_its_money_answers_a_question_of_an_amount(languages: Languages) -> None:
    found = figures("Ada ni KSh 500.", languages)
    assert holds_fact({"amount"}, "Ada ni KSh 500.", found, languages)
    assert DATE not in {figure.unit for figure in found}


def test_without_its_data_its_words_are_no_figures(languages: Languages) -> None:
    assert not figures("shilingi mia tano", load_languages())
    assert figures("trois cents dirhams", languages) == figures("trois cents dirhams", load_languages())


def test_a_currency_alone_can_be_added_to_a_shipped_language(tmp_path: Path) -> None:
    (tmp_path / "language.toml").write_text(
        'code = "fr"\n[figures.money]\nXOF = ["francs", "fcfa"]\n', encoding="utf-8"
    )
    languages = load_languages([tmp_path])
    assert unsupported("500 dirhams", figures("500 FCFA", languages, as_source=True), languages)
    assert not unsupported("cinq cents francs", figures("500 FCFA", languages, as_source=True), languages)
