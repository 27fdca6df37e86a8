"""A chat server on 127.0.0.1 that speaks as told: OpenAI's and Mistral's protocol (alike here), and Ollama's."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Behaviour:
    """What the server does with each request; `requests` is what it was asked."""

    reply: str = ""
    status: int = 200
    statuses: list[int] = field(default_factory=list)
    """For the first requests, before `status` holds."""
    headers: dict[str, str] = field(default_factory=dict)
    html: bool = False
    finish: bool = True
    finish_reason: str = "stop"
    pause: float = 0.0
    echo_key: bool = False
    requests: list[dict[str, object]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    behaviour: Behaviour

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.behaviour.requests.append(asked)
        status = self.behaviour.statuses.pop(0) if self.behaviour.statuses else self.behaviour.status
        if status != 200:
            told = self.headers.get("authorization", "") if self.behaviour.echo_key else "no"
            return self._send(status, "application/json", json.dumps({"error": {"message": told}}).encode())
        if self.behaviour.html:
            return self._send(200, "text/html", b"<html><body>Welcome to the proxy</body></html>")
        with suppress(BrokenPipeError, ConnectionResetError):
            speak = self._ollama if self.path == "/api/chat" else self._openai
            speak(bool(asked.get("stream")))
        return None

    def _openai(self, stream: bool) -> None:
        if not stream:
            return self._send(200, "application/json", json.dumps(self._whole()).encode())
        self._start("text/event-stream")
        for piece in self._pieces():
            self._write(f"data: {json.dumps(self._chunk({'content': piece}, None))}\n\n")
        if self.behaviour.finish:
            self._write(f"data: {json.dumps(self._chunk({'content': ''}, self.behaviour.finish_reason))}\n\n")
            self._write("data: [DONE]\n\n")
        return None

    def _ollama(self, stream: bool) -> None:
        if not stream:
            message = {"role": "assistant", "content": self.behaviour.reply}
            whole = {"model": "m", "message": message, "done": True, "done_reason": self.behaviour.finish_reason}
            return self._send(200, "application/json", json.dumps(whole).encode())
        self._start("application/x-ndjson")
        for piece in self._pieces():
            self._write(json.dumps({"model": "m", "message": {"role": "assistant", "content": piece}, "done": False}))
        if self.behaviour.finish:
            last = {"done": True, "done_reason": self.behaviour.finish_reason}
            self._write(json.dumps({"model": "m", "message": {"role": "assistant", "content": ""}, **last}))
        return None

    def _pieces(self) -> Iterator[str]:
        reply = self.behaviour.reply
        for start in range(0, len(reply), 7):
            time.sleep(self.behaviour.pause)
            yield reply[start : start + 7]

    def _whole(self) -> dict[str, object]:
        message = {"role": "assistant", "content": self.behaviour.reply}
        choice = {"index": 0, "message": message, "finish_reason": self.behaviour.finish_reason}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        return {**self._envelope("chat.completion"), "choices": [choice], "usage": usage}

    def _chunk(self, delta: dict[str, str], reason: str | None) -> dict[str, object]:
        choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": reason}
        return {**self._envelope("chat.completion.chunk"), "choices": [choice]}

    def _envelope(self, kind: str) -> dict[str, object]:
        return {"id": "1", "object": kind, "created": 1, "model": "m"}

    def _start(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.end_headers()

    def _write(self, text: str) -> None:
        self.wfile.write(text.encode() + (b"" if text.endswith("\n") else b"\n"))
        self.wfile.flush()

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(len(body)), **self.behaviour.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def chat_server(behaviour: Behaviour) -> Iterator[str]:
    """Serves until the end of the block; gives `http://127.0.0.1:PORT`."""
    handler = type("Handler", (_Handler,), {"behaviour": behaviour})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
