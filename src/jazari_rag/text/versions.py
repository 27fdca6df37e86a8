"""The same text in another language: which document of a collection is a version of which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jazari_rag.domain import Document
from jazari_rag.languages import Languages
from jazari_rag.text.articles import article_title
from jazari_rag.text.normalise import fold

BY_REFERENCE, BY_NAME = 0.95, 0.8
"""Confidence of a version with the same number, and of one whose file has the same name but for the language."""

_PARTS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
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

    Two documents are versions of each other that have the same kind and number ("loi n° 43-20", «القانون رقم 43.20»),
    or whose ids are the same but for a language ("guide-fr.html", "guide.html"). Other articles of one law are none,
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


def version_in(language: str, document: Document, others: Iterable[Document], languages: Languages) -> Version | None:
    """The version of a document that a citizen of this language reads: in it, or in the language that it belongs to."""
    found = {version.language: version for version in versions(document, others, languages)}
    return next((found[code] for code in languages.chain(language) if code in found), None)


def _same_language(one: Document, other: Document, languages: Languages) -> bool:
    return languages.normalise_code(one.language) == languages.normalise_code(other.language)


def _version(document: Document, other: Document, languages: Languages) -> Version | None:
    if _of_two_countries(document, other) or _articles(document, languages) != _articles(other, languages):
        return None
    number = _reference(document)
    if number and number == _reference(other) and document.metadata.get("kind") == other.metadata.get("kind"):
        return Version(other.id, other.language, f"both are {document.metadata['reference']}", BY_REFERENCE)
    if number and _reference(other):
        return None
    name = _name(document, languages)
    if name and name == _name(other, languages):
        return Version(other.id, other.language, "their names differ by their language alone", BY_NAME)
    return None


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


def _reference(document: Document) -> tuple[int, ...]:
    """The numbers of a reference; punctuation and leading zeros do not count (2-04-422 is 2.4.422)."""
    reference = document.metadata.get("reference")
    numbers = tuple(int(part) for part in _NUMBER.findall(fold(reference))) if isinstance(reference, str) else ()
    return numbers if len(numbers) > 1 else ()


def _name(document: Document, languages: Languages) -> tuple[str, ...]:
    """The parts of an id, without its format and those that name its own language or script."""
    own = languages.find(document.language)
    codes = {fold(document.language), *(fold(code) for code in ((own.code, *own.aliases, own.name) if own else ()))}
    return tuple(part for part in _PARTS.split(fold(_FORMAT.sub("", document.id))) if part and part not in codes)
