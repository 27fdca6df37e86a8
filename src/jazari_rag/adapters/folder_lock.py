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
            self._lock.acquire(blocking=False)
            self._sign()
        except Timeout:
            raise StoreLockedError(str(folder), _described(self._holder)) from None
        except OSError as error:
            self._lock.release()
            raise StoreError(f"{folder} cannot be locked: {error.strerror or error}", location=str(folder)) from error

    def release(self) -> None:
        self._holder.unlink(missing_ok=True)
        self._lock.release()

    def _sign(self) -> None:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        draft = self._holder.with_suffix(".tmp")
        draft.write_text(json.dumps({"pid": os.getpid(), "since": since}), encoding="utf-8")
        draft.replace(self._holder)


def _described(holder: Path) -> str:
    try:
        said = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {said['pid']}, since {said['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it did not say which"
