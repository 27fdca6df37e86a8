"""Generators that talk to servers of the tests, as a configuration would make them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

KEY = "sk-very-secret-0123456789"
KINDS = {"openai-like": "openai", "mistral": "mistral", "ollama": "ollama"}


class Waits(list[float]):
    """Waits that take no time: a clock that jumps ahead by each, and a list of them."""

    def wait(self, seconds: float) -> None:
        self.append(seconds)

    def clock(self) -> float:
        return time.monotonic() + sum(self)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture(params=[pytest.param(kind, marks=pytest.mark.extra(extra)) for kind, extra in KINDS.items()])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def spec_of(kind: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Makes an address the one that this kind talks to, and gives the spec of a model there."""

    def spec(address: str) -> str:
        monkeypatch.setenv("MISTRAL_API_KEY", KEY)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("MISTRAL_ENDPOINT", address)
        monkeypatch.setenv("OLLAMA_HOST", address.removeprefix("http://"))
        return f"openai-like:{address}/v1#m" if kind == "openai-like" else f"{kind}:m"

    return spec


@pytest.fixture
def connected(spec_of: Callable[[str], str], waits: Waits) -> Callable[..., object]:
    """Makes the generator of this kind for an address; its waits take no time."""

    def connect(
        address: str, *, silence: int = 5, retries: dict[str, object] | None = None, **options: object
    ) -> object:
        from jazari_rag.adapters.llama_index_llm import LlamaIndexGenerator, llm_from_spec
        from jazari_rag.adapters.retries import Retries

        policy = Retries(wait=waits.wait, clock=waits.clock, **(retries or {}))  # type: ignore[arg-type]
        llm = llm_from_spec(spec_of(address), timeout=silence)
        return LlamaIndexGenerator(llm, retries=policy, **options)  # type: ignore[arg-type]

    return connect
