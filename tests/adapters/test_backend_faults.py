"""Real HTTP servers that misbehave, each in the protocols of OpenAI, Mistral and Ollama."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate

import pytest
from chat_server import Behaviour, chat_server
from requests_kit import ARABIC, request

from jazari_rag.adapters.backend_errors import retry_after
from jazari_rag.domain import DraftSentence
from jazari_rag.errors import BackendError, BackendRejectedError, BackendUnavailableError
from jazari_rag.ports import Generator

pytestmark = pytest.mark.filterwarnings("default")  # of the client libraries

Connect = Callable[..., Generator]
SENTENCES = ["الرسوم 75 درهما.", "الأجل خمسة عشر يوما."]


def drafts_until_error(generator: Generator) -> tuple[list[DraftSentence], BackendError | None]:
    given: list[DraftSentence] = []
    try:
        given.extend(generator.generate(request()))
    except BackendError as error:
        return given, error
    return given, None


@contextmanager
def refused() -> Iterator[str]:
    """An address where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def test_nobody_there_is_unavailable_after_two_more_tries(connected: Connect, waits: list[float]) -> None:
    with refused() as address, pytest.raises(BackendUnavailableError, match="running"):
        list(connected(address).generate(request()))
    assert len(waits) == 2


@pytest.mark.parametrize("status", [401, 403, 404, 400, 422])
@pytest.mark.parametrize("stream", [True, False])
def test_a_refusal_is_rejected_after_one_request_and_never_tells_the_key(
    connected: Connect, key: str, status: int, stream: bool
) -> None:
    behaviour = Behaviour(status=status, echo_key=True)
    with chat_server(behaviour) as address:
        generator = connected(address, stream=stream)
        with pytest.raises(BackendRejectedError) as caught:
            list(generator.generate(request()))
    assert len(behaviour.requests) == 1
    assert str(status) in str(caught.value)
    assert key not in f"{caught.value} {caught.value!r} {caught.value.__cause__} {generator!r} {generator.name}"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
def test_a_failing_server_is_asked_three_times_with_growing_pauses(
    connected: Connect, waits: list[float], status: int
) -> None:
    behaviour = Behaviour(status=status)
    with chat_server(behaviour) as address, pytest.raises(BackendUnavailableError) as caught:
        list(connected(address, retries={"first_pause": 1.0}).generate(request()))
    assert len(behaviour.requests) == 3
    assert 0.5 <= waits[0] <= 1.0 <= waits[1] <= 2.0
    assert caught.value.retryable


def test_another_try_can_succeed(connected: Connect) -> None:
    behaviour = Behaviour(reply=ARABIC, statuses=[503, 429])
    with chat_server(behaviour) as address:
        assert [draft.text for draft in connected(address).generate(request())] == SENTENCES
    assert len(behaviour.requests) == 3


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"retry-after": "3"}, (3, 3)),
        ({"retry-after": "1.5"}, (1.5, 1.5)),
        ({"retry-after": "0"}, (0, 0)),
        ({"retry-after": "-4"}, (0, 0)),
        ({"retry-after-ms": "250", "retry-after": "3"}, (0.25, 0.25)),
        ({"retry-after": formatdate(time.time() - 600, usegmt=True)}, (0, 0)),
        ({"retry-after": "soon"}, (0.25, 0.5)),
        ({"retry-after": "nan"}, (0.25, 0.5)),
        ({"retry-after": ""}, (0.25, 0.5)),
    ],
)
def test_the_pause_is_the_one_that_the_server_asks_for(
    connected: Connect, waits: list[float], headers: dict[str, str], pause: tuple[float, float], stream: bool
) -> None:
    behaviour = Behaviour(reply=ARABIC, statuses=[429], headers=headers)
    with chat_server(behaviour) as address:
        assert len(list(connected(address, stream=stream).generate(request()))) == 2
    assert len(waits) == 1
    assert pause[0] <= waits[0] <= pause[1]


def test_a_date_to_come_back_at_is_waited_for(connected: Connect, waits: list[float]) -> None:
    later = formatdate(time.time() + 8, usegmt=True)
    with chat_server(Behaviour(reply=ARABIC, statuses=[429], headers={"retry-after": later})) as address:
        list(connected(address, retries={"longest_pause": 60.0}).generate(request()))
    assert 0 < waits[0] <= 8


@pytest.mark.parametrize("wait", ["90", "1e9", formatdate(2**32, usegmt=True)])
def test_a_pause_that_no_citizen_waits_for_ends_it_and_is_passed_on(
    connected: Connect, waits: list[float], wait: str
) -> None:
    behaviour = Behaviour(status=429, headers={"retry-after": wait})
    with chat_server(behaviour) as address, pytest.raises(BackendUnavailableError) as caught:
        list(connected(address).generate(request()))
    assert caught.value.retry_after is not None
    assert caught.value.retry_after >= 90
    assert (len(behaviour.requests), waits) == (1, [])


NOW = 784111777.0
"""1994-11-06 08:49:37 GMT, as in the three examples of RFC 9110."""


