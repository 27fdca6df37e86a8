"""How the server adapter speaks of a server that does not do what it should: over real sockets, on this machine."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from jazari_rag.adapters.qdrant_points import Lookup
from jazari_rag.adapters.qdrant_server import open_server
from jazari_rag.adapters.qdrant_server_engine import ServerEngine
from jazari_rag.config import ServerSettings
from jazari_rag.errors import StoreError, StoreUnavailableError
from jazari_rag.ports import PassageStore

KEY = "a-key-that-nobody-should-see"


@contextmanager
def server(status: int, body: str) -> Iterator[tuple[str, list[str]]]:
    """Answers every request alike; gives its address, and the keys that it was shown."""
    keys: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys.append(self.headers.get("api-key", ""))
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_PUT = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{made.server_port}", keys
        finally:
            made.shutdown()
            thread.join()


def opened(url: str) -> PassageStore:
    return open_server(url, fingerprint="test-1", dimension=4, settings=ServerSettings(timeout=2))


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDRANT_API_KEY", KEY)


@pytest.fixture(autouse=True)
def _insecure_is_fine_here() -> Iterator[None]:
    import warnings

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Api key is used with an insecure connection")
        yield


def test_an_absent_server_is_named_and_may_be_tried_again() -> None:
    with pytest.raises(StoreUnavailableError, match=r"http://127\.0\.0\.1:9.*cannot be reached") as caught:
        opened("http://127.0.0.1:9")
    assert caught.value.retryable
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_an_error_that_does_not_show_it(status: int) -> None:
    refusal = pytest.raises(StoreUnavailableError, match="QDRANT_API_KEY")
    with server(status, f'{{"status":{{"error":"bad key {KEY}"}}}}') as (url, keys), refusal as caught:
        opened(url)
    assert keys == [KEY]
    assert not caught.value.retryable
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_overloaded_server_may_be_tried_again(status: int) -> None:
    refusal = pytest.raises(StoreUnavailableError)
    with server(status, f'{{"status":{{"error":"overloaded, {KEY}"}}}}') as (url, _), refusal as caught:
        opened(url)
    assert caught.value.retryable
    assert KEY not in str(caught.value)


def test_something_else_that_answers_is_a_store_error() -> None:
    with server(200, "<html>portal</html>") as (url, _), pytest.raises(StoreError):
        opened(url)


def test_errors_are_the_same_without_waiting() -> None:
    from qdrant_client import AsyncQdrantClient, QdrantClient

    options = {"api_key": KEY, "check_compatibility": False, "timeout": 2}
    with server(401, "{}") as (url, _):
        engine = ServerEngine(
            QdrantClient(url, **options),  # type: ignore[arg-type]
            make_async=lambda: AsyncQdrantClient(url, **options),  # type: ignore[arg-type]
            collection="c",
            location=url,
            secret=KEY,
        )
        for _ in range(2):  # a client an event loop
            with pytest.raises(StoreUnavailableError, match="QDRANT_API_KEY"):
                asyncio.run(engine.aread(Lookup(("00000000-0000-0000-0000-000000000001",))))
        assert KEY not in repr(engine)
        engine.close()
