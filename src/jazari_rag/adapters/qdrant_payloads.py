"""Domain values as points and back, and the checks that a vector passes before it is stored or searched.

A point's payload has few keys that are indexed, and the value itself as JSON text in `body`: converting a nested
payload costs the engine's binding several times as much. Metadata is filtered by `facets`, a list of `key=value` texts
under one keyword index: any key and any value can be filtered, alike in every engine (Qdrant Edge matches no
boolean, and a key with a quotation mark cannot be addressed as a path).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np

from jazari_rag.adapters.qdrant_points import BODY, CURRENT, DOCUMENT, FACETS, KIND, VERSION, Condition, Found, Point
from jazari_rag.domain import Document, IndexedPassage, Metadata, Passage, Reference, SparseVector, Where
from jazari_rag.errors import EmbeddingError, StoreError, UsageError

PASSAGE, RECORD, MANIFEST = "passage", "record", "manifest"

_SPACE = UUID("6d1f3c0e-52c1-5b0e-9f2d-7f1b8a4d9c11")
_LONGEST_FACET = 160


def point_id(*parts: str) -> str:
    """The same id for the same parts, on every machine."""
    name = "".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")
    digest = hashlib.sha1(_SPACE.bytes + name, usedforsecurity=False).digest()
    return str(UUID(bytes=digest[:16], version=5))


MANIFEST_ID = point_id(MANIFEST)


def record_id(document_id: str) -> str:
    return point_id(RECORD, document_id)


def version_of(document: Document) -> str:
    """Names this revision of this document. A duplicate's has no passages, whatever was stored before."""
    return point_id(VERSION, document.id, document.revision, document.duplicate_of or "")


# -- filters ---------------------------------------------------------------------------------------------------------


def facet(key: str, value: object) -> str:
    """`key=value`; 2024, 2024.0 and "2024" are alike, as are True and "true"."""
    if isinstance(value, bool):
        value = "true" if value else "false"
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _storable(f"{key.replace('%', '%25').replace('=', '%3D')}={value}")
    if len(text) <= _LONGEST_FACET:
        return text
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def facets(metadata: Metadata, language: str) -> list[str]:
    """Everything a filter can ask of a point. `language` is the value's own, not the metadata's."""
    found = {facet(key, item) for key, value in metadata.items() if key != "language" for item in _items(value)}
    return sorted(found | {facet("language", language)})


def conditions_of(where: Where) -> tuple[Condition, ...] | None:
    """The filter in the engine's words, or None when nothing can meet it (an empty list of values)."""
    conditions = []
    if not isinstance(where, Mapping) or not all(isinstance(key, str) for key in where):
        raise UsageError(f"cannot filter by {where!r}: use a mapping of names to values")
    for key, value in where.items():
        values = tuple(_items(value))
        if not values:
            return None
        if any(not isinstance(item, (str, int, float)) for item in values):
            raise UsageError(f"cannot filter {key!r} by {value!r}: use a text, a number, a boolean, or a list of them")
        if key == DOCUMENT:
            conditions.append(Condition(DOCUMENT, tuple(str(item) for item in values)))
        else:
            conditions.append(Condition(FACETS, tuple(facet(key, item) for item in values)))
    return tuple(conditions)


def _items(value: object) -> Iterable[object]:
    if isinstance(value, (list, tuple, set, frozenset)):
        return value
    return (value,)


# -- records ---------------------------------------------------------------------------------------------------------


def record_point(document: Document) -> Point:
    payload = {
        KIND: RECORD,
        DOCUMENT: document.id,
        CURRENT: version_of(document),
        FACETS: facets(document.metadata, document.language),
        BODY: _encoded({name: getattr(document, name) for name in Document.__slots__}),
    }
    return Point(record_id(document.id), payload)


@dataclass(frozen=True, slots=True)
class Record:
    """A document as it is stored, and the version that its passages have."""

    document: Document
    version: str


def record_of(found: Found) -> Record:
    body = _decoded(found)
    body["metadata"] = _frozen(body["metadata"])
    return Record(Document(**body), str(found.payload[CURRENT]))


# -- passages --------------------------------------------------------------------------------------------------------


def passage_points(document: Document, passages: Sequence[IndexedPassage]) -> list[Point]:
    """The points of a document's passages.

    Raises:
        StoreError: A passage is of another document, or two have one id.
    """
    version = version_of(document)
    points = [_passage_point(document, version, item) for item in passages]
    if len({point.id for point in points}) != len(points):
        raise StoreError(f"{document.id}: two of its passages have the same id")
    return points


