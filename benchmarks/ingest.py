"""Ingestion from files to a searchable store: ours beside llama-index's default, in the same run.

    python benchmarks/ingest.py [--documents 1000] [--sections 10] [FOLDER]

Documents are generated Markdown unless FOLDER is given. Ours reads each file in a limited child process, cuts it,
analyses it and writes it atomically; llama-index reads with SimpleDirectoryReader and cuts with SentenceSplitter into
its in-memory store with a mock embedding (both without a model, so that only the plumbing is timed). Then both ingest
the same folder again, unchanged.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from jazari_rag import Assistant

WORDS = [
    *("carte", "nationale", "passeport", "demande", "dossier", "commune", "pièce", "timbre", "délai", "tribunal"),
    *("acte", "naissance", "certificat", "résidence", "frais", "dirhams", "renouvellement", "autorité", "locale"),
    *("guichet", "formulaire", "photographie", "légalisation", "retrait", "citoyen", "mineur", "tuteur", "mairie"),
]


def generate(folder: Path, documents: int, sections: int) -> None:
    """Markdown procedure sheets of about 900 characters a section, seeded."""
    chance = random.Random(20261123)
    folder.mkdir(parents=True)
    for number in range(documents):
        parts = [f"# Procédure {number}"]
        for section in range(sections):
            sentences = (" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(10))
            parts.append(f"## Étape {section}\n\n" + " ".join(sentences))
        (folder / f"sheet{number:05}.md").write_text("\n\n".join(parts), encoding="utf-8")


def timed(action: Callable[[], object]) -> tuple[float, object]:
    started = time.perf_counter()
    value = action()
    return time.perf_counter() - started, value


def ours(folder: Path, scratch: Path) -> list[tuple[str, float, str]]:
    with Assistant.open(scratch / "store") as assistant:
        first, report = timed(lambda: assistant.ingest(folder))
        again, second = timed(lambda: assistant.ingest(folder))
        passages = sum(document.passages for document in assistant.documents())
    opened, assistant = timed(lambda: Assistant.open(scratch / "store"))
    assistant.close()  # type: ignore[attr-defined]
    rate = f"{passages / first:,.0f} passages/s; {report}"
    return [
        ("jazari-rag, first", first, rate),
        ("jazari-rag, again", again, str(second)),
        ("jazari-rag, open", opened, ""),
    ]


def llama_index(folder: Path) -> list[tuple[str, float, str]]:
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
    from llama_index.core.embeddings import MockEmbedding
    from llama_index.core.node_parser import SentenceSplitter

    def run() -> int:
        documents = SimpleDirectoryReader(str(folder), recursive=True).load_data()
        nodes = SentenceSplitter(chunk_size=256, chunk_overlap=0).get_nodes_from_documents(documents)
        VectorStoreIndex(nodes, embed_model=MockEmbedding(256), storage_context=StorageContext.from_defaults())
        return len(nodes)

    first, nodes = timed(run)
    again, _ = timed(run)
    rate = f"{int(nodes) / first:,.0f} nodes/s, not persisted"  # type: ignore[call-overload]
    return [("llama-index, first", first, rate), ("llama-index, again", again, "everything once more")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--sections", type=int, default=10)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        folder = arguments.folder or scratch / "documents"
        if arguments.folder is None:
            generate(folder, arguments.documents, arguments.sections)
        rows = ours(folder, scratch)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if arguments.folder is None:
            rows += llama_index(folder)
    for label, seconds, note in rows:
        print(f"{label:<22} {seconds:8.2f} s   {note}")
    print(f"our peak memory (parent) {peak:,.0f} MB")


if __name__ == "__main__":
    main()
