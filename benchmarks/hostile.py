"""Reads every file of a folder through the sandbox: what became of each, how long it took, what the parent paid.

python benchmarks/hostile.py [FOLDER] [--seconds 20] [--workers 2] [--list]
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from jazari_rag.config import ReadingLimits
from jazari_rag.errors import ReadError
from jazari_rag.ingestion.sandbox import SandboxPool, worker_command

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "hostile"


def requests(folder: Path, limits: ReadingLimits) -> Iterator[dict[str, object]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield {"task": "read", "path": str(path), "max_pages": limits.pages}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="print a line for each file")
    options = parser.parse_args()
    limits = ReadingLimits(seconds=options.seconds, workers=options.workers)
    outcomes: Counter[str] = Counter()
    pages = repairs = 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    with SandboxPool(worker_command(), limits) as pool:
        for request, reply in pool.map(requests(options.folder, limits)):
            name = Path(request["path"]).relative_to(options.folder)
            if isinstance(reply, ReadError):
                outcome = type(reply).__name__.strip("_")
                line = f"{outcome}: {reply}"
            else:
                outcome = "read"
                pages += len(reply["pages"])
                repairs += sum(page["quality"][2].get("lam-alef", 0) for page in reply["pages"])
                line = (
                    f"read: {len(reply['pages'])} pages, {sum(len(page['text']) for page in reply['pages'])} characters"
                )
            outcomes[outcome] += 1
            if options.list:
                print(f"{name}\t{line}")
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for outcome, count in outcomes.most_common():
        print(f"{outcome:24} {count:6}")
    print(f"{outcomes.total()} files, {pages} pages, {repairs} lam-alef put right, {seconds:.1f} s")
    print(f"the parent's peak memory: {peak / 1024:.0f} MiB ({before / 1024:.0f} MiB before)")


if __name__ == "__main__":
    main()
