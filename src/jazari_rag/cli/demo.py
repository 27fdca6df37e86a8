"""`jazari demo`: the main job on the sample documents of a checkout."""

from __future__ import annotations

import contextlib
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from jazari_rag.assistant import Assistant
from jazari_rag.cli import render
from jazari_rag.cli.options import open_assistant
from jazari_rag.cli.output import Output
from jazari_rag.config import Config
from jazari_rag.domain import Answer, AnswerStatus
from jazari_rag.errors import UsageError

DOCUMENTS, QUESTIONS = Path("data/documents"), Path("data/demo.toml")
RULE = "─" * 72


def demonstrate(folder: Path | None, store: str | None, config: Config, output: Output) -> bool:
    """Ingests the documents and answers the questions of the demonstration.

    Args:
        folder: Instead of the project's documents.
        store: Where to keep them; a temporary folder when None.

    Returns:
        Whether something failed.

    Raises:
        UsageError: This is not a checkout of the project: there are no samples.
    """
    project = _project()
    questions = _questions(project / QUESTIONS)
    with _location(store) as location, open_assistant(config, location, existing=False) as assistant:
        with output.progress() as progress:
            report = assistant.ingest(folder or project / DOCUMENTS, progress=progress)
        if not output.json:
            output.say(render.ingest_report(report))
        answers = [(question, _answer(assistant, question, output)) for question in questions]
    if output.json:
        exchanges = [{"question": question, "answer": answer.to_dict()} for question, answer in answers]
        output.document({"ingest": report.to_dict(), "answers": exchanges})
    return report.failed > 0 or any(answer.status is AnswerStatus.BACKEND_FAILED for _, answer in answers)


def _answer(assistant: Assistant, question: str, output: Output) -> Answer:
    answer = assistant.ask(question)
    if not output.json:
        output.say(f"\n{RULE}\n{question}  [{answer.language}]\n\n{render.answer(answer)}")
    return answer


def _project() -> Path:
    """The checkout that this module or the working directory lies in."""
    for candidate in (Path(__file__).resolve().parents[3], Path.cwd(), *Path.cwd().parents):
        if (candidate / QUESTIONS).is_file() and (candidate / DOCUMENTS).is_dir():
            return candidate
    raise UsageError(
        f"the demonstration needs {DOCUMENTS}/ and {QUESTIONS}, which come with a checkout of the project and not with "
        "the installed package: run it in a checkout, or start with  jazari ingest PATH…"
    )


def _questions(path: Path) -> list[str]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("question", [])
        return [str(row["text"]) for row in rows]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, KeyError) as error:
        raise UsageError(f"{path}: not a list of questions: {error!r}") from None


@contextlib.contextmanager
def _location(store: str | None) -> Iterator[str]:
    if store is not None:
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="jazari-demo-", ignore_cleanup_errors=True) as folder:
        yield str(Path(folder) / "store")
