"""Learns the static embedder of the wheel: `python training/learn_embedder.py ../shared/train`.

A text's vector is the mean of its pieces' vectors, which start from a latent semantic index. Texts that say the same
in two languages, headings and what they head, and spans and the text that they are of, are drawn together and apart
from the others of a batch. The folder that is written is a sentence-transformers `StaticEmbedding` model. Needs scipy,
which the package itself does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

import numpy as np
from embedder_bags import BagPairs, Bags
from embedder_batches import Batches
from embedder_descent import Descent
from embedder_start import latent_start
from embedder_texts import headings, translations
from embedder_vocabulary import learn_tokenizer
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from jazari_rag.adapters.word_pieces import PieceReader

SEED = 20261125
DIMENSION = 256
STEPS = 12_000
BATCH = 1_536
RATE = 0.02
"""Of lazy Adam, falling in a line to a twentieth."""
MOST = 160
"""Pieces read of a text."""
LEVELS = 127
"""A vector's numbers are kept as whole ones up to this."""
TARGET = Path(__file__).parent.parent / "src" / "jazari_rag" / "languages" / "embedder"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="the folder of the training data")
    parser.add_argument("--output", type=Path, default=TARGET)
    parser.add_argument("--steps", type=int, default=STEPS)
    arguments = parser.parse_args()
    texts = [*translations(arguments.train), headings(arguments.train)]
    tokenizer = learn_tokenizer([side for item in texts for side in (item.left, item.right)], seed=SEED)
    reader = PieceReader(tokenizer)
    pairs = [(item.name, BagPairs(_pieces(item.left, reader), _pieces(item.right, reader))) for item in texts]
    print(f"{sum(len(item) for _, item in pairs):,} pairs", file=sys.stderr)
    write_model(arguments.output, tokenizer, learn(pairs, tokenizer.get_vocab_size(), arguments.steps))


def learn(pairs: Sequence[tuple[str, BagPairs]], size: int, steps: int) -> NDArray[np.float32]:
    """The pieces' vectors. Shape: (size, DIMENSION)."""
    random = np.random.default_rng(SEED)
    weights = latent_start([item for _, item in pairs], size, DIMENSION, SEED)
    descent = Descent(weights, random)
    started, losses = perf_counter(), []
    for step, batch in enumerate(islice(Batches(pairs, BATCH, random), steps)):
        losses.append(descent.step(batch, RATE * (1 - 0.95 * step / steps)))
        if step % 500 == 499:
            seconds = perf_counter() - started
            print(f"{step + 1} of {steps}: loss {np.mean(losses[-500:]):.3f}, {seconds:.0f} s", file=sys.stderr)
    return weights


def write_model(folder: Path, tokenizer: Tokenizer, weights: NDArray[np.float32]) -> None:
    """A `StaticEmbedding` folder: each piece's vector as whole numbers, and what they are multiplied by."""
    scale = np.abs(weights).max(axis=1) / LEVELS
    whole = np.rint(weights / np.maximum(scale, 1e-12)[:, None]).astype(np.int8)
    static = folder / "0_StaticEmbedding"
    static.mkdir(parents=True, exist_ok=True)
    save_file({"embeddings": whole, "weights": scale.astype(np.float32)}, static / "model.safetensors")
    tokenizer.save(str(static / "tokenizer.json"), pretty=False)
    modules = [
        {"idx": 0, "name": "0", "path": static.name, "type": "sentence_transformers.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    (folder / "1_Normalize").mkdir(exist_ok=True)
    (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")
    settings = {"similarity_fn_name": "cosine", "prompts": {}, "default_prompt_name": None}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def _pieces(texts: Sequence[str], reader: PieceReader) -> Bags:
    found = [np.array(reader.pieces(text)[:MOST] or [0], dtype=np.uint16) for text in texts]
    starts = np.concatenate(([0], np.cumsum([len(bag) for bag in found], dtype=np.int64)))
    return Bags(np.concatenate(found), starts)


if __name__ == "__main__":
    main()
