"""The planted-error benchmark's frozen cases: a floor under what the verifier finds, and a cap on what it refuses."""

from __future__ import annotations

import ast
import json
from pathlib import Path

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
