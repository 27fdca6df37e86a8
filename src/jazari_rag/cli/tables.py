"""Results that are read as tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

    from jazari_rag.evaluation import Comparison, EvalReport, Scores

WITH_INTERVAL = ("hit@1", "ndcg@10")
PARITY = "hit@10"
COMPARED = ("hit@1", "hit@10", "mrr@10", "ndcg@10")
WIDTH = 132


def text_of(table: Table) -> str:
    """The table as plain text, not wider than it needs to be."""
    from io import StringIO

    from rich.console import Console

    buffer = StringIO()
    width = max(WIDTH, shutil.get_terminal_size().columns)
    Console(file=buffer, width=width, color_system=None, markup=False, highlight=False, emoji=False).print(table)
    return "\n".join(line.rstrip() for line in buffer.getvalue().split("\n")).strip("\n")


def evaluation_table(report: EvalReport) -> str:
    """A row a language and one for all, with 95 % intervals where they matter most, and what the run cost."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("language")
    for name in ("n", *report.all.means, f"{PARITY} gap"):
        table.add_column(name, justify="right")
    gaps = report.parity(PARITY)
    for language, scores in report.languages.items():
        table.add_row(language, *_cells(scores), f"{gaps[language]:.3f}")
    table.add_section()
    table.add_row("all", *_cells(report.all), f"{max(gaps.values(), default=0.0):.3f}")
    return "\n".join((text_of(table), "", *_costs(report)))


def comparison_table(name: str, comparison: Comparison) -> str:
    """How far another configuration is above this one, a row a language."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=f"{name} against this configuration", title_justify="left")
    table.add_column("language")
    for measure in COMPARED:
        table.add_column(measure, justify="right")
    for language, differences in {**comparison.languages, "all": comparison.all}.items():
        cells = (differences[measure] for measure in COMPARED)
        table.add_row(language, *(f"{one.mean:+.3f} [{one.low:+.2f} {one.high:+.2f}]" for one in cells))
    return "\n".join((text_of(table), "[a b]: 95 % paired bootstrap interval of the difference"))


def _cells(scores: Scores) -> Iterable[str]:
    yield str(scores.n)
    for name, mean in scores.means.items():
        interval = scores.intervals.get(name) if name in WITH_INTERVAL else None
        span = f" [{interval[0]:.2f}-{interval[1]:.2f}]" if interval else ""
        yield "-" if mean is None else f"{mean:.3f}{span}"


def _costs(report: EvalReport) -> Iterable[str]:
    cost, latency = report.ingest, report.question_ms
    memory = "unknown" if cost.peak_mb is None else f"{cost.peak_mb:.0f} MB"
    yield (
        f"ingestion: {cost.documents} documents, {cost.passages} passages, {cost.seconds:.1f} s, "
        f"peak memory of this process {memory}"
    )
    if latency.p50 is not None and latency.p95 is not None:
        yield f"question: p50 {latency.p50:.1f} ms, p95 {latency.p95:.1f} ms"
    yield f"[a-b]: 95 % bootstrap interval of the mean; {PARITY} gap: how far below the best language"
    if report.unanswerable:
        yield f"{report.unanswerable} questions without a relevant document are left out"
    if report.unknown_relevant:
        shown = ", ".join(report.unknown_relevant[:5])
        yield f"{len(report.unknown_relevant)} relevant ids are not in the corpus and count as misses: {shown}"
    yield from (f"failed: {failure}" for failure in cost.failures)


def examination(found: Mapping[str, Any]) -> str:
    """What `doctor` found, a section a subject."""
    store = found["store"]
    size = f"{store['documents']} documents, {store['passages']} passages" if "documents" in store else ""
    sections: Sequence[tuple[str, Iterable[str]]] = (
        ("Python", [f"{found['python']} on {found['platform']}"]),
        ("Packages", (f"{name} {version or 'MISSING'}" for name, version in found["packages"].items())),
        ("Extras", map(_extra, found["extras"])),
        ("OCR", [_tesseract(found["tesseract"])]),
        ("Store", [": ".join(filter(None, (store["location"], store["state"], size, store.get("detail", ""))))]),
        ("Languages served", [", ".join(found["languages"])]),
        ("Keys in the environment", (f"{name}: {state}" for name, state in found["secrets"].items())),
        ("What leaves the machine", [f"to {x['to']}: {x['what']}" for x in found["leaves_the_machine"]] or ["nothing"]),
    )
    return "\n".join(f"{title}\n" + "".join(f"  {line}\n" for line in lines) for title, lines in sections).rstrip("\n")


def _extra(extra: Mapping[str, Any]) -> str:
    if extra["installed"]:
        return f"{extra['extra']}: " + ", ".join(f"{name} {version}" for name, version in extra["packages"].items())
    return f"{extra['extra']}: missing, install it with  {extra['install']}"


def _tesseract(found: Mapping[str, Any]) -> str:
    if found["path"] is None:
        return f"tesseract: missing, install it with  {found['install']}"
    lacking = f"; to recognise pages, install  {found['install']}" if found["install"] else ""
    languages = ", ".join(found["languages"]) or "none"
    return f"tesseract {found['version']} ({found['path']}), languages: {languages}{lacking}"
