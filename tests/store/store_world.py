"""Documents and engines for the tests of the store."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jazari_rag.adapters.qdrant_points import (
    Conditions,
    Found,
    Point,
    PointEngine,
    Read,
    Scroll,
    ScrollPage,
)
from jazari_rag.domain import Document, Hit, IndexedPassage, Metadata, Passage, Reference, SparseVector, VectorQuery
from jazari_rag.errors import StoreError
from jazari_rag.ports import PassageStore

DIMENSION = 4
COMMON = 7
"""A term of every passage."""


def document(name: str, revision: str = "1", *, language: str = "fr", **changes: Any) -> Document:
    values: dict[str, Any] = {"title": f"Titre de {name}", "source": f"{name}.pdf", "passages": 3, "pages": 2}
    return Document(id=name, language=language, revision=revision, **{**values, **changes})


def indexed(
    name: str,
    number: int,
    *,
    revision: str = "1",
    language: str = "fr",
    metadata: Metadata | None = None,
    term: int = 0,
) -> IndexedPassage:
    """Passage `number` of a document: its own term, the common one, and a direction that turns with its number."""
    text = f"{name} {revision} passage {number}"
    passage = Passage(
        id=f"{number}",
        document_id=name,
        text=text,
        page=1 + number // 2,
        section=("Titre I", f"Article {number}"),
        start=number * 100,
        end=number * 100 + len(text),
        language=language,
        metadata=metadata or {},
        references=(Reference(("12-bis", "13..15"), "code pénal", number * 100, number * 100 + 4),),
    )
    sparse = SparseVector((COMMON, term or 1000 + number), (0.5, 1.0 + number / 8))
    return IndexedPassage(passage, sparse, (math.cos(number / 9), math.sin(number / 9), 0.25, 0.5))


def passages(name: str, count: int = 3, **options: Any) -> list[IndexedPassage]:
    return [indexed(name, number, **options) for number in range(count)]


def put(store: PassageStore, name: str, revision: str = "1", *, count: int = 3, **options: Any) -> Document:
    """Writes a document, in a session of its own."""
    made = document(
        name, revision, passages=count, **{k: v for k, v in options.items() if k in ("language", "metadata")}
    )
    store.begin()
    store.replace(made, passages(name, count, revision=revision, **options))
    store.commit()
    return made


def common(limit: int = 10, **where: Any) -> VectorQuery:
    """Finds every passage."""
    return VectorQuery(SparseVector((COMMON,), (1.0,)), limit, where)


def dense(limit: int = 10, **where: Any) -> VectorQuery:
    return VectorQuery((1.0, 0.1, 0.25, 0.5), limit, where)


def texts(hits: Sequence[Hit]) -> list[str]:
    return sorted(hit.passage.text for hit in hits)


def contents(store: PassageStore) -> dict[str, tuple[Document, list[str]]]:
    """All that a reader can see."""
    return {item.id: (item, [stored.passage.text for stored in store.passages(item.id)]) for item in store.documents()}


@dataclass
class FaultyEngine:
    """Fails on the Nth call of any kind, before or after its work; then works again."""

    engine: PointEngine
    nth: int = 0
    afterwards: bool = False
    calls: int = 0

    @property
    def location(self) -> str:
        return self.engine.location

    def _call(self, work: Any) -> Any:
        self.calls += 1
        if self.calls != self.nth:
            return work()
        if self.afterwards:
            work()
        raise StoreError(f"injected failure of call {self.nth}")

    def read(self, request: Read) -> list[Found]:
        return self._call(lambda: self.engine.read(request))

    async def aread(self, request: Read) -> list[Found]:
        return await self.engine.aread(request)

    def scroll(self, request: Scroll) -> ScrollPage:
        return self._call(lambda: self.engine.scroll(request))

    def count(self, conditions: Conditions) -> int:
        return self._call(lambda: self.engine.count(conditions))

    def upsert(self, points: Sequence[Point]) -> None:
        self._call(lambda: self.engine.upsert(points))

    def delete(self, conditions: Conditions) -> None:
        self._call(lambda: self.engine.delete(conditions))

    def delete_ids(self, ids: Sequence[str]) -> None:
        self._call(lambda: self.engine.delete_ids(ids))

    def flush(self) -> None:
        self._call(self.engine.flush)

    def optimize(self) -> None:
        self._call(self.engine.optimize)

    def recreate(self, dimension: int | None) -> None:
        self._call(lambda: self.engine.recreate(dimension))

    def close(self) -> None:
        self.engine.close()
