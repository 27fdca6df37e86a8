from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.adapters.pdf_bidi import Part, parts_of, reading_order, rows
from jazari_rag.adapters.pdf_numbers import NumberOrder

BY_RULE, BY_EYE = NumberOrder(by_rule=True), NumberOrder(by_rule=False)


def seen(text: str) -> list[Part]:
    """What stands on the page from left to right; Arabic words are given as they are read."""
    return [Part(text[start:end], kind, start, end, 0, 1) for start, end, kind in parts_of(text)]


@pytest.mark.parametrize(
    ("on_the_page", "read"),
    [
        ("الأشخاص 08-09 رقم القانون", "القانون رقم 09-08 الأشخاص"),
        ("بتنفيذه 426-15-2 رقم المرسوم", "المرسوم رقم 2-15-426 بتنفيذه"),
        ("درهم 1.500,75 المبلغ", "المبلغ 1.500,75 درهم"),
        ("الأجر من %12,5 أي", "أي 12,5% من الأجر"),
        ("والمبلغ 00 22 68 37 05 :الهاتف", "الهاتف: 05 37 68 22 00 والمبلغ"),
        ("درهم 500,75 1 المبلغ", "المبلغ 1 500,75 درهم"),
        ("الموقع contact@example.ma البريد", "البريد contact@example.ma الموقع"),
        ("الآن (art. 45-2) 2024/2025 لسنة", "لسنة 2024/2025 (art. 45-2) الآن"),
        ("المنخرط CNSS (AMO) نظام", "نظام CNSS (AMO) المنخرط"),
        (".49 الفصل", "الفصل 49."),
        ("الأولى :3 المادة", "المادة 3: الأولى"),
        ("(2009 فبراير 18) في", "في (18 فبراير 2009)"),
        ("أعلاه ٣٠ البند", "البند ٣٠ أعلاه"),
        ("بإحداث 1999-1998 للسنة", "للسنة 1998-1999 بإحداث"),
    ],
)
def test_what_stands_on_a_page_is_read_from_the_right(on_the_page: str, read: str) -> None:
    assert reading_order(seen(on_the_page), BY_RULE) == read


@pytest.mark.parametrize(
    ("on_the_page", "read"),
    [
        ("09-08 رقم القانون", "القانون رقم 09-08"),
        ("بعده 327-3 الفصل", "الفصل 327-3 بعده"),
        ("بتاريخ 2-77-169 رقم المرسوم", "المرسوم رقم 2-77-169 بتاريخ"),
        ("بتاريخ 166-00-2 رقم المرسوم", "المرسوم رقم 2-00-166 بتاريخ"),
        ("والفاكس 05 37 68 22 00 الهاتف", "الهاتف 05 37 68 22 00 والفاكس"),
        ("بإحداث 1999-1998 للسنة", "للسنة 1998-1999 بإحداث"),
    ],
)
def test_an_author_who_saw_the_page_wrote_numbers_so_that_they_look_right(on_the_page: str, read: str) -> None:
    assert reading_order(seen(on_the_page), BY_EYE) == read


@given(st.text(alphabet="ابت ()[]0123-./%:aZ،\u0663"))
def test_nothing_is_lost_or_made_up(text: str) -> None:
    read = reading_order(seen(text), BY_RULE)
    assert sorted(read.translate(str.maketrans("]}", ")}")).replace("[", "(").replace(")", "(")) == sorted(
        text.translate(str.maketrans("]}", ")}")).replace("[", "(").replace(")", "(")
    )


@given(st.lists(st.integers(0, 3), min_size=1, max_size=20))
def test_lines_that_come_as_one_are_told_by_their_height(lines: list[int]) -> None:
    parts = [Part("كلمة", "right", at, at + 1, -20 * line, 10 - 20 * line) for at, line in enumerate(lines)]
    found = rows(parts)
    assert [{part.bottom for part in row} for row in found] == [{-20 * line} for line in sorted(set(lines))]
