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
