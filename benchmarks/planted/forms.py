# ruff: noqa: SIM905, E501, ARG001
"""A value written as people of each language write it: one function a kind, one name a form."""

from __future__ import annotations

from planted import words

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "ar": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split(),
    "east": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
HIJRI = "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة".split("|")
HIJRI_FR = "moharrem|safar|rabii I|rabii II|joumada I|joumada II|rejeb|chaabane|ramadan|chaoual|kaada|hija".split("|")
UNITS = {
    "fr": {"days": ("jour", "jours"), "months": ("mois", "mois"), "years": ("an", "ans"), "weeks": ("semaine", "semaines"),
           "hours": ("heure", "heures")},
    "es": {"days": ("día", "días"), "months": ("mes", "meses"), "years": ("año", "años"), "weeks": ("semana", "semanas"),
           "hours": ("hora", "horas")},
    "en": {"days": ("day", "days"), "months": ("month", "months"), "years": ("year", "years"), "weeks": ("week", "weeks"),
           "hours": ("hour", "hours")},
    "ary": {"days": ("يوم", "يام"), "months": ("شهر", "شهور"), "years": ("عام", "سنين"), "weeks": ("سيمانة", "سيمانات"),
            "hours": ("ساعة", "سوايع")},
}  # fmt: skip
AR_UNITS = {
    "money": ("درهم", "درهمان", "درهمين", "دراهم", "درهما", False),
    "days": ("يوم", "يومان", "يومين", "أيام", "يوما", False),
    "weeks": ("أسبوع", "أسبوعان", "أسبوعين", "أسابيع", "أسبوعا", False),
    "months": ("شهر", "شهران", "شهرين", "أشهر", "شهرا", False),
    "years": ("سنة", "سنتان", "سنتين", "سنوات", "سنة", True),
    "hours": ("ساعة", "ساعتان", "ساعتين", "ساعات", "ساعة", True),
    "copies": ("نسخة", "نسختان", "نسختين", "نسخ", "نسخة", True),
}
COPIES = {
    "fr": ("exemplaire", "exemplaires"),
    "es": ("ejemplar", "ejemplares"),
    "en": ("copy", "copies"),
    "ary": ("نسخة", "نسخ"),
}
SPELL = {"fr": words.french, "es": words.spanish, "en": words.english, "ary": words.darija}
DUAL_ARY = {"months": "شهرين", "years": "عامين", "days": "يوماين", "weeks": "جوج سيمانات", "hours": "ساعتين"}
COUNTED = {"days", "months", "years", "weeks", "hours", "copies"}

FORMS = {
    "money": ("plain", "code", "words", "grouped", "eastern", "both"),
    "percent": ("plain", "sign", "words", "eastern"),
    "date": ("plain", "slashes", "dashes", "iso", "eastern", "hijri"),
    "article": ("plain", "short", "ordinal", "eastern"),
    "law": ("plain", "dotted", "bare", "eastern"),
    "decree": ("plain", "dotted", "eastern"),
    "phone": ("plain", "packed", "abroad", "eastern"),
    **dict.fromkeys(COUNTED, ("plain", "words", "eastern", "both")),
}


def write(kind: str, value: tuple[int, ...], language: str, form: str) -> str:
    """The value in one of the forms of its kind; `plain` where the language has no such form."""
    if form == "eastern":
        text = write(kind, value, language, "plain")
        return text.translate(EASTERN) if language in ("ar", "ary") else text
    if kind in COUNTED:
        return _counted(value[0], kind, language, form)
    return _WRITERS[kind](value, language, form)


def _counted(n: int, kind: str, language: str, form: str) -> str:
    if form == "both":
        return f"{n} ({_spelled(n, kind, language)}) {_noun(n, kind, language)}"
    if form == "words":
        if language == "ar" and n <= 2:
            return AR_UNITS[kind][2] if n == 2 else f"{AR_UNITS[kind][0]} {'واحدة' if AR_UNITS[kind][5] else 'واحد'}"
        if language == "ary" and n == 2 and kind in DUAL_ARY:
            return DUAL_ARY[kind]
        return f"{_spelled(n, kind, language)} {_noun(n, kind, language)}"
    if language == "ar" and n == 2 and kind != "money":
        return AR_UNITS[kind][2]
    return f"{n} {_noun(n, kind, language)}"


def _spelled(n: int, kind: str, language: str) -> str:
    if language == "ar":
        return words.arabic(n, feminine=AR_UNITS[kind][5], oblique=True)
    return SPELL[language](n)


def _noun(n: int, kind: str, language: str) -> str:
    if language == "ar":
        one, _, _, few, many, _ = AR_UNITS[kind]
        return few if 3 <= n % 100 <= 10 else many if n % 100 >= 11 else one
    forms = COPIES[language] if kind == "copies" else UNITS[language][kind]
    plural = n <= 10 if language == "ary" else n > 1
    return forms[plural and n > 1]


