"""What a backend's client raised, in our own words.

Every client has its own family of exceptions (openai's, mistralai's `SDKError`, ollama's, httpx's); they are told
apart by what they carry, a status and headers, and by the names of their classes, so that none is imported here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from time import time

from jazari_rag.errors import BackendError, BackendRejectedError, BackendUnavailableError

_REASON_LENGTH = 200
_TIMEOUT = re.compile("timeout", re.IGNORECASE)
_CUT_OFF = re.compile(
    "ConnectError|ConnectionError|RemoteProtocolError|NetworkError|ReadError|WriteError|IncompleteRead"
)
_KEY_LIKE = re.compile(r"\b(?:sk|pk|hf|gsk)[-_][\w\-]{6,}|(?<=Bearer )\S+|(?<=://)[^/\s@]+:[^/\s@]+(?=@)")
_WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429})


def as_backend_error(error: BaseException, *, backend: str, secrets: Iterable[str] = ()) -> BackendError:
    """The error as one of ours: unavailable (another try may help) or rejected (it will not).

    Args:
        error: What the client raised.
        backend: For the message and the error's `backend`.
        secrets: What must not stand in the message, besides what looks like a key.
    """
    chain = list(_chain(error))
    status = next(filter(None, map(_status, chain)), None)
    if status is not None and status >= 300:
        return _of_status(status, chain, backend, secrets)
    names = [name.__name__ for link in chain for name in type(link).__mro__]
    if any(map(_TIMEOUT.search, names)):
        return BackendUnavailableError(f"{backend} did not answer in time", backend=backend)
    if any(map(_CUT_OFF.search, names)):
        return BackendUnavailableError(
            f"{backend} cannot be reached ({safe_reason(error, secrets)}): is it running, and is its address right?",
            backend=backend,
        )
    return BackendRejectedError(
        f"{backend} sent a reply that is not one ({type(error).__name__}): is its address the one of an API?",
        backend=backend,
    )


def safe_reason(error: BaseException, secrets: Iterable[str] = ()) -> str:
    """The first line of what the error says, short and without keys."""
    text = next((line.strip() for line in str(error).splitlines() if line.strip()), "") or type(error).__name__
    for secret in (*secrets, *_secrets_of_environment()):
        if len(secret) >= 4:
            text = text.replace(secret, "***")
    return _KEY_LIKE.sub("***", text)[:_REASON_LENGTH]


def _of_status(status: int, chain: list[BaseException], backend: str, secrets: Iterable[str]) -> BackendError:
    if status >= 500 or status in _WORTH_ANOTHER_TRY:
        what = "is asked too often" if status == 429 else "failed"
        wait = next((found for found in map(_retry_after, chain) if found is not None), None)
        return BackendUnavailableError(f"{backend} {what} (HTTP {status})", backend=backend, retry_after=wait)
    if status in (401, 403):
        what = f"{backend} does not accept the key (HTTP {status}): set the right one in the environment"
    elif status == 404:
        what = f"{backend} knows no such model or address (HTTP 404)"
    else:
        what = f"{backend} refused the request (HTTP {status}: {safe_reason(chain[0], secrets)})"
    return BackendRejectedError(what, backend=backend)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, each once."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _status(error: BaseException) -> int | None:
    for holder in (error, getattr(error, "response", None), getattr(error, "raw_response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int) and 100 <= status < 600:
            return status
    return None


def _retry_after(error: BaseException) -> float | None:
    """Seconds, from the header of that name: a number, or a date."""
    for holder in (error, getattr(error, "response", None), getattr(error, "raw_response", None)):
        headers = getattr(holder, "headers", None)
        value = headers.get("retry-after") if isinstance(headers, Mapping) else None
        if isinstance(value, str):
            return _seconds(value)
    return None


def _seconds(value: str) -> float | None:
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except ValueError:
        return None


def _secrets_of_environment() -> Iterator[str]:
    for name, value in os.environ.items():
        if name.endswith(("_API_KEY", "_TOKEN")):
            yield value
