"""Words that answering needs to know, for every served language at once, in folded form.

Question cues, units, months and number words. They are keys of meaning, not prose: what a citizen reads comes from
the language folders.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ة": "ه", "ـ": "", "’": "'"}
_SPACES = frozenset("\u00a0\u202f\u2009\u2007")


class _PlainTable(dict[int, str]):
    """Code point -> its plain text, worked out on first use."""

    def __missing__(self, code: int) -> str:
        plain_text = self[code] = _plain_character(chr(code))
        return plain_text


def _plain_character(character: str) -> str:
    if character in _SPACES:
        return " "
    if character in _LETTERS:
        return _LETTERS[character]
    parts = (_plain_part(part) for part in unicodedata.normalize("NFKD", character))
    return "".join(parts).casefold()


def _plain_part(part: str) -> str:
    category = unicodedata.category(part)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(part))
    return _LETTERS.get(part, part)


_PLAIN = _PlainTable()


def plain(text: str) -> str:
    """`text` for reading figures and cue words: compatibility forms, case, accents, harakat and invisible signs gone.

    Every decimal digit becomes its ASCII form. Offsets are not kept.
    """
    return text.translate(_PLAIN)


def _split(phrases: str) -> list[str]:
    return [plain(phrase) for phrase in phrases.split("|")]


def _any_of(phrases: str) -> str:
    return "|".join(map(re.escape, _split(phrases)))


def _table(rows: Mapping[str, str]) -> dict[str, str]:
    return {plain(word): key for key, words in rows.items() for word in words.split("|")}


UNITS: Final = _table(
    {
        "percent": "%|٪|pour cent|percent|per cent|por ciento|بالمائة|في المائة|بالمئة|في المئة",
        "MAD": "dh|dhs|mad|dirham|dirhams|dírham|dírhams|درهم|دراهم|درهما|الدرهم|drhm|derhem",
        "EUR": "€|eur|euro|euros|يورو|أورو",
        "USD": "$|usd|dollar|dollars|dólar|dólares|دولار|دولارا",
        "hour": "heure|heures|hour|hours|hora|horas|ساعة|ساعات",
        "day": "jour|jours|day|days|día|días|يوم|يوما|أيام|ايام|nhar|yawm|iyam",
        "week": "semaine|semaines|week|weeks|semana|semanas|أسبوع|أسابيع|أسبوعا",
        "month": "mois|month|months|mes|meses|شهر|شهرا|أشهر|شهور|chhar|chhour",
        "year": "an|ans|année|années|year|years|año|años|سنة|سنوات|عام|أعوام|عاما|سنين|3am|snin",
        "million": "million|millions|millón|millones|مليون|ملايين",
        "billion": "milliard|milliards|billion|billions|مليار|مليارات",
    }
)

ARTICLE_WORDS: Final = frozenset(_split("article|articles|art|art.|artículo|artículos|المادة|مادة|الفصل|فصل|البند"))

DUALS: Final = {
    plain(word): (2, unit)
    for unit, words in {
        "day": "يومان|يومين",
        "week": "أسبوعان|أسبوعين",
        "month": "شهران|شهرين",
        "year": "سنتان|سنتين|عامان|عامين",
        "hour": "ساعتان|ساعتين",
        "MAD": "درهمان|درهمين",
    }.items()
    for word in words.split("|")
}

MONTHS: Final = {
    plain(word): number
    for number, words in enumerate(
        (
            "janvier|january|enero|يناير|كانون الثاني",
            "février|february|febrero|فبراير|شباط",
            "mars|march|marzo|مارس|آذار",
            "avril|april|abril|أبريل|ابريل|نيسان",
            "mai|may|mayo|ماي|مايو|أيار",
            "juin|june|junio|يونيو|يونيه|حزيران",
            "juillet|july|julio|يوليوز|يوليو|تموز",
            "août|august|agosto|غشت|أغسطس|آب",
            "septembre|september|septiembre|شتنبر|سبتمبر|أيلول",
            "octobre|october|octubre|أكتوبر|تشرين الأول",
            "novembre|november|noviembre|نونبر|نوفمبر|تشرين الثاني",
            "décembre|december|diciembre|دجنبر|ديسمبر|كانون الأول",
        ),
        start=1,
    )
    for word in words.split("|")
}

NUMBER_WORDS: Final = {
    plain(word): number
    for number, words in {
        2: "deux|two|dos|اثنان|اثنين|اثنتان|اثنتين|جوج|jouj",
        3: "trois|three|tres|ثلاثة|ثلاث|tlata",
        4: "quatre|four|cuatro|أربعة|أربع",
        5: "cinq|five|cinco|خمسة|خمس",
        6: "six|seis|ستة|ست",
        7: "sept|seven|siete|سبعة|سبع",
        8: "huit|eight|ocho|ثمانية|ثماني|ثمان",
        9: "neuf|nine|nueve|تسعة|تسع",
        10: "dix|ten|diez|عشرة|عشر",
        11: "onze|eleven|once|أحد عشر",
        12: "douze|twelve|doce|اثني عشر|اثنا عشر",
        13: "treize|thirteen|trece",
        14: "quatorze|fourteen|catorce",
        15: "quinze|fifteen|quince|خمسة عشر",
        16: "seize|sixteen|dieciséis",
        17: "seventeen|diecisiete",
        18: "eighteen|dieciocho|ثمانية عشر|ثمانية عشرة",
        19: "nineteen|diecinueve",
        20: "vingt|vingts|twenty|veinte|عشرون|عشرين",
        30: "trente|thirty|treinta|ثلاثون|ثلاثين",
        40: "quarante|forty|cuarenta|أربعون|أربعين",
        50: "cinquante|fifty|cincuenta|خمسون|خمسين",
        60: "soixante|sixty|sesenta|ستون|ستين",
        70: "seventy|setenta|سبعون|سبعين",
        80: "eighty|ochenta|ثمانون|ثمانين",
        90: "ninety|noventa|تسعون|تسعين",
        100: "cent|cents|hundred|cien|ciento|مائة|مئة",
        200: "doscientos|doscientas|مائتان|مائتين|مئتين|مئتان",
        300: "trescientos|trescientas|ثلاثمائة|ثلاثمئة",
        400: "cuatrocientos|cuatrocientas|أربعمائة|أربعمئة",
        500: "quinientos|quinientas|خمسمائة|خمسمئة",
        600: "seiscientos|seiscientas|ستمائة|ستمئة",
        700: "setecientos|setecientas|سبعمائة|سبعمئة",
        800: "ochocientos|ochocientas|ثمانمائة|ثمانمئة",
        900: "novecientos|novecientas|تسعمائة|تسعمئة",
        1000: "mille|thousand|mil|ألف|آلاف|ألفا",
        2000: "ألفان|ألفين",
    }.items()
    for word in words.split("|")
}
"""Compounds are added up from these; one is left out, for it is an article in most languages."""

FREE_OF_CHARGE: Final = re.compile(
    r"(?<!\w)(?:"
    + _any_of("gratuit|gratuite|gratuitement|free|gratis|gratuito|gratuita|مجان|مجانا|بالمجان|مجاني|مجانية|فابور")
    + r")(?!\w)"
)

FOLLOW_UP: Final = re.compile(
    r"[^\w]*(?:(?:"
    + _any_of("et|mais|et si|aussi|sinon|dans ce cas|and|but|also|what about|how about|then|y|pero|también|entonces")
    + "|"
    + _any_of("و|أو|ولكن|طيب|وإلا|ماذا عن|w|o|ou|wa|wila|وإيلا|وايلا|ⴷ")
    + r")(?!\w)|و(?:كم|ما|ماذا|هل|متي|اين|كيف|اذا|بالنسبه|في|علي|من|شحال|فين|شنو|اش|واش|كيفاش|ايلا|ل)\w*)"
)
"""How a question that continues another starts, matched on its plain form."""
