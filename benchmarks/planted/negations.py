"""Statements that a negation turns round.

`POLARITY[language] = [(passage, right answers, wrong answers)]`. Written for this benchmark.
"""

from __future__ import annotations

Polarity = dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]]

POLARITY: Polarity = {
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

MORE_POLARITY: Polarity = {
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
