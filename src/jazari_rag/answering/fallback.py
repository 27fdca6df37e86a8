"""Several generators behind one another: the next one writes where the one before failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from time import monotonic

from jazari_rag.answering.drafts import one_by_one
from jazari_rag.domain import DraftSentence, GenerationRequest
from jazari_rag.errors import BackendError
from jazari_rag.ports import Generator, Rewriter


class FallbackGenerator:
    """Asks the first generator, and the next one when it fails before it said anything.

    One that finds that nothing answers has answered. One that fails in the middle has failed for good: what was
    already shown cannot be taken back, and another one's sentences do not continue it.

    Args:
        generators: In the order in which they are asked; at least one.
    """

    def __init__(self, generators: Sequence[Generator]) -> None:
        if not generators:
            raise ValueError("a chain of generators needs at least one")
        self._generators = tuple(generators)

    @property
    def generators(self) -> tuple[Generator, ...]:
        return self._generators

    @property
    def name(self) -> str:
        return " > ".join(generator.name for generator in self._generators)

    def __repr__(self) -> str:
        return f"FallbackGenerator({self.name!r})"

    def generate(self, request: GenerationRequest) -> FallbackDrafts:
        """The drafts of the first that does not fail; their `trace` says which one that was.

        Raises:
            BackendError: The last one failed too, or one did in the middle (raised while iterating).
        """
        return FallbackDrafts(self._generators, request)


class FallbackDrafts:
    """The drafts of a chain, to be read once.

    Attributes:
        trace: `generator`, the name of the one that spoke or was tried last, and where others failed before it
            `failed_before`, their names and errors. Complete when the drafts were read.
    """

    def __init__(self, generators: Sequence[Generator], request: GenerationRequest) -> None:
        self._generators = generators
        self._request = request
        self._ends = None if request.seconds is None else monotonic() + request.seconds
        self._speaker = generators[0].name
        self._failed: list[dict[str, str]] = []

    @property
    def trace(self) -> dict[str, object]:
        failed: dict[str, object] = {"failed_before": list(self._failed)} if self._failed else {}
        return {"generator": self._speaker, **failed}

    def __iter__(self) -> Iterator[DraftSentence]:
        for left, generator in zip(range(len(self._generators) - 1, -1, -1), self._generators, strict=True):
            self._speaker = generator.name
            spoke = False
            try:
                with closing(one_by_one(generator.generate(self._for_one_of(left + 1)))) as drafts:
                    for draft in drafts:
                        spoke = True
                        yield draft
                return
            except BackendError as error:
                if spoke or not left:
                    raise
                self._failed.append({"generator": generator.name, "error": error.message})

    def _for_one_of(self, left: int) -> GenerationRequest:
        """The request with a fair share of what is left of the time: the first one must not use up the others'."""
        if self._ends is None:
            return self._request
        return replace(self._request, seconds=max(0.0, self._ends - monotonic()) / left)


def rewriter_of(generator: Generator) -> Rewriter | None:
    """What makes follow-ups stand alone: the generator, or the first of a chain that can."""
    links = generator.generators if isinstance(generator, FallbackGenerator) else (generator,)
    return next((link for link in links if isinstance(link, Rewriter)), None)
