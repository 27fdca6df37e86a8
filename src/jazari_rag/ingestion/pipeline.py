"""A document's journey: find, plan, read, encode, replace; every input ends in the report.

A document that fails keeps its old version. A run that dies leaves the store marked: the next one heals it, sees
which documents are whole by their fingerprints, and does the rest.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from jazari_rag.domain import Document, Failure, IndexedPassage, IngestReport, Metadata, Passage
from jazari_rag.errors import JazariError, UsageError
from jazari_rag.ingestion.deletion import Heirs
from jazari_rag.ingestion.encoding import PassageEncoder
from jazari_rag.ingestion.inputs import Found, find_inputs, load_row, printable
from jazari_rag.ingestion.metadata import checked_metadata
from jazari_rag.ingestion.parsing import Parsed
from jazari_rag.ingestion.plan import Job, Plan, has_drawn_pages, make_plan, placed
from jazari_rag.ports import PassageStore, Progress
from jazari_rag.text.keys import TEXT_KEYS


class DocumentReading(Protocol):
    """Reads documents somewhere safe, and yields them as they are done, in any order."""

    def read(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Parsed | JazariError]]: ...


@dataclass(slots=True)
class _Tally:
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)
    failed_ids: set[str] = field(default_factory=set)
    store_failed: bool = False

    def fail(self, job: Job, error: BaseException) -> None:
        reason = error.message if isinstance(error, JazariError) else f"{type(error).__name__}: {error}"
        retryable = error.retryable if isinstance(error, JazariError) else True
        page = getattr(error, "page", None)
        self.failures.append(Failure(job.entry.source, reason, page, retryable))
        self.failed_ids.add(job.entry.document_id)

    def warn(self, source: str, reason: str) -> None:
        self.warnings.append(Failure(source, reason, retryable=True))


class Ingestion:
    """Brings a store in line with files.

    Args:
        store: Where the documents go.
        reading: Reads and splits them.
        encoder: Makes their vectors.
        processing: Names the way documents are read, cut and analysed; another name means that all are read again.
        own_folder: The store's own folder, which is never ingested.
        recognition: Names how drawn pages are recognised now (OCR); empty when they are not. With another name,
            documents that have such pages are read again.
    """

    def __init__(
        self,
        store: PassageStore,
        reading: DocumentReading,
        encoder: PassageEncoder,
        *,
        processing: str,
        own_folder: Path | None = None,
        recognition: Callable[[], str] = str,
    ) -> None:
        self._store = store
        self._reading = reading
        self._encoder = encoder
        self._processing = processing
        self._own_folder = own_folder
        self._recognition = recognition

    def run(
        self,
        paths: Iterable[str | Path],
        *,
        metadata: Metadata | None = None,
        prune: bool = False,
        allow_empty: bool = False,
        progress: Progress | None = None,
    ) -> IngestReport:
        """Ingests `paths`; see `Assistant.ingest`."""
        started = time.perf_counter()
        metadata = checked_metadata(metadata or {})
        found = find_inputs(list(paths), exclude=self._own_folder)
        if prune and not allow_empty:
            _refuse_doubtful_prune(found)
        broken = self._store.begin()
        catalog = {document.id: document for document in self._store.documents()}
        plan = make_plan(
            found,
            catalog,
            metadata=metadata,
            processing=self._processing,
            broken=broken,
            prune=prune,
            recognition=self._recognition() if any(map(has_drawn_pages, catalog.values())) else "",
        )
        tally = _Tally(failures=[*found.failures, *plan.failures])
        doomed = plan.missing if prune else []
        heirs = Heirs(self._store, catalog.values(), leaving=[document.id for document in doomed])
        self._carry_out(plan, tally, metadata, heirs, progress or _silent)
        # Last, so that what was renamed is never absent.
        self._delete(doomed, tally, heirs)
        _warn_of_broken(broken, plan, tally)
        if not tally.store_failed:
            self._store.commit()
        return _report(plan, tally, prune, time.perf_counter() - started)

    def _carry_out(self, plan: Plan, tally: _Tally, metadata: Metadata, heirs: Heirs, progress: Progress) -> None:
        for document in plan.moved:
            if not self._guard(tally, None, partial(self._store.record, document)):
                tally.warn(document.source, "its new place could not be written: run again")
        done, total = 0, len(plan.jobs)
        progress(0, total, "")
        for batch in _batches(self._reading.read(plan.jobs), self._encoder.batch):
            done += len(batch)
            self._write(batch, tally, metadata, heirs)
            progress(done, total, batch[-1][0].entry.source)
        for job, original in plan.duplicates:
            self._record_duplicate(job, original, tally, metadata, heirs)

    def _delete(self, doomed: list[Document], tally: _Tally, heirs: Heirs) -> None:
        for document in doomed:
            if self._guard(tally, None, partial(self._delete_one, document, heirs)):
                tally.counts["deleted"] += 1
            else:
                tally.warn(document.source, "could not be deleted: run again")

    def _delete_one(self, document: Document, heirs: Heirs) -> None:
        heirs.release(document)
        self._store.delete(document.id)

    def _replace(self, job: Job, record: Document, passages: Sequence[IndexedPassage], heirs: Heirs) -> None:
        before = job.existing
        if before is not None and (before.digest != record.digest or record.duplicate_of is not None):
            heirs.release(before)
        self._store.replace(record, passages)

    def _write(
        self, batch: list[tuple[Job, Parsed | JazariError]], tally: _Tally, metadata: Metadata, heirs: Heirs
    ) -> None:
        """Encodes a batch together; when that fails, each document alone, so that one cannot fail the others."""
        parsed = []
        for job, outcome in batch:
            if isinstance(outcome, JazariError):
                tally.fail(job, outcome)
            else:
                parsed.append((job, outcome))
        try:
            vectors = self._encoder.encode(
                [(p.title, _tagged(passage, p, metadata)) for _, p in parsed for passage in p.passages]
            )
        except Exception as error:
            if len(parsed) == 1:
                tally.fail(parsed[0][0], error)
            else:
                for pair in parsed:
                    self._write([pair], tally, metadata, heirs)
            return
        position = 0
        for job, document in parsed:
            passages = vectors[position : position + len(document.passages)]
            position += len(passages)
            record = _document(job, document, metadata)
            if self._guard(tally, job, partial(self._replace, job, record, passages, heirs)):
                tally.counts["updated" if job.existing else "added"] += 1
                tally.counts["passages"] += len(passages)
                tally.counts["mended"] += document.mended
                tally.warnings += [Failure(job.entry.source, warning) for warning in document.warnings]

    def _record_duplicate(self, job: Job, original: str, tally: _Tally, metadata: Metadata, heirs: Heirs) -> None:
        if original in tally.failed_ids:
            tally.fail(job, JazariError(f"it has the same content as {original}, which failed", retryable=True))
            return
        if self._is_recorded(job, original):
            tally.counts["duplicates"] += 1
            return
        copied = self._store.document(original)
        if copied is None:
            tally.fail(job, JazariError(f"{original}, whose content it repeats, is gone: run again", retryable=True))
            return
        if self._guard(tally, job, lambda: self._replace(job, _duplicate(job, copied, metadata), (), heirs)):
            tally.counts["duplicates"] += 1

    def _is_recorded(self, job: Job, original: str) -> bool:
        existing = job.existing
        return (
            existing is not None
            and existing.duplicate_of == original
            and existing.fingerprint == job.fingerprint
            and existing == placed(existing, job.entry)
        )

    def _guard(self, tally: _Tally, job: Job | None, write: Callable[[], None]) -> bool:
        """Runs a write; a failure is one document's, and leaves the store marked for healing."""
        try:
            write()
        except Exception as error:
            tally.store_failed = True
            if job is not None:
                tally.fail(job, error)
            return False
        return True


