"""What a collection says of itself in one point."""

from __future__ import annotations

import json
from dataclasses import dataclass

from jazari_rag.adapters.qdrant_payloads import MANIFEST, MANIFEST_ID
from jazari_rag.adapters.qdrant_points import BODY, KIND, Lookup, Point, PointEngine
from jazari_rag.errors import StoreError, StoreMismatchError

SCHEMA = 1
"""Of the points: raised when an older library could not read what this one writes."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest's point.

    Attributes:
        fingerprint: Of what made the vectors.
        dimension: Of the dense vectors; None without.
        writing: A session wrote and was not committed: it is under way, or died.
        unoptimized: Points written since the engine last built its indexes.
        owner: Who writes, where several processes could.
        expires: When another may take over, in seconds since 1970; 0 at once.
    """

    fingerprint: str
    dimension: int | None
    schema: int = SCHEMA
    writing: bool = False
    unoptimized: int = 0
    owner: str = ""
    expires: float = 0.0

    def __str__(self) -> str:
        vectors = "sparse vectors alone" if self.dimension is None else f"dimension {self.dimension}"
        return f"{self.fingerprint!r} ({vectors}, schema {self.schema})"

    def describes(self, other: Manifest) -> bool:
        """Whether vectors of both compare."""
        mine, theirs = ((item.fingerprint, item.dimension, item.schema) for item in (self, other))
        return mine == theirs


def read_manifest(engine: PointEngine) -> Manifest | None:
    for found in engine.read(Lookup((MANIFEST_ID,))):
        body = json.loads(str(found.payload[BODY]))
        return Manifest(**{name: body[name] for name in Manifest.__slots__ if name in body})
    return None


def write_manifest(engine: PointEngine, manifest: Manifest) -> None:
    body = {name: getattr(manifest, name) for name in Manifest.__slots__}
    engine.upsert([Point(MANIFEST_ID, {KIND: MANIFEST, BODY: json.dumps(body)})])


def bind(engine: PointEngine, wanted: Manifest) -> Manifest:
    """The stored manifest, or a new one in an empty collection.

    Raises:
        StoreMismatchError: The vectors stored do not compare with those wanted (I8).
        StoreError: The collection holds points and no manifest: it is not ours.
    """
    stored = read_manifest(engine)
    if stored is None:
        if engine.count(()):
            raise StoreError(
                f"{engine.location} holds points that this library did not write: nothing was changed. "
                "Name another location or collection.",
                location=engine.location,
            )
        write_manifest(engine, wanted)
        stored = wanted
    if not stored.describes(wanted):
        raise StoreMismatchError(engine.location, str(stored), str(wanted))
    return stored
