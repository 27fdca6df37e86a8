"""Words that answering needs to know, for every served language at once, in folded form.

Question cues, units, months and number words. They are keys of meaning, not prose: what a citizen reads comes from
the language folders.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from jazari_rag.text.normalise import SUPERSCRIPT_DIGITS

_LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ة": "ه", "ـ": "", "’": "'"}
_SPACES = frozenset("\u00a0\u202f\u2009\u2007")


class _PlainTable(dict[int, str]):
    """Code point -> its plain text, worked out on first use."""

    def __missing__(self, code: int) -> str:
        plain_text = self[code] = _plain_character(chr(code))
        return plain_text


def _plain_character(character: str) -> str:
    if character in _SPACES or character in SUPERSCRIPT_DIGITS:
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


def any_of(phrases: str) -> str:
    """A pattern for any of these, in plain form; of two that begin alike, the longer one."""
    longest_first = sorted(_split(phrases), key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)


def _table(rows: Mapping[str, str]) -> dict[str, str]:
    return {plain(word): key for key, words in rows.items() for word in words.split("|")}


def words_of(text: str) -> frozenset[str]:
    """The words of `text`, each in plain form."""
    return frozenset(plain(text).split())


UNITS: Final = _table(
    {
        "percent": "%|٪",
        "MAD": "dh|dhs|mad|dirham|dirhams|درهم|دراهم|درهما|الدرهم|الدراهم|drhm|derhem|dirhem|drahem",
        "EUR": "€|eur|euro|euros|يورو|أورو",
        "USD": "$|usd|dollar|dollars|dólar|dólares|دولار|دولارا",
        "hour": "heure|heures|hour|hours|hora|horas|ساعة|ساعات|سوايع|sa3a|swaye3",
        "minute": "minute|minutes|minuto|minutos|دقيقة|دقائق|دقايق",
        "day": "jour|jours|day|days|día|días|يوم|يوما|أيام|ايام|يام|نهار|nhar|yawm|iyam|yam",
        "week": "semaine|semaines|week|weeks|semana|semanas|أسبوع|أسابيع|أسبوعا|سيمانة|سيمانات|simana|simanat",
        "month": "mois|month|months|mes|meses|شهر|شهرا|أشهر|شهور|شهورا|chhar|chher|chhour",
        "year": "an|ans|année|années|year|years|año|años|سنة|سنوات|عام|أعوام|عاما|سنين|عوام|3am|snin|3wam",
        "copy": "exemplaire|exemplaires|copie|copies|copy|photocopie|photocopies|ejemplar|ejemplares|copia|copias|"
        "نسخة|نسخ",
        "photo": "photo|photos|photographie|photographies|photograph|photographs|foto|fotos|fotografías|صورة|صور|صورا",
        "point": "point|points|punto|puntos|نقطة|نقط|نقاط",
        "kilometre": "km|kilomètre|kilomètres|kilometre|kilometres|kilómetros|كيلومتر|كيلومترا|كلم",
        "kilogram": "kg|kilogramme|kilogrammes|kilos|kilogram|kilograms|كيلوغرام|كيلوغراما|كلغ",
    }
)
"""What is counted or measured, in single words of the plain form; percentages are brought to `%` before."""

PERCENT: Final = re.compile(
    r"(?<!\w)(?:"
    + any_of("pour cent|pourcent|pour-cent|percent|per cent|por ciento|بالمائة|بالمئة|بالمية|فالمية|فالمائة|فالمئة")
    + r"|(?:في|ف)\s+(?:"
    + any_of("المائة|المئة|المية")
    + r"))(?!\w)|٪"
)

ARTICLE_WORDS: Final = frozenset(
    _split(
        "article|articles|art|arts|artículo|artículos|arto|مادة|مادتين|مادتان|مواد|فصل|فصلين|فصلان|فصول|بند|بندين|بنود"
    )
)
"""Without an Arabic article or preposition written to them."""

DUALS: Final = {
    plain(word): (2, unit)
    for unit, words in {
        "day": "يومان|يومين|يوماين",
        "week": "أسبوعان|أسبوعين",
        "month": "شهران|شهرين",
        "year": "سنتان|سنتين|عامان|عامين",
        "hour": "ساعتان|ساعتين",
        "minute": "دقيقتان|دقيقتين",
        "MAD": "درهمان|درهمين",
        "copy": "نسختان|نسختين",
        "photo": "صورتان|صورتين",
        "": "مرتان|مرتين|شاهدان|شاهدين",
    }.items()
    for word in words.split("|")
}

SINGULARS: Final = frozenset(
    _split("mois|an|année|semaine|month|year|week|mes|año|semana|شهر|شهرا|سنة|عام|عاما|أسبوع|أسبوعا|سيمانة")
)
"""Units of delays that "un", "one", "واحد" makes a figure with."""

MONTHS: Final = {
    plain(word): number
    for number, words in enumerate(
        (
            "janvier|january|enero|يناير|كانون الثاني|janv|jan|جانفي",
            "février|february|febrero|فبراير|شباط|févr|feb|فيفري",
            "mars|march|marzo|مارس|آذار",
            "avril|april|abril|أبريل|ابريل|نيسان|avr|أفريل",
            "mai|may|mayo|ماي|مايو|أيار",
            "juin|june|junio|يونيو|يونيه|حزيران|جوان",
            "juillet|july|julio|يوليوز|يوليو|تموز|juil|يوليه|جويلية",
            "août|august|agosto|غشت|أغسطس|آب|aug|أوت",
            "septembre|september|septiembre|شتنبر|سبتمبر|أيلول|sept|sep|setiembre",
            "octobre|october|octubre|أكتوبر|تشرين الأول|oct|اكتوبر",
            "novembre|november|noviembre|نونبر|نوفمبر|تشرين الثاني|nov",
            "décembre|december|diciembre|دجنبر|ديسمبر|كانون الأول|déc|dec|dic",
            "محرم|المحرم|moharrem|mouharram|moharram|muharram",
            "صفر|safar",
            "ربيع الأول|rabii i|rabia i|rabi i|rabie i|rabii al awal|rabi al-awwal|rabii 1er",
            "ربيع الآخر|ربيع الثاني|rabii ii|rabia ii|rabi ii|rabie ii|rabii at-tani|rabi al-thani",
            "جمادى الأولى|جمادى الأول|joumada i|jumada i|joumada al oula|joumada al-oula|jumada al-ula",
            "جمادى الآخرة|جمادى الثانية|جمادى الآخر|"
            "joumada ii|jumada ii|joumada at-tania|joumada al akhira|jumada al-thani",
            "رجب|rejeb|rajab|redjeb",
            "شعبان|chaabane|chaabane|shaaban|chaaban",
            "رمضان|ramadan",
            "شوال|chaoual|chawwal|shawwal|chawal",
            "ذو القعدة|ذي القعدة|kaada|kaâda|dou al kiada|dhu al-qadah|qaada",
            "ذو الحجة|ذي الحجة|hija|hijja|dou al hijja|dhu al-hijjah|kaada ii",
        ),
        start=1,
    )
    for word in words.split("|")
}
"""1 to 12; those of the Hijri year from 13."""

FREE_OF_CHARGE: Final = re.compile(
    r"(?<!\w)(?:"
    + any_of("gratuit|gratuite|gratuitement|free|gratis|gratuito|gratuita|مجان|مجانا|بالمجان|مجاني|مجانية|فابور")
    + r")(?!\w)"
)

_FREE = (
    "gratuit|gratuite|gratuits|gratuites|gratuitement|sans frais|free of charge|for free|is free|are free|at no cost|"
    "gratis|gratuito|gratuita|gratuitos|gratuitas|gratuitamente|sin coste|sin costo|sin gastos|"
    "مجان|مجانا|بالمجان|مجاني|مجانية|مجانيا|بدون مقابل|دون مقابل|بدون رسوم|دون رسوم|بلا فلوس|فابور|fabor"
)
FREE_CLAIM: Final = re.compile(r"(?<!\w)(?:" + any_of(_FREE) + r")(?!\w)")
"""What says that nothing is due: an amount, as much as a figure is."""
FREE_SOURCE: Final = re.compile(
    r"(?<!\w)(?:"
    + any_of(
        _FREE + "|free|aucun frais|aucune taxe|no fee|no fees|no charge|0 dh|0 dirham|0 درهم|لا يؤدى|مجانيته|gratuité"
    )
    + r"|exoner\w*|exempt\w*|exent\w*|dispens\w*|(?:ال|)معفا?\w*|(?:ال|ب|)[اي]عف\w*)(?!\w)"
)
"""What backs it."""
