"""One process at a time in a folder, and a clear word on who has it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from jazari_rag.errors import StoreError, StoreLockedError

LOCK_FILE = "store.lock"
HOLDER_FILE = "holder.json"
_LINGERS = 3.0
"""Seconds for which what a killed process had just started may still hold its lock: until it runs its own program."""


class FolderLock:
    """Holds a folder for this process until `release`, or until the process ends, however it ends.

    A forked child does not hold it: filelock closes the child's descriptor.

    Raises:
        StoreLockedError: Another process holds it; the message names it.
        StoreError: The folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._holder = folder / HOLDER_FILE
        self._lock = FileLock(folder / LOCK_FILE, thread_local=False)
        try:
            self._acquire()
            self._sign()
        except Timeout:
            raise StoreLockedError(str(folder), _described(self._holder)) from None
        except OSError as error:
            self._lock.release()
            raise StoreError(f"{folder} cannot be locked: {error.strerror or error}", location=str(folder)) from error

    def release(self) -> None:
        self._holder.unlink(missing_ok=True)
        self._lock.release()

    def _acquire(self) -> None:
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            if not _is_gone(self._holder):
                raise
            self._lock.acquire(timeout=_LINGERS)

    def _sign(self) -> None:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        draft = self._holder.with_suffix(".tmp")
        draft.write_text(json.dumps({"pid": os.getpid(), "since": since}), encoding="utf-8")
        draft.replace(self._holder)


def _is_gone(holder: Path) -> bool:
    """Whether the process that signed is known not to run any more."""
    if os.name != "posix":
        return False
    signed = _signature(holder)
    try:
        os.kill(signed[0] if signed else os.getpid(), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _described(holder: Path) -> str:
    signed = _signature(holder)
    return f"process {signed[0]}, since {signed[1]}" if signed else "it did not say which"


def _signature(holder: Path) -> tuple[int, str] | None:
    """The process that signed, and since when it holds the folder; None where that cannot be read."""
    try:
        said = json.loads(holder.read_text(encoding="utf-8"))
        return int(said["pid"]), str(said["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
