"""The static embedder of the wheel: a text's vector is the mean of its pieces' vectors. No torch, no download.

Its folder is a sentence-transformers model (`StaticEmbedding`), which gives the same vectors there. `CARD.md` beside
it says what it was learnt from.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from jazari_rag.adapters.word_pieces import PieceReader
from jazari_rag.errors import ConfigurationError

FOLDER = Path(__file__).parent.parent / "languages" / "embedder"
STRETCH = 24
"""Pieces: of 16, 24 and 40, and sentences, what did best on the half of the development questions that was fitted."""
MODULE = "0_StaticEmbedding"


class BuiltinEmbedder:
    """Embeds by a table of pieces' vectors. Vectors have length 1.

    A question without a known piece has a zero vector; a passage without one, the first axis: it is stored, and found
    by its terms if at all.

    Args:
        folder: The model: its pieces' vectors as whole numbers (`embeddings`, int8), what each is multiplied by
            (`weights`), and the tokenizer.

    Raises:
        ConfigurationError: A file of the model is missing or damaged.
    """

    languages = ("ar", "en", "es", "fr")
    """What it was learnt from; it reads their dialects that are written in their scripts, and nothing else."""
    batch = 1
    """Passages that make a call worth while."""

    def __init__(self, folder: Path = FOLDER) -> None:
        files = folder / MODULE
        try:
            tensors = load_file(files / "model.safetensors")
            self._vectors: NDArray[np.int8] = tensors["embeddings"]
            self._weights: NDArray[np.float32] = tensors["weights"]
            self._reader = PieceReader(files / "tokenizer.json")
            self._content = _content(files)
        except (OSError, KeyError, SafetensorError) as error:
            message = f"the embedder in {folder} cannot be read ({error}): install the package again"
            raise ConfigurationError(message, key="embedder") from error

    @property
    def fingerprint(self) -> str:
        """The model's content: all that changes a vector."""
        return f"builtin #{self._content} {self.dimension}d"

    @property
    def dimension(self) -> int:
        return int(self._vectors.shape[1])

    def embed_queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Shape: (n_texts, dimension)."""
        return [self._vector(text).tolist() for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Shape: (n_texts, dimension)."""
        first = np.eye(1, self.dimension, dtype=np.float32)[0]
        vectors = map(self._vector, texts)
        return [(vector if vector.any() else first).tolist() for vector in vectors]

    def nearest_stretches(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Of each text, the cosine of the stretch of `STRETCH` pieces that is nearest to the question."""
        wanted = self._vector(question)
        return [float((self._stretches(text) @ wanted).max()) for text in texts]

    def _stretches(self, text: str) -> NDArray[np.float32]:
        """Stretches that overlap by half. Shape: (n_stretches, dimension)."""
        pieces = np.asarray(self._reader.pieces(text), dtype=np.int64)
        if not len(pieces):
            return np.zeros((1, self.dimension), dtype=np.float32)
        rows = self._vectors[pieces] * self._weights[pieces][:, None]
        halves = np.add.reduceat(rows, np.arange(0, len(pieces), STRETCH // 2))
        summed = halves[:-1] + halves[1:] if len(halves) > 1 else halves
        stretches: NDArray[np.float32] = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
        return stretches

    def _vector(self, text: str) -> NDArray[np.float32]:
        pieces = np.asarray(self._reader.pieces(text), dtype=np.int64)
        summed = self._weights[pieces] @ self._vectors[pieces].astype(np.float32)
        length = float(np.linalg.norm(summed))
        return summed / np.float32(length) if length else summed


@lru_cache(maxsize=1)
def shipped_embedder() -> BuiltinEmbedder:
    """The embedder of the package; one for all assistants of a process."""
    return BuiltinEmbedder()


def _content(folder: Path) -> str:
    digest = blake2b(digest_size=8)
    for name in ("model.safetensors", "tokenizer.json"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
