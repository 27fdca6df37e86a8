"""A law's number that a line's end cuts is read whole; nothing else moves over a line's end."""

from __future__ import annotations

import pytest

from jazari_rag.adapters.pdf_cut_numbers import CUT_NUMBER, join_cut_numbers
from jazari_rag.adapters.pdf_piece import Line
from jazari_rag.domain import MarkKind


def joined(*texts: str) -> list[str]:
    return [line.text for line in join_cut_numbers(Line(text, 10.0) for text in texts)]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("promulguée par le dahir n°1-07-", "79 du 17 avril"), ["promulguée par le dahir n°1-07-79", "du 17 avril"]),
        (("le décret n° 2-", "04-422, publié"), ["le décret n° 2-04-422,", "publié"]),
        (("l'article 4 de la loi n° 103-", "13, précitée."), ["l'article 4 de la loi n° 103-13,", "précitée."]),
        (("por el dahir n° 1-00-", "225", "publicado"), ["por el dahir n° 1-00-225", "publicado"]),
    ],
)
def test_a_cut_number_is_read_whole(lines: tuple[str, ...], wanted: list[str]) -> None:
    assert joined(*lines) == wanted


@pytest.mark.parametrize(
    "lines",
    [
        ("-3-", "45 jours"),
        ("Article 5-", "1. Les demandes"),
        ("le tarif est de 20-", "trente jours"),
        ("le procès-", "12 verbaux"),
        ("la loi n° 1-07-79-", "12 du code"),
        ("la loi n° 1-07-", "79-12 du code"),
        ("le décret n° 2-04-422", "12 jours"),
        ("payer 20-", "12,50 dirhams"),
        ("le décret n° 2-", "12345 pages"),
        ("القانون رقم 51-", "327 أعلاه"),
        ("", "13"),
    ],
)
def test_what_is_no_cut_number_stays_on_its_line(lines: tuple[str, ...]) -> None:
    assert joined(*lines) == list(lines)


def test_a_joined_number_is_counted_and_no_other_repair_is_lost() -> None:
    lines = [Line("le dahir n° 1-07-", 10.0, {"a": 1}), Line("79", 10.0, {"a": 2, "b": 1})]
    [line] = join_cut_numbers(lines)
    assert line.mended == {"a": 3, "b": 1, CUT_NUMBER: 1}


def test_a_row_of_a_table_takes_nothing_from_the_line_after_it() -> None:
    lines = [Line("Loi | n° 103-", 10.0, kind=MarkKind.ROW), Line("13 du code", 10.0)]
    assert join_cut_numbers(lines) == lines
