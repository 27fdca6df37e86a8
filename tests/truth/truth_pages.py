"""Pages whose text is known: written here, laid out by WeasyPrint, with what a reader must find in them."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

FONTS = ("Amiri", "DejaVu Sans")

_AR = (
    "يودع طلب الحصول على البطاقة الوطنية للتعريف الإلكترونية لدى مصالح الأمن الوطني داخل أجل {days} يوما.",
    "حدد مبلغ الرسم في {fee} درهما طبقا لأحكام المادة {article} من القانون رقم {law} الصادر بتاريخ {date}.",
    "يعاقب بغرامة من {fee} إلى {amount} درهم كل من أدلى ببيانات كاذبة إلى الإدارة أو إلى الأعوان المكلفين بالمراقبة.",
    "تطبق مقتضيات المرسوم رقم {decree} على الأجراء الذين تقل أعمارهم عن {days} سنة (الجريدة الرسمية عدد {gazette}).",
    "للمزيد من المعلومات الاتصال بالرقم {phone} أو بالعنوان {mail}، وذلك من الاثنين إلى الجمعة.",
    "لا يجوز الطعن في القرار إلا أمام المحكمة الابتدائية، ويجب أن يقدم الطعن قبل {date} تحت طائلة عدم القبول.",
    "تستفيد الأسرة من تعويض شهري قدره {amount} درهم، بنسبة {percent} من الأجر، عن كل طفل لم يتجاوز {days} سنة.",
    "الآن وبعد الاطلاع على الملف، يسلم الإيصال للمعني بالأمر «في الحال» ولا تؤدى عنه أية رسوم إضافية.",
    "يمكن للأجنبي المقيم أن يطلب بطاقة الإقامة لمدة {days} أشهر قابلة للتجديد لأسباب إنسانية أو صحية.",
    "تبلغ واجبات التنبر {fee} درهم بالنسبة للقاصرين، وتؤدى لدى قباضة إدارة الضرائب أو عبر الأداء الإلكتروني.",
)
_FR = (
    "La demande de carte nationale est déposée auprès du service compétent dans un délai de {days} jours.",
    "Le montant du droit est fixé à {fee} dirhams, conformément à l’article {article} de la loi n° {law} du {date}.",
    "Est puni d’une amende de {fee} à {amount} dirhams quiconque fait de fausses déclarations à l’administration.",
    "Les dispositions du décret n° {decree} s’appliquent aux salariés âgés de moins de {days} ans (Bulletin officiel"
    " n° {gazette}).",
    "Pour tout renseignement, appeler le {phone} ou écrire à {mail}, du lundi au vendredi.",
    "Le recours est formé devant le tribunal de première instance avant le {date}, sous peine d’irrecevabilité.",
    "La famille reçoit une allocation de {amount} dirhams par mois, soit {percent} du salaire, pour chaque enfant.",
    "Au vu du dossier, le récépissé est remis à l’intéressé « séance tenante » et sans frais supplémentaires.",
)
_ROWS_AR = (
    ("جواز السفر البيومتري للراشدين", "الولاية أو العمالة"),
    ("البطاقة الوطنية للتعريف الإلكترونية", "مصالح الأمن الوطني"),
    ("رخصة السياقة", "الوكالة الوطنية للسلامة الطرقية"),
    ("شهادة السجل العدلي", "المحكمة الابتدائية"),
    ("عقد الازدياد (نسخة كاملة)", "مكتب الحالة المدنية"),
)
_ROWS_FR = (
    ("Passeport biométrique pour les majeurs", "Préfecture ou province"),
    ("Carte nationale d’identité électronique", "Sûreté nationale"),
    ("Permis de conduire", "Agence de la sécurité routière"),
    ("Extrait du casier judiciaire", "Tribunal de première instance"),
    ("Acte de naissance (copie intégrale)", "Bureau d’état civil"),
)
CUT = {
    "fr": "Le bénéficiaire remet au guichet une attestation d’enregistrement, accompagnée des justificatifs de "
    "résidence et de l’autorisation délivrée par les autorités compétentes. L’établissement de l’acte intervient "
    "immédiatement après vérification des renseignements communiqués par le demandeur, conformément à la réglementation"
    " applicable.",
    "es": "El beneficiario entrega en la ventanilla un certificado de empadronamiento, acompañado de los justificantes "
    "de residencia y de la autorización expedida por las autoridades competentes. La inscripción se realiza "
    "inmediatamente después de la comprobación de las informaciones comunicadas por el solicitante.",
    "en": "The beneficiary hands in a registration certificate, together with the documentation of residence and the "
    "authorisation delivered by the competent authorities. Registration takes place immediately after verification of "
    "the particulars communicated by the applicant, in accordance with the applicable regulations and requirements.",
}
"""Texts whose long words a narrow column cuts."""
_STYLE = (
    "@page{size:A4;margin:2cm}body{font-family:'%s';font-size:12pt}.two{columns:2;column-gap:1cm}"
    "table{border-collapse:collapse;width:100%%}td,th{border:1px solid;padding:4px;vertical-align:top}"
    ".bi td{width:50%%;border:0}p{margin:0 0 8pt}"
)


@dataclass(frozen=True, slots=True)
class TruthPage:
    """A page as HTML, and its text: a block a line, in the order of reading."""

    name: str
    html: str
    text: str


def _sentence(pattern: str, rng: random.Random) -> str:
    law = rng.choice(
        (f"{rng.randint(1, 99):02}-{rng.randint(0, 25):02}", f"{rng.randint(10, 99)}.{rng.randint(5, 22):02}")
    )
    return pattern.format(
        days=rng.randint(3, 90),
        fee=rng.choice((75, 100, 200, 300, 500)),
        amount=rng.choice(("1.200", "10.000", "1.500,75", "2500", "15,55")),
        article=rng.choice((12, 45, "327-3", 505)),
        law=law,
        date=rng.choice(("18/02/2009", "12.09.2022", "7-11-2021")),
        decree=f"2-{rng.randint(10, 24)}-{rng.randint(100, 999)}",
        gazette=rng.randint(1000, 7200),
        phone=rng.choice(("05 37 68 22 00", "0537-71-34-44", "08.02.00.37.37")),
        mail=rng.choice(("contact@example.ma", "www.example.ma")),
        percent=rng.choice(("12,5%", "50%", "6.29%")),
    )


def _prose(rng: random.Random, patterns: Sequence[str], count: int) -> list[str]:
    return [_sentence(pattern, rng) for pattern in rng.sample(patterns, min(count, len(patterns)))]


def _paragraphs(texts: Sequence[str], language: str) -> str:
    direction = "rtl" if language == "ar" else "ltr"
    return "".join(f'<p lang="{language}" dir="{direction}">{escape(text)}</p>' for text in texts)


def _prose_page(
    patterns: Sequence[str], language: str, columns: bool = False
) -> Callable[[random.Random], tuple[str, str]]:
    def make(rng: random.Random) -> tuple[str, str]:
        texts = _prose(rng, patterns, 8)
        direction = "rtl" if language == "ar" else "ltr"
        kind = ' class="two"' if columns else ""
        return f'<div{kind} dir="{direction}">{_paragraphs(texts, language)}</div>', "\n".join(texts)

    return make


def _mixed(rng: random.Random) -> tuple[str, str]:
    pairs = [(*_prose(rng, _AR, 1), *_prose(rng, _FR, 1)) for _ in range(4)]
    html = "".join(_paragraphs([arabic], "ar") + _paragraphs([french], "fr") for arabic, french in pairs)
    return html, "\n".join(text for pair in pairs for text in pair)


def _bilingual(rng: random.Random) -> tuple[str, str]:
    french, arabic = _prose(rng, _FR, 5), _prose(rng, _AR, 5)
    cells = f"<td>{_paragraphs(french, 'fr')}</td><td>{_paragraphs(arabic, 'ar')}</td>"
    return f'<table class="bi"><tr>{cells}</tr></table>', "\n".join((*french, *arabic))


def _table(
    rows: Sequence[tuple[str, str]], heads: Sequence[str], language: str
) -> Callable[[random.Random], tuple[str, str]]:
    def make(rng: random.Random) -> tuple[str, str]:
        unit, days = ("درهم", "يوما") if language == "ar" else ("DH", "jours")
        filled = [
            (name, f"{rng.choice((75, 100, 300, 500))} {unit}", f"{rng.randint(2, 60)} {days}", where)
            for name, where in rng.sample(rows, 4)
        ]
        direction = "rtl" if language == "ar" else "ltr"
        cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in filled)
        head = "<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in heads) + "</tr>"
        lines = [" | ".join(f"{head}: {cell}" for head, cell in zip(heads, row, strict=True)) for row in filled]
        [before] = _prose(rng, _AR if language == "ar" else _FR, 1)
        html = f'{_paragraphs([before], language)}<table dir="{direction}" lang="{language}">{head}{cells}</table>'
        return html, "\n".join((before, *lines))

    return make


def _line_by_line(
    left: tuple[Sequence[str], str], right: tuple[Sequence[str], str]
) -> Callable[[random.Random], tuple[str, str]]:
    """Two columns of which each line is drawn before the next, the left half of it first."""

    def make(rng: random.Random) -> tuple[str, str]:
        columns = [(_prose(rng, patterns, 4), language) for patterns, language in (left, right)]
        wrapped = [[line for text in texts for line in textwrap.wrap(text, 40)] for texts, _ in columns]
        drawn = [
            _placed(lines[number], language, top=14 * number, left=250 * column)
            for number in range(max(map(len, wrapped)))
            for column, (lines, (_, language)) in enumerate(zip(wrapped, columns, strict=True))
            if number < len(lines)
        ]
        first, second = reversed(columns) if left[1] == right[1] == "ar" else columns
        return "".join(drawn), "\n".join((*first[0], *second[0]))

    return make


def _placed(line: str, language: str, *, top: int, left: int) -> str:
    direction, side = ("rtl", "right") if language == "ar" else ("ltr", "left")
    style = (
        f"position:absolute;top:{top}pt;left:{left}pt;width:230pt;font-size:9pt;white-space:nowrap;text-align:{side}"
    )
    return f'<div lang="{language}" dir="{direction}" style="{style}">{escape(line)}</div>'


KINDS: dict[str, Callable[[random.Random], tuple[str, str]]] = {
    "line-by-line-fr": _line_by_line((_FR, "fr"), (_FR, "fr")),
    "line-by-line-ar": _line_by_line((_AR, "ar"), (_AR, "ar")),
    "line-by-line-fr-ar": _line_by_line((_FR, "fr"), (_AR, "ar")),
    "prose-ar": _prose_page(_AR, "ar"),
    "prose-fr": _prose_page(_FR, "fr"),
    "mixed": _mixed,
    "columns-ar": _prose_page(_AR, "ar", columns=True),
    "columns-fr": _prose_page(_FR, "fr", columns=True),
    "bilingual": _bilingual,
    "table-ar": _table(_ROWS_AR, ("الوثيقة", "الرسم", "الأجل", "الجهة المختصة"), "ar"),
    "table-fr": _table(_ROWS_FR, ("Document", "Frais", "Délai", "Service"), "fr"),
}


def truth_page(kind: str, font: str, seed: int) -> TruthPage:
    """A page of a kind, the same for the same seed."""
    body, text = KINDS[kind](random.Random(f"{kind} {seed}"))
    html = f"<html><head><style>{_STYLE % font}</style></head><body>{body}</body></html>"
    return TruthPage(f"{kind} {font} {seed}", html, text)
