"""How fast the store is: `python benchmarks/store.py --sizes 1000 20000 100000`.

Measures, through the `PassageStore` that the library uses (payload, checks, record look-ups and all): insertion,
opening, and a hybrid question (one sparse and one dense search) with and without a filter. Beside it, in the same run
and on the same vectors: qdrant-client's local mode and llama-index's default SimpleVectorStore (dense only), both with
plain calls.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from jazari_rag.domain import Document, IndexedPassage, Passage, SparseVector, VectorQuery

PER_DOCUMENT = 20
TEXT = " ".join(f"mot{number % 97}" for number in range(150))


@dataclass(frozen=True)
class Row:
    engine: str
    size: int
    insert: float
    """Passages a second of wall time."""
    insert_cpu: float
    """Passages a second of this process's CPU time: what counts when the machine is shared."""
    commit: float
    open: float
    plain: tuple[float, float]
    """p50 and p95 of a hybrid question, milliseconds."""
    filtered: tuple[float, float]


class World:
    """Passages around 200 topics, so that neighbours exist, with a Zipf-like vocabulary."""

    def __init__(self, dimension: int) -> None:
        self._random = np.random.default_rng(7)
        self._topics = self._random.normal(size=(200, dimension))
        self.dimension = dimension

    def dense(self) -> tuple[float, ...]:
        topic = self._topics[self._random.integers(len(self._topics))]
        return tuple((topic + 0.7 * self._random.normal(size=self.dimension)).tolist())

    def sparse(self, terms: int) -> SparseVector:
        indices = np.unique(np.minimum(self._random.zipf(1.3, terms), 50_000))
        return SparseVector(tuple(indices.tolist()), tuple(self._random.uniform(0.2, 2, len(indices)).tolist()))

    def documents(self, size: int) -> Iterator[tuple[Document, list[IndexedPassage]]]:
        for first in range(0, size, PER_DOCUMENT):
            name = f"document-{first}"
            metadata = {"jurisdiction": "MA" if first % 3 else "FR", "tenant": f"t{first // PER_DOCUMENT % 50}"}
            numbers = range(first, min(first + PER_DOCUMENT, size))
            passages = [IndexedPassage(_passage(name, n, metadata), self.sparse(60), self.dense()) for n in numbers]
            document = Document(name, f"Titre {first}", f"{name}.pdf", "fr", "1", metadata, len(passages), 4)
            yield document, passages

    def questions(self, count: int) -> list[tuple[SparseVector, tuple[float, ...]]]:
        return [(self.sparse(8), self.dense()) for _ in range(count)]


def _passage(name: str, number: int, metadata: dict[str, str]) -> Passage:
    start = number * 1000
    section = ("Titre premier", f"Article {number}")
    return Passage(str(number), name, TEXT, 1 + number % 4, section, start, start + len(TEXT), "fr", metadata)


