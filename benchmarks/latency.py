"""How long a question takes at 20,000 passages: `python benchmarks/latency.py --store /tmp/store`.

The store holds the laws in French and Arabic and the procedure sheets of `../shared/eval`, and, up to `--passages`,
documents whose sentences are drawn from those at random (seeded). The questions are those of the same sets, in French,
Arabic, Darija in Arabic and in Latin letters; none is asked twice: half are searched, half are asked. The parts of an
answer are timed where it is made.

Beside it, in the same run and on the same store: the question's own words alone, as BM25 of the engine (no
translation), which is what a plain lexical retriever does.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from jazari_rag import Assistant
from jazari_rag.answering import answerer, extractive
from jazari_rag.answering.answerer import DEFAULT_LIMIT
from jazari_rag.answering.extractive import ExtractiveGenerator
from jazari_rag.answering.verification import Verifier
from jazari_rag.assembly import Parts, assemble
from jazari_rag.config import Config
from jazari_rag.domain import Query
from jazari_rag.retrieval.lexical import LexicalRetriever
from jazari_rag.text.analyse import SnowballAnalyzer

CORPORA = ("malaw-fr-ar", "malaw-ar-fr", "idarati-ma-hard")
QUESTIONS = ("idarati-ma-hard", "malaw-fr-ar", "malaw-ar-fr")
BASELINE = "its own words alone (baseline)"
WARM_UP = 12
"""Questions asked first and not counted: they load the lexicon and the languages."""
_SENTENCE = re.compile(r"(?<=[.;؛!?؟])\s+")


class Times:
    """Wall and CPU milliseconds of each question, by what took them."""

    def __init__(self) -> None:
        self.wall: dict[str, list[float]] = defaultdict(list)
        self.cpu: dict[str, list[float]] = defaultdict(list)
        self._now: dict[str, list[float]] = {}

    def measure(self, name: str, action: Callable[[], Any]) -> Any:
        """Calls `action`; all that is measured under one name until `next_question` is added up."""
        wall, cpu = time.perf_counter(), time.thread_time()
        try:
            return action()
        finally:
            spent = self._now.setdefault(name, [0.0, 0.0])
            spent[0] += 1000 * (time.perf_counter() - wall)
            spent[1] += 1000 * (time.thread_time() - cpu)

    def next_question(self, *, counted: bool) -> None:
        for name, (wall, cpu) in self._now.items() if counted else ():
            self.wall[name].append(wall)
            self.cpu[name].append(cpu)
        self._now.clear()


class Steps:
    """While it is entered, times functions where they are called: owner, name there, and what they are a part of."""

    def __init__(self, times: Times, steps: Sequence[tuple[Any, str, str]]) -> None:
        self._times = times
        self._steps = steps
        self._restore: list[Callable[[], None]] = []

    def __enter__(self) -> None:
        for owner, name, part in self._steps:
            original = getattr(owner, name)
            self._restore.append(partial(setattr, owner, name, original))
            setattr(owner, name, self._timed(part, original))

    def __exit__(self, *_: object) -> None:
        while self._restore:
            self._restore.pop()()

    def _timed(self, part: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            return self._times.measure(part, partial(original, *args, **kwargs))

        return timed


def main() -> None:
    options = _options()
    asked = list(_questions(options.sets, options.questions))
    with tempfile.TemporaryDirectory(prefix="jazari-latency-") as scratch:
        folder = options.store or Path(scratch)
        _fill(folder, options.sets, options.passages)
        times, answers = _ask(folder, asked)
    if options.answers:
        options.answers.write_text("".join(f"{line}\n" for line in answers), encoding="utf-8")
    _print(times)


def _ask(folder: Path, asked: Sequence[str]) -> tuple[Times, list[str]]:
    """Asks every other question, and searches the others: none is known already. What came, a JSON line each."""
    times, answers = Times(), []
    parts = assemble(folder, Config())
    with Assistant(parts, location=folder) as assistant:
        plain = LexicalRetriever(parts.store, SnowballAnalyzer(parts.languages))
        steps = _steps(parts, times)
        for number, question in enumerate(asked):
            query = Query(question, assistant.identify(question), DEFAULT_LIMIT, {})
            times.measure(BASELINE, partial(plain.retrieve, query))
            answer: dict[str, object] = {}
            if number % 2:
                hits = times.measure("search", partial(assistant.search, question))
                answer["hits"] = [(hit.passage.id, hit.score) for hit in hits]
            else:
                with steps:
                    answer = times.measure("ask", partial(assistant.ask, question)).to_dict()
            answers.append(json.dumps([question, answer], ensure_ascii=False, default=str))
            times.next_question(counted=number >= WARM_UP)
    return times, answers


def _steps(parts: Parts, times: Times) -> Steps:
    """The steps of an answer, as their callers name them."""
    return Steps(
        times,
        [
            (answerer, "identify", "ask: understand"),
            (answerer, "understand", "ask: understand"),
            (extractive, "understand", "ask: understand"),
            (parts.retriever, "retrieve", "ask: retrieve"),
            (answerer, "judge", "ask: judge"),
            (parts.answerer._clarification, "procedures", "ask: judge"),
            (ExtractiveGenerator, "_scored", "ask: generate"),
            (Verifier, "check", "ask: verify"),
        ],
    )


def _fill(folder: Path, sets: Path, passages: int) -> None:
    """Ingests up to `passages` of them; nothing, where the store of an earlier run has them."""
    with Assistant.open(folder) as assistant:
        if not assistant.documents():
            with tempfile.TemporaryDirectory() as scratch:
                file = Path(scratch) / "corpus.jsonl"
                rows = _documents(sets, passages)
                file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
                assistant.ingest(file)
        documents = assistant.documents()
    print(f"{len(documents)} documents, {sum(document.passages for document in documents)} passages")


def _documents(sets: Path, passages: int) -> Iterator[dict[str, str]]:
    """Those of the sets, each once, then mixed ones of as many sentences."""
    real: dict[str, dict[str, str]] = {}
    for name in CORPORA:
        for row in _rows(sets / name / "corpus.jsonl"):
            real.setdefault(row["id"], {key: row[key] for key in ("id", "lang", "title", "text")})
    yield from real.values()
    draw = random.Random(7)
    sentences: dict[str, list[str]] = defaultdict(list)
    for row in real.values():
        sentences[row["lang"]] += _SENTENCE.split(row["text"])
    models = draw.choices(list(real.values()), k=max(0, passages - len(real)))
    for number, model in enumerate(models):
        text = " ".join(draw.choices(sentences[model["lang"]], k=len(_SENTENCE.split(model["text"]))))
        title = draw.choice(sentences[model["lang"]])[:60]
        yield {"id": f"mixed-{number}", "lang": model["lang"], "title": title, "text": text[:1500]}


def _questions(sets: Path, most: int) -> Iterator[str]:
    """Of every set the same share of each language, shuffled; none twice."""
    by_language: dict[str, list[str]] = defaultdict(list)
    for name in QUESTIONS:
        for row in _rows(sets / name / "queries.jsonl"):
            by_language[row["lang"]].append(row["question"])
    draw = random.Random(7)
    chosen = [
        question
        for _, questions in sorted(by_language.items())
        for question in draw.sample(questions, min(len(questions), most // len(by_language)))
    ]
    draw.shuffle(chosen)
    yield from dict.fromkeys(chosen)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _print(times: Times) -> None:
    print(f"milliseconds, p50 and p95\n{'':34}{'questions':>10}{'wall':>16}{'CPU':>16}")
    for name, cpu in times.cpu.items():
        figures = [np.percentile(series, share) for series in (times.wall[name], cpu) for share in (50, 95)]
        print(f"{name:34}{len(cpu):10}" + "".join(f"{figure:8.1f}" for figure in figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(__file__).resolve().parents[2] / "shared" / "eval"
    parser.add_argument("--sets", type=Path, default=shared, help="folder of the question sets")
    parser.add_argument("--store", type=Path, help="keeps the store here for the next run")
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=400, help="at most, all languages together")
    parser.add_argument("--answers", type=Path, help="writes what was found and said here, to compare two versions")
    return parser.parse_args()


if __name__ == "__main__":
    main()
