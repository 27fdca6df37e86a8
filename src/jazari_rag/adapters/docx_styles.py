"""What a paragraph is, by its style: outline levels are the same in every language, names of styles are not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from jazari_rag.adapters.docx_text import W

_HEADING_NAME = re.compile(r"(?:heading|titre|título|titulo|überschrift|عنوان)\s*([1-9])$", re.I)
_TITLE_NAMES = frozenset({"title", "titre", "título", "العنوان"})
_DEEPEST_BASE = 20
_BODY_TEXT_LEVEL = 9

NumberingKey = tuple[str, int]
"""A list's id and the level in it, from 0."""


@dataclass(frozen=True, slots=True)
class Role:
    """`level` is a heading's, from 1; 0 for other paragraphs."""

    level: int = 0
    is_title: bool = False
    numbering: NumberingKey | None = None


class Styles:
    """The style sheet of a document (`w:styles`)."""

    def __init__(self, element: etree._Element) -> None:
        self._by_id = {style.get(W + "styleId", ""): style for style in element.iter(W + "style")}
        self._roles: dict[str, Role] = {}

    def role(self, paragraph: etree._Element) -> Role:
        """What the paragraph's own properties say, else what its style and the styles under it say."""
        properties = paragraph.find(W + "pPr")
        named = None if properties is None else properties.find(W + "pStyle")
        style = self._style_role("" if named is None else named.get(W + "val", ""))
        if properties is None:
            return style
        own_level, own_numbering = _outline_level(properties), _numbering(properties)
        level = style.level if own_level is None else own_level
        numbering = style.numbering if own_numbering is None else own_numbering
        return Role(level, style.is_title, None if numbering and numbering[0] == "0" else numbering)

    def _style_role(self, style_id: str) -> Role:
        if style_id not in self._roles:
            self._roles[style_id] = self._find_role(style_id)
        return self._roles[style_id]

    def _find_role(self, style_id: str) -> Role:
        level: int | None = None
        numbering: NumberingKey | None = None
        is_title = False
        for _ in range(_DEEPEST_BASE):
            style = self._by_id.get(style_id)
            if style is None:
                break
            properties = style.find(W + "pPr")
            if properties is not None:
                level = _outline_level(properties) if level is None else level
                numbering = numbering or _numbering(properties)
            name_element = style.find(W + "name")
            name = "" if name_element is None else name_element.get(W + "val", "").strip()
            is_title = is_title or name.casefold() in _TITLE_NAMES
            heading = _HEADING_NAME.match(name)
            level = int(heading[1]) if heading and level is None else level
            base = style.find(W + "basedOn")
            style_id = "" if base is None else base.get(W + "val", "")
        return Role(level or (1 if is_title else 0), is_title, numbering)


def _outline_level(properties: etree._Element) -> int | None:
    """From 1; 0 where it says body text; None where it says nothing."""
    element = properties.find(W + "outlineLvl")
    value = "" if element is None else element.get(W + "val", "")
    if not value.isdecimal():
        return None
    return int(value) + 1 if int(value) < _BODY_TEXT_LEVEL else 0


def _numbering(properties: etree._Element) -> NumberingKey | None:
    element = properties.find(W + "numPr")
    if element is None:
        return None
    number, level = element.find(W + "numId"), element.find(W + "ilvl")
    depth = "0" if level is None else level.get(W + "val", "0")
    key = "" if number is None else number.get(W + "val", "")
    return (key, int(depth) if depth.isdecimal() else 0) if key else None
