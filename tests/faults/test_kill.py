"""`kill -9` at random moments of an ingestion: I1 to I5 hold, and the old version answers until the new is whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jazari_rag.assistant import Assistant
from tests.faults.world import Content, content, settled, visible, write_version

KILLS = 25


def start(store: Path, folder: Path) -> subprocess.Popen[str]:
    """An ingestion under way."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.ingest_once", str(store), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "start\n"
    return process


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Content, Content, float]:
    """A folder, its content at both versions, and how long the update takes."""
    folder = tmp_path_factory.mktemp("world") / "docs"
    stores = tmp_path_factory.mktemp("stores")
    write_version(folder, 1)
    old = settled(folder, stores / "old")
    write_version(folder, 2)
    started = time.perf_counter()
    process = start(stores / "old", folder)
    begun = time.perf_counter()
    process.communicate()
    assert process.returncode == 0, started
    return folder, old, settled(folder, stores / "new"), time.perf_counter() - begun


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_ingestion_loses_nothing_and_heals(
    seed: int, world: tuple[Path, Content, Content, float], tmp_path: Path
) -> None:
    folder, old, new, duration = world
    store = tmp_path / "store"
    write_version(folder, 1)
    with Assistant.open(store) as assistant:
        assistant.ingest(folder)
    write_version(folder, 2)

    process = start(store, folder)
    time.sleep(random.Random(seed).uniform(0, duration))
    process.kill()
    process.communicate()

    with Assistant.open(store) as assistant:
        after = visible(assistant)
        for document_id, (_, passages) in old.items():
            assert after[document_id] in (set(passages), set(new[document_id][1]))
        for document_id in after.keys() - old.keys():
            assert after[document_id] == set(new[document_id][1])
        report = assistant.ingest(folder)
        assert report.failed == 0
        assert content(assistant) == new
        assert visible(assistant) == {key: set(passages) for key, (_, passages) in new.items()}
        again = assistant.ingest(folder)
        assert (again.unchanged, again.passages) == (len(new), 0)
