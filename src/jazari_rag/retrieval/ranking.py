"""The one order of hits, so that a search gives the same list every time."""

from __future__ import annotations

from collections.abc import Iterable

from jazari_rag.domain import Hit


def best_first(hits: Iterable[Hit]) -> list[Hit]:
    """Highest score first; ties by document id, page, offset."""
    return sorted(hits, key=_order)


def _order(hit: Hit) -> tuple[float, str, int, int]:
    passage = hit.passage
    return -hit.score, passage.document_id, passage.page, passage.start
