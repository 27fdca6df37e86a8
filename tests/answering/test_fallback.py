from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from answering_kit import PASSPORT, answerer, hit

from jazari_rag.answering.fallback import FallbackGenerator
from jazari_rag.domain import AnswerPart, AnswerStatus, DraftSentence, GenerationRequest
from jazari_rag.errors import BackendRejectedError, BackendUnavailableError
from jazari_rag.ports import Generator, TracedDrafts
from jazari_rag.testing import LyingGenerator, ScriptedGenerator, SilentGenerator

QUESTION = "Combien coûte le timbre du passeport ?"
PRICE = DraftSentence("Le timbre du passeport coûte 500 dirhams.", (0,))
DOWN = BackendUnavailableError("first is down", backend="first")
REQUEST = GenerationRequest(QUESTION, "fr", (PASSPORT,))


class Named(ScriptedGenerator):
    def __init__(self, name: str, *sentences: DraftSentence, error: Exception | None = None) -> None:
        super().__init__(sentences, error=error)  # type: ignore[arg-type]
        self.name = name


def test_a_chain_is_a_generator_and_needs_one() -> None:
    chain = FallbackGenerator([Named("first"), Named("second")])
    assert isinstance(chain, Generator)
    assert isinstance(chain.generate(REQUEST), TracedDrafts)
    assert chain.name == "first > second"
    with pytest.raises(ValueError, match="at least one"):
        FallbackGenerator([])


def test_the_next_one_is_asked_only_when_the_one_before_fails() -> None:
    second = Named("second", PRICE)
    drafts = FallbackGenerator([Named("first", PRICE), second]).generate(REQUEST)
    assert list(drafts) == [PRICE]
    assert drafts.trace == {"generator": "first"}
    assert second.requests == []


def test_the_trace_says_who_spoke_and_what_failed_before() -> None:
    broken = Named("broken", error=BackendRejectedError("wrong key", backend="broken"))
    chain = FallbackGenerator([Named("first", error=DOWN), broken, Named("third", PRICE)])
    drafts = chain.generate(REQUEST)
    assert list(drafts) == [PRICE]
    assert drafts.trace == {
        "generator": "third",
        "failed_before": [
            {"generator": "first", "error": "first is down"},
            {"generator": "broken", "error": "wrong key"},
        ],
    }


def test_one_that_finds_no_answer_has_answered() -> None:
    second = Named("second", PRICE)
    assert list(FallbackGenerator([SilentGenerator(), second]).generate(REQUEST)) == []
    assert second.requests == []


def test_one_that_fails_in_the_middle_has_failed() -> None:
    second = Named("second", PRICE)
    drafts = iter(FallbackGenerator([Named("first", PRICE, error=DOWN), second]).generate(REQUEST))
    assert next(drafts) == PRICE
    with pytest.raises(BackendUnavailableError):
        next(drafts)
    assert second.requests == []


def test_an_answer_says_which_backend_wrote_it() -> None:
    chain = FallbackGenerator([Named("first", error=DOWN), Named("second", PRICE)])
    answer = answerer(chain).answer(QUESTION)
    assert answer.status is AnswerStatus.ANSWERED
    assert "500 dirhams" in answer.text
    assert answer.trace["generator"] == "second"
    assert answer.trace["failed_before"] == [{"generator": "first", "error": "first is down"}]


def test_when_all_fail_the_documents_answer() -> None:
    chain = FallbackGenerator([Named("first", error=DOWN), Named("second", error=DOWN)])
    answer = answerer(chain).answer(QUESTION)
    assert answer.status is AnswerStatus.ANSWERED
    assert "500 dirhams" in answer.text
    assert answer.trace["generator"] == "extractive"
    assert answer.trace["fallback_for"] == "second"
    assert answer.trace["failed_before"] == [{"generator": "first", "error": "first is down"}]
    assert answer.trace["backend_error"] == "first is down"


@pytest.mark.parametrize("error", [None, DOWN])
def test_nothing_unverified_is_shown_when_a_stream_fails_midway(error: BackendUnavailableError | None) -> None:
    lies = tuple(LyingGenerator().generate(REQUEST))
    steps = list(answerer(FallbackGenerator([Named("liar", *lies, error=error)])).stream(QUESTION))
    shown = "".join(step.text for step in steps if isinstance(step, AnswerPart))
    assert "98765" not in shown
    assert "elsewhere" not in shown
    assert "500 dirhams" in shown


def test_a_stream_that_fails_after_a_verified_sentence_is_a_partial_answer() -> None:
    chain = FallbackGenerator([Named("first", PRICE, error=DOWN), Named("second", PRICE)])
    answer = answerer(chain, hits=[PASSPORT, hit("Le passeport est rouge.", id="rouge")]).answer(QUESTION)
    assert answer.status is AnswerStatus.PARTIAL
    assert answer.trace["generator"] == "first"
    assert answer.trace["backend_error"] == "first is down"


class _Slow:
    """Fails after a while; remembers how long it had."""

    name = "slow"

    def __init__(self) -> None:
        self.seconds: list[float | None] = []

    def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
        self.seconds.append(request.seconds)
        raise BackendUnavailableError("too slow")
        yield


def test_each_of_a_chain_has_a_fair_share_of_the_time_that_is_left() -> None:
    first, second, third = _Slow(), _Slow(), _Slow()
    drafts = FallbackGenerator([first, second, third]).generate(replace(REQUEST, seconds=60.0))
    with pytest.raises(BackendUnavailableError):
        list(drafts)
    shares = [slow.seconds[0] or 0.0 for slow in (first, second, third)]
    assert 15 < shares[0] <= 20
    assert shares[0] < shares[1] <= 30
    assert shares[1] < shares[2] <= 60
    with pytest.raises(BackendUnavailableError):
        list(FallbackGenerator([first]).generate(REQUEST))
    assert first.seconds[-1] is None


def test_a_chain_that_is_no_longer_read_closes_the_one_that_speaks() -> None:
    closed: list[str] = []

    class Speaking:
        name = "speaking"

        def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
            try:
                yield DraftSentence("Une phrase.", (0,))
                yield DraftSentence("Une autre.", (0,))
            finally:
                closed.append(self.name)

    drafts = iter(FallbackGenerator([Speaking()]).generate(REQUEST))
    next(drafts)
    drafts.close()  # type: ignore[attr-defined]
    assert closed == ["speaking"]