@pytest.mark.parametrize(
    "date", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_every_form_of_an_http_date_is_read(date: str) -> None:
    assert retry_after({"retry-after": date}, now=NOW - 7) == 7
    assert retry_after({"retry-after": date}, now=NOW + 7) == 0


@pytest.mark.parametrize("value", ["soon", "", "inf", "nan", "Sun, 99 Nov 1994 08:49:37 GMT", "٣ ثوان"])
def test_what_is_no_time_is_no_pause(value: str) -> None:
    assert retry_after({"retry-after": value}, now=NOW) is None


@pytest.mark.parametrize("stream", [True, False])
def test_silence_ends_at_the_deadline_and_the_connection_with_it(connected: Connect, stream: bool) -> None:
    behaviour = Behaviour(silent=True)
    with chat_server(behaviour) as address:
        with pytest.raises(BackendUnavailableError, match="in time"):
            list(connected(address, deadline=0.5, stream=stream).generate(request()))
        assert behaviour.hung_up.wait(5), "the client must not hold the connection after the deadline"
    assert len(behaviour.requests) == 1


def test_silence_within_the_deadline_is_tried_again(connected: Connect) -> None:
    behaviour = Behaviour(silent=True)
    with chat_server(behaviour) as address, pytest.raises(BackendUnavailableError, match="in time"):
        list(connected(address, silence=1, retries={"times": 1}).generate(request()))
    assert len(behaviour.requests) == 2


@pytest.mark.parametrize("stream", [True, False])
def test_a_reply_byte_by_byte_ends_at_the_deadline_and_the_connection_with_it(connected: Connect, stream: bool) -> None:
    behaviour = Behaviour(reply=ARABIC * 20, packet=1, pause=0.02)
    with chat_server(behaviour) as address:
        with pytest.raises(BackendUnavailableError, match="in time"):
            list(connected(address, deadline=0.5, stream=stream).generate(request()))
        assert behaviour.hung_up.wait(5), "the client must not hold the connection after the deadline"
    assert len(behaviour.requests) == 1


def test_the_pauses_count_towards_the_deadline(connected: Connect, waits: list[float]) -> None:
    behaviour = Behaviour(status=429, headers={"retry-after": "8"})
    with chat_server(behaviour) as address, pytest.raises(BackendUnavailableError):
        list(connected(address, deadline=12.0).generate(request()))
    assert (len(behaviour.requests), waits) == (2, [8])


def test_a_reader_that_goes_away_stops_the_backend(connected: Connect) -> None:
    behaviour = Behaviour(reply=ARABIC * 40, pause=0.01)
    with chat_server(behaviour) as address:
        drafts = iter(connected(address).generate(request()))
        assert next(drafts).text == SENTENCES[0]
        drafts.close()  # type: ignore[attr-defined]
        assert behaviour.hung_up.wait(5)


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("harm", [{"html": True}, {"truncated": True}])
def test_a_reply_that_is_not_one_is_rejected_after_one_request(
    connected: Connect, harm: dict[str, bool], stream: bool
) -> None:
    behaviour = Behaviour(reply="mot", **harm)  # type: ignore[arg-type]
    with chat_server(behaviour) as address:
        given, error = drafts_until_error(connected(address, stream=stream))
    assert isinstance(error, BackendRejectedError)
    assert (given, len(behaviour.requests)) == ([], 1)


@pytest.mark.parametrize("harm", [{"cut": True}, {"finish": False}, {"truncated": True}, {"finish_reason": "length"}])
def test_a_stream_that_stops_in_the_middle_withholds_its_last_sentence(
    connected: Connect, harm: dict[str, object]
) -> None:
    reply = "Rien n'est dû. [1] Rien n'est à payer au guichet [1]. Sauf si"
    with chat_server(Behaviour(reply=reply, **harm)) as address:  # type: ignore[arg-type]
        given, error = drafts_until_error(connected(address))
    whole = ["Rien n'est dû.", "Rien n'est à payer au guichet."]
    assert [draft.text for draft in given] == whole[: len(given)]
    assert given
    assert (error is None) == ("finish_reason" in harm)


@pytest.mark.parametrize("harm", [{"cut": True}, {"finish": False}])
def test_a_stream_that_stops_before_it_said_anything_is_tried_again(connected: Connect, harm: dict[str, bool]) -> None:
    behaviour = Behaviour(reply="mot" if "cut" in harm else "", **harm)  # type: ignore[arg-type]
    with chat_server(behaviour) as address:
        given, error = drafts_until_error(connected(address))
    assert isinstance(error, BackendUnavailableError)
    assert (given, len(behaviour.requests)) == ([], 3)


def test_a_reply_cut_off_before_a_whole_sentence_is_no_finding_that_nothing_answers(connected: Connect) -> None:
    with chat_server(Behaviour(reply="Le timbre coûte", finish_reason="length")) as address:
        given, error = drafts_until_error(connected(address))
    assert isinstance(error, BackendRejectedError)
    assert given == []


@pytest.mark.parametrize("charset", ["", "iso-8859-1", "windows-1256"])
@pytest.mark.parametrize("packet", [1, 2, 3, 5, 64, 0])
def test_arabic_arrives_whole_however_its_bytes_are_packed(connected: Connect, packet: int, charset: str) -> None:
    with chat_server(Behaviour(reply=ARABIC, packet=packet, charset=charset)) as address:
        given, error = drafts_until_error(connected(address))
    assert error is None
    assert [draft.text for draft in given] == SENTENCES


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("raw", [b"\xd8", "م".encode("windows-1256"), b"\\ud800"])
def test_text_that_is_not_utf8_never_becomes_a_sentence(connected: Connect, raw: bytes, stream: bool) -> None:
    behaviour = Behaviour(reply="الرسوم 75 درهXا. [1] الأجل شهر. [2]", raw=raw)
    with chat_server(behaviour) as address:
        given, error = drafts_until_error(connected(address, stream=stream))
    assert isinstance(error, BackendRejectedError)
    assert given == []
