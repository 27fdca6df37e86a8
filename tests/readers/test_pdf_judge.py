from __future__ import annotations

import random

from jazari_rag.adapters.pdf_judge import reasons_in
from jazari_rag.domain import GARBAGE, GLUED_DIGITS, LAM_ALEF_SWAPPED, VISUAL_ORDER

ARABIC = (
    "يودع طلب البطاقة الوطنية لدى مصالح الأمن الوطني داخل أجل محدد، ويسلم الوصل إلى المعني بالأمر في الحال، ولا تؤدى "
    "عنه أية رسوم إضافية إلا إذا نص القانون على خلاف ذلك، وتطبق هذه المقتضيات على جميع الطلبات التي تقدم إلى الإدارة."
)
FRENCH = (
    "La demande de carte nationale est deposee aupres du service competent, et le recepisse est remis sans"
    " frais supplementaires, sauf si la loi en dispose autrement pour les demandes adressees a l'administration."
)
NAMES = "Tarif Passeport Carte Permis Timbre Rabat Fes Meknes Oujda Tanger Agadir Tetouan Nador Safi Taza Settat"


def test_prose_and_lists_have_nothing_wrong() -> None:
    for text in (
        ARABIC,
        FRENCH,
        f"{ARABIC}\n{FRENCH}",
        f"{NAMES}\n{NAMES}",
        "",
        "12 345,00\n7 890,00",
        "و18 سنة ل5 أيام",
    ):
        assert reasons_in(text) == ()


def test_letters_named_at_random_are_garbage() -> None:
    letters = sorted({char for char in ARABIC if char.isalpha()})
    for seed in range(10):
        shuffled = random.Random(seed).sample(letters, len(letters))
        assert GARBAGE in reasons_in(ARABIC.translate(str.maketrans("".join(letters), "".join(shuffled))))


def test_letters_that_are_numbers_of_glyphs_are_garbage() -> None:
    shifted = "".join(chr(ord(char) - 29) if char.isalpha() else char for char in FRENCH)
    assert reasons_in(shifted) == (GARBAGE,)


def test_swapped_ligatures_are_seen() -> None:
    assert reasons_in(ARABIC.replace("الأ", "األ").replace("الإ", "اإل")) == (LAM_ALEF_SWAPPED,)


def test_letters_in_the_order_of_the_eye_are_seen() -> None:
    assert reasons_in(ARABIC[::-1]) == (VISUAL_ORDER,)


def test_numbers_glued_to_words_are_seen_where_they_are_many() -> None:
    text = " ".join(f"في المادة{number} من القانون" for number in range(10, 30))
    assert reasons_in(text) == (GLUED_DIGITS,)
