"""Reading what a generator writes, so that it stops when nobody reads on."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from jazari_rag.domain import DraftSentence


def one_by_one(drafts: Iterable[DraftSentence]) -> Generator[DraftSentence]:
    """The drafts; closing this closes them, where they can be closed: a backend's connection hangs on it."""
    yield from drafts
