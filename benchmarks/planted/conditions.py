"""Conditions beside a figure: "at least {v}" and its opposite.

`ROLES[topic] = (kind of value, {language: (what is right, its opposite)})`; the first of each stands in the passage.
Written for this benchmark.
"""

from __future__ import annotations

Roles = dict[str, tuple[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]]]

ROLES: Roles = {
    "age": (
        "years",
        {
            "fr": (
                (
                    "Le candidat doit avoir au moins {v}.",
                    "L'âge minimum du candidat est de {v}.",
                    "Le candidat doit avoir {v} au minimum.",
                    "L'âge du candidat ne doit pas être inférieur à {v}.",
                ),
                (
                    "Le candidat doit avoir au plus {v}.",
                    "L'âge maximum du candidat est de {v}.",
                    "L'âge du candidat ne doit pas dépasser {v}.",
                    "Le candidat doit avoir moins de {v}.",
                ),
            ),
            "ar": (
                (
                    "يجب ألا يقل سن المترشح عن {v}.",
                    "يجب أن يبلغ المترشح {v} على الأقل.",
                    "الحد الأدنى لسن المترشح هو {v}.",
                    "لا يقل السن عن {v}.",
                ),
                (
                    "يجب ألا يتجاوز سن المترشح {v}.",
                    "يجب أن يبلغ المترشح {v} على الأكثر.",
                    "الحد الأقصى لسن المترشح هو {v}.",
                    "لا يزيد السن عن {v}.",
                ),
            ),
            "ary": (
                ("خاص يكون فعمر المترشح على الأقل {v}.", "أقل عمر هو {v}.", "ما خاصوش يكون عندو قل من {v}."),
                ("خاص ما يفوتش عمر المترشح {v}.", "أكثر عمر هو {v}.", "ما خاصوش يكون عندو كتر من {v}."),
            ),
            "es": (
                (
                    "El candidato debe tener al menos {v}.",
                    "La edad mínima del candidato es de {v}.",
                    "El candidato debe tener {v} como mínimo.",
                ),
                (
                    "El candidato debe tener como máximo {v}.",
                    "La edad máxima del candidato es de {v}.",
                    "La edad no debe superar {v}.",
                ),
            ),
            "en": (
                (
                    "The candidate must be at least {v} old.",
                    "The minimum age of the candidate is {v}.",
                    "Candidates must not be younger than {v}.",
                ),
                (
                    "The candidate must be at most {v} old.",
                    "The maximum age of the candidate is {v}.",
                    "The age must not exceed {v}.",
                ),
            ),
        },
    ),
    "ceiling": (
        "days",
        {
            "fr": (
                (
                    "Le délai ne peut excéder {v}.",
                    "Le délai est de {v} au maximum.",
                    "Le délai maximum est de {v}.",
                    "Le délai ne dépasse pas {v}.",
                ),
                (
                    "Le délai ne peut être inférieur à {v}.",
                    "Le délai est de {v} au minimum.",
                    "Le délai minimum est de {v}.",
                    "Le délai dépasse {v}.",
                ),
            ),
            "ar": (
                (
                    "لا يمكن أن يتجاوز الأجل {v}.",
                    "الأجل الأقصى هو {v}.",
                    "الأجل هو {v} على أبعد تقدير.",
                    "لا يتعدى الأجل {v}.",
                ),
                (
                    "لا يمكن أن يقل الأجل عن {v}.",
                    "الأجل الأدنى هو {v}.",
                    "الأجل هو {v} على الأقل.",
                    "يتجاوز الأجل {v}.",
                ),
            ),
            "ary": (
                ("الأجل ما كيفوتش {v}.", "الأجل على الأكثر {v}.", "المدة القصوى هي {v}."),
                ("الأجل كيفوت {v}.", "الأجل على الأقل {v}.", "المدة الدنيا هي {v}."),
            ),
            "es": (
                ("El plazo no puede exceder de {v}.", "El plazo es de {v} como máximo.", "El plazo máximo es de {v}."),
                ("El plazo no puede ser inferior a {v}.", "El plazo es de {v} como mínimo.", "El plazo excede de {v}."),
            ),
            "en": (
                ("The period may not exceed {v}.", "The period is {v} at most.", "The maximum period is {v}."),
                ("The period may not be less than {v}.", "The period is {v} at least.", "The period exceeds {v}."),
            ),
        },
    ),
    "capital": (
        "money",
        {
            "fr": (
                (
                    "Le capital minimum est de {v}.",
                    "Il faut un capital d'au moins {v}.",
                    "Le capital est supérieur ou égal à {v}.",
                ),
                (
                    "Le capital maximum est de {v}.",
                    "Il faut un capital d'au plus {v}.",
                    "Le capital est inférieur à {v}.",
                ),
            ),
            "ar": (
                ("الحد الأدنى للرأسمال هو {v}.", "لا يقل الرأسمال عن {v}.", "يجب أن يساوي الرأسمال {v} على الأقل."),
                ("الحد الأقصى للرأسمال هو {v}.", "لا يتجاوز الرأسمال {v}.", "يجب أن يساوي الرأسمال {v} على الأكثر."),
            ),
            "ary": (
                ("الرأسمال خاصو يكون على الأقل {v}.", "أقل رأسمال هو {v}."),
                ("الرأسمال خاصو يكون على الأكثر {v}.", "أكبر رأسمال هو {v}."),
            ),
            "es": (
                ("El capital mínimo es de {v}.", "Se exige un capital de al menos {v}."),
                ("El capital máximo es de {v}.", "Se exige un capital de a lo sumo {v}."),
            ),
            "en": (
                (
                    "The minimum capital is {v}.",
                    "A capital of at least {v} is required.",
                    "No less than {v} of capital.",
                ),
                (
                    "The maximum capital is {v}.",
                    "A capital of at most {v} is required.",
                    "No more than {v} of capital.",
                ),
            ),
        },
    ),
    "before": (
        "date",
        {
            "fr": (
                (
                    "Le dossier est déposé avant le {v}.",
                    "Déposez le dossier avant le {v}.",
                    "Dépôt au plus tard le {v}.",
                ),
                ("Le dossier est déposé après le {v}.", "Déposez le dossier après le {v}.", "Dépôt à partir du {v}."),
            ),
            "ar": (
                ("يودع الملف قبل {v}.", "يجب إيداع الملف قبل {v}.", "يودع الملف في موعد أقصاه {v}."),
                ("يودع الملف بعد {v}.", "يجب إيداع الملف بعد {v}.", "يودع الملف ابتداء من {v}."),
            ),
            "ary": (
                ("خاصك تحط الدوسي قبل {v}.", "الدوسي كيتحط قبل {v}."),
                ("خاصك تحط الدوسي من بعد {v}.", "الدوسي كيتحط مور {v}."),
            ),
            "es": (
                ("El expediente se presenta antes del {v}.", "Presente el expediente antes del {v}."),
                ("El expediente se presenta después del {v}.", "Presente el expediente a partir del {v}."),
            ),
            "en": (
                (
                    "The file is submitted before {v}.",
                    "Submit the file before {v}.",
                    "Submit the file no later than {v}.",
                ),
                ("The file is submitted after {v}.", "Submit the file after {v}.", "Submit the file from {v} onwards."),
            ),
        },
    ),
}
