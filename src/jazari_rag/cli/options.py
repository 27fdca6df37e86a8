"""The options that commands share, and what they amount to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jazari_rag.cli.output import clean
from jazari_rag.domain import MetadataValue, Where
from jazari_rag.errors import UsageError

if TYPE_CHECKING:
    from jazari_rag.assistant import Assistant
    from jazari_rag.config import Config

Store = Annotated[
    str | None,
    typer.Option("--store", metavar="LOCATION", help="A folder, or the URL of a Qdrant server.", show_default=False),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings, as TOML.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Of the question; found out when not given.", show_default=False),
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="How many passages.", show_default=False)]
Llm = Annotated[
    list[str] | None,
    typer.Option(
        "--llm",
        metavar="BACKEND:MODEL",
        help="Who writes the answers, or 'extractive'; given again: who does when the one before fails.",
        show_default=False,
    ),
]
EmbedderName = Annotated[
    str | None,
    typer.Option(
        "--embedder",
        metavar="NAME",
        help="builtin, a sentence-transformers name or folder, or none.",
        show_default=False,
    ),
]
Filters = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="KEY=VALUE", help="Only these documents; KEY:=JSON for other than text."),
]
Question = Annotated[str, typer.Argument(parser=clean, metavar="QUESTION")]


def settings(config: Path | None, *, llm: Sequence[str] | None = None, embedder: str | None = None) -> Config:
    """The configuration file, or the defaults, with what the command line overrides.

    Raises:
        ConfigurationError: A key, a value or the file is wrong.
    """
    from jazari_rag.config import Config, load_config

    given: dict[str, object] = {"llm": tuple(llm)} if llm else {}
    if embedder is not None:
        given["embedder"] = embedder
    return load_config(config, **given) if config else Config(**given)


def is_server(location: str) -> bool:
    return location.startswith(("http://", "https://"))


def open_assistant(config: Config, store: str | None, *, existing: bool = True, rebuild: bool = False) -> Assistant:
    """An assistant on `store`, or else on the location that the configuration names.

    Args:
        existing: Refuse a folder that is not there: a question to it could only find nothing.

    Raises:
        UsageError: There is no such folder.
    """
    location = store or config.location
    if existing and not is_server(location) and not Path(location).is_dir():
        raise UsageError(f"there is no store at {location}: make one with  jazari ingest PATH… --store {location}")
    from jazari_rag.assistant import Assistant

    return Assistant.open(location, config=config, rebuild=rebuild)


def pairs(items: Iterable[str] | None) -> dict[str, MetadataValue]:
    """`KEY=VALUE` is a text, `KEY:=JSON` a number, a truth value or a list; a key given twice is a list.

    Raises:
        UsageError: An item is neither.
    """
    found: dict[str, list[MetadataValue]] = {}
    for item in items or ():
        key, value = _pair(clean(item))
        found.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else _texts(key, values) for key, values in found.items()}


def where(items: Iterable[str] | None) -> Where | None:
    """A filter, or None without one."""
    return pairs(items) or None


def _pair(item: str) -> tuple[str, MetadataValue]:
    key, equals, value = item.partition("=")
    name = key.removesuffix(":").strip()
    if not equals or not name:
        raise UsageError(f"{item!r} is not KEY=VALUE")
    return (name, _json_value(item, value)) if key.endswith(":") else (name, value)


def _json_value(item: str, text: str) -> MetadataValue:
    try:
        value = json.loads(text)
    except ValueError:
        raise UsageError(f"{item!r}: {text!r} is not JSON") from None
    if isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return value
    raise UsageError(f"{item!r}: the value must be a text, a number, true, false or a list of texts")


def _texts(key: str, values: list[MetadataValue]) -> list[str]:
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(values):
        raise UsageError(f"{key} is given more than once, which only texts can be")
    return texts
