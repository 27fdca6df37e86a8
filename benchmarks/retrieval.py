"""How well documents are found: `python benchmarks/retrieval.py ../shared/eval/malaw-fr-ar ../shared/eval/arcd-ar`.

Our presets, and our legs taken away one at a time, beside bm25s, llama-index (BM25, and its vector index with our own
embedder) and Haystack (BM25), on the same sets in the same run. All rank documents, each at its best passage; the
peers read our passages (title, headings and text), so that only the retrieval differs. Intervals are 95 %, by
resampling questions. Packages that are not installed are named and left out: `pip install 'jazari-rag[benchmark]'`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from math import log2
from pathlib import Path

import numpy as np

from jazari_rag import Assistant
from jazari_rag.adapters.builtin_embedder import WEIGHT
from jazari_rag.assembly import assemble
from jazari_rag.config import Config
from jazari_rag.text.passages import index_text

DEPTH = 10
PASSAGES = 30
"""Passages asked of every retriever: a document may take several places."""
SAMPLES = 1000
STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french"}

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


@dataclass(frozen=True)
class System:
    """`open` reads the corpus and returns how to search it; `needs` are the packages that it takes."""

    name: str
    open: Callable[[Corpus, Path], Search]
    needs: tuple[str, ...] = ()


def ours(**retrieval: float) -> Callable[[Corpus, Path], Search]:
    """An assistant with these settings of `retrieval`; `embedder` is a setting of its own."""

    def opened(corpus: Corpus, folder: Path) -> Search:
        embedder = "builtin" if "dense_weight" in retrieval else None
        assistant = Assistant.open(folder / "store", config=Config(embedder=embedder, retrieval=dict(retrieval)))
        assistant.ingest(corpus.file)
        originals = {item.id: item.duplicate_of or item.id for item in assistant.documents()}
        return lambda question: [originals[hit.document.id] for hit in assistant.search(question, limit=PASSAGES)]

    return opened


def bm25s_search(corpus: Corpus, _: Path) -> Search:
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer(STEMMERS[_language(corpus.file)])
    index = bm25s.BM25()
    index.index(bm25s.tokenize(corpus.texts, stopwords=None, stemmer=stemmer, show_progress=False), show_progress=False)
    count = min(PASSAGES, len(corpus.texts))

    def search(question: str) -> Sequence[str]:
        tokens = bm25s.tokenize(question, stopwords=None, stemmer=stemmer, show_progress=False)
        numbers, _ = index.retrieve(tokens, k=count, show_progress=False)
        return [corpus.documents[number] for number in numbers[0]]

    return search


def llama_index_bm25(corpus: Corpus, _: Path) -> Search:
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

    nodes = [
        TextNode(text=text, metadata={"document": name})
        for name, text in zip(corpus.documents, corpus.texts, strict=True)
    ]
    retriever = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=min(PASSAGES, len(nodes)))
    return lambda question: [found.node.metadata["document"] for found in retriever.retrieve(question)]


def llama_index_vectors(corpus: Corpus, _: Path) -> Search:
    from llama_index.core.schema import TextNode
    from llama_index.core.vector_stores import SimpleVectorStore, VectorStoreQuery

    from jazari_rag.adapters.builtin_embedder import BuiltinEmbedder

    embedder = BuiltinEmbedder()
    vectors = embedder.embed_passages(corpus.texts)
    nodes = [
        TextNode(id_=str(number), text=text, embedding=list(vector))
        for number, (text, vector) in enumerate(zip(corpus.texts, vectors, strict=True))
    ]
    store = SimpleVectorStore()
    store.add(nodes)

    def search(question: str) -> Sequence[str]:
        wanted = VectorStoreQuery(list(embedder.embed_queries([question])[0]), similarity_top_k=PASSAGES)
        return [corpus.documents[int(name)] for name in store.query(wanted).ids or ()]

    return search


def haystack_bm25(corpus: Corpus, _: Path) -> Search:
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents(
        [
            Document(id=str(number), content=text, meta={"document": name})
            for number, (name, text) in enumerate(zip(corpus.documents, corpus.texts, strict=True))
        ]
    )
    return lambda question: [
        item.meta["document"] for item in store.bm25_retrieval(question, top_k=PASSAGES) if question.strip()
    ]


SYSTEMS = (
    System("jazari", ours()),
    System("jazari, builtin embedder", ours(dense_weight=WEIGHT)),
    System("jazari without translation", ours(translated_weight=0.0)),
    System("jazari, embedder alone", ours(dense_weight=1.0, lexical_weight=0.0)),
    System("bm25s, Snowball stems", bm25s_search, ("bm25s",)),
    System("llama-index BM25", llama_index_bm25, ("llama_index.retrievers.bm25",)),
    System("llama-index vectors, same embedder", llama_index_vectors, ("llama_index.core",)),
    System("Haystack BM25", haystack_bm25, ("haystack",)),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", help="folders with corpus.jsonl and queries.jsonl")
    parser.add_argument("--most", type=int, default=500, help="questions of a set, the first by a hash of their ids")
    parser.add_argument("--only", nargs="*", default=[], help="systems whose name holds one of these")
    arguments = parser.parse_args()
    systems = [item for item in SYSTEMS if not arguments.only or any(word in item.name for word in arguments.only)]
    missing = {need for item in systems for need in item.needs if not _installed(need)}
    if missing:
        print(f"left out, not installed: {', '.join(sorted(missing))}\n")
    print("| set | language | n | system | hit@1 | hit@10 | nDCG@10 | p50 ms | p95 ms |")
    print("|---|---|---|---|---|---|---|---|---|")
    for folder in arguments.sets:
        questions = _questions(folder / "queries.jsonl", arguments.most)
        corpus = _corpus(folder / "corpus.jsonl")
        for system in systems:
            if missing.isdisjoint(system.needs):
                _report(folder.name, system, corpus, questions)


def _report(name: str, system: System, corpus: Corpus, questions: Sequence[Question]) -> None:
    scores: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    milliseconds = []
    with tempfile.TemporaryDirectory(prefix="jazari-benchmark-") as folder:
        search = system.open(corpus, Path(folder))
        for question in questions:
            started = time.perf_counter()
            found = search(question.text)
            milliseconds.append((time.perf_counter() - started) * 1000)
            scores[question.language].append(_scored(list(dict.fromkeys(found))[:DEPTH], question.relevant))
    p50, p95 = np.quantile(milliseconds, (0.5, 0.95))
    for language, values in sorted(scores.items()):
        cells = " | ".join(_with_interval(np.array(values)[:, column]) for column in range(3))
        print(f"| {name} | {language} | {len(values)} | {system.name} | {cells} | {p50:.1f} | {p95:.1f} |", flush=True)


def _scored(found: Sequence[str], relevant: frozenset[str]) -> tuple[float, float, float]:
    """hit@1, hit@10, nDCG@10."""
    gains = [item in relevant for item in found]
    ideal = sum(1 / log2(rank + 2) for rank in range(min(DEPTH, len(relevant))))
    return float(any(gains[:1])), float(any(gains)), sum(g / log2(rank + 2) for rank, g in enumerate(gains)) / ideal


def _with_interval(values: np.ndarray) -> str:
    random = np.random.default_rng(0)
    means = random.choice(values, (SAMPLES, len(values))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return f"{values.mean():.3f} [{low:.2f}, {high:.2f}]"


def _questions(path: Path, most: int) -> list[Question]:
    rows = [row for row in _rows(path) if row["relevant"]]
    rows.sort(key=lambda row: blake2b(str(row["id"]).encode()).digest())
    return [
        Question(str(row["id"]), str(row["lang"]), str(row["question"]), frozenset(row["relevant"]))  # type: ignore[call-overload]
        for row in rows[:most]
    ]


def _corpus(path: Path) -> Corpus:
    """The passages as our own reading cuts them."""
    documents, texts = [], []
    with tempfile.TemporaryDirectory(prefix="jazari-benchmark-") as folder:
        with Assistant.open(Path(folder) / "store") as assistant:
            assistant.ingest(path)
        store = assemble(Path(folder) / "store", Config()).store
        for document in store.documents():
            title = "" if document.title == document.id else document.title
            for item in store.passages(document.id):
                documents.append(document.duplicate_of or document.id)
                texts.append(index_text(title, item.passage))
        store.close()
    return Corpus(path, documents, texts)


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _language(path: Path) -> str:
    """The language of most documents."""
    return Counter(str(row["lang"]) for row in _rows(path)).most_common(1)[0][0]


def _installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    main()
