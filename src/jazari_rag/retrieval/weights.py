"""The weights by which what a question finds is put in one order: data, fitted on development questions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("weights.toml")


@dataclass(frozen=True, slots=True)
class TranslationWeights:
    """Of retrieval by a learned lexicon; the file says of each what it weighs."""

    translated: float
    untranslated: float
    evenness: float
    named: float
    loan: float
    borrowed: float


@dataclass(frozen=True, slots=True)
class DenseWeights:
    """Of an embedder beside the words: passages `within` the question's language, `across` languages, `stretch`es."""

    within: float
    across: float
    stretch: float


@dataclass(frozen=True, slots=True)
class Weights:
    """All of them; `dense` by the kind of embedder, "builtin" or "other"."""

    translation: TranslationWeights
    dense: Mapping[str, DenseWeights]


@cache
def shipped_weights(file: Path = FILE) -> Weights:
    """Those of the package."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    dense = {kind: DenseWeights(**weights) for kind, weights in data["dense"].items()}
    return Weights(TranslationWeights(**data["translation"]), dense)
