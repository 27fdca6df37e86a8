"""An evaluation counts documents, once each, and asks as a citizen would."""

import json

import pytest

from jazari_rag.domain import Document, Hit, IngestReport, Passage
from jazari_rag.errors import UsageError
from jazari_rag.evaluation import MEASURES, evaluate, ranked_documents

pytest.importorskip("ir_measures", reason="the extra `eval` is not installed")


def document(document_id, duplicate_of=None):
    return Document(document_id, document_id, document_id, "fr", "r", duplicate_of=duplicate_of)


def hit(document_id, score, start=0):
    passage = Passage(f"{document_id}#{start}", document_id, "t", 1, (), start, start + 1, "fr")
    return Hit(passage, score, document(document_id))


class Shelf:
    """Answers every search with one ranking of passages, and remembers what it was asked."""

    def __init__(self, hits, documents):
        self.hits, self.stored, self.searches, self.closed = hits, documents, [], False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed = True

    def ingest(self, *paths, progress=None):
        if progress:
            progress(1, 1, "documents")
        return IngestReport(added=len(self.stored), passages=len(self.hits))

    def search(self, query, *, limit=10):
        self.searches.append((query, limit))
        return self.hits[:limit]

    def documents(self):
        return self.stored


def run(tmp_path, shelf, *questions, progress=None):
    corpus, queries = tmp_path / "corpus.jsonl", tmp_path / "queries.jsonl"
    corpus.write_text("{}", encoding="utf-8")
    queries.write_text("\n".join(json.dumps(question) for question in questions), encoding="utf-8")
    return evaluate(corpus, queries, open_assistant=lambda _folder: shelf, progress=progress)


def question(*relevant, lang="fr"):
    return {"id": "q", "question": "combien ?", "lang": lang, "relevant": list(relevant)}


def test_a_document_with_many_passages_takes_one_place(tmp_path):
    hits = [hit("long", 100 - n, n) for n in range(200)] + [hit("b", -200)]
    report = run(tmp_path, Shelf(hits, [document("long"), document("b")]), question("b"))
    assert report.all.means["mrr@10"] == 0.5


def test_a_search_that_is_exhausted_is_not_repeated(tmp_path):
    shelf = Shelf([hit("a", 1.0)], [document("a")])
    run(tmp_path, shelf, question("a"))
    assert len(shelf.searches) == 1


def test_a_duplicate_counts_as_its_original(tmp_path):
    shelf = Shelf([hit("a", 1.0)], [document("a"), document("copy", "a"), document("copy2", "copy")])
    report = run(tmp_path, shelf, question("copy2"), question("a", "copy"))
    assert report.all.means["hit@1"] == report.all.means["recall@1"] == 1.0
    assert report.unknown_relevant == ()


def test_ties_are_broken_by_document_then_place():
    tied = [hit("b", 1.0), hit("a", 1.0, 9), hit("c", 2.0), hit("a", 1.0, 3)]
    assert ranked_documents(tied) == ranked_documents(reversed(tied)) == ("c", "a", "b")


def test_unanswerable_questions_are_timed_and_left_out_of_the_scores(tmp_path):
    report = run(tmp_path, Shelf([hit("a", 1.0)], [document("a")]), question("a"), question(lang="zgh"))
    assert (report.all.n, report.unanswerable, list(report.languages)) == (1, 1, ["fr"])


def test_no_question_makes_a_report(tmp_path):
    report = run(tmp_path, Shelf([], []))
    assert report.all.n == 0
    assert report.question_ms.p50 is None


def test_a_corpus_without_a_document_is_no_failure(tmp_path):
    corpus, queries = tmp_path / "corpus.jsonl", tmp_path / "queries.jsonl"
    corpus.touch()
    queries.write_text(json.dumps(question()), encoding="utf-8")
    shelf = Shelf([], [document("never read")])
    report = evaluate(corpus, queries, open_assistant=lambda _folder: shelf)
    assert (report.ingest.documents, report.ingest.failures, report.unanswerable) == (0, (), 1)


def test_relevant_documents_that_do_not_exist_are_named(tmp_path):
    report = run(tmp_path, Shelf([hit("a", 1.0)], [document("a")]), question("a", "ghost"))
    assert report.unknown_relevant == ("ghost",)
    assert report.all.means["recall@10"] == 0.5


def test_the_json_has_the_promised_keys(tmp_path):
    shelf = Shelf([hit("a", 1.0)], [document("a")])
    printed = json.loads(json.dumps(run(tmp_path, shelf, question("a", lang="aryLatn")).to_dict(), allow_nan=False))
    assert set(printed["all"]) == set(printed["languages"]["aryLatn"]) == {"n", *MEASURES}
    assert {"seconds", "passages", "peak_mb"} <= set(printed["ingest"])
    assert set(printed["question_ms"]) == {"p50", "p95"}
    assert shelf.closed


def test_progress_is_told_about_documents_then_questions(tmp_path):
    told = []
    shelf = Shelf([hit("a", 1.0)], [document("a")])
    run(tmp_path, shelf, question("a"), question("a"), progress=lambda *step: told.append(step))
    assert told == [(1, 1, "documents"), (1, 2, "questions"), (2, 2, "questions")]


def test_a_missing_corpus_is_a_usage_error(tmp_path):
    queries = tmp_path / "queries.jsonl"
    queries.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"corpus\.jsonl"):
        evaluate(tmp_path / "corpus.jsonl", queries, open_assistant=lambda _folder: Shelf([], []))
