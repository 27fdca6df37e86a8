"""A total deadline for something that comes piece by piece.

The clients' own timeouts are per read: a server that sends a byte a second never runs into one.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing more comes, because of `error` if there was one."""

    error: BaseException | None = None


def within(seconds: float, produce: Callable[[], Iterable[T]]) -> Iterator[T]:
    """The items of `produce()`, which runs in a thread of its own.

    A thread that hangs is left behind (it ends with the process at the latest); one that is no longer listened to
    stops at its next item.

    Raises:
        TimeoutError: They were not all there in time.
    """
    pieces: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    abandoned = threading.Event()
    threading.Thread(target=_run, args=(produce, pieces, abandoned), name="jazari-backend", daemon=True).start()
    end = monotonic() + seconds
    try:
        while not isinstance(piece := _next(pieces, end, seconds), _End):
            yield piece
        if piece.error is not None:
            raise piece.error
    finally:
        abandoned.set()


def _next(pieces: queue.SimpleQueue[T | _End], end: float, seconds: float) -> T | _End:
    try:
        return pieces.get(timeout=max(0.0, end - monotonic()))
    except queue.Empty:
        raise TimeoutError(f"not done within {seconds:.0f} s") from None


def _run(produce: Callable[[], Iterable[T]], pieces: queue.SimpleQueue[T | _End], abandoned: threading.Event) -> None:
    try:
        for item in produce():
            if abandoned.is_set():
                return
            pieces.put(item)
    except BaseException as error:
        pieces.put(_End(error))
    else:
        pieces.put(_End())
