"""What each leg of retrieval is worth: `python benchmarks/ablation.py ../shared/eval/idarati-ma-multilingual …`.

The legs are

- `words`: those of the question as they stand, stemmed (BM25);
- `lexicon`: their learned translations, in structured queries;
- `readings`: words in Latin letters read as Arabic ones, by consonants and spelling (arabizi, names);
- `glossary`: other names of the things that a question names, in its language and in others;
- `embedder`: the built-in static embedder, fused by z-scores, and its stretches.

One store a set, searched by all of them at once, then without each, then by each alone; `lexicon`, `readings` and
`glossary` alone are what a question finds in other languages than its own by them (and by names that both share). All
rank documents, each at its best passage. hit@k with Wilson's 95 % interval; nDCG@10, and the paired difference from
the whole, by resampling questions.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from ranked import PASSAGES, Search, chosen_questions, head, measured, rows

from jazari_rag import Assistant
from jazari_rag.adapters.builtin_embedder import BuiltinEmbedder
from jazari_rag.assembly import assemble, dense_weights
from jazari_rag.config import Config
from jazari_rag.domain import Hit, Query
from jazari_rag.evaluation.questions import Question
from jazari_rag.evaluation.run import original_ids
from jazari_rag.languages import load_concepts, load_languages
from jazari_rag.ports import PassageStore, Retriever
from jazari_rag.retrieval.article_lookup import ArticleLookup
from jazari_rag.retrieval.dense import DenseRetriever
from jazari_rag.retrieval.embedded import dense_legs, embedded_retriever, questions_read
from jazari_rag.retrieval.lexical import LexicalRetriever
from jazari_rag.retrieval.structured import StructuredSearch
from jazari_rag.retrieval.translated import QuestionTranslator, TranslatedRetriever
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.identify import identify
from jazari_rag.text.translations import Lexicon

EMBEDDER = "embedder"
TRANSLATING = frozenset({"lexicon", "readings", "glossary"})
DEFAULT = TRANSLATING | {"words", EMBEDDER}


class PartOfLexicon(Lexicon):
    """The shipped lexicon without its translations, or without the words that readings are found among."""

    def __init__(self, legs: frozenset[str]) -> None:
        super().__init__()
        self._legs = legs

    def translations(self, term: str, source: str, target: str) -> list[tuple[str, float]]:
        return super().translations(term, source, target) if "lexicon" in self._legs else []

    def words(self, code: str) -> dict[str, int]:
        return super().words(code) if "readings" in self._legs else {}


class Nothing:
    """Finds nothing: stands in for a leg that is taken away."""

    def retrieve(self, query: Query) -> list[Hit]:
        return []

    async def aretrieve(self, query: Query) -> list[Hit]:
        return []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", help="folders with corpus.jsonl and queries.jsonl")
    parser.add_argument("--most", type=int, default=300, help="questions of a set, the first by a hash of their ids")
    arguments = parser.parse_args()
    print(head())
    for folder in arguments.sets:
        _report(folder.name, folder / "corpus.jsonl", chosen_questions(folder, arguments.most))


def variants() -> Iterator[tuple[str, frozenset[str]]]:
    yield "whole", DEFAULT
    for leg in sorted(DEFAULT):
        yield f"without {leg}", DEFAULT - {leg}
    for leg in sorted(DEFAULT):
        yield f"{leg} alone", frozenset({leg})


def retriever_of(legs: frozenset[str], store: PassageStore, embedder: BuiltinEmbedder) -> Retriever:
    """As `jazari_rag.assembly` puts them together, of these legs alone."""
    if legs == {EMBEDDER}:
        return DenseRetriever(store, embedder)
    languages = load_languages()
    analyzer = SnowballAnalyzer(languages, load_concepts() if "glossary" in legs else ())
    retriever: Retriever = LexicalRetriever(store, analyzer) if "words" in legs else Nothing()
    if legs & TRANSLATING:
        translator = QuestionTranslator(analyzer, languages, PartOfLexicon(legs))
        retriever = TranslatedRetriever(retriever, StructuredSearch(store), translator, languages)
        retriever = ArticleLookup(retriever, store, translator, languages)
    if EMBEDDER in legs:
        settings, reads = Config().retrieval, questions_read(embedder, languages)
        dense = dense_legs(store, embedder, languages, reads)
        retriever = embedded_retriever(
            retriever, dense, embedder, languages, dense_weights(settings, embedder),
            lexical_weight=settings.lexical_weight, candidates=settings.candidates, reads=reads,
        )  # fmt: skip
    return retriever


def search_of(retriever: Retriever) -> Search:
    languages = load_languages()

    def search(question: str) -> Sequence[str]:
        found = retriever.retrieve(Query(question, identify(question, languages).language, PASSAGES))
        return [hit.document.id for hit in found]

    return search


def _report(name: str, corpus: Path, questions: Sequence[Question]) -> None:
    embedder = BuiltinEmbedder()
    with tempfile.TemporaryDirectory(prefix="jazari-benchmark-") as folder:
        location = Path(folder) / "store"
        with Assistant.open(location, embedder=embedder) as assistant:
            assistant.ingest(corpus)
        store = assemble(location, Config(), embedder=embedder).store
        originals = original_ids(store.documents())
        first = None
        for variant, legs in variants():
            result = measured(search_of(retriever_of(legs, store, embedder)), questions, originals)
            first = first or result
            for row in rows(name, variant, result, first):
                print(row, flush=True)
        store.close()


if __name__ == "__main__":
    main()
