"""An administration adds Swahili from a folder of its own: asked, answered and refused in it, without new code."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from jazari_rag import AnswerStatus, Assistant
from jazari_rag.config import Config

LANGUAGE = """
code = "sw"
name = "Kiswahili"
script = "Latn"
direction = "ltr"
aliases = ["swa"]
stop_words = "ya na wa kwa ni la za katika hii hiyo je gani ipi wapi lini nani nini kiasi ngapi ninaweza nataka kupata"
markers = "ya wa kwa gani wapi lini nani ngapi ninaweza nataka kupata shilingi pasipoti cheti leseni ada serikali"
vague = "kawaida"

[names]
fr = "swahili"
sw = "Kiswahili"

[cues]
amount = ["shilingi ngapi", "ada gani", "gharama"]
place = ["wapi"]
duration = ["muda gani", "siku ngapi"]

[answers]
amount = ["shilingi"]
duration = ["siku", "miezi"]

[messages]
answered = "Hati zinasema:"
partial = "Hati zinajibu sehemu tu ya swali lako:"
no_evidence = "Sikupata jibu la swali hili katika hati zilizopo."
source_language_note = "Chanzo kimeandikwa kwa {language}:"
contact_note = "Wasiliana na: {contact}"
"""
GLOSSARY = """
source = "this test"

[passport]
sw = ["pasipoti", "hati ya kusafiria"]

[residence_certificate]
sw = ["cheti cha ukazi"]
"""
SHEETS = {
    "pasipoti": ("sw", "Pasipoti", "Ada ya pasipoti ya kawaida ni shilingi elfu nne. Pasipoti hutolewa kwa siku kumi."),
    "leseni": (
        "sw",
        "Leseni ya udereva",
        "Leseni ya udereva hutolewa katika ofisi ya wilaya. Ada yake ni shilingi mia.",
    ),
    "residence": (
        "fr",
        "Certificat de résidence",
        "Le certificat de résidence est délivré gratuitement par l'autorité.",
    ),
    "naissance": ("fr", "Acte de naissance", "L'acte de naissance est remis par l'officier de l'état civil."),
}
CONTACT = "Ofisi ya Msaada, simu 1234"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("portal")
    (folder / "sw" / "glossary").mkdir(parents=True)
    (folder / "sw" / "language.toml").write_text(LANGUAGE, encoding="utf-8")
    (folder / "sw" / "glossary" / "ours.toml").write_text(GLOSSARY, encoding="utf-8")
    rows = [{"id": key, "lang": lang, "title": title, "text": text} for key, (lang, title, text) in SHEETS.items()]
    (folder / "sheets.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    config = Config(languages=[folder / "sw"], contact={"sw": CONTACT})  # type: ignore[arg-type]
    with Assistant.open(folder / "store", config=config) as opened:
        assert opened.ingest(folder / "sheets.jsonl").failed == 0
        yield opened


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Ada ya pasipoti ni shilingi ngapi?", "pasipoti"),
        ("Ninaweza kupata wapi leseni ya udereva?", "leseni"),
        ("Nataka hati ya kusafiria", "pasipoti"),
    ],
)
def test_a_question_is_known_to_be_in_the_added_language_and_finds_its_sheet(
    assistant: Assistant, question: str, found: str
) -> None:
    answer = assistant.ask(question)
    assert answer.language == "sw"
    assert assistant.search(question)[0].passage.document_id == found


def test_it_is_answered_in_its_own_words_with_a_citation(assistant: Assistant) -> None:
    answer = assistant.ask("Ada ya pasipoti ya kawaida ni shilingi ngapi?")
    assert answer.status is AnswerStatus.ANSWERED
    assert "shilingi elfu nne" in answer.text
    assert answer.citations[0].document_id == "pasipoti"


def test_a_question_that_no_sheet_answers_is_refused_in_the_added_language(assistant: Assistant) -> None:
    answer = assistant.ask("Nani alishinda kombe la dunia la mpira wa miguu?")
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert answer.language == "sw"
    assert "Sikupata jibu" in answer.text
    assert CONTACT in (answer.contact or "") + answer.text


def test_the_glossary_of_the_folder_finds_documents_in_another_language(assistant: Assistant) -> None:
    hits = assistant.search("Ninaweza kupata wapi cheti cha ukazi?", language="swa")
    assert hits[0].passage.document_id == "residence"


def test_other_languages_are_asked_as_before(assistant: Assistant) -> None:
    answer = assistant.ask("Qui délivre le certificat de résidence ?")
    assert answer.language == "fr"
    assert answer.citations[0].document_id == "residence"
