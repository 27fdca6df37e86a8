"""A total deadline for something that comes piece by piece.

The clients' own timeouts are per read: a server that sends a byte a second never runs into one.
"""

from __future__ import annotations

import queue
import threading
from asyncio import CancelledError
from collections.abc import Callable, Generator, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from jazari_rag.answering.patience import Patience, patience

T = TypeVar("T")


class Allowance:
    """How long a piece of work may go on: until `end` (of the monotonic clock), or until nobody listens any more."""

    def __init__(self, end: float) -> None:
        self.end = end
        self._patience = Patience()

    @property
    def abandoned(self) -> bool:
        return self._patience.is_over

    @property
    def remaining(self) -> float:
        """Seconds, 0 when it is over."""
        return 0.0 if self.abandoned else max(0.0, self.end - monotonic())

    def cut_with(self, cut: Callable[[], None]) -> None:
        """Calls `cut` as soon as nobody listens any more: it ends what the work waits for."""
        self._patience.tell(cut)

    def abandon(self) -> None:
        self._patience.end()


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

    When nobody listens any more, what the thread waits for is cut off where it said how; else it stops at its next
    item (it ends with the process at the latest).

    Raises:
        TimeoutError: They were not all there in time.
        CancelledError: The caller for whom this thread works went away.
    """
    pieces: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    allowed = Allowance(monotonic() + seconds)
    threading.Thread(target=_run, args=(produce, pieces, allowed), name="jazari-backend", daemon=True).start()
    try:
        with patience().telling(lambda: pieces.put(_End(CancelledError()))):
            while not isinstance(piece := _next(pieces, allowed.end, seconds), _End):
                yield piece
        if piece.error is not None:
            raise piece.error
    finally:
        allowed.abandon()


def _next(pieces: queue.SimpleQueue[T | _End], end: float, seconds: float) -> T | _End:
    try:
        return pieces.get(timeout=max(0.0, end - monotonic()))
    except queue.Empty:
        raise TimeoutError(f"not done within {seconds:.0f} s") from None


def _run(produce: Callable[[], Iterable[T]], pieces: queue.SimpleQueue[T | _End], allowed: Allowance) -> None:
    _ALLOWANCE.set(allowed)
    try:
        for item in produce():
            if allowed.abandoned:
                return
            pieces.put(item)
    except BaseException as error:
        pieces.put(_End(error))
    else:
        pieces.put(_End())
