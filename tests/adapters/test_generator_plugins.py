"""Backends of third parties, by real distribution metadata on the path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from requests_kit import request

from jazari_rag.adapters.generator_plugins import plugin_generator, plugin_names
from jazari_rag.assembly import make_generator
from jazari_rag.errors import BackendRejectedError, ConfigurationError

MODULE = """
from jazari_rag.domain import DraftSentence

class Ours:
    name = "inner"
    def __init__(self, model):
        self.model = model
    def generate(self, request):
        if self.model == "broken":
            raise KeyError("sk-very-secret-0123456789")
        yield DraftSentence(f"{self.model}: 75", (0,))

def no_generator(model):
    return object()

def failing(model):
    raise RuntimeError("no licence for sk-very-secret-0123456789")
"""
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a distribution with entry points on the path."""

    def put(distribution: str = "ministry", **points: str) -> None:
        folder = tmp_path / distribution
        info = folder / f"{distribution}-1.0.dist-info"
        info.mkdir(parents=True)
        (folder / f"{distribution}_llm.py").write_text(MODULE)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
        lines = [f"{name} = {distribution}_llm:{target}" for name, target in points.items()]
        (info / "entry_points.txt").write_text("\n".join(["[jazari_rag.generators]", *lines]))
        monkeypatch.syspath_prepend(str(folder))

    return put


def test_an_entry_point_brings_a_backend(install: Install) -> None:
    install(gov="Ours")
    generator = make_generator("gov:small")
    assert [draft.text for draft in generator.generate(request())] == ["small: 75"]
    assert generator.name == "gov:small"
    assert plugin_names() == ("gov",)


def test_what_it_raises_is_an_error_of_ours_without_keys(install: Install) -> None:
    install(gov="Ours")
    with pytest.raises(BackendRejectedError, match="gov:broken") as caught:
        list(make_generator("gov:broken").generate(request()))
    assert "very-secret" not in f"{caught.value} {caught.value.__cause__}"


@pytest.mark.parametrize(
    ("target", "says"), [("no_generator", "no Generator"), ("failing", "cannot be made"), ("absent", "cannot be made")]
)
def test_one_that_cannot_be_used_says_whose_it_is(install: Install, target: str, says: str) -> None:
    install(gov=target)
    with pytest.raises(ConfigurationError, match=f"ministry.*{says}") as caught:
        make_generator("gov:small")
    assert "very-secret" not in str(caught.value)


def test_two_with_one_name_are_an_error_that_names_both(install: Install) -> None:
    install("ministry", gov="Ours")
    install("agency", gov="Ours")
    with pytest.raises(ConfigurationError, match="agency, ministry"):
        make_generator("gov:small")


def test_a_name_of_ours_cannot_be_taken(install: Install) -> None:
    install(ollama="Ours")
    with pytest.raises(ConfigurationError, match="ollama:MODEL"):
        make_generator("ollama:")


def test_a_mistyped_one_is_suggested(install: Install) -> None:
    install(ministry="Ours")
    with pytest.raises(ConfigurationError) as caught:
        make_generator("ministri:small")
    assert caught.value.suggestion == "ministry:small"
    assert plugin_generator("ministri:small") is None
