"""What the stores on one collection share within a process."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock

from jazari_rag.adapters.qdrant_lease import Lease
from jazari_rag.adapters.qdrant_search import RarityCache, RecordCache


@dataclass(slots=True, weakref_slot=True)
class StoreState:
    """What all stores on one collection share within a process.

    Attributes:
        records: The record cache; its size is 0 where other processes may write.
        rarities: The cache of rarities, None where other processes may write.
        lock: Held by every writer for the whole of a document, so that healing never meets a half-written one.
        lease: This process's right to write, where others may want to.
        marked: The manifest says `writing`, and it is this process that does.
        suspect: A write of this process failed and may have left orphans.
        broken: Documents that healing found incomplete and that were not written again since.
        written: Points written since the last commit.
        searched: Somebody searched in this process since the writing session began.
    """

    records: RecordCache = field(default_factory=lambda: RecordCache(0))
    rarities: RarityCache | None = None
    lock: RLock = field(default_factory=RLock)
    lease: Lease = field(default_factory=Lease)
    marked: bool = False
    suspect: bool = False
    broken: set[str] = field(default_factory=set)
    written: int = 0
    searched: bool = False

    def clear(self) -> None:
        """The collection is empty again."""
        self.marked, self.suspect, self.broken, self.written = False, False, set(), 0
