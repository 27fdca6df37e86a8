"""A folder of documents in two versions, and what a store must hold of each."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from jazari_rag.assistant import Assistant

SUBJECTS = ("passeport", "permis", "naissance", "commerce", "logement", "impot", "douane", "retraite")
CHANGED = 6
"""Documents that version 2 changes or adds."""
Content = dict[str, tuple[str, tuple[tuple[str, str], ...]]]


def write_version(folder: Path, version: int) -> None:
    """Version 2 changes half of the documents of version 1, removes none, and adds two."""
    folder.mkdir(parents=True, exist_ok=True)
    count = len(SUBJECTS) + (2 if version == 2 else 0)
    for number in range(count):
        subject = SUBJECTS[number % len(SUBJECTS)]
        edition = version if number % 2 == 0 else 1
        (folder / f"doc{number:02}.md").write_text(_text(number, subject, edition), encoding="utf-8")


def _text(number: int, subject: str, edition: int) -> str:
    chance = random.Random(f"{number} {edition}")
    sections = []
    for part in range(1, 9):
        facts = (f"Le montant {chance.randint(10, 999)} est de règle au cas {chance.random():.6f}." for _ in range(12))
        opening = f"Le {subject} demande une démarche, édition{edition}numero{number}."
        sections.append(f"## Section {part}\n\n{opening} {' '.join(facts)}")
    return f"# Guide {subject} {number}\n\n" + "\n\n".join(sections) + "\n"


def content(assistant: Assistant) -> Content:
    """What is stored: for each document its revision and its passages."""
    store = assistant._parts.store
    return {
        document.id: (
            document.revision,
            tuple((item.passage.id, item.passage.text) for item in store.passages(document.id)),
        )
        for document in assistant.documents()
    }


def visible(assistant: Assistant) -> dict[str, set[tuple[str, str]]]:
    """What searches can reach, by document."""
    found: dict[str, set[tuple[str, str]]] = {}
    for subject in SUBJECTS:
        for hit in assistant.search(subject, limit=1000, language="fr"):
            assert hit.document.id == hit.passage.document_id
            found.setdefault(hit.document.id, set()).add((hit.passage.id, hit.passage.text))
    return found


def settled(folder: Path, store: Path) -> Content:
    """The content of a store that ingested `folder` without a fault."""
    with Assistant.open(store) as assistant:
        assert assistant.ingest(folder).failed == 0
        return content(assistant)


def copied(store: Path, target: Path) -> Path:
    """A copy of a closed store, with the holes of its files."""

    def copy(source: str, destination: str) -> None:
        with Path(source).open("rb") as read, Path(destination).open("wb") as write:
            while block := read.read(2**20):
                if block.count(0) == len(block):
                    write.seek(len(block), 1)
                else:
                    write.write(block)
            write.truncate()

    shutil.copytree(store, target, copy_function=copy)
    return target
