"""Imports point to the ground, and the wheel holds what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def test_imports_point_to_the_ground() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--config", str(PROJECT / "pyproject.toml")]
    done = subprocess.run([*command, "--no-cache"], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_root_exports_what_it_promises() -> None:
    import jazari_rag

    for name in jazari_rag.__all__:
        assert getattr(jazari_rag, name).__name__ == name
    assert (Path(jazari_rag.__file__).parent / "py.typed").is_file()
