"""Passages: exact, complete, apart, and of a size."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jazari_rag.config import PassageSizes
from jazari_rag.domain import Mark, MarkKind, Page, Passage, ReadDocument
from jazari_rag.languages import load_languages
from jazari_rag.text.normalise import fold
from jazari_rag.text.passages import index_text, split_document

LANGUAGES = load_languages()
SIZES = PassageSizes(target=100, maximum=200)
PIECES = [
    *("Article 1", "Article 12 bis", "Titre II", "المادة 3", "Le juge statue. ", "Le délai est de 1.500,00 DH", "mot "),
    *("\n", "\n\n", "- une pièce\n", "1) un timbre\n", ": ", "، ", "؟ ", "\t", " | "),
    *("a" * 90, "7" * 70, "\u0301", "\ud83d\ude00", "😀"),
]


@st.composite
def pages(draw: st.DrawFn, number: int = 1) -> Page:
    text = "".join(draw(st.lists(st.sampled_from(PIECES), max_size=40)))
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places, st.sampled_from(MarkKind), st.integers(1, 4)), max_size=6))
    marks = tuple(Mark(min(a, b), max(a, b), kind, level) for a, b, kind, level in spans)
    return Page(number, text, marks)


def cut(*pages: Page, sizes: PassageSizes = SIZES, language: str = "fr") -> tuple[Passage, ...]:
    return split_document("doc", ReadDocument("T", pages), sizes=sizes, languages=LANGUAGES, language=language)


def left_out(page: Page) -> set[int]:
    kinds = (MarkKind.BOILERPLATE, MarkKind.HIDDEN)
    return {i for mark in page.marks if mark.kind in kinds for i in range(mark.start, mark.end)}


@settings(max_examples=300, deadline=None)
@given(pages(), pages(number=2))
def test_passages_quote_their_page_and_hold_all_of_it_once(first: Page, second: Page) -> None:
    passages = cut(first, second)
    for page in (first, second):
        own = [passage for passage in passages if passage.page == page.number]
        held = [i for passage in own for i in range(passage.start, passage.end) if not page.text[i].isspace()]
        wanted = [i for i, c in enumerate(page.text) if not c.isspace() and i not in left_out(page)]
        assert len(set(held)) == len(held)
        missing = "".join(c if i in set(wanted) - set(held) else " " for i, c in enumerate(page.text))
        assert set(held) <= set(wanted)
        indexed = "".join(fold(index_text("T", passage)) for passage in passages)
        # By letters: marks may cut within a word, and both halves be headings.
        assert {c for c in fold(missing) if c.isalnum()} <= set(indexed)
        assert all(page.text[passage.start : passage.end] == passage.text for passage in own)
        assert all(passage.text.strip() for passage in own)


@settings(max_examples=300, deadline=None)
@given(pages())
def test_passages_keep_within_the_maximum_unless_they_are_a_row(page: Page) -> None:
    rows = [mark for mark in page.marks if mark.kind is MarkKind.ROW]
    for passage in cut(page):
        in_row = any(row.start < passage.end and passage.start < row.end for row in rows)
        heading = any(mark.kind is MarkKind.HEADING for mark in page.marks)
        assert len(passage.text) <= SIZES.maximum or in_row or heading


@settings(max_examples=200, deadline=None)
@given(pages())
def test_ids_are_unique_and_say_where_the_passage_is(page: Page) -> None:
    passages = cut(page)
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(passage.id == f"doc#p1:{passage.start}-{passage.end}" for passage in passages)


def test_articles_are_passages_with_the_headings_above_them() -> None:
    text = "Titre II : Des contrats\nChapitre premier : De la vente\n"
    text += "Article 1\nLa vente est écrite.\nArticle 2\nLe prix est fixé."
    first, second = cut(Page(1, text))
    assert first.section == ("Titre II : Des contrats", "Chapitre premier : De la vente", "Article 1")
    assert second.section == ("Titre II : Des contrats", "Chapitre premier : De la vente", "Article 2")
    assert second.text == "Article 2\nLe prix est fixé."
    assert first.text.startswith("Titre II")


def test_a_section_goes_on_over_the_page() -> None:
    passages = cut(Page(1, "Article 1\nLe début."), Page(2, "La suite.\nArticle 2\nUn autre."))
    assert [(p.page, p.section) for p in passages] == [(1, ("Article 1",)), (2, ("Article 1",)), (2, ("Article 2",))]


def test_marked_headings_nest_by_their_level() -> None:
    text = "Passeport\nPièces\nUne photo.\nCoût\n300 dirhams."
    marks = tuple(
        Mark(text.index(word), text.index(word) + len(word), MarkKind.HEADING, level)
        for word, level in (("Passeport", 1), ("Pièces", 2), ("Coût", 2))
    )
    assert [p.section for p in cut(Page(1, text, marks))] == [("Passeport", "Pièces"), ("Passeport", "Coût")]


def test_a_list_stays_with_the_line_that_introduces_it() -> None:
    filler = "Une phrase sans rapport avec la suite. " * 4
    items = "Les pièces à fournir sont :\n- une photo\n- un timbre\n- une copie"
    passages = cut(Page(1, f"{filler}\n\n{items}"))
    assert any(items in passage.text for passage in passages)


def test_numbers_and_pairs_are_not_parted() -> None:
    text = "mot " * 24 + "1.500.000,00 " + "x" * 180 + "123456789 " + "y" * 195 + "\ud83d\ude00" * 40
    parts = [p.text for p in cut(Page(1, text))]
    assert any("1.500.000,00" in part for part in parts)
    assert any("123456789" in part for part in parts)
    assert not any("\udc00" <= part[0] <= "\udfff" for part in parts)


def test_rows_are_whole() -> None:
    rows = [f"Timbre {i}; {'prix ' * 30}" for i in range(4)]
    text = "\n".join(rows)
    marks = tuple(Mark(text.index(row), text.index(row) + len(row), MarkKind.ROW) for row in rows)
    joined = [p.text for p in cut(Page(1, text, marks), sizes=PassageSizes(target=120, maximum=200))]
    assert all(any(row.strip() in part for part in joined) for row in rows)


def test_each_passage_is_in_its_own_language() -> None:
    arabic = "يودع الطلب لدى السلطة المحلية التي تسلم عنه وصلا."
    passages = cut(Page(1, f"Le dossier est déposé au bureau.\n\nArticle 2\n{arabic}"), language="fr")
    assert [p.language for p in passages] == ["fr", "ar"]


def test_boilerplate_is_left_out_and_nothing_is_joined_across_it() -> None:
    text = "Avant la note. NOTE Après la note."
    passages = cut(Page(1, text, (Mark(15, 19, MarkKind.BOILERPLATE),)))
    assert [p.text for p in passages] == ["Avant la note.", "Après la note."]


@pytest.mark.parametrize("text", ["a" * 300_000, "Article 1 " * 5_000, "\n" * 100_000, "- a\n" * 20_000, "1" * 100_000])
def test_hostile_text_is_cut(text: str) -> None:
    passages = cut(Page(1, text), sizes=PassageSizes())
    assert "Article" in text or sum(len("".join(p.text.split())) for p in passages) == len("".join(text.split()))
    assert all(first.end <= second.start for first, second in pairwise(passages))


def test_a_title_page_and_a_heading_at_the_foot_of_a_page_are_no_passages() -> None:
    passages = cut(Page(1, "T"), Page(2, "Article 1\nLe texte.\n\nArticle 2"), Page(3, "La suite."))
    assert [passage.text for passage in passages] == ["Article 1\nLe texte.", "La suite."]
    assert passages[-1].section == ("Article 2",)


def test_a_title_page_that_the_next_page_repeats_is_no_passage() -> None:
    passages = cut(Page(1, "Décret des\nprimes"), Page(2, "Décret n° 5 du 3 mai, des primes\nLe chef décrète"))
    assert [passage.page for passage in passages] == [2]


def test_a_document_of_headings_alone_is_still_found() -> None:
    assert [passage.text for passage in cut(Page(1, "T"))] == ["T"]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (["60", "6121", "62"], ["60", "61", "62"]),
        (["29", "3010", "3112", "3213", "33"], ["29", "30", "31", "32", "33"]),
        (["247", "24879", "24980", "250"], ["247", "248", "249", "250"]),
        (["60", "316", "61"], ["60", "316", "61"]),
        (["5", "100", "101"], ["5", "100", "101"]),
        (["1", "99999", "2"], ["1", "2"]),
    ],
)
def test_a_footnote_mark_is_told_from_the_number_of_an_article(heads: list[str], expected: list[str]) -> None:
    passages = cut(Page(1, "\n".join(f"Article {number}\nLe texte {number}." for number in heads)))
    assert list(dict.fromkeys(p.section[-1] for p in passages)) == [f"Article {number}" for number in expected]


def test_what_is_indexed_is_title_section_and_text() -> None:
    (passage,) = cut(Page(1, "Article 1\nLe texte."))
    assert index_text("Loi 1", passage) == "Loi 1\nArticle 1\nArticle 1\nLe texte."


def test_a_table_of_contents_is_no_passage_but_a_form_with_dots_is() -> None:
    contents = "\n".join(f"Section {n} : Du délai de préavis {'.' * 30} {20 + n}" for n in range(1, 8))
    form = (
        "Nom : ................................\nPrénom : ................................\nFait à ........ le ........"
    )
    law = "Article 43\nLe délai de préavis est de huit jours au moins."
    sheets = [Page(number, text) for number, text in enumerate((contents, form, law), start=1)]
    passages = cut(*sheets, sizes=PassageSizes())
    texts = [passage.text for passage in passages]
    assert not any("Section 3" in text for text in texts)
    assert any("Nom :" in text for text in texts)
    assert any("huit jours" in text for text in texts)
