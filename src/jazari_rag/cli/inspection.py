"""A document as it was read: as text, as JSON, for `jazari inspect`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from jazari_rag.cli.output import one_line
from jazari_rag.domain import MarkKind, Page, Passage

if TYPE_CHECKING:
    from jazari_rag.ingestion.reading import Inspection


def as_text(value: Inspection) -> str:
    """The document's fields and facts, its pages with what was noticed, its headings as a tree, its passages."""
    lines = [f"{key}: {one_line(str(item))}" for key, item in value.document.items() if item not in ("", None, {}, ())]
    lines += ["", "facts", *_facts(value.facts)]
    lines += ["", f"{len(value.pages)} pages"]
    lines += [_page(page, language) for page, language in zip(value.pages, value.languages, strict=True)]
    lines += ["", "structure", *_tree(value)]
    lines += ["", f"{len(value.passages)} passages", *_passages(value.passages)]
    return "\n".join(lines)


def _facts(facts: Mapping[str, object]) -> Iterator[str]:
    """A line a fact: what it is, how sure that is, and where it stands."""
    for name, found in facts.items():
        for fact in found if isinstance(found, list) else [found]:
            if isinstance(fact, Mapping):
                place = f"p. {fact['page']}" if fact["page"] else "title"
                evidence = one_line(str(fact["evidence"]))
                yield f"  {name}: {one_line(str(fact['value']))} ({fact['confidence']:.2f}, {place}: « {evidence} »)"


def _page(page: Page, language: str) -> str:
    quality = page.quality
    repairs = [f"{name} × {count}" for name, count in quality.repairs.items()]
    sure = "" if quality.confidence is None else f"confidence {quality.confidence:g}"
    notes = [language, quality.engine, sure, *quality.reasons, *repairs]
    return f"  p. {page.number}: {len(page.text)} characters" + "".join(f", {note}" for note in notes if note)


def _tree(value: Inspection) -> Iterator[str]:
    """A line a heading, set in below the one that it stands under."""
    for page, headings in zip(value.pages, value.headings, strict=True):
        for heading in headings:
            yield f"{'  ' * heading.level}{one_line(heading.label)}  [p. {page.number}: {heading.start}]"


def _passages(values: Iterable[Passage]) -> Iterator[str]:
    for value in values:
        place = " › ".join((f"p. {value.page} [{value.start}:{value.end}]", *value.section))
        yield f"\n{value.id}  {one_line(place)}  [{value.language}]"
        if value.references:
            named = (f"{', '.join(one.articles)}{f' ({one.law})' if one.law else ''}" for one in value.references)
            yield f"   → {one_line('; '.join(named))}"
        yield "\n".join(f"   {line}" for line in value.text.split("\n"))


def as_document(value: Inspection) -> dict[str, object]:
    """As `jazari inspect --json` prints it."""
    read = zip(value.pages, value.languages, value.headings, strict=True)
    return {
        "document": {**value.document, "facts": dict(value.facts)},
        "pages": [
            {
                "number": page.number,
                "text": page.text,
                "quality": page.quality.to_dict(),
                "language": language,
                "repaired": [[mark.start, mark.end, mark.note] for mark in page.marks if mark.kind is MarkKind.REPAIR],
                "headings": [heading.to_dict() for heading in headings],
            }
            for page, language, headings in read
        ],
        "passages": [
            {
                "id": passage.id,
                "text": passage.text,
                "page": passage.page,
                "start": passage.start,
                "end": passage.end,
                "section": list(passage.section),
                "language": passage.language,
                "references": [reference.to_dict() for reference in passage.references],
            }
            for passage in value.passages
        ],
    }
