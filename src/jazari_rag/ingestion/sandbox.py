"""Runs untrusted work in child processes that may hang, bloat or crash.

Parent and child exchange length-prefixed JSON over pipes, never pickles. A child serves many requests; it is replaced
after a crash, a limit, a doubt, or `_REQUESTS_A_CHILD` requests.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jazari_rag.config import ReadingLimits
from jazari_rag.errors import LimitExceededError, ReadError
from jazari_rag.ingestion.messages import error_from, read_message, write_message

Request = dict[str, Any]
Reply = dict[str, Any] | ReadError

_REQUESTS_A_CHILD = 2000
_START_SECONDS = 60.0
_PATIENCE = 3.0
"""Times `limits.seconds` that a request may take by the clock: on a busy machine a child waits for its turn."""
_SECRET_ENDINGS = ("_KEY", "_TOKEN", "_SECRET", "_PASSWORD")


def worker_command(module: str = "jazari_rag.worker") -> tuple[str, ...]:
    """The command of a child; `-P` keeps a `docx.py` in the current folder from being imported."""
    return (sys.executable, "-P", "-m", module)


class SandboxPool:
    """Child processes that answer requests within limits.

    Args:
        command: Starts a child that calls `sandbox_child.serve`.
        limits: `memory_mb` is a child's address space, `seconds` a request's processor time, `workers` how many
            children.
    """

    def __init__(self, command: Sequence[str], limits: ReadingLimits) -> None:
        self._command = tuple(command)
        self._limits = limits
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[_Worker] = []
        self._closed = False

    def map(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Reply]]:
        """Each request with its reply or the reason why there is none, as they complete.

        `requests` is consumed in the caller's thread, a few ahead of what is yielded. Stopping early kills the
        children that are still at work for this call.
        """
        self._start()
        run = _Run()
        waiting = 0
        pending = iter(requests)
        try:
            for request in pending:
                self._jobs.put(_Job(request, run))
                waiting += 1
                if waiting >= 2 * self._limits.workers:
                    yield run.results.get()
                    waiting -= 1
            while waiting:
                yield run.results.get()
                waiting -= 1
        finally:
            run.cancelled.set()
            for worker in self._threads:
                worker.abandon(run)

    def close(self) -> None:
        """Ends all children. Calling it again does nothing."""
        with self._lock:
            threads, self._threads = self._threads, []
            self._closed = True
        for _ in threads:
            self._jobs.put(None)
        for worker in threads:
            worker.abandon(None)
        for worker in threads:
            worker.join(timeout=10)

    def __enter__(self) -> SandboxPool:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _start(self) -> None:
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is closed")
            if not self._threads:
                self._threads = [_Worker(self._jobs, self._command, self._limits) for _ in range(self._limits.workers)]
                for worker in self._threads:
                    worker.start()


class _Run:
    """One call of `map`."""

    def __init__(self) -> None:
        self.results: queue.SimpleQueue[tuple[Request, Reply]] = queue.SimpleQueue()
        self.cancelled = threading.Event()


class _Job:
    def __init__(self, request: Request, run: _Run) -> None:
        self.request = request
        self.run = run


class _Worker(threading.Thread):
    """Owns one child. It lives as long as its children: on Linux they die with the thread that started them."""

    def __init__(self, jobs: queue.SimpleQueue[_Job | None], command: Sequence[str], limits: ReadingLimits) -> None:
        super().__init__(name="jazari-sandbox", daemon=True)
        self._jobs = jobs
        self._command = command
        self._limits = limits
        self._child: _Child | None = None
        self._busy_for: _Run | None = None
        self._closing = False

    def run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if job.run.cancelled.is_set():
                continue
            self._busy_for = job.run
            try:
                reply = self._answer(job)
            except Exception as error:  # a consumer that waits for this reply must get one
                reply = ReadError(f"the reading process failed: {error}", retryable=True)
            self._busy_for = None
            job.run.results.put((job.request, reply))
        self._retire()

    def abandon(self, run: _Run | None) -> None:
        """Kills the child if it works for `run`; for good if that is None."""
        self._closing = self._closing or run is None
        child = self._child
        if child is not None and (run is None or self._busy_for is run):
            child.kill()

    def _answer(self, job: _Job) -> Reply:
        fresh = self._child is None
        reply = self._ask(job.request)
        # What an earlier file left behind in the process must not decide about this one.
        if not fresh and _may_be_another_files_fault(reply) and not job.run.cancelled.is_set() and not self._closing:
            reply = self._ask(job.request)
        return reply

    def _ask(self, request: Request) -> Reply:
        if self._child is None:
            child = _Child(self._command)
            self._child = child
            if not child.greet(self._limits):
                self._retire()
                command = " ".join(self._command)
                return ReadError(
                    f"the reading process did not start; run by hand to see why: {command}", retryable=True
                )
        reply, reusable = self._child.ask(request, self._limits)
        if not reusable or self._child.served >= _REQUESTS_A_CHILD:
            self._retire()
        return reply

    def _retire(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.close()


def _may_be_another_files_fault(reply: Reply) -> bool:
    if isinstance(reply, LimitExceededError):
        return reply.limit == "limits.memory_mb"
    return isinstance(reply, _CrashError)


class _CrashError(ReadError):
    """The child ended without a reply."""


class _Child:
    """A process with two pipes, in a session of its own so that its whole group can be killed."""

    def __init__(self, command: Sequence[str]) -> None:
        self.served = 0
        self._lock = threading.Lock()
        environment = {name: value for name, value in os.environ.items() if not name.endswith(_SECRET_ENDINGS)}
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            start_new_session=True,
            env=environment,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._replies = self._process.stdin, self._process.stdout

    def greet(self, limits: ReadingLimits) -> bool:
        """Sends the limits; whether the child came up."""
        reply, _ = self._exchange({"memory_mb": limits.memory_mb}, _START_SECONDS)
        return reply is not None

    def ask(self, request: Request, limits: ReadingLimits) -> tuple[Reply, bool]:
        """The reply, and whether the child can serve on."""
        self.served += 1
        reply, expired = self._exchange({**request, "seconds": limits.seconds}, _PATIENCE * limits.seconds)
        if reply is None:
            return (_too_slow(limits) if expired or self._used_up() else self._crash()), False
        if "error" in reply:
            return error_from(reply["error"]), not reply.get("retire", False)
        return reply.get("reply", {}), True

    def kill(self) -> None:
        """Kills the process group; harmless when it is gone."""
        with self._lock:
            if self._process.poll() is not None:
                return
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if hasattr(os, "killpg"):
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()

    def close(self) -> None:
        self.kill()
        self._process.wait()
        for pipe in (self._requests, self._replies):
            with contextlib.suppress(OSError):
                pipe.close()

    def _exchange(self, message: Request, seconds: float) -> tuple[dict[str, Any] | None, bool]:
        """The child's reply, or None, and whether time ran out."""
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self.kill()

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            write_message(self._requests, message)
            return read_message(self._replies), expired.is_set()
        except OSError:
            return None, expired.is_set()
        finally:
            timer.cancel()

    def _used_up(self) -> bool:
        """Whether the system ended the child for its processor time."""
        return self._ended() == -getattr(signal, "SIGXCPU", 0) != 0

    def _ended(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        return self._process.poll()

    def _crash(self) -> ReadError:
        code = self._ended()
        if code is None:
            return _CrashError("the reader sent a reply that is malformed or too large")
        how = f"signal {-code}" if code < 0 else f"exit status {code}"
        return _CrashError(
            f"the reader crashed ({how}): the file is damaged or hostile; open and save it anew as PDF/A"
        )


def _too_slow(limits: ReadingLimits) -> LimitExceededError:
    message = f"reading takes more than limits.seconds ({limits.seconds:g} s); simplify the file or raise the limit"
    return LimitExceededError(message, limit="limits.seconds")
