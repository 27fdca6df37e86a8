"""What a document says that it is, each fact with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from jazari_rag.domain.value import Metadata, MetadataValue, Value


@dataclass(frozen=True, slots=True)
class Fact(Value):
    """Something that a document says of itself: `evidence` stands at `start:end` of a page, or of its title (page 0).

    `confidence` is in [0, 1].
    """

    value: str
    evidence: str
    page: int
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class DocumentFacts(Value):
    """What a document is, as far as it says so.

    Attributes:
        kind: "law", "dahir", "decree", "order", "circular", "procedure", "form", "faq" …
        reference: Its number, as printed ("2-04-422").
        dates: Its own, ISO 8601; one of the Hijri calendar begins with "AH".
        jurisdiction: An ISO 3166 country.
    """

    title: Fact | None = None
    kind: Fact | None = None
    reference: Fact | None = None
    dates: tuple[Fact, ...] = ()
    authority: Fact | None = None
    jurisdiction: Fact | None = None

    @property
    def metadata(self) -> Metadata:
        """What is sure enough to be filtered by."""
        named = {"kind": self.kind, "reference": self.reference, "authority": self.authority}
        sure = {key: fact for key, fact in {**named, "jurisdiction": self.jurisdiction}.items() if fact is not None}
        dates = [fact.value for fact in self.dates if fact.confidence >= SURE]
        found: dict[str, MetadataValue] = {key: fact.value for key, fact in sure.items() if fact.confidence >= SURE}
        return {**found, "dates": dates} if dates else found


SURE = 0.7
"""Confidence from which a fact is kept with a document."""
