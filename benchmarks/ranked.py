"""What the benchmarks of retrieval share: the questions of a set, its passages, how a ranking is scored, and a row."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import sqrt
from pathlib import Path

from jazari_rag import Assistant
from jazari_rag.assembly import assemble
from jazari_rag.config import Config
from jazari_rag.evaluation.metrics import DEPTH, Ranking, Scores, bootstrap_intervals, score
from jazari_rag.evaluation.questions import Question, read_questions
from jazari_rag.evaluation.report import Latency
from jazari_rag.evaluation.run import FIRST_FETCH, original_ids
from jazari_rag.text.passages import index_text

PASSAGES = FIRST_FETCH
"""Passages asked of every retriever: a document may take several places."""
NORMAL = 1.96
"""Standard deviations on each side of 95 %."""
HEAD = "| set | language | n | system | hit@1 | hit@10 | nDCG@10 | nDCG@10 less the first's | p50 ms | p95 ms |"

Search = Callable[[str], Sequence[str]]
"""A question in, document ids out, best first; one may come several times."""


@dataclass(frozen=True)
class Corpus:
    """The passages of a set as they were cut: `texts[i]` is of `documents[i]`.

    `language` is that of most documents; `originals` maps every document's id to the one that it counts as.
    """

    file: Path
    language: str
    documents: list[str]
    texts: list[str]
    originals: Mapping[str, str]


@dataclass(frozen=True)
class Measured:
    """What a system reached, by language, and how long its questions took."""

    languages: Mapping[str, Scores]
    question_ms: Latency


def measured(search: Search, questions: Sequence[Question], originals: Mapping[str, str]) -> Measured:
    """Asks all questions. A duplicate counts as its original, found or wanted."""
    rankings, milliseconds = [], []
    for question in questions:
        started = time.perf_counter()
        found = search(question.text)
        milliseconds.append((time.perf_counter() - started) * 1000)
        relevant = frozenset(originals.get(item, item) for item in question.relevant)
        documents = tuple(dict.fromkeys(originals[item] for item in found))[:DEPTH]
        rankings.append(Ranking(question.language, relevant, documents))
    return Measured(score(rankings)[1], Latency.of(milliseconds))


def rows(name: str, system: str, result: Measured, first: Measured) -> Iterator[str]:
    """A row of the table a language; `first` is what the first system reached on the same questions."""
    times = f"{result.question_ms.p50:.1f} | {result.question_ms.p95:.1f}"
    for language, scores in result.languages.items():
        hits = " | ".join(_with_wilson(scores, measure) for measure in ("hit@1", "hit@10"))
        gains = _with_bootstrap(scores.values["ndcg@10"])
        less = "" if result is first else _less(scores, first.languages[language])
        yield f"| {name} | {language} | {scores.n} | {system} | {hits} | {gains} | {less} | {times} |"


def head() -> str:
    """The head of the table."""
    return f"{HEAD}\n{'|---' * HEAD.count(' | ')}|---|"


def _with_wilson(scores: Scores, measure: str) -> str:
    """A share and its 95 % interval (Wilson 1927), which is true near 0 and 1 as well."""
    n, share = scores.n, scores.means[measure] or 0.0
    middle = (share + NORMAL**2 / (2 * n)) / (1 + NORMAL**2 / n)
    half = NORMAL * sqrt(share * (1 - share) / n + NORMAL**2 / (4 * n**2)) / (1 + NORMAL**2 / n)
    return f"{share:.3f} [{max(0, middle - half):.2f}, {min(1, middle + half):.2f}]"


def _less(scores: Scores, first: Scores) -> str:
    pairs = zip(scores.values["ndcg@10"], first.values["ndcg@10"], strict=True)
    return _with_bootstrap([value - before for value, before in pairs], sign="+")


def _with_bootstrap(values: Sequence[float], sign: str = "") -> str:
    low, high = bootstrap_intervals({"": values})[""]
    return f"{sum(values) / len(values):{sign}.3f} [{low:{sign}.2f}, {high:{sign}.2f}]"


def chosen_questions(folder: Path, most: int) -> list[Question]:
    """Those of a set with an answer, at most `most`: the first by a hash of their ids."""
    answerable = [question for question in read_questions(folder / "queries.jsonl") if question.relevant]
    return sorted(answerable, key=lambda question: blake2b(question.id.encode()).digest())[:most]


def read_corpus(file: Path) -> Corpus:
    """The passages as our own reading cuts them: with their document's title and headings."""
    with tempfile.TemporaryDirectory(prefix="jazari-benchmark-") as folder:
        with Assistant.open(Path(folder) / "store") as assistant:
            assistant.ingest(file)
        store = assemble(Path(folder) / "store", Config()).store
        documents = store.documents()
        passages = [
            (document.id, index_text("" if document.title == document.id else document.title, item.passage))
            for document in documents
            for item in store.passages(document.id)
        ]
        store.close()
    [(language, _)] = Counter(document.language for document in documents).most_common(1)
    names, texts = [name for name, _ in passages], [text for _, text in passages]
    return Corpus(file, language, names, texts, original_ids(documents))
