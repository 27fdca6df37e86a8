"""Points in neutral words, and the engine that a passage store needs: Qdrant in this process, or on a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from jazari_rag.domain import SparseVector

DENSE = "dense"
"""The named vector compared by cosine."""
LEXICAL = "lexical"
"""The named sparse vector compared by dot product, with the engine's IDF."""

KIND, DOCUMENT, VERSION, FACETS, BODY = "kind", "document_id", "version", "facets", "body"
CURRENT = "current"
"""In a record: the `version` of its passages. Under a key of its own, so that a version alone selects passages."""
INDEXED = (KIND, DOCUMENT, VERSION, FACETS)
"""Payload keys with a keyword index."""

Payload: TypeAlias = Mapping[str, object]
QueryVector: TypeAlias = SparseVector | Sequence[float]


@dataclass(frozen=True, slots=True)
class Condition:
    """The payload's `key` holds one of `values` (or none of them); an array holds what its items are."""

    key: str
    values: tuple[str, ...]
    negated: bool = False


Conditions: TypeAlias = tuple[Condition, ...]
"""All must hold."""


@dataclass(frozen=True, slots=True)
class Point:
    """What is written. `id` is a UUID in hexadecimal with dashes."""

    id: str
    payload: Payload
    sparse: SparseVector | None = None
    dense: Sequence[float] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What is read back; vectors only where they were asked for. A dense vector comes back normalised.

    A search may leave `id` empty and give only what a hit needs of the payload: converting either has its price.
    """

    id: str
    payload: Payload
    score: float = 0.0
    sparse: SparseVector | None = None
    dense: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """Asks for the `limit` best points by this vector, best first."""

    vector: QueryVector
    limit: int
    conditions: Conditions = ()
    vectors: bool = False
    """Whether the lexical vectors of what is found are wanted."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Asks for points by id, in any order; unknown ids are left out. Without `payload`, whether they exist."""

    ids: tuple[str, ...]
    payload: bool = True


@dataclass(frozen=True, slots=True)
class Rarities:
    """Asks for the IDF of terms among the points that meet the conditions.

    One point a known term comes back: its `sparse` holds the term and its IDF alone. Engines keep no such figure, but
    score a passage by it: asked for the best passage of a term, they give the IDF times the weight that is stored.
    """

    terms: tuple[int, ...]
    conditions: Conditions


Read: TypeAlias = Nearest | Lookup | Rarities


@dataclass(frozen=True, slots=True)
class Scroll:
    """Asks for a page of the points that meet the conditions, in the order of their ids.

    `keys` are the payload keys wanted (None: all). `after` is what the page before returned.
    """

    conditions: Conditions
    keys: tuple[str, ...] | None = None
    vectors: bool = False
    after: str | None = None
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class ScrollPage:
    found: list[Found] = field(default_factory=list)
    after: str | None = None
    """Where the next page starts; None on the last."""


def rarity_found(term: int, best: Found) -> Found:
    """The answer to `Rarities` for a term, from the best point of a search for it with weight 1."""
    vector = best.sparse or SparseVector((), ())
    stored = dict(zip(vector.indices, vector.values, strict=True)).get(term, 0.0)
    return Found("", {}, sparse=SparseVector((term,), (best.score / stored if stored else 0.0,)))


class PointEngine(Protocol):
    """One collection of points. Writes are applied when a call returns; every failure is a `StoreError`."""

    @property
    def location(self) -> str:
        """Where it is, for messages."""
        ...

    def read(self, request: Read) -> list[Found]: ...

    async def aread(self, request: Read) -> list[Found]: ...

    def scroll(self, request: Scroll) -> ScrollPage: ...

    def count(self, conditions: Conditions) -> int: ...

    def upsert(self, points: Sequence[Point]) -> None: ...

    def delete(self, conditions: Conditions) -> None: ...

    def delete_ids(self, ids: Sequence[str]) -> None: ...

    def flush(self) -> None:
        """Returns when what was written survives a power cut."""
        ...

    def optimize(self) -> None:
        """Builds the indexes that make search fast; may take minutes and stop the process meanwhile."""
        ...

    def recreate(self, dimension: int | None) -> None:
        """Empties the collection, for dense vectors of this dimension (None: sparse vectors alone)."""
        ...

    def close(self) -> None: ...
