"""Where the files of a model stand: a folder as given, or a name of the Hugging Face hub.

A model is data: its weights are read from safetensors files only, never from pickles, which can run code.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from jazari_rag.adapters.optional import optional_module
from jazari_rag.errors import ConfigurationError

_WANTED = ["*.safetensors", "*.json", "*.txt", "*.model"]
_OTHER_RUNTIMES = frozenset({"onnx", "openvino"})
_CHANGES_VECTORS = (
    "*.safetensors",
    "config.json",
    "*config*.json",
    "modules.json",
    "tokenizer.json",
    "vocab.*",
    "*.model",
)
_LOOK_UP_SECONDS = 10


def model_folder(name_or_folder: str | Path) -> Path:
    """The folder with the model's files; a name of the hub is downloaded once, if it is not on this machine.

    Raises:
        ConfigurationError: No such folder or name, no network, or no safetensors.
        MissingExtraError: The packages that run models are not installed.
    """
    folder = Path(name_or_folder).expanduser()
    if folder.is_dir():
        return _with_weights(folder)
    if _looks_like_a_path(str(name_or_folder)):
        raise ConfigurationError(f"{name_or_folder}: no such folder. A model is a folder or a name such as ORG/MODEL.")
    return _from_hub(str(name_or_folder))


def content_hash(folder: Path) -> str:
    """Names the model by what is in its files: the same for every copy of it, wherever it stands."""
    digest = blake2b(digest_size=8)
    for path in sorted(_files(folder), key=lambda path: path.relative_to(folder).as_posix()):
        if any(path.match(pattern) for pattern in _CHANGES_VECTORS):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(_file_hash(path))
    return digest.hexdigest()


@contextmanager
def quiet_loading() -> Iterator[None]:
    """No bar of the loading library on standard error meanwhile; its switch is put back afterwards."""
    logging = optional_module("transformers.utils.logging", feature="a model", extra="semantic")
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def _looks_like_a_path(name: str) -> bool:
    return name.startswith((".", "/", "~", "\\")) or name.count("/") > 1 or "\\" in name or Path(name).is_absolute()


def _from_hub(name: str) -> Path:
    """From the hub's cache, asked first without a network: each look-up of a file there is retried for a minute."""
    hub = optional_module("huggingface_hub", feature=f"the model {name}", extra="semantic")
    try:
        return _with_weights(Path(hub.snapshot_download(name, local_files_only=True)))
    except (OSError, ValueError, ConfigurationError):
        pass
    try:
        found = hub.snapshot_download(
            name,
            allow_patterns=_WANTED,
            ignore_patterns=[f"{runtime}/*" for runtime in _OTHER_RUNTIMES],
            etag_timeout=_LOOK_UP_SECONDS,
        )
    except Exception as error:
        reason = next(iter(str(error).splitlines()), "") or type(error).__name__
        raise ConfigurationError(
            f"the model {name} is not on this machine and cannot be downloaded ({reason.rstrip('.')}). Give the path "
            f"of a folder that holds it, or download it where there is a network: hf download {name}",
            key=name,
        ) from None
    return _with_weights(Path(found))


def _with_weights(folder: Path) -> Path:
    weights = [path for path in _files(folder) if path.suffix == ".safetensors"]
    safe = {path.parent for path in weights}
    pickled = [path for path in _files(folder) if path.match("pytorch_model*.bin") and path.parent not in safe]
    if weights and not pickled:
        return folder
    what = f"keeps its weights in a pickle ({pickled[0].name})" if pickled else "holds no .safetensors file"
    raise ConfigurationError(
        f"{folder} {what}: models are read from safetensors only. Take another model, or convert this one."
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not _OTHER_RUNTIMES.intersection(path.relative_to(folder).parts):
            yield path


def _file_hash(path: Path) -> bytes:
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            digest.update(block)
    return digest.digest()
