"""Which language of a script words are in, by their letters: a softmax regression on hashed n-grams.

The shipped weights are learnt by `training/learn_identification.py`; lingua and langdetect were measured beside it in
`benchmarks/identification.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import exp, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from jazari_rag.errors import LanguageDataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent.parent / "languages" / "identification"
HEIGHT = 2**16
"""Buckets that n-grams are hashed into."""
_SIZES = (2, 3, 4, 5)
_LONGEST_WORD = 24
_LIMIT = 40
"""Words of a text that are read."""


def features(word: str) -> Iterator[int]:
    """The buckets of a folded word's n-grams, its beginning and end marked, and of the word itself."""
    marked = f"^{word[:_LONGEST_WORD]}$"
    yield crc32(b"=" + marked.encode()) % HEIGHT
    for size in _SIZES:
        for start in range(len(marked) - size + 1):
            yield crc32(marked[start : start + size].encode()) % HEIGHT


def write_model(path: Path, codes: Sequence[str], weights: NDArray[Any]) -> None:
    """Keeps weights of shape (HEIGHT, languages) in a byte each."""
    import numpy as np

    step = float(np.abs(weights).max()) / 127 or 1.0
    np.savez_compressed(
        path, codes=np.array(codes), step=np.array(step), weights=np.round(weights / step).astype(np.int8)
    )


class LetterModel:
    """Knows some languages of one script. Immutable."""

    def __init__(self, codes: Sequence[str], weights: Sequence[bytes], step: float) -> None:
        self.codes = tuple(codes)
        self._weights = weights
        self._step = step

    def shares(self, words: Sequence[str]) -> Mapping[str, float]:
        """Language -> probability of folded words to be in it; none for no words."""
        found = sorted({feature for word in words[:_LIMIT] for feature in features(word)})
        if not found:
            return {}
        scale = self._step / sqrt(len(found))
        logits = [scale * sum(_signed(table[feature]) for feature in found) for table in self._weights]
        top = max(logits)
        raised = [exp(logit - top) for logit in logits]
        return {code: value / sum(raised) for code, value in zip(self.codes, raised, strict=True)}


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte


def read_model(path: Path) -> LetterModel:
    """A model that `write_model` has written.

    Raises:
        LanguageDataError: The file is missing or damaged.
    """
    import numpy as np

    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            weights = [file["weights"][:, place].tobytes() for place in range(len(file["codes"]))]
            return LetterModel(file["codes"].tolist(), weights, float(file["step"]))
    except Exception as error:  # a damaged archive raises whatever its parsers trip over
        message = f"the identification model {path} cannot be read ({error}): install the package again"
        raise LanguageDataError(message, key=str(path)) from error


def model_file(script: str, folder: Path = FOLDER) -> Path:
    """Where the model of a script is kept."""
    return folder / f"letters-{script}.npz"


@lru_cache(maxsize=8)
def shipped_model(script: str) -> LetterModel | None:
    """The model of the package for a script; None where there is none."""
    return read_model(model_file(script)) if model_file(script).is_file() else None
