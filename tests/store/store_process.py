"""Run in a process of its own by the tests: `store_process.py FOLDER write|hold`."""

from __future__ import annotations

import sys
from pathlib import Path

from store_world import DIMENSION, document, passages

from jazari_rag.adapters.qdrant_edge import open_edge


def say(word: str) -> None:
    print(word, flush=True)


def main(folder: Path, job: str) -> None:
    store = open_edge(folder, fingerprint="test-1", dimension=DIMENSION)
    say("open")
    if job == "hold":
        sys.stdin.read()
    store.begin()
    for revision in range(2, 10_000):
        for name in ("a", "b"):
            store.replace(document(name, str(revision)), passages(name, 300, revision=str(revision)))
        if revision % 3 == 0:
            store.commit()
            store.begin()
        say(str(revision))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
