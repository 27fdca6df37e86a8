"""Without tesseract, or with it switched off, the report names the pages and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from jazari_rag.adapters.ocr_layout import Word, page_of
from jazari_rag.adapters.ocr_setup import missing
from jazari_rag.adapters.pdf import PdfReader
from jazari_rag.config import OcrSettings, PassageSizes, ReadingLimits
from jazari_rag.domain import BLANK, IMAGE_ONLY
from jazari_rag.errors import ReadError
from jazari_rag.ingestion.reading import SandboxedReading
from jazari_rag.ingestion.recognition import Recognition
from jazari_rag.ingestion.sandbox import worker_command

FILLED, IMAGE = "0 0 9 9 re f", "q 595 0 0 842 0 0 cm BI /W 2 /H 1 /CS /G /BPC 8 /F /AHx ID 00FF> EI Q"


def pdf(*contents: str) -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for content in contents:
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body = "".join(f"{number} 0 obj\n{item}\nendobj\n" for number, item in enumerate(objects, start=1))
    return f"%PDF-1.7\n{body}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n%%EOF\n".encode()


def reading(advice: str) -> SandboxedReading:
    command, limits = worker_command(), ReadingLimits()
    recognition = Recognition(command, limits, OcrSettings(), lambda: advice)
    return SandboxedReading(command, limits=limits, sizes=PassageSizes(), recognition=recognition)


def test_pages_without_anything_on_them_are_told_from_drawn_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("", FILLED, IMAGE, "1 g 0 0 595 842 re f"))
    qualities = [page.quality for page in PdfReader().read(path).pages]
    assert [BLANK in quality.reasons for quality in qualities] == [True, False, False, True]
    assert [IMAGE_ONLY in quality.reasons for quality in qualities] == [False, True, True, False]
    assert not any(quality.has_text for quality in qualities)


def test_the_report_names_the_pages_and_the_commands_that_install_recognition(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(FILLED, "", IMAGE))
    commands = missing(("ar", "fr"), importable=lambda _: False, installed=lambda: None)
    problem = reading(commands).inspect(path).problem
    assert problem is not None
    assert "pages 1, 3" in problem
    assert "pip install 'jazari-rag[ocr]'" in problem
    assert "apt-get install tesseract-ocr tesseract-ocr-ara tesseract-ocr-fra" in problem


def test_a_document_of_blank_pages_is_not_sent_to_recognition(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("", ""))
    assert reading("install it").inspect(path).problem == "it holds no text"


@pytest.mark.parametrize(
    ("importable", "installed", "commands"),
    [
        (True, ["ara", "eng", "fra", "osd"], ""),
        (True, ["eng", "osd"], "apt-get install tesseract-ocr-ara tesseract-ocr-fra"),
        (True, ["ara", "eng"], "apt-get install tesseract-ocr-fra"),
        (False, ["ara", "fra"], "pip install 'jazari-rag[ocr]'"),
    ],
)
def test_only_what_is_missing_is_asked_for(importable: bool, installed: list[str], commands: str) -> None:
    found = missing(("ar", "fr"), importable=lambda _: importable, installed=lambda: installed)
    assert found == commands


def test_a_file_that_is_gone_is_refused_like_any_other(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        reading("").inspect(tmp_path / "absent.pdf")


def row(*words: tuple[str, int, float], line: int = 1) -> list[Word]:
    return [Word(text, confidence, (1, 1, line), left, 20) for text, left, confidence in words]


def test_the_groups_of_a_number_keep_their_order_in_an_arabic_line() -> None:
    page, _ = page_of(row(("الهاتف", 500, 90), (":37", 450, 90), ("21", 400, 90), ("37", 350, 90), ("05", 300, 90)), 1)
    assert page.text == "الهاتف :05 37 21 37"
    assert page.quality.repairs == {"number order": 1}


def test_noise_is_dropped_and_doubtful_numbers_are_marked() -> None:
    lines = [*row(("§~", 1, 95)), *row(("Wx", 1, 12), line=2), *row(("Total", 1, 95), ("1O0", 9, 40), line=3)]
    page, title = page_of(lines, 4)
    assert (page.number, page.text, title) == (4, "Total 1O0", "Total 1O0")
    assert page.quality.reasons == ("doubtful numbers",)
    assert page.quality.repairs == {"noise dropped": 2}
    assert page.quality.confidence == pytest.approx(74.4)


def test_bullets_that_were_read_as_something_else_are_bullets() -> None:
    for read in ("٠", "«", "*", "°"):
        page, _ = page_of(row((read, 500, 80), ("شهادة", 400, 90), ("الطعن", 300, 90)), 1)
        assert page.text == "• شهادة الطعن"
        assert [mark.kind for mark in page.marks] == ["item"]


def test_the_title_is_what_is_set_largest_and_was_read_surely() -> None:
    rows = (("wavy noise", 50, 90), ("Casier judiciaire", 90, 40), ("fiche numero trois", 85, 38), ("Le texte", 95, 20))
    lines = [Word(text, sure, (1, 1, line), 1, height) for line, (text, sure, height) in enumerate(rows)]
    assert page_of(lines, 1)[1] == "Casier judiciaire fiche numero trois"
