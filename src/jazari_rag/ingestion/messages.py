"""What goes over the pipes between a sandbox and its children: length-prefixed JSON, never pickles."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

from jazari_rag.errors import EncryptedError, LimitExceededError, ReadError, UnsupportedFormatError

LARGEST_MESSAGE = 128 * 1024 * 1024
"""Bytes of a request or a reply."""

_LENGTH = struct.Struct(">Q")
_ERRORS: dict[str, type[ReadError]] = {
    kind.__name__: kind for kind in (ReadError, UnsupportedFormatError, EncryptedError, LimitExceededError)
}


def write_message(pipe: IO[bytes], message: Mapping[str, Any]) -> None:
    """Sends one message. Lone surrogates of odd file names survive.

    Raises:
        ValueError: It is larger than `LARGEST_MESSAGE`.
    """
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    if len(body) > LARGEST_MESSAGE:
        raise ValueError(f"a message of {len(body)} bytes")
    pipe.write(_LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def read_message(pipe: IO[bytes]) -> dict[str, Any] | None:
    """Receives one message, or None at the end of the stream or where it is broken off or malformed."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    if size > LARGEST_MESSAGE:
        return None
    body = pipe.read(size)
    if len(body) < size:
        return None
    try:
        message = json.loads(body.decode("utf-8", "surrogatepass"))
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def error_from(data: Mapping[str, Any]) -> ReadError:
    """The error that a child sent, in its class, with its data."""
    message = str(data.get("message", ""))
    if data.get("type") == LimitExceededError.__name__:
        return LimitExceededError(message, limit=str(data.get("limit", "")))
    kind = _ERRORS.get(str(data.get("type")), ReadError)
    page = data.get("page")
    return kind(message, page=page if isinstance(page, int) else None, retryable=bool(data.get("retryable")))
