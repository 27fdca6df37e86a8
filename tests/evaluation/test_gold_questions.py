"""A file of questions is read whole, or refused with the line at fault."""

import json

import pytest

from jazari_rag import UsageError
from jazari_rag.evaluation import Question, read_questions


def written(tmp_path, *lines):
    path = tmp_path / "queries.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_question_keeps_the_language_as_the_file_writes_it(tmp_path):
    line = json.dumps({"id": "q", "question": "chnou khass?", "lang": "aryLatn", "relevant": ["a", 7]})
    assert read_questions(written(tmp_path, line)) == [
        Question("q", "chnou khass?", "aryLatn", frozenset({"a", "7"})),
    ]


def test_line_separators_inside_a_text_do_not_cut_the_line(tmp_path):
    row = {"id": "q", "question": "une\u2028deux", "lang": "fr", "relevant": []}
    [question] = read_questions(written(tmp_path, "\ufeff" + json.dumps(row, ensure_ascii=False), "", "  "))
    assert question.text == "une\u2028deux"
    assert question.relevant == frozenset()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"lang": "fr", "relevant": []}',
        '{"question": " ", "relevant": []}',
        '{"question": "x", "lang": "fr"}',
        '{"question": "x", "lang": "fr", "relevant": "a"}',
        '{"question": "x", "lang": 3, "relevant": []}',
        pytest.param("[" * 100_000, id="deep"),
    ],
)
def test_a_malformed_line_is_refused_with_its_number(tmp_path, line):
    good = '{"id": "q", "question": "x", "lang": "fr", "relevant": []}'
    with pytest.raises(UsageError, match="line 2: "):
        read_questions(written(tmp_path, good, line))


def test_a_missing_file_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="nowhere"):
        read_questions(tmp_path / "nowhere.jsonl")


def test_a_file_that_is_not_utf8_is_a_usage_error(tmp_path):
    path = tmp_path / "queries.jsonl"
    path.write_bytes("é".encode("cp1252"))
    with pytest.raises(UsageError, match="UTF-8"):
        read_questions(path)
