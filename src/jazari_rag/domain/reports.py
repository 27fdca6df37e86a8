"""What became of the inputs of an ingestion."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from jazari_rag.domain.value import Value


@dataclass(frozen=True, slots=True)
class Failure(Value):
    """An input, or a page of it, that could not be ingested; `page` is None when it is the whole of it."""

    source: str
    reason: str
    page: int | None = None
    retryable: bool = False

    def __str__(self) -> str:
        place = self.source if self.page is None else f"{self.source}, p. {self.page}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class IngestReport(Value):
    """Every input, accounted for: `inputs == added + updated + unchanged + duplicates + failed`.

    `missing` documents are stored but their source is gone; `deleted` ones were, and `prune` removed them.
    `warnings` are pages of ingested documents that have no text, say.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    failed: int = 0
    missing: int = 0
    deleted: int = 0
    passages: int = 0
    """Passages written by this run."""
    mended: int = 0
    """Damaged words that were put right in them."""
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()
    warnings: tuple[Failure, ...] = ()
    missing_ids: tuple[str, ...] = ()

    @property
    def inputs(self) -> int:
        return self.added + self.updated + self.unchanged + self.duplicates + self.failed

    def __str__(self) -> str:
        parts = [f"{self.added} added", f"{self.updated} updated", f"{self.unchanged} unchanged"]
        optional = ("duplicates", "missing", "deleted")
        parts += [f"{getattr(self, name)} {name}" for name in optional if getattr(self, name)]
        return ", ".join([*parts, f"{self.failed} failed"])

    def _repr_html_(self) -> str:
        rows = "".join(f"<li>{escape(str(failure))}</li>" for failure in (*self.failures, *self.warnings))
        return f"<p>{escape(str(self))}</p>" + (f"<ul>{rows}</ul>" if rows else "")
