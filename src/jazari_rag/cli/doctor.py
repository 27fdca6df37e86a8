"""`jazari doctor`: what is installed, what is missing, what would leave the machine. Nothing here opens a connection
unless the store is a server."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Sequence
from importlib import metadata
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from jazari_rag.adapters.ocr_setup import installed_languages
from jazari_rag.assembly import ocr_missing
from jazari_rag.cli.options import is_server, open_assistant
from jazari_rag.config import Config
from jazari_rag.errors import JazariError, StoreLockedError
from jazari_rag.languages import load_languages

DISTRIBUTION = "jazari-rag"
SECRETS = ("MISTRAL_API_KEY", "OPENAI_API_KEY", "QDRANT_API_KEY")
LOCAL_BACKENDS = frozenset({"extractive", "llama-cpp"})
LOCAL_EMBEDDERS = frozenset({"builtin", "none"})
MODEL_HUB = "huggingface.co"


def examine(config: Config, store: str) -> dict[str, object]:
    """The state of this installation under `config`, JSON-ready."""
    core, extras = _requirements()
    return {
        "python": platform.python_version(),
        "platform": platform.platform(terse=True),
        "packages": {name: _installed(name) for name in (DISTRIBUTION, *core)},
        "extras": [_extra(name, packages) for name, packages in extras.items() if name != "all"],
        "tesseract": _tesseract(config.ocr.languages),
        "store": _store(config, store),
        "languages": list(load_languages(config.languages).served),
        "leaves_the_machine": leaves_the_machine(config, store),
        "secrets": {name: "set" if os.environ.get(name) else "unset" for name in SECRETS},
    }


def leaves_the_machine(config: Config, store: str) -> list[dict[str, str]]:
    """Where data would go under `config`, and which data: empty with the defaults."""
    found = []
    if is_server(store) and not _is_loopback(store):
        found.append({"to": _host(store), "what": "passages, their metadata and vectors, and the vectors of questions"})
    hosts = [_backend_host(spec) for spec in ((config.llm,) if isinstance(config.llm, str) else config.llm)]
    for to in dict.fromkeys(filter(None, hosts)):
        found.append({"to": to, "what": "questions, and the passages that may answer them"})
    for model in (config.embedder, config.reranker):
        if model is not None and needs_download(model):
            found.append({"to": MODEL_HUB, "what": f"the name of the model {model}, once, to download it; no document"})
    return found


def needs_download(model: str) -> bool:
    """Whether loading the model may reach for a model hub."""
    offline = os.environ.get("HF_HUB_OFFLINE", "").lower() in {"1", "true", "yes", "on"}
    return model not in LOCAL_EMBEDDERS and not Path(model).is_dir() and not offline


def _backend_host(spec: str) -> str | None:
    """The machine that a generator would talk to, or None for this one."""
    backend, _, model = spec.partition(":")
    if backend in LOCAL_BACKENDS:
        return None
    if backend == "huggingface":
        return f"{MODEL_HUB} (the name of the model alone)" if needs_download(model) else None
    if backend == "ollama":
        url = os.environ.get("OLLAMA_HOST") or "http://127.0.0.1"
    elif backend == "mistral":
        url = os.environ.get("MISTRAL_ENDPOINT") or "https://api.mistral.ai"
    else:
        url = model if "://" in model else ""
    if not url:
        return f"the server of {backend}"
    return None if _is_loopback(url) else _host(url)


def _host(url: str) -> str:
    """The host and port alone: an URL may hold a password."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    try:
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
    except ValueError:
        return str(parts.hostname)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url if "://" in url else f"http://{url}").hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _requirements() -> tuple[list[str], dict[str, list[str]]]:
    """The names of the core packages, and those of each extra, as the installed distribution declares them."""
    core: list[str] = []
    extras: dict[str, list[str]] = {}
    try:
        declared = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return core, extras
    for requirement in declared:
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        marker = re.search(r"extra\s*==\s*['\"]([^'\"]+)", requirement)
        if name == DISTRIBUTION:
            continue
        (extras.setdefault(marker[1], []) if marker else core).append(name)
    return core, extras


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _extra(name: str, packages: list[str]) -> dict[str, object]:
    versions = {package: _installed(package) for package in packages}
    complete = all(version is not None for version in versions.values())
    install = None if complete else f"pip install '{DISTRIBUTION}[{name}]'"
    return {"extra": name, "installed": complete, "packages": versions, "install": install}


def _tesseract(wanted: Sequence[str]) -> dict[str, object]:
    """The OCR engine is a program of its own, with a data file a language."""
    path = shutil.which("tesseract")
    install = ocr_missing(wanted) or None
    if path is None:
        return {"path": None, "version": None, "languages": [], "install": install}
    version = _printed(path, "--version").split("\n")[0].removeprefix("tesseract").strip()
    return {"path": path, "version": version, "languages": installed_languages() or [], "install": install}


def _printed(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout or done.stderr


def _store(config: Config, location: str) -> dict[str, object]:
    """What is there, without making anything and without downloading a model to find out."""
    shown = _host(location) if is_server(location) else location
    if not is_server(location) and not Path(location).is_dir():
        return {"location": shown, "state": "absent", "detail": f"jazari ingest PATH… --store {location}  makes it"}
    if needs_download(config.embedder):
        return {"location": shown, "state": "not opened", "detail": f"that needs the model {config.embedder}"}
    try:
        with open_assistant(config.model_copy(update={"llm": "extractive", "reranker": None}), location) as assistant:
            documents = assistant.documents()
    except StoreLockedError as error:
        return {"location": shown, "state": "in use", "detail": error.message}
    except JazariError as error:
        return {"location": shown, "state": "unusable", "detail": error.message}
    passages = sum(document.passages for document in documents)
    return {"location": shown, "state": "ready", "documents": len(documents), "passages": passages}
