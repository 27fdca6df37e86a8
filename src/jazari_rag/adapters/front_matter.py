"""The YAML that may stand above a Markdown text: the plain `key: value` part of it, no more."""

from __future__ import annotations

import re

from jazari_rag.domain import MetadataValue

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_ENTRY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_COMMENT = re.compile(r"\s+#.*$")
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,14})$")
_NUMBER = re.compile(r"-?\d{1,15}\.\d{1,15}$")


def split_front_matter(text: str) -> tuple[dict[str, MetadataValue], str]:
    """The entries and the text below. A block that is not front matter stays in the text."""
    found = _FRONT.match(text)
    if not found:
        return {}, text
    entries: dict[str, MetadataValue] = {}
    key = ""
    for line in found[1].split("\n"):
        entry, item = _ENTRY.match(line), _ITEM.match(line)
        if entry:
            key = entry[1]
            entries[key] = _value(entry[2] or "")
        elif item and key:
            before = entries[key]
            entries[key] = [*(before if isinstance(before, list) else []), str(_scalar(item[1]))]
    filled = {key: value for key, value in entries.items() if value != ""}
    return (filled, text[found.end() :]) if entries else ({}, text)


def _value(text: str) -> MetadataValue:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [str(_scalar(item)) for item in text[1:-1].split(",") if item.strip()]
    return _scalar(text)


def _scalar(text: str) -> str | int | float | bool:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    text = _COMMENT.sub("", text)
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _NUMBER.match(text) else text
