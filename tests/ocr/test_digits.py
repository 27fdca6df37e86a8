from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.domain import GARBAGE_DIGITS, Page, PageQuality
from jazari_rag.ingestion.digits import with_digits


def filled(masked: str, read: str) -> Page:
    page = Page(2, masked, quality=PageQuality("pdfium", (GARBAGE_DIGITS,)))
    return with_digits(page, Page(2, read, quality=PageQuality("tesseract", confidence=88.0)))


def test_words_stay_and_numbers_come_from_what_was_recognised() -> None:
    page = filled(
        "يحدد المبلغ في (����� درهما) ابتداء من ���� للأجراء", "يحدد المبلع في (15,55 درهما)» ابتداء من 2022» للأجراء"
    )
    assert page.text == "يحدد المبلغ في (15,55 درهما) ابتداء من 2022 للأجراء"
    assert page.quality.reasons == ()
    assert page.quality.repairs == {"digits recognised": 2}
    assert page.quality.confidence == 88.0


def test_a_number_of_another_length_is_not_taken() -> None:
    page = filled("من فاتح سبتمبر ����، يحدد", "من فاتح سبتمبر 22022 يحدد")
    assert page.text == "من فاتح سبتمبر ����، يحدد"
    assert page.quality.reasons == (GARBAGE_DIGITS,)


def test_a_number_among_other_words_is_not_taken() -> None:
    assert filled("المادة ��� من القانون", "غرامة 500 لكل مخالفة").text == "المادة ��� من القانون"


@given(st.text(alphabet="اب \ufffd()12،\n"), st.text(alphabet="اب 0123.()\n"))
def test_nothing_but_unreadable_digits_changes(masked: str, read: str) -> None:
    page = filled(masked, read)
    assert len(page.text) == len(masked)
    assert all(one == other for one, other in zip(masked, page.text, strict=True) if one != "\ufffd")
