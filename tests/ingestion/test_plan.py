from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jazari_rag.domain import Document
from jazari_rag.ingestion.inputs import Found, Input
from jazari_rag.ingestion.plan import Job, Plan, make_plan

ROOT = "/srv/docs"


def entry(name: str, digest: str = "", *, location: str = "") -> Input:
    return Input(f"docs/{name}", f"docs/{name}", Path(location or f"{ROOT}/{name}"), ROOT, digest or name)


def planned(inputs: list[Input], catalog: dict[str, Document] | None = None, **options: object) -> Plan:
    found = Found(inputs=inputs, roots=[ROOT])
    return make_plan(found, catalog or {}, metadata={}, processing="v1", **options)  # type: ignore[arg-type]


def stored(job: Job, **changes: object) -> Document:
    document = Document(
        id=job.entry.document_id,
        title="",
        source=job.entry.source,
        language="fr",
        revision=job.revision,
        digest=job.digest,
        fingerprint=job.fingerprint,
        root=ROOT,
        location=str(job.entry.location),
        passages=1,
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def catalog_of(plan: Plan) -> dict[str, Document]:
    return {job.entry.document_id: stored(job) for job in plan.jobs}


def names(plan: Plan) -> list[str]:
    return [job.entry.document_id for job in plan.jobs]


def test_what_is_stored_with_the_same_fingerprint_is_unchanged() -> None:
    catalog = catalog_of(planned([entry("a"), entry("b")]))
    again = planned([entry("a"), entry("b", "new bytes"), entry("c")], catalog)
    assert [item.document_id for item in again.unchanged] == ["docs/a"]
    assert names(again) == ["docs/b", "docs/c"]
    assert [job.existing is not None for job in again.jobs] == [True, False]


def test_another_way_of_processing_reads_everything_again() -> None:
    catalog = catalog_of(planned([entry("a")]))
    found = Found(inputs=[entry("a")], roots=[ROOT])
    assert len(make_plan(found, catalog, metadata={}, processing="v2").jobs) == 1
    assert len(make_plan(found, catalog, metadata={"tenant": "x"}, processing="v1").jobs) == 1


def test_a_broken_document_is_read_again() -> None:
    catalog = catalog_of(planned([entry("a")]))
    assert names(planned([entry("a")], catalog, broken=frozenset({"docs/a"}))) == ["docs/a"]


def test_the_same_bytes_twice_are_read_once() -> None:
    plan = planned([entry("a", "x"), entry("b", "x")])
    assert names(plan) == ["docs/a"]
    assert [(job.entry.document_id, original) for job, original in plan.duplicates] == [("docs/b", "docs/a")]


def test_a_stored_original_stays_the_original_of_a_copy_that_sorts_before_it() -> None:
    catalog = catalog_of(planned([entry("b", "x")]))
    plan = planned([entry("a", "x"), entry("b", "x")], catalog)
    assert plan.jobs == []
    assert [original for _, original in plan.duplicates] == ["docs/b"]


def test_a_copy_is_read_when_its_original_has_changed() -> None:
    first = planned([entry("a", "x"), entry("b", "x")])
    catalog = catalog_of(first)
    job, original = first.duplicates[0]
    catalog["docs/b"] = stored(job, duplicate_of=original, passages=0)
    assert names(planned([entry("a", "y"), entry("b", "x")], catalog)) == ["docs/a", "docs/b"]


def test_a_copy_is_read_when_prune_removes_its_original() -> None:
    first = planned([entry("a", "x"), entry("b", "x")])
    catalog = catalog_of(first)
    job, original = first.duplicates[0]
    catalog["docs/b"] = stored(job, duplicate_of=original, passages=0)
    kept = planned([entry("b", "x")], catalog)
    assert (names(kept), [document.id for document in kept.missing]) == ([], ["docs/a"])
    assert names(planned([entry("b", "x")], catalog, prune=True)) == ["docs/b"]


def test_two_inputs_with_one_id_are_a_failure_that_names_both() -> None:
    plan = planned([entry("a", "x"), entry("a", "y", location="/srv/other/a")])
    assert names(plan) == ["docs/a"]
    [failure] = plan.failures
    assert "/srv/other/a" in failure.reason
    assert f"{ROOT}/a" in failure.reason


def test_an_id_taken_by_another_source_that_still_exists_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    catalog = catalog_of(planned([entry("a", "x", location=str(tmp_path / "a"))]))
    assert len(planned([entry("a", "y")], catalog).failures) == 1
    (tmp_path / "a").unlink()
    assert names(planned([entry("a", "y")], catalog)) == ["docs/a"]


def test_a_moved_document_changes_its_record_alone() -> None:
    catalog = catalog_of(planned([entry("a", location="/gone/a")]))
    plan = planned([entry("a")], catalog)
    assert plan.jobs == []
    assert [document.location for document in plan.moved] == [f"{ROOT}/a"]


def test_what_lies_below_an_unreadable_place_is_not_missing() -> None:
    catalog = catalog_of(planned([entry("sub/a"), entry("b")]))
    found = Found(roots=[ROOT], uncertain=[Path(ROOT, "sub")])
    plan = make_plan(found, catalog, metadata={}, processing="v1")
    assert [document.id for document in plan.missing] == ["docs/b"]
