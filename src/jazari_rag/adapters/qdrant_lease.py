"""Who may write to a collection that several processes share: a name and a time in the manifest."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import uuid4

from jazari_rag.adapters.qdrant_manifest import Manifest
from jazari_rag.errors import StoreLockedError

SECONDS = 120.0
"""How long a writer that fell silent keeps others out. Clocks of the writing machines should agree far better."""


@dataclass(slots=True)
class Lease:
    """The right to write, for a while. With `seconds` 0 (a folder, which has a lock) it is never in anybody's way.

    A server offers no comparison with a write, so two that start at the same moment may both hold it until the next
    renewal; then one is refused. What they write meanwhile is of whole documents, and readers see no mix.
    """

    seconds: float = 0.0
    clock: Callable[[], float] = time.time
    owner: str = field(default_factory=lambda: uuid4().hex)
    until: float = 0.0

    @property
    def is_due(self) -> bool:
        """Whether it should be renewed before the next write."""
        return self.seconds > 0 and self.clock() > self.until - self.seconds * 2 / 3

    def holds(self, stored: Manifest) -> bool:
        """Whether the session that the manifest speaks of is this one."""
        return stored.writing and (self.seconds == 0 or stored.owner == self.owner)

    def check(self, stored: Manifest, location: str) -> None:
        """Raises StoreLockedError when another writer is at work, or was until a moment ago."""
        left = stored.expires - self.clock()
        if not stored.writing or self.holds(stored) or left <= 0:
            return
        raise StoreLockedError(
            location,
            f"writer {stored.owner[:8]}",
            message=f"{location} is being written by another process: one writes at a time, any number may search. "
            f"Try again when it is done; if it died, in {left:.0f} s at the latest.",
        )

    def signed(self, manifest: Manifest) -> Manifest:
        """The manifest of a session that begins or goes on."""
        if self.seconds == 0:
            return manifest
        self.until = self.clock() + self.seconds
        return replace(manifest, owner=self.owner, expires=self.until)
