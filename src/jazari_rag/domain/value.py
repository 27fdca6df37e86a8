"""What every noun of the library can do, and the types that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from html import escape
from typing import TypeAlias

MetadataValue: TypeAlias = str | int | float | bool | Sequence[str]
Metadata: TypeAlias = Mapping[str, MetadataValue]
Where: TypeAlias = Mapping[str, MetadataValue]
"""A filter: every key must hold; a list means any of its values."""

RTL_LANGUAGES = frozenset({"ar", "ary", "arz", "fa", "he", "ur"})


def direction(language: str) -> str:
    """`rtl` or `ltr`, as the HTML attribute wants it."""
    primary, _, script = language.partition("-")
    return "rtl" if primary in RTL_LANGUAGES and script != "Latn" else "ltr"


def jsonable(value: object) -> object:
    """`value` as JSON types: dataclasses become dictionaries, tuples become lists."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: jsonable(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [jsonable(item) for item in value]
    return value


class Value:
    """What every public noun can do."""

    __slots__ = ()

    def to_dict(self) -> dict[str, object]:
        """The value as JSON types, a key a field."""
        return {f.name: jsonable(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]


def html_of(text: str, language: str, tag: str = "p") -> str:
    lines = "<br>".join(escape(line) for line in text.split("\n"))
    return f'<{tag} lang="{escape(language, quote=True)}" dir="{direction(language)}">{lines}</{tag}>'
