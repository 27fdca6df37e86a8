"""From the values of a TOML file to those of language data, and the errors that name the entry that is wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import TypeVar

from jazari_rag.errors import LanguageDataError

T = TypeVar("T")
Words = tuple[str, ...]


def unknown_key(file: str, key: str, known: Words) -> LanguageDataError:
    nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f"did you mean {nearest[0]!r}?" if nearest else f"known keys: {', '.join(known)}"
    suggestion = nearest[0] if nearest else None
    return LanguageDataError(f"{file}: unknown key {key!r}: {hint}", key=f"{file}: {key}", suggestion=suggestion)


def malformed(file: str, key: str, wanted: str) -> LanguageDataError:
    return LanguageDataError(f"{file}: {key!r} must be {wanted}", key=f"{file}: {key}")


def converted(file: str, key: str, value: object, convert: Callable[[object], object], wanted: str) -> object:
    """`value` as `convert` makes it.

    Raises:
        LanguageDataError: It is of another form than `wanted`.
    """
    try:
        return convert(value)
    except (TypeError, ValueError, KeyError, re.error):
        raise malformed(file, key, wanted) from None


def text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def words(value: object) -> Words:
    """A list of words or phrases; a string is split at white space."""
    if isinstance(value, str):
        return tuple(value.split())
    if not isinstance(value, list):
        raise TypeError
    return tuple(text(item) for item in value)


def word_lists(value: object) -> tuple[Words, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(words(item) for item in value)


def number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def fraction(value: object) -> str:
    found = text(value)
    if not re.fullmatch(r"[1-9]\d?/[1-9]\d?", found):
        raise ValueError
    return found


def table_of(convert: Callable[[object], T]) -> Callable[[object], dict[str, T]]:
    def convert_table(value: object) -> dict[str, T]:
        if not isinstance(value, dict):
            raise TypeError
        return {key: convert(item) for key, item in value.items()}

    return convert_table
