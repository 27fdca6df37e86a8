"""The command line: `jazari`."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from jazari_rag.cli.output import Output, use_utf8
from jazari_rag.errors import ConfigurationError, JazariError, UsageError

DONE, FAILED, WRONG_USAGE, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        arguments: Those of the process when None, without the program's name.

    Returns:
        The exit status: 0 done (an abstention is done), 1 something failed and the report says what, 2 wrong usage or
        configuration, 130 interrupted, 141 when the reader of the output has gone.
    """
    use_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    output = Output(json="--json" in (words[: words.index("--")] if "--" in words else words))
    try:
        status = _run(words, output) if words else _run(["--help"], output) or WRONG_USAGE
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return CLOSED_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _run(words: list[str], output: Output) -> int:
    import typer

    from jazari_rag.cli.app import app

    # ClickException: click's own, or that of the copy of click inside newer versions of typer.
    wrong_usage: type[Exception] = typer.BadParameter.__bases__[0].__bases__[0]
    try:
        with contextlib.redirect_stdout(sys.stderr) if output.json else contextlib.nullcontext():
            status = app(words, prog_name="jazari", obj=output, standalone_mode=False)
    except typer.Abort as error:
        return FAILED if isinstance(error.__cause__, EOFError) else INTERRUPTED
    except (ConfigurationError, UsageError) as error:
        output.error(error)
        return WRONG_USAGE
    except JazariError as error:
        output.error(error)
        return FAILED
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):
            raise stop.__context__ from None
        raise
    except wrong_usage as error:
        output.error(UsageError(_explained(error)))
        return WRONG_USAGE
    except Exception as error:  # a bug: its traceback is wanted, and --json still owes its document
        output.bug(error)
        raise
    return status if isinstance(status, int) else DONE


def _explained(error: Exception) -> str:
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    return f"{message} (jazari --help says more)"


def _forget_stdout() -> None:
    """Nobody reads it any more: what is still buffered must not fail at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
