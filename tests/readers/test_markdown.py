from __future__ import annotations

from reader_inputs import Write, check_marks, headings, marked

from jazari_rag.adapters.front_matter import split_front_matter
from jazari_rag.adapters.markdown import MarkdownReader
from jazari_rag.domain import MarkKind, ReadDocument


def read(write: Write, text: str) -> ReadDocument:
    document = MarkdownReader().read(write("fiche.md", text.encode()))
    check_marks(document)
    return document


def test_headings_items_and_rows_are_marked_and_markers_are_gone(write: Write) -> None:
    text = "# Passeport\n\nIl **faut** :\n\n1. payer\n2. déposer\n   - une photo\n\n"
    text += "| Frais | Délai |\n|---|---|\n| 500 DH | 15 jours |\n"
    document = read(write, text)
    assert headings(document) == [(1, "Passeport")]
    assert marked(document, MarkKind.ITEM) == ["1. payer", "2. déposer", "- une photo"]
    assert marked(document, MarkKind.ROW) == ["Frais: 500 DH | Délai: 15 jours"]
    assert "Il faut :" in document.pages[0].text


def test_front_matter_becomes_metadata(write: Write) -> None:
    document = read(write, "---\ntitle: Le passeport\nlang: fr\nurl: https://example.org\nyear: 2024\n---\n# Autre\n")
    assert (document.title, document.language) == ("Le passeport", "fr")
    assert document.metadata == {"url": "https://example.org", "year": 2024}
    assert document.pages[0].text == "Autre"


def test_a_link_to_the_web_keeps_its_address(write: Write) -> None:
    assert read(write, "Voir [le portail](https://example.org/rdv).").pages[0].text == (
        "Voir le portail (https://example.org/rdv)."
    )


def test_without_headings_the_first_line_is_the_title(write: Write) -> None:
    assert read(write, "Une fiche pratique\n\nTexte").title == "Une fiche pratique"


def test_lists_in_front_matter_are_lists() -> None:
    assert split_front_matter("---\naudience: [mre, mineurs]\ntags:\n  - un\n  - deux\n---\nx") == (
        {"audience": ["mre", "mineurs"], "tags": ["un", "deux"]},
        "x",
    )


def test_a_rule_between_paragraphs_is_not_front_matter() -> None:
    assert split_front_matter("---\nJuste un texte\n---\n") == ({}, "---\nJuste un texte\n---\n")
