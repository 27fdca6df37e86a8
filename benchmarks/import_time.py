"""How long `import jazari_rag` and the front door take in a fresh process, beside an empty interpreter.

python benchmarks/import_time.py [--runs 9]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

STATEMENTS = {
    "python -c pass": "pass",
    "import jazari_rag": "import jazari_rag",
    "from jazari_rag import Assistant": "from jazari_rag import Assistant",
    "import llama_index.core": "import llama_index.core",
}


def seconds(statement: str) -> float:
    """Wall time of one fresh interpreter that runs `statement`."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    for name, statement in STATEMENTS.items():
        times = sorted(seconds(statement) for _ in range(runs))
        print(f"{name:<36} median {statistics.median(times):6.3f} s   min {times[0]:6.3f}   max {times[-1]:6.3f}")


if __name__ == "__main__":
    main()