class Stopwatch:
    """Adds up wall and CPU seconds."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def start(self) -> None:
        self.wall -= time.perf_counter()
        self.cpu -= time.process_time()

    def stop(self) -> None:
        self.wall += time.perf_counter()
        self.cpu += time.process_time()


def _percentiles(ask: Callable[[int], object], count: int) -> tuple[float, float]:
    ask(0)
    spent = []
    for number in range(count):
        start = time.perf_counter()
        ask(number)
        spent.append((time.perf_counter() - start) * 1000)
    return float(np.percentile(spent, 50)), float(np.percentile(spent, 95))


def ours(folder: Path, world: World, size: int, limits: list[int], questions: int) -> Iterator[Row]:
    from jazari_rag.adapters.qdrant_edge import open_edge

    store = open_edge(folder, fingerprint="benchmark", dimension=world.dimension)
    store.begin()
    clock = Stopwatch()
    for document, passages in world.documents(size):
        clock.start()
        store.replace(document, passages)
        clock.stop()
    start = time.perf_counter()
    store.commit()
    committing = time.perf_counter() - start
    store.close()
    start = time.perf_counter()
    store = open_edge(folder, fingerprint="benchmark", dimension=world.dimension)
    opening = time.perf_counter() - start
    asked = world.questions(questions)

    def ask(number: int, limit: int, **where: str) -> None:
        for vector in asked[number]:
            store.search(VectorQuery(vector, limit, where))

    for limit in limits:
        plain = _percentiles(partial(ask, limit=limit), questions)
        filtered = _percentiles(partial(ask, limit=limit, tenant="t7"), questions)
        yield Row(
            f"jazari (Qdrant Edge), top {limit}",
            size,
            size / clock.wall,
            size / clock.cpu,
            committing,
            opening,
            plain,
            filtered,
        )
    store.close()


def local_mode(folder: Path, world: World, size: int, limits: list[int], questions: int) -> Iterator[Row]:
    import warnings

    from qdrant_client import QdrantClient, models

    warnings.simplefilter("ignore")
    client = QdrantClient(path=str(folder))
    client.create_collection(
        "c",
        vectors_config={"dense": models.VectorParams(size=world.dimension, distance=models.Distance.COSINE)},
        sparse_vectors_config={"lexical": models.SparseVectorParams(modifier=models.Modifier.IDF)},
    )
    clock, number = Stopwatch(), 0
    for document, passages in world.documents(size):
        clock.start()
        points = []
        for item in passages:
            sparse = models.SparseVector(indices=list(item.sparse.indices), values=list(item.sparse.values))
            payload = {"text": item.passage.text, **document.metadata}
            points.append(
                models.PointStruct(
                    id=number, vector={"dense": list(item.dense or ()), "lexical": sparse}, payload=payload
                )
            )
            number += 1
        client.upsert("c", points)
        clock.stop()
    client.close()
    start = time.perf_counter()
    client = QdrantClient(path=str(folder))
    opening = time.perf_counter() - start
    asked, limit = world.questions(questions), limits[0]
    tenant = models.Filter(must=[models.FieldCondition(key="tenant", match=models.MatchValue(value="t7"))])

    def ask(number: int, where: models.Filter | None = None) -> None:
        sparse, dense = asked[number]
        terms = models.SparseVector(indices=list(sparse.indices), values=list(sparse.values))
        client.query_points("c", terms, using="lexical", limit=limit, query_filter=where)
        client.query_points("c", list(dense), using="dense", limit=limit, query_filter=where)

    plain = _percentiles(ask, questions)
    filtered = _percentiles(lambda number: ask(number, tenant), questions)
    client.close()
    yield Row(
        f"qdrant-client path=, top {limit}", size, size / clock.wall, size / clock.cpu, 0.0, opening, plain, filtered
    )


def llama_index_default(folder: Path, world: World, size: int, limits: list[int], questions: int) -> Iterator[Row]:
    from llama_index.core.schema import TextNode
    from llama_index.core.vector_stores import MetadataFilter, MetadataFilters, SimpleVectorStore, VectorStoreQuery

    file = str(folder.with_suffix(".json"))
    store = SimpleVectorStore()
    clock = Stopwatch()
    for document, passages in world.documents(size):
        clock.start()
        store.add([
            TextNode(text=item.passage.text, embedding=list(item.dense or ()), metadata=dict(document.metadata))
            for item in passages
        ])  # fmt: skip
        clock.stop()
    start = time.perf_counter()
    store.persist(file)
    committing = time.perf_counter() - start
    start = time.perf_counter()
    store = SimpleVectorStore.from_persist_path(file)
    opening = time.perf_counter() - start
    asked, limit = world.questions(questions), limits[0]
    tenant = MetadataFilters(filters=[MetadataFilter(key="tenant", value="t7")])

    def ask(number: int, where: MetadataFilters | None = None) -> None:
        dense = list(asked[number][1])
        store.query(VectorStoreQuery(query_embedding=dense, similarity_top_k=limit, filters=where))

    plain = _percentiles(ask, questions)
    filtered = _percentiles(lambda number: ask(number, tenant), questions)
    yield Row(
        f"llama-index default (dense only), top {limit}",
        size,
        size / clock.wall,
        size / clock.cpu,
        committing,
        opening,
        plain,
        filtered,
    )


def _table(rows: list[Row]) -> Iterator[str]:
    heads = "engine, passages, insert/s, insert/CPU s, commit s, open s"
    heads += ", hybrid p50 ms, p95 ms, + filter p50 ms, p95 ms, p50 x ours"
    yield f"| {heads.replace(', ', ' | ')} |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    base = {row.size: row.plain[0] for row in reversed(rows) if row.engine.startswith("jazari")}
    for row in rows:
        times = " | ".join(f"{value:.1f}" for value in (*row.plain, *row.filtered))
        ratio = f"{row.plain[0] / base[row.size]:.0f}" if row.size in base else "-"
        rates = f"{row.size:,} | {row.insert:,.0f} | {row.insert_cpu:,.0f} | {row.commit:.1f} | {row.open:.2f}"
        yield f"| {row.engine} | {rates} | {times} | {ratio} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 20_000, 100_000])
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--limits", type=int, nargs="+", default=[10, 100], help="passages asked for by each search")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--local-mode-cap", type=int, default=1000, help="qdrant-client path= is slow: skipped above")
    parser.add_argument("--llama-index-cap", type=int, default=20_000, help="SimpleVectorStore is slow: skipped above")
    options = parser.parse_args()
    rows: list[Row] = []
    for size in options.sizes:
        for measure, cap in (
            (ours, None),
            (local_mode, options.local_mode_cap),
            (llama_index_default, options.llama_index_cap),
        ):
            if cap is not None and size > cap:
                print(f"{measure.__name__} is skipped above {cap:,} passages: it would take too long", flush=True)
                continue
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder) / "store"
                rows += measure(place, World(options.dimension), size, options.limits, options.questions)
    print(*_table(rows), sep="\n")


if __name__ == "__main__":
    main()
