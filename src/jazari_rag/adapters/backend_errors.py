"""What a backend's client raised, in our own words.

Every client has its own family of exceptions (openai's, mistralai's `SDKError`, ollama's, httpx's); they are told
apart by what they carry, a status and headers, and by the names of their classes, so that none is imported here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from math import isfinite
from time import time

from jazari_rag.adapters.http_limits import NoApiReplyError
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
    if any(isinstance(link, NoApiReplyError) for link in chain):
        return _no_reply(backend, "a web page")
    if any(map(_TIMEOUT.search, names)):
        return BackendUnavailableError(f"{backend} did not answer in time", backend=backend)
    if any(map(_CUT_OFF.search, names)):
        return BackendUnavailableError(
            f"{backend} cannot be reached ({safe_reason(error, secrets)}): is it running, and is its address right?",
            backend=backend,
        )
    return _no_reply(backend, type(error).__name__)


def _no_reply(backend: str, what: str) -> BackendRejectedError:
    message = f"{backend} sent a reply that is not one ({what}): is its address the one of an API?"
    return BackendRejectedError(message, backend=backend)


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
    """Seconds, from the headers that say when to come back."""
    for holder in (error, getattr(error, "response", None), getattr(error, "raw_response", None)):
        headers = getattr(holder, "headers", None)
        if isinstance(headers, Mapping):
            return retry_after(headers, now=time())
    return None


def retry_after(headers: Mapping[str, str], *, now: float) -> float | None:
    """Seconds to wait, or None where the server does not say, or not in a way that can be meant.

    Args:
        headers: `retry-after-ms` (milliseconds) wins over `retry-after` (seconds, or any form of HTTP date).
        now: Seconds since the epoch.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    seconds = _number(value)
    return seconds if seconds is not None or value is None else _until(value, now)


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return max(0.0, number) if isfinite(number) else None


def _until(date: str, now: float) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)  # an HTTP date is in GMT also in the form that does not say so
    return max(0.0, moment.timestamp() - now)


def _secrets_of_environment() -> Iterator[str]:
    for name, value in os.environ.items():
        if name.endswith(("_API_KEY", "_TOKEN")):
            yield value
