"""References to articles: which, of which law, and where they are named."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.config import PassageSizes
from jazari_rag.domain import Page, ReadDocument
from jazari_rag.languages import load_languages
from jazari_rag.text.passages import split_document
from jazari_rag.text.references import find_references

LANGUAGES = load_languages()


@pytest.mark.parametrize(
    ("text", "articles", "law"),
    [
        ("aux articles 12 à 15 et 20 bis de la loi n° 43-05 relative", ("12..15", "20-bis"), "loi n° 43-05"),
        ("l'article 339 du code de procédure civile est applicable", ("339",), "code de procédure civile"),
        ("à l'article 5 ci-dessus", ("5",), ""),
        ("de l'article 3 du présent code", ("3",), ""),
        ("l'article 256-1 du dahir n° 1-58-378", ("256-1",), "dahir n° 1-58-378"),
        ("Article L. 123-4 du code de commerce", ("l123-4",), "code de commerce"),
        ("الفصول 329 و331 و332 وما يليه", ("329", "331", "332"), ""),
        ("في المادة 2 من القانون رقم 65.99 المتعلق", ("2",), "القانون رقم 65.99"),
        ("طبقا للمادة 12 من مدونة الأسرة تطبق", ("12",), "مدونة الأسرة"),
        ("الفصول من 185 إلى 196 من هذا القانون", ("185..196",), ""),
        ("articles 12 and 14 of the penal code", ("12", "14"), "penal code"),
        ("los artículos 3 a 7 del código civil", ("3..7",), "código civil"),
    ],
)
def test_a_reference_says_which_articles_of_which_law(text: str, articles: tuple[str, ...], law: str) -> None:
    [found] = find_references(text, LANGUAGES)
    assert (found.articles, found.law) == (articles, law)


def test_passages_keep_what_they_refer_to_and_not_their_own_head() -> None:
    page = Page(1, "Article 7\nLes articles 3 et 4 s'appliquent.\nArticle 8\nRien d'autre.")
    first, second = split_document(
        "d", ReadDocument("T", (page,)), sizes=PassageSizes(), languages=LANGUAGES, language="fr"
    )
    [reference] = first.references
    assert reference.articles == ("3", "4")
    assert page.text[reference.start : reference.end] == "articles 3 et 4"
    assert second.references == ()


PIECES = [
    "article ",
    "articles ",
    "المادة ",
    "الفصول ",
    "1",
    "12 bis",
    " et ",
    " à ",
    "، ",
    " و",
    " du code ",
    "n° ",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_references_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = find_references(text, LANGUAGES)
    assert all(0 <= one.start < one.end <= len(text) and one.articles for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
