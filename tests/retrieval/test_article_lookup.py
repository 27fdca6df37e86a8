"""An article that is looked up is found in the other languages of the collection too."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from jazari_rag import Assistant

FIRST, OTHER = 12, 4
ROWS = [
    {"id": f"{law}-{number}-{language}", "lang": language, "title": f"{name} - {word} {number}", "text": text}
    for language, word, laws in (
        ("fr", "Article", (("penal", "Code pénal"), ("commerce", "Code de commerce"))),
        ("ar", "المادة", (("penal", "القانون الجنائي"), ("commerce", "مدونة التجارة"))),
    )
    for law, name in laws
    for number in range(OTHER, FIRST + 1)
    for text in (["Le juge statue sur la demande.", "يبت القاضي في الطلب."][language == "ar"],)
]


def collection(folder: Path) -> Path:
    path = folder / "laws.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    return path


def test_a_named_article_comes_first_and_its_version_second_whatever_the_question_s_language(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "store") as assistant:
        assistant.ingest(collection(tmp_path))
        for question, first in (
            ("article 12 du code de commerce", "commerce-12-fr"),
            ("ماذا تقول المادة 12 من مدونة التجارة؟", "commerce-12-ar"),
            ("What does article 12 of the Code de commerce say?", "commerce-12-fr"),
        ):
            hits = assistant.search(question, limit=3)
            found = [hit.passage.document_id for hit in hits]
            assert found[0] == first
            assert set(found[:2]) == {"commerce-12-fr", "commerce-12-ar"}
            assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
            later = asyncio.run(assistant.asearch(question, limit=3))
            assert [hit.passage.id for hit in later] == [hit.passage.id for hit in hits]


def test_a_question_that_names_no_article_is_answered_as_before(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "store") as assistant:
        assistant.ingest(collection(tmp_path))
        hits = assistant.search("sur quoi statue le juge ?", limit=3)
        assert {hit.passage.language for hit in hits[:2]} == {"fr"}
