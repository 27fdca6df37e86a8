from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_inputs import Write, check_marks, headings, marked

from jazari_rag.adapters.html import HtmlReader, language_tag
from jazari_rag.domain import MarkKind, ReadDocument
from jazari_rag.errors import ReadError


def read(write: Write, body: str, *, head: str = "", lang: str = "fr", encoding: str = "utf-8") -> ReadDocument:
    page = f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"
    document = HtmlReader().read(write("page.html", page.encode(encoding)))
    check_marks(document)
    return document


def test_headings_keep_their_level_and_items_their_number(write: Write) -> None:
    document = read(write, "<h1>Passeport</h1><h2>Étapes</h2><ol><li>Payer</li><li>Déposer</li></ol><ul><li>Photo</ul>")
    assert headings(document) == [(1, "Passeport"), (2, "Étapes")]
    assert marked(document, MarkKind.ITEM) == ["1. Payer", "2. Déposer", "- Photo"]


def test_a_table_row_stays_one_line_with_the_heads_of_its_columns(write: Write) -> None:
    table = "<table><tr><th>Frais<th>Délai</tr><tr><td>75 DH<td>10 jours</tr><tr><td>50 DH<td></tr></table>"
    assert marked(read(write, table), MarkKind.ROW) == ["Frais: 75 DH | Délai: 10 jours", "Frais: 50 DH"]


def test_a_cell_that_spans_rows_is_repeated_in_each(write: Write) -> None:
    table = (
        "<table><thead><tr><th>Carte<th>Âge<th>Frais</tr></thead>"
        "<tr><td rowspan=2>CNIE<td>adulte<td>75<tr><td>mineur<td>50</table>"
    )
    assert marked(read(write, table), MarkKind.ROW) == [
        "Carte: CNIE | Âge: adulte | Frais: 75",
        "Carte: CNIE | Âge: mineur | Frais: 50",
    ]


def test_a_row_head_is_the_label_of_its_row(write: Write) -> None:
    assert marked(read(write, "<table><tr><th>Frais :<td>75 DH<tr><th>Délai<td>10 jours</table>"), MarkKind.ROW) == [
        "Frais: 75 DH",
        "Délai: 10 jours",
    ]


def test_a_table_without_heads_loses_no_row(write: Write) -> None:
    assert marked(read(write, "<table><tr><td>Frais<td>75 DH<tr><td>Délai<td>10 jours</table>"), MarkKind.ROW) == [
        "Frais | 75 DH",
        "Délai | 10 jours",
    ]


def test_a_table_that_lays_out_the_page_keeps_its_headings(write: Write) -> None:
    document = read(write, "<table><tr><td><h2>Menu</h2><td><h2>Pièces</h2><p>Une photo</table>")
    assert [text for _, text in headings(document)] == ["Menu", "Pièces"]


def test_a_cell_with_a_list_stays_in_its_row(write: Write) -> None:
    table = "<table><tr><th>Démarche<th>Pièces<tr><td>CNIE<td><ul><li>Photo</li><li>Timbre</li></ul></table>"
    assert marked(read(write, table), MarkKind.ROW) == ["Démarche: CNIE | Pièces: Photo ; Timbre"]


def test_the_rows_of_an_inner_table_are_not_read_twice(write: Write) -> None:
    table = "<table><tr><td><h2>Frais</h2></td><td><table><tr><th>Carte<td>75 DH</table></td></tr></table>"
    assert read(write, table).pages[0].text.count("75 DH") == 1


def test_a_definition_stands_with_its_term(write: Write) -> None:
    assert "Frais: 75 DH" in read(write, "<dl><dt>Frais :<dd>75 DH<dt>Délai<dd>dix jours</dl>").pages[0].text


def test_line_breaks_and_entities_are_what_a_browser_shows(write: Write) -> None:
    assert (
        read(write, "<p>Rue&nbsp;A<br>Salé &amp; Rabat\n &eacute;t&eacute;</p>").pages[0].text
        == "Rue\xa0A\nSalé & Rabat été"
    )


