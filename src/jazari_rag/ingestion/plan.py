"""Decides, before anything is read, what each input needs: nothing, a record, or reading. Pure functions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from jazari_rag.domain import Document, Failure, Metadata
from jazari_rag.ingestion.inputs import Found, Input, digest_of

_RECOGNITION = "~"


@dataclass(frozen=True, slots=True)
class Job:
    """An input that must be read; `existing` is the version that it replaces."""

    entry: Input
    digest: str
    fingerprint: str
    existing: Document | None

    @property
    def revision(self) -> str:
        return digest_of(self.fingerprint)[:16] if _RECOGNITION in self.fingerprint else self.fingerprint[:16]

    def read_with(self, recognition: str) -> Job:
        """The same job, for a document with drawn pages that were recognised so (empty: they were not)."""
        return replace(self, fingerprint=f"{self.fingerprint}{_RECOGNITION}{recognition}")


@dataclass(slots=True)
class Plan:
    """What a run will do."""

    jobs: list[Job] = field(default_factory=list)
    unchanged: list[Input] = field(default_factory=list)
    moved: list[Document] = field(default_factory=list)
    """Unchanged documents whose record must say a new place."""
    duplicates: list[tuple[Job, str]] = field(default_factory=list)
    """With the id of the document that they repeat."""
    failures: list[Failure] = field(default_factory=list)
    missing: list[Document] = field(default_factory=list)


def make_plan(
    found: Found,
    catalog: Mapping[str, Document],
    *,
    metadata: Metadata,
    processing: str,
    broken: frozenset[str] = frozenset(),
    prune: bool = False,
    recognition: str = "",
) -> Plan:
    """Compares what was found with what is stored.

    Args:
        found: The inputs.
        catalog: The stored documents by id.
        metadata: Given by the user for all inputs of this run.
        processing: Names how documents are read, cut and analysed; another one means that all are read again.
        broken: Stored documents that must be read again whatever their fingerprint says.
        prune: Whether documents whose source is gone will be deleted: they then are nobody's original.
        recognition: Names how drawn pages are recognised now (OCR); empty when they are not.
    """
    plan = Plan()
    jobs = _jobs(found, catalog, plan, metadata, processing)
    plan.missing = list(_missing(found, catalog, {job.entry.document_id for job in jobs}))
    gone = {document.id for document in plan.missing} if prune else set()
    changing = {job.entry.document_id: job for job in jobs}
    originals = {
        document.digest: document.id
        for document in sorted(catalog.values(), key=lambda document: document.id, reverse=True)
        if document.duplicate_of is None
        and document.id not in gone
        and document.id not in broken
        and _stays(document, changing.get(document.id))
    }
    for job in jobs:
        original = originals.setdefault(job.digest, job.entry.document_id)
        if original != job.entry.document_id:
            plan.duplicates.append((job, original))
        elif _is_current(job, broken, recognition):
            _keep(plan, job)
        else:
            plan.jobs.append(job)
    return plan


def _jobs(found: Found, catalog: Mapping[str, Document], plan: Plan, metadata: Metadata, processing: str) -> list[Job]:
    first: dict[str, Job] = {}
    owners = {(entry.document_id, entry.place) for entry in found.inputs}
    scanned = {place for _, place in owners}
    for entry in found.inputs:
        digest = digest_of(entry.digest, metadata)
        fingerprint = digest_of(digest, entry.signature, processing)
        existing = catalog.get(entry.document_id)
        job = Job(entry, digest, fingerprint, existing)
        if entry.document_id in first:
            other = first[entry.document_id].entry
            plan.failures.append(_collision(entry, other.describe()))
        elif existing is not None and _belongs_elsewhere(job, existing, owners, scanned):
            plan.failures.append(_collision(entry, existing.location))
        else:
            first[entry.document_id] = job
    return list(first.values())


def _belongs_elsewhere(job: Job, existing: Document, owners: set[tuple[str, str]], scanned: set[str]) -> bool:
    """Whether the id is taken by another source that is still there; one that was not looked at may say the same."""
    place = existing.location
    if place in ("", job.entry.place):
        return False
    if place in scanned:
        return (job.entry.document_id, place) in owners
    return existing.fingerprint.partition(_RECOGNITION)[0] != job.fingerprint and _is_another_file(place, job.entry)


def _is_another_file(place: str, entry: Input) -> bool:
    """Whether something else is at `place`: not the same file by another path (through a link, say)."""
    try:
        return not entry.location.samefile(place)
    except OSError:
        return os.path.exists(place)  # noqa: PTH110  Path.exists raises where a folder may not be entered


def _collision(entry: Input, other: str) -> Failure:
    reason = (
        f"its id {entry.document_id!r} is taken by {other}: {entry.describe()} was not ingested; "
        "rename one of them, or delete the stored document first"
    )
    return Failure(entry.source, reason)


def _missing(found: Found, catalog: Mapping[str, Document], present: set[str]) -> Iterable[Document]:
    roots = {root for root in {document.root for document in catalog.values()} if _is_one_of(root, found.roots)}
    seen = present | found.failed_ids | {entry.document_id for entry in found.inputs}
    for document in catalog.values():
        if document.root in roots and document.id not in seen and not _is_uncertain(found, document):
            yield document


def _is_one_of(root: str, roots: Iterable[str]) -> bool:
    """Also by another path (through a link)."""
    if root in roots:
        return True
    try:
        return any(Path(root).samefile(other) for other in roots)
    except OSError:
        return False


def _is_uncertain(found: Found, document: Document) -> bool:
    location = Path(document.location)
    return any(location == place or place in location.parents for place in found.uncertain)


def _stays(document: Document, job: Job | None) -> bool:
    return job is None or job.digest == document.digest


def _is_current(job: Job, broken: frozenset[str], recognition: str) -> bool:
    existing = job.existing
    return (
        existing is not None
        and existing.duplicate_of is None
        and existing.id not in broken
        and _is_read_as_now(existing.fingerprint, job, recognition)
    )


def _is_read_as_now(fingerprint: str, job: Job, recognition: str) -> bool:
    """Whether reading again would end in the same. What was recognised stays when recognition is gone."""
    content, has_drawn_pages, how = fingerprint.partition(_RECOGNITION)
    return content == job.fingerprint and (not has_drawn_pages or not recognition or how == recognition)


def has_drawn_pages(document: Document) -> bool:
    """Whether a stored document has pages without text that may be recognised."""
    return _RECOGNITION in document.fingerprint


def _keep(plan: Plan, job: Job) -> None:
    plan.unchanged.append(job.entry)
    existing, entry = job.existing, job.entry
    assert existing is not None
    moved = placed(existing, entry)
    if moved == existing:
        return
    if entry.is_row or existing.location == entry.place or not _is_another_file(existing.location, entry):
        plan.moved.append(moved)


def placed(document: Document, entry: Input) -> Document:
    """The same document at the place of `entry`."""
    return replace(document, source=entry.source, root=entry.root, location=entry.place)
