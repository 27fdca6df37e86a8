"""Counts the words by which damaged Arabic is told and mended: `python training/learn_words.py ../shared/train`.

Only words that hold an alef beside a lam, in either order, are kept: no other word can be damaged by swapping the two.
The same input gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from parallel_rows import HELD_OUT

from jazari_rag.text.damage import SWAPPABLE, bare_words

TARGET = Path(__file__).parent.parent / "src" / "jazari_rag" / "languages" / "words" / "ar.txt.gz"
LEAST_SEEN = 1
LANGUAGE = "ar"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="the folder of the training data")
    parser.add_argument("--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    counts = Counter(
        word for text in set(texts(arguments.train)) for word in bare_words(text) if SWAPPABLE.search(word)
    )
    kept = sorted((word, times) for word, times in counts.items() if times >= LEAST_SEEN)
    arguments.output.parent.mkdir(exist_ok=True)
    with arguments.output.open("wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as file:
        file.write("".join(f"{word}\t{times}\n" for word, times in kept).encode())
    print(f"{len(kept):,} words, seen {sum(times for _, times in kept):,} times")


def texts(train: Path) -> Iterator[str]:
    """The Arabic side of every corpus that may be learnt from."""
    for path in sorted((train / "parallel").glob("*.tsv.gz")):
        name, pair, *_ = path.name.split(".")
        if name in HELD_OUT or LANGUAGE not in pair.split("-"):
            continue
        column = pair.split("-").index(LANGUAGE)
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (cells[column] for line in lines if len(cells := line.rstrip("\n").split("\t")) == 2)
    for name in ("parallel-un", "parallel-laws-ca"):
        with gzip.open(train / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (row[LANGUAGE] for row in map(json.loads, lines) if row.get(LANGUAGE))


if __name__ == "__main__":
    main()
