"""The process that reads files: `python -m jazari_rag.worker`. It may be killed at any time."""

from __future__ import annotations

import tempfile
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jazari_rag.adapters.readers import make_reader
from jazari_rag.adapters.titles import first_title
from jazari_rag.config import PassageSizes
from jazari_rag.domain import ReadDocument
from jazari_rag.errors import ReadError
from jazari_rag.ingestion.codec import page_from_json, page_to_json, to_json
from jazari_rag.ingestion.formats import detect_format
from jazari_rag.ingestion.inputs import load_row
from jazari_rag.ingestion.parsing import parse, parsed_to_json, prepare, study, with_pages
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
    """Answers one request. The task `recognise` has one page recognised, and replies with it.

    The others take `{"path", "max_pages", "task"}`, perhaps `{"recognised", "title"}` (pages that were recognised, to
    be put in), and, but for the task `read`, `{"document_id", "offset", "sizes", "languages"}`: `read` replies with
    the document as it was read, `parse` with its passages, `inspect` with both.
    """
    if request["task"] == "recognise":
        return _recognise(request)
    path = Path(request["path"])
    read = _row(path, request["offset"]) if request.get("offset") is not None else None
    read = read or read_file(path, max_pages=int(request["max_pages"]))
    read = _with_recognised(read, path, request)
    if request["task"] == "read":
        return to_json(read)
    languages = _languages(tuple(request["languages"]))
    prepared = prepare(read, languages)
    parse_it = partial(parse, prepared, request["document_id"], languages=languages)
    if request["task"] == "parse":
        return parsed_to_json(parse_it(sizes=PassageSizes(**request["sizes"])))
    parsed = parsed_to_json(parse_it(sizes=PassageSizes(**request["sizes"])))
    return {"read": to_json(prepared), "parsed": parsed, **study(prepared, languages)}


def _recognise(request: dict[str, Any]) -> dict[str, Any]:
    from jazari_rag.adapters.ocr import recognise

    tempfile.tempdir = request["folder"]
    page, title = recognise(Path(request["path"]), request["page"], languages=request["languages"])
    return {"page": page_to_json(page), "title": title}


def _with_recognised(read: ReadDocument, path: Path, request: dict[str, Any]) -> ReadDocument:
    pages = {page["number"]: page_from_json(page) for page in request.get("recognised", ())}
    title = first_title([request.get("title")], "") if pages and read.title == path.stem else ""
    return with_pages(read, pages, title=title)


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
