"""Footnotes: found at the foot of pages, and stored under the article that has their mark."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from jazari_rag.config import PassageSizes
from jazari_rag.domain import Page, ReadDocument
from jazari_rag.languages import load_languages
from jazari_rag.text.notes import find_notes
from jazari_rag.text.passages import split_document

LANGUAGES = load_languages()
FIRST = (
    "Article 1\nLe premier texte de la loi¹ est long et dit beaucoup.\nArticle 2\nLe second texte² aussi.\n\n"
    "1 - Modifié par la loi n° 5-99, qui dit :\nArticle 900\nTexte cité.\n2 - Ajouté par la loi n° 6-99.\n"
)
SECOND = "Article 3\nLe troisième texte³ suit.\n\nfin de la note d'avant.\n3 - Abrogé par la loi n° 7-99.\n"


def cut(*texts: str, language: str = "fr") -> list[tuple[str, str]]:
    pages = tuple(Page(number, text) for number, text in enumerate(texts, 1))
    found = split_document("d", ReadDocument("T", pages), sizes=PassageSizes(), languages=LANGUAGES, language=language)
    return [(passage.section[-1] if passage.section else "", passage.text) for passage in found]


def test_a_note_stands_under_the_article_that_has_its_mark() -> None:
    sections = [section for section, _ in cut(FIRST, SECOND)]
    assert sections == [
        "Article 1",
        "Article 2",
        "Article 1 (note 1)",
        "Article 2 (note 2)",
        "Article 3",
        "Article 2 (note 2)",
        "Article 3 (note 3)",
    ]


def test_what_a_note_quotes_is_no_article_of_the_text() -> None:
    assert not any("900" in section for section, _ in cut(FIRST, SECOND))
    assert any("Texte cité" in text for section, text in cut(FIRST, SECOND) if section == "Article 1 (note 1)")


def test_a_list_is_no_run_of_notes() -> None:
    text = "Article 1\nIl faut¹ :\n1 - une photo ;\n2 - un timbre ;\n3 - un formulaire.\n"
    assert find_notes([Page(1, text)]) == [[]]
    assert find_notes([Page(1, "Il faut :\n\n1 - une photo ;\n2 - un timbre.")]) == [[]]


def test_a_mark_before_an_arabic_head_belongs_to_that_article() -> None:
    text = "المادة 1\nنص أول.\n² المادة 2\nنص ثان.\n\n2 - تم تغيير المادة 2 أعلاه بمقتضى القانون رقم 47.23.\n"
    found = cut("المادة 0\nنص¹.\n\n1 - هامش.\n", text, language="ar")
    assert ("المادة 2 (هامش 2)", "2 - تم تغيير المادة 2 أعلاه بمقتضى القانون رقم 47.23.") in found
    assert ("المادة 2", "² المادة 2\nنص ثان.") in found


def test_a_paragraph_that_has_a_mark_of_the_notes_below_it_is_text() -> None:
    first, second = find_notes([Page(1, "Un¹.\n\n1 - note\n"), Page(2, "Haut.\n\nDeux² mots.\n2 - autre\n")])
    assert [note.number for note in first] == [1]
    assert [(note.number, note.anchor) for note in second] == [(2, 11)]


PIECES = ["1 - note\n", "\n\n", "¹", "²", "2 - autre\n", "Article 1\n", "mot ", "(3) suite\n", "٣ - "]


@given(st.lists(st.lists(st.sampled_from(PIECES)).map("".join), max_size=4))
@example(["1 - note\n", "\n\n²(3) suite\n2 - autre\n"])
def test_notes_are_the_foot_of_their_page_and_lie_apart(texts: list[str]) -> None:
    pages = [Page(number, text) for number, text in enumerate(texts, 1)]
    for page, notes in zip(pages, find_notes(pages), strict=True):
        assert all(0 <= note.start < note.end <= len(page.text) for note in notes)
        assert all(first.end == second.start for first, second in pairwise(notes))
        assert not notes or notes[-1].end == len(page.text)
        assert all(note.anchor < notes[0].start for note in notes)
