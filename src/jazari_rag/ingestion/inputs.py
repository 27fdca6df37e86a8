"""Finds what is to be ingested: every file below a path, and every line of a `.jsonl`, is an input."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jazari_rag.domain import Failure, Metadata, Page, ReadDocument
from jazari_rag.errors import UsageError
from jazari_rag.ingestion.metadata import clean, is_list_of_text, without_surrogates

MAX_LINE_BYTES = 16 * 1024 * 1024
ROW_FIELDS = frozenset({"id", "title", "text", "lang", "source"})


@dataclass(frozen=True, slots=True)
class Input:
    """One document to be: a file, or the line of a `.jsonl` that starts at byte `offset`."""

    document_id: str
    source: str
    """As a citizen may see it."""
    location: Path
    root: str
    digest: str
    signature: str = ""
    """Of what else of a row makes its revision (its metadata and source)."""
    offset: int | None = None

    @property
    def is_row(self) -> bool:
        return self.offset is not None

    @property
    def place(self) -> str:
        """The location as a record keeps it."""
        return printable(str(self.location))

    def describe(self) -> str:
        return f"{self.place} (a row)" if self.is_row else self.place


@dataclass(slots=True)
class Found:
    """What a search for inputs saw.

    Attributes:
        roots: What was searched, as records keep it; `empty` are those where nothing was found.
        uncertain: Places that could not be read whole: nothing of them is pruned. `unlisted` are the folders of them.
        failed_ids: Sources, or ids, that are there but could not be read.
    """

    inputs: list[Input] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    uncertain: list[Path] = field(default_factory=list)
    unlisted: list[Path] = field(default_factory=list)
    failed_ids: set[str] = field(default_factory=set)

    def fail(self, source: str, reason: str, *, document_id: str | None = None, retryable: bool = False) -> None:
        self.failures.append(Failure(source, reason, retryable=retryable))
        self.failed_ids.add(document_id or source)

    def doubt(self, location: Path) -> None:
        self.uncertain.append(Path(printable(str(location))))

    @property
    def seen(self) -> int:
        return len(self.inputs) + len(self.failures)


def find_inputs(paths: Sequence[str | Path], *, exclude: Path | None = None) -> Found:
    """Every input below `paths`, in a stable order; `exclude` is the store's own folder.

    Raises:
        UsageError: A path does not exist.
    """
    found = Found()
    check_paths(paths)
    for given in paths:
        root = Path(given)
        absolute = Path(os.path.abspath(root))  # noqa: PTH100  resolve() would follow links
        name = printable(str(absolute))
        if name in found.roots:
            continue
        found.roots.append(name)
        before = found.seen
        for location, source in _files(absolute, found, exclude):
            _add(found, location, source, name)
        if found.seen == before:
            found.empty.append(name)
    return found


def check_paths(paths: Iterable[str | Path]) -> None:
    """Before anything is done to a store.

    Raises:
        UsageError: A path does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path} does not exist: nothing was ingested")


def _files(root: Path, found: Found, exclude: Path | None) -> Iterator[tuple[Path, str]]:
    if not root.is_dir():
        yield root, printable(root.name)
        return
    skipped = exclude.resolve() if exclude is not None else None
    prefix = printable(root.name)
    pending, visited = [root], set[tuple[int, int]]()
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            identity = folder.stat()
        except OSError as error:
            name = _relative(folder, root, prefix)
            found.fail(name, f"the folder cannot be listed: {error.strerror or error}", retryable=True)
            found.doubt(folder)
            found.unlisted.append(folder)
            continue
        if (identity.st_dev, identity.st_ino) in visited or folder.resolve() == skipped:
            continue
        visited.add((identity.st_dev, identity.st_ino))
        subfolders = []
        for entry in entries:
            location = Path(entry.path)
            if _is_folder(entry):
                subfolders.append(location)
            else:
                yield location, _relative(location, root, prefix)
        pending.extend(reversed(subfolders))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _relative(location: Path, root: Path, prefix: str) -> str:
    inside = location.relative_to(root).as_posix()
    return prefix if inside == "." else f"{prefix}/{printable(inside)}"


