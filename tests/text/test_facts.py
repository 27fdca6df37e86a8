"""What a document is, as it says itself; and which document is a version of which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.domain import Document, Page, ReadDocument
from jazari_rag.languages import load_languages
from jazari_rag.text.facts import find_facts
from jazari_rag.text.versions import version_in, versions

LANGUAGES = load_languages()

DECREE = (
    "المملكة المغربية\nمرسوم رقم 2.04.422 صادر في 16 من ذي القعدة 1425 (29 ديسمبر 2004) بتحديد البيانات\n"
    "الوزير الأول،\nبناء على القانون رقم 65.99 المتعلق بمدونة الشغل بالمغرب"
)
LAW = (
    "Royaume du Maroc\nDahir n° 1-20-100 du 16 joumada I 1442 (31 décembre 2020) portant promulgation de la\n"
    "loi n° 43-20 relative aux services de confiance au Maroc."
)


def facts(title: str, text: str):
    return find_facts(ReadDocument(title, (Page(1, text),)), LANGUAGES)


def test_a_decree_says_its_number_and_its_dates_on_both_calendars() -> None:
    found = facts("مرسوم بتحديد البيانات التي تتضمنها بطاقة الشغل", DECREE)
    assert found.kind is not None
    assert found.reference is not None
    assert (found.kind.value, found.reference.value) == ("decree", "2.04.422")
    assert {date.value for date in found.dates} == {"2004-12-29", "AH 1425-11-16"}
    assert found.jurisdiction is not None
    assert found.jurisdiction.value == "MA"
    assert found.metadata["reference"] == "2.04.422"


def test_the_number_of_a_law_that_a_decree_applies_is_not_the_decree_s() -> None:
    found = facts(
        "مرسوم بتطبيق القانون رقم 59.23", "مرسوم رقم 2.23.1069 صادر في 17 من جمادى الأولى 1445 (فاتح ديسمبر 2023)"
    )
    assert found.reference is not None
    assert found.reference.value == "2.23.1069"
    assert "2023-12-01" in {date.value for date in found.dates}


def test_the_title_says_what_it_is_before_the_dahir_that_promulgates_it() -> None:
    found = facts("Loi n° 43-20 relative aux services de confiance", LAW)
    assert found.kind is not None
    assert found.reference is not None
    assert (found.kind.value, found.reference.value) == ("law", "43-20")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Arrêté du ministre de l'intérieur n° 12-20", "order"),
        ("قرار لوزير الشغل والإدماج المهني رقم 1033.21", "order"),
        ("Code pénal", "code"),
        ("LE CODE DE PROCÉDURE PÉNALE", "code"),
        ("Circulaire n° 5 relative aux marchés", "circular"),
        ("تجديد البطاقة الوطنية", "procedure"),
        ("Foire aux questions", "faq"),
        ("Formulaire de demande de passeport", "form"),
        ("Real Decreto 12/2020", "decree"),
        ("Rapport annuel", None),
    ],
)
def test_a_title_begins_with_what_a_document_is(title: str, kind: str | None) -> None:
    found = facts(title, "")
    assert (found.kind.value if found.kind else None) == kind


@pytest.mark.parametrize(
    "title",
    [
        "ظهير شريف بمثابة قانون رقم 1.74.447 بالمصادقة على نص قانون المسطرة المدنية",
        "الظهير الشريف بمثابة قانون رقم 1.74.447",
        "Dahir portant loi n° 1-74-447 approuvant le texte du code de procédure civile",
    ],
)
def test_a_dahir_that_is_a_law_has_the_number_of_the_dahir(title: str) -> None:
    found = facts(title, "")
    assert found.kind is not None
    assert found.reference is not None
    assert (found.kind.value, found.reference.value.replace(".", "-")) == ("dahir", "1-74-447")


def test_an_order_names_who_issued_it() -> None:
    found = facts("قرار لوزير الشغل والإدماج المهني بتحديد نموذج", "")
    assert found.authority is not None
    assert found.authority.value == "لوزير الشغل والإدماج المهني"


@given(st.text(), st.text(st.sampled_from("مرسوم رقم 2.04 loi n° 43-20 du 1/2/2020\n")))
def test_evidence_stands_where_it_is_said_to_stand(title: str, text: str) -> None:
    found = facts(title, text)
    known = [found.title, found.kind, found.reference, *found.dates, found.authority, found.jurisdiction]
    for fact in (item for item in known if item is not None):
        source = text if fact.page else title
        assert " ".join(fact.evidence.split()) == " ".join(source[fact.start : fact.end].split())
        assert 0 < fact.confidence <= 1


def stored(name: str, language: str, **metadata: str) -> Document:
    return Document(name, name, name, language, "1", metadata)


COLLECTION = [
    stored("lois/services.pdf", "fr", kind="law", reference="43-20"),
    stored("lois/khadamat.pdf", "ar", kind="law", reference="43.20"),
    stored("decrets/autre.pdf", "ar", kind="decree", reference="43.20"),
    stored("html/passeport-fr.html", "fr"),
    stored("html/passeport.html", "ar"),
    stored("html/permis.html", "ar"),
]


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("lois/services.pdf", "lois/khadamat.pdf"),
        ("lois/khadamat.pdf", "lois/services.pdf"),
        ("html/passeport-fr.html", "html/passeport.html"),
        ("html/passeport.html", "html/passeport-fr.html"),
        ("html/permis.html", None),
        ("decrets/autre.pdf", None),
    ],
)
def test_a_version_has_the_same_number_or_the_same_name(name: str, version: str | None) -> None:
    document = next(item for item in COLLECTION if item.id == name)
    found = versions(document, COLLECTION, LANGUAGES)
    assert [item.document_id for item in found] == ([version] if version else [])


def test_a_citizen_of_a_dialect_reads_the_version_in_its_language() -> None:
    found = version_in("ary", COLLECTION[0], COLLECTION, LANGUAGES)
    assert found is not None
    assert found.document_id == "lois/khadamat.pdf"
    assert version_in("es", COLLECTION[0], COLLECTION, LANGUAGES) is None


def test_of_two_candidates_none_is_named() -> None:
    twin = stored("lois/autre.pdf", "ar", kind="law", reference="43-20")
    assert versions(COLLECTION[0], [*COLLECTION, twin], LANGUAGES) == []
