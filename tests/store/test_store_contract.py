"""What every passage store does, whatever its engine."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from store_world import COMMON, common, contents, dense, document, indexed, passages, put, texts

from jazari_rag.domain import SparseVector, VectorQuery
from jazari_rag.errors import EmbeddingError, StoreError, StoreMismatchError, UsageError
from jazari_rag.ports import PassageStore


def test_what_is_written_is_read_back_whole(store: PassageStore) -> None:
    made = put(store, "cnie", metadata={"jurisdiction": "MA"}, language="ar")
    read = store.passages("cnie")
    assert store.document("cnie") == made
    assert [item.passage for item in read] == [
        item.passage for item in passages("cnie", language="ar", metadata={"jurisdiction": "MA"})
    ]
    for item, wrote in zip(read, passages("cnie"), strict=True):
        assert dict(zip(item.sparse.indices, item.sparse.values, strict=True)) == pytest.approx(
            dict(zip(wrote.sparse.indices, wrote.sparse.values, strict=True))
        )
        assert item.dense is not None
        assert wrote.dense is not None
        assert np.dot(item.dense, wrote.dense) / np.linalg.norm(wrote.dense) == pytest.approx(1.0, abs=1e-5)


def test_a_search_finds_by_terms_and_by_direction(store: PassageStore) -> None:
    put(store, "a")
    put(store, "b")
    hits = store.search(VectorQuery(SparseVector((1002,), (1.0,)), 10))
    assert texts(hits) == ["a 1 passage 2", "b 1 passage 2"]
    assert hits[0].document == store.document("a")
    assert [hit.passage.text for hit in store.search(dense(2))] == ["a 1 passage 1", "b 1 passage 1"]


def test_records_are_never_hits(store: PassageStore) -> None:
    put(store, "a")
    store.record(document("empty", passages=0))
    assert len(store.search(dense(100))) == len(store.search(common(100))) == 3


def test_the_rarer_term_weighs_more(store: PassageStore) -> None:
    put(store, "a", count=8)
    found = store.search(VectorQuery(SparseVector((COMMON, 1003), (1.0, 1.0)), 8))
    assert found[0].passage.id == "3"
    assert found[0].score > 3 * found[1].score


def test_equal_scores_are_ordered_by_document_then_page_then_offset(store: PassageStore) -> None:
    names = ["ح", "b", "é", "a", "z"]
    for name in names:
        put(store, name, count=5)
    query = VectorQuery(SparseVector((COMMON,), (1.0,)), 25)
    got = [(hit.passage.document_id, hit.passage.page, hit.passage.start) for hit in store.search(query)]
    assert got == sorted(got)
    assert len(got) == 25
    for limit in (1, 4, 7, 24):
        cut = store.search(replace(query, limit=limit))
        assert [(hit.passage.document_id, hit.passage.page, hit.passage.start) for hit in cut] == got[:limit]


def test_a_replacement_leaves_nothing_of_the_old_version(store: PassageStore) -> None:
    put(store, "a", "1", count=5)
    put(store, "b", "1")
    put(store, "a", "2", count=2)
    assert texts(store.search(common(50))) == texts(store.search(dense(50)))
    assert texts(store.search(common(50, document_id="a"))) == ["a 2 passage 0", "a 2 passage 1"]
    assert len(store.passages("a")) == 2
    assert [item.revision for item in store.documents()] == ["2", "1"]


def test_writing_the_same_revision_again_changes_nothing(store: PassageStore) -> None:
    put(store, "a")
    before = contents(store)
    put(store, "a")
    assert contents(store) == before
    assert len(store.search(common(50))) == 3


def test_the_same_revision_with_fewer_passages_has_no_more_than_these(store: PassageStore) -> None:
    put(store, "a", count=5)
    put(store, "a", count=2)
    assert texts(store.search(common(50))) == ["a 1 passage 0", "a 1 passage 1"]


def test_a_deleted_document_is_gone_and_deleting_it_again_is_no_error(store: PassageStore) -> None:
    put(store, "a")
    put(store, "b")
    store.delete("a")
    store.delete("a")
    store.delete("never was")
    assert store.document("a") is None
    assert store.passages("a") == []
    assert {hit.document.id for hit in store.search(common(50))} == {"b"}


def test_unknown_ids_are_read_as_nothing(store: PassageStore) -> None:
    assert store.document("x") is None
    assert store.passages("x") == []
    assert store.documents() == []
    assert store.search(common()) == []


@pytest.mark.parametrize("name", ["Décret n° 2.08.528/الجريدة الرسمية", "ⵜⴰⵎⴰⵣⵉⵖⵜ 🪪", "x" * 10_000, "a\nb\t\"c'", " "])
def test_any_text_is_an_id(store: PassageStore, name: str) -> None:
    put(store, "a")
    put(store, name, "1")
    put(store, name, "2")
    assert store.document(name) == document(name, "2")
    assert len(store.search(common(10, document_id=name))) == 3
    store.delete(name)
    assert [item.id for item in store.documents()] == ["a"]


def test_a_record_alone_keeps_the_passages(store: PassageStore) -> None:
    made = put(store, "a")
    store.record(replace(made, title="Nouveau titre"))
    assert len(store.passages("a")) == 3
    assert {hit.document.title for hit in store.search(common())} == {"Nouveau titre"}


def test_a_document_that_became_a_duplicate_is_no_longer_found(store: PassageStore) -> None:
    put(store, "a")
    made = put(store, "b")
    store.record(replace(made, duplicate_of="a", passages=0))
    assert {hit.document.id for hit in store.search(common(50))} == {"a"}
    assert store.passages("b") == []
    with pytest.raises(StoreError, match="duplicate of a"):
        store.replace(replace(made, duplicate_of="a"), passages("b"))


METADATA: dict[str, Any] = {
    "jurisdiction": "MA",
    "year": 2024,
    "official": True,
    "rate": 0.5,
    "clé=\"étrange\".[0]": "v=1",
    "audience": ("citizen", "company"),
    "long": "م" * 5000,
}  # fmt: skip


@pytest.mark.parametrize("key", sorted(METADATA))
def test_every_kind_of_metadata_can_be_filtered(store: PassageStore, key: str) -> None:
    put(store, "with", metadata=METADATA)
    put(store, "without", metadata={"jurisdiction": "FR", "year": 2023, "official": False, "rate": 0.25})
    value = METADATA[key]
    one = value[0] if isinstance(value, tuple) else value
    for wanted in (one, [one], [one, "something else"], value):
        assert {hit.document.id for hit in store.search(common(50, **{key: wanted}))} == {"with"}
        assert [item.id for item in store.documents({key: wanted})] == ["with"]
    for unwanted in ("something else", ["something else", "x"], []):
        assert store.search(common(50, **{key: unwanted})) == []
        assert store.documents({key: unwanted}) == []


def test_all_keys_of_a_filter_must_hold(store: PassageStore) -> None:
    put(store, "a", language="ar", metadata={"tenant": "x", "language": "nonsense"})
    put(store, "b", language="fr", metadata={"tenant": "x"})
    put(store, "c", language="fr", metadata={"tenant": "y"})
    assert {hit.document.id for hit in store.search(common(50, tenant="x", language="fr"))} == {"b"}
    assert {hit.document.id for hit in store.search(dense(50, language=["fr", "ar"]))} == {"a", "b", "c"}
    assert {hit.document.id for hit in store.search(dense(50, document_id=["a", "c"], tenant="x"))} == {"a"}
    assert [item.id for item in store.documents({"language": "fr"})] == ["b", "c"]


def test_metadata_comes_back_with_its_types(store: PassageStore) -> None:
    made = put(store, "a", metadata=METADATA)
    assert store.document("a") == made
    assert store.passages("a")[0].passage.metadata == METADATA
    assert type(store.passages("a")[0].passage.metadata["official"]) is bool


def test_a_filter_that_cannot_be_meant_is_refused(store: PassageStore) -> None:
    with pytest.raises(UsageError, match="tenant"):
        store.search(common(5, tenant=None))
    with pytest.raises(UsageError, match="limit"):
        store.search(common(0))


@pytest.mark.parametrize(
    "bad", [(0.0,) * 4, (math.nan, 0, 0, 1.0), (math.inf, 0, 0, 1.0), (1.0, 0.0), (1e300, 0, 0, 0)]
)
def test_a_bad_dense_vector_is_refused_and_nothing_changes(store: PassageStore, bad: tuple[float, ...]) -> None:
    put(store, "a")
    before = contents(store)
    spoiled = [*passages("a", revision="2")[:2], replace(indexed("a", 2, revision="2"), dense=bad)]
    with pytest.raises(EmbeddingError):
        store.replace(document("a", "2"), spoiled)
    with pytest.raises(EmbeddingError, match="question"):
        store.search(VectorQuery(bad, 3))
    assert contents(store) == before


@pytest.mark.parametrize(
    "bad",
    [
        SparseVector((1, 2), (math.nan, 1.0)),
        SparseVector((1,), (0.0,)),
        SparseVector((1, 1), (1.0, 1.0)),
        SparseVector((1, 2), (1.0,)),
        SparseVector((-1,), (1.0,)),
        SparseVector((2**32,), (1.0,)),
    ],
)
def test_a_bad_sparse_vector_is_refused(store: PassageStore, bad: SparseVector) -> None:
    with pytest.raises(EmbeddingError):
        store.replace(document("a"), [replace(indexed("a", 0), sparse=bad)])
    with pytest.raises(EmbeddingError):
        store.search(VectorQuery(bad, 3))
    assert store.documents() == []


def test_a_question_without_terms_finds_nothing(store: PassageStore) -> None:
    put(store, "a")
    assert store.search(VectorQuery(SparseVector((), ()), 3)) == []


def test_passages_that_contradict_their_document_are_refused(store: PassageStore) -> None:
    with pytest.raises(StoreError, match="belongs to b"):
        store.replace(document("a"), passages("b"))
    with pytest.raises(StoreError, match="same id"):
        store.replace(document("a"), [*passages("a"), *passages("a")])
    assert store.documents() == []


def test_arrays_are_accepted_as_vectors(store: PassageStore) -> None:
    items = [replace(item, dense=np.asarray(item.dense, dtype=np.float32)) for item in passages("a")]  # type: ignore[arg-type]
    store.replace(document("a"), items)
    query = np.asarray(dense().vector, dtype=np.float32)
    hits = store.search(VectorQuery(query, 2))  # type: ignore[arg-type]
    assert [hit.passage.id for hit in hits] == ["1", "0"]


def test_without_an_embedder_terms_alone_are_stored(reopen: Any) -> None:
    store = reopen(dimension=None)
    store.replace(document("a"), [replace(item, dense=None) for item in passages("a")])
    assert len(store.search(common())) == 3
    assert {item.dense for item in store.passages("a")} == {None}
    with pytest.raises(EmbeddingError, match="no dense vectors"):
        store.search(dense())
    with pytest.raises(EmbeddingError):
        store.replace(document("b"), passages("b"))


def test_searching_without_waiting_gives_the_same(store: PassageStore) -> None:
    for name in "abc":
        put(store, name, metadata={"tenant": name})
    queries = [common(5), dense(5), common(5, tenant=["a", "c"]), dense(2, tenant="nobody")]

    async def together() -> list[Any]:
        return await asyncio.gather(*(store.asearch(query) for query in queries * 3))

    assert asyncio.run(together()) == [store.search(query) for query in queries] * 3


def test_another_fingerprint_is_refused_and_named(reopen: Any) -> None:
    store = reopen(fingerprint="minilm@1")
    put(store, "a")
    store.close()
    with pytest.raises(StoreMismatchError, match="minilm@1") as caught:
        reopen(fingerprint="other@2")
    assert "other@2" in caught.value.wanted
    assert "--rebuild" in str(caught.value)
    with pytest.raises(StoreMismatchError, match="dimension 5"):
        reopen(fingerprint="minilm@1", dimension=5)
    assert len(reopen(fingerprint="minilm@1").search(common())) == 3


def test_a_rebuild_empties_the_store_and_binds_it_anew(reopen: Any) -> None:
    store = reopen(fingerprint="old", dimension=8)
    store.close()
    store = reopen(fingerprint="new", rebuild=True)
    assert store.documents() == []
    put(store, "a")
    store.close()
    assert len(reopen(fingerprint="new").search(dense())) == 3


def test_a_reset_empties_the_store(store: PassageStore) -> None:
    put(store, "a")
    store.reset()
    assert contents(store) == {}
    assert store.search(common()) == []
    put(store, "b")
    assert [item.id for item in store.documents()] == ["b"]


def test_everything_is_there_after_closing_and_opening(reopen: Any) -> None:
    store = reopen()
    for name in "abc":
        put(store, name, count=4)
    before = contents(store)
    store.close()
    assert contents(reopen()) == before


def test_a_closed_store_says_so(store: PassageStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.search(common())
    with pytest.raises(StoreError, match="closed"):
        store.begin()


def test_many_passages_of_one_document_are_all_there(store: PassageStore) -> None:
    put(store, "a", count=600)
    put(store, "a", "2", count=599)
    assert len(store.passages("a")) == 599
    assert len(store.search(common(1000))) == 599
