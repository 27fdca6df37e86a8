"""Ingests a folder in a process of its own, to be killed: says when it starts and when it is done."""

from __future__ import annotations

import sys

from jazari_rag.assistant import Assistant

if __name__ == "__main__":
    store, folder = sys.argv[1:]
    with Assistant.open(store) as assistant:
        print("start", flush=True)
        assistant.ingest(folder)
        print("done", flush=True)
