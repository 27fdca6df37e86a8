"""The child's side of the sandbox: limits itself, then answers requests until its parent is gone."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any, BinaryIO

from jazari_rag.errors import LimitExceededError, ReadError
from jazari_rag.ingestion.messages import LARGEST_MESSAGE, read_message, write_message

Handle = Callable[[dict[str, Any]], dict[str, Any]]
_PR_SET_PDEATHSIG = 1
_LONGEST_REASON = 300


def serve(handle: Handle) -> None:
    """Answers requests with `handle` until the parent closes the pipe.

    The first message carries the limits. What `handle` raises travels to the parent as a `ReadError`. After an error
    that nobody foresaw the process ends itself: the next request deserves a clean one.
    """
    requests, replies = _take_pipes()
    _die_with_parent()
    warnings.simplefilter("ignore")
    greeting = read_message(requests)
    if greeting is None:
        return
    _limit_resources(int(greeting["memory_mb"]))
    write_message(replies, {"ready": True})
    while (request := read_message(requests)) is not None:
        _limit_cpu(float(request["seconds"]))
        reply = _answer(handle, request)
        try:
            write_message(replies, reply)
        except ValueError:
            write_message(replies, _failure(_too_long()))
        except MemoryError:
            del reply
            write_message(replies, {**_failure(_too_big()), "retire": True})
            return
        if reply.get("retire"):
            return


def _answer(handle: Handle, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"reply": handle(request)}
    except ReadError as error:
        return _failure(error)
    except MemoryError:
        return {**_failure(_too_big()), "retire": True}
    except RecursionError:
        return {**_failure(ReadError("the document is nested too deeply to be read")), "retire": True}
    except OSError as error:
        if error.errno == errno.ENOMEM:
            return {**_failure(_too_big()), "retire": True}
        reason = ReadError(f"the file cannot be read: {error.strerror or error}", retryable=error.errno is not None)
        return _failure(reason)
    except Exception as error:  # a parser fed with hostile bytes may raise anything
        detail = f"{type(error).__name__}: {error}".strip(" :")[:_LONGEST_REASON]
        return {**_failure(ReadError(f"the document is damaged ({detail}); save it anew")), "retire": True}


def _failure(error: ReadError) -> dict[str, Any]:
    data = {"type": type(error).__name__, "message": error.message, "page": error.page, "retryable": error.retryable}
    if isinstance(error, LimitExceededError):
        data["limit"] = error.limit
    return {"error": data}


def _too_big() -> LimitExceededError:
    message = "reading takes more memory than limits.memory_mb; simplify the file or raise the limit"
    return LimitExceededError(message, limit="limits.memory_mb")


def _too_long() -> LimitExceededError:
    message = f"the document's text is larger than {LARGEST_MESSAGE >> 20} MiB; split the file"
    return LimitExceededError(message, limit="limits.memory_mb")


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes for ourselves alone: what a library prints goes nowhere instead of into a reply."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return requests, replies


def _limit_resources(memory_mb: int) -> None:
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        size = memory_mb << 20
        with contextlib.suppress(ValueError, OSError):  # macOS has no limit of the address space
            resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _limit_cpu(seconds: float) -> None:
    """Of the request that comes now, and of each program that it starts."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def _die_with_parent() -> None:
    """On Linux the kernel sees to it; elsewhere a thread looks whether we have been adopted."""
    parent = os.getppid()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            return
    if os.name == "posix":
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
