"""The embedded passage store: Qdrant's own engine inside this process, over a folder that one process holds."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

from jazari_rag.adapters.folder_lock import HOLDER_FILE, LOCK_FILE, FolderLock
from jazari_rag.adapters.qdrant_edge_engine import NEW, OLD, SHARD, EdgeEngine
from jazari_rag.adapters.qdrant_search import RarityCache, RecordCache
from jazari_rag.adapters.qdrant_state import StoreState
from jazari_rag.adapters.qdrant_store import QdrantPassageStore
from jazari_rag.errors import StoreError
from jazari_rag.ports import PassageStore

_OURS = frozenset({SHARD, NEW, OLD, LOCK_FILE, HOLDER_FILE})
_CACHED_RECORDS = 20_000


def open_edge(folder: Path, *, fingerprint: str, dimension: int | None, rebuild: bool = False) -> PassageStore:
    """The store in this folder, which is made if there is none.

    Opening a folder again in the same process shares its engine; the last `close` lets the folder go.

    Args:
        folder: Ours alone; its parent must exist.
        fingerprint: Of what makes the vectors.
        dimension: Of the dense vectors, or None for sparse vectors alone.
        rebuild: Empty it, whatever made it.

    Raises:
        StoreLockedError: Another process has it open.
        StoreMismatchError: Something else made this index.
        StoreError: It is not a store, or cannot be written or read.
    """
    shared = _acquire(folder, dimension, rebuild=rebuild)
    try:
        return QdrantPassageStore(
            shared.engine,
            state=shared.state,
            fingerprint=fingerprint,
            dimension=dimension,
            rebuild=rebuild,
            on_close=lambda: _release(shared),
        )
    except BaseException:
        _release(shared)
        raise


class _Shared:
    """An open folder, and how many stores of this process use it."""

    def __init__(self, folder: Path, dimension: int | None, *, rebuild: bool) -> None:
        self.folder = folder
        self.users = 0
        _prepare(folder)
        self.lock = FolderLock(folder)
        try:
            self.engine = EdgeEngine(folder, dimension, rebuild=rebuild)
        except BaseException:
            self.lock.release()
            raise
        self.state = StoreState(records=RecordCache(_CACHED_RECORDS), rarities=RarityCache())


_open: dict[Path, _Shared] = {}
_registry = Lock()


def _acquire(folder: Path, dimension: int | None, *, rebuild: bool) -> _Shared:
    folder = Path(os.path.realpath(folder))
    with _registry:
        shared = _open.get(folder)
        if shared is None:
            shared = _open[folder] = _Shared(folder, dimension, rebuild=rebuild)
        elif rebuild:
            raise StoreError(f"{folder} is open in this process: close it before it is rebuilt", location=str(folder))
        shared.users += 1
        return shared


def _release(shared: _Shared) -> None:
    with _registry:
        shared.users -= 1
        if shared.users == 0 and _open.get(shared.folder) is shared:
            del _open[shared.folder]
            try:
                shared.engine.close()
            finally:
                shared.lock.release()


def _leave_to_parent() -> None:
    """In a forked child: the engines are the parent's. They are never used, nor freed, which would write to disk."""
    global _registry
    _registry = Lock()
    for shared in _open.values():
        shared.engine.abandon()
        _close_descriptors(shared.folder)
    _open.clear()


def _close_descriptors(folder: Path) -> None:
    """Where the system tells (Linux): a child that lives on must not keep the engine's own lock on its log."""
    for entry in Path("/proc/self/fd").glob("*"):
        with suppress(OSError):
            if entry.readlink().is_relative_to(folder):
                os.close(int(entry.name))


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_parent)


def _prepare(folder: Path) -> None:
    """The folder exists and is ours to use."""
    location = str(folder)
    try:
        folder.mkdir(exist_ok=True)
        names = {entry.name for entry in folder.iterdir()}
    except FileNotFoundError:
        raise StoreError(f"{folder.parent} does not exist: create it first", location=location) from None
    except OSError as error:
        raise StoreError(f"{folder} cannot be used as a store: {error.strerror or error}", location=location) from None
    if names and not names & _OURS:
        raise StoreError(
            f"{folder} is not empty and is not a store: nothing was changed. Name an empty or a new folder.",
            location=location,
        )
