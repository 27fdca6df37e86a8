"""When a backend that failed is asked again: the one place that decides it, as the clients' own retries are off."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from jazari_rag.answering.patience import wait as wait_patiently
from jazari_rag.errors import BackendUnavailableError


@dataclass(frozen=True, slots=True)
class Retries:
    """How often, and after how long.

    Attributes:
        times: Tries after the first one.
        first_pause: Seconds before the second try; twice as long before each further one.
        longest_pause: Seconds. A server that asks for a longer one is not asked again: a citizen is waiting, and
            another backend, or the documents alone, can answer now.
        wait: Waits for some seconds, or until nobody listens any more.
        clock: Seconds that only go up.
        chance: In [0, 1); a pause is that much of its second half shorter, so that many clients do not return at once.
    """

    times: int = 2
    first_pause: float = 0.5
    longest_pause: float = 10.0
    wait: Callable[[float], None] = wait_patiently
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random

    def pause(self, tries: int, error: BackendUnavailableError) -> float | None:
        """Seconds to wait after so many tries (from 1), or None where another one is not worth it."""
        if tries > self.times:
            return None
        if error.retry_after is not None:
            return error.retry_after if error.retry_after <= self.longest_pause else None
        longest: float = min(self.longest_pause, self.first_pause * 2 ** (tries - 1))
        return longest * (1 - self.chance() / 2)
