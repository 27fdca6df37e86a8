"""A total deadline for something that comes piece by piece.

The clients' own timeouts are per read: a server that sends a byte a second never runs into one.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Allowance:
    """How long a piece of work may go on: until `end` (of the monotonic clock), or until nobody listens any more."""

    end: float
    abandoned: threading.Event = field(default_factory=threading.Event)

    @property
    def remaining(self) -> float:
        """Seconds, 0 when it is over."""
        return 0.0 if self.abandoned.is_set() else max(0.0, self.end - monotonic())


_ALLOWANCE: ContextVar[Allowance | None] = ContextVar("jazari_allowance", default=None)


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing more comes, because of `error` if there was one."""

    error: BaseException | None = None


def allowance() -> Allowance | None:
    """That of the work that this thread does for `within`, if it does."""
    return _ALLOWANCE.get()


def within(seconds: float, produce: Callable[[], Iterable[T]]) -> Generator[T]:
    """The items of `produce()`, which runs in a thread of its own and may ask there for its `allowance()`.

    A thread that hangs is left behind (it ends with the process at the latest); one that is no longer listened to
    stops at its next item.

    Raises:
        TimeoutError: They were not all there in time.
    """
    pieces: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    allowed = Allowance(monotonic() + seconds)
    threading.Thread(target=_run, args=(produce, pieces, allowed), name="jazari-backend", daemon=True).start()
    try:
        while not isinstance(piece := _next(pieces, allowed.end, seconds), _End):
            yield piece
        if piece.error is not None:
            raise piece.error
    finally:
        allowed.abandoned.set()


def _next(pieces: queue.SimpleQueue[T | _End], end: float, seconds: float) -> T | _End:
    try:
        return pieces.get(timeout=max(0.0, end - monotonic()))
    except queue.Empty:
        raise TimeoutError(f"not done within {seconds:.0f} s") from None


def _run(produce: Callable[[], Iterable[T]], pieces: queue.SimpleQueue[T | _End], allowed: Allowance) -> None:
    _ALLOWANCE.set(allowed)
    try:
        for item in produce():
            if allowed.abandoned.is_set():
                return
            pieces.put(item)
    except BaseException as error:
        pieces.put(_End(error))
    else:
        pieces.put(_End())
