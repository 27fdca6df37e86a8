"""Metadata as it may be stored: texts, finite numbers, booleans and lists of texts, under keys that are texts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jazari_rag.domain import Metadata
from jazari_rag.errors import UsageError


def checked_metadata(metadata: Metadata) -> Metadata:
    """What a user gives for all documents, as it is stored.

    Raises:
        UsageError: A key is no text, or a value is not one that a filter can ask for.
    """
    checked: dict[str, str | int | float | bool | Sequence[str]] = {}
    for key, value in metadata.items():
        if not isinstance(key, str) or not key:
            raise UsageError(f"metadata: {key!r} is no key: use a text. Nothing was ingested")
        cleaned = without_surrogates(list(value) if isinstance(value, (tuple, set, frozenset)) else value)
        finite = not isinstance(cleaned, float) or math.isfinite(cleaned)
        if not (isinstance(cleaned, (str, int, float)) and finite) and not is_list_of_text(cleaned):
            raise UsageError(
                f"metadata: {key!r} cannot be {value!r}: use a text, a number, a boolean or a list of texts. "
                "Nothing was ingested"
            )
        checked[clean(key)] = cleaned  # type: ignore[assignment]
    return checked


def clean(text: str) -> str:
    """`text` without half characters, which JSON can hold and nothing can store or print."""
    return text.encode("utf-8", "replace").decode("utf-8")


def without_surrogates(value: object) -> object:
    """JSON types with every text in them clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): without_surrogates(item) for key, item in value.items()}
    return value


def is_list_of_text(value: object) -> bool:
    """Whether a filter can ask for one of its items."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
