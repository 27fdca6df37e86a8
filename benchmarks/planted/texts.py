"""What the benchmark's passages and answers say: one fact a template, its value in `{v}`.

`FACTS[topic] = (kind of value, {language: (passage, answer, answer)})`. Written for this benchmark.
"""

from __future__ import annotations

Facts = dict[str, tuple[str, dict[str, tuple[str, ...]]]]

FACTS: Facts = {
    "fee": (
        "money",
        {
            "fr": (
                "Le droit de timbre du passeport est fixé à {v}.",
                "Vous devez payer {v} de timbre pour le passeport.",
                "Le timbre du passeport coûte {v}.",
            ),
            "ar": (
                "يحدد رسم تنبر جواز السفر في {v}.",
                "يؤدى رسم قدره {v} عن جواز السفر.",
                "تبلغ رسوم جواز السفر {v}.",
            ),
            "ary": (
                "الباسبور كيتقام بـ {v} ديال التمبر.",
                "خاصك تخلص {v} على الباسبور.",
                "التمبر ديال الباسبور فيه {v}.",
            ),
            "es": (
                "La tasa del pasaporte se fija en {v}.",
                "El timbre del pasaporte cuesta {v}.",
                "Debe pagar {v} por el pasaporte.",
            ),
            "en": (
                "The stamp duty of the passport is set at {v}.",
                "The passport stamp costs {v}.",
                "You pay {v} for the passport.",
            ),
        },
    ),
    "urgent": (
        "money",
        {
            "fr": (
                "La procédure d'urgence donne lieu au paiement de {v}.",
                "En urgence, il faut régler {v}.",
                "La procédure urgente est facturée {v}.",
            ),
            "ar": (
                "يترتب عن المسطرة الاستعجالية أداء {v}.",
                "تكلف المسطرة الاستعجالية {v}.",
                "عند الاستعجال يجب أداء {v}.",
            ),
            "ary": ("اللي مزروب كيخلص {v}.", "إلا كنتي مزروب غادي تخلص {v}.", "المسطرة المزروبة فيها {v}."),
            "es": (
                "El procedimiento urgente exige el pago de {v}.",
                "Con urgencia se pagan {v}.",
                "El trámite urgente cuesta {v}.",
            ),
            "en": (
                "The urgent procedure requires a payment of {v}.",
                "The urgent service costs {v}.",
                "In an emergency you pay {v}.",
            ),
        },
    ),
    "fine": (
        "money",
        {
            "fr": (
                "Le contrevenant est puni d'une amende de {v}.",
                "L'amende s'élève à {v}.",
                "Vous risquez {v} d'amende.",
            ),
            "ar": ("يعاقب المخالف بغرامة قدرها {v}.", "تبلغ الغرامة {v}.", "الغرامة المقررة هي {v}."),
            "ary": ("المخالف كيخلص غرامة ديال {v}.", "الغرامة فيها {v}.", "غادي تخلص {v} ديال الغرامة."),
            "es": (
                "El infractor será castigado con una multa de {v}.",
                "La multa asciende a {v}.",
                "La multa es de {v}.",
            ),
            "en": ("The offender is liable to a fine of {v}.", "The fine is {v}.", "You risk a fine of {v}."),
        },
    ),
    "delay": (
        "days",
        {
            "fr": (
                "Le document est délivré dans un délai de {v} à compter du dépôt.",
                "Le document est prêt après {v}.",
                "Comptez {v} pour recevoir le document.",
            ),
            "ar": (
                "تسلم الوثيقة داخل أجل {v} من تاريخ الإيداع.",
                "تتسلم الوثيقة بعد {v}.",
                "مدة تسليم الوثيقة هي {v}.",
            ),
            "ary": ("الوثيقة كتوجد من بعد {v}.", "خاصك تتسنى {v} باش تاخد الوثيقة.", "الوثيقة كتاخد {v}."),
            "es": (
                "El documento se expide en un plazo de {v} desde la solicitud.",
                "El documento está listo en {v}.",
                "La entrega del documento tarda {v}.",
            ),
            "en": (
                "The document is issued within {v} of the application.",
                "The document is ready after {v}.",
                "It takes {v} to get the document.",
            ),
        },
    ),
    "appeal": (
        "days",
        {
            "fr": (
                "L'intéressé dispose de {v} pour former un recours.",
                "Vous avez {v} pour faire appel.",
                "Le recours se forme dans les {v}.",
            ),
            "ar": ("للمعني بالأمر {v} لتقديم الطعن.", "أجل الطعن هو {v}.", "يمكنك الطعن خلال {v}."),
            "ary": ("عندك {v} باش تدير الطعن.", "الطعن كيتدار ف {v}.", "تقدر تطعن فمدة {v}."),
            "es": (
                "El interesado dispone de {v} para presentar un recurso.",
                "Tiene {v} para recurrir.",
                "El recurso se presenta en {v}.",
            ),
            "en": (
                "The person concerned has {v} to lodge an appeal.",
                "You have {v} to appeal.",
                "The appeal is lodged within {v}.",
            ),
        },
    ),
    "validity": (
        "years",
        {
            "fr": (
                "La durée de validité de la carte est de {v}.",
                "La carte est valable {v}.",
                "La carte reste valide pendant {v}.",
            ),
            "ar": ("مدة صلاحية البطاقة {v}.", "البطاقة صالحة لمدة {v}.", "تدوم صلاحية البطاقة {v}."),
            "ary": ("لاكارط صالحة {v}.", "لاكارط كتبقى خدامة {v}.", "الصلاحية ديال لاكارط هي {v}."),
            "es": (
                "La validez de la tarjeta es de {v}.",
                "La tarjeta vale {v}.",
                "La tarjeta es válida durante {v}.",
            ),
            "en": ("The card is valid for {v}.", "The validity of the card is {v}.", "The card lasts {v}."),
        },
    ),
    "prison": (
        "months",
        {
            "fr": (
                "Le coupable encourt un emprisonnement de {v}.",
                "La peine est de {v} de prison.",
                "On risque {v} d'emprisonnement.",
            ),
            "ar": ("يعاقب الفاعل بالحبس لمدة {v}.", "العقوبة هي {v} حبسا.", "تصل العقوبة إلى الحبس {v}."),
            "ary": ("اللي دارها كيتحبس {v}.", "العقوبة هي {v} ديال الحبس.", "غادي يدوز {v} فالحبس."),
            "es": (
                "El culpable será castigado con prisión de {v}.",
                "La pena es de {v} de prisión.",
                "Se arriesgan {v} de cárcel.",
            ),
            "en": (
                "The offender is liable to imprisonment for {v}.",
                "The sentence is {v} in prison.",
                "You risk {v} of imprisonment.",
            ),
        },
    ),
    "penalty": (
        "percent",
        {
            "fr": (
                "Une majoration de {v} est appliquée en cas de retard.",
                "Tout retard entraîne une majoration de {v}.",
                "Le retard coûte {v} de plus.",
            ),
            "ar": (
                "تطبق زيادة بنسبة {v} في حالة التأخير.",
                "يؤدي التأخير إلى زيادة قدرها {v}.",
                "نسبة الزيادة عن التأخير هي {v}.",
            ),
            "ary": ("اللي تعطل كيزيدو عليه {v}.", "التعطال فيه زيادة ديال {v}.", "إلا تعطلتي كتزاد {v}."),
            "es": (
                "Se aplica un recargo de {v} en caso de retraso.",
                "El retraso supone un recargo de {v}.",
                "Por el retraso se paga un {v} más.",
            ),
            "en": (
                "A surcharge of {v} applies to late payment.",
                "Late payment means a surcharge of {v}.",
                "The surcharge for delay is {v}.",
            ),
        },
    ),
    "force": (
        "date",
        {
            "fr": (
                "Le présent texte entre en vigueur le {v}.",
                "Ce texte s'applique depuis le {v}.",
                "L'entrée en vigueur date du {v}.",
            ),
            "ar": (
                "يدخل هذا النص حيز التنفيذ ابتداء من {v}.",
                "يطبق النص منذ {v}.",
                "تاريخ دخول النص حيز التنفيذ هو {v}.",
            ),
            "ary": ("هاد النص خدام من {v}.", "النص بدا كيتطبق ف {v}.", "بداو كيطبقو النص نهار {v}."),
            "es": (
                "El presente texto entra en vigor el {v}.",
                "El texto se aplica desde el {v}.",
                "La entrada en vigor fue el {v}.",
            ),
            "en": (
                "The present text enters into force on {v}.",
                "The text has applied since {v}.",
                "It came into force on {v}.",
            ),
        },
    ),
    "contest": (
        "date",
        {
            "fr": (
                "Les candidatures sont reçues jusqu'au {v}.",
                "La date limite de candidature est le {v}.",
                "Déposez votre candidature pour le {v} au plus tard.",
            ),
            "ar": ("تقبل الترشيحات إلى غاية {v}.", "آخر أجل للترشيح هو {v}.", "ينتهي أجل الترشيح في {v}."),
            "ary": ("الترشيحات كيتقبلو حتى ل {v}.", "آخر نهار للترشيح هو {v}.", "خاصك تحط الترشيح ديالك حتى ل {v}."),
            "es": (
                "Las candidaturas se reciben hasta el {v}.",
                "La fecha límite de candidatura es el {v}.",
                "El plazo de candidatura acaba el {v}.",
            ),
            "en": (
                "Applications are received until {v}.",
                "The closing date for applications is {v}.",
                "You can apply until {v}.",
            ),
        },
    ),
    "article": (
        "article",
        {
            "fr": (
                "Cette règle figure à {v} du code.",
                "C'est prévu par {v} du code.",
                "Selon {v}, la règle s'applique.",
            ),
            "ar": ("وردت هذه القاعدة في {v} من المدونة.", "تنص على ذلك {v} من المدونة.", "حسب {v} تطبق القاعدة."),
            "ary": ("هاد القاعدة كاينة ف {v} ديال المدونة.", "هادشي كاين ف {v}.", "على حساب {v} القاعدة كتطبق."),
            "es": (
                "La regla figura en {v} del código.",
                "Lo dispone {v} del código.",
                "Según {v}, la regla se aplica.",
            ),
            "en": (
                "The rule is laid down in {v} of the code.",
                "This follows from {v}.",
                "Under {v} the rule applies.",
            ),
        },
    ),
    "law": (
        "law",
        {
            "fr": (
                "La matière est régie par {v}.",
                "C'est {v} qui régit la matière.",
                "Le texte applicable est {v}.",
            ),
            "ar": ("يخضع هذا المجال لأحكام {v}.", "ينظم المجال {v}.", "النص المطبق هو {v}."),
            "ary": ("هاد المجال منظمو {v}.", "اللي كيطبق هو {v}.", "هادشي جا ف {v}."),
            "es": ("La materia se rige por {v}.", "El texto aplicable es {v}.", "Lo regula {v}."),
            "en": ("The matter is governed by {v}.", "The applicable text is {v}.", "It is {v} that governs this."),
        },
    ),
    "decree": (
        "decree",
        {
            "fr": (
                "Les modalités sont précisées par {v}.",
                "Voyez {v} pour les modalités.",
                "Les modalités se trouvent dans {v}.",
            ),
            "ar": ("تحدد الكيفيات بموجب {v}.", "يحدد {v} الكيفيات.", "الكيفيات واردة في {v}."),
            "ary": ("الكيفيات كاينين ف {v}.", "شوف {v} باش تعرف الكيفيات.", "{v} هو اللي محدد الكيفيات."),
            "es": ("Las modalidades se precisan en {v}.", "Consulte {v}.", "Las modalidades están en {v}."),
            "en": ("The terms are specified in {v}.", "See {v} for the terms.", "The terms are found in {v}."),
        },
    ),
    "phone": (
        "phone",
        {
            "fr": (
                "Le service est joignable au {v}.",
                "Appelez le {v} pour joindre le service.",
                "Le numéro du service est le {v}.",
            ),
            "ar": ("يمكن الاتصال بالمصلحة على الرقم {v}.", "رقم هاتف المصلحة هو {v}.", "اتصل بالمصلحة على {v}."),
            "ary": ("المصلحة عندها النمرة {v}.", "عيط للمصلحة على {v}.", "النمرة هي {v}."),
            "es": ("El servicio atiende en el {v}.", "Llame al {v}.", "El teléfono del servicio es {v}."),
            "en": ("The service can be reached on {v}.", "Call {v}.", "The service's number is {v}."),
        },
    ),
    "copies": (
        "copies",
        {
            "fr": (
                "Le dossier comprend {v} du formulaire.",
                "Il faut {v} du formulaire.",
                "Joignez {v} du formulaire.",
            ),
            "ar": ("يتضمن الملف {v} من المطبوع.", "يجب الإدلاء بـ {v} من المطبوع.", "أرفق {v} من المطبوع."),
            "ary": ("الدوسي فيه {v} من المطبوع.", "خاصك {v} من المطبوع.", "جيب معاك {v} من المطبوع."),
            "es": ("El expediente contiene {v} del formulario.", "Hacen falta {v}.", "Adjunte {v} del formulario."),
            "en": ("The file contains {v} of the form.", "You need {v} of the form.", "Attach {v} of the form."),
        },
    ),
}
