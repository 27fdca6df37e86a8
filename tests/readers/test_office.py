from __future__ import annotations

import datetime
import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reader_inputs import Write, check_marks, headings, marked

from jazari_rag.adapters.csv_table import CsvReader, delimiter_of
from jazari_rag.adapters.docx import DocxReader
from jazari_rag.adapters.docx_numbering import formatted
from jazari_rag.adapters.odt import OdtReader
from jazari_rag.adapters.spreadsheet import XlsxReader
from jazari_rag.domain import MarkKind, ReadDocument
from jazari_rag.errors import LimitExceededError, ReadError


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def read_docx(write: Write, document: object) -> ReadDocument:
    read = DocxReader().read(write("a.docx", saved(document)))
    check_marks(read)
    return read


def test_docx_keeps_the_order_of_headings_text_lists_and_tables(write: Write) -> None:
    document = docx.Document()
    document.add_heading("Passeport", 1)
    document.add_paragraph("Le dépôt est personnel.")
    table = document.add_table(2, 3)
    for row, values in zip(table.rows, [("Âge", "Frais", "Délai"), ("adulte", "500 DH", "15 jours")], strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.add_heading("Pièces", 2)
    document.add_paragraph("Deux photos", style="List Bullet")
    read = read_docx(write, document)
    assert read.pages[0].text == (
        "Passeport\nLe dépôt est personnel.\n\nÂge: adulte | Frais: 500 DH | Délai: 15 jours\n\nPièces\n- Deux photos"
    )
    assert headings(read) == [(1, "Passeport"), (2, "Pièces")]
    assert marked(read, MarkKind.ITEM) == ["- Deux photos"]
    assert read.title == "Passeport"


def test_docx_a_style_of_another_language_is_a_heading_by_its_outline_level(write: Write) -> None:
    document = docx.Document()
    style = document.styles.add_style("Rubrique maison", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))
    document.add_paragraph("Conditions", style="Rubrique maison")
    assert headings(read_docx(write, document)) == [(3, "Conditions")]


def test_docx_the_stated_title_wins(write: Write) -> None:
    document = docx.Document()
    document.core_properties.title = "Guide du citoyen"
    document.add_paragraph("Texte")
    assert read_docx(write, document).title == "Guide du citoyen"


def test_docx_numbers_that_word_writes_are_in_the_text(write: Write) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1."/></w:lvl>'
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{level}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text in ("Champ", "Délais"):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'))
    assert read_docx(write, document).pages[0].text == "Article 1. Champ\nArticle 2. Délais"


def test_docx_text_in_content_controls_stays_and_deleted_text_goes(write: Write) -> None:
    document = docx.Document()
    body = document.element.body
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Dans un champ</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    change = (
        f'<w:p {nsdecls("w")}><w:r><w:t xml:space="preserve">Frais </w:t></w:r>'
        '<w:del w:id="1" w:author="a"><w:r><w:delText>50</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>75</w:t></w:r></w:ins></w:p>'
    )
    body.insert(0, parse_xml(control))
    body.insert(1, parse_xml(change))
    assert read_docx(write, document).pages[0].text == "Dans un champ\nFrais 75"


def test_docx_a_cell_merged_downwards_is_repeated(write: Write) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, values in zip(
        table.rows, [("Carte", "Âge", "Frais"), ("CNIE", "adulte", "75"), ("", "mineur", "50")], strict=True
    ):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    assert marked(read_docx(write, document), MarkKind.ROW)[1] == "Carte: CNIE | Âge: mineur | Frais: 50"


def test_docx_a_file_with_macros_reads_the_same(write: Write) -> None:
    document = docx.Document()
    document.add_paragraph("Texte lisible")
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                )
            new.writestr(name, content)
    assert DocxReader().read(write("a.docm", data.getvalue())).pages[0].text == "Texte lisible"


def test_docx_damage_is_a_read_error(write: Write) -> None:
    document = docx.Document()
    data = saved(document)
    for cut in (30, len(data) // 2, len(data) - 10):
        with pytest.raises(ReadError):
            DocxReader().read(write("a.docx", data[:cut]))


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        (4, "upperRoman", "IV"),
        (27, "lowerLetter", "aa"),
        (3, "decimalZero", "03"),
        (2, "arabicAlpha", "ب"),
        (7, "odd", "7"),
    ],
)
def test_docx_numbers_are_written_as_word_writes_them(number: int, kind: str, text: str) -> None:
    assert formatted(number, kind) == text


