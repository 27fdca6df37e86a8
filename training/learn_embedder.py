"""Learns the static embedder of the wheel: `python training/learn_embedder.py ../shared/train`.

A text's vector is the mean of its pieces' vectors, which start from a latent semantic index. Texts that say the same
in two languages, and headings and what they head, are drawn together and apart from the others of a batch (symmetric
softmax over the batch). The folder that is written is a sentence-transformers `StaticEmbedding` model. Needs torch and
scipy, which the package itself does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from embedder_bags import BagPairs, Bags
from embedder_start import latent_start
from embedder_texts import TextPairs, headings, translations
from embedder_vocabulary import learn_tokenizer
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from jazari_rag.adapters.word_pieces import PieceReader

SEED = 20261125
DIMENSION = 256
BATCH = 640
SCALE = 20.0
"""Of the cosines, before the softmax."""
DROPOUT = 0.1
"""Share of a text's pieces that a step leaves out."""
RATE = 0.02
"""Of lazy Adam, falling in a line to a tenth."""
KINDS = (("translations", 0.5), ("headings", 0.3), ("spans", 0.2))
SPAN = (4, 14)
"""Pieces of a span that is to find its text."""
LONG = 24
"""Pieces from which a text gives spans."""
MOST = 64
"""Pieces read of a text."""
WEIGHTS = "weights.npy"
LEVELS = 127
"""A vector's numbers are kept as whole ones up to this."""
TARGET = Path(__file__).parent.parent / "src" / "jazari_rag" / "languages" / "embedder"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="the folder of the training data")
    parser.add_argument("--output", type=Path, default=TARGET)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument(
        "--checkpoints",
        type=Path,
        help="a folder of a run under way: it goes on from there",
    )
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(SEED)
    texts = [*translations(arguments.train, SEED), headings(arguments.train, SEED)]
    tokenizer = _tokenizer(texts, arguments.checkpoints)
    reader = PieceReader(tokenizer)
    pairs = [_bags(item, reader) for item in texts]
    print(f"{sum(len(item.left) for item in pairs):,} pairs", file=sys.stderr)
    start = _start(pairs, tokenizer.get_vocab_size(), arguments.checkpoints)
    weights = _learn(pairs, start, arguments.steps, arguments.checkpoints)
    write_model(arguments.output, tokenizer, weights)


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


def _tokenizer(texts: Sequence[TextPairs], checkpoints: Path | None) -> Tokenizer:
    kept = checkpoints / "tokenizer.json" if checkpoints else None
    if kept and kept.exists():
        return Tokenizer.from_file(str(kept))
    tokenizer = learn_tokenizer([side for item in texts for side in (item.left, item.right)], seed=SEED)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        tokenizer.save(str(kept))
    return tokenizer


def _start(pairs: Sequence[BagPairs], size: int, checkpoints: Path | None) -> NDArray[np.float32]:
    """Where an earlier run was, if there was one; else a latent semantic index."""
    if checkpoints and (checkpoints / WEIGHTS).exists():
        weights: NDArray[np.float32] = np.load(checkpoints / WEIGHTS)
        return weights
    return latent_start(pairs, size, DIMENSION, SEED)


def _bags(item: TextPairs, reader: PieceReader) -> BagPairs:
    left, right = _pieces(item.left, reader), _pieces(item.right, reader)
    told = (np.diff(left.starts) > 0) & (np.diff(right.starts) > 0)
    long = told & (np.diff(left.starts) >= LONG) & (np.diff(right.starts) >= LONG)
    return BagPairs(left, right, np.flatnonzero(long))


def _pieces(texts: Sequence[str], reader: PieceReader) -> Bags:
    found = [np.array(reader.pieces(text)[:MOST] or [0], dtype=np.uint16) for text in texts]
    starts = np.concatenate(([0], np.cumsum([len(bag) for bag in found], dtype=np.int64)))
    return Bags(np.concatenate(found), starts)


