"""Columns that are drawn line by line are told from tables, lists and prose."""

from __future__ import annotations

from jazari_rag.adapters.pdf_bidi import Part
from jazari_rag.adapters.pdf_columns import Columns, find_columns, gutters
from jazari_rag.adapters.pdf_glyphs import Box
from jazari_rag.adapters.pdf_objects import TEXT, Drawn

GUTTER = 250.0


def words(text: str, left: float, width: float, height: float) -> list[Part]:
    """The words of a line, spread over its width."""
    step = width / max(1, len(text.split()))
    return [
        Part(
            word,
            "digits" if word.isdigit() else "left",
            left + n * step,
            left + n * step + 0.8 * step,
            height,
            height + 9,
        )
        for n, word in enumerate(text.split())
    ]


def line(number: int, left: str, right: str, widths: tuple[float, float] = (230, 230)) -> list[Part]:
    return [*words(left, 0, widths[0], -12.0 * number), *words(right, 270, widths[1], -12.0 * number)]


PROSE = "toute personne qui demande la carte"


def test_prose_on_both_sides_of_a_gutter_is_two_columns() -> None:
    lines = [line(number, PROSE, PROSE) for number in range(8)]
    assert find_columns(lines, GUTTER) == [Columns(0, 8, sure=True)]


def test_a_heading_before_and_a_line_across_are_not_of_them() -> None:
    heading = words("dispositions générales du code", 0, 200, 40)
    across = words(" ".join([PROSE] * 3), 0, 500, -200)
    lines = [heading, *(line(number, PROSE, PROSE) for number in range(6)), across, *(line(9, PROSE, "") for _ in "ab")]
    assert find_columns(lines, GUTTER) == [Columns(1, 7, sure=True)]


def test_lines_that_the_engine_keeps_apart_are_columns_too_where_it_goes_to_and_fro() -> None:
    to_and_fro = [side for number in range(6) for side in (line(number, PROSE, ""), line(number, "", PROSE))]
    one_by_one = [*to_and_fro[::2], *to_and_fro[1::2]]
    assert find_columns(to_and_fro, GUTTER) == [Columns(0, 12, sure=True)]
    assert find_columns(one_by_one, GUTTER) == []


def test_what_only_stands_side_by_side_is_no_column() -> None:
    figures = [line(number, PROSE, "75 30 12 4") for number in range(8)]
    names = [line(number, "extrait de naissance", "mairie", (120, 60)) for number in range(8)]
    few = [line(number, PROSE, PROSE) for number in range(4)]
    assert find_columns(figures, GUTTER) == find_columns(names, GUTTER) == find_columns(few, GUTTER) == []


def test_what_may_be_a_table_of_texts_is_not_sure() -> None:
    ragged = [line(number, PROSE, PROSE, (230 if number % 10 < 3 else 90, 230)) for number in range(10)]
    assert find_columns(ragged, GUTTER) == [Columns(0, 10, sure=False)]


def drawn(*boxes: tuple[float, float]) -> list[Drawn]:
    return [Drawn(None, TEXT, Box(left, 0.0, right, 9.0), in_form=False) for left, right in boxes]


def test_a_gutter_is_looked_for_where_the_drawing_goes_to_and_fro() -> None:
    [place] = gutters(drawn(*[(0, 230), (270, 500)] * 6))
    assert 230 < place < 270
    assert gutters(drawn(*[(0, 230)] * 6, *[(270, 500)] * 6)) == []
    assert gutters(drawn(*[(0, 240), (242, 500)] * 6)) == []
    assert gutters(drawn(*[(0, 20), (50, 500)] * 6)) == []
    assert gutters([]) == []
