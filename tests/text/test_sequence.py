"""Articles in the order of their numbers: what breaks it is none of this text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.languages import load_languages
from jazari_rag.text.outline import Heading
from jazari_rag.text.sequence import in_sequence

LANGUAGES = load_languages()


def article(number: str, *, doubtful: bool = False, quoted: bool = False) -> Heading:
    return Heading(0, 1, 8, f"Article {number}", True, number, quoted, doubtful)


def kept(*numbers: str | Heading) -> list[str]:
    headings = [item if isinstance(item, Heading) else article(item) for item in numbers]
    return [heading.number for page in in_sequence([headings]) for heading in page]


def run(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]


@given(st.integers(8, 30), st.integers(8, 60), st.lists(st.integers(200, 900), min_size=1, max_size=4))
def test_articles_that_a_note_quotes_are_left_out(before: int, after: int, quoted: list[int]) -> None:
    own = [*run(1, before), *run(before + 1, before + after)]
    numbers = [*run(1, before), *map(str, sorted(quoted, reverse=True)), *run(before + 1, before + after)]
    assert kept(*numbers) == own


@given(st.integers(2, 9), st.integers(6, 60))
def test_a_text_behind_another_begins_again(first: int, second: int) -> None:
    numbers = [*run(1, first), *run(1, second)]
    assert kept(*numbers) == numbers


def test_repealed_articles_leave_a_gap_and_nothing_else() -> None:
    numbers = [*run(1, 18), *run(24, 60), "60-1", "60-2", "60-bis", *run(61, 80)]
    assert kept(*numbers) == numbers


@given(st.lists(st.integers(1, 900).map(str), max_size=5))
def test_a_few_articles_have_no_order_to_break(numbers: list[str]) -> None:
    assert len(kept(*numbers)) == len(numbers)


def test_a_round_number_is_no_number_with_a_mark() -> None:
    assert kept("1", "200", "30") == ["1", "200", "30"]
    assert kept("1", "215", "37") == ["1", "215", "37"]


def test_extracts_without_order_stay_whole() -> None:
    numbers = [str(number) for number in (500, 20, 311, 70, 150, 12, 450, 33)]
    assert kept(*numbers) == numbers


def test_a_doubtful_head_is_one_where_its_number_is_missing() -> None:
    assert kept(*run(1, 6), article("7", doubtful=True), *run(8, 12)) == run(1, 12)
    assert kept(*run(1, 6), article("3", doubtful=True), *run(7, 12)) == run(1, 12)


def test_what_an_article_quotes_has_no_part_in_the_order() -> None:
    quoted = article("490", quoted=True)
    assert kept(*run(1, 9), quoted, *run(10, 20)) == [*run(1, 9), "490", *run(10, 20)]


def test_a_note_s_mark_is_cut_off_a_number_that_the_ones_around_it_prove() -> None:
    assert kept("60", "6121", "62", "63") == ["60", "61", "62", "63"]
    assert kept("41", "4215", "42-116", "44", "45", "46") == ["41", "42", "42-1", "44", "45", "46"]
    assert kept("78", "78-128", "78-230", "79") == ["78", "78-1", "78-2", "79"]
    [page] = in_sequence([[article("60"), article("6121"), article("62")]])
    assert [heading.label for heading in page] == ["Article 60", "Article 61", "Article 62"]


def test_a_number_that_is_too_long_is_no_article() -> None:
    assert kept("1", "123456", "2") == ["1", "2"]
