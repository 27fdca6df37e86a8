"""Qdrant's REST interface, as far as the store uses it, over qdrant-client's memory: a stand-in for a real server.

It shows that the adapter's requests are well formed and its answers understood, over real sockets; it says nothing
about how a real server ranks or filters: for that, set JAZARI_TEST_QDRANT_URL.
"""

from __future__ import annotations

import json
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from qdrant_client import QdrantClient, models


def answer(client: QdrantClient, method: str, path: str, body: dict[str, Any]) -> object:
    """What Qdrant puts under `result`."""
    _, name, *action = path.strip("/").split("/")
    handlers: dict[tuple[str, str], Callable[[], object]] = {
        ("GET", "exists"): lambda: {"exists": client.collection_exists(name)},
        ("PUT", ""): lambda: _create(client, name, models.CreateCollection(**body)),
        ("DELETE", ""): lambda: client.delete_collection(name),
        ("PUT", "index"): lambda: {"operation_id": 0, "status": "completed"},
        ("PUT", "points"): lambda: client.upsert(name, models.PointsList(**body).points),
        ("POST", "points"): lambda: _retrieve(client, name, models.PointRequest(**body)),
        ("POST", "points/delete"): lambda: client.delete(name, _selector(body)),
        ("POST", "points/count"): lambda: client.count(name, models.CountRequest(**body).filter),
        ("POST", "points/scroll"): lambda: _scroll(client, name, models.ScrollRequest(**body)),
        ("POST", "points/query"): lambda: _query(client, name, models.QueryRequest(**body)),
        ("POST", "points/query/batch"): lambda: [
            _query(client, name, wanted) for wanted in models.QueryRequestBatch(**body).searches
        ],
    }
    return handlers[method, "/".join(action)]()


def _create(client: QdrantClient, name: str, wanted: models.CreateCollection) -> bool:
    return client.create_collection(name, wanted.vectors, wanted.sparse_vectors)


def _retrieve(client: QdrantClient, name: str, wanted: models.PointRequest) -> object:
    return client.retrieve(name, wanted.ids, with_payload=wanted.with_payload or False)


def _selector(body: dict[str, Any]) -> Any:
    return models.PointIdsList(**body) if "points" in body else models.FilterSelector(**body)


def _scroll(client: QdrantClient, name: str, wanted: models.ScrollRequest) -> object:
    points, after = client.scroll(
        name,
        scroll_filter=wanted.filter,
        limit=wanted.limit or 10,
        offset=wanted.offset,
        with_payload=wanted.with_payload or False,
        with_vectors=wanted.with_vector or False,
    )
    return {"points": points, "next_page_offset": after}


def _query(client: QdrantClient, name: str, wanted: models.QueryRequest) -> object:
    query: Any = wanted.query
    nearest = query.nearest if isinstance(query, models.NearestQuery) else query
    return client.query_points(
        name,
        nearest,
        using=wanted.using,
        query_filter=wanted.filter,
        search_params=wanted.params,
        limit=wanted.limit or 10,
        with_payload=True,
        with_vectors=wanted.with_vector or False,
    )


def _plain(value: object) -> object:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


@contextmanager
def facade() -> Iterator[str]:
    """The address of a fresh, empty server."""
    client = QdrantClient(":memory:")
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length") or 0))
            with lock, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                result = answer(client, self.command, self.path.partition("?")[0], json.loads(sent or b"{}"))
            body = json.dumps({"result": _plain(result), "status": "ok", "time": 0.0}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            client.close()
