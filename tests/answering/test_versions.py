"""Where a document has a version in the citizen's language, that one is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from answering_kit import WordRetriever, answerer, hit, languages

from jazari_rag import Assistant
from jazari_rag.answering.versions import DocumentVersions, OwnVersions
from jazari_rag.domain import AnswerStatus, Document, Hit, Query, Where
from jazari_rag.errors import BackendUnavailableError, EmbeddingError

OWN = {"fr": ("fr",), "ar": ("ar",), "ary": ("ary", "ar")}


def linked(found: Hit, **metadata: str) -> Hit:
    return replace(found, document=replace(found.document, metadata=metadata))


FRENCH = hit("Le timbre CNIE Rabat coûte 75 dirhams.", id="cnie-fr.pdf", title="CNIE", score=4.0)
ARABIC = hit("ثمن تمبر CNIE Rabat هو 75 درهما.", id="cnie-ar.html", title="CNIE", language="ar", score=8.0)
OTHER = hit("Le timbre PASS Rabat coûte 500 dirhams.", id="pass-fr.pdf", title="PASS", score=2.0)


class Filtered:
    """Finds what meets the filter, by language and metadata."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self.wheres: list[Where] = []

    def retrieve(self, query: Query) -> list[Hit]:
        self.wheres.append(query.where)
        return [found for found in self._hits if self._meets(found, query.where)][: query.limit]

    async def aretrieve(self, query: Query) -> list[Hit]:
        return self.retrieve(query)

    @staticmethod
    def _meets(found: Hit, where: Where) -> bool:
        values = {**found.document.metadata, "language": found.passage.language}
        return all(values.get(key) in (asked if isinstance(asked, tuple) else (asked,)) for key, asked in where.items())


def preferred(
    hits: Sequence[Hit], language: str, *, stored: Sequence[Hit] = (), where: Where | None = None
) -> list[Hit]:
    own = OwnVersions(Filtered(stored), DocumentVersions(languages()))
    return list(own.preferred(Query("CNIE", language, 10, where or {}), hits, OWN[language]))


def ids(hits: Sequence[Hit]) -> list[str]:
    return [found.document.id for found in hits]


@pytest.mark.parametrize("language", ["ar", "ary"])
def test_the_version_among_the_hits_takes_the_place_of_the_other(language: str) -> None:
    found = preferred([FRENCH, replace(OTHER, score=3.0), replace(ARABIC, score=1.0)], language)
    assert ids(found) == ["cnie-ar.html", "pass-fr.pdf"]
    assert [hit.score for hit in found] == [4.0, 3.0]


def test_no_passage_comes_twice_and_the_best_place_is_kept() -> None:
    found = preferred([ARABIC, FRENCH, OTHER], "fr")
    assert ids(found) == ["cnie-fr.pdf", "pass-fr.pdf"]
    assert found[0].score == ARABIC.score


def test_hits_without_a_version_stay_as_they_are() -> None:
    assert preferred([OTHER], "ar") == [OTHER]
    assert preferred([FRENCH, OTHER], "fr") == [FRENCH, OTHER]


@pytest.mark.parametrize("key", ["translation_group", "text_keys"])
def test_a_stored_version_is_looked_up_by_what_links_them(key: str) -> None:
    french, arabic = linked(FRENCH, **{key: "law 7-20"}), linked(ARABIC, **{key: "law 7-20"})
    stranger = linked(replace(ARABIC, document=replace(ARABIC.document, id="x")), **{key: "law 8-20"})
    found = preferred([french, OTHER], "ary", stored=[stranger, arabic])
    assert ids(found) == ["cnie-ar.html", "pass-fr.pdf"]
    assert found[0].score == french.score


def test_what_the_caller_filters_by_is_not_widened() -> None:
    french, arabic = linked(FRENCH, text_keys="law 7-20"), linked(ARABIC, text_keys="law 7-20")
    assert preferred([french], "ar", stored=[arabic], where={"language": "fr"}) == [french]
    assert ids(preferred([french], "ar", stored=[arabic], where={"text_keys": "law 7-20"})) == ["cnie-fr.pdf"]


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("a/cnie-fr.pdf", "a/cnie-ar.html", True),
        ("loi_fr", "loi_ar", True),
        ("a/cnie-fr.pdf", "b/cnie-ar.html", False),
        ("a/cnie-fr.pdf", "a/pass-ar.html", False),
        ("notice-de.pdf", "notice-ar.pdf", False),
        ("fr", "ar", False),
    ],
)
def test_ids_that_differ_by_their_language_alone_are_versions(one: str, other: str, are: bool) -> None:
    first, second = (Document(id, "", id, code, "1") for id, code in ((one, "fr"), (other, "ar")))
    assert DocumentVersions(languages()).are_versions(first, second) is are


@pytest.mark.parametrize(
    ("number", "kind", "are"), [("43.20", "law", True), ("44.20", "law", False), ("43.20", "decree", False)]
)
def test_one_number_is_one_text_however_it_is_written_if_its_kind_is_the_same(
    number: str, kind: str, are: bool
) -> None:
    french = Document("loi.pdf", "", "loi.pdf", "fr", "1", {"reference": "43-20", "kind": "law"})
    arabic = Document("qanun.pdf", "", "qanun.pdf", "ar", "1", {"reference": number, "kind": kind})
    assert DocumentVersions(languages()).are_versions(french, arabic) is are