def odt_bytes(body: str, *, title: str = "") -> bytes:
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        archive.writestr(
            "meta.xml",
            f'<office:document-meta {names} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
            f"<dc:title>{title}</dc:title></office:meta></office:document-meta>",
        )
    return out.getvalue()


def test_odt_headings_lists_and_tables_are_marked(write: Write) -> None:
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("Frais", "Délai"))
    values = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("75 DH", "10 jours"))
    body = (
        '<text:h text:outline-level="2">Pièces</text:h><text:p>Il<text:s/>faut<text:line-break/>ceci</text:p>'
        "<text:list><text:list-item><text:p>Photo</text:p></text:list-item></text:list>"
        f"<table:table><table:table-header-rows><table:table-row>{cells}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{values}</table:table-row></table:table>"
    )
    document = OdtReader().read(write("a.odt", odt_bytes(body, title="Guide pratique")))
    check_marks(document)
    assert headings(document) == [(2, "Pièces")]
    assert marked(document, MarkKind.ITEM) == ["- Photo"]
    assert marked(document, MarkKind.ROW) == ["Frais: 75 DH | Délai: 10 jours"]
    assert "Il faut\nceci" in document.pages[0].text
    assert document.title == "Guide pratique"


def test_odt_text_boxes_are_read_once(write: Write) -> None:
    draw = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    box = f"<draw:frame {draw}><draw:text-box><text:p>Encadré</text:p></draw:text-box></draw:frame>"
    document = OdtReader().read(write("a.odt", odt_bytes(f"<text:p>Avant {box}après</text:p>")))
    assert document.pages[0].text == "Avant après\nEncadré"


def test_odt_entities_are_not_expanded(write: Write) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>')
    with pytest.raises(ReadError):
        OdtReader().read(write("a.odt", out.getvalue()))


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tarifs"
    for row in (["Service", "Frais", "Taux", "Depuis"], [], ["Passeport", 500.0, 0.2, datetime.datetime(2024, 1, 5)]):
        sheet.append(row)
    sheet["C3"].number_format = "0%"
    book.create_sheet("Délais").append(["Seule ligne"])
    return book


def test_xlsx_a_sheet_is_a_page_and_a_row_a_line_with_its_heads(write: Write) -> None:
    document = XlsxReader().read(write("a.xlsx", saved(workbook())))
    check_marks(document)
    assert [page.text for page in document.pages] == [
        "Tarifs\nService: Passeport | Frais: 500 | Taux: 20 % | Depuis: 2024-01-05",
        "Délais\nSeule ligne",
    ]
    assert headings(document) == [(1, "Tarifs"), (1, "Délais")]


def test_xlsx_hidden_sheets_are_left_out(write: Write) -> None:
    book = workbook()
    book["Délais"].sheet_state = "hidden"
    assert len(XlsxReader().read(write("a.xlsx", saved(book))).pages) == 1


def test_a_zip_bomb_is_refused_by_its_declared_size(write: Write) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            with archive.open(f"xl/{number}.xml", "w", force_zip64=True) as member:
                for _ in range(200):
                    member.write(b"\0" * (1 << 20))
    with pytest.raises(LimitExceededError):
        XlsxReader().read(write("a.xlsx", out.getvalue()))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_any_delimiter_gives_the_same_rows(write: Write, delimiter: str) -> None:
    rows = [["Service", "Frais"], ["Passeport", "500 DH"], ["Carte", "75 DH"]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode("cp1252")
    document = CsvReader().read(write("tarifs.csv", data))
    assert marked(document, MarkKind.ROW) == ["Service: Passeport | Frais: 500 DH", "Service: Carte | Frais: 75 DH"]
    assert document.title == "tarifs"


def test_csv_without_heads_loses_no_row(write: Write) -> None:
    document = CsvReader().read(write("a.csv", b"1;Rabat;75\n2;Fes;50\n"))
    assert marked(document, MarkKind.ROW) == ["1 | Rabat | 75", "2 | Fes | 50"]


def test_csv_years_may_head_columns(write: Write) -> None:
    document = CsvReader().read(write("a.csv", b"Carte;2023;2024\nCNIE;75;80\n"))
    assert marked(document, MarkKind.ROW) == ["Carte: CNIE | 2023: 75 | 2024: 80"]


def test_csv_a_quoted_cell_keeps_its_delimiter_and_its_line_stays_one() -> None:
    assert delimiter_of('a;b\n"x;\ny";2\n') == ";"
