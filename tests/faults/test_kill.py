"""`kill -9` at random moments of an ingestion: I1 to I5 hold, and the old version answers until the new is whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from jazari_rag.assistant import Assistant
from jazari_rag.domain import IngestReport
from jazari_rag.ingestion.pipeline import Ingestion
from tests.faults.test_injected import Reading
from tests.faults.world import CHANGED, Content, content, copied, settled, visible, write_version

KILLS = 25


@dataclass(frozen=True)
class World:
    """A folder at version 2, a store at version 1, what is found at both, and the seconds that it takes."""

    folder: Path
    store: Path
    old: Content
    new: Content
    duration: float


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


def kill(process: subprocess.Popen[str], chance: random.Random, duration: float) -> None:
    """At any moment of the run, or within moments of the nth document's being written, each as often."""
    assert process.stdout is not None
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0, duration))
    else:
        written = chance.randint(0, CHANGED - 1)
        while process.stdout.readline() not in (f"{written}\n", ""):
            pass
        time.sleep(chance.uniform(0, 0.03))
    process.kill()
    process.communicate()


def ingest(assistant: Assistant, folder: Path) -> IngestReport:
    """As `assistant.ingest`, but read in this process: children would be most of the time."""
    parts = assistant._parts
    once = Ingestion(parts.store, Reading(), parts.ingestion._encoder, processing=parts.ingestion._processing)
    return once.run([folder])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world") / "docs"
    stores = tmp_path_factory.mktemp("stores")
    write_version(folder, 1)
    old = settled(folder, stores / "old")
    write_version(folder, 2)
    process = start(copied(stores / "old", stores / "timed"), folder)
    begun = time.perf_counter()
    process.communicate()
    duration = time.perf_counter() - begun
    assert process.returncode == 0
    new = settled(folder, stores / "new")
    with Assistant.open(stores / "new") as assistant:
        assert ingest(assistant, folder).unchanged == len(new)
    return World(folder, stores / "old", old, new, duration)


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_ingestion_loses_nothing_and_heals(seed: int, world: World, tmp_path: Path) -> None:
    store = copied(world.store, tmp_path / "store")
    kill(start(store, world.folder), random.Random(seed), world.duration)
    with Assistant.open(store) as assistant:
        after = visible(assistant)
        for document_id, (_, passages) in world.old.items():
            assert after[document_id] in (set(passages), set(world.new[document_id][1]))
        for document_id in after.keys() - world.old.keys():
            assert after[document_id] == set(world.new[document_id][1])
        assert ingest(assistant, world.folder).failed == 0
        assert content(assistant) == world.new
        assert visible(assistant) == {key: set(passages) for key, (_, passages) in world.new.items()}
        again = ingest(assistant, world.folder)
        assert (again.unchanged, again.passages) == (len(world.new), 0)
