"""Pages that are images are read by tesseract, and everything that is quoted from them says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn_pages import FONT, image_pdf, lines_of

from jazari_rag import Assistant
from jazari_rag.config import Config, OcrSettings

pytestmark = [
    pytest.mark.extra("ocr"),
    pytest.mark.skipif(not FONT.exists(), reason="needs the font DejaVu: apt-get install fonts-dejavu-core"),
]

FRENCH = [
    "La carte nationale est délivrée par la préfecture de police",
    "du lieu de résidence du demandeur. Le dossier comprend un",
    "extrait d'acte de naissance, deux photographies récentes et",
    "un timbre fiscal de 75 dirhams. La demande est déposée au",
    "guichet, et la carte est remise dans un délai de 10 jours.",
]
HOURS = """Horaires des services
Les bureaux ouvrent a neuf heures du matin.
Ils ferment a seize heures trente.
Le samedi est chome."""
ARABIC = [
    "تسلم البطاقة الوطنية من طرف مصالح الأمن التابع لها",
    "محل سكنى صاحب الطلب ويتكون الملف من نسخة من",
    "رسم الولادة وصورتين حديثتين وطابع مالي قيمته",
    "75 درهما ويودع الطلب في شباك الإدارة وتسلم",
    "البطاقة داخل أجل 10 أيام",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scans")
    (folder / "carte.pdf").write_bytes(image_pdf(lines_of(FRENCH), None))
    return folder


@pytest.fixture(scope="module")
def assistant(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(tmp_path_factory.mktemp("store") / "s") as opened:
        report = opened.ingest(folder)
        assert (report.added, report.failed, report.warnings) == (1, 0, ())
        yield opened


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def recognised(path: Path, languages: tuple[str, ...] = ("ar", "fr")) -> object:
    from jazari_rag.adapters.ocr import recognise

    return recognise(path, 1, languages=languages)[0]


@pytest.mark.parametrize("lines", [FRENCH, ARABIC], ids=["French", "Arabic"])
def test_nine_words_in_ten_are_read_in_a_language_that_nobody_named(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(image_pdf(lines_of(lines, arabic=lines is ARABIC)))
    page = recognised(path)
    truth = words(" ".join(lines))
    assert (truth & words(page.text)).total() >= 0.9 * truth.total(), page.text
    assert "10" in words(page.text)
    assert page.quality.engine == "tesseract"
    assert page.quality.confidence > 70


def test_a_page_in_two_languages_is_read_in_both(tmp_path: Path) -> None:
    def draw(canvas: object) -> None:
        lines_of(ARABIC, arabic=True)(canvas)
        lines_of(FRENCH, top=900)(canvas)

    path = tmp_path / "a.pdf"
    path.write_bytes(image_pdf(draw))
    found = words(recognised(path).text)
    for lines in (ARABIC, FRENCH):
        truth = words(" ".join(lines))
        assert (truth & found).total() >= 0.8 * truth.total()


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    def draw(canvas: object) -> None:
        lines_of([line[:26] for line in FRENCH * 3], size=28)(canvas)
        lines_of(["colonne droite du document"] * 15, size=28, x=700)(canvas)

    path = tmp_path / "a.pdf"
    path.write_bytes(image_pdf(draw))
    text = recognised(path).text
    assert text.rindex("carte") < text.index("colonne")


def test_what_is_quoted_from_an_image_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("Quel est le prix du timbre fiscal ?", language="fr")
    assert "75 dirhams" in answer.text
    assert all(citation.recognised and "(OCR)" in str(citation) for citation in answer.citations)


def test_recognised_passages_can_be_filtered_and_know_their_confidence(assistant: Assistant) -> None:
    [hit, *_] = assistant.search("timbre fiscal", where={"ocr": True})
    assert 0 < hit.passage.metadata["ocr_confidence"] <= 100


def test_the_title_is_read_from_the_page_where_the_file_states_none(tmp_path: Path) -> None:
    def draw(canvas: object) -> None:
        lines_of(["Guide de la carte nationale"], size=56)(canvas)
        lines_of(FRENCH, top=400)(canvas)

    (tmp_path / "scan-0012.pdf").write_bytes(image_pdf(draw))
    with Assistant.open(tmp_path / "store") as assistant:
        assistant.ingest(tmp_path / "scan-0012.pdf")
        assert [document.title for document in assistant.documents()] == ["Guide de la carte nationale"]


def test_ingesting_again_recognises_nothing_again(assistant: Assistant, folder: Path) -> None:
    report = assistant.ingest(folder)
    assert (report.unchanged, report.passages) == (1, 0)


def test_inspect_shows_what_was_recognised(folder: Path) -> None:
    from jazari_rag.assembly import inspect_file

    found = inspect_file(folder / "carte.pdf", Config())
    assert "carte nationale" in found.pages[0].text
    assert all(p.text == found.pages[p.page - 1].text[p.start : p.end] for p in found.passages)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A page of text and two pages that are images."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "mixed.pdf").write_bytes(image_pdf(HOURS, lines_of(FRENCH), lines_of(FRENCH[:2])))
    return tmp_path / "in"


def test_when_recognition_comes_the_documents_that_lacked_it_are_read_again(mixed: Path, tmp_path: Path) -> None:
    off, on = Config(ocr=OcrSettings(enabled=False)), Config()
    with Assistant.open(tmp_path / "store", config=off) as assistant:
        first = assistant.ingest(mixed)
        assert (first.added, len(first.warnings)) == (1, 1)
        assert "pages 2-3" in str(first.warnings[0])
        assert assistant.ingest(mixed).unchanged == 1
        before = assistant.documents()[0].revision
    with Assistant.open(tmp_path / "store", config=on) as assistant:
        second = assistant.ingest(mixed)
        assert (second.updated, second.warnings) == (1, ())
        assert assistant.documents()[0].revision != before
        assert {hit.passage.page for hit in assistant.search("guichet dirhams bureaux", language="fr")} >= {1, 2}
        assert assistant.ingest(mixed).unchanged == 1
    with Assistant.open(tmp_path / "store", config=off) as assistant:
        assert assistant.ingest(mixed).unchanged == 1, "what was recognised stays when recognition is gone"


def test_a_page_over_the_limits_is_named_and_the_rest_is_ingested(mixed: Path, tmp_path: Path) -> None:
    for settings, key in (({"seconds_a_page": 0.01}, "ocr.seconds_a_page"), ({"pages": 1}, "ocr.pages")):
        config = Config(ocr=settings_with(settings))
        with Assistant.open(tmp_path / key, config=config) as assistant:
            report = assistant.ingest(mixed)
            assert (report.added, report.failed) == (1, 0)
            [warning] = report.warnings
            assert ("pages 2-3" if "seconds" in key else "page 3") in warning.reason
            assert key in warning.reason
            assert assistant.ingest(mixed).unchanged == 1


def settings_with(values: dict[str, float]) -> OcrSettings:
    return OcrSettings.model_validate({**OcrSettings().model_dump(), **values})


def test_a_picture_without_words_is_a_failure_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "photo.pdf").write_bytes(image_pdf(lambda canvas: canvas.ellipse((200, 200, 900, 900), fill=90)))
    with Assistant.open(tmp_path / "store") as assistant:
        [failure] = assistant.ingest(tmp_path / "photo.pdf").failures
    assert "nothing could be recognised" in failure.reason
