"""Conditions beside a figure (`ROLES`) and statements that a negation turns round (`POLARITY`).

`ROLES[topic] = (kind of value, {language: (what is right, its opposite)})`; the first of each stands in the passage.
`POLARITY[language] = [(passage, right answers, wrong answers)]`. Written for this benchmark.
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

POLARITY: dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "fr": [
        (
            "La présence de l'intéressé est obligatoire lors du dépôt.",
            (
                "L'intéressé doit être présent lors du dépôt.",
                "Lors du dépôt, la présence de l'intéressé est obligatoire.",
            ),
            (
                "La présence de l'intéressé n'est pas obligatoire lors du dépôt.",
                "L'intéressé ne doit pas être présent.",
            ),
        ),
        (
            "La demande ne peut pas être déposée en ligne.",
            (
                "Il n'est pas possible de déposer la demande en ligne.",
                "Le dépôt en ligne de la demande est impossible.",
            ),
            ("La demande peut être déposée en ligne.", "Il est possible de déposer la demande en ligne."),
        ),
        (
            "L'extrait est délivré sans frais au demandeur.",
            ("L'extrait est gratuit.", "Le demandeur reçoit l'extrait sans frais."),
            ("L'extrait est payant.", "L'extrait n'est pas délivré sans frais au demandeur."),
        ),
        (
            "Le passeport d'un mineur exige l'autorisation du tuteur.",
            ("L'autorisation du tuteur est exigée pour le passeport d'un mineur.",),
            ("Le passeport d'un mineur n'exige pas l'autorisation du tuteur.",),
        ),
        (
            "Les copies non légalisées sont refusées.",
            ("Les copies non légalisées ne sont pas acceptées.", "On refuse les copies non légalisées."),
            ("Les copies non légalisées sont acceptées.", "Les copies non légalisées ne sont pas refusées."),
        ),
    ],
    "ar": [
        (
            "حضور المعني بالأمر إلزامي عند الإيداع.",
            ("يعد حضور المعني بالأمر إلزاميا عند الإيداع.", "عند الإيداع حضور المعني بالأمر إلزامي."),
            ("حضور المعني بالأمر غير إلزامي عند الإيداع.", "ليس حضور المعني بالأمر إلزاميا عند الإيداع."),
        ),
        (
            "لا يمكن إيداع الطلب عبر الإنترنت.",
            ("إيداع الطلب عبر الإنترنت غير ممكن.", "لا يمكن تقديم الطلب عبر الإنترنت."),
            ("يمكن إيداع الطلب عبر الإنترنت.", "إيداع الطلب عبر الإنترنت ممكن."),
        ),
        (
            "يشترط إذن الولي لتسليم جواز سفر القاصر.",
            ("لتسليم جواز سفر القاصر يشترط إذن الولي.",),
            ("لا يشترط إذن الولي لتسليم جواز سفر القاصر.", "يسلم جواز سفر القاصر بدون إذن الولي."),
        ),
        (
            "لا تقبل النسخ غير المصادق عليها.",
            ("النسخ غير المصادق عليها لا تقبل.", "ترفض النسخ غير المصادق عليها."),
            ("تقبل النسخ غير المصادق عليها.",),
        ),
    ],
    "ary": [
        (
            "خاص المعني بالأمر يحضر نهار الإيداع.",
            ("المعني بالأمر خاص يحضر نهار الإيداع.",),
            ("ما خاصش المعني بالأمر يحضر نهار الإيداع.",),
        ),
        (
            "ما يمكنش تحط الطلب فالأنترنيت.",
            ("الطلب ما يمكنش تحطو فالأنترنيت.",),
            ("يمكن تحط الطلب فالأنترنيت.", "الطلب يمكن تحطو فالأنترنيت."),
        ),
        (
            "القاصر ما كياخدش الباسبور بلا إذن الوالي.",
            ("بلا إذن الوالي القاصر ما كياخدش الباسبور.",),
            ("القاصر كياخد الباسبور بلا إذن الوالي.",),
        ),
    ],
    "es": [
        (
            "La presencia del interesado es obligatoria en el depósito.",
            ("En el depósito es obligatoria la presencia del interesado.",),
            ("La presencia del interesado no es obligatoria en el depósito.",),
        ),
        (
            "La solicitud no puede presentarse en línea.",
            ("No es posible presentar la solicitud en línea.",),
            ("La solicitud puede presentarse en línea.",),
        ),
        (
            "El extracto se entrega sin gastos.",
            ("El extracto se entrega gratis.", "Se entrega sin gastos el extracto."),
            ("El extracto no se entrega sin gastos.", "El extracto se entrega con gastos."),
        ),
    ],
    "en": [
        (
            "The applicant's presence is mandatory at the deposit.",
            ("At the deposit the applicant's presence is mandatory.", "The applicant must be present at the deposit."),
            ("The applicant's presence is not mandatory at the deposit.",),
        ),
        (
            "The application cannot be submitted online.",
            ("It is not possible to submit the application online.", "You can't submit the application online."),
            ("The application can be submitted online.", "It is possible to submit the application online."),
        ),
        (
            "A minor's passport requires the guardian's consent.",
            ("The guardian's consent is required for a minor's passport.",),
            ("A minor's passport does not require the guardian's consent.",),
        ),
    ],
}

MORE_POLARITY: dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "fr": [
        (
            "Toute demande incomplète est rejetée par le service.",
            ("Le service rejette toute demande incomplète.",),
            ("Toute demande incomplète est acceptée par le service.",),
        ),
        (
            "Le mineur peut voyager sans autorisation paternelle.",
            ("Sans autorisation paternelle, le mineur peut voyager.",),
            ("Le mineur ne peut pas voyager sans autorisation paternelle.",),
        ),
        (
            "Aucune légalisation n'est demandée pour la copie du contrat.",
            ("Pour la copie du contrat, aucune légalisation n'est demandée.",),
            ("Une légalisation est demandée pour la copie du contrat.",),
        ),
        (
            "Le fonctionnaire est tenu au secret professionnel.",
            ("Le secret professionnel s'impose au fonctionnaire.",),
            ("Le fonctionnaire n'est pas tenu au secret professionnel.",),
        ),
    ],
    "ar": [
        (
            "لا يوقف الطعن تنفيذ القرار.",
            ("الطعن لا يوقف تنفيذ القرار.",),
            ("يوقف الطعن تنفيذ القرار.",),
        ),
        (
            "يلزم الموظف بكتمان السر المهني.",
            ("الموظف ملزم بكتمان السر المهني.",),
            ("لا يلزم الموظف بكتمان السر المهني.",),
        ),
        (
            "لا تسلم الوثيقة لغير صاحبها.",
            ("الوثيقة لا تسلم لغير صاحبها.",),
            ("تسلم الوثيقة لغير صاحبها.",),
        ),
        (
            "يسمح بتصوير الملف داخل المكتب.",
            ("تصوير الملف داخل المكتب مسموح به.",),
            ("يمنع تصوير الملف داخل المكتب.", "لا يسمح بتصوير الملف داخل المكتب."),
        ),
    ],
    "ary": [
        (
            "خاصك تجيب الشاهد معاك للمحكمة.",
            ("الشاهد خاصك تجيبو معاك للمحكمة.",),
            ("ما خاصكش تجيب الشاهد معاك للمحكمة.",),
        ),
        (
            "الموظف ما كيعطيكش الوصل فنفس النهار.",
            ("فنفس النهار الموظف ما كيعطيكش الوصل.",),
            ("الموظف كيعطيك الوصل فنفس النهار.",),
        ),
        (
            "المحامي ماشي واجب فهاد الدعوى.",
            ("فهاد الدعوى المحامي ماشي واجب.",),
            ("المحامي واجب فهاد الدعوى.",),
        ),
    ],
    "es": [
        (
            "El recurso no suspende la ejecución de la decisión.",
            ("La ejecución de la decisión no se suspende por el recurso.",),
            ("El recurso suspende la ejecución de la decisión.",),
        ),
        (
            "El trámite exige la firma del padre.",
            ("La firma del padre se exige en el trámite.",),
            ("El trámite no exige la firma del padre.",),
        ),
        (
            "Las copias sin sello son rechazadas en ventanilla.",
            ("En ventanilla se rechazan las copias sin sello.",),
            ("Las copias sin sello son aceptadas en ventanilla.",),
        ),
        (
            "Ningún menor firma el contrato.",
            ("El menor no firma el contrato.",),
            ("El menor firma el contrato.",),
        ),
    ],
    "en": [
        (
            "An appeal does not suspend the decision.",
            ("The decision is not suspended by an appeal.",),
            ("An appeal suspends the decision.",),
        ),
        (
            "The clerk must keep the file secret.",
            ("The file must be kept secret by the clerk.",),
            ("The clerk must not keep the file secret.",),
        ),
        (
            "Photography inside the office is forbidden.",
            ("It is forbidden to take photographs inside the office.",),
            ("Photography inside the office is allowed.",),
        ),
        (
            "No guarantor is required for this loan.",
            ("A guarantor is not required for this loan.",),
            ("A guarantor is required for this loan.",),
        ),
    ],
}
"""Statements written after the verifier was mended, and never looked at while it was: reported as `negation-new`."""
