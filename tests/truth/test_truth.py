from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from broken import with_wrong_digits, without_names
from truth_pages import CUT, FONTS, KINDS, TruthPage, truth_page
from truth_score import Score, score

from jazari_rag.adapters.pdf import PdfReader
from jazari_rag.adapters.pdf_cut_words import CUT_WORD
from jazari_rag.domain import Page

SEEDS = (1, 2)
ENOUGH = 0.97
"""Share of right words below which a page must be flagged."""


def layout_is_missing() -> str:
    """Why pages cannot be laid out here; empty when they can."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError, DeprecationWarning) as error:
        return f"needs WeasyPrint, Pango and HarfBuzz-Subset: {error}"
    listed = subprocess.run((shutil.which("fc-list") or "true",), capture_output=True, text=True, check=False).stdout
    absent = [font for font in FONTS if font not in listed]
    return f"needs the fonts {', '.join(absent)}: tools/debian_packages.sh" if absent else ""


MISSING = layout_is_missing()
pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


@pytest.fixture(scope="session")
def laid_out() -> list[tuple[TruthPage, bytes]]:
    import weasyprint

    pages = [truth_page(*choice) for choice in itertools.product(KINDS, FONTS, SEEDS)]
    return [(page, weasyprint.HTML(string=page.html).write_pdf()) for page in pages]


def read(data: bytes, folder: Path) -> Page:
    path = folder / "page.pdf"
    path.write_bytes(data)
    return PdfReader().read(path).pages[0]


def share(scores: list[Score], found: str, of: str) -> float:
    return sum(getattr(one, found) for one in scores) / sum(getattr(one, of) for one in scores)


def test_words_and_numbers_are_those_that_were_written_in_their_order(
    laid_out: list[tuple[TruthPage, bytes]], tmp_path: Path
) -> None:
    scores = [score(page.text, read(data, tmp_path).text) for page, data in laid_out]
    assert share(scores, "numbers_found", "numbers") >= 0.995
    assert share(scores, "found", "words") >= 0.99
    assert share(scores, "found", "written") >= 0.99


def test_pages_that_were_read_wrongly_are_flagged_and_others_are_not(
    laid_out: list[tuple[TruthPage, bytes]], tmp_path: Path
) -> None:
    flagged: dict[bool, list[bool]] = {True: [], False: []}
    for page, data in laid_out:
        for variant in (data, without_names(data), with_wrong_digits(data)):
            got = read(variant, tmp_path)
            found = score(page.text, got.text)
            right = found.exact >= ENOUGH and found.numbers_found == found.numbers
            flagged[right].append(not got.quality.is_trusted)
    assert sum(flagged[False]) >= 0.95 * len(flagged[False])
    assert sum(flagged[True]) <= 0.03 * len(flagged[True])
    assert len(flagged[True]) >= len(laid_out) * 0.9
    assert len(flagged[False]) >= len(laid_out)


def test_a_wrong_digit_is_never_shown(laid_out: list[tuple[TruthPage, bytes]], tmp_path: Path) -> None:
    for page, data in laid_out:
        digits = {char for char in read(with_wrong_digits(data), tmp_path).text if char.isdigit()}
        assert not digits, page.name


def test_text_without_names_makes_no_passage_and_asks_for_recognition(
    laid_out: list[tuple[TruthPage, bytes]], tmp_path: Path
) -> None:
    [page] = [read(without_names(data), tmp_path) for _, data in laid_out[:1]]
    assert page.quality.wants_recognition
    assert [(mark.start, mark.end, mark.kind) for mark in page.marks] == [(0, len(page.text), "hidden")]


@pytest.mark.parametrize(("sign", "least"), [("auto", 0.99), ("'-'", 0.95)])
def test_words_that_the_layout_cuts_are_whole(sign: str, least: float, tmp_path: Path) -> None:
    import weasyprint

    written, whole = Counter[str](), Counter[str]()
    for language, text in CUT.items():
        html = (
            f"<html lang={language}><style>@page{{size:A4}}body{{width:130pt;font:12pt 'DejaVu Sans';hyphens:auto;"
            f"hyphenate-character:{sign}}}</style><p>{text}"
        )
        page = read(weasyprint.HTML(string=html).write_pdf(), tmp_path)
        assert page.quality.repairs[CUT_WORD] >= 5, language
        wanted = Counter(re.findall(r"\w+", text))
        written += wanted
        whole += wanted & Counter(re.findall(r"\w+", page.text))
    assert whole.total() >= least * written.total()