def _refuse_doubtful_prune(found: Found) -> None:
    if found.empty:
        raise UsageError(
            f"{', '.join(found.empty)}: nothing to ingest there, and prune would delete all that was ingested from "
            "it. Is the disk mounted? If it is meant, say allow_empty=True (--allow-empty)"
        )
    if found.unlisted:
        raise UsageError(
            f"{printable(str(found.unlisted[0]))} cannot be listed: with prune, documents might be deleted that are "
            "still there. Mend it, ingest without prune, or say allow_empty=True (--allow-empty)"
        )


def _batches(
    outcomes: Iterable[tuple[Job, Parsed | JazariError]], size: int
) -> Iterator[list[tuple[Job, Parsed | JazariError]]]:
    """Groups documents until they hold `size` passages together."""
    batch: list[tuple[Job, Parsed | JazariError]] = []
    passages = 0
    for job, outcome in outcomes:
        batch.append((job, outcome))
        passages += len(outcome.passages) if isinstance(outcome, Parsed) else 0
        if passages >= size:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


def _tagged(passage: Passage, parsed: Parsed, metadata: Metadata) -> Passage:
    """The passage with its document's metadata, which filters look at."""
    return replace(passage, metadata={**_merged(parsed, metadata), **passage.metadata})


def _merged(parsed: Parsed, metadata: Metadata) -> Metadata:
    """What the user says wins; keys that were made of what the user says otherwise hold no more."""
    own = parsed.metadata
    if metadata.keys() & {"kind", "reference"}:
        own = {key: value for key, value in own.items() if key != TEXT_KEYS}
    return {**own, **metadata}


