"""Fits the weights of fusion: `python training/fit_weights.py ../shared/eval/SET …`.

Half of each set's questions, by a hash of their ids, are fitted on; the other half is only reported. One weight after
another is moved along a grid to where the mean nDCG@10 of the fitted half is highest, each language of a set counting
once; in rounds, until nothing moves. Writes `retrieval/weights.toml`, and prints both halves before and after.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from statistics import fmean

from jazari_rag import Assistant
from jazari_rag.adapters.builtin_embedder import BuiltinEmbedder
from jazari_rag.assembly import assemble
from jazari_rag.config import Config
from jazari_rag.domain import Hit, Passage, Query
from jazari_rag.evaluation.metrics import DEPTH, Ranking, score
from jazari_rag.evaluation.questions import Question, read_questions
from jazari_rag.evaluation.run import FIRST_FETCH, original_ids, ranked_documents
from jazari_rag.languages import load_concepts, load_languages
from jazari_rag.ports import PassageStore, Retriever
from jazari_rag.retrieval.article_lookup import ArticleLookup
from jazari_rag.retrieval.embedded import dense_legs, embedded_retriever, questions_read
from jazari_rag.retrieval.lexical import LexicalRetriever
from jazari_rag.retrieval.structured import StructuredSearch
from jazari_rag.retrieval.translated import QuestionTranslator, TranslatedRetriever
from jazari_rag.retrieval.weights import FILE, DenseWeights, TranslationWeights, shipped_weights
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.identify import identify
from jazari_rag.text.translations import shipped_lexicon

GRID = {
    "across": (0.2, 0.3, 0.4, 0.5, 0.7),
    "stretch": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5),
    "translated": (0.8, 0.9, 1.0, 1.1),
    "untranslated": (0.5, 0.65, 0.8),
    "evenness": (0.4, 0.55, 0.7, 0.85),
    "named": (0.25, 0.4, 0.6),
    "loan": (0.4, 0.6, 0.8, 1.0),
    "borrowed": (0.2, 0.4, 0.6),
}
LEAST = 3e-4
"""A weight moves for so much of the mean nDCG@10: less is no reason."""
FITTED, REPORTED = "fitted", "reported"


@dataclass(frozen=True, slots=True)
class Point:
    """The weights that are fitted."""

    translation: TranslationWeights
    dense: DenseWeights

    def moved(self, name: str, value: float) -> Point:
        if name in DenseWeights.__dataclass_fields__:
            return replace(self, dense=replace(self.dense, **{name: value}))
        return replace(self, translation=replace(self.translation, **{name: value}))

    def value(self, name: str) -> float:
        side = self.dense if name in DenseWeights.__dataclass_fields__ else self.translation
        return float(getattr(side, name))


class Remembered:
    """A retriever asked once for each question: what does not depend on the weights is found once."""

    def __init__(self, retriever: Retriever) -> None:
        self.retrieve: Callable[[Query], list[Hit]] = _by_text(retriever.retrieve)
        self.judges: Callable[[Query, Passage], bool] = getattr(retriever, "judges", lambda *_: True)

    async def aretrieve(self, query: Query) -> list[Hit]:
        return self.retrieve(query)


def _by_text(retrieve: Callable[[Query], list[Hit]]) -> Callable[[Query], list[Hit]]:
    found: dict[tuple[str, str], list[Hit]] = {}

    def remembered(query: Query) -> list[Hit]:
        key = (query.text, query.language)
        if key not in found:
            found[key] = retrieve(query)
        return found[key]

    return remembered


class RememberedStretches(BuiltinEmbedder):
    """The embedder asked once for each question and text."""

    def __init__(self, embedder: BuiltinEmbedder) -> None:
        self._known: dict[tuple[str, str], float] = {}
        self._inner = embedder

    def nearest_stretches(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        unknown = [text for text in texts if (question, text) not in self._known]
        found = self._inner.nearest_stretches(question, unknown)
        self._known.update({(question, text): cosine for text, cosine in zip(unknown, found, strict=True)})
        return [self._known[question, text] for text in texts]


class Sample:
    """A set's store, open, and its questions."""

    def __init__(
        self, name: str, store: PassageStore, embedder: BuiltinEmbedder, questions: Sequence[Question]
    ) -> None:
        self.name = name
        self._languages = load_languages()
        self._analyzer = SnowballAnalyzer(self._languages, load_concepts())
        self._store = store
        self._originals = original_ids(store.documents())
        self._questions = [(item, identify(item.text, self._languages).language) for item in questions]
        self._words = Remembered(LexicalRetriever(store, self._analyzer))
        self._reads = questions_read(embedder, self._languages)
        self._dense = [Remembered(leg) for leg in dense_legs(store, embedder, self._languages, self._reads)]
        self._embedder = RememberedStretches(embedder)
        self._lexical = lru_cache(maxsize=4)(self._lexical_leg)

    def reached(self, point: Point, halves: Sequence[str]) -> dict[tuple[str, str, str], tuple[float, float, int]]:
        """Set, language, half -> nDCG@10, hit@10, questions."""
        settings = Config().retrieval
        whole = embedded_retriever(
            self._lexical(point.translation), self._dense, self._embedder, self._languages, point.dense,
            lexical_weight=settings.lexical_weight, candidates=settings.candidates, reads=self._reads,
        )  # fmt: skip
        rankings: dict[str, list[Ranking]] = {half: [] for half in halves}
        for question, language in self._questions:
            if _half(question) not in halves:
                continue
            hits = whole.retrieve(Query(question.text, language, FIRST_FETCH))
            relevant = frozenset(self._originals.get(item, item) for item in question.relevant)
            documents = ranked_documents(hits, self._originals)[:DEPTH]
            rankings[_half(question)].append(Ranking(question.language, relevant, documents))
        return {
            (self.name, language, half): (found.means["ndcg@10"] or 0.0, found.means["hit@10"] or 0.0, found.n)
            for half, asked in rankings.items()
            if asked
            for language, found in score(asked)[1].items()
        }

    def _lexical_leg(self, weights: TranslationWeights) -> Retriever:
        translator = QuestionTranslator(self._analyzer, self._languages, shipped_lexicon(), weights)
        search = StructuredSearch(self._store)
        found = TranslatedRetriever(self._words, search, translator, self._languages, weights)
        return Remembered(ArticleLookup(found, self._store, translator, self._languages))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", help="folders with corpus.jsonl and queries.jsonl")
    parser.add_argument("--most", type=int, default=100, help="questions of a language of a set and half")
    parser.add_argument("--output", type=Path, default=FILE)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jazari-fit-") as scratch:
        samples = [_sample(folder, Path(scratch), arguments.most) for folder in arguments.sets]
        before = Point(shipped_weights().translation, shipped_weights().dense["builtin"])
        after = fit(samples, before)
        write(after, arguments.output)
        print(report(samples, before, after))


