"""Reads and splits documents in limited child processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jazari_rag.config import PassageSizes, ReadingLimits
from jazari_rag.domain import Page, Passage, ReadDocument
from jazari_rag.errors import JazariError
from jazari_rag.ingestion.codec import from_json
from jazari_rag.ingestion.parsing import Parsed, parsed_from_json
from jazari_rag.ingestion.plan import Job
from jazari_rag.ingestion.sandbox import SandboxPool


@dataclass(frozen=True, slots=True)
class Inspection:
    """A document as it was read, and the passages that would be stored; `problem` says why there are none."""

    read: ReadDocument
    passages: tuple[Passage, ...]
    problem: str | None = None

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.read.pages

    @property
    def document(self) -> dict[str, object]:
        """What is known of the document as a whole."""
        return {
            "title": self.read.title,
            "language": self.read.language,
            "pages": len(self.read.pages),
            "metadata": dict(self.read.metadata),
            "problem": self.problem,
        }


class SandboxedReading:
    """A `DocumentReading` over a pool of children that run `command`; the children start when first needed."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        limits: ReadingLimits,
        sizes: PassageSizes,
        language_folders: Sequence[Path] = (),
    ) -> None:
        self._command = command
        self._limits = limits
        self._common: dict[str, Any] = {
            "task": "parse",
            "max_pages": limits.pages,
            "sizes": sizes.model_dump(),
            "languages": [str(folder) for folder in language_folders],
        }

    def read(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Parsed | JazariError]]:
        """Outcomes as they are done."""
        waiting: dict[int, Job] = {}
        with SandboxPool(self._command, self._limits) as pool:
            for request, reply in pool.map(self._requests(jobs, waiting)):
                job = waiting.pop(request["key"])
                if isinstance(reply, JazariError):
                    yield job, reply
                else:
                    yield job, parsed_from_json(job.entry.document_id, reply)

    def inspect(self, path: Path) -> Inspection:
        """One file, with its pages.

        Raises:
            ReadError: It cannot be read.
        """
        request = {**self._common, "task": "inspect", "document_id": path.name, "path": str(path)}
        with SandboxPool(self._command, self._limits) as pool:
            [(_, reply)] = pool.map([request])
        if isinstance(reply, JazariError):
            raise reply
        passages = parsed_from_json(path.name, reply["parsed"]).passages if reply["parsed"] else ()
        return Inspection(from_json(reply["read"]), passages, reply["problem"])

    def _requests(self, jobs: Iterable[Job], waiting: dict[int, Job]) -> Iterator[dict[str, Any]]:
        for key, job in enumerate(jobs):
            waiting[key] = job
            yield {
                **self._common,
                "key": key,
                "document_id": job.entry.document_id,
                "path": str(job.entry.location),
                "offset": job.entry.offset,
            }
