"""Where the commands write: results to standard output, all else to standard error."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from jazari_rag.errors import JazariError
from jazari_rag.ports import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


def use_utf8() -> None:
    """Arabic reaches the terminal or the pipe whatever the locale says; a lone surrogate of a file name is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def restored(text: str) -> str:
    """`text` with its bytes put together again, where a locale without UTF-8 took them apart (PEP 383)."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return text


def clean(text: str) -> str:
    """What a person typed, as whole characters."""
    return restored(text).encode("utf-8", "replace").decode("utf-8")


def plain(text: str) -> str:
    """`text` without control characters: a document cannot send commands to the reader's terminal."""
    return restored(text).translate(_CONTROLS)


def one_line(text: str) -> str:
    return " ".join(plain(text).split())


@dataclass(frozen=True, slots=True)
class Output:
    """The two streams of a command.

    With `json`, exactly one document goes to standard output; `sys.stdout` is redirected while a command runs, so
    that a library that prints cannot spoil it.
    """

    json: bool = False
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    stderr: TextIO = field(default_factory=lambda: sys.stderr)

    def document(self, value: Mapping[str, object]) -> None:
        """Prints the JSON document of this command."""
        try:
            text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=str)
        except ValueError:
            text = json.dumps(_finite(value), ensure_ascii=False, indent=2, default=str)
        print(restored(text), file=self.stdout, flush=True)

    def say(self, text: str = "", *, end: str = "\n") -> None:
        """Prints a part of the result for a person, at once."""
        print(plain(text), file=self.stdout, end=end, flush=True)

    def note(self, text: str) -> None:
        """Tells a person something beside the result."""
        print(plain(text), file=self.stderr, flush=True)

    def error(self, error: JazariError) -> None:
        """One line on standard error and, with `json`, the document that a script reads."""
        self.note(f"jazari: {one_line(error.message)}")
        if self.json:
            details = {"type": type(error).__name__, "message": error.message, "retryable": error.retryable}
            self.document({"error": details})

    def bug(self, error: Exception) -> None:
        """With `json`, the document that a script reads; the traceback is somebody else's."""
        if self.json and not isinstance(error, BrokenPipeError):
            self.document({"error": {"type": type(error).__name__, "message": str(error), "retryable": False}})

    @contextlib.contextmanager
    def progress(self) -> Iterator[Progress]:
        """A bar on a terminal, nothing elsewhere."""
        if not self.stderr.isatty():
            yield _silent
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
        with Bars(*columns, TimeElapsedColumn(), console=Console(file=self.stderr), transient=True) as bars:
            yield _Bar(bars)


class _Bar:
    """One bar, described by what is being done: a kind of work, or the name of a file."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task = bars.add_task("…", total=None)

    def __call__(self, done: int, total: int, what: str) -> None:
        self._bars.update(self._task, completed=done, total=total, description=one_line(what)[-50:])


def _silent(done: int, total: int, what: str) -> None:  # noqa: ARG001
    return None


def _finite(value: object) -> object:
    """JSON knows no NaN and no infinity."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value
