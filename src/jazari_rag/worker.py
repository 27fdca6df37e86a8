"""The process that reads files: `python -m jazari_rag.worker`. It may be killed at any time."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jazari_rag.assembly import make_reader
from jazari_rag.config import PassageSizes
from jazari_rag.domain import ReadDocument
from jazari_rag.errors import ReadError
from jazari_rag.ingestion.codec import to_json
from jazari_rag.ingestion.formats import detect_format
from jazari_rag.ingestion.inputs import load_row
from jazari_rag.ingestion.parsing import parse, parsed_to_json, prepare
from jazari_rag.ingestion.sandbox_child import serve
from jazari_rag.languages import Languages, load_languages


def read_file(path: Path, *, max_pages: int) -> ReadDocument:
    """The document at `path`, by the reader that its content asks for. Imports that reader's library alone.

    Raises:
        ReadError: It cannot be read; the message says why and what to do.
        OSError: The file cannot be opened.
    """
    return make_reader(detect_format(path), max_pages=max_pages).read(path)


def handle(request: dict[str, Any]) -> dict[str, Any]:
    """Answers one request.

    `{"path", "max_pages", "task"}` and, but for the task `read`, `{"document_id", "offset", "sizes", "languages"}`:
    `read` replies with the document as it was read, `parse` with its passages, `inspect` with both.
    """
    path = Path(request["path"])
    read = _row(path, request["offset"]) if request.get("offset") is not None else None
    read = read or read_file(path, max_pages=int(request["max_pages"]))
    if request["task"] == "read":
        return to_json(read)
    languages = _languages(tuple(request["languages"]))
    prepared = prepare(read, languages)
    parse_it = partial(parse, prepared, request["document_id"], languages=languages)
    if request["task"] == "parse":
        return parsed_to_json(parse_it(sizes=PassageSizes(**request["sizes"])))
    try:
        parsed, problem = parsed_to_json(parse_it(sizes=PassageSizes(**request["sizes"]))), None
    except ReadError as error:
        parsed, problem = None, error.message
    return {"read": to_json(prepared), "parsed": parsed, "problem": problem}


def _row(path: Path, offset: int) -> ReadDocument:
    try:
        return load_row(path, offset)
    except ValueError as error:
        raise ReadError(f"the row changed while it was ingested: {error}", retryable=True) from error


@lru_cache(maxsize=4)
def _languages(folders: tuple[str, ...]) -> Languages:
    return load_languages([Path(folder) for folder in folders])


if __name__ == "__main__":
    serve(handle)