def printable(name: str) -> str:
    """File names are bytes: one that is no UTF-8 keeps its odd bytes escaped, since the store holds text."""
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _add(found: Found, location: Path, name: str, root: str) -> None:
    try:
        if not stat.S_ISREG(location.stat().st_mode):
            found.fail(name, "unsupported: not a regular file")
            return
        if location.suffix.lower() in {".jsonl", ".ndjson"}:
            _add_rows(found, location, name, root)
            return
        with location.open("rb") as file:
            digest = hashlib.file_digest(file, "blake2b").hexdigest()[:32]
    except OSError as error:
        found.fail(name, f"cannot be read: {error.strerror or error}", retryable=True)
        found.doubt(location)
        return
    found.inputs.append(Input(name, name, location, root, digest))


def _add_rows(found: Found, location: Path, name: str, root: str) -> None:
    before = found.seen
    _add_lines(found, location, name, root)
    if found.seen == before:
        found.fail(name, "the file is empty")
        found.doubt(location)


def _add_lines(found: Found, location: Path, name: str, root: str) -> None:
    with location.open("rb") as file:
        number = 0
        while True:
            offset = file.tell()
            line = file.readline(MAX_LINE_BYTES + 1)
            if not line:
                return
            number += 1
            if not line.strip():
                continue
            try:
                row = parse_row(line)
            except ValueError as error:
                found.fail(f"{name}:{number}", f"line {number} is not a document: {error}")
                found.doubt(location)
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE_BYTES)
                continue
            found.inputs.append(_row_input(row, location, name, number, root, offset))


def _row_input(row: Mapping[str, object], location: Path, name: str, number: int, root: str, offset: int) -> Input:
    identity = f"{name}:{number}" if row.get("id") in (None, "") else str(row["id"])
    content = [str(row.get(key) or "") for key in ("title", "text", "lang")]
    rest = {key: value for key, value in row.items() if key not in {"id", "title", "text", "lang"}}
    source = str(row.get("source") or name)
    return Input(identity, source, location, root, digest_of("row", *content), digest_of(rest), offset)


def parse_row(line: bytes) -> dict[str, object]:
    """One line of a `.jsonl`: `{"id", "title", "text", "lang"?, "source"?, …metadata}`.

    Raises:
        ValueError: It is not such an object; the message says why.
    """
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"longer than {MAX_LINE_BYTES // 2**20} MiB")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    if not isinstance(row.get("text"), str):
        raise ValueError("it has no `text` string")
    for key in ("id", "title", "lang", "source"):
        if isinstance(row.get(key), (dict, list)):
            raise ValueError(f"its `{key}` is no string")
    return {clean(key): without_surrogates(value) for key, value in row.items()}


def load_row(location: Path, offset: int) -> ReadDocument:
    """The document of the row that starts at byte `offset`.

    Raises:
        OSError: The file is gone.
        ValueError: The file changed since it was searched.
    """
    with location.open("rb") as file:
        file.seek(offset)
        row = parse_row(file.readline(MAX_LINE_BYTES + 1))
    title = str(row.get("title") or "")
    text = str(row["text"]) or title
    return ReadDocument(title, (Page(1, text),), str(row.get("lang") or ""), _row_metadata(row))


def _row_metadata(row: Mapping[str, object]) -> Metadata:
    metadata: dict[str, str | int | float | bool | Sequence[str]] = {}
    for key, value in row.items():
        if key in ROW_FIELDS or value is None:
            continue
        if isinstance(value, (dict, list)) and not is_list_of_text(value):
            metadata[key] = json.dumps(value, ensure_ascii=False)
        else:
            metadata[key] = value  # type: ignore[assignment]
    return metadata


def digest_of(*parts: object) -> str:
    """A short stable hash of JSON-ready values."""
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
