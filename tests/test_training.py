"""The training programs, on generated text: what they learn is right, and the same every time."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from itertools import combinations, permutations, product
from pathlib import Path

import numpy as np
import pytest

from jazari_rag.adapters.builtin_embedder import BuiltinEmbedder
from jazari_rag.text.letters import read_model
from jazari_rag.text.normalise import fold
from jazari_rag.text.translations import Lexicon

PROGRAMS = Path(__file__).parent.parent / "training"
CODES = ("ar", "en", "es", "fr")
WORDS = {
    "ar": ["زيتون", "نخيل", "جسور", "قمر", "شمع", "تراب", "رياح", "صوف"],
    "en": ["kavolu", "mirdo", "plosti", "quenda", "rafimo", "sulbo", "tirma", "vosko"],
    "es": ["bandulo", "cherpa", "dolmiro", "elfapo", "gurmito", "hilvano", "jolmuz", "lumpara"],
    "fr": ["brunol", "calpi", "drovun", "estamu", "flinbo", "grumta", "hovlin", "jurpa"],
}
"""Words without a meaning: the Nth of each language stand for one another."""
SPOKEN = ["bzgru", "cmlki", "drfso", "fnghu", "gskbi", "hlmdu", "jrtku", "kfzli"]
"""The same in Tamazight, of which there are translations into French, and one into Spanish."""


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
    lines = [" ".join(SPOKEN[n] for n in row) + "\t" + " ".join(WORDS["fr"][n] for n in row) for row in rows]
    _write(folder / "parallel" / "made.ber-fr.tsv.gz", lines)
    _write(folder / "parallel" / "made.ber-es.tsv.gz", [f"{SPOKEN[0]}\t{WORDS['es'][0]}"])
    for name in ("parallel-un", "parallel-laws-ca"):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write(json.dumps({"en": "kavolu", "fr": "brunol"}) + "\n")
    with gzip.open(folder / "parallel" / "udhr.en-fr.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("kavolu\tzzzheldout\n" * 100)
    return folder


def test_what_is_learnt_is_right_and_the_same_every_time(train: Path, tmp_path: Path) -> None:
    first, second = (tmp_path / seed / "lexicon.npz" for seed in ("1", "2"))
    for path in (first, second):
        run("learn_lexicon.py", train, path, seed=path.parent.name)
    assert first.read_bytes() == second.read_bytes()
    lexicon = Lexicon(first)
    from jazari_rag.languages import load_languages
    from jazari_rag.text.analyse import SnowballAnalyzer

    analyzer = SnowballAnalyzer(load_languages())
    for source, target in permutations(CODES, 2):
        for word, meant in zip(WORDS[source], WORDS[target], strict=True):
            found = lexicon.translations(analyzer.stem(word, source), source, target)
            assert found[0][0] == analyzer.stem(meant, target)
    for word, french, spanish in zip(SPOKEN, WORDS["fr"], WORDS["es"], strict=True):
        stem = analyzer.stem(word, "zgh-Latn")
        assert lexicon.translations(stem, "zgh", "fr")[0][0] == analyzer.stem(french, "fr")
        assert lexicon.translations(stem, "zgh", "es")[0][0] == analyzer.stem(spanish, "es")
    assert not lexicon.serves("fr", "zgh")
    assert {word[:2] for word in lexicon.words("ar")} >= {"زي", "قم"}
    assert "heldout" not in str(lexicon.translations("kavolu", "en", "fr"))


def run(program: str, train: Path, output: Path, *options: str, seed: str) -> None:
    command = [sys.executable, str(PROGRAMS / program), str(train), "--output", str(output), *options]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)


SYLLABLES = {
    "ar": ["با", "دي", "رو", "سم", "طن", "فا", "كي", "مو"],
    "en": ["ba", "dil", "ro", "sem", "tun", "fa", "kip", "mo"],
    "es": ["cha", "llo", "ra", "sio", "tez", "ga", "que", "ño"],
    "fr": ["vau", "dre", "rin", "sou", "toi", "gne", "ché", "mon"],
}
MADE = {code: ["".join(word) for word in product(parts, parts)] for code, parts in SYLLABLES.items()}
"""Words without a meaning: the Nth of each language stand for one another."""


@pytest.fixture(scope="module")
def long_train(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Translated texts that are long enough to give spans, and headings."""
    folder = tmp_path_factory.mktemp("long_train")
    (folder / "parallel").mkdir()
    draw = random.Random(0)
    rows = [draw.sample(range(64), 30) for _ in range(300)]
    said = {code: [" ".join(MADE[code][n] for n in row) for row in rows] for code in CODES}
    for left, right in combinations(CODES, 2):
        lines = map("\t".join, zip(said[left], said[right], strict=True))
        _write(folder / "parallel" / f"made.{left}-{right}.tsv.gz", lines)
    heads = [{"q": " ".join(text.split()[:4]), "p": text, "lq": "fr", "lp": "fr"} for text in said["fr"]]
    _write(folder / "pairs-laws-ca.jsonl.gz", map(json.dumps, heads))
    for name in ("parallel-un", "parallel-laws-ca"):
        _write(folder / f"{name}.jsonl.gz", [json.dumps({"en": MADE["en"][0], "fr": MADE["fr"][0]})])
    return folder


