"""How well documents are found: `python benchmarks/retrieval.py ../shared/eval/malaw-fr-ar ../shared/eval/arcd-ar`.

Ours, with the embedder of the package and without, beside bm25s, llama-index (BM25, and its vector store with our own
embedder) and Haystack (BM25), on the same sets in the same run. All rank documents, each at its best passage; the peers
read our passages (title, headings and text), so that only the retrieval differs. bm25s and llama-index stem by the
language of the documents; Haystack's store has no stemmer. hit@k with Wilson's 95 % interval; nDCG@10, and the paired
difference from the first system, by resampling questions.

Packages that are not installed are named and left out: `pip install 'jazari-rag[benchmark]'`, then
`pip install --no-deps llama-index-retrievers-bm25` (0.8 asks for PyStemmer below 3, which we exclude; it runs with it).
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ranked import PASSAGES, Corpus, Search, chosen_questions, head, measured, read_corpus, rows

from jazari_rag import Assistant
from jazari_rag.evaluation.questions import Question

STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french"}

os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")


@dataclass(frozen=True)
class System:
    """`open` reads the corpus and returns how to search it; `needs` are the packages that it takes."""

    name: str
    open: Callable[[Corpus, Path], Search]
    needs: tuple[str, ...] = ()


def ours(embedder: str | None = None) -> Callable[[Corpus, Path], Search]:
    def opened(corpus: Corpus, folder: Path) -> Search:
        assistant = Assistant.open(folder / "store", embedder=embedder)
        assistant.ingest(corpus.file)
        return lambda question: [hit.document.id for hit in assistant.search(question, limit=PASSAGES)]

    return opened


def bm25s_search(corpus: Corpus, _: Path) -> Search:
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer(STEMMERS[corpus.language])
    index = bm25s.BM25()
    index.index(bm25s.tokenize(corpus.texts, stopwords=None, stemmer=stemmer, show_progress=False), show_progress=False)
    count = min(PASSAGES, len(corpus.texts))

    def search(question: str) -> Sequence[str]:
        tokens = bm25s.tokenize(question, stopwords=None, stemmer=stemmer, show_progress=False)
        numbers, _ = index.retrieve(tokens, k=count, show_progress=False)
        return [corpus.documents[number] for number in numbers[0]]

    return search


def llama_index_bm25(corpus: Corpus, _: Path) -> Search:
    import Stemmer
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

    nodes = [TextNode(id_=str(number), text=text) for number, text in enumerate(corpus.texts)]
    retriever = BM25Retriever.from_defaults(
        nodes=nodes,
        stemmer=Stemmer.Stemmer(STEMMERS[corpus.language]),
        language=None if corpus.language == "ar" else corpus.language,  # bm25s has no stop words of Arabic
        similarity_top_k=min(PASSAGES, len(nodes)),
    )
    return lambda question: [corpus.documents[int(found.node.node_id)] for found in retriever.retrieve(question)]


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
    store.write_documents([Document(id=str(number), content=text) for number, text in enumerate(corpus.texts)])
    return lambda question: [
        corpus.documents[int(found.id)] for found in store.bm25_retrieval(question, top_k=PASSAGES)
    ]


SYSTEMS = (
    System("jazari", ours()),
    System("jazari, words alone", ours("none")),
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
    print(head())
    for folder in arguments.sets:
        present = [item for item in systems if missing.isdisjoint(item.needs)]
        _report(present, read_corpus(folder / "corpus.jsonl"), chosen_questions(folder, arguments.most), folder.name)


def _report(systems: Sequence[System], corpus: Corpus, questions: Sequence[Question], name: str) -> None:
    first = None
    for system in systems:
        with tempfile.TemporaryDirectory(prefix="jazari-benchmark-") as folder:
            result = measured(system.open(corpus, Path(folder)), questions, corpus.originals)
        first = first or result
        for row in rows(name, system.name, result, first):
            print(row, flush=True)


def _installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    main()
