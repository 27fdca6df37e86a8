"""Results as text for a person, and as the JSON that scripts rely on. Arabic stays in logical order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jazari_rag.cli.output import one_line
from jazari_rag.domain import Answer, Citation, Document, Hit, IngestReport

MISSING_SHOWN = 10


def ingest_report(report: IngestReport, *, prune_command: str = "jazari ingest --prune PATH…") -> str:
    """The counts, then a line for each failure, each warning, and what to do about missing documents."""
    lines = [f"{report} ({report.passages} passages written, {report.seconds:.1f} s)"]
    lines += [f"{report.mended} damaged words put right"] if report.mended else []
    lines += [f"failed: {one_line(str(failure))}" for failure in report.failures]
    lines += [f"warning: {one_line(str(warning))}" for warning in report.warnings]
    if report.missing:
        lines.append(f"{report.missing} stored, but their file is gone. To delete them: {prune_command}")
        lines += [f"  {one_line(name)}" for name in report.missing_ids[:MISSING_SHOWN]]
        lines += ["  …"] if len(report.missing_ids) > MISSING_SHOWN else []
    return "\n".join(lines)


def answer(value: Answer) -> str:
    """The text, then what comes after it."""
    return f"{value.text}\n{afterwards(value)}".rstrip("\n")


def afterwards(value: Answer) -> str:
    """What an answer has besides its text: whom to turn to, and the citations, one a line."""
    contact = f"{value.contact}\n" if value.contact and value.contact not in value.text else ""
    return contact + (f"\n{citations(value.citations)}" if value.citations else "")


def citations(values: Iterable[Citation]) -> str:
    return "\n".join(one_line(str(citation)) for citation in values)


def hits(values: Sequence[Hit]) -> str:
    """A block for each hit: where it is, then its text."""
    return "\n\n".join(_hit(rank, hit) for rank, hit in enumerate(values, 1)) or "nothing found"


def _hit(rank: int, hit: Hit) -> str:
    passage = hit.passage
    place = " › ".join((f"{hit.document.title}, p. {passage.page}", *passage.section))
    head = f"{rank}. {one_line(place)} [{passage.language}] {hit.score:.3f} ({one_line(hit.document.source)})"
    return f"{head}\n{_indent(passage.text)}"


def hits_document(query: str, language: str, values: Iterable[Hit]) -> dict[str, object]:
    """As `jazari search --json` prints it."""
    return {
        "query": query,
        "language": language,
        "hits": [
            {
                "rank": rank,
                "score": hit.score,
                "document_id": hit.passage.document_id,
                "passage_id": hit.passage.id,
                "title": hit.document.title,
                "source": hit.document.source,
                "page": hit.passage.page,
                "section": list(hit.passage.section),
                "language": hit.passage.language,
                "text": hit.passage.text,
            }
            for rank, hit in enumerate(values, 1)
        ],
    }


def documents(values: Sequence[Document]) -> str:
    """A line a document: id, language, passages, title."""
    return "\n".join(_document(value) for value in values) or "no documents"


def _document(value: Document) -> str:
    amount = f"duplicate of {value.duplicate_of}" if value.duplicate_of else f"{value.passages} passages"
    return one_line(f"{value.id}  [{value.language}]  {amount}  {value.title}")


def _indent(text: str) -> str:
    return "\n".join(f"   {line}" for line in text.split("\n"))
