"""A chat server on 127.0.0.1 that speaks as told: OpenAI's and Mistral's protocol (alike here), and Ollama's.

python tests/adapters/chat_server.py "The reply. [1]"     # prints its address, serves until standard input ends
"""

from __future__ import annotations

import json
import select
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
    charset: str = ""
    """What it declares, though it writes UTF-8."""
    silent: bool = False
    """Takes the request and says nothing."""
    html: bool = False
    stalls_after: int | None = None
    """Packets of a stream after which nothing more comes."""
    truncated: bool = False
    """JSON that ends in the middle."""
    cut: bool = False
    """The connection closes in the middle of a stream."""
    finish: bool = True
    """Whether a stream says that it ends."""
    finish_reason: str = "stop"
    packet: int | None = None
    """Bytes a packet; None for an event a packet, 0 for all in one."""
    pause: float = 0.0
    """Seconds before each packet."""
    raw: bytes = b""
    """Bytes that replace the letter X of a reply."""
    echo_key: bool = False
    requests: list[dict[str, object]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Set when a client goes away before it had everything."""
    closing: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    behaviour: Behaviour
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.close_connection = True
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        behaviour = self.behaviour
        behaviour.requests.append(asked)
        try:
            self._respond(
                bool(asked.get("stream")), behaviour.statuses.pop(0) if behaviour.statuses else behaviour.status
            )
        except (BrokenPipeError, ConnectionResetError):
            behaviour.hung_up.set()

    def _respond(self, stream: bool, status: int) -> None:
        if self.behaviour.silent:
            return self._wait_for_the_end()
        if status != 200:
            told = self.headers.get("authorization", "") if self.behaviour.echo_key else "no"
            return self._send(status, "application/json", json.dumps({"error": {"message": told}}).encode())
        if self.behaviour.html:
            return self._send(200, "text/html", b"<html><body>Welcome to the proxy</body></html>")
        ollama = self.path == "/api/chat"
        if stream:
            events = list(self._ollama_lines() if ollama else self._openai_events())
            return self._stream("application/x-ndjson" if ollama else "text/event-stream", events)
        whole = _encoded(self._ollama_whole() if ollama else self._openai_whole(), self.behaviour)
        return self._send(200, "application/json", whole[: len(whole) // 2] if self.behaviour.truncated else whole)

    def _wait_for_the_end(self) -> None:
        while not self.behaviour.closing.is_set():
            readable, _, _ = select.select([self.connection], [], [], 0.02)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                self.behaviour.hung_up.set()
                return

    def _openai_events(self) -> Iterator[bytes]:
        for piece in self._pieces():
            yield self._event(self._chunk({"content": piece}, None))
        if self.behaviour.finish:
            yield self._event(self._chunk({"content": ""}, self.behaviour.finish_reason))
            yield b"data: [DONE]\n\n"

    def _event(self, value: object) -> bytes:
        return b"data: " + _encoded(value, self.behaviour) + b"\n\n"

    def _ollama_lines(self) -> Iterator[bytes]:
        for piece in self._pieces():
            message = {"role": "assistant", "content": piece}
            yield _encoded({"model": "m", "message": message, "done": False}, self.behaviour) + b"\n"
        if self.behaviour.finish:
            last = {"done": True, "done_reason": self.behaviour.finish_reason}
            message = {"role": "assistant", "content": ""}
            yield _encoded({"model": "m", "message": message, **last}, self.behaviour) + b"\n"

    def _pieces(self) -> Iterator[str]:
        reply = self.behaviour.reply
        yield from (reply[start : start + 7] for start in range(0, len(reply), 7))

    def _ollama_whole(self) -> dict[str, object]:
        message = {"role": "assistant", "content": self.behaviour.reply}
        return {"model": "m", "message": message, "done": True, "done_reason": self.behaviour.finish_reason}

    def _openai_whole(self) -> dict[str, object]:
        message = {"role": "assistant", "content": self.behaviour.reply}
        choice = {"index": 0, "message": message, "finish_reason": self.behaviour.finish_reason}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        return {**self._envelope("chat.completion"), "choices": [choice], "usage": usage}

    def _chunk(self, delta: dict[str, str], reason: str | None) -> dict[str, object]:
        choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": reason}
        return {**self._envelope("chat.completion.chunk"), "choices": [choice]}

    def _envelope(self, kind: str) -> dict[str, object]:
        return {"id": "1", "object": kind, "created": 1, "model": "m"}

    def _stream(self, kind: str, events: list[bytes]) -> None:
        behaviour = self.behaviour
        if behaviour.truncated:
            events = [*events[:-2], events[-2][: len(events[-2]) // 2].rstrip() + b"\n\n"]
        if behaviour.cut:
            events = events[: len(events) // 2]
        self.send_response(200)
        self.send_header("content-type", self._declared(kind))
        self.send_header("transfer-encoding", "chunked")
        self.send_header("connection", "close")
        self.end_headers()
        for number, packet in enumerate(_packets(events, behaviour.packet)):
            if number == behaviour.stalls_after:
                return self._wait_for_the_end()
            if behaviour.closing.wait(behaviour.pause) if behaviour.pause else False:
                return None
            self.wfile.write(b"%x\r\n%s\r\n" % (len(packet), packet))
            self.wfile.flush()
        if not behaviour.cut:
            self.wfile.write(b"0\r\n\r\n")
        return None

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        own = {"content-type": self._declared(kind), "content-length": str(len(body)), "connection": "close"}
        for name, value in {**own, **self.behaviour.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        for packet in _packets([body], self.behaviour.packet):
            time.sleep(self.behaviour.pause)
            self.wfile.write(packet)
            self.wfile.flush()

    def _declared(self, kind: str) -> str:
        return f"{kind}; charset={self.behaviour.charset}" if self.behaviour.charset else kind

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _encoded(value: object, behaviour: Behaviour) -> bytes:
    text = json.dumps(value, ensure_ascii=False).encode()
    return text.replace(b"X", behaviour.raw) if behaviour.raw else text


def _packets(events: list[bytes], size: int | None) -> list[bytes]:
    whole = b"".join(events)
    if size is None:
        return events
    return [whole[start : start + size] for start in range(0, len(whole), size)] if size else [whole]


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
        behaviour.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    with chat_server(Behaviour(reply=sys.argv[1])) as address:
        print(address, flush=True)
        sys.stdin.read()
