"""What the benchmarks of retrieval share: the questions of a set, its passages, how a ranking is scored, and a row."""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log2, sqrt
from pathlib import Path

import numpy as np

from jazari_rag import Assistant
from jazari_rag.assembly import assemble
from jazari_rag.config import Config
from jazari_rag.domain import Document
from jazari_rag.text.passages import index_text

DEPTH = 10
PASSAGES = 30
"""Passages asked of every retriever: a document may take several places."""
SAMPLES = 2000
NORMAL = 1.96
"""Standard deviations on each side of 95 %."""
HEAD = "| set | language | n | system | hit@1 | hit@10 | nDCG@10 | nDCG@10 less the first's | p50 ms | p95 ms |"

Search = Callable[[str], Sequence[str]]
"""A question in, document ids out, best first; one may come several times."""


@dataclass(frozen=True)
class Question:
    id: str
    language: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Corpus:
    """The passages of a set as they were cut: `texts[i]` is of `documents[i]`."""

    file: Path
    documents: list[str]
    texts: list[str]

    @property
    def language(self) -> str:
        """That of most documents."""
        return Counter(str(row["lang"]) for row in read_rows(self.file)).most_common(1)[0][0]


Scores = dict[str, "np.ndarray"]
"""Language -> hit@1, hit@10 and nDCG@10 of each question. Shape: (n_questions, 3)."""


def measured(search: Search, questions: Sequence[Question]) -> tuple[Scores, list[float]]:
    """The scores, and the wall milliseconds of each question."""
    scores: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    milliseconds = []
    for question in questions:
        started = time.perf_counter()
        found = search(question.text)
        milliseconds.append((time.perf_counter() - started) * 1000)
        scores[question.language].append(_scored(list(dict.fromkeys(found))[:DEPTH], question.relevant))
    return {language: np.array(values) for language, values in scores.items()}, milliseconds


def rows(name: str, system: str, scores: Scores, first: Scores, milliseconds: Sequence[float]) -> Iterator[str]:
    """A row of the table a language; `first` are the scores of the first system, question by question."""
    p50, p95 = np.quantile(milliseconds, (0.5, 0.95))
    for language, values in sorted(scores.items()):
        hits = " | ".join(_with_wilson(values[:, column]) for column in range(2))
        less = "" if scores is first else _with_bootstrap(values[:, 2] - first[language][:, 2], sign="+")
        gains = _with_bootstrap(values[:, 2])
        yield f"| {name} | {language} | {len(values)} | {system} | {hits} | {gains} | {less} | {p50:.1f} | {p95:.1f} |"


def head() -> str:
    return f"{HEAD}\n{'|---' * HEAD.count(' | ')}|---|"


def _scored(found: Sequence[str], relevant: frozenset[str]) -> tuple[float, float, float]:
    """hit@1, hit@10, nDCG@10."""
    gains = [item in relevant for item in found]
    ideal = sum(1 / log2(rank + 2) for rank in range(min(DEPTH, len(relevant))))
    return float(any(gains[:1])), float(any(gains)), sum(g / log2(rank + 2) for rank, g in enumerate(gains)) / ideal


def _with_wilson(values: np.ndarray) -> str:
    """A share and its 95 % interval (Wilson 1927), which is true near 0 and 1 as well."""
    n, share = len(values), float(values.mean())
    middle = (share + NORMAL**2 / (2 * n)) / (1 + NORMAL**2 / n)
    half = NORMAL * sqrt(share * (1 - share) / n + NORMAL**2 / (4 * n**2)) / (1 + NORMAL**2 / n)
    return f"{share:.3f} [{max(0, middle - half):.2f}, {min(1, middle + half):.2f}]"


def _with_bootstrap(values: np.ndarray, sign: str = "") -> str:
    """A mean and its 95 % interval, by resampling questions with a fixed seed."""
    means = np.random.default_rng(0).choice(values, (SAMPLES, len(values))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return f"{values.mean():{sign}.3f} [{low:{sign}.2f}, {high:{sign}.2f}]"


def read_questions(folder: Path, most: int) -> list[Question]:
    """Those with an answer, at most `most`: the first by a hash of their ids."""
    answerable = [row for row in read_rows(folder / "queries.jsonl") if row["relevant"]]
    answerable.sort(key=lambda row: blake2b(str(row["id"]).encode()).digest())
    return [
        Question(str(row["id"]), str(row["lang"]), str(row["question"]), frozenset(row["relevant"]))  # type: ignore[call-overload]
        for row in answerable[:most]
    ]


def read_corpus(file: Path) -> Corpus:
    """The passages as our own reading cuts them: with their document's title and headings."""
    documents, texts = [], []
    with tempfile.TemporaryDirectory(prefix="jazari-benchmark-") as folder:
        with Assistant.open(Path(folder) / "store") as assistant:
            assistant.ingest(file)
        store = assemble(Path(folder) / "store", Config()).store
        names = original_ids(list(store.documents()))
        for document in store.documents():
            title = "" if document.title == document.id else document.title
            for item in store.passages(document.id):
                documents.append(names[document.id])
                texts.append(index_text(title, item.passage))
        store.close()
    return Corpus(file, documents, texts)


def original_ids(documents: Sequence[Document]) -> dict[str, str]:
    """Document id -> the id that it counts as: a duplicate's is that of its original."""
    return {document.id: document.duplicate_of or document.id for document in documents}


def read_rows(file: Path) -> Iterator[Mapping[str, object]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
