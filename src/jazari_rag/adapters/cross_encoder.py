"""Reranking by a cross-encoder: a sentence-transformers model that reads question and passage together."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jazari_rag.adapters.model_folder import model_folder, quiet_loading
from jazari_rag.adapters.optional import optional_module
from jazari_rag.domain import Hit
from jazari_rag.errors import BackendRejectedError, ConfigurationError


class CrossEncoderReranker:
    """Runs a cross-encoder in this process.

    Args:
        name_or_folder: A folder that holds the model (no network is used), or a name of the Hugging Face hub.
        batch_size: Pairs that go through the model together.
        max_tokens: Reads no more than this of a question and a passage together.
        device: As torch names it; by default the best there is.

    Raises:
        MissingExtraError: sentence-transformers is not installed.
        ConfigurationError: There is no such model, or it does not give one score a pair.
    """

    def __init__(
        self, name_or_folder: str | Path, *, batch_size: int = 16, max_tokens: int = 512, device: str | None = None
    ) -> None:
        self._name = Path(name_or_folder).name
        self._batch_size = batch_size
        library = optional_module("sentence_transformers", feature=f"the reranker {name_or_folder}", extra="semantic")
        folder = model_folder(name_or_folder)
        self._model = _opened(library.CrossEncoder, folder, device, max_tokens)
        if self._model.num_labels != 1:
            raise ConfigurationError(f"{folder} gives {self._model.num_labels} scores a pair; a reranker gives one")
        self._one_at_a_time = threading.Lock()

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same hits with the model's scores, best first.

        Raises:
            BackendRejectedError: The model failed, or returned NaN.
        """
        if not hits:
            return []
        pairs = [(question, f"{hit.document.title}\n{hit.passage.text}".strip()) for hit in hits]
        scored = zip(hits, self._scores(pairs), strict=True)
        return sorted((replace(hit, score=score) for hit, score in scored), key=lambda hit: -hit.score)

    def _scores(self, pairs: list[tuple[str, str]]) -> list[float]:
        try:
            with self._one_at_a_time:
                scores = self._model.predict(pairs, batch_size=self._batch_size, show_progress_bar=False)
        except (RuntimeError, ValueError) as error:
            raise BackendRejectedError(f"{self._name} could not rerank: {error}", backend=self._name) from error
        values = [float(score) for score in scores]
        if not all(map(math.isfinite, values)):
            raise BackendRejectedError(f"{self._name} returned NaN: its files are damaged", backend=self._name)
        return values


def _opened(model_class: Any, folder: Path, device: str | None, max_tokens: int) -> Any:
    try:
        with quiet_loading():
            return model_class(
                str(folder),
                device=device,
                max_length=max_tokens,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True, "dtype": "float32"},
            )
    except Exception as error:
        reason = next(iter(str(error).splitlines()), "") or type(error).__name__
        raise ConfigurationError(f"{folder} is not a cross-encoder that can be used: {reason}") from error