def _grouped(n: int, separator: str) -> str:
    return f"{n:,}".replace(",", separator)


def _money(value: tuple[int, ...], language: str, form: str) -> str:
    n = value[0]
    noun = {"fr": "dirhams", "es": "dírhams", "en": "dirhams", "ary": "درهم"}.get(language) or _noun(n, "money", "ar")
    if form == "words":
        return f"{_spelled(n, 'money', language)} {noun}"
    if form == "both":
        return f"{n} ({_spelled(n, 'money', language)}) {noun}"
    if form == "code":
        return {"fr": f"{n} DH", "en": f"MAD {n}", "es": f"{n} MAD", "ar": f"{n} درهم مغربي", "ary": f"{n} درهم"}[
            language
        ]
    if form == "grouped":
        separator = {"fr": " ", "es": ".", "en": ",", "ar": ".", "ary": " "}[language]
        decimals = {"fr": ",00", "es": ",00", "en": ".00", "ar": ",00", "ary": ""}[language]
        return f"{_grouped(n, separator)}{decimals} {noun}"
    return f"{n} {noun}"


def _percent(value: tuple[int, ...], language: str, form: str) -> str:
    n = value[0]
    phrase = {"fr": "pour cent", "es": "por ciento", "en": "percent", "ar": "في المائة", "ary": "فالمية"}[language]
    if form == "words":
        return f"{_spelled(n, 'days', language)} {phrase}"
    return f"{n}%" if form == "sign" or language == "ary" else f"{n} {phrase}"


def _date(value: tuple[int, ...], language: str, form: str) -> str:
    year, month, day = value
    if form == "slashes":
        return f"{day:02}/{month:02}/{year}"
    if form == "dashes":
        return f"{day:02}-{month:02}-{year}"
    if form == "iso":
        return f"{year}-{month:02}-{day:02}"
    if language == "en":
        return f"{MONTHS['en'][month - 1]} {day}, {year}"
    if language == "es":
        return f"{day} de {MONTHS['es'][month - 1]} de {year}"
    if language in ("ar", "ary"):
        return f"{day} {MONTHS['ar' if (day + month) % 3 else 'east'][month - 1]} {year}"
    return f"{'1er' if day == 1 else day} {MONTHS['fr'][month - 1]} {year}"


def hijri(value: tuple[int, ...], language: str) -> str:
    year, month, day = value
    if language in ("ar", "ary"):
        return f"{day} من {HIJRI[month - 1]} {year}"
    return f"{day} {HIJRI_FR[month - 1]} {year}"


def _article(value: tuple[int, ...], language: str, form: str) -> str:
    n = value[0]
    if language in ("ar", "ary"):
        feminine = n % 2 == 0
        head = "المادة" if feminine else "الفصل"
        return (
            f"{head} {words.arabic_ordinal(n, feminine=feminine)}" if form == "ordinal" and n < 100 else f"{head} {n}"
        )
    long, short = {"fr": ("l'article", "l'art."), "es": ("el artículo", "el art."), "en": ("article", "art.")}[language]
    if form == "ordinal" and n == 1 and language != "en":
        return f"{long} {'premier' if language == 'fr' else 'primero'}"
    if form == "ordinal":
        return f"{long} {SPELL[language](n)}"
    return f"{short if form == 'short' else long} {n}"


def _law(value: tuple[int, ...], language: str, form: str) -> str:
    separator = "." if form == "dotted" else "-"
    reference = separator.join(f"{part:02}" for part in value)
    number = {"fr": "la loi n° ", "es": "la ley n.º ", "en": "Law No. ", "ar": "القانون رقم ", "ary": "القانون رقم "}
    bare = {"fr": "la loi ", "es": "la ley ", "en": "Law ", "ar": "القانون ", "ary": "القانون "}
    return (bare if form == "bare" else number)[language] + reference


def _decree(value: tuple[int, ...], language: str, form: str) -> str:
    separator = "." if form == "dotted" else "-"
    reference = separator.join((str(value[0]), f"{value[1]:02}", str(value[2])))
    head = {
        "fr": "le décret n° ",
        "es": "el decreto n.º ",
        "en": "Decree No. ",
        "ar": "المرسوم رقم ",
        "ary": "المرسوم رقم ",
    }
    return head[language] + reference


def _phone(value: tuple[int, ...], language: str, form: str) -> str:
    digits = f"{value[0]:09}"
    if form == "packed":
        return "0" + digits
    pairs = " ".join(digits[start : start + 2] for start in range(1, 9, 2))
    return f"+212 {digits[0]} {pairs}" if form == "abroad" else f"0{digits[0]} {pairs}"


_WRITERS = {
    "money": _money, "percent": _percent, "date": _date, "article": _article, "law": _law, "decree": _decree,
    "phone": _phone,
}  # fmt: skip
