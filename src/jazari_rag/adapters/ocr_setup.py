"""What recognition (OCR) needs, and how it is installed. It is asked before any page is recognised: no heavy import."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence

EXTRA = "pip install 'jazari-rag[ocr]'"
_TESSERACT_NAMES = {"ar": "ara", "ary": "ara", "fr": "fra", "en": "eng", "es": "spa", "de": "deu", "it": "ita"}


def missing(
    languages: Sequence[str],
    *,
    importable: Callable[[str], bool] = lambda name: importlib.util.find_spec(name) is not None,
    installed: Callable[[], Iterable[str] | None] | None = None,
) -> str:
    """The commands that install what recognition lacks; empty when it is all there.

    Args:
        languages: As in the configuration.
        importable: Whether a module is there.
        installed: The languages that the program tesseract has, or None without the program.
    """
    commands = [] if importable("pytesseract") else [EXTRA]
    names = tesseract_names(languages)
    found = (installed or installed_languages)()
    absent = [name for name in names if name not in (found or ())]
    packages = ["tesseract-ocr"] if found is None else []
    packages += [f"tesseract-ocr-{name.replace('_', '-')}" for name in absent if name != "eng" or found is not None]
    if packages:
        commands.append(f"apt-get install {' '.join(packages)}")
    return "; ".join(commands)


def tesseract_names(languages: Sequence[str]) -> list[str]:
    """Language codes in tesseract's words, each once."""
    return list(dict.fromkeys(_TESSERACT_NAMES.get(code, code) for code in languages))


def installed_languages() -> list[str] | None:
    """The languages that tesseract has; None when it cannot be run."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        done = subprocess.run(
            (program, "--list-langs"), capture_output=True, text=True, errors="replace", timeout=10, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return [name.strip() for name in (done.stdout or done.stderr).split("\n")[1:] if name.strip()]
