from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.adapters.encodings import decode
from jazari_rag.errors import UnsupportedFormatError

ARABIC = "يجب على كل مواطن بلغ السن القانونية أن يطلب بطاقة التعريف. الرسم: 75 درهما."
FRENCH = "L'arrêté précise les délais : «quinze jours» après dépôt à l'annexe. Coût : 75 DH."
SPANISH = "El niño nació en España. ¿Cuál es el plazo? Según la ley, mañana."


@pytest.mark.parametrize("text", [ARABIC, ARABIC[:20], ARABIC[:12], FRENCH + " " + ARABIC])
@pytest.mark.parametrize("encoding", ["cp1256", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_arabic_is_read_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", [ARABIC, ARABIC[:20], "الرباط", "شهادة السكنى"])
def test_arabic_in_iso_8859_6_is_read_back(text: str) -> None:
    assert decode(text.encode("iso-8859-6"))[0] == text


@pytest.mark.parametrize("text", [FRENCH, SPANISH, "décès", "ÉTAT CIVIL", "À L'ÉCOLE", "Carte d'identité"])
@pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-1", "iso-8859-15", "mac-roman", "utf-16-le"])
def test_french_and_spanish_are_read_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_the_euro_and_the_ligature_tell_latin_9() -> None:
    text = "Une œuvre à 75 €, un cœur à l'étranger."
    assert decode(text.encode("iso-8859-15"))[0] == text


def test_utf_8_with_one_damaged_letter_stays_utf_8() -> None:
    data = ARABIC.encode() + b"\xff"
    assert decode(data) == (ARABIC + "\ufffd", "utf-8")


def test_a_declaration_is_believed_where_the_bytes_allow_it() -> None:
    assert decode("Привет".encode("cp1251"), declared="windows-1251")[0] == "Привет"
    assert decode(ARABIC.encode("cp1256"), declared="no-such-thing")[0] == ARABIC


def test_binary_is_refused() -> None:
    with pytest.raises(UnsupportedFormatError):
        decode(bytes(range(256)) * 20)


@given(st.text())
def test_utf_8_is_always_read_back(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    if b"\0" not in data and b"\x1b" not in data and not text.startswith("\ufeff"):
        assert decode(data)[0] == data.decode()
