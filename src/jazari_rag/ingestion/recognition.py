"""Has drawn pages recognised (OCR), each in a limited child process, so that one page costs no other its text."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from jazari_rag.config import OcrSettings, ReadingLimits
from jazari_rag.errors import LimitExceededError, ReadError
from jazari_rag.ingestion.codec import page_from_json
from jazari_rag.ingestion.inputs import digest_of
from jazari_rag.ingestion.parsing import no_text_reason, page_ranges
from jazari_rag.ingestion.sandbox import SandboxPool

VERSION = 2
"""Raised when the same page would be recognised otherwise."""

_DOUBTFUL = 70.0


@dataclass(slots=True)
class Recognised:
    """What became of the drawn pages of one document.

    Attributes:
        key: The caller's.
        waiting: Pages that are not done.
        pages: As JSON (see `codec`), those that were recognised.
        title: What is set largest on the first page, if that was recognised.
        problems: A page and why it was not recognised.
        settled: Whether trying again would end in the same.
    """

    key: int
    waiting: set[int]
    pages: list[dict[str, Any]] = field(default_factory=list)
    title: str = ""
    problems: list[tuple[int, str]] = field(default_factory=list)
    settled: bool = True

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the report says."""
        reasons = dict.fromkeys(reason for _, reason in sorted(self.problems))
        said = [no_text_reason([page for page, why in self.problems if why == reason], reason) for reason in reasons]
        pages = [page_from_json(page) for page in self.pages]
        doubtful = [page.number for page in pages if page.quality.reasons or (page.quality.confidence or 0) < _DOUBTFUL]
        if doubtful:
            said.append(f"{page_ranges(doubtful)} recognised with doubts (OCR): compare numbers with the original")
        return tuple(said)


class Recognition:
    """Recognises the drawn pages of documents.

    Args:
        command: Starts a child.
        limits: Of a child; its `seconds` give way to `settings.seconds_a_page`.
        settings: Whether, in which languages, and how much.
        missing: Says what must be installed first; empty when all is there.
    """

    def __init__(
        self, command: Sequence[str], limits: ReadingLimits, settings: OcrSettings, missing: Callable[[], str]
    ) -> None:
        self._command = command
        self._limits = limits.model_copy(update={"seconds": settings.seconds_a_page})
        self._settings = settings
        self._missing = missing

    def advice(self) -> str:
        """What to do to have pages recognised; empty when they will be."""
        if not self._settings.enabled:
            return "recognition is switched off (ocr.enabled)"
        missing = self._missing()
        return f"to have them recognised: {missing}; then ingest again" if missing else ""

    def name(self) -> str:
        """Names how pages are recognised now; empty when they are not."""
        settings = self._settings
        return "" if self.advice() else digest_of(VERSION, settings.model_dump(mode="json"))[:8]

    def recognise(self, documents: Iterable[tuple[int, str, Sequence[int]]]) -> Iterator[Recognised]:
        """Documents (key, path, page numbers) as they are done, their pages side by side."""
        pending: dict[int, Recognised] = {}
        with (
            tempfile.TemporaryDirectory(prefix="jazari-ocr-", ignore_cleanup_errors=True) as folder,
            SandboxPool(self._command, self._limits) as pool,
        ):
            for request, reply in pool.map(self._requests(documents, folder, pending)):
                document = pending[request["key"]]
                self._take(document, request["page"], reply)
                if not document.waiting:
                    yield pending.pop(request["key"])

    def _requests(
        self, documents: Iterable[tuple[int, str, Sequence[int]]], folder: str, pending: dict[int, Recognised]
    ) -> Iterator[dict[str, Any]]:
        most = self._settings.pages
        for key, path, numbers in documents:
            document = Recognised(key, set(numbers[:most]))
            document.problems = [(page, f"more than ocr.pages ({most}): raise it") for page in numbers[most:]]
            pending[key] = document
            for page in numbers[:most]:
                yield {
                    "task": "recognise",
                    "key": key,
                    "path": path,
                    "page": page,
                    "languages": list(self._settings.languages),
                    "folder": folder,
                }

    def _take(self, document: Recognised, page: int, reply: dict[str, Any] | ReadError) -> None:
        document.waiting.discard(page)
        if isinstance(reply, ReadError):
            document.problems.append((page, self._reason(reply)))
            document.settled = document.settled and not reply.retryable
        elif not reply["page"]["text"]:
            document.problems.append((page, "nothing could be recognised"))
        else:
            document.pages.append(reply["page"])
            if page == 1:
                document.title = reply["title"]

    def _reason(self, error: ReadError) -> str:
        if isinstance(error, LimitExceededError) and error.limit == "limits.seconds":
            return f"to recognise them takes more than ocr.seconds_a_page ({self._settings.seconds_a_page:g} s)"
        return f"not recognised: {error.message}"
