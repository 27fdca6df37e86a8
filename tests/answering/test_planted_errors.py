"""The planted-error benchmark's frozen cases: a floor under what the verifier finds, and a cap on what it refuses."""

from __future__ import annotations

import ast
import csv
import json
from functools import lru_cache
from pathlib import Path

import pytest
from answering_kit import hit, languages

from jazari_rag.answering.verification import Verifier
from jazari_rag.domain import DraftSentence

PLANTED = Path(__file__).parents[2] / "benchmarks" / "planted"


def test_the_program_that_plants_errors_knows_nothing_of_the_library() -> None:
    for path in PLANTED.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.startswith("jazari_rag")], path.name


def test_the_frozen_cases_are_there_and_a_third_of_the_errors_change_the_form() -> None:
    rows = [json.loads(line) for line in (PLANTED / "frozen.jsonl").read_text(encoding="utf-8").splitlines()]
    planted = [row for row in rows if row["error"]]
    assert len(planted) >= 500
    assert sum(row["changed"] for row in planted) > len(planted) / 3


@lru_cache(maxsize=1)
def _refused() -> dict[str, list[bool]]:
    """Kind of error ("" for none) -> whether each case was refused."""
    found: dict[str, list[bool]] = {}
    for line in (PLANTED / "frozen.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        hits = [
            hit(text, id=f"p{place}", language=row["source_language"]) for place, text in enumerate(row["passages"])
        ]
        verdict = Verifier(hits, languages()).check(DraftSentence(row["sentence"], (row["cite"],)))
        found.setdefault(row["error"], []).append(verdict.sentence is None)
    return found


@pytest.mark.parametrize(
    ("error", "floor"),
    [
        ("number", 0.99),
        ("date", 0.99),
        ("reference", 0.99),
        ("unit", 0.99),
        ("source", 0.97),
        ("role", 0.95),
        ("inside", 0.5),
        ("negation", 0.9),
    ],
)
def test_planted_errors_are_found(error: str, floor: float) -> None:
    outcomes = _refused()[error]
    assert sum(outcomes) >= floor * len(outcomes)


def test_right_sentences_pass_in_whatever_form() -> None:
    outcomes = _refused()[""]
    assert sum(outcomes) <= 0.02 * len(outcomes)


def test_sentences_written_against_the_verifier_are_told_apart() -> None:
    with (PLANTED / "adversarial.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) > 75
    passes = {
        column: sum(_passes(row[column], row["passage"].replace("\\n", "\n"), row) for row in rows)
        for column in ("right", "wrong")
    }
    assert passes["right"] >= 0.95 * len(rows)
    assert passes["wrong"] <= 0.08 * len(rows)


def _passes(sentence: str, passage: str, row: dict[str, str]) -> bool:
    verifier = Verifier([hit(passage, language=row["source_language"])], languages(), language=row["language"])
    return verifier.check(DraftSentence(sentence, (0,))).sentence is not None
