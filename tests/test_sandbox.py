from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jazari_rag.config import ReadingLimits
from jazari_rag.errors import EncryptedError, LimitExceededError, ReadError, UnsupportedFormatError
from jazari_rag.ingestion.sandbox import SandboxPool, worker_command

CHILD = """
import os, subprocess, sys, time
from jazari_rag.errors import EncryptedError, LimitExceededError, ReadError, UnsupportedFormatError
from jazari_rag.ingestion.sandbox_child import serve

def handle(request):
    action = request.get("do", "echo")
    if action == "abort":
        os.abort()
    if action == "exit":
        os._exit(3)
    if action == "work":
        ends = time.process_time() + request["cpu"]
        while time.process_time() < ends:
            pass
    if action == "hang":
        while True:
            time.sleep(1)
    if action == "hang with a child":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        open(request["note"], "w").write(str(child.pid))
        time.sleep(600)
    if action == "bloat":
        return {"size": len(bytearray(8 << 30))}
    if action == "print":
        print("noise on standard output")
        os.write(1, b"more noise")
        os.write(2, b"and on standard error")
    if action == "recurse":
        return handle(request)
    if action == "bug":
        raise KeyError("surprise")
    if action == "missing":
        open("/no/such/file")
    if action == "encrypted":
        raise EncryptedError("wants a password", page=7)
    if action == "unsupported":
        raise UnsupportedFormatError("an image")
    if action == "retryable":
        raise ReadError("busy", retryable=True)
    if action == "limit":
        raise LimitExceededError("too long", limit="limits.pages")
    if action == "secrets":
        return {"found": [name for name in os.environ if name.endswith("_KEY")]}
    return {"pid": os.getpid(), "text": request.get("text", "")}

serve(handle)
"""


@pytest.fixture
def command(tmp_path: Path) -> tuple[str, ...]:
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    return (sys.executable, str(script))


def limits(**values: Any) -> ReadingLimits:
    return ReadingLimits(**{"workers": 1, "seconds": 20.0, "memory_mb": 512, **values})


@pytest.fixture
def pool(command: tuple[str, ...]) -> Iterator[SandboxPool]:
    with SandboxPool(command, limits()) as pool:
        yield pool


def ask(pool: SandboxPool, **request: Any) -> dict[str, Any] | ReadError:
    [(_, reply)] = pool.map([request])
    return reply


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def gone(pid: int) -> bool:
    """Waits for a killed process to be gone; the kernel needs a moment."""
    for _ in range(200):
        if not is_alive(pid):
            return True
        time.sleep(0.05)
    return False


def test_every_request_gets_its_own_reply(command: tuple[str, ...]) -> None:
    requests = [{"text": f"né à Salé سلا {number}"} for number in range(50)]
    with SandboxPool(command, limits(workers=2)) as pool:
        replies = [(request["text"], reply["text"]) for request, reply in pool.map(requests)]  # type: ignore[index]
    assert all(asked == answered for asked, answered in replies)
    assert sorted(asked for asked, _ in replies) == sorted(request["text"] for request in requests)


def test_a_child_serves_many_requests(pool: SandboxPool) -> None:
    pids = {reply["pid"] for _, reply in pool.map([{}] * 20)}  # type: ignore[index]
    assert len(pids) == 1


def test_file_names_that_are_no_unicode_survive(pool: SandboxPool) -> None:
    name = os.fsdecode(b"caf\xe9.pdf")
    assert ask(pool, text=name)["text"] == name  # type: ignore[index]


@pytest.mark.parametrize(("action", "reason"), [("abort", "signal 6"), ("exit", "exit status 3")])
def test_a_crash_is_one_error_and_the_next_request_is_served(pool: SandboxPool, action: str, reason: str) -> None:
    crashed = ask(pool, do=action)
    assert isinstance(crashed, ReadError)
    assert reason in str(crashed)
    assert ask(pool, text="encore")["text"] == "encore"  # type: ignore[index]


def test_a_request_that_takes_too_long_is_given_up(command: tuple[str, ...]) -> None:
    with SandboxPool(command, limits(seconds=0.5)) as pool:
        reply = ask(pool, do="hang")
        assert isinstance(reply, LimitExceededError)
        assert reply.limit == "limits.seconds"
        assert ask(pool, text="encore")["text"] == "encore"  # type: ignore[index]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is sure to limit processor time")
