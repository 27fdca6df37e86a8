"""Ingests a folder in a process of its own, to be killed: says when it starts, after each document, and at the end."""

from __future__ import annotations

import sys

from jazari_rag.assistant import Assistant


def say(done: int, _total: int, _what: str) -> None:
    print(done, flush=True)


if __name__ == "__main__":
    store, folder = sys.argv[1:]
    with Assistant.open(store) as assistant:
        print("start", flush=True)
        assistant.ingest(folder, progress=say)
        print("done", flush=True)
