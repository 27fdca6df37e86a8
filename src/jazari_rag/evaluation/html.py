"""An evaluation as a page to look at: plots in SVG and tables in one file that loads nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from jazari_rag.evaluation.comparison import Difference, compare
from jazari_rag.evaluation.metrics import Scores
from jazari_rag.evaluation.report import EvalReport

PLOTTED = ("hit@1", "hit@10", "mrr@10", "ndcg@10")
THIS = "this configuration"
_COLOURS = ("#1f6f8b", "#d9822b", "#5b8c5a", "#8e5ea2", "#a94442", "#6b6b6b")
_LEFT, _WIDTH, _RIGHT, _BAR, _GAP = 90, 420, 70, 14, 10
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; margin: 1rem 0 } th, td { padding: .25rem .7rem; text-align: right }
th:first-child, td:first-child { text-align: left } tbody tr { border-top: 1px solid #ddd }
.plots { display: flex; flex-wrap: wrap; gap: 1.5rem } figure { margin: 0 } small, figcaption { color: #555 }
"""


def evaluation_page(report: EvalReport, compared: Mapping[str, EvalReport] | None = None, *, title: str) -> str:
    """The report, and others on the same questions beside it, as an HTML document.

    Args:
        report: Of this configuration.
        compared: Name of another configuration -> its report.
        title: Of the page.
    """
    reports = {THIS: report, **(compared or {})}
    parts = [
        f"<h1>{escape(title)}</h1>",
        "".join(_legend(reports)) if len(reports) > 1 else "",
        '<div class="plots">' + "".join(_plot(measure, reports) for measure in PLOTTED) + "</div>",
        "<p><small>Bars are means over questions, lines their 95 % bootstrap intervals.</small></p>",
        *(_scores_table(name, one) for name, one in reports.items()),
        *(_differences_table(name, report, one) for name, one in (compared or {}).items()),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>" + "\n".join(parts) + "</body></html>\n"
    )


def _legend(reports: Iterable[str]) -> Iterator[str]:
    for place, name in enumerate(reports):
        yield f'<p style="margin:0"><span style="color:{_colour(place)}">&#9632;</span> {escape(name)}</p>'


def _plot(measure: str, reports: Mapping[str, EvalReport]) -> str:
    """A group of bars for each language and for all, one bar a configuration."""
    groups = [*next(iter(reports.values())).languages, "all"]
    step = len(reports) * _BAR + _GAP
    drawn = [
        f'<text x="{_LEFT - 8}" y="{row * step + _BAR}" text-anchor="end">{escape(group)}</text>'
        + "".join(
            _bar(_of(report, group), measure, top=row * step + place * _BAR, colour=_colour(place))
            for place, report in enumerate(reports.values())
        )
        for row, group in enumerate(groups)
    ]
    size = f'width="{_LEFT + _WIDTH + _RIGHT}" height="{len(groups) * step}" font-size="12" font-family="sans-serif"'
    svg = f'<svg {size} role="img" aria-label="{escape(measure)}">{"".join(drawn)}</svg>'
    return f"<figure><figcaption>{escape(measure)}</figcaption>{svg}</figure>"


def _bar(scores: Scores | None, measure: str, *, top: int, colour: str) -> str:
    mean = scores.means.get(measure) if scores else None
    if scores is None or mean is None:
        return ""
    low, high = scores.intervals.get(measure, (mean, mean))
    start, end, middle = _LEFT + low * _WIDTH, _LEFT + high * _WIDTH, top + _BAR / 2
    box = f'x="{_LEFT}" y="{top + 1}" width="{mean * _WIDTH:.1f}" height="{_BAR - 3}"'
    line = f'x1="{start:.1f}" x2="{end:.1f}" y1="{middle}" y2="{middle}"'
    return (
        f'<rect {box} fill="{colour}" opacity=".8"/><line {line} stroke="#222"/>'
        f'<text x="{end + 6:.1f}" y="{top + _BAR - 3}">{mean:.3f}</text>'
    )


def _of(report: EvalReport, group: str) -> Scores | None:
    return report.all if group == "all" else report.languages.get(group)


def _colour(place: int) -> str:
    return _COLOURS[place % len(_COLOURS)]


def _scores_table(name: str, report: EvalReport) -> str:
    gaps = report.parity("hit@10")
    rows = [
        [group, str(scores.n), *map(_number, scores.means.values()), _number(gaps.get(group))]
        for group, scores in {**report.languages, "all": report.all}.items()
    ]
    cost, latency = report.ingest, report.question_ms
    notes = (
        f"{cost.documents} documents, {cost.passages} passages ingested in {cost.seconds:.1f} s; "
        f"a question p50 {_number(latency.p50)} ms, p95 {_number(latency.p95)} ms; "
        f"{report.unanswerable} questions without a relevant document left out"
    )
    head = ["language", "n", *report.all.means, "hit@10 below the best language"]
    return f"<h2>{escape(name)}</h2>{_table(head, rows)}<p><small>{escape(notes)}</small></p>"


def _differences_table(name: str, report: EvalReport, other: EvalReport) -> str:
    comparison = compare(report, other)
    rows = [
        [group, *(_difference(differences[measure]) for measure in PLOTTED if measure in differences)]
        for group, differences in {**comparison.languages, "all": comparison.all}.items()
    ]
    return f"<h2>{escape(name)} minus {THIS}</h2>{_table(['language', *PLOTTED], rows)}"


def _difference(one: Difference) -> str:
    return f"{one.mean:+.3f} [{one.low:+.2f}, {one.high:+.2f}]"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    def line(cells: Iterable[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f"<table><thead>{line(head, 'th')}</thead><tbody>{body}</tbody></table>"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