def _learn(
    pairs: Sequence[BagPairs], start: NDArray[np.float32], steps: int, checkpoints: Path | None
) -> NDArray[np.float32]:
    model = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(start), freeze=False, mode="sum", sparse=True)
    optimizer = torch.optim.SparseAdam(model.parameters(), lr=RATE, betas=(0.9, 0.99))
    random = np.random.default_rng(SEED)
    started, losses = perf_counter(), []
    for step, (left, right) in enumerate(_batches(pairs, random, steps)):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - 0.9 * step / steps)
        loss = _loss(_vectors(model, left, random), _vectors(model, right, random), _same(left) | _same(right))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
        if step % 50 == 49:
            seconds = perf_counter() - started
            print(f"{step + 1} of {steps}: loss {np.mean(losses[-50:]):.3f}, {seconds:.0f} s", file=sys.stderr)
            if checkpoints:
                np.save(checkpoints / WEIGHTS, model.weight.detach().numpy())
    return model.weight.detach().numpy()


def _batches(
    pairs: Sequence[BagPairs], random: np.random.Generator, steps: int
) -> Iterator[tuple[list[NDArray[np.uint16]], list[NDArray[np.uint16]]]]:
    """Pairs of texts, all of a batch of one kind; translations of one pair of languages, the larger ones oftener."""
    *languages, heads = pairs
    sizes = np.sqrt([len(item.left) for item in languages])
    spans = np.sqrt([len(item.long) for item in languages])
    kinds, shares = zip(*KINDS, strict=True)
    for _ in range(steps):
        kind = kinds[random.choice(len(kinds), p=shares)]
        if kind == "spans":
            item = languages[random.choice(len(languages), p=spans / spans.sum())]
            rows = random.choice(item.long, min(BATCH, len(item.long)), replace=False)
            sides = [(item.left, item.right)[side] for side in random.permutation(2)]
            sides = sides if random.random() < 0.5 else [sides[1], sides[1]]
            yield [_span(sides[0].of(row), random) for row in rows], [sides[1].of(row) for row in rows]
            continue
        item = heads if kind == "headings" else languages[random.choice(len(languages), p=sizes / sizes.sum())]
        rows = random.choice(len(item.left), min(BATCH, len(item.left)), replace=False)
        yield [item.left.of(row) for row in rows], [item.right.of(row) for row in rows]


def _span(bag: NDArray[np.uint16], random: np.random.Generator) -> NDArray[np.uint16]:
    length = int(random.integers(*SPAN))
    start = int(random.integers(0, max(1, len(bag) - length)))
    return bag[start : start + length]


def _vectors(
    model: torch.nn.EmbeddingBag, bags: Sequence[NDArray[np.uint16]], random: np.random.Generator
) -> torch.Tensor:
    pieces = np.concatenate(bags).astype(np.int64)
    offsets = np.concatenate(([0], np.cumsum([len(bag) for bag in bags])[:-1]))
    kept = torch.from_numpy((random.random(len(pieces)) >= DROPOUT).astype(np.float32)) + 1e-6
    summed = model(torch.from_numpy(pieces), torch.from_numpy(offsets), per_sample_weights=kept)
    return torch.nn.functional.normalize(summed, dim=1)


def _same(bags: Sequence[NDArray[np.uint16]]) -> torch.Tensor:
    """Which texts of a batch are alike: they are no wrong answers of each other. Shape: (n, n), diagonal False."""
    names = np.array([hash(bag.tobytes()) for bag in bags])
    alike = names[:, None] == names[None, :]
    np.fill_diagonal(alike, False)
    return torch.from_numpy(alike)


def _loss(left: torch.Tensor, right: torch.Tensor, alike: torch.Tensor) -> torch.Tensor:
    logits = (SCALE * left @ right.T).masked_fill(alike, -1e4)
    wanted = torch.arange(len(left))
    return (torch.nn.functional.cross_entropy(logits, wanted) + torch.nn.functional.cross_entropy(logits.T, wanted)) / 2


if __name__ == "__main__":
    main()