def fit(samples: Sequence[Sample], start: Point) -> Point:
    """The best point that moves along one axis after another reach."""
    best, reached = start, _fitted_mean(samples, start)
    print(f"at the start: {reached:.4f}", file=sys.stderr, flush=True)
    moved = True
    while moved:
        moved = False
        for name, values in GRID.items():
            for value in values:
                tried = best.moved(name, value)
                found = reached if tried == best else _fitted_mean(samples, tried)
                if found > reached + LEAST:
                    best, reached, moved = tried, found, True
                    print(f"{name} = {value}: {reached:.4f}", file=sys.stderr, flush=True)
    return best


def write(point: Point, file: Path) -> None:
    """Puts the numbers into the file, whose comments stay."""
    text = file.read_text(encoding="utf-8")
    head, dense, rest = re.split(r"(?m)^(?=\[dense)", text)
    for name in GRID:
        if name in DenseWeights.__dataclass_fields__:
            dense = _with_number(dense, name, point.value(name))
        else:
            head = _with_number(head, name, point.value(name))
    file.write_text(head + dense + rest, encoding="utf-8")


def report(samples: Sequence[Sample], before: Point, after: Point) -> str:
    """A table of both halves."""
    rows = ["| set | language | half | n | nDCG@10 | fitted | hit@10 | fitted |", "|---" * 8 + "|"]
    for sample in samples:
        first, second = (sample.reached(point, (FITTED, REPORTED)) for point in (before, after))
        for (name, language, half), (gain, hit, n) in sorted(first.items()):
            new_gain, new_hit, _ = second[name, language, half]
            rows.append(
                f"| {name} | {language} | {half} | {n} | {gain:.3f} | {new_gain:.3f} | {hit:.3f} | {new_hit:.3f} |"
            )
    return "\n".join(rows)


def _with_number(text: str, name: str, value: float) -> str:
    found, times = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", text)
    if times != 1:
        raise ValueError(f"{name} is written {times} times in the file")
    return found


def _fitted_mean(samples: Sequence[Sample], point: Point) -> float:
    return fmean(gain for sample in samples for gain, _, _ in sample.reached(point, (FITTED,)).values())


def _sample(folder: Path, scratch: Path, most: int) -> Sample:
    embedder = BuiltinEmbedder()
    location = scratch / folder.name
    with Assistant.open(location, embedder=embedder) as assistant:
        assistant.ingest(folder / "corpus.jsonl")
    store = assemble(location, Config(), embedder=embedder).store
    print(folder.name, file=sys.stderr, flush=True)
    return Sample(folder.name, store, embedder, list(_chosen(folder, most)))


def _chosen(folder: Path, most: int) -> Iterator[Question]:
    """Of each language and half, the first by a hash of their ids."""
    asked = [question for question in read_questions(folder / "queries.jsonl") if question.relevant]
    ordered = sorted(asked, key=lambda item: (item.language, _half(item), _digest(item)))
    for _, group in groupby(ordered, key=lambda item: (item.language, _half(item))):
        yield from list(group)[:most]


def _half(question: Question) -> str:
    return FITTED if _digest(question)[0] % 2 == 0 else REPORTED


def _digest(question: Question) -> bytes:
    return blake2b(question.id.encode(), digest_size=8).digest()


if __name__ == "__main__":
    main()
