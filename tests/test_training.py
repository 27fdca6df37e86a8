"""The training programs, on generated text: what they learn is right, and the same every time."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from jazari_rag.text.translations import Lexicon

PROGRAM = Path(__file__).parent.parent / "training" / "learn_lexicon.py"
CODES = ("ar", "en", "es", "fr")
WORDS = {
    "ar": ["زيتون", "نخيل", "جسور", "قمر", "شمع", "تراب", "رياح", "صوف"],
    "en": ["kavolu", "mirdo", "plosti", "quenda", "rafimo", "sulbo", "tirma", "vosko"],
    "es": ["bandulo", "cherpa", "dolmiro", "elfapo", "gurmito", "hilvano", "jolmuz", "lumpara"],
    "fr": ["brunol", "calpi", "drovun", "estamu", "flinbo", "grumta", "hovlin", "jurpa"],
}
"""Words without a meaning: the Nth of each language stand for one another."""


@pytest.fixture(scope="module")
def train(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("train")
    (folder / "parallel").mkdir()
    draw = random.Random(0)
    rows = [draw.sample(range(8), 3) for _ in range(200)]
    for left, right in permutations(CODES, 2):
        if left < right:
            lines = [
                " ".join(WORDS[left][n] for n in row) + "\t" + " ".join(WORDS[right][n] for n in row) for row in rows
            ]
            with gzip.open(folder / "parallel" / f"made.{left}-{right}.tsv.gz", "wt", encoding="utf-8") as file:
                file.write("\n".join(lines))
    for name in ("parallel-un", "parallel-laws-ca"):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write(json.dumps({"en": "kavolu", "fr": "brunol"}) + "\n")
    with gzip.open(folder / "parallel" / "udhr.en-fr.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("kavolu\tzzzheldout\n" * 100)
    return folder


def learnt(train: Path, folder: Path, seed: str) -> Path:
    path = folder / seed / "lexicon.npz"
    subprocess.run(
        [sys.executable, str(PROGRAM), str(train), "--output", str(path)],
        check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    return path


def test_what_is_learnt_is_right_and_the_same_every_time(train: Path, tmp_path: Path) -> None:
    first, second = (learnt(train, tmp_path, seed) for seed in ("1", "2"))
    assert first.read_bytes() == second.read_bytes()
    lexicon = Lexicon(first)
    from jazari_rag.languages import load_languages
    from jazari_rag.text.analyse import SnowballAnalyzer

    analyzer = SnowballAnalyzer(load_languages())
    for source, target in permutations(CODES, 2):
        for word, meant in zip(WORDS[source], WORDS[target], strict=True):
            found = lexicon.translations(analyzer.stem(word, source), source, target)
            assert found[0][0] == analyzer.stem(meant, target)
    assert {word[:2] for word in lexicon.words("ar")} >= {"زي", "قم"}
    assert "heldout" not in str(lexicon.translations("kavolu", "en", "fr"))
