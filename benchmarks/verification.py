"""Errors planted in right answers: how many the verifier finds, and how many right sentences it refuses.

python benchmarks/verification.py [--seed 2] [--scenarios 700] [--misses 0] [--json]

`planted/` makes the cases and knows nothing of the library. `planted/frozen.jsonl` was written before the verifier was
worked on, is never made anew, and is reported apart. `--freeze` wrote it. Beside the verifier stands what a comparison
of the runs of digits refuses. The pairs written by hand, and sentences of real parallel laws, are reported apart.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from planted.adversarial import pairs
from planted.planting import Case, cases, new_polarity

from jazari_rag.answering.alignment import quoted_span
from jazari_rag.answering.numbers import figures
from jazari_rag.answering.verification import Verifier
from jazari_rag.domain import Document, DraftSentence, Hit, Passage
from jazari_rag.languages import load_languages
from jazari_rag.retrieval.translated import QuestionTranslator
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.sentences import sentences
from jazari_rag.text.translations import shipped_lexicon

LANGUAGES = load_languages()
ANALYZER = SnowballAnalyzer(LANGUAGES)
TRANSLATOR = QuestionTranslator(ANALYZER, LANGUAGES, shipped_lexicon())
SHARED = Path(__file__).parents[2] / "shared" / "eval"
FROZEN = Path(__file__).with_name("planted") / "frozen.jsonl"
FROZEN_SEED, FROZEN_SCENARIOS = 1, 120
KINDS = ("number", "date", "reference", "unit", "source", "inside", "role", "negation", "negation-new")
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


def refused_by_digits(case: Case) -> bool:
    """The baseline: whether a run of digits of the sentence does not stand in the passage."""
    return not set(re.findall(r"\d+", case.sentence)) <= set(re.findall(r"\d+", case.passages[case.cite]))


def judged(material: Iterable[Case], misses: int) -> Table:
    """Kind ("right" for no error) -> language -> whether each case was refused; "all" sums the languages up.

    "digits" has what the baseline refuses.
    """
    table: Table = defaultdict(lambda: defaultdict(list))
    for case in material:
        outcome = refused(case)
        kind = case.error or ("right-claims" if "polarity" in case.topic else "right")
        table[kind][case.language].append(outcome)
        table[kind]["all"].append(outcome)
        table[kind]["digits"].append(refused_by_digits(case))
        if case.error:
            table["changed" if case.changed else "same form"]["all"].append(outcome)
        if misses and outcome is not bool(case.error):
            print(f"{case.id}\t{case.sentence}\t{' // '.join(case.passages[case.cite].splitlines())}", file=sys.stderr)
            misses -= 1
    return table


def parallel_laws() -> list[Case]:
    """Sentences of real laws that cite the article in the other language: right, but for the noise of the corpus."""
    found = []
    for name in ("malaw-fr-ar", "malaw-ar-fr"):
        folder = SHARED / name
        articles = {row["id"]: row for row in _rows(folder / "corpus.jsonl")}
        for row in _rows(folder / "queries.jsonl"):
            article = articles[row["relevant"][0]]
            text = f"{article.get('title', '')}\n{article['text']}"
            found.append(Case(row["id"], "", name, row["lang"], article["lang"], True, row["question"], (text,)))
    return found


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def spans(material: Iterable[Case]) -> dict[str, float]:
    """Of right sentences with figures: the share whose quoted span holds them all, and the mean length of spans."""
    whole: list[bool] = []
    lengths: list[float] = []
    for case in material:
        said = figures(case.sentence, LANGUAGES, language=case.language)
        if case.error or not said:
            continue
        passage = case.passages[case.cite]
        start, end = quoted_span(
            case.sentence,
            passage,
            partial(sentences, languages=LANGUAGES),
            lambda text, code=case.source_language: frozenset(ANALYZER.passage_terms(text, code)),  # type: ignore[misc]
            LANGUAGES,
        )
        standing = figures(passage[start:end], LANGUAGES, language=case.source_language, as_source=True)
        whole.append(all(any(figure.agrees_with(other) for other in standing) for figure in said))
        lengths.append((end - start) / len(passage))
    return {
        "n": len(whole),
        "holds the figures, %": round(100 * statistics.fmean(whole), 2),
        "of the passage, %": round(100 * statistics.fmean(lengths), 1),
    }


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
    languages = ["digits", "all", "fr", "ar", "ary", "es", "en"]
    print(f"\n{title}\n{'refused, %':<14}" + "".join(f"{language:>14}" for language in languages))
    for kind in (*KINDS, "same form", "changed", "right", "right-claims"):
        row = found.get(kind, {})
        if not row:
            continue
        cells = (f"{row[code][0]:.1f} of {row[code][1]}" if code in row else "" for code in languages)
        print(f"{kind:<14}" + "".join(f"{cell:>14}" for cell in cells))


def show_pairs() -> None:
    """What is found of the pairs written by hand, and what is refused wrongly, in both parts."""
    print("\npairs of a right and a wrong sentence, by hand")
    cases_of: dict[str, list[Case]] = defaultdict(list)
    for part, case in pairs():
        cases_of[part].append(case)
    for part, material in cases_of.items():
        wrong = [refused(case) for case in material if case.error]
        right = [refused(case) for case in material if not case.error]
        digits = [refused_by_digits(case) for case in material if case.error]
        print(
            f"{part:<12} errors found {sum(wrong)} of {len(wrong)} (by digits {sum(digits)}), "
            f"right refused {sum(right)} of {len(right)}"
        )


def show_laws() -> None:
    if not SHARED.is_dir():
        print(f"\nreal parallel laws: skipped, {SHARED} is absent")
        return
    material = parallel_laws()
    for name in dict.fromkeys(case.topic for case in material):
        outcomes = [refused(case) for case in material if case.topic == name]
        print(f"\nreal parallel laws, {name}: right sentences refused {sum(outcomes)} of {len(outcomes)}", end="")
    print(" (most are the corpus's notes and cuts)")


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
    material = [*cases(options.seed, options.scenarios), *new_polarity(options.seed)]
    sets = {"frozen": frozen(), f"seed {options.seed}": material}
    found = {name: shares(judged(some, options.misses)) for name, some in sets.items()}
    p50, p95 = milliseconds(material)
    if options.json:
        print(json.dumps({**found, "milliseconds": {"p50": p50, "p95": p95}}))
        return
    for name, table in found.items():
        show(name, table)
    show_pairs()
    show_laws()
    print(f"\nquoted spans of right sentences: {spans(material)}")
    planted = [case for case in material if case.error]
    print(
        f"\n{len(planted)} errors planted, {sum(case.changed for case in planted) / len(planted):.0%} in a changed form"
    )
    print(f"a 120-word answer: p50 {p50:.2f} ms, p95 {p95:.2f} ms of processor time")


if __name__ == "__main__":
    main()
