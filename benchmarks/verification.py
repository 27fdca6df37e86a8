"""Errors planted in right answers: how many the verifier finds, and how many right sentences it refuses.

python benchmarks/verification.py [--seed 2] [--scenarios 700] [--misses 0] [--json]

`planted/` makes the cases and knows nothing of the library. `planted/frozen.jsonl` was written before the verifier was
worked on, is never made anew, and is reported apart. `--freeze` wrote it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from planted.planting import Case, cases

from jazari_rag.answering.verification import Verifier
from jazari_rag.domain import Document, DraftSentence, Hit, Passage
from jazari_rag.languages import load_languages
from jazari_rag.retrieval.translated import QuestionTranslator
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.translations import shipped_lexicon

LANGUAGES = load_languages()
TRANSLATOR = QuestionTranslator(SnowballAnalyzer(LANGUAGES), LANGUAGES, shipped_lexicon())
FROZEN = Path(__file__).with_name("planted") / "frozen.jsonl"
FROZEN_SEED, FROZEN_SCENARIOS = 1, 120
KINDS = ("number", "date", "reference", "unit", "source", "inside", "role", "negation")
Table = dict[str, dict[str, list[bool]]]


def refused(case: Case) -> bool:
    """Whether the verifier removes the sentence."""
    hits = [_hit(number, text, case.source_language) for number, text in enumerate(case.passages)]
    verifier = Verifier(hits, LANGUAGES, language=case.language, translator=TRANSLATOR)
    return verifier.check(DraftSentence(case.sentence, (case.cite,))).sentence is None


def _hit(number: int, text: str, language: str) -> Hit:
    document = Document(f"d{number}", "Document", f"d{number}.txt", language, "r1")
    return Hit(Passage(f"p{number}", document.id, text, 1, (), 0, len(text), language), 1.0, document)


def frozen() -> list[Case]:
    with FROZEN.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Case(**{**row, "passages": tuple(row["passages"])}) for row in rows]


def freeze() -> None:
    with FROZEN.open("w", encoding="utf-8") as lines:
        for case in cases(FROZEN_SEED, FROZEN_SCENARIOS):
            lines.write(json.dumps(asdict(case), ensure_ascii=False) + "\n")


def judged(material: Iterable[Case], misses: int) -> Table:
    """Kind ("right" for no error) -> language -> whether each case was refused; "all" sums the languages up."""
    table: Table = defaultdict(lambda: defaultdict(list))
    for case in material:
        outcome = refused(case)
        kind = case.error or ("right-claims" if case.topic == "polarity" else "right")
        table[kind][case.language].append(outcome)
        table[kind]["all"].append(outcome)
        if case.error:
            table["changed" if case.changed else "same form"]["all"].append(outcome)
        if misses and outcome is not bool(case.error):
            print(f"{case.id}\t{case.sentence}\t{' // '.join(case.passages[case.cite].splitlines())}", file=sys.stderr)
            misses -= 1
    return table


def shares(table: Table) -> dict[str, dict[str, tuple[float, int]]]:
    """The share refused, in per cent, and the number of cases."""
    return {
        kind: {language: (round(100 * statistics.fmean(found), 2), len(found)) for language, found in row.items()}
        for kind, row in table.items()
    }


def milliseconds(material: list[Case], words: int = 120) -> tuple[float, float]:
    """p50 and p95 of the processor time of verifying an answer of `words` words, ten passages of 900 characters given.

    Its sentences have twenty words and cite two passages each, four in all.
    """
    times: list[float] = []
    for start in range(0, len(material) - 60, 30):
        texts = [
            " ".join(" ".join(case.passages) for case in material[at : at + 2]) for at in range(start, start + 20, 2)
        ]
        hits = [_hit(number, text, "fr") for number, text in enumerate(texts)]
        said = " ; ".join(case.sentence for case in material[start : start + 60]).split()[:words]
        lines = [" ".join(said[at : at + 20]) for at in range(0, words, 20)]
        drafts = [DraftSentence(line, (number % 3, number % 3 + 1)) for number, line in enumerate(lines)]
        began = time.process_time()
        verifier = Verifier(hits, LANGUAGES)
        for draft in drafts:
            verifier.check(draft)
        times.append(1000 * (time.process_time() - began))
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.95)]


def show(title: str, found: dict[str, dict[str, tuple[float, int]]]) -> None:
    languages = ["all", "fr", "ar", "ary", "es", "en"]
    print(f"\n{title}\n{'refused, %':<14}" + "".join(f"{language:>14}" for language in languages))
    for kind in (*KINDS, "same form", "changed", "right", "right-claims"):
        row = found.get(kind, {})
        cells = (f"{row[code][0]:.1f} of {row[code][1]}" if code in row else "" for code in languages)
        print(f"{kind:<14}" + "".join(f"{cell:>14}" for cell in cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--scenarios", type=int, default=700)
    parser.add_argument("--misses", type=int, default=0, help="print so many wrong verdicts of each set")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--freeze", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.freeze:
        freeze()
    material = list(cases(options.seed, options.scenarios))
    sets = {"frozen": frozen(), f"seed {options.seed}": material}
    found = {name: shares(judged(some, options.misses)) for name, some in sets.items()}
    p50, p95 = milliseconds(material)
    if options.json:
        print(json.dumps({**found, "milliseconds": {"p50": p50, "p95": p95}}))
        return
    for name, table in found.items():
        show(name, table)
    planted = [case for case in material if case.error]
    print(
        f"\n{len(planted)} errors planted, {sum(case.changed for case in planted) / len(planted):.0%} in a changed form"
    )
    print(f"a 120-word answer: p50 {p50:.2f} ms, p95 {p95:.2f} ms of processor time")


if __name__ == "__main__":
    main()