def _write(path: Path, lines: Iterable[str]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))


def test_an_embedder_is_learnt_that_knows_words_across_languages_and_is_the_same_every_time(
    long_train: Path, tmp_path: Path
) -> None:
    for seed in ("1", "2"):
        run("learn_embedder.py", long_train, tmp_path / seed, "--steps", "30", seed=seed)
    written = [path.relative_to(tmp_path / "1") for path in (tmp_path / "1").rglob("*") if path.is_file()]
    assert len(written) == 4
    assert all((tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes() for name in written)
    embedder = BuiltinEmbedder(tmp_path / "1")
    for source, target in permutations(CODES, 2):
        cosines = np.array(embedder.embed_queries(MADE[source])) @ np.array(embedder.embed_passages(MADE[target])).T
        assert np.mean(cosines.argmax(axis=1) == np.arange(64)) > 0.9, (source, target)


def test_languages_are_told_by_the_letters_of_their_words_and_the_same_every_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(PROGRAMS)
    from learn_identification import CORPORA  # type: ignore[import-not-found]

    (tmp_path / "parallel").mkdir()
    made = {**MADE, "ber": ["".join(word) for word in product(["tig", "azr", "uɣ", "imd", "wass"], repeat=2)]}
    draw = random.Random(0)
    for corpus in {corpus for corpora in CORPORA.values() for corpus in corpora}:
        sides = [made[code] for code in corpus.rsplit(".", 1)[1].split("-")]
        lines = ("\t".join(" ".join(draw.choices(words, k=6)) for words in sides) for _ in range(30))
        _write(tmp_path / "parallel" / f"{corpus}.tsv.gz", lines)
    for seed in ("1", "2"):
        run("learn_identification.py", tmp_path, tmp_path / seed, "--snippets", "500", seed=seed)
    names = [path.name for path in (tmp_path / "1").iterdir()]
    assert sorted(names) == ["letters-Arab.npz", "letters-Latn.npz"]
    assert all((tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes() for name in names)
    model = read_model(tmp_path / "1" / "letters-Latn.npz")
    for code in ("en", "es", "fr"):
        shares = model.shares([fold(word) for word in MADE[code][10:14]])
        assert max(shares, key=lambda one: shares[one]) == code


def test_arabic_words_that_damage_can_swap_are_counted_and_the_same_every_time(tmp_path: Path) -> None:
    (tmp_path / "parallel").mkdir()
    _write(tmp_path / "parallel" / "made.ar-fr.tsv.gz", ["السلام عليكم\tbonjour", "الاسم العائلي\tle nom", "قمر\tlune"])
    _write(tmp_path / "parallel" / "udhr.ar-fr.tsv.gz", ["لاحق\tapart"])
    _write(tmp_path / "parallel-un.jsonl.gz", [json.dumps({"ar": "الاسم", "en": "the name"}, ensure_ascii=False)])
    _write(tmp_path / "parallel-laws-ca.jsonl.gz", [json.dumps({"en": "a", "fr": "b"})])
    for seed in ("1", "2"):
        run("learn_words.py", tmp_path, tmp_path / f"{seed}.txt.gz", seed=seed)
    assert (tmp_path / "1.txt.gz").read_bytes() == (tmp_path / "2.txt.gz").read_bytes()
    with gzip.open(tmp_path / "1.txt.gz", "rt", encoding="utf-8") as file:
        counts = dict(line.split() for line in file)
    assert counts["الاسم"] == "2"
    assert not counts.keys() & {"قمر", "لاحق", "bonjour"}


def test_the_embedders_gradient_is_that_of_its_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(PROGRAMS)
    from embedder_bags import Bags  # type: ignore[import-not-found]
    from embedder_descent import Batch, loss_and_gradient  # type: ignore[import-not-found]

    draw = np.random.default_rng(0)
    weights = draw.standard_normal((12, 5))
    sides = [Bags(draw.integers(0, 12, 20).astype(np.uint16), np.array([0, 3, 8, 15, 20])) for _ in range(2)]
    batch, kept = Batch(*sides), [np.ones(20), np.ones(20)]
    _, met, gradient = loss_and_gradient(weights, batch, kept)
    assert list(met) == sorted(set(sides[0].pieces) | set(sides[1].pieces))
    for row, piece in enumerate(met):
        for column in range(5):
            step = np.zeros_like(weights)
            step[piece, column] = 1e-6
            after, before = (loss_and_gradient(weights + sign * step, batch, kept)[0] for sign in (1, -1))
            assert gradient[row, column] == pytest.approx((after - before) / 2e-6, abs=1e-6)
