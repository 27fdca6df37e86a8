"""What a dead writing session left behind, found and removed. Killed half-way, it can simply run again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jazari_rag.adapters.qdrant_payloads import PASSAGE, RECORD, record_of
from jazari_rag.adapters.qdrant_points import DOCUMENT, KIND, VERSION, Condition, Found, PointEngine, Scroll

PASSAGES = Condition(KIND, (PASSAGE,))
RECORDS = Condition(KIND, (RECORD,))

_BATCH = 1000


def scroll(engine: PointEngine, request: Scroll) -> Iterator[Found]:
    """Every point that meets the conditions, page after page."""
    while True:
        page = engine.scroll(request)
        yield from page.found
        if page.after is None:
            return
        request = Scroll(request.conditions, request.keys, request.vectors, page.after, request.limit)


def heal(engine: PointEngine) -> set[str]:
    """Deletes the passages of no current revision.

    Returns:
        The ids of documents that do not have as many passages as their record says.
    """
    versions: dict[str, str] = {}
    expected: dict[str, int] = {}
    for found in scroll(engine, Scroll((RECORDS,))):
        record = record_of(found)
        document = record.document
        versions[document.id] = record.version
        expected[document.id] = 0 if document.duplicate_of is not None else document.passages
    tally: Counter[str] = Counter()
    orphans = []
    for found in scroll(engine, Scroll((PASSAGES,), keys=(DOCUMENT, VERSION))):
        document_id = str(found.payload[DOCUMENT])
        if versions.get(document_id) == found.payload[VERSION]:
            tally[document_id] += 1
        else:
            orphans.append(found.id)
    for start in range(0, len(orphans), _BATCH):
        engine.delete_ids(orphans[start : start + _BATCH])
    return {document_id for document_id, count in expected.items() if tally[document_id] != count}