def test_a_request_that_works_too_long_is_given_up_before_the_clock_says_so(command: tuple[str, ...]) -> None:
    with SandboxPool(command, limits(seconds=1.0)) as pool:
        assert ask(pool, do="work", cpu=0.6)["text"] == ""  # type: ignore[index]
        assert ask(pool, do="work", cpu=0.6)["text"] == ""  # type: ignore[index]
        reply = ask(pool, do="work", cpu=30.0)
        assert isinstance(reply, LimitExceededError)
        assert reply.limit == "limits.seconds"
        assert ask(pool, text="encore")["text"] == "encore"  # type: ignore[index]


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX")
def test_what_a_child_started_dies_with_it(command: tuple[str, ...], tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with SandboxPool(command, limits(seconds=1.0)) as pool:
        ask(pool, do="hang with a child", note=str(note))
    assert gone(int(note.read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space")
def test_a_request_that_takes_too_much_memory_is_given_up(pool: SandboxPool) -> None:
    reply = ask(pool, do="bloat")
    assert isinstance(reply, LimitExceededError)
    assert reply.limit == "limits.memory_mb"


def test_what_a_library_prints_does_not_reach_the_parent(pool: SandboxPool, capfd: pytest.CaptureFixture[str]) -> None:
    assert ask(pool, do="print", text="propre")["text"] == "propre"  # type: ignore[index]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("action", "kind", "detail"),
    [
        ("encrypted", EncryptedError, {"page": 7, "retryable": False}),
        ("unsupported", UnsupportedFormatError, {"retryable": False}),
        ("retryable", ReadError, {"retryable": True}),
        ("limit", LimitExceededError, {"limit": "limits.pages"}),
        ("missing", ReadError, {"retryable": True}),
        ("bug", ReadError, {"retryable": False}),
        ("recurse", ReadError, {"retryable": False}),
    ],
)
def test_errors_keep_their_class_and_data(
    pool: SandboxPool, action: str, kind: type[ReadError], detail: dict[str, object]
) -> None:
    reply = ask(pool, do=action)
    assert type(reply) is kind
    assert {name: getattr(reply, name) for name in detail} == detail


def test_stopping_early_ends_the_children_at_work(command: tuple[str, ...], tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with SandboxPool(command, limits(workers=2, seconds=300)) as pool:
        replies = pool.map([{"text": "a"}, {"do": "hang with a child", "note": str(note)}, *[{"text": "b"}] * 50])
        next(replies)
        while not (note.exists() and note.read_text()):
            time.sleep(0.02)
        replies.close()  # type: ignore[attr-defined]
        assert gone(int(note.read_text()))
        assert ask(pool, text="encore")["text"] == "encore"  # type: ignore[index]


def test_requests_are_taken_a_few_ahead_and_in_the_caller_s_thread(pool: SandboxPool) -> None:
    taken: list[int] = []
    threads: set[int] = set()

    def requests() -> Iterator[dict[str, Any]]:
        for number in range(100):
            taken.append(number)
            threads.add(threading.get_ident())
            yield {}

    replies = pool.map(requests())
    for _ in range(3):
        next(replies)
    assert len(taken) <= 6
    assert threads == {threading.get_ident()}


def test_two_calls_at_once_do_not_mix(pool: SandboxPool) -> None:
    first, second = pool.map([{"text": "a"}] * 5), pool.map([{"text": "b"}] * 5)
    pairs = list(zip(first, second, strict=True))
    assert {(a["text"], b["text"]) for (_, a), (_, b) in pairs} == {("a", "b")}  # type: ignore[index]


def test_threads_may_share_a_pool(command: tuple[str, ...]) -> None:
    seen: list[str] = []
    with SandboxPool(command, limits(workers=2)) as pool:
        threads = [
            threading.Thread(target=lambda n=n: seen.append(ask(pool, text=str(n))["text"]))  # type: ignore[index, misc]
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(seen) == [str(n) for n in range(8)]


def test_a_command_that_does_not_start_is_an_error_for_each_request() -> None:
    for command in ([sys.executable, "-c", "raise SystemExit(1)"], ["/no/such/program"]):
        with SandboxPool(command, limits()) as pool:
            reply = ask(pool)
            assert isinstance(reply, ReadError)
            assert reply.retryable


def test_closing_ends_the_children_and_closing_again_does_nothing(command: tuple[str, ...]) -> None:
    pool = SandboxPool(command, limits())
    pid = ask(pool)["pid"]  # type: ignore[index]
    pool.close()
    pool.close()
    assert gone(pid)
    with pytest.raises(RuntimeError):
        list(pool.map([{}]))


def test_keys_of_services_are_not_given_to_children(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_API_KEY", "secret")
    with SandboxPool(command, limits()) as pool:
        assert ask(pool, do="secrets") == {"found": []}


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal")
def test_children_die_with_a_parent_that_is_killed(command: tuple[str, ...], tmp_path: Path) -> None:
    import signal
    import subprocess

    note = tmp_path / "pid"
    busy = (
        "from jazari_rag.config import ReadingLimits\nfrom jazari_rag.ingestion.sandbox import SandboxPool\n"
        f"pool = SandboxPool({command!r}, ReadingLimits(workers=1, seconds=300))\n"
        f"for _, reply in pool.map([{{}}, {{'do': 'hang'}}]):\n    open({str(note)!r}, 'w').write(str(reply['pid']))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", busy])
    while not (note.exists() and note.read_text()):
        time.sleep(0.02)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert gone(int(note.read_text()))


def test_the_worker_reads_a_file_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Les délais sont de dix jours.", encoding="cp1252")
    image = tmp_path / "scan.txt"
    image.write_bytes(b"\x89PNG\r\n\x1a\n")
    with SandboxPool(worker_command(), limits(memory_mb=1024)) as pool:
        request = {"task": "read", "max_pages": 10}
        assert ask(pool, path=str(path), **request)["pages"][0]["text"] == "Les délais sont de dix jours."  # type: ignore[index]
        assert isinstance(ask(pool, path=str(image), **request), UnsupportedFormatError)
