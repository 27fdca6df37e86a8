"""Embeddings by a sentence-transformers model: a folder, or a name of the Hugging Face hub."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jazari_rag.adapters.model_folder import content_hash, model_folder, quiet_loading
from jazari_rag.adapters.optional import optional_module
from jazari_rag.errors import ConfigurationError, EmbeddingError
from jazari_rag.ports import Progress

_BATCHES_A_CALL = 16
"""Batches that are encoded between two reports of progress: the model sorts their texts by length."""


@dataclass(frozen=True, slots=True)
class _Prompts:
    query: str
    passage: str


_FAMILIES = (
    (
        re.compile(r"\be5-.*instruct"),
        _Prompts("Instruct: Given a question, retrieve passages that answer the question\nQuery: ", ""),
    ),
    (re.compile(r"\be5-(small|base|large)"), _Prompts("query: ", "passage: ")),
)
"""What models were trained with that do not say so in their files (from their cards on the hub)."""


class SentenceTransformerEmbedder:
    """Runs a sentence-transformers model in this process. Vectors have length 1.

    Args:
        name_or_folder: A folder that holds the model (no network is used), or a name such as `ORG/MODEL`, downloaded
            once if it is not in the hub's cache.
        query_prompt: What to put before a question. By default what the model's files say, else what its family
            (E5) was trained with, else nothing.
        passage_prompt: The same before a passage.
        batch_size: Texts that go through the model together.
        max_tokens: Reads no more of a text than this; by default as much as the model was made for.
        device: As torch names it (`cpu`, `cuda`); by default the best there is.
        progress: Told how many passages are done.

    Raises:
        MissingExtraError: sentence-transformers is not installed.
        ConfigurationError: There is no such model, or it cannot be used; the message says what to do.
    """

    def __init__(
        self,
        name_or_folder: str | Path,
        *,
        query_prompt: str | None = None,
        passage_prompt: str | None = None,
        batch_size: int = 32,
        max_tokens: int | None = None,
        device: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._name = Path(name_or_folder).name
        library = optional_module("sentence_transformers", feature=f"the embedder {name_or_folder}", extra="semantic")
        folder = model_folder(name_or_folder)
        self._model = _opened(library.SentenceTransformer, folder, device)
        self._max_tokens = _limited(self._model, max_tokens)
        known = _prompts(self._name, self._model.prompts)
        self._prompts = _Prompts(
            known.query if query_prompt is None else query_prompt,
            known.passage if passage_prompt is None else passage_prompt,
        )
        self._content = content_hash(folder)
        self._batch_size = batch_size
        self._progress = progress
        # Tokenizers refuse to be used by two threads at once ("Already borrowed").
        self._one_at_a_time = threading.Lock()
        self._dimension = len(self._encode(["a"], self._prompts.query)[0])

    @property
    def fingerprint(self) -> str:
        """The model's name and content, its dimension, prompts and length: all that changes a vector."""
        return (
            f"sentence-transformers {self._name}#{self._content} {self._dimension}d "
            f"query={self._prompts.query!r} passage={self._prompts.passage!r} max_tokens={self._max_tokens}"
        )

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed_queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Shape: (n_texts, dimension).

        Raises:
            EmbeddingError: The model failed, or returned NaN.
        """
        return self._encode(texts, self._prompts.query)

    def embed_passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Shape: (n_texts, dimension). Reports progress.

        Raises:
            EmbeddingError: The model failed, or returned NaN.
        """
        vectors: list[list[float]] = []
        for part in _parts(texts, self._batch_size * _BATCHES_A_CALL):
            vectors += self._encode(part, self._prompts.passage)
            if self._progress:
                self._progress(len(vectors), len(texts), "embedding")
        return vectors

    def _encode(self, texts: Sequence[str], prompt: str) -> list[list[float]]:
        if not texts:
            return []
        try:
            with self._one_at_a_time:
                vectors = self._model.encode(
                    list(texts),
                    prompt=prompt,
                    batch_size=self._batch_size,
                    normalize_embeddings=True,
                    show_progress_bar=False,
                    convert_to_numpy=True,
                )
        except (RuntimeError, ValueError) as error:
            raise EmbeddingError(f"{self._name} could not embed {len(texts)} texts: {error}") from error
        rows: list[list[float]] = vectors.tolist()
        if not all(math.isfinite(sum(row)) for row in rows):
            raise EmbeddingError(f"{self._name} returned NaN or infinity: its files are damaged")
        return rows


def _opened(model_class: Any, folder: Path, device: str | None) -> Any:
    try:
        with quiet_loading():
            return model_class(
                str(folder),
                device=device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True, "dtype": "float32"},
            )
    except Exception as error:
        reason = next(iter(str(error).splitlines()), "") or type(error).__name__
        raise ConfigurationError(f"{folder} is not a sentence-transformers model that can be used: {reason}") from error


def _limited(model: Any, max_tokens: int | None) -> int | None:
    """How many tokens the model reads, after lowering it to `max_tokens`; None for a model without a limit."""
    own = model.max_seq_length
    limit = int(own) if own is not None and math.isfinite(own) else None
    if max_tokens is not None and (limit is None or max_tokens < limit):
        model.max_seq_length = limit = max_tokens
    return limit


def _prompts(name: str, own: Mapping[str, str]) -> _Prompts:
    query = own.get("query") or ""
    passage = own.get("passage") or own.get("document") or ""
    if query or passage:
        return _Prompts(query, passage)
    return next((prompts for family, prompts in _FAMILIES if family.search(name.lower())), _Prompts("", ""))


def _parts(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]
