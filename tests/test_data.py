"""The sample documents say what their sources say, and what lists them agrees with what is there."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
DOCUMENTS = DATA / "documents"

# Law and fees as printed in the sources named in data/README.md.
PDF_FACTS = {
    "cnie-fr.pdf": [
        "75 dirhams",
        "16 ans",
        "10 à 15 jours",
        "10 ans",
        "5 ans",
        "35 sur 45 mm",
        "article 360",
        "200 à 1.500",
    ],
    "code-route-points-fr.pdf": [
        "20 points",
        "30 points",
        "5.000 à 10.000",
        "700 à 1.400",
        "500 à 1.000",
        "article 99",
    ],
    "code-travail-fr.pdf": [
        "44 heures",
        "2288 heures",
        "90 jours",
        "quatorze semaines",
        "96 heures",
        "240 heures",
        "36 mois",
    ],
    "vol-infractions-fr.pdf": ["article 505", "200 à 500 dirhams", "article 540", "500 à 5.000", "5.000 à 50.000"],
    "salaire-minimum-ar.pdf": ["15,55", "84,37", "14,81", "76,70", "2.22.606", "358", "360", "60 بالمائة"],
    "travail-domestique-ar.pdf": [
        "18 سنة",
        "48 ساعة",
        "60 بالمائة",
        "25.000",
        "30.000",
        "19.12",
        "96 ساعة",
        "240 ساعة",
    ],
}
CARD = "Carte nationale d'identité"
POINTS = {
    "Conduite sous l'influence de l'alcool ou de stupéfiants": 6,
    "Non-respect d'un panneau STOP ou d'un feu rouge": 4,
    "Non-respect du droit de priorité": 2,
    "Ceinture de sécurité non utilisée": 1,
}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def document_ids() -> set[str]:
    """The ids as ingestion gives them: a row's own, else the path under the ingested root's name."""
    files = {f"documents/{path.name}" for path in DOCUMENTS.iterdir() if path.suffix != ".jsonl"}
    return files | {row["id"] for row in rows(DOCUMENTS / "faq.jsonl")}


def pdf_pages(path: Path) -> list[str]:
    pdfium = pytest.importorskip("pypdfium2")
    with pdfium.PdfDocument(path) as document:
        return [document[number].get_textpage().get_text_range() for number in range(len(document))]


def word_text(package: bytes) -> bytes:
    """The body of a DOCX: the compressed bytes around it depend on the zlib at hand."""
    with zipfile.ZipFile(io.BytesIO(package)) as members:
        return members.read("word/document.xml")


def spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def builder() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("build_data", ROOT / "tools" / "build_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_the_readme_lists_every_document_and_no_other() -> None:
    listed = re.findall(r"^\| `(documents/[^`]+)`", (DATA / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(f"documents/{path.name}" for path in DOCUMENTS.iterdir())


def test_the_readme_says_that_they_are_samples() -> None:
    assert "samples, not legal advice" in (DATA / "README.md").read_text(encoding="utf-8")


def test_every_written_document_says_itself_that_it_is_a_sample() -> None:
    words = ("Document d'exemple", "وثيقة نموذجية", "Documento de ejemplo", "Sample document")
    for path in [*DOCUMENTS.glob("*.md"), *DOCUMENTS.glob("*.html"), *(ROOT / "tools" / "data_sources").iterdir()]:
        assert any(word in spaced(path.read_text(encoding="utf-8")) for word in words), path.name


def test_there_are_at_least_sixteen_documents_in_four_languages_and_formats() -> None:
    names = [path.name for path in DOCUMENTS.iterdir()]
    assert len(names) >= 18
    assert {Path(name).stem[-3:] for name in names} >= {"-fr", "-ar", "-es", "-en"}
    for suffix, least in ((".pdf", 6), (".docx", 4), (".html", 4), (".md", 4)):
        assert sum(name.endswith(suffix) for name in names) >= least


def test_every_source_has_its_output_and_every_generated_file_its_source(builder: ModuleType) -> None:
    targets = {source.target for source in builder.sources()}
    assert targets == {path for path in DOCUMENTS.iterdir() if path.suffix in (".pdf", ".docx")}
    assert all(target.stat().st_size < 100 * 1024 for target in targets)


def test_a_docx_is_what_its_source_builds(builder: ModuleType) -> None:
    for source in builder.sources():
        if source.target.suffix == ".docx":
            assert word_text(builder.build(source)) == word_text(source.target.read_bytes()), source.target.name


@pytest.mark.parametrize("name", sorted(PDF_FACTS))
def test_a_pdf_prints_its_facts_exactly(name: str) -> None:
    text = spaced("\n".join(pdf_pages(DOCUMENTS / name)))
    assert [fact for fact in PDF_FACTS[name] if fact not in text] == []


def test_no_pdf_has_a_letter_without_a_unicode_value() -> None:
    for name in PDF_FACTS:
        text = "".join(pdf_pages(DOCUMENTS / name))
        assert re.findall("[\ue000-\uf8ff\ufffd\u0f00-\u0fff\ufb50-\ufdff\ufe70-\ufeff]", text) == [], name


def test_the_points_stand_beside_their_offence() -> None:
    text = spaced("\n".join(pdf_pages(DOCUMENTS / "code-route-points-fr.pdf")))
    for offence, points in POINTS.items():
        assert re.search(rf"{re.escape(offence)} {points}\b", text), offence


def test_one_pdf_has_pages_with_running_head_and_numbers() -> None:
    pages = pdf_pages(DOCUMENTS / "code-travail-fr.pdf")
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} / {len(pages)}" in page
        assert "Guide du salarié : contrat, durée du travail, congés et licenciement" in page


def test_amounts_agree_between_the_languages_of_a_subject() -> None:
    arabic = spaced("\n".join(pdf_pages(DOCUMENTS / "salaire-minimum-ar.pdf")))
    french = (DOCUMENTS / "salaire-minimum-fr.md").read_text(encoding="utf-8")
    wages = set(re.findall(r"\b\d\d,\d\d\b", french))
    assert len(wages) == 10
    assert wages == set(re.findall(r"\b\d\d,\d\d\b", arabic))


def test_fees_agree_between_the_table_and_the_sheets() -> None:
    with (DOCUMENTS / "frais-et-guichets.csv").open(encoding="utf-8", newline="") as file:
        fees = {row["Démarche"].split(" (")[0]: row["Frais en dirhams"] for row in csv.DictReader(file)}
    assert f"{fees[CARD]} درهما" in (DOCUMENTS / "cnie-ar.html").read_text(encoding="utf-8")
    assert f"{fees['Passeport biométrique']} dirhams" in (DOCUMENTS / "passport-en.html").read_text(encoding="utf-8")
    assert f"{fees['Casier judiciaire']} دراهم" in (DOCUMENTS / "casier-judiciaire-ar.md").read_text(encoding="utf-8")
    assert f"{fees['Acte de naissance']} درهم" in (DOCUMENTS / "acte-naissance-ar.md").read_text(encoding="utf-8")


def test_every_row_of_the_faq_is_a_document() -> None:
    faq = rows(DOCUMENTS / "faq.jsonl")
    assert len({row["id"] for row in faq}) == len(faq) >= 8
    assert {row["lang"] for row in faq} == {"fr", "ar", "es", "en"}
    assert all(row["title"] and row["text"] and row["source"] for row in faq)


def test_every_relevant_id_of_a_question_exists() -> None:
    known = document_ids()
    questions = rows(DATA / "questions.jsonl")
    assert len({question["id"] for question in questions}) == len(questions) >= 30
    assert {identifier for question in questions for identifier in question["relevant"]} <= known
    assert sum(not question["relevant"] for question in questions) >= 5
    assert {question["lang"] for question in questions} == {"fr", "ar", "ary", "ary-Latn", "es", "en"}


def test_every_document_answers_a_question() -> None:
    asked = {identifier for question in rows(DATA / "questions.jsonl") for identifier in question["relevant"]}
    assert document_ids() - asked == set()


def test_the_demonstration_asks_six_questions_in_five_languages() -> None:
    questions = tomllib.loads((DATA / "demo.toml").read_text(encoding="utf-8"))["question"]
    assert len(questions) == 6
    assert {question["language"] for question in questions} == {"ar", "fr", "ary", "en", "es"}
    known = {question["question"] for question in rows(DATA / "questions.jsonl")}
    assert {question["text"] for question in questions} <= known
