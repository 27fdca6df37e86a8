"""The embedded store's folder: kills, the lock, sharing, forks, and folders that are not stores."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from filelock import FileLock
from store_world import DIMENSION, common, dense, put

from jazari_rag.adapters.folder_lock import HOLDER_FILE, LOCK_FILE
from jazari_rag.adapters.qdrant_edge import open_edge
from jazari_rag.adapters.qdrant_edge_engine import EdgeEngine
from jazari_rag.adapters.qdrant_state import StoreState
from jazari_rag.adapters.qdrant_store import QdrantPassageStore
from jazari_rag.errors import StoreError, StoreLockedError, StoreMismatchError
from jazari_rag.ports import PassageStore

HELPER = Path(__file__).with_name("store_process.py")


def opened(folder: Path, **options: object) -> PassageStore:
    values: dict[str, object] = {"fingerprint": "test-1", "dimension": DIMENSION}
    return open_edge(folder, **{**values, **options})  # type: ignore[arg-type]


@contextmanager
def process(folder: Path, job: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the folder open when this is entered."""
    command = [sys.executable, str(HELPER), str(folder), job]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        try:
            yield child
        finally:
            child.kill()


@pytest.mark.skipif(os.name != "posix", reason="whether another process runs is asked of POSIX")
def test_a_lock_that_outlives_its_killed_holder_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    opened(folder).close()
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    lingering = FileLock(folder / LOCK_FILE, thread_local=False)
    lingering.acquire()
    (folder / HOLDER_FILE).write_text(json.dumps({"pid": gone.pid, "since": "now"}))
    let_go = threading.Timer(0.3, lingering.release)
    let_go.start()
    opened(folder).close()
    let_go.join()


def test_a_killed_writer_leaves_whole_documents_and_is_healed(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with opened_and_closed(folder) as store:
        put(store, "a", count=300)
        put(store, "b", count=300)
    moments = random.Random(7)
    for _ in range(6):
        with process(folder, "write") as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(moments.uniform(0, 0.3))
            child.send_signal(signal.SIGKILL)
            child.wait()
        with opened_and_closed(folder) as store:
            check_whole(store)
            assert store.begin() == frozenset()
            store.commit()
            check_whole(store)
            assert len(store.search(common(2000))) == 600


def check_whole(store: PassageStore) -> None:
    for name in ("a", "b"):
        record = store.document(name)
        assert record is not None
        for query in (common(500, document_id=name), dense(500, document_id=name)):
            hits = store.search(query)
            assert len(hits) == 300
            assert {hit.passage.text.split()[1] for hit in hits} == {record.revision}


@contextmanager
def opened_and_closed(folder: Path) -> Iterator[PassageStore]:
    store = opened(folder)
    try:
        yield store
    finally:
        store.close()


def test_a_second_process_is_told_who_has_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with process(folder, "hold") as child:
        with pytest.raises(StoreLockedError, match=f"process {child.pid}, since 20") as caught:
            opened(folder)
        assert "Qdrant server" in str(caught.value)
    opened(folder).close()


def test_opening_a_folder_again_in_one_process_shares_it(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    link = tmp_path / "link"
    first = opened(folder)
    link.symlink_to(folder)
    second = opened(link)
    put(first, "a")
    assert len(second.search(common())) == 3
    first.close()
    first.close()
    put(second, "a", "2")
    assert {hit.document.revision for hit in second.search(common())} == {"2"}
    with pytest.raises(StoreMismatchError):
        opened(folder, fingerprint="other")
    with pytest.raises(StoreError, match="open in this process"):
        opened(folder, fingerprint="other", rebuild=True)
    second.close()
    opened(folder, fingerprint="other", rebuild=True).close()


def test_threads_write_and_read_side_by_side(tmp_path: Path) -> None:
    with opened_and_closed(tmp_path / "store") as store:
        errors: list[BaseException] = []

        def work(name: str) -> None:
            try:
                for revision in "123":
                    put(store, name, revision)
                    assert len(store.search(common(50, document_id=name))) == 3
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcdef"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert {item.revision for item in store.documents()} == {"3"}
        assert len(store.search(common(100))) == 18


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_neither_uses_nor_holds_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = opened(folder)
    put(store, "a")
    released, wait = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside threads is what is tested
        child = os.fork()
    if child == 0:
        _in_child(store, released, wait)
    os.close(released)
    store.close()
    opened(folder).close()  # though the child lives on
    os.write(wait, b"x")
    os.close(wait)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with opened_and_closed(folder) as again:
        assert len(again.search(common())) == 3


def _in_child(store: PassageStore, released: int, wait: int) -> None:
    """Exits with 0 when the inherited store refuses to work, and outlives the parent's."""
    code = 1
    try:
        os.close(wait)
        store.search(common())
    except StoreError as error:
        code = 0 if "forked" in str(error) else 2
        store.close()
        del store
        os.read(released, 1)
    finally:
        os._exit(code)


@pytest.mark.parametrize("left", ["empty", "locked", "making", "torn", "swapping"])
def test_a_folder_left_half_made_by_a_kill_is_finished(tmp_path: Path, left: str) -> None:
    folder = tmp_path / "store"
    if left == "swapping":
        with opened_and_closed(folder) as store:
            put(store, "a")
        (folder / "passages").rename(folder / "passages.old")
        shutil.copytree(folder / "passages.old", folder / "passages.new")
    else:
        folder.mkdir()
    if left in ("locked", "making", "torn"):
        (folder / "store.lock").touch()
    if left in ("making", "torn"):
        (folder / "passages.new").mkdir()
    if left == "torn":
        (folder / "passages.new" / "edge_config.json").write_text("{")
    with opened_and_closed(folder) as store:
        assert len(store.documents()) == (1 if left == "swapping" else 0)
        put(store, "b")
        assert len(store.search(common(document_id="b"))) == 3
    assert sorted(entry.name for entry in folder.iterdir()) == ["passages", "store.lock"]


def test_a_folder_that_is_no_store_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    for rebuild in (False, True):
        with pytest.raises(StoreError, match="not a store"):
            opened(tmp_path, rebuild=rebuild)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.docx"]
    with pytest.raises(StoreError, match="cannot be used"):
        opened(tmp_path / "thesis.docx")
    with pytest.raises(StoreError, match="does not exist"):
        opened(tmp_path / "no" / "store")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match=str(tmp_path)):
        opened(tmp_path / "store")


def test_a_damaged_store_is_an_error_until_it_is_rebuilt(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with opened_and_closed(folder) as store:
        put(store, "a")
    for file in (folder / "passages").rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    with pytest.raises(StoreError, match=str(folder)):
        opened(folder)
    store = opened(folder, rebuild=True)
    assert store.documents() == []
    store.close()


def test_a_full_disk_is_an_error_and_what_is_stored_stays_readable(tmp_path: Path) -> None:
    with opened_and_closed(tmp_path / "store") as store:
        put(store, "a")
    engine = EdgeEngine(tmp_path / "store", DIMENSION, reserve=2**62)
    store = QdrantPassageStore(engine, state=StoreState(), fingerprint="test-1", dimension=DIMENSION)
    with pytest.raises(StoreError, match=r"disk is full.*Make room"):
        put(store, "b")
    assert len(store.search(common())) == 3
    store.close()


def test_a_folder_deleted_while_it_is_open_is_an_error(tmp_path: Path) -> None:
    store = opened(tmp_path / "store")
    put(store, "a")
    shutil.rmtree(tmp_path / "store")
    with pytest.raises(StoreError, match="store"):
        put(store, "b")
    with suppress(StoreError):
        store.close()