def _document(job: Job, parsed: Parsed, metadata: Metadata) -> Document:
    if parsed.unread or parsed.recognition:
        job = job.read_with(parsed.recognition)
    return Document(
        id=job.entry.document_id,
        title=printable(parsed.title) or job.entry.document_id,
        source=job.entry.source,
        language=parsed.language,
        revision=job.revision,
        metadata=_merged(parsed, metadata),
        passages=len(parsed.passages),
        pages=parsed.pages,
        digest=job.digest,
        fingerprint=job.fingerprint,
        root=job.entry.root,
        location=job.entry.place,
    )


def _duplicate(job: Job, original: Document, metadata: Metadata) -> Document:
    """The record of an input that repeats `original`. Rows with one text may differ in the rest of their metadata."""
    entry, own = job.entry, original.metadata
    if entry.offset is not None:
        own = {**load_row(entry.location, entry.offset).metadata, **metadata}
    return replace(
        placed(original, entry),
        id=entry.document_id,
        revision=job.revision,
        fingerprint=job.fingerprint,
        metadata=own,
        passages=0,
        duplicate_of=original.id,
    )


def _warn_of_broken(broken: frozenset[str], plan: Plan, tally: _Tally) -> None:
    again = {job.entry.document_id for job in plan.jobs}
    for document_id in sorted(broken - again):
        reason = "its stored passages are incomplete after a fault: ingest its source again"
        tally.warn(document_id, reason)


def _report(plan: Plan, tally: _Tally, prune: bool, seconds: float) -> IngestReport:
    missing = () if prune else tuple(sorted(document.id for document in plan.missing))
    return IngestReport(
        added=tally.counts["added"],
        updated=tally.counts["updated"],
        unchanged=len(plan.unchanged),
        duplicates=tally.counts["duplicates"],
        failed=len(tally.failures),
        missing=len(missing),
        deleted=tally.counts["deleted"],
        passages=tally.counts["passages"],
        mended=tally.counts["mended"],
        seconds=seconds,
        failures=tuple(tally.failures),
        warnings=tuple(tally.warnings),
        missing_ids=missing,
    )


def _silent(done: int, total: int, what: str) -> None:
    pass