def test_furniture_and_scripts_are_left_out(write: Write) -> None:
    page = (
        "<header>Bandeau</header><nav>Menu</nav><main><h1>Titre utile</h1><p>Le fait utile.</p></main>"
        "<aside>Pub</aside><footer>Pied</footer><script>var x='non'</script><div id='cookie-bar'>Accepter</div>"
    )
    assert read(write, page).pages[0].text == "Titre utile\n\nLe fait utile."


def test_without_a_main_element_the_body_is_kept(write: Write) -> None:
    text = read(
        write, "<nav>Menu</nav><div><p>Premier fait.</p></div><form><p>Second fait.</p><button>OK</button></form>"
    )
    assert text.pages[0].text == "Premier fait.\n\nSecond fait."


def test_a_main_element_that_holds_next_to_nothing_is_not_believed(write: Write) -> None:
    page = f"<main>Accueil</main><div><p>{'Le dossier complet est déposé au guichet. ' * 5}</p></div>"
    assert "dossier complet" in read(write, page).pages[0].text


def test_text_after_a_removed_element_stays(write: Write) -> None:
    assert read(write, "<p>Avant <script>x()</script>après</p>").pages[0].text == "Avant après"


def test_what_is_not_shown_is_marked(write: Write) -> None:
    document = read(write, "<p>Visible</p><div style='display:none'><p>Caché</p></div><p>Encore</p>")
    assert marked(document, MarkKind.HIDDEN) == ["Caché"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Renouveler le passeport | Portail 360°</title>", "Renouveler le passeport"),
        ("<title>Renouveler le passeport - Ville de Salé</title>", "Renouveler le passeport"),
        ("<title>Accueil</title>", "Le grand titre"),
        ("", "Le grand titre"),
    ],
)
def test_the_title_is_without_the_site_s_name(write: Write, head: str, title: str) -> None:
    assert read(write, "<h1>Le grand titre</h1>", head=head).title == title


def test_the_language_and_the_address_come_from_the_page(write: Write) -> None:
    document = read(write, "<p>نص</p>", head="<link rel=canonical href='https://example.org/a'>", lang="ar-MA")
    assert (document.language, document.metadata) == ("ar", {"url": "https://example.org/a"})


def test_an_address_that_is_not_of_the_web_is_ignored(write: Write) -> None:
    assert read(write, "<p>x</p>", head="<link rel=canonical href='javascript:alert(1)'>").metadata == {}


@pytest.mark.parametrize(
    ("tag", "language"), [("fr-FR", "fr"), ("ary-latn", "ary-Latn"), ("AR", "ar"), ("", ""), ("und", ""), ("x", "")]
)
def test_language_tags_lose_their_region(tag: str, language: str) -> None:
    assert language_tag(tag) == language


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-8", "utf-16"])
def test_the_declared_encoding_is_believed(write: Write, encoding: str) -> None:
    document = read(write, "<p>البطاقة الوطنية</p>", head=f"<meta charset='{encoding}'>", encoding=encoding)
    assert document.pages[0].text == "البطاقة الوطنية"


def test_entities_are_not_expanded_nor_files_fetched(write: Write) -> None:
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>a&x;b</p></body></html>'
    assert "a" in HtmlReader().read(write("a.html", page)).pages[0].text


def test_deep_nesting_is_read(write: Write) -> None:
    assert "fond" in read(write, "<div>" * 1500 + "fond" + "</div>" * 1500).pages[0].text


def test_nesting_that_would_lose_text_is_refused(write: Write) -> None:
    with pytest.raises(ReadError, match="nested"):
        read(write, "<div>" * 5000 + "fond" + "</div>" * 5000)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="abcdé ", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=6))
def test_every_word_of_a_list_reaches_the_page(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    path = tmp_path_factory.mktemp("html") / "a.html"
    path.write_text("<html><meta charset=utf-8><body><ul>" + "".join(f"<li>{word}" for word in words), encoding="utf-8")
    document = HtmlReader().read(path)
    assert marked(document, MarkKind.ITEM) == [f"- {' '.join(word.split())}" for word in words]
