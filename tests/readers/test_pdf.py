from __future__ import annotations

import io

import pytest
from reader_inputs import Write, check_marks, headings, marked, pdf_bytes, text_at

from jazari_rag.adapters.pdf import PdfReader
from jazari_rag.config import PassageSizes
from jazari_rag.domain import GARBAGE_DIGITS, MarkKind
from jazari_rag.errors import EncryptedError, LimitExceededError, ReadError
from jazari_rag.ingestion.parsing import parse
from jazari_rag.languages import load_languages

LAM_ALEF = "\u0644\u0623"


def cmap(codes: dict[int, str]) -> str:
    lines = "\n".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{lines}\nendbfchar\nendcmap end"
        " end"
    )


def body(count: int = 12) -> list[tuple[int, int, str]]:
    return [
        (11, 600 - 20 * n, f"Le dossier de demande numero {n} est depose au guichet de la commune.")
        for n in range(count)
    ]


def test_text_lines_keep_their_order_and_end_in_a_newline(write: Write) -> None:
    path = write("a.pdf", pdf_bytes([text_at([(11, 700, "Premier alinea."), (11, 680, "Second alinea.")])]))
    document = PdfReader().read(path)
    assert document.pages[0].text == "Premier alinea.\nSecond alinea."
    assert document.pages[0].quality.engine == "pdfium"


def test_each_page_has_its_number_from_one(write: Write) -> None:
    document = PdfReader().read(write("a.pdf", pdf_bytes([text_at([(11, 700, f"Feuillet {n}")]) for n in range(3)])))
    assert [page.number for page in document.pages] == [1, 2, 3]


def test_a_reversed_lam_alef_ligature_is_put_right_and_counted(write: Write) -> None:
    # One glyph that stands for two letters, as Word writes it; PDFium returns them reversed.
    codes = {ord("a"): "ج", ord("b"): LAM_ALEF, ord("c"): "ا", ord("d"): "ر"}
    path = write("a.pdf", pdf_bytes(["BT /F2 20 Tf 72 700 Td (dabc) Tj ET"], to_unicode=cmap(codes)))
    page = PdfReader().read(path).pages[0]
    assert LAM_ALEF in page.text
    assert "\u0623\u0644" not in page.text
    assert page.quality.repairs == {"lam-alef": 1}


def test_a_reversed_name_of_god_is_put_right(write: Write) -> None:
    codes = {ord("a"): "الله", ord("b"): "ع", ord("c"): "د"}
    path = write("a.pdf", pdf_bytes(["BT /F2 20 Tf 72 700 Td (acb) Tj ET"], to_unicode=cmap(codes)))
    assert "الله" in PdfReader().read(path).pages[0].text


def test_a_heading_that_is_wrapped_is_one_heading(write: Write) -> None:
    lines = [(18, 760, "Conditions de travail et"), (18, 738, "de l'emploi"), (18, 716, "Chapitre premier"), *body()]
    document = PdfReader().read(write("a.pdf", pdf_bytes([text_at(lines)])))
    assert headings(document) == [(1, "Conditions de travail et\nde l'emploi"), (1, "Chapitre premier")]


def test_an_article_before_a_lam_stays_as_it_is(write: Write) -> None:
    codes = {ord("a"): "ل", ord("b"): "ا", ord("c"): "م", ord("d"): "غ"}
    path = write("a.pdf", pdf_bytes(["BT /F2 20 Tf 72 700 Td (dcab) Tj ET"], to_unicode=cmap(codes)))
    page = PdfReader().read(path).pages[0]
    assert page.text == "المغ"
    assert page.quality.repairs == {}


def test_presentation_forms_become_letters(write: Write) -> None:
    codes = {ord("a"): "\ufefb", ord("b"): "\ufe91"}
    path = write("a.pdf", pdf_bytes(["BT /F2 20 Tf 72 700 Td (ab) Tj ET"], to_unicode=cmap(codes)))
    assert set(PdfReader().read(path).pages[0].text) == set("لاب")


WRONG_DIGITS = {ord("W"): "1", ord("x"): "1", ord("a"): "f", ord("b"): "e"}
"""Glyphs that look different, with one name."""


def test_digits_that_look_different_and_are_named_alike_are_not_shown(write: Write) -> None:
    path = write("a.pdf", pdf_bytes(["BT /F2 20 Tf 72 700 Td (abb WxW ab) Tj ET"], to_unicode=cmap(WRONG_DIGITS)))
    page = PdfReader().read(path).pages[0]
    assert page.text == "fee \ufffd\ufffd\ufffd fe"
    assert page.quality.reasons == (GARBAGE_DIGITS,)
    assert page.quality.wants_recognition


def test_the_report_names_pages_whose_text_is_not_what_they_show(write: Write) -> None:
    path = write("a.pdf", pdf_bytes(["BT /F2 20 Tf 72 700 Td (abb WxW ab) Tj ET"], to_unicode=cmap(WRONG_DIGITS)))
    advice = "to have them recognised: install it; then ingest again"
    parsed = parse(PdfReader().read(path), "a", sizes=PassageSizes(), languages=load_languages())
    [warning] = parsed.without_recognition(advice).warnings
    assert (parsed.drawn, parsed.distrusted) == ((), (1,))
    assert "page 1" in warning
    assert advice in warning


