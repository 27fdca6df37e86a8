"""The same text in another language: which document of a collection is a version of which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jazari_rag.domain import Document
from jazari_rag.languages import Languages
from jazari_rag.text.articles import article_title
from jazari_rag.text.keys import TEXT_KEYS, numbered, text_keys
from jazari_rag.text.normalise import fold

BY_REFERENCE, BY_NAME = 0.95, 0.8
"""Confidence of a version with the same number, and of one whose file has the same name but for the language."""

_PARTS = re.compile(r"[\W_]+")
_FORMAT = re.compile(r"\.\w{1,5}$")


@dataclass(frozen=True, slots=True)
class Version:
    """A document that says the same in another language, why it is one, and how sure that is, in [0, 1]."""

    document_id: str
    language: str
    reason: str
    confidence: float


def versions(document: Document, others: Iterable[Document], languages: Languages) -> list[Version]:
    """The versions of a document in other languages, the surest first.

    Two documents are versions of each other whose texts have a key in common ("loi n° 43-20", «القانون رقم 43.20»), or
    whose ids are the same but for a language ("guide-fr.html", "guide.html"). Other articles of one law are none,
    nor are texts of two jurisdictions. Of a language that has several, none is named: nothing tells which is meant.
    """
    found: dict[str, list[Version]] = {}
    for other in others:
        if other.id == document.id or other.duplicate_of or _same_language(document, other, languages):
            continue
        version = _version(document, other, languages)
        if version:
            found.setdefault(other.language, []).append(version)
    kept = [surest for group in found.values() if (surest := _single(group))]
    return sorted(kept, key=lambda version: (-version.confidence, version.document_id))


def _same_language(one: Document, other: Document, languages: Languages) -> bool:
    return languages.normalise_code(one.language) == languages.normalise_code(other.language)


def _version(document: Document, other: Document, languages: Languages) -> Version | None:
    if _of_two_countries(document, other) or _articles(document, languages) != _articles(other, languages):
        return None
    own, its = keys_of(document, languages), keys_of(other, languages)
    numbers, its_numbers = numbered(own), numbered(its)
    if numbers and its_numbers and not numbers & its_numbers:
        return None
    if shared := [key for key in own if key in its]:
        return Version(other.id, other.language, f"both are {shared[0]}", BY_REFERENCE)
    name = _name(document, languages)
    if name and name == _name(other, languages):
        return Version(other.id, other.language, "their names differ by their language alone", BY_NAME)
    return None


def keys_of(document: Document, languages: Languages) -> tuple[str, ...]:
    """What its metadata call its text, or else what these and its title say."""
    stored = document.metadata.get(TEXT_KEYS)
    if isinstance(stored, str):
        return (stored,)
    if isinstance(stored, Sequence):
        return tuple(stored)
    return text_keys(document.title, document.metadata, languages)


def _of_two_countries(one: Document, other: Document) -> bool:
    """Whether both say of which jurisdiction they are, and of another one."""
    first, second = (document.metadata.get("jurisdiction") for document in (one, other))
    return bool(first and second and first != second)


def _articles(document: Document, languages: Languages) -> frozenset[str]:
    """The articles that a document is, where it is not a whole text ("Loi 17-95 - Article 366")."""
    return article_title(document.title, languages).numbers


def _single(group: Sequence[Version]) -> Version | None:
    best = [version for version in group if version.confidence == max(other.confidence for other in group)]
    return best[0] if len(best) == 1 else None


def _name(document: Document, languages: Languages) -> tuple[str, ...]:
    """The parts of an id, without its format and those that name its own language or script."""
    own = languages.find(document.language)
    codes = {fold(document.language), *(fold(code) for code in ((own.code, *own.aliases, own.name) if own else ()))}
    return tuple(part for part in _PARTS.split(fold(_FORMAT.sub("", document.id))) if part and part not in codes)
