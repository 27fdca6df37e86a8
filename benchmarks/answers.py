"""How much of what an answer must say is in the extractive answer, and how often its first citation is the right one.

python benchmarks/answers.py [--sets ../shared/eval] [--stores FOLDER] [--only SET …] [--json] [--show]

The facts are what a set's `note` lists after "must contain:", separated by `|`. A fact is in an answer when every word
and number of it stands there in one stretch (folded, digits unified, "3 copies" is "3 copies" whatever stands between
lines). Beside it, what the first hit's whole passage holds (the most that quoting it could reach) and what its first
120 words hold (the baseline: no choice of sentences). Halves are told apart by a hash of the question's id: develop on
the first, believe the second.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from jazari_rag import Answer, Assistant
from jazari_rag.domain import Hit
from jazari_rag.text.normalise import tokens

SETS = ("idarati-ma-multilingual", "idarati-ma-hard")
MUST = "must contain:"
BASELINE_WORDS = 120
SPREAD = 3
"""A fact may be spread over so many times its own words, and a few more, in the answer."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with facts, and the shares of them (in [0, 1]) that are in the answer and in the baselines."""

    set: str
    language: str
    held_out: bool
    question: str
    answer: Answer
    missing: tuple[str, ...]
    share: float
    passage_share: float
    baseline_share: float
    cited: bool
    found: bool


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="jazari-answers-") as folder:
        stores = options.stores or Path(folder)
        cases = [case for name in options.only for case in collect(name, options.sets, stores)]
    if options.show:
        _show(cases)
    rows = list(report(cases))
    print(json.dumps(rows, ensure_ascii=False) if options.json else _table(rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(__file__).resolve().parents[2] / "shared" / "eval"
    parser.add_argument("--sets", type=Path, default=shared, help="folder of the question sets")
    parser.add_argument("--stores", type=Path, help="keeps the stores here for the next run")
    parser.add_argument("--only", nargs="+", default=list(SETS), metavar="SET")
    parser.add_argument("--show", action="store_true", help="print the answers of the first half that lack facts")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def collect(name: str, sets: Path, stores: Path) -> Iterator[Case]:
    """Asks the questions of a set that come with facts."""
    stores.mkdir(parents=True, exist_ok=True)
    with Assistant.open(stores / name) as assistant, (sets / name / "queries.jsonl").open(encoding="utf-8") as lines:
        assistant.ingest(sets / name / "corpus.jsonl")
        for row in map(json.loads, lines):
            if row["relevant"]:
                yield _case(name, row, assistant.ask(row["question"]), assistant.search(row["question"], limit=10))


def _case(name: str, row: dict[str, object], answer: Answer, hits: Sequence[Hit]) -> Case:
    note, relevant = str(row.get("note", "")), row["relevant"]
    facts = [fact.strip() for fact in note.removeprefix(MUST).split("|")] if note.startswith(MUST) else []
    said = answer.text if answer.citations else ""
    passage = f"{hits[0].document.title}\n{hits[0].passage.text}" if hits else ""
    return Case(
        set=name,
        language=str(row["lang"]),
        held_out=bool(hashlib.sha256(str(row["id"]).encode()).digest()[-1] % 2),
        question=str(row["question"]),
        answer=answer,
        missing=tuple(fact for fact in facts if not holds(said, fact)),
        share=_share(said, facts),
        passage_share=_share(passage, facts),
        baseline_share=_share(" ".join(passage.split()[:BASELINE_WORDS]), facts),
        cited=bool(answer.citations) and answer.citations[0].document_id in relevant,
        found=any(hit.document.id in relevant for hit in hits),
    )


def _share(text: str, facts: Sequence[str]) -> float:
    return fmean(holds(text, fact) for fact in facts) if facts else float("nan")


def holds(text: str, fact: str) -> bool:
    """Whether all words of a fact stand in a stretch of `text` that is not much longer than the fact."""
    wanted, words = _words(fact), _words(text)
    if not wanted:
        return True
    window = SPREAD * len(wanted) + 4
    need = set(wanted)
    return any(need <= set(words[start : start + window]) for start in range(max(1, len(words) - len(wanted) + 1)))


def _words(text: str) -> list[str]:
    """Folded words; the Arabic article and the prepositions written to a word are not told apart from it."""
    return [_bare(token) for token in tokens(text)]


def _bare(word: str) -> str:
    for prefix in ("وال", "بال", "فال", "لل", "ال"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return word[len(prefix) :]
    return word


def report(cases: Sequence[Case]) -> Iterator[dict[str, object]]:
    """A row for each set, language and half."""
    for key in dict.fromkeys((case.set, case.language, case.held_out) for case in cases):
        group = [case for case in cases if (case.set, case.language, case.held_out) == key]
        with_facts = [case for case in group if case.share == case.share]
        yield {
            "set": key[0],
            "language": key[1],
            "half": "held out" if key[2] else "developed on",
            "n": len(group),
            "answered": _mean([bool(case.answer.citations) for case in group]),
            "first_citation_right": _mean([case.cited for case in group]),
            "found": _mean([case.found for case in group]),
            "facts": _mean([case.share for case in with_facts]),
            "facts_of_answered": _mean([case.share for case in with_facts if case.answer.citations]),
            "facts_in_first_passage": _mean([case.passage_share for case in with_facts]),
            "facts_in_first_120_words": _mean([case.baseline_share for case in with_facts]),
            "words": round(fmean([len(case.answer.text.split()) for case in group]), 1),
        }


def _mean(values: Sequence[float]) -> float | None:
    return round(fmean(values), 3) if values else None


def _table(rows: Sequence[dict[str, object]]) -> str:
    lines = ["\t".join(rows[0])] if rows else []
    return "\n".join([*lines, *("\t".join(str(value) for value in row.values()) for row in rows)])


def _show(cases: Sequence[Case]) -> None:
    for case in cases:
        if case.missing and not case.held_out:
            print(f"\n=== {case.question}\n--- lacks: {' | '.join(case.missing)}\n{case.answer.text}")
            right = "right" if case.cited else "WRONG"
            print(f"--- {case.answer.status} {case.answer.confidence:.2f}, {right} document")


if __name__ == "__main__":
    main()
