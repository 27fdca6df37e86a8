"""An article that is looked up by its number is shown in every language that the collection has it in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from jazari_rag.domain import Hit, Query, VectorQuery
from jazari_rag.languages import Languages
from jazari_rag.ports import PassageSearch, Retriever
from jazari_rag.retrieval.lexical import sparse_vector
from jazari_rag.retrieval.ranking import best_first
from jazari_rag.text.analyse import TITLE_MARK
from jazari_rag.text.articles import article_title, named_articles, without_articles
from jazari_rag.text.normalise import tokens

_CANDIDATES = 5
"""Passages that are looked at in a language."""


_STEP = 1e-6
"""Share of a score by which one hit is put above another."""


class Translator(Protocol):
    """What is asked of a `QuestionTranslator`."""

    def targets(self, language: str) -> list[str]: ...

    def terms(self, text: str, language: str, target: str) -> Mapping[str, float]: ...


class ArticleLookup:
    """Puts the versions in other languages of a named article right behind the first hit of a retriever.

    A version is known by its number and by the name of the law that was found, as the translator puts it; its score
    is just above that of the hit whose place it takes, so that the first one's lead stays what it was.

    Args:
        inner: Finds the article in the question's language, and all other passages.
        store: Where articles are looked up by their titles.
        translator: Puts the law's name into other languages.
        languages: Say how articles are named.
    """

    def __init__(self, inner: Retriever, store: PassageSearch, translator: Translator, languages: Languages) -> None:
        self._inner = inner
        self._store = store
        self._translator = translator
        self._languages = languages

    def retrieve(self, query: Query) -> list[Hit]:
        """The `query.limit` best."""
        hits = self._inner.retrieve(query)
        found = [(target, self._store.search(wanted)) for target, wanted in self._titles(query, hits)]
        return self._merged(query, hits, found)

    async def aretrieve(self, query: Query) -> list[Hit]:
        """As `retrieve`, the languages side by side."""
        hits = await self._inner.aretrieve(query)
        wanted = await asyncio.to_thread(self._titles, query, hits)
        found = await asyncio.gather(*(self._store.asearch(title) for _, title in wanted))
        return self._merged(query, hits, [(target, own) for (target, _), own in zip(wanted, found, strict=True)])

    def _titles(self, query: Query, hits: Sequence[Hit]) -> list[tuple[str, VectorQuery]]:
        """For each other language, a search for the title of the article that was found first, if it was named."""
        named = named_articles(query.text, self._languages)
        if not named or not hits:
            return []
        title, language = _title(hits[0]), hits[0].passage.language
        numbers = named & article_title(title, self._languages).numbers
        found = []
        for target in self._translator.targets(language) if numbers else ():
            law = self._translator.terms(title, language, target)
            terms = {f"{TITLE_MARK}{number} {term}": weight for number in numbers for term, weight in law.items()}
            if terms:
                found.append((target, VectorQuery(sparse_vector(terms.items()), _CANDIDATES, query.where)))
        return found

    def _merged(self, query: Query, hits: Sequence[Hit], found: Iterable[tuple[str, Sequence[Hit]]]) -> list[Hit]:
        versions = [version for target, own in found if (version := self._version(target, own))]
        first = hits[:1]
        known = {hit.passage.id for hit in first}
        placed = _placed(best_first(hit for hit in versions if hit.passage.id not in known), hits)
        moved = known | {hit.passage.id for hit in placed}
        return [*first, *placed, *(hit for hit in hits if hit.passage.id not in moved)][: query.limit]

    def _version(self, target: str, hits: Sequence[Hit]) -> Hit | None:
        """The best one in a language: of two laws with all the words, the one whose name has the fewest others."""
        own = [hit for hit in hits if target in self._languages.chain(hit.passage.language)]
        ranked = sorted(best_first(own), key=self._fitness)
        tied = len(ranked) > 1 and self._fitness(ranked[0]) == self._fitness(ranked[1])
        if not ranked or (tied and ranked[0].document.id != ranked[1].document.id):
            return None
        return ranked[0]

    def _fitness(self, hit: Hit) -> tuple[float, int]:
        return -hit.score, len(tokens(without_articles(hit.document.title, self._languages)))


def _title(hit: Hit) -> str:
    """What stands above a passage: the document's title and its headings."""
    return "\n".join((hit.document.title, *hit.passage.section))


def _placed(versions: Sequence[Hit], hits: Sequence[Hit]) -> list[Hit]:
    """The versions with falling scores between those of the first two hits."""
    if not versions:
        return []
    high = hits[0].score
    low = hits[1].score if len(hits) > 1 else high * (1 - _STEP)
    step = min((high - low) / (len(versions) + 1), _STEP * abs(low))
    return [replace(hit, score=low + step * (len(versions) - rank)) for rank, hit in enumerate(versions)]
