"""Whether anybody still waits for an answer: an async caller that goes away tells the threads that work for it."""

from __future__ import annotations

import asyncio
from asyncio import CancelledError
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from threading import Event, Lock
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SIDE_BY_SIDE = 64
"""Questions that are answered at once for async callers; each mostly waits for a backend. The event loop's own pool
is left to the application: a handful of slow answers would use it up."""

_pool = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="jazari-answer")


class Patience:
    """That of one caller. Ends once, from any thread."""

    def __init__(self) -> None:
        self._over = Event()
        self._lock = Lock()
        self._tell: list[Callable[[], object]] = []

    def end(self) -> None:
        """Tells all who work for this caller."""
        with self._lock:
            self._over.set()
            told, self._tell = self._tell, []
        for tell in told:
            tell()

    @property
    def is_over(self) -> bool:
        return self._over.is_set()

    def tell(self, tell: Callable[[], object]) -> None:
        """Calls `tell`, once, when it ends, or now where it has."""
        with self._lock:
            if not self.is_over:
                self._tell.append(tell)
                return
        tell()

    @contextmanager
    def telling(self, tell: Callable[[], object]) -> Iterator[None]:
        """As `tell`, when it ends within the block, or has ended before."""
        self.tell(tell)
        try:
            yield
        finally:
            with self._lock:
                if tell in self._tell:
                    self._tell.remove(tell)

    def wait(self, seconds: float) -> None:
        """Waits.

        Raises:
            CancelledError: It ended meanwhile.
        """
        if self._over.wait(seconds):
            raise CancelledError


_ENDLESS = Patience()
_PATIENCE: ContextVar[Patience] = ContextVar("jazari_patience", default=_ENDLESS)


def patience() -> Patience:
    """That of the caller for whom this thread works; a synchronous one has no end: it waits in the call itself."""
    return _PATIENCE.get()


def wait(seconds: float) -> None:
    """Waits as long as the caller does.

    Raises:
        CancelledError: The caller went away.
    """
    patience().wait(seconds)


class Listener:
    """An async caller: what runs for it in threads knows of its patience."""

    def __init__(self) -> None:
        self._patience = Patience()
        self._context = copy_context()
        self._context.run(_PATIENCE.set, self._patience)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work`, done in a thread; one at a time."""
        call = partial(self._context.run, partial(work, *args, **kwargs))
        return await asyncio.get_running_loop().run_in_executor(_pool, call)

    def leave(self) -> None:
        """Nobody listens any more."""
        self._patience.end()
