"""One statement denies another when they say the same, but for a negation."""

from __future__ import annotations

import pytest
from answering_kit import languages
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.answering.numbers import figure_reader
from jazari_rag.answering.statements import denied, statement_reader


def denies(sentence: str, source: str) -> bool:
    reader, plain = statement_reader(languages()), figure_reader(languages()).plain
    return denied(reader.read(plain(sentence)), reader.read(plain(source)))


@pytest.mark.parametrize(
    ("stated", "other"),
    [
        ("La présence de l'intéressé est obligatoire.", "La présence de l'intéressé n'est pas obligatoire."),
        ("Le dossier que le service ne peut traiter.", "Le dossier que le service peut traiter."),
        ("يمكن إيداع الطلب عبر الإنترنت.", "لا يمكن إيداع الطلب عبر الإنترنت."),
        ("خاص المعني بالأمر يحضر.", "ما خاصش المعني بالأمر يحضر."),
        ("La solicitud puede presentarse en línea.", "La solicitud no puede presentarse en línea."),
        ("You can submit the application online.", "You can't submit the application online."),
    ],
)
def test_a_negation_turns_a_statement_round(stated: str, other: str) -> None:
    assert denies(stated, other)
    assert denies(other, stated)
    assert not denies(stated, stated)
    assert not denies(other, other)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Les copies non légalisées ne sont pas acceptées.", "Les copies non légalisées sont refusées."),
        ("La demande ne peut être déposée en ligne.", "La demande ne peut pas être déposée en ligne."),
        ("Le dépôt se fait au guichet.", "Aucun dépôt ne se fait par courrier. Le dépôt se fait au guichet."),
        ("It is Law 22-24 that governs this.", "The matter is governed by Law No. 22-24."),
        ("La loi 43-20 régit la matière.", "La loi nº 43-20 régit la matière."),
        ("Le renouvellement n'exige aucun justificatif.", "Aucun justificatif n'est exigé pour le renouvellement."),
        ("El trabajador no pierde nunca la antigüedad.", "El trabajador nunca pierde la antigüedad."),
        ("The office is closed on Sunday.", "La présence de l'intéressé n'est pas obligatoire."),
    ],
)
def test_the_same_or_something_else_is_no_denial(sentence: str, source: str) -> None:
    assert not denies(sentence, source)


@given(st.text(max_size=200))
def test_no_text_denies_itself(text: str) -> None:
    assert not denies(text, text)
