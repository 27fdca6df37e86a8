from __future__ import annotations

from collections.abc import Sequence

from reader_inputs import Write, marked, pdf_bytes, text_at

from jazari_rag.adapters.pdf import PdfReader
from jazari_rag.domain import MarkKind

LEFT, TOP, WIDTH, HEIGHT = 60, 700, 150, 40


def drawn(rows: Sequence[Sequence[str]]) -> str:
    """A table with a line around each cell; a cell of several lines is split at `/`."""
    columns = len(rows[0])
    lines = [f"{LEFT + WIDTH * n} {TOP - HEIGHT * len(rows)} 0.5 {HEIGHT * len(rows)} re f" for n in range(columns + 1)]
    lines += [f"{LEFT} {TOP - HEIGHT * n} {WIDTH * columns} 0.5 re f" for n in range(len(rows) + 1)]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            for number, text in enumerate(cell.split("/")):
                x, y = LEFT + WIDTH * column + 5, TOP - HEIGHT * row - 14 * (number + 1)
                lines.append(f"BT /F1 11 Tf {x} {y} Td ({text}) Tj ET")
    return "\n".join(lines)


def test_a_row_is_a_line_with_the_heads_of_its_columns(write: Write) -> None:
    table = drawn(
        [
            ["Document", "Frais", "Delai"],
            ["Passeport/pour les majeurs", "300 DH", "10 jours"],
            ["Carte nationale", "75 DH", "15 jours"],
        ]
    )
    before, after = (
        text_at([(11, 760, "Les tarifs en vigueur.")]),
        text_at([(11, 500, "Le paiement se fait en ligne.")]),
    )
    document = PdfReader().read(write("a.pdf", pdf_bytes([f"{before}\n{table}\n{after}"])))
    rows = [
        "Document: Passeport pour les majeurs | Frais: 300 DH | Delai: 10 jours",
        "Document: Carte nationale | Frais: 75 DH | Delai: 15 jours",
    ]
    assert marked(document, MarkKind.ROW) == rows
    assert document.pages[0].text.split("\n") == ["Les tarifs en vigueur.", *rows, "Le paiement se fait en ligne."]


def test_an_empty_cell_leaves_the_others_under_their_heads(write: Write) -> None:
    table = drawn([["Document", "Frais", "Delai"], ["Passeport", "", "10 jours"]])
    document = PdfReader().read(write("a.pdf", pdf_bytes([table])))
    assert marked(document, MarkKind.ROW) == ["Document: Passeport | Delai: 10 jours"]


def test_what_stands_beside_a_table_is_kept(write: Write) -> None:
    beside = f"BT /F1 11 Tf 10 {TOP - 14} Td (Note) Tj ET"
    table = drawn([["Document", "Frais", "Delai"], ["Passeport", "300 DH", "10 jours"]])
    document = PdfReader().read(write("a.pdf", pdf_bytes([f"{beside}\n{table}"])))
    assert marked(document, MarkKind.ROW) == ["Document: Passeport | Frais: 300 DH | Delai: 10 jours"]
    assert "Note" in document.pages[0].text.split("\n")


def test_long_texts_side_by_side_are_read_one_after_the_other(write: Write) -> None:
    left = "/".join(f"Le texte de gauche {n}." for n in range(30))
    right = "/".join(f"The text on the right {n}." for n in range(30))
    lines = f"{LEFT} 100 0.5 640 re f {LEFT + WIDTH} 100 0.5 640 re f {LEFT + 2 * WIDTH} 100 0.5 640 re f"
    lines += "".join(f" {LEFT} {y} {2 * WIDTH} 0.5 re f" for y in (100, 720, 740))
    cells = [
        f"BT /F1 9 Tf {LEFT + WIDTH * column + 3} {700 - 18 * row} Td ({text}) Tj ET"
        for row, texts in enumerate(zip(left.split("/"), right.split("/"), strict=True))
        for column, text in enumerate(texts)
    ]
    document = PdfReader().read(write("a.pdf", pdf_bytes([lines + "\n" + "\n".join(cells)])))
    assert document.pages[0].text == f"{left}\n{right}".replace("/", " ")
    assert marked(document, MarkKind.ROW) == []


def test_a_frame_around_a_page_is_no_table(write: Write) -> None:
    frame = "20 20 0.5 800 re f 575 20 0.5 800 re f 20 20 555 0.5 re f 20 820 555 0.5 re f"
    text = text_at([(11, 700, "Premier alinea."), (11, 680, "Second alinea.")])
    document = PdfReader().read(write("a.pdf", pdf_bytes([f"{frame}\n{text}"])))
    assert marked(document, MarkKind.ROW) == []
    assert document.pages[0].text == "Premier alinea.\nSecond alinea."


HEADS = ["Document", "Frais", "Delai"]
FIRST = drawn([HEADS, ["Passeport", "300 DH", "10 jours"], ["Carte nationale", "75 DH", "15 jours"]])


def on_the_second_page(write: Write, *rows: Sequence[str], between: str = "", widths: int = 3) -> list[str]:
    pages = [f"{FIRST}\n{between}", drawn([row[:widths] for row in rows])]
    document = PdfReader().read(write("a.pdf", pdf_bytes(pages)))
    page = document.pages[1]
    return [page.text[mark.start : mark.end] for mark in page.marks if mark.kind is MarkKind.ROW]


def test_a_table_that_goes_on_over_the_page_keeps_its_heads(write: Write) -> None:
    rows = (["Permis", "400 DH", "30 jours"], ["Visa", "", "5 jours"])
    wanted = ["Document: Permis | Frais: 400 DH | Delai: 30 jours", "Document: Visa | Delai: 5 jours"]
    assert on_the_second_page(write, *rows) == wanted
    assert on_the_second_page(write, HEADS, *rows) == wanted
    numbered = text_at([(9, 40, "page 1")])
    assert on_the_second_page(write, *rows, between=numbered) == wanted


def test_another_table_has_heads_of_its_own_or_none(write: Write) -> None:
    new = (["Service", "Ville", "Adresse"], ["Etat civil", "Rabat", "12 rue A"])
    assert on_the_second_page(write, *new) == ["Service: Etat civil | Ville: Rabat | Adresse: 12 rue A"]
    text = text_at([(11, 200 - 20 * line, f"Un paragraphe, ligne {line}.") for line in range(4)])
    rows = (["Permis", "400 DH", "30 jours"], ["Visa", "90 DH", "5 jours"])
    assert on_the_second_page(write, *rows, between=text) == ["Permis | 400 DH | 30 jours", "Visa | 90 DH | 5 jours"]
    assert on_the_second_page(write, *rows, widths=2) == ["Permis | 400 DH", "Visa | 90 DH"]


def test_where_nothing_tells_heads_from_entries_there_are_none(write: Write) -> None:
    words = [HEADS, ["Passeport", "sur place", "immediat"], ["Carte", "en ligne", "rapide"]]
    pages = [drawn(words), drawn([["Permis", "au guichet", "lent"], ["Visa", "par courrier", "tres lent"]])]
    page = PdfReader().read(write("a.pdf", pdf_bytes(pages))).pages[1]
    assert page.text.split("\n") == ["Permis | au guichet | lent", "Visa | par courrier | tres lent"]
