from __future__ import annotations

from pathlib import Path

import pytest
from reader_inputs import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of that name and these bytes."""

    def writer(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return writer
