"""Follow-ups are made whole by a model behind real HTTP, within the time of the answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chat_server import Behaviour, chat_server

from jazari_rag.domain import RewriteRequest, Turn
from jazari_rag.errors import BackendError, BackendRejectedError, BackendUnavailableError
from jazari_rag.ports import Rewriter

pytestmark = pytest.mark.filterwarnings("default")  # of the client libraries

WHOLE = "Quel est le prix du passeport pour un mineur ?"
REQUEST = RewriteRequest("et pour un mineur ?", "fr", (Turn("Quel est le prix du passeport ?", "500 DH. [7]"),), 60.0)

Connect = Callable[..., Rewriter]


@pytest.mark.parametrize("stream", [True, False])
def test_a_model_is_told_the_conversation_as_data_and_writes_one_question(connected: Connect, stream: bool) -> None:
    behaviour = Behaviour(reply=f"<think>a minor, so</think>\n{WHOLE}\n", packet=3)
    with chat_server(behaviour) as address:
        assert connected(address, stream=stream).rewrite(REQUEST) == WHOLE
    (asked,) = behaviour.requests
    system, user = (str(message["content"]) for message in asked["messages"])  # type: ignore[attr-defined]
    assert "French" in system
    assert user.index("Quel est le prix du passeport ?") < user.index("et pour un mineur ?")
    assert "[7]" not in user


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"status": 500}, BackendUnavailableError),
        ({"status": 401}, BackendRejectedError),
        ({"cut": True}, BackendUnavailableError),
        ({"finish": False}, BackendUnavailableError),
        ({"finish_reason": "length"}, BackendUnavailableError),
        ({"html": True}, BackendRejectedError),
        ({"reply": "mot " * 1100, "packet": 0}, BackendRejectedError),
    ],
)
def test_a_model_that_fails_is_not_asked_twice(
    connected: Connect, wrong: dict[str, object], error: type[BackendError]
) -> None:
    behaviour = Behaviour(**{"reply": WHOLE, **wrong})  # type: ignore[arg-type]
    with chat_server(behaviour) as address, pytest.raises(error):
        connected(address).rewrite(REQUEST)
    assert len(behaviour.requests) == 1


def test_a_silent_model_has_the_time_of_the_rewriting_alone(connected: Connect) -> None:
    behaviour = Behaviour(silent=True)
    with chat_server(behaviour) as address:
        with pytest.raises(BackendUnavailableError, match="in time"):
            connected(address).rewrite(RewriteRequest("et ?", "fr", REQUEST.history, 0.3))
        assert behaviour.hung_up.wait(20)
