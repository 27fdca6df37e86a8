from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from jazari_rag.errors import UsageError
from jazari_rag.ingestion.inputs import Found, find_inputs, load_row, parse_row


def ids(found: Found) -> list[str]:
    return [entry.document_id for entry in found.inputs]


def test_ids_are_paths_from_the_root_with_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    (folder / "fr").mkdir(parents=True)
    (folder / "fr" / "cnie.txt").write_text("a")
    (folder / "a.txt").write_text("b")
    assert ids(find_inputs([folder])) == ["documents/a.txt", "documents/fr/cnie.txt"]
    assert ids(find_inputs([folder / "a.txt"])) == ["a.txt"]


def test_a_path_through_dots_keeps_the_real_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("b")
    monkeypatch.chdir(tmp_path / "documents")
    assert ids(find_inputs(["."])) == ["documents/a.txt"]
    assert ids(find_inputs([Path("..") / "documents"])) == ["documents/a.txt"]


def test_a_missing_path_is_an_error_and_nothing_else_happens(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        find_inputs([tmp_path / "nothing"])


def test_each_line_of_a_jsonl_is_an_input(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "title": "T", "text": "first", "lang": "fr", "source": "https://x.ma/a"},
        {"id": 7, "title": "", "text": "second", "topic": "work", "tags": ["x"], "deep": {"k": 1}},
    ]
    path = tmp_path / "faq.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    found = find_inputs([path])
    assert ids(found) == ["a", "7"]
    assert [entry.source for entry in found.inputs] == ["https://x.ma/a", "faq.jsonl"]
    assert found.inputs[1].offset is not None
    second = load_row(path, found.inputs[1].offset)
    assert second.pages[0].text == "second"
    assert second.metadata == {"topic": "work", "tags": ["x"], "deep": '{"k": 1}'}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json", "Expecting"),
        (b"[1]", "not a JSON object"),
        (b'{"id": "a"}', "no `text` string"),
        (b'{"id": {"a": 1}, "text": "x"}', "`id`"),
        (b"[" * 200_000, "too deeply"),
    ],
)
def test_a_line_that_is_no_document_says_why(line: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_row(line)


def test_a_bad_line_fails_alone_and_makes_its_file_uncertain(tmp_path: Path) -> None:
    path = tmp_path / "faq.jsonl"
    path.write_bytes(b'{"id": "a", "text": "x"}\n{oops\n{"id": "b", "text": "y"}\n')
    found = find_inputs([path])
    assert ids(found) == ["a", "b"]
    assert [failure.source for failure in found.failures] == ["faq.jsonl:2"]
    assert found.uncertain == [path]


def test_what_is_no_regular_file_fails_and_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    found = find_inputs([tmp_path])
    assert len(found.failures) == 2
    assert found.inputs == []


def test_a_folder_that_contains_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(find_inputs([tmp_path]).inputs) == 1


def test_the_store_folder_is_not_ingested(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "segment").write_text("x")
    (tmp_path / "a.txt").write_text("x")
    assert ids(find_inputs([tmp_path], exclude=tmp_path / "store")) == [f"{tmp_path.name}/a.txt"]


def test_a_name_that_is_no_utf8_is_kept_escaped(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_text("x")
    [entry] = find_inputs([tmp_path]).inputs
    assert entry.document_id.endswith("/caf\\xe9.txt")
    entry.document_id.encode("utf-8")


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    for name, text in [("a.txt", "same"), ("b.txt", "same"), ("c.txt", "other")]:
        (tmp_path / name).write_text(text)
    a, b, c = find_inputs([tmp_path]).inputs
    assert a.digest == b.digest != c.digest


def test_a_root_given_twice_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert len(find_inputs([tmp_path, str(tmp_path)]).inputs) == 1
