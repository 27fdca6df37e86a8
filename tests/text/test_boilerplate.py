"""Running headers, footers and page numbers."""

from __future__ import annotations

from jazari_rag.domain import MarkKind, Page
from jazari_rag.text.boilerplate import mark_boilerplate

BODIES = ("Le registre est tenu au greffe.", "La demande est écrite.", "Le juge statue vite.", "Un recours est ouvert.")


def marked(pages: tuple[Page, ...]) -> list[list[str]]:
    return [[p.text[m.start : m.end] for m in p.marks if m.kind is MarkKind.BOILERPLATE] for p in pages]


def test_lines_that_repeat_at_the_edges_are_marked_with_their_page_numbers() -> None:
    pages = [Page(i, f"Bulletin officiel n° {6000 + i}\n{body}\nPage {i} sur 4") for i, body in enumerate(BODIES, 1)]
    assert marked(mark_boilerplate(pages)) == [
        [f"Bulletin officiel n° {6000 + i}", f"Page {i} sur 4"] for i in range(1, 5)
    ]


def test_a_page_number_before_running_text_is_marked_alone() -> None:
    pages = [Page(i, f"- {i} - {body}") for i, body in enumerate(BODIES, 1)]
    assert marked(mark_boilerplate(pages)) == [[f"- {i} -"] for i in range(1, 5)]


def test_article_heads_at_the_top_of_pages_are_kept() -> None:
    pages = [Page(i, f"Article {i}\n{body}") for i, body in enumerate(BODIES, 1)]
    assert marked(mark_boilerplate(pages)) == [[], [], [], []]


def test_a_page_is_never_marked_whole_and_one_page_never_at_all() -> None:
    assert marked(mark_boilerplate([Page(i, "Le même texte") for i in range(1, 6)])) == [[]] * 5
    assert marked(mark_boilerplate([Page(1, "Titre\n\n1")])) == [[]]


def test_text_is_untouched() -> None:
    pages = [Page(i, f"Entête\n{body}\n{i}") for i, body in enumerate(BODIES, 1)]
    assert [page.text for page in mark_boilerplate(pages)] == [page.text for page in pages]


def test_a_running_title_of_two_pages_is_marked_and_a_heading_on_one_is_not() -> None:
    texts = [
        "Fiche CNIE\nQui doit la demander\nTout citoyen majeur.\nCarte nationale : demande\nPage 1 / 2",
        "Où la demander\nAu commissariat.\nCarte nationale : demande\nPage 2 / 2",
    ]
    marked = mark_boilerplate([Page(number, text) for number, text in enumerate(texts, start=1)])
    left_out = [page.text[mark.start : mark.end] for page in marked for mark in page.marks]
    assert left_out == ["Carte nationale : demande", "Page 1 / 2", "Carte nationale : demande", "Page 2 / 2"]