def test_a_page_without_text_says_so(write: Write) -> None:
    document = PdfReader().read(write("scan.pdf", pdf_bytes(["0 0 100 100 re f", text_at([(11, 700, "Texte")])])))
    assert [page.quality.has_text for page in document.pages] == [False, True]


def test_lines_set_larger_than_the_text_are_headings(write: Write) -> None:
    lines = [(22, 760, "Carte nationale"), (16, 720, "Pieces a fournir"), *body()]
    document = PdfReader().read(write("a.pdf", pdf_bytes([text_at(lines)])))
    assert headings(document) == [(1, "Carte nationale"), (2, "Pieces a fournir")]
    check_marks(document)


def test_the_outline_gives_headings_with_their_depth(write: Write) -> None:
    outline = [
        "<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 2 >>",
        "<< /Title (Livre premier) /Parent 8 0 R /Dest [6 0 R /Fit] /First 10 0 R /Last 10 0 R /Count 1 >>",
        "<< /Title (Des peines) /Parent 9 0 R /Dest [6 0 R /Fit] >>",
    ]
    content = text_at([(11, 760, "Livre  premier"), (11, 740, "Des peines"), *body()])
    document = PdfReader().read(write("a.pdf", pdf_bytes([content], extra=outline, catalog="/Outlines 8 0 R")))
    assert headings(document) == [(1, "Livre premier"), (2, "Des peines")]


def test_numbered_lines_are_items(write: Write) -> None:
    lines = [(11, 700, "Pieces :"), (11, 680, "1. Une photo"), (11, 660, "- Un timbre")]
    assert marked(PdfReader().read(write("a.pdf", pdf_bytes([text_at(lines)]))), MarkKind.ITEM) == [
        "1. Une photo",
        "- Un timbre",
    ]


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Guide de la carte nationale", "Guide de la carte nationale"),
        ("Microsoft Word - guide.doc", "Carte nationale"),
        ("guide_v2.indd", "Carte nationale"),
        ("Sans titre", "Carte nationale"),
        ("", "Carte nationale"),
    ],
)
def test_the_title_is_the_metadata_s_if_a_person_wrote_it_else_the_largest_line(
    write: Write, stated: str, title: str
) -> None:
    content = text_at([(22, 760, "Carte nationale"), *body()])
    path = write("a.pdf", pdf_bytes([content], info=f"<< /Title ({stated}) >>"))
    assert PdfReader().read(path).title == title


def test_a_document_without_any_text_is_called_by_its_file(write: Write) -> None:
    assert PdfReader().read(write("scan-12.pdf", pdf_bytes(["0 0 9 9 re f"]))).title == "scan-12"


def test_more_pages_than_allowed_are_refused_with_the_name_of_the_setting(write: Write) -> None:
    path = write("a.pdf", pdf_bytes(["", "", ""]))
    with pytest.raises(LimitExceededError) as caught:
        PdfReader(max_pages=2).read(path)
    assert caught.value.limit == "limits.pages"


def encrypted(password: str) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_bytes([text_at([(11, 700, "Texte reserve")])])))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_is_asked_for(write: Write) -> None:
    with pytest.raises(EncryptedError, match="password"):
        PdfReader().read(write("a.pdf", encrypted("secret")))


def test_an_empty_password_opens(write: Write) -> None:
    assert PdfReader().read(write("a.pdf", encrypted(""))).pages[0].text == "Texte reserve"


def test_junk_before_the_header_is_no_hindrance(write: Write) -> None:
    path = write("a.pdf", b"\x00junk\n" * 20 + pdf_bytes([text_at([(11, 700, "Texte lisible")])]))
    assert PdfReader().read(path).pages[0].text == "Texte lisible"


@pytest.mark.parametrize("cut", [9, 200, 400])
def test_a_broken_file_is_read_or_refused_with_a_read_error(write: Write, cut: int) -> None:
    path = write("a.pdf", pdf_bytes([text_at([(11, 700, "Texte")])])[:cut])
    try:
        document = PdfReader().read(path)
    except ReadError:
        return
    assert document.pages


def test_a_footnote_mark_is_no_part_of_the_number_before_it(write: Write) -> None:
    raised = "BT /F1 12 Tf 72 700 Td (amende de 200) Tj /F1 7 Tf 5 Ts (220) Tj 0 Ts /F1 12 Tf ( a 500 dirhams) Tj ET"
    plain = text_at([(12, 680, "article 505 du code 09-08"), (12, 660, "delai de 30 jours")])
    [page] = PdfReader().read(write("a.pdf", pdf_bytes([f"{raised}\n{plain}"]))).pages
    assert "amende de 200²²⁰ a 500 dirhams" in page.text
    assert "article 505 du code 09-08" in page.text
    assert "30 jours" in page.text
    assert page.quality.repairs["footnote marks"] == 1
