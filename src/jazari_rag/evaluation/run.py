"""Runs an evaluation: a fresh store, the corpus ingested, every question searched as a citizen would."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from time import perf_counter
from typing import Protocol

from jazari_rag.domain import Document, Hit, IngestReport
from jazari_rag.errors import UsageError
from jazari_rag.evaluation.metrics import DEPTH, Ranking, score
from jazari_rag.evaluation.questions import Question, read_questions
from jazari_rag.evaluation.report import EvalReport, IngestCost, Latency
from jazari_rag.ports import Progress

FIRST_FETCH = 30
"""Passages asked for at first: a document may take several places of the ranking of passages."""
LAST_FETCH = 30 * 4**4


class Evaluated(Protocol):
    """What is measured: an `Assistant`, or anything that ingests and searches like one."""

    def ingest(self, *paths: str | Path, progress: Progress | None = None) -> IngestReport: ...

    def search(self, query: str, *, limit: int = 10) -> list[Hit]: ...

    def documents(self) -> list[Document]: ...


def evaluate(
    corpus: Path,
    queries: Path,
    *,
    open_assistant: Callable[[Path], AbstractContextManager[Evaluated]],
    progress: Progress | None = None,
) -> EvalReport:
    """Measures how well the documents of `corpus` are found for the questions of `queries`.

    Args:
        corpus: A `.jsonl` of documents.
        queries: A `.jsonl` of questions, see `read_questions`. Their languages only group the results.
        open_assistant: Opens an assistant on the folder given, which is empty and goes when the evaluation ends.
        progress: Told about documents, then about questions.

    Raises:
        UsageError: A file is missing, or a line of the questions is malformed.
        MissingExtraError: `ir_measures` is not installed.
    """
    questions = read_questions(queries)
    if not corpus.is_file():
        raise UsageError(f"{corpus}: no such file")
    score([])  # a missing extra shows before the work, not after it
    with (
        tempfile.TemporaryDirectory(prefix="jazari-eval-", ignore_cleanup_errors=True) as folder,
        open_assistant(Path(folder) / "store") as assistant,
    ):
        ingest = _ingest(assistant, corpus, progress)
        originals = original_ids(assistant.documents())
        rankings, milliseconds = _ask(assistant, questions, originals, progress)
    overall, languages = score(rankings)
    return EvalReport(
        all=overall,
        languages=languages,
        ingest=ingest,
        question_ms=Latency.of(milliseconds),
        unanswerable=sum(not question.relevant for question in questions),
        unknown_relevant=tuple(sorted({item for q in questions for item in q.relevant if item not in originals})),
    )


def _ingest(assistant: Evaluated, corpus: Path, progress: Progress | None) -> IngestCost:
    started = perf_counter()
    empty = corpus.stat().st_size == 0  # a set of questions that must all be refused may have no corpus
    report = IngestReport() if empty else assistant.ingest(corpus, progress=progress)
    own, child = _peak_mb()
    return IngestCost(
        seconds=perf_counter() - started,
        passages=report.passages,
        peak_mb=own,
        peak_child_mb=child,
        documents=report.inputs - report.failed,
        failures=report.failures,
    )


def _peak_mb() -> tuple[float | None, float | None]:
    """Peak resident memory so far of this process, and of the largest child that ended."""
    try:
        import resource
    except ImportError:  # Windows
        return None, None
    import sys

    unit = 2**20 if sys.platform == "darwin" else 2**10
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    return round(own, 1), round(child, 1)


def original_ids(documents: Iterable[Document]) -> dict[str, str]:
    """Every stored id -> the id that it counts as."""
    parents = {document.id: document.duplicate_of for document in documents}

    def original(document_id: str) -> str:
        seen = {document_id}
        while (parent := parents.get(document_id)) is not None and parent not in seen:
            seen.add(parent)
            document_id = parent
        return document_id

    return {document_id: original(document_id) for document_id in parents}


def _ask(
    assistant: Evaluated, questions: Sequence[Question], originals: Mapping[str, str], progress: Progress | None
) -> tuple[list[Ranking], list[float]]:
    rankings, milliseconds = [], []
    for done, question in enumerate(questions, 1):
        started = perf_counter()
        hits = assistant.search(question.text, limit=FIRST_FETCH)
        milliseconds.append((perf_counter() - started) * 1000)
        if question.relevant:
            relevant = frozenset(originals.get(item, item) for item in question.relevant)
            found = _deep_enough(assistant, question.text, hits, originals)
            rankings.append(Ranking(question.language, relevant, found))
        if progress is not None:
            progress(done, len(questions), "questions")
    return rankings, milliseconds


def _deep_enough(
    assistant: Evaluated, question: str, hits: Sequence[Hit], originals: Mapping[str, str]
) -> tuple[str, ...]:
    """The ten best documents, or all that can be found; a long document may hide others behind its passages."""
    limit = FIRST_FETCH
    while len(found := ranked_documents(hits, originals)) < DEPTH and len(hits) >= limit and limit < LAST_FETCH:
        limit *= 4
        hits = assistant.search(question, limit=limit)
    return found[:DEPTH]


def ranked_documents(hits: Iterable[Hit], originals: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Document ids, best first, each at its best passage.

    Ties of the score are broken by document id, then by place in the document. `originals` maps the id of a duplicate
    to the id that it counts as.
    """
    originals = originals or {}
    ordered = sorted(
        (
            -hit.score,
            originals.get(hit.passage.document_id, hit.passage.document_id),
            hit.passage.page,
            hit.passage.start,
        )
        for hit in hits
    )
    return tuple(dict.fromkeys(document_id for _, document_id, _, _ in ordered))
