"""Embeddings by any `BaseEmbedding` of llama-index."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from jazari_rag.adapters.backend_errors import safe_reason
from jazari_rag.errors import EmbeddingError

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding


class LlamaIndexEmbedder:
    """Wraps a llama-index embedding. Its dimension is found by embedding one word, when it is first asked for.

    Args:
        embedding: The object; its own options (prompts, batch size, retries) stay as they are.
    """

    def __init__(self, embedding: BaseEmbedding) -> None:
        self._embedding = embedding
        self._probing = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Class, model, dimension and the instructions that some classes put before a text; never a key."""
        options = {name: getattr(self._embedding, name, None) for name in ("query_instruction", "text_instruction")}
        said = "".join(f" {name}={value!r}" for name, value in options.items() if value)
        return f"llama-index {self._label} {self.dimension}d{said}"

    @property
    def dimension(self) -> int:
        with self._probing:
            return self._probed

    def embed_queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Shape: (n_texts, dimension).

        Raises:
            EmbeddingError: It failed, or returned vectors that cannot be used.
        """
        embed = self._embedding.get_query_embedding
        return self._checked(texts, lambda: [embed(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Shape: (n_texts, dimension).

        Raises:
            EmbeddingError: It failed, or returned vectors that cannot be used.
        """
        return self._checked(texts, lambda: self._embedding.get_text_embedding_batch(list(texts)))

    @cached_property
    def _probed(self) -> int:
        return len(self._called(lambda: [self._embedding.get_text_embedding("a")])[0])

    @property
    def _label(self) -> str:
        return f"{type(self._embedding).__name__}:{self._embedding.model_name}"

    def _checked(self, texts: Sequence[str], embed: Callable[[], list[list[float]]]) -> list[list[float]]:
        if not texts:
            return []
        vectors = self._called(embed)
        if len(vectors) != len(texts):
            raise EmbeddingError(f"{self._label} returned {len(vectors)} vectors for {len(texts)} texts")
        if any(len(vector) != self.dimension for vector in vectors):
            raise EmbeddingError(f"{self._label} returned vectors of another dimension than {self.dimension}")
        if not all(math.isfinite(number) for vector in vectors for number in vector):
            raise EmbeddingError(f"{self._label} returned NaN or infinity")
        return vectors

    def _called(self, embed: Callable[[], list[list[float]]]) -> list[list[float]]:
        try:
            return embed()
        except Exception as error:
            reason = safe_reason(error, _secrets(self._embedding))
            # Not `from error`: what a client raises can hold the request, and in it the key.
            raise EmbeddingError(f"{self._label} failed: {type(error).__name__}: {reason}") from None


def _secrets(embedding: BaseEmbedding) -> list[str]:
    return [value for value in (getattr(embedding, "api_key", None),) if isinstance(value, str)]
