"""Optional packages: imported when first needed, missed with the command that installs them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from jazari_rag.errors import MissingExtraError


def optional_module(name: str, *, feature: str, extra: str) -> ModuleType:
    """The module, imported now.

    Raises:
        MissingExtraError: It, or a package that it needs, is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise MissingExtraError(feature, extra) from error
