"""Reads and splits documents in limited child processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jazari_rag.config import OcrSettings, PassageSizes, ReadingLimits
from jazari_rag.domain import Page, Passage, ReadDocument, Section
from jazari_rag.errors import JazariError, ReadError
from jazari_rag.ingestion.codec import from_json
from jazari_rag.ingestion.parsing import Parsed, no_passages_reason, parsed_from_json
from jazari_rag.ingestion.plan import Job
from jazari_rag.ingestion.recognition import Recognised, Recognition
from jazari_rag.ingestion.sandbox import Reply, SandboxPool


@dataclass(frozen=True, slots=True)
class Inspection:
    """A document as it was read, and the passages that would be stored.

    Attributes:
        facts: What the document is, each fact with its evidence, as `DocumentFacts.to_dict()`.
        languages: Of each page; "" where it has no text.
        headings: Of each page, those that cut the document.
        problem: Why there are no passages.
    """

    read: ReadDocument
    passages: tuple[Passage, ...]
    facts: Mapping[str, object]
    languages: tuple[str, ...]
    headings: tuple[tuple[Section, ...], ...]
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
        recognition: Recognition | None = None,
    ) -> None:
        self._command = command
        self._recognition = recognition or Recognition(command, limits, OcrSettings(enabled=False), str)
        self._limits = limits
        self._common: dict[str, Any] = {
            "task": "parse",
            "max_pages": limits.pages,
            "sizes": sizes.model_dump(),
            "languages": [str(folder) for folder in language_folders],
        }

    def recognition(self) -> str:
        """Names how drawn pages are recognised now; empty when they are not."""
        return self._recognition.name()

    def read(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Parsed | JazariError]]:
        """Outcomes as they are done; documents with pages to be recognised come last."""
        advice: str | None = None
        drawn: dict[int, tuple[Job, tuple[int, ...]]] = {}
        waiting: dict[int, Job] = {}
        with SandboxPool(self._command, self._limits) as pool:
            for request, reply in pool.map(self._requests(jobs, waiting)):
                job = waiting.pop(request["key"])
                outcome = _outcome(job, reply)
                if isinstance(outcome, Parsed) and outcome.unread:
                    advice = self._recognition.advice() if advice is None else advice
                    if not advice:
                        drawn[request["key"]] = (job, outcome.unread)
                        continue
                    outcome = outcome.without_recognition(advice)
                yield job, _checked(outcome)
            yield from self._read_drawn(pool, drawn)

    def _read_drawn(
        self, pool: SandboxPool, drawn: Mapping[int, tuple[Job, tuple[int, ...]]]
    ) -> Iterator[tuple[Job, Parsed | JazariError]]:
        if not drawn:
            return
        done: dict[int, Recognised] = {}
        wanted = [(key, str(job.entry.location), pages) for key, (job, pages) in drawn.items()]
        for request, reply in pool.map(self._again(drawn, self._recognition.recognise(wanted), done)):
            recognised = done.pop(request["key"])
            job, _ = drawn[request["key"]]
            outcome = _outcome(job, reply)
            if isinstance(outcome, Parsed):
                name = self._recognition.name() if recognised.settled else ""
                outcome = replace(outcome, warnings=recognised.warnings, recognition=name)
            yield job, _checked(outcome)

    def _again(
        self,
        drawn: Mapping[int, tuple[Job, tuple[int, ...]]],
        recognised: Iterable[Recognised],
        done: dict[int, Recognised],
    ) -> Iterator[dict[str, Any]]:
        for document in recognised:
            done[document.key] = document
            request = self._request(document.key, drawn[document.key][0])
            yield {**request, "recognised": document.pages, "title": document.title}

    def inspect(self, path: Path) -> Inspection:
        """One file, with its pages.

        Raises:
            ReadError: It cannot be read.
        """
        request = {**self._common, "task": "inspect", "document_id": path.name, "path": str(path)}
        with SandboxPool(self._command, self._limits) as pool:
            reply = _only(pool.map([request]))
            parsed = parsed_from_json(path.name, reply["parsed"])
            if parsed.unread and not (advice := self._recognition.advice()):
                [document] = self._recognition.recognise([(0, str(path), parsed.unread)])
                reply = _only(pool.map([{**request, "recognised": document.pages, "title": document.title}]))
                parsed = replace(parsed_from_json(path.name, reply["parsed"]), warnings=document.warnings)
            elif parsed.unread:
                parsed = parsed.without_recognition(advice)
        problem = None if parsed.passages else no_passages_reason(parsed.warnings)
        headings = tuple(tuple(Section(*heading) for heading in page) for page in reply["headings"])
        read = replace(from_json(reply["read"]), metadata=parsed.metadata)
        return Inspection(read, parsed.passages, reply["facts"], tuple(reply["languages"]), headings, problem)

    def _requests(self, jobs: Iterable[Job], waiting: dict[int, Job]) -> Iterator[dict[str, Any]]:
        for key, job in enumerate(jobs):
            waiting[key] = job
            yield self._request(key, job)

    def _request(self, key: int, job: Job) -> dict[str, Any]:
        return {
            **self._common,
            "key": key,
            "document_id": job.entry.document_id,
            "path": str(job.entry.location),
            "offset": job.entry.offset,
        }


def _outcome(job: Job, reply: Reply) -> Parsed | JazariError:
    return reply if isinstance(reply, JazariError) else parsed_from_json(job.entry.document_id, reply)


def _checked(outcome: Parsed | JazariError) -> Parsed | JazariError:
    """A document without passages is a failure."""
    if isinstance(outcome, JazariError) or outcome.passages:
        return outcome
    return ReadError(no_passages_reason(outcome.warnings))


def _only(replies: Iterable[tuple[dict[str, Any], Reply]]) -> dict[str, Any]:
    [(_, reply)] = replies
    if isinstance(reply, JazariError):
        raise reply
    return reply
