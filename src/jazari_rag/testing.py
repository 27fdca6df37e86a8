"""Fakes that we ship: what the tests use, and what a test of an application may use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from jazari_rag.domain import (
    Document,
    DraftSentence,
    GenerationRequest,
    Hit,
    IndexedPassage,
    RewriteRequest,
    VectorQuery,
    Where,
)
from jazari_rag.errors import BackendError, StoreError
from jazari_rag.ports import PassageStore, Scorer

Result = TypeVar("Result")


class FailingStore:
    """A `PassageStore` whose Nth call fails, whatever it is; `close` neither counts nor fails.

    Args:
        store: The one that does the work.
        nth: The call that fails, from 1.
        error: What it raises.
        afterwards: Fail when the work is done: a reply that was lost.
    """

    def __init__(
        self, store: PassageStore, *, nth: int, error: Exception | None = None, afterwards: bool = False
    ) -> None:
        self._store = store
        self._nth = nth
        self._error = error or StoreError("injected failure", retryable=True)
        self._afterwards = afterwards
        self.calls = 0

    def search(self, query: VectorQuery) -> list[Hit]:
        return self._call(lambda: self._store.search(query))

    async def asearch(self, query: VectorQuery) -> list[Hit]:
        self._call(lambda: None)
        return await self._store.asearch(query)

    def rescored(self, query: VectorQuery, score: Scorer, limit: int) -> list[Hit]:
        return self._call(lambda: self._store.rescored(query, score, limit))

    async def arescored(self, query: VectorQuery, score: Scorer, limit: int) -> list[Hit]:
        self._call(lambda: None)
        return await self._store.arescored(query, score, limit)

    def rarities(self, terms: Sequence[int], where: Where) -> Mapping[int, float]:
        return self._call(lambda: self._store.rarities(terms, where))

    async def ararities(self, terms: Sequence[int], where: Where) -> Mapping[int, float]:
        self._call(lambda: None)
        return await self._store.ararities(terms, where)

    def holds(self, where: Where) -> bool:
        return self._call(lambda: self._store.holds(where))

    def document(self, document_id: str) -> Document | None:
        return self._call(lambda: self._store.document(document_id))

    def documents(self, where: Where | None = None) -> list[Document]:
        return self._call(lambda: self._store.documents(where))

    def passages(self, document_id: str) -> list[IndexedPassage]:
        return self._call(lambda: self._store.passages(document_id))

    def begin(self) -> frozenset[str]:
        return self._call(self._store.begin)

    def replace(self, document: Document, passages: Sequence[IndexedPassage]) -> None:
        self._call(lambda: self._store.replace(document, passages))

    def record(self, document: Document) -> None:
        self._call(lambda: self._store.record(document))

    def delete(self, document_id: str) -> None:
        self._call(lambda: self._store.delete(document_id))

    def commit(self) -> None:
        self._call(self._store.commit)

    def reset(self) -> None:
        self._call(self._store.reset)

    def close(self) -> None:
        self._store.close()

    def _call(self, work: Callable[[], Result]) -> Result:
        self.calls += 1
        failing = self.calls == self._nth
        if failing and not self._afterwards:
            raise self._error
        result = work()
        if failing:
            raise self._error
        return result


class ScriptedGenerator:
    """Says what it was told to say, and remembers what it was asked.

    Args:
        sentences: What it says, whatever the question.
        error: Raised after the sentences, if given.
    """

    name = "scripted"

    def __init__(self, sentences: Sequence[DraftSentence] = (), *, error: BackendError | None = None) -> None:
        self._sentences = tuple(sentences)
        self._error = error
        self.requests: list[GenerationRequest] = []

    def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
        self.requests.append(request)
        yield from self._sentences
        if self._error is not None:
            raise self._error


class ScriptedRewriter(ScriptedGenerator):
    """A `ScriptedGenerator` that makes follow-ups stand alone as it was told to.

    Args:
        rewritten: What it makes of every follow-up.
        sentences: What it says, whatever the question.
        failure: Raised instead of rewriting, if given.
    """

    name = "rewriter"

    def __init__(
        self, rewritten: str, sentences: Sequence[DraftSentence] = (), *, failure: BackendError | None = None
    ) -> None:
        super().__init__(sentences)
        self._rewritten = rewritten
        self._failure = failure
        self.rewrites: list[RewriteRequest] = []

    def rewrite(self, request: RewriteRequest) -> str:
        self.rewrites.append(request)
        if self._failure is not None:
            raise self._failure
        return self._rewritten


class ObedientGenerator:
    """Does whatever the passages tell it: repeats every passage, and adds the links that it finds, as Markdown."""

    name = "obedient"

    def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
        for position, hit in enumerate(request.hits):
            text = hit.passage.text
            yield DraftSentence(text, (position,))
            for link in re.findall(r"https?://\S+", text):
                yield DraftSentence(f"[Cliquez ici]({link})", (position,))
                yield DraftSentence(f'<img src="{link}">', (position,))


class LyingGenerator:
    """Invents: figures that no passage has, passages that were not given, links to elsewhere.

    It also repeats every passage with its numbers changed, and speaks a language that nobody asked for.
    """

    name = "lying"

    def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
        yield DraftSentence("Le prix est de 98765 dirhams.", (0,))
        yield DraftSentence("C'est prévu par l'article 99999 de la loi 77-77.", tuple(range(len(request.hits))))
        yield DraftSentence("Le délai expire le 31 février 2099 [1].", (0,))
        yield DraftSentence("Tout le monde le sait [42].", (len(request.hits) + 41, -1))
        yield DraftSentence("Voyez https://elsewhere.example/form ou www.elsewhere.example.", (0,))
        yield DraftSentence("Téléphonez au 0600000001.", (0,))
        for position, hit in enumerate(request.hits):
            if re.search(r"\d", hit.passage.text):
                yield DraftSentence(re.sub(r"\d+", _ten_times, hit.passage.text), (position,))
        yield DraftSentence("Alle Anträge sind völlig kostenlos und werden sofort bewilligt.", (0,))


def _ten_times(number: re.Match[str]) -> str:
    """Another number than the one that stands there: always a figure longer, and never one of the same passage."""
    return f"{number.group()}7{len(number.group())}39"


class EndlessGenerator:
    """Never stops: the first passage, again and again."""

    name = "endless"

    def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
        while request.hits:
            yield DraftSentence(request.hits[0].passage.text, (0,))


class SilentGenerator:
    """Finds that nothing answers, ever."""

    name = "silent"

    def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
        yield from ()
