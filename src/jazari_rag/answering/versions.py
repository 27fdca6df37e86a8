"""A document in the citizen's language, rather than the same document in another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jazari_rag.domain import Document, Hit, Query, Where
from jazari_rag.languages import Languages
from jazari_rag.ports import Catalog, Retriever, Versions
from jazari_rag.text.keys import TEXT_KEYS
from jazari_rag.text.versions import keys_of
from jazari_rag.text.versions import versions as versions_of

TRANSLATION_GROUP = "translation_group"
"""Metadata of which two documents with one value are one text in two languages."""
LOOKED_UP = 3
"""Documents in another language, the best first, whose version in the citizen's is looked for."""
PASSAGES = 3
"""Passages of such a version that are looked at."""


@dataclass(frozen=True, slots=True)
class DocumentVersions:
    """Links documents by what they say of themselves: a group of translations, the keys of a text, or their names.

    Attributes:
        languages: The served ones.
        catalog: Where the versions of a document are looked up; without one, none is known.
    """

    languages: Languages
    catalog: Catalog | None = None

    def are_versions(self, one: Document, other: Document) -> bool:
        group = one.metadata.get(TRANSLATION_GROUP)
        if group and group == other.metadata.get(TRANSLATION_GROUP):
            return one.language != other.language
        return bool(versions_of(one, [other], self.languages))

    def version(self, document: Document, languages: Sequence[str]) -> Where | None:
        """By metadata alone: a store is not asked for ids that it may have."""
        linked = self._linked(document)
        return {**linked, "language": tuple(languages)} if linked else None

    def others(self, document: Document) -> list[Document]:
        """By metadata alone; none of a language that has several, for nothing tells which is meant."""
        linked = self._linked(document)
        if self.catalog is None or linked is None:
            return []
        found: dict[str, list[Document]] = {}
        for other in self.catalog.documents(linked):
            if other.duplicate_of is None and self.are_versions(document, other):
                found.setdefault(other.language, []).append(other)
        return [versions[0] for versions in found.values() if len(versions) == 1]

    def _linked(self, document: Document) -> Where | None:
        """The filter on what has the same group or keys."""
        if group := document.metadata.get(TRANSLATION_GROUP):
            return {TRANSLATION_GROUP: group}
        keys = keys_of(document, self.languages)
        return {TEXT_KEYS: keys} if keys else None


class OwnVersions:
    """Puts the version in the citizen's language in the place of the one that was found.

    Args:
        retriever: Finds the passages of a version.
        versions: Knows them.
    """

    def __init__(self, retriever: Retriever, versions: Versions) -> None:
        self._retriever = retriever
        self._versions = versions

    def preferred(self, query: Query, hits: Sequence[Hit], own: Sequence[str]) -> tuple[Hit, ...]:
        """The hits, those of a document with a version in one of the languages `own` replaced by the version's.

        Args:
            query: What found them.
            hits: Best first; those that replace others have their scores.
            own: The citizen's language and those that it is based on.
        """
        found: dict[str, Sequence[Hit]] = {}
        for document in _elsewhere(hits, own):
            among = [hit for hit in hits if hit.passage.language in own and self._are(document, hit.document)]
            found[document.id] = among or self._stored(query, document, own)
        return tuple(_replaced(hits, found))

    def _are(self, one: Document, other: Document) -> bool:
        return self._versions.are_versions(one, other)

    def _stored(self, query: Query, document: Document, own: Sequence[str]) -> list[Hit]:
        where = self._versions.version(document, own)
        if where is None or where.keys() & query.where.keys():
            return []  # what the caller filters by is not for us to widen
        wanted = replace(query, limit=PASSAGES, where={**query.where, **where})
        found = [hit for hit in self._retriever.retrieve(wanted) if hit.passage.language in own]
        return [hit for hit in found if self._are(document, hit.document)]


def _elsewhere(hits: Sequence[Hit], own: Sequence[str]) -> list[Document]:
    documents = {hit.document.id: hit.document for hit in hits if hit.passage.language not in own}
    return list(documents.values())[:LOOKED_UP]


def _replaced(hits: Sequence[Hit], versions: Mapping[str, Sequence[Hit]]) -> list[Hit]:
    """Each passage once, at its best place."""
    kept: dict[str, Hit] = {}
    for hit in hits:
        instead = versions.get(hit.document.id)
        if not instead:
            kept.setdefault(hit.passage.id, hit)
            continue
        first = instead[0].score or 1.0
        for version in instead:
            score = hit.score * min(1.0, version.score / first)
            kept.setdefault(version.passage.id, replace(version, score=score))
    return sorted(kept.values(), key=lambda hit: -hit.score)
