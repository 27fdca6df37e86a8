"""Figures are compared by what they mean, and what no source has is found out."""

from __future__ import annotations

import pytest
from answering_kit import languages
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.answering.numbers import figures, unsupported
from jazari_rag.answering.numerals import fraction


def supported(sentence: str, source: str) -> bool:
    return not unsupported(sentence, figures(source, languages(), as_source=True), languages())


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("300 dirhams", "٣٠٠ درهم"),
        ("1 000 DH", "1.000,00 MAD"),
        ("١٬٠٠٠ درهم", "1000 dirhams"),
        ("12,5 %", "12.50 pour cent"),
        ("trois mois", "3 mois"),
        ("90 jours", "quatre-vingt-dix jours"),
        ("25 jours", "خمسة وعشرين يوما"),
        ("2 mois", "داخل أجل شهرين"),
        ("300 dirhams", "ثلاثمائة درهم"),
        ("le 13/10/2023", "le 13 octobre 2023"),
        ("13 أكتوبر 2023", "October 13, 2023"),
        ("en octobre 2023", "2023-10-13"),
        ("en 2023", "le 13 octobre 2023"),
        ("loi 09.08", "القانون رقم 09-08"),
        ("article 467", "المادة 467"),
        ("05 37 67 89 00", "+212 537678900"),
        ("30 jours", "30 (trente) jours"),
        ("1. Remplir le formulaire", "Remplir le formulaire"),
        ("300 DH", "Montant (DH) | 300"),
        ("خمس مية درهم", "500 DH"),
        ("جوج شهور", "deux mois"),
        ("27 سنة", "sept et vingt ans: سبع وعشرون سنة"),
        ("mille deux cents dirhams", "ألف ومائتا درهم"),
        ("3 millions de dirhams", "3 000 000 DH"),
        ("veintiún días", "21 jours"),
        ("l'article premier", "المادة الأولى"),
        ("المادة الحادية والعشرون", "article 21"),
        ("الفصل 3", "art. 3"),
        ("article 4", "articles 3 et 4"),
        ("2-04-422", "المرسوم رقم 2.04.422"),
        ("20 %", "20 في المائة"),
        ("عشرين فالمية", "20 pour cent"),
        ("12 رجب 1445", "le 12 rejeb 1445"),
        ("6 ربيع الأول 1380", "6 rabii I 1380"),
        ("6/3/1961", "6 مارس 1961"),
        ("6 mars 1961", "du 6 au 12 mars 1961"),
        ("17 avril 2015", "13-17 avril 2015"),
        ("9 décembre 2014", "9 كانون الأول/ديسمبر 2014"),
        ("March 6th, 1961", "le 6 mars 1961"),
        ("+212 6 12 34 56 78", "06 12 34 56 78"),
        ("8h30", "8:30"),
        ("à 15 heures", "3 p.m."),
        ("un mois", "dans le mois qui suit"),
        ("شهر واحد", "1 mois"),
        ("2000 dirhams", "من 2000 إلى 5000 درهم"),
        ("deux copies", "نسختين"),
        ("1 641 294", "المساحة 294 641 1 هكتارا"),
        ("Une fois : 1. remplir 2) signer", "remplir, signer"),
        ("un document très important", "وثيقة مهمة"),
        ("Once the file is complete", "Dès que le dossier est complet"),
        ("un véhicule neuf", "سيارة جديدة"),
        ("للزوج حق", "l'époux a droit"),
        ("les 2/3 des membres", "ثلثي الأعضاء"),
        ("la moitié", "50 %"),
        ("six mois et demi", "6,5 mois"),
        ("two and a half years", "سنتين ونصف"),
        ("une quinzaine de jours", "15 jours"),
        ("mya w khamsin derhem", "150 DH"),
        ("f 15 yom 3la had lwra9", "15 jours"),
        ("5 3am", "cinq ans"),
        ("16 ans", "دون السادسة عشرة"),
        ("10 jours", "dix jours ouvrables"),
        ("un registre10 tenu", "un registre tenu"),
    ],
)
def test_the_same_figure_is_recognised_however_it_is_written(sentence: str, source: str) -> None:
    assert supported(sentence, source)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("301 dirhams", "300 dirhams"),
        ("3 mois", "3 jours"),
        ("5 %", "5 jours"),
        ("13 mars 2023", "13 octobre 2023"),
        ("13/10/2024", "13/10/2023"),
        ("loi 08-09", "loi 09-08"),
        ("article 3", "3 mois"),
        ("1 000 dirhams", "100 dirhams"),
        ("quatre mois", "trois mois"),
        ("0600000001", "0537777181"),
        ("1,5 %", "15 %"),
        ("𝟗𝟗 dirhams", "9 dirhams"),
        ("30 (trente) mois", "30 (trente) jours"),
        ("trente mois", "30 jours"),
        ("30 %", "30 dirhams"),
        ("un mois", "2 mois"),
        ("7 ans", "le 7 ramadan 1374"),
        ("المادة الستون", "المادة السادسة"),
        ("12 رمضان 1445", "12 شعبان 1445"),
        ("15 juillet 2020", "15 يونيو 2020"),
        ("خمسة أشهر", "خمسة عشر شهرا"),
        ("deux ou trois mois", "cinq mois"),
        ("+212 6 12 34 56 79", "06 12 34 56 78"),
        ("l'article 2", "articles 3 et 4"),
        ("3 millions de dirhams", "3 milliards de dirhams"),
        ("9h30", "8h30"),
        ("9️⃣9️⃣ jours", "9 jours"),
        ("les trois quarts", "la moitié"),
        ("six mois", "six mois et demi"),
        ("10 jours ouvrables", "dix jours"),
        ("3 mois", "la troisième chambre"),
    ],
)
def test_another_figure_is_not_supported(sentence: str, source: str) -> None:
    assert not supported(sentence, source)


@given(st.text(max_size=200))
def test_every_text_supports_itself(text: str) -> None:
    assert supported(text, text)


@given(st.integers(min_value=2, max_value=10**12), st.integers(min_value=2, max_value=10**12))
def test_two_numbers_agree_only_when_they_are_equal(one: int, other: int) -> None:
    assert supported(f"{one} dirhams", f"{other} dirhams") == (one == other)


@given(st.integers(min_value=1000, max_value=10**9))
def test_separators_of_thousands_do_not_change_a_number(number: int) -> None:
    for separator in (" ", "\u00a0", "\u202f", ".", ","):
        assert supported(f"{number:,} DH".replace(",", separator), f"{number} DH")


def test_a_number_of_thousands_of_digits_is_no_trouble() -> None:
    assert supported("9" * 6000, "9" * 6000)


@pytest.mark.parametrize(
    ("written", "decimals"), [("1/2", "0.5"), ("3/4", "0.75"), ("3/2", "1.5"), ("9/4", "2.25"), ("2/3", None)]
)
def test_a_fraction_is_its_decimals_where_they_end(written: str, decimals: str | None) -> None:
    assert fraction(written) == {written.replace("/", "-")} | ({decimals} if decimals else set())
