"""What a retriever and a store are asked, and the vectors that they compare."""

from __future__ import annotations

from dataclasses import dataclass, field

from jazari_rag.domain.passages import Passage
from jazari_rag.domain.value import Value, Where


@dataclass(frozen=True, slots=True)
class SparseVector(Value):
    """A bag of weighted terms: `indices` are unsigned 32-bit, unique; `values` finite, as many."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class IndexedPassage(Value):
    """A passage with what it is found by. `dense` has the embedder's dimension, or is None without one."""

    passage: Passage
    sparse: SparseVector
    dense: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class VectorQuery(Value):
    """A question to the store: the `limit` best passages by dot product (sparse, with IDF) or cosine (dense)."""

    vector: SparseVector | tuple[float, ...]
    limit: int
    where: Where = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Query(Value):
    """A question to a retriever; `language` as it was identified."""

    text: str
    language: str
    limit: int = 10
    where: Where = field(default_factory=dict)
