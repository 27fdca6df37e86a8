"""Facts that a person read off three real pages: amounts, numbers and dates, as the page shows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jazari_rag.adapters.pdf import PdfReader
from jazari_rag.domain import Page

PAGES = {
    ("1a277bc7", 2): [
        "مرسوم رقم 2.14.343 صادر في 26 من شعبان 1435",
        "(24 يونيو 2014)",
        "القانون رقم 65.99",
        "رقم 1.03.194 بتاريخ 14 من رجب 1424 (11 سبتمبر 2003)",
        "2.08.374",
        "المادة 356 من القانون",
        "فاتح يوليو 2014:",
        "(12,85 درهم)",
        "(66,56 درهم)",
        "فاتح يوليو 2015:",
        "(13,46 درهم)",
        "(69,73 درهم)",
        "عدد 6272 بتاريخ 12 رمضان 1435",
        "ص 5716.",
    ],
    ("ec096b61", 4): [
        "من فاتح يناير 2008 إلى 31 ديسمبر 2012 | المعامل: 1,20",
        "من فاتح يناير 1994 إلى 31 ديسمبر 1997 | المعامل: 2,06",
        "من 16 ديسمبر 1973 إلى 31 ديسمبر 1976 | المعامل: 3,94",
        "من فاتح يناير 1948 إلى 29 فبراير 1952 | المعامل: 31,31",
        "1947 | المعامل: 35,04",
        "1942 | المعامل: 174,50",
    ],
    ("53750fb3", 12): [
        "الفصل 19\n",
        "الفصل 20\n",
        "(20.000 درهم)",
        "طبقا لأحكام الفصل 12 أعلاه",
        "رقم 1.11.149 بتاريخ 16 من رمضان 1432",
        "عدد 5975 بتاريخ 6 شوال 1432 (5 سبتمبر 2011)، ص 4387.",
        "القانون رقم 72.03",
        "المواد من 5 إلى 9 من القانون رقم 53.95",
        "(12 فبراير 1997)؛ الجريدة الرسمية عدد 4482 بتاريخ 8 محرم 1418 (15 ماي 1997)، ص 1141.",
        "المواد 8 و9 ومن 20 إلى 44 من القانون رقم",
        "22 من ربيع الأول 1414 (10 شتنبر 1993)",
        "القانون رقم 35.10",
    ],
}


def page_of(shared: Path, name: str, number: int) -> Page:
    [path] = (shared / "corpora" / "morocco" / "pdf").glob(f"{name}*.pdf")
    return PdfReader().read(path).pages[number - 1]


@pytest.mark.parametrize(("place", "facts"), PAGES.items(), ids=[f"{name} p. {number}" for name, number in PAGES])
def test_a_page_states_what_a_person_reads_on_it(shared: Path, place: tuple[str, int], facts: list[str]) -> None:
    page = page_of(shared, *place)
    assert [fact for fact in facts if fact not in page.text] == []
    assert page.quality.is_trusted


def test_a_decree_whose_file_names_digits_wrongly_shows_none_of_them(shared: Path) -> None:
    """The page shows 15,55 and 84,37; its text layer says 19599 and .15.. beside words that are right."""
    page = page_of(shared, "fa6e6af6", 2)
    assert page.quality.reasons == ("garbage digits",)
    assert page.quality.wants_recognition
    assert not re.search(r"\d{2}", page.text)
    assert "خمسة عشر درهما وخمسة وخمسين سنتيما" in page.text


def test_a_fine_in_a_code_that_its_file_states_wrongly_is_not_shown(shared: Path) -> None:
    """The page shows a fine of 1.200 to 5.000 dirhams; its text layer says 00211 and 5.001."""
    page = page_of(shared, "a39f0281", 192)
    assert page.quality.reasons == ("garbage digits",)
    assert "00211" not in page.text
    assert "5.001" not in page.text