def _passage_point(document: Document, version: str, item: IndexedPassage) -> Point:
    passage = item.passage
    if passage.document_id != document.id:
        raise StoreError(f"passage {passage.id} belongs to {passage.document_id}, not to {document.id}")
    payload = {
        KIND: PASSAGE,
        DOCUMENT: document.id,
        VERSION: version,
        FACETS: facets({**document.metadata, **passage.metadata}, passage.language),
        BODY: _encoded(
            {
                "id": passage.id,
                "text": passage.text,
                "page": passage.page,
                "section": passage.section,
                "start": passage.start,
                "end": passage.end,
                "language": passage.language,
                "metadata": dict(passage.metadata),
                "references": [[one.articles, one.law, one.start, one.end] for one in passage.references],
            }
        ),
    }
    return Point(point_id(PASSAGE, version, passage.id), payload, item.sparse, item.dense)


def passage_of(found: Found) -> Passage:
    return _passage(str(found.payload[DOCUMENT]), str(found.payload[BODY]))


@lru_cache(maxsize=10_000)
def _passage(document_id: str, encoded: str) -> Passage:
    """Kept, since the same passages come up for many questions: some 3 kB each."""
    body = json.loads(encoded)
    body["section"] = tuple(body["section"])
    body["metadata"] = _frozen(body["metadata"])
    body["references"] = tuple(Reference(tuple(articles), *rest) for articles, *rest in body["references"])
    return Passage(document_id=document_id, **body)


def indexed_passage_of(found: Found) -> IndexedPassage:
    return IndexedPassage(passage_of(found), found.sparse or SparseVector((), ()), found.dense)


def _plain(value: object) -> object:
    """What the JSON encoder does not know."""
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, (Sequence, set, frozenset)) else str(value)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
_encode_ascii = json.JSONEncoder(separators=(",", ":"), default=_plain).encode


def _encoded(value: Mapping[str, object]) -> str:
    """`value` as JSON. Half characters (of odd file names, say), which no engine stores, are escaped and come back."""
    text = _encode(value)
    return text if _is_storable(text) else _encode_ascii(value)


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _storable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _decoded(found: Found) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(str(found.payload[BODY]))
    return body


def _frozen(metadata: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in metadata.items()}


# -- vectors ---------------------------------------------------------------------------------------------------------


def check_passages(passages: Sequence[IndexedPassage], dimension: int | None) -> None:
    """Every passage can be found: finite, non-zero vectors of the right dimension (I1).

    Raises:
        EmbeddingError: One cannot; the message names it. A passage without any term is accepted beside a dense vector.
    """
    for item in passages:
        _check_sparse(item.sparse, item.passage.id)
        if dimension is None and not item.sparse.indices:
            raise EmbeddingError(f"passage {item.passage.id} has neither terms nor a dense vector: nothing can find it")
        if (item.dense is None) != (dimension is None):
            wanted = "no dense vector" if dimension is None else f"a dense vector of dimension {dimension}"
            raise EmbeddingError(f"passage {item.passage.id}: this store wants {wanted}")
    if dimension is not None:
        _check_dense([item.dense for item in passages], dimension, [item.passage.id for item in passages])


def check_query(vector: SparseVector | Sequence[float], dimension: int | None) -> None:
    """The question can be compared.

    Raises:
        EmbeddingError: It cannot: not finite, zero, or of another dimension.
    """
    if isinstance(vector, SparseVector):
        _check_sparse(vector, "question")
    elif dimension is None:
        raise EmbeddingError("this store has no dense vectors: open it with an embedder, and ingest again")
    else:
        _check_dense([vector], dimension, ["question"])


def _check_sparse(vector: SparseVector, name: str) -> None:
    if len(vector.indices) != len(vector.values) or len(set(vector.indices)) != len(vector.indices):
        raise EmbeddingError(f"{name}: a sparse vector needs unique indices, and as many values")
    if vector.indices and not 0 <= min(vector.indices) <= max(vector.indices) < 2**32:
        raise EmbeddingError(f"{name}: indices of a sparse vector are unsigned 32-bit numbers")
    if not math.isfinite(sum(vector.values)) or (vector.indices and not any(vector.values)):
        raise EmbeddingError(f"{name}: the values of its sparse vector are not finite, or all zero")


def _check_dense(vectors: Sequence[Sequence[float] | None], dimension: int, names: Sequence[str]) -> None:
    for vector, name in zip(vectors, names, strict=True):
        if vector is None or len(vector) != dimension:
            got = "none" if vector is None else f"dimension {len(vector)}"
            raise EmbeddingError(f"{name}: a dense vector of dimension {dimension} is wanted, got {got}")
    if not vectors:
        return
    with np.errstate(over="ignore"):
        norms = np.linalg.norm(np.asarray(vectors, dtype=np.float32), axis=1)
    for position in np.flatnonzero(~np.isfinite(norms) | (norms == 0)):
        raise EmbeddingError(f"{names[int(position)]}: its dense vector is not finite, or zero")
