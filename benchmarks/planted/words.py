# ruff: noqa: SIM905
"""Numbers in words, 1 to 9999, in the five languages of the benchmark. Its own spelling: nothing is imported."""

from __future__ import annotations

_FR = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
).split()
_FR_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
_ES = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve"
).split()
_ES_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_ES_HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos".split()
)
_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_AR_LONG = "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
_AR_SHORT = "واحدة اثنتان ثلاث أربع خمس ست سبع ثماني تسع عشر".split()
_AR_TENS = "عشر ثلاث أربع خمس ست سبع ثمان تسع".split()
_AR_HUNDREDS = ["مائة", "مائتا", *(word + "مائة" for word in "ثلاث أربع خمس ست سبع ثمان تسع".split())]
_ARY = (
    "واحد جوج تلاتة ربعة خمسة ستة سبعة تمنية تسعود عشرة حداش طناش تلطاش ربعطاش خمسطاش سطاش سبعطاش تمنطاش تسعطاش".split()
)
_ARY_SHORT = "تلت ربع خمس ست سبع تمن تسع".split()
_ARY_TENS = "عشرين تلاتين ربعين خمسين ستين سبعين تمانين تسعين".split()
_ARY_HUNDREDS = ["مية", "ميتين", *(word + " مية" for word in _ARY_SHORT)]


def french(n: int) -> str:
    if n < 20:
        return _FR[n]
    if n < 100:
        return _french_tens(n)
    if n < 1000:
        head = "cent" if n < 200 else _FR[n // 100] + " cent"
        if n % 100 == 0:
            return head + ("s" if n >= 200 else "")
        return f"{head} {french(n % 100)}"
    head = "mille" if n < 2000 else french(n // 1000) + " mille"
    return head if n % 1000 == 0 else f"{head} {french(n % 1000)}"


def _french_tens(n: int) -> str:
    if n == 80:
        return "quatre-vingts"
    ten, unit = n // 10, n % 10
    if ten in (7, 9):
        ten, unit = ten - 1, unit + 10
    if unit == 0:
        return _FR_TENS[ten]
    joint = " et " if unit in (1, 11) and ten < 8 else "-"
    return _FR_TENS[ten] + joint + _FR[unit]


def spanish(n: int) -> str:
    if n < 30:
        return _ES[n]
    if n < 100:
        ten = _ES_TENS[n // 10 - 3]
        return ten if n % 10 == 0 else f"{ten} y {_ES[n % 10]}"
    if n < 1000:
        head = _ES_HUNDREDS[n // 100 - 1]
        return "cien" if n == 100 else head if n % 100 == 0 else f"{head} {spanish(n % 100)}"
    head = "mil" if n < 2000 else spanish(n // 1000) + " mil"
    return head if n % 1000 == 0 else f"{head} {spanish(n % 1000)}"


def english(n: int) -> str:
    if n < 20:
        return _EN[n]
    if n < 100:
        ten = _EN_TENS[n // 10 - 2]
        return ten if n % 10 == 0 else f"{ten}-{_EN[n % 10]}"
    if n < 1000:
        head = f"{_EN[n // 100]} hundred"
        return head if n % 100 == 0 else f"{head} and {english(n % 100)}"
    head = f"{english(n // 1000)} thousand"
    rest = n % 1000
    return head if rest == 0 else f"{head} {'and ' if rest < 100 else ''}{english(rest)}"


def arabic(n: int, *, feminine: bool = False, oblique: bool = False) -> str:
    """`feminine` is the gender of what is counted, `oblique` the case ending of tens and duals."""
    if n <= 10:
        if n == 2 and oblique:
            return "اثنتين" if feminine else "اثنين"
        return (_AR_SHORT if feminine else _AR_LONG)[n - 1]
    if n < 20:
        return _arabic_teen(n, feminine=feminine, oblique=oblique)
    if n < 100:
        ten = _AR_TENS[n // 10 - 2] + ("ين" if oblique else "ون")
        if n % 10 == 0:
            return ten
        return f"{arabic(n % 10, feminine=feminine, oblique=oblique)} و{ten}"
    if n < 1000:
        head = _AR_HUNDREDS[n // 100 - 1]
        if n // 100 == 2:
            head = ("مائتي" if oblique else "مائتا") + ("ن" if n % 100 else "")
        return head if n % 100 == 0 else f"{head} و{arabic(n % 100, feminine=feminine, oblique=oblique)}"
    thousands = n // 1000
    head = {1: "ألف", 2: "ألفين" if oblique else "ألفان"}.get(thousands) or f"{arabic(thousands)} آلاف"
    return head if n % 1000 == 0 else f"{head} و{arabic(n % 1000, feminine=feminine, oblique=oblique)}"


def _arabic_teen(n: int, *, feminine: bool, oblique: bool) -> str:
    if n == 11:
        return "إحدى عشرة" if feminine else "أحد عشر"
    if n == 12:
        stem = "اثنت" if feminine else "اثن"
        return f"{stem}{'ي' if oblique else 'ا'} {'عشرة' if feminine else 'عشر'}"
    if feminine:
        return f"{_AR_SHORT[n - 11]} عشرة"
    return f"{_AR_LONG[n - 11]} عشر"


def darija(n: int) -> str:
    if n < 20:
        return _ARY[n - 1]
    if n < 100:
        ten = _ARY_TENS[n // 10 - 2]
        return ten if n % 10 == 0 else f"{darija(n % 10)} و{ten}"
    if n < 1000:
        head = _ARY_HUNDREDS[n // 100 - 1]
        return head if n % 100 == 0 else f"{head} و{darija(n % 100)}"
    thousands = n // 1000
    head = {1: "ألف", 2: "ألفين"}.get(thousands) or f"{_ARY_SHORT[thousands - 3]} آلاف"
    return head if n % 1000 == 0 else f"{head} و{darija(n % 1000)}"


_AR_ORDINALS = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split()


def arabic_ordinal(n: int, *, feminine: bool) -> str:
    """1 to 99, with the article."""
    end = "ة" if feminine else ""
    if n == 1:
        return "الأولى" if feminine else "الأول"
    if n <= 10:
        return _AR_ORDINALS[n - 1] + end
    ten = "العشرون الثلاثون الأربعون الخمسون الستون السبعون الثمانون التسعون".split()[n // 10 - 2]
    if n >= 20 and n % 10 == 0:
        return ten
    unit = ("الحادي" + ("ة" if feminine else "")) if n % 10 == 1 else _AR_ORDINALS[n % 10 - 1] + end
    return f"{unit} عشر{end}" if n < 20 else f"{unit} و{ten}"
