"""A word that a line's end cuts is read whole, a compound keeps its hyphen."""

from __future__ import annotations

import pytest

from jazari_rag.adapters.pdf_cut_words import CUT_WORD, CutWords
from jazari_rag.adapters.pdf_piece import Line
from jazari_rag.domain import MarkKind


def joined(*texts: str, elsewhere: str = "") -> list[str]:
    page = [Line(text, 10.0) for text in texts]
    return [line.text for line in CutWords([page, [Line(elsewhere, 10.0)]]).join(page)]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("auprès de l'admi-", "nistration fiscale."), ["auprès de l'administration", "fiscale."]),
        (("ante la adminis-", "tración, salvo"), ["ante la administración,", "salvo"]),
        (("liable to imprison-", "ment."), ["liable to imprisonment."]),
        (("du même ressor‐", "tissant étranger"), ["du même ressortissant", "étranger"]),
    ],
)
def test_a_cut_word_is_read_whole(lines: tuple[str, ...], wanted: list[str]) -> None:
    assert joined(*lines) == wanted


@pytest.mark.parametrize(
    "lines",
    [
        ("dresse un procès-", "verbal signé"),
        ("les sous-", "traitants agréés"),
        ("le porte-", "monnaie"),
        ("un avis-", "Le ministre"),
        ("au gré-à-", "gré"),
        ("annexe A-", "bis"),
        ("l'arrêté -", "publié"),
        ("zzqqa-", "wwkkb"),
    ],
)
def test_what_may_have_a_hyphen_of_its_own_stays(lines: tuple[str, ...]) -> None:
    assert joined(*lines) == list(lines)


def test_the_document_itself_tells() -> None:
    cut = ("la plateforme Zerqa-", "wiyat du ministère")
    assert joined(*cut) == list(cut)
    assert joined(*cut, elsewhere="Zerqawiyat est ouverte") == ["la plateforme Zerqawiyat", "du ministère"]
    kept = ("auprès de l'admi-", "nistration")
    assert joined(*kept, elsewhere="dite admi-nistration") == list(kept)


def test_joined_words_are_counted_and_lines_with_a_kind_stay() -> None:
    page = [Line("l'admi-", 10.0, {"x": 1}), Line("nistration", 10.0), Line("de l'admi-", 0.0, kind=MarkKind.ROW)]
    [line, row] = CutWords([page]).join(page)
    assert (line.text, dict(line.mended)) == ("l'administration", {"x": 1, CUT_WORD: 1})
    assert row.text == "de l'admi-"
    assert CutWords([page]).join([row, Line("nistration", 10.0)])[0] == row
