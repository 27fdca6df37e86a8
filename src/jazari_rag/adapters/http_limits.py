"""An HTTP client that keeps to the allowance of its thread: httpx, or a library with its interface.

A deadline that only its caller knows of would leave a connection open behind it, and the server writing; so would a
citizen who goes away while the server is silent. Done by event hooks and the trace of connections, which leave the
client's own transport, proxies and certificates as they are. A connection serves one request: it can then be cut off
whenever nobody listens any more, and a handshake is little beside what a model takes.
"""

from __future__ import annotations

import socket
import weakref
from collections.abc import Iterator, Mapping
from contextlib import suppress
from types import ModuleType
from typing import Any

from jazari_rag.adapters.deadlines import Allowance, allowance


class NoApiReplyError(Exception):
    """A web page came where data should: a portal that wants a login, a proxy, a wrong address."""


_SHORTEST = 0.01
"""Seconds: the least that a timeout can be."""
_LONGEST_CONNECT = 10.0
"""Seconds: what connects cannot be cut off."""


def limit(client: Any, library: ModuleType, *, owner: object) -> None:
    """Makes every request of `client` end with the allowance of the thread that makes it, and read as UTF-8.

    Args:
        client: A synchronous client of `library`.
        library: `httpx`, or one with its interface.
        owner: Who uses the client: its connections are closed when this one is gone, as no LLM class has a `close`.
    """

    class Limited(library.SyncByteStream):  # type: ignore[misc, name-defined]
        """A body that ends with the allowance."""

        def __init__(self, stream: Any, allowed: Allowance) -> None:
            self._stream = stream
            self._allowed = allowed

        def __iter__(self) -> Iterator[bytes]:
            for chunk in self._stream:
                if self._allowed.remaining <= 0:
                    raise library.ReadTimeout("the time for the whole reply is over")
                yield chunk

        def close(self) -> None:
            self._stream.close()

    def bound(response: Any) -> None:
        if response.is_success and response.headers.get("content-type", "").lower().startswith("text/html"):
            raise NoApiReplyError("a web page")
        # JSON and event streams are UTF-8, whatever a server declares: believing it would garble Arabic.
        response.encoding = "utf-8"
        allowed = allowance()
        if allowed is not None:
            response.stream = Limited(response.stream, allowed)

    client.event_hooks = {"request": [_bind], "response": [bound]}
    weakref.finalize(owner, client.close)


def _bind(request: Any) -> None:
    """No single wait may be longer than what is left for all of it, and the connection ends when nobody listens."""
    allowed = allowance()
    if allowed is None:
        return
    left = max(_SHORTEST, allowed.remaining)
    longest = {"connect": min(left, _LONGEST_CONNECT)}
    waits = request.extensions.get("timeout") or dict.fromkeys(("connect", "read", "write", "pool"))
    shorter = {kind: min(longest.get(kind, left), left if wait is None else wait) for kind, wait in waits.items()}

    def trace(event: str, info: Mapping[str, Any]) -> None:
        stream = info.get("return_value") if event.endswith(("connect_tcp.complete", "start_tls.complete")) else None
        connection = stream.get_extra_info("socket") if stream is not None else None
        if connection is not None:
            allowed.cut_with(lambda: _cut(connection))

    request.headers["connection"] = "close"
    request.extensions = {**request.extensions, "timeout": shorter, "trace": trace}


def _cut(connection: socket.socket) -> None:
    """Ends what another thread waits for: closing alone would not wake it."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
