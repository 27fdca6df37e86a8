"""Passages in the question's language, and in others: which they are, and retrieval that keeps them apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from jazari_rag.domain import Hit, Passage, Query, Where
from jazari_rag.languages import Languages
from jazari_rag.ports import Retriever


class GroupRetriever(Retriever, Protocol):
    """A retriever over some of the passages."""

    def judges(self, query: Query, passage: Passage) -> bool:
        """Whether a passage is one of those that it looks at for this question."""
        ...


class LanguageRetriever:
    """Another retriever over the passages of the question's language and its dialects alone, or of all others.

    Scores of an embedder are higher within a language than across, so that they order passages of one group, and
    only those.

    Args:
        retriever: Asked with a narrowed filter.
        languages: The served ones.
        within: Whether the passages are those of the question's language.
        reads: Whether a question can be asked at all; others find nothing.
    """

    def __init__(
        self, retriever: Retriever, languages: Languages, *, within: bool, reads: Callable[[Query], bool] | None = None
    ) -> None:
        self._retriever = retriever
        self._languages = languages
        self._within = within
        self._reads = reads

    def retrieve(self, query: Query) -> list[Hit]:
        """The `query.limit` best of the group."""
        narrowed = self._narrowed(query)
        return self._retriever.retrieve(narrowed) if narrowed else []

    async def aretrieve(self, query: Query) -> list[Hit]:
        """As `retrieve`."""
        narrowed = self._narrowed(query)
        return await self._retriever.aretrieve(narrowed) if narrowed else []

    def judges(self, query: Query, passage: Passage) -> bool:
        """Whether a passage is one of the group."""
        same = root(passage.language, self._languages) == root(query.language, self._languages)
        return same == self._within

    def _narrowed(self, query: Query) -> Query | None:
        if self._reads is not None and not self._reads(query):
            return None
        wanted = root(query.language, self._languages)
        group = [code for code in self._languages.served if (root(code, self._languages) == wanted) == self._within]
        where = narrowed(query.where, group)
        return replace(query, where=where) if where else None


def root(code: str, languages: Languages) -> str:
    """The language that a dialect, or another script, is of in the end; an unknown one is its own."""
    return (languages.chain(code) or (code,))[-1]


def written_as(code: str, served: Sequence[str], languages: Languages) -> bool:
    """Whether a language is one of those served, or a dialect of one that is written in its script."""
    own, base = languages.find(code), languages.find(root(code, languages))
    return own is not None and base is not None and base.code in served and own.script == base.script


def spoken(code: str, languages: Languages) -> tuple[str, ...]:
    """The languages of passages that a question in `code` can find: the language and its dialects of one script."""
    script = languages.get(code).script
    return tuple(other.code for other in languages if other.script == script and code in languages.chain(other.code))


def narrowed(where: Where, codes: Sequence[str]) -> Where | None:
    """`where`, and in one of these languages; None where it allows none of them."""
    asked = where.get("language")
    if asked is None:
        return {**where, "language": tuple(codes)} if codes else None
    allowed = {asked} if isinstance(asked, str) else set(asked) if isinstance(asked, Sequence) else set()
    kept = tuple(code for code in codes if code in allowed)
    return {**where, "language": kept} if kept else None
