"""What `jazari eval` does with one configuration or several."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jazari_rag.cli.options import open_assistant
from jazari_rag.cli.output import Output
from jazari_rag.cli.tables import comparison_table, evaluation_table
from jazari_rag.config import Config
from jazari_rag.evaluation import EvalReport, compare, evaluate


def measured(chosen: Config, corpus: Path, queries: Path, output: Output) -> EvalReport:
    """The report on one configuration, in a fresh temporary store."""
    with output.progress() as progress:
        return evaluate(
            corpus,
            queries,
            open_assistant=lambda folder: open_assistant(chosen, str(folder), existing=False),
            progress=progress,
        )


def report_document(report: EvalReport, compared: Mapping[str, EvalReport]) -> dict[str, object]:
    """As `--json` prints it: the report, and under `compared` the others with their differences from it."""
    others = {
        name: {**other.to_dict(), "differences": compare(report, other).to_dict()} for name, other in compared.items()
    }
    return {**report.to_dict(), **({"compared": others} if others else {})}


def report_text(report: EvalReport, compared: Mapping[str, EvalReport]) -> str:
    """Tables, for people."""
    tables = [evaluation_table(report)]
    for name, other in compared.items():
        tables += [f"{name}:\n{evaluation_table(other)}", comparison_table(name, compare(report, other))]
    return "\n\n".join(tables)