def test_an_answer_quotes_the_citizens_version_of_what_was_found() -> None:
    retriever = WordRetriever([FRENCH, ARABIC])
    answer = answerer(retriever=retriever).answer("CNIE Rabat timbre 75", language="ar")
    assert answer.citations[0].document_id == "cnie-ar.html"
    assert "المصدر" not in answer.text


def test_a_version_that_does_not_answer_gives_way_to_the_one_that_does() -> None:
    empty = replace(hit("صفحة قيد الإنجاز.", id="cnie-ar.html", title="صفحة", language="ar"), score=0.1)
    answer = answerer(hits=[FRENCH, empty], retriever=Filtered([FRENCH, empty])).answer(
        "timbre CNIE Rabat", language="ar"
    )
    assert answer.citations[0].document_id == "cnie-fr.pdf"


@pytest.mark.parametrize("error", [BackendUnavailableError("silent"), EmbeddingError("silent")])
def test_what_was_found_is_answered_from_where_looking_for_a_version_fails(error: Exception) -> None:
    class FailsOnVersions(Filtered):
        def retrieve(self, query: Query) -> list[Hit]:
            if query.where:
                raise error
            return super().retrieve(query)

    answer = answerer(retriever=FailsOnVersions([linked(FRENCH, reference="7-20")])).answer(
        "timbre CNIE Rabat", language="ar"
    )
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].document_id == "cnie-fr.pdf"
    assert answer.trace["versions_failed"] == "silent"


def article(number: str, language: str, **metadata: str) -> Document:
    head = {"fr": "Loi n° 17-95 - Article", "ar": "القانون رقم 17.95 - المادة"}[language]
    about = {"kind": "law", "reference": "17-95", "text_keys": f"law 17-95 art. {number}", **metadata}
    return Document(f"{language}-{number}", f"{head} {number}", f"{language}-{number}", language, "1", metadata=about)


def test_another_article_of_the_same_law_is_no_version() -> None:
    are = DocumentVersions(languages()).are_versions
    assert are(article("12", "fr"), article("12", "ar"))
    assert not are(article("12", "fr"), article("366", "ar"))


def test_the_law_of_another_country_with_the_same_number_is_no_version() -> None:
    are = DocumentVersions(languages()).are_versions
    assert are(article("12", "fr", jurisdiction="MA"), article("12", "ar", jurisdiction="MA"))
    assert are(article("12", "fr", jurisdiction="MA"), article("12", "ar"))
    assert not are(article("12", "fr", jurisdiction="MA"), article("12", "ar", jurisdiction="TN"))


def test_a_stored_article_takes_the_place_of_the_same_article_alone() -> None:
    found = replace(FRENCH, document=article("12", "fr"))
    stored = [replace(ARABIC, document=article(number, "ar")) for number in ("366", "12")]
    assert ids(preferred([found], "ar", stored=stored[:1])) == ["fr-12"]
    assert ids(preferred([found], "ar", stored=stored)) == ["ar-12"]


class Shelf:
    """A catalog of a few documents, which is asked for all of them."""

    def __init__(self, *documents: Document) -> None:
        self._documents = documents

    def document(self, document_id: str) -> Document | None:
        raise NotImplementedError

    def documents(self, where: Where | None = None) -> list[Document]:
        return list(self._documents)


def others(document: Document, *stored: Document) -> list[str]:
    return [found.id for found in DocumentVersions(languages(), Shelf(*stored)).others(document)]


def test_the_versions_of_a_document_are_one_a_language() -> None:
    twelve = article("12", "fr")
    assert others(twelve, twelve, article("12", "ar"), article("366", "ar")) == ["ar-12"]
    assert others(twelve, article("12", "ar"), replace(article("12", "ar"), id="again")) == []
    assert others(twelve, replace(article("12", "ar"), duplicate_of="ar-12")) == []
    assert others(replace(twelve, metadata={}, title="Passeport"), article("12", "ar")) == []
    assert DocumentVersions(languages()).others(twelve) == []


def test_a_citation_offers_the_same_law_in_the_other_language(tmp_path: Path) -> None:
    folder = tmp_path / "lois"
    folder.mkdir()
    (folder / "loi.txt").write_text(
        "Loi n° 98-15 relative aux bibliothèques\n\nArticle premier\nL'inscription à la bibliothèque municipale coûte "
        "50 dirhams par an.\n",
        encoding="utf-8",
    )
    (folder / "qanun.txt").write_text(
        "القانون رقم 98.15 المتعلق بالمكتبات\n\nالمادة الأولى\n"
        "يبلغ واجب التسجيل في المكتبة البلدية 50 درهما في السنة.\n",
        encoding="utf-8",
    )
    with Assistant.open(tmp_path / "store") as assistant:
        assistant.ingest(folder)
        answer = assistant.ask("Combien coûte l'inscription à la bibliothèque municipale ?")
        [citation] = answer.citations
        assert [(one.language, one.document_id) for one in citation.versions] == [("ar", "lois/qanun.txt")]
        assert "ar: القانون رقم 98.15" in str(citation)
        assert [hit.document.id for hit in assistant.search("inscription", where={"text_keys": "law 98-15"})]
