from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.adapters.pdf_arabic import mend_signs


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("صادر في 6 من ذي القعدة )10 أغسطس 2016( بتنفيذ", "صادر في 6 من ذي القعدة (10 أغسطس 2016) بتنفيذ"),
        ("من رمضان 1432)17 أغسطس 2011(؛", "من رمضان 1432(17 أغسطس 2011)؛"),
        ("أ( معيار المهن", "أ) معيار المهن"),
        ("باسم »المنخرطين«.", "باسم «المنخرطين»."),
        ("لمقتضيات الفصل .49", "لمقتضيات الفصل 49."),
        ("Le tarif )art. 12 bis( est fixe", "Le tarif (art. 12 bis) est fixe"),
        ("3352(.", "3352)."),
        ("-8 القانون رقم 33.11", "8- القانون رقم 33.11"),
    ],
)
def test_signs_are_put_in_the_order_of_reading(seen: str, read: str) -> None:
    mended, counts = mend_signs(seen)
    assert mended == read
    assert sum(counts.values()) > 0


@pytest.mark.parametrize(
    "line",
    [
        "(5) عقود شغل غير محددة المدة.",
        "القانون رقم 65.99 (مدونة الشغل)، المادة 184",
        "المادة 3.5 من القرار",
        "loi n° 19-12 (sic) .49",
        "a) la demande, 2) le timbre",
        "« كوفيد – 19 »",
    ],
)
def test_what_is_right_or_not_arabic_stays(line: str) -> None:
    assert mend_signs(line) == (line, {})


@given(st.text(alphabet="ابت()[]«» 12.-،a\n"))
def test_mending_only_moves_or_mirrors_signs(line: str) -> None:
    mended, _ = mend_signs(line)
    assert sorted(mended.translate(str.maketrans(")]»", "([«"))) == sorted(line.translate(str.maketrans(")]»", "([«")))
