"""What a document is, as it says itself; and which document is a version of which."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jazari_rag.domain import Document, Page, ReadDocument
from jazari_rag.languages import load_languages
from jazari_rag.text.facts import find_facts
from jazari_rag.text.keys import text_keys
from jazari_rag.text.versions import versions

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


@pytest.mark.parametrize(
    ("title", "kind", "number"),
    [
        ("Dahir 1-58-250 portant code de la nationalité", "dahir", "1-58-250"),
        ("Loi 17-95 relative aux sociétés anonymes", "law", "17-95"),
        ("القانون 17.95 المتعلق بشركات المساهمة", "law", "17.95"),
        ("Ley n.º 12-03 sobre los estudios de impacto", "law", "12-03"),
        ("Décret 12-05-2010", "decree", None),
        ("Loi de 1995 relative aux sociétés, 3-4", "law", None),
    ],
)
def test_a_number_in_parts_right_behind_the_kind_needs_no_sign(title: str, kind: str, number: str | None) -> None:
    found = facts(title, "")
    assert found.kind is not None
    assert found.kind.value == kind
    assert (found.reference.value if found.reference else None) == number


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


def test_of_two_candidates_none_is_named() -> None:
    twin = stored("lois/autre.pdf", "ar", kind="law", reference="43-20")
    assert versions(COLLECTION[0], [*COLLECTION, twin], LANGUAGES) == []


@pytest.mark.parametrize(
    ("title", "metadata", "keys"),
    [
        ("Loi n° 43-20", {"kind": "law", "reference": "43-20"}, ["law 43-20"]),
        ("القانون رقم 43.20", {"kind": "law", "reference": "43.20"}, ["law 43-20"]),
        ("Loi n° 09-08", {"kind": "law", "reference": "09-08"}, ["law 9-8"]),
        ("Loi 17-95 - Article 366", {"kind": "law", "reference": "17-95"}, ["law 17-95 art. 366"]),
        ("Décision n° 12", {"kind": "decision", "reference": "12"}, []),
        ("Code pénal", {}, ["penal-code"]),
        ("Code pénal marocain (2018)", {}, ["penal-code"]),
        ("La Constitution", {}, ["constitution"]),
        ("القانون الجنائي", {}, ["penal-code"]),
        ("مدونة الأسرة - المادة 20", {}, ["family-code art. 20"]),
        ("Code de la famille - Article 20", {}, ["family-code art. 20"]),
        ("Loi n° 70-03 portant code de la famille", {"kind": "law", "reference": "70-03"}, ["law 70-3", "family-code"]),
        ("القانون رقم 70.03 بمثابة مدونة الأسرة", {"kind": "law", "reference": "70.03"}, ["law 70-3", "family-code"]),
        ("Guide du code du travail", {}, []),
        (
            "Loi n° 27-21 modifiant et complétant la loi n° 70-03 portant code de la famille",
            {"kind": "law", "reference": "27-21"},
            ["law 27-21"],
        ),
        ("قانون بتغيير القانون رقم 70.03 بمثابة مدونة الأسرة", {}, []),
        ("Code du travail : ce qui change en 2025 pour les salariés", {}, []),
        ("Décret pris pour l'application du code de la route", {"kind": "decree"}, []),
    ],
)
def test_a_text_has_one_name_in_every_language(title: str, metadata: dict[str, str], keys: list[str]) -> None:
    assert list(text_keys(title, metadata, LANGUAGES)) == keys


@given(st.text(max_size=200))
def test_any_title_has_keys_or_none(title: str) -> None:
    assert len(text_keys(title, {"kind": "law", "reference": title}, LANGUAGES)) <= 1 + len(LANGUAGES)


def test_two_laws_that_bear_the_name_of_one_code_are_not_one_text() -> None:
    old = stored("ancien.pdf", "fr", kind="law", reference="1-58-250")
    new = stored("jadid.pdf", "ar", kind="law", reference="70.03")
    old, new = replace(old, title="Loi portant code de la famille"), replace(new, title="مدونة الأسرة")
    assert versions(old, [new], LANGUAGES) == []


def test_a_law_with_a_number_and_its_code_by_name_are_one_text() -> None:
    numbered = replace(
        stored("loi.pdf", "fr", kind="law", reference="70-03"), title="Loi n° 70-03 portant code de la famille"
    )
    named = replace(stored("usra.pdf", "ar"), title="مدونة الأسرة")
    assert [item.document_id for item in versions(numbered, [named], LANGUAGES)] == ["usra.pdf"]
