"""Answers citizens from an administration's own documents, in their language, with sources that can be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jazari_rag.domain import (
    Answer,
    AnswerPart,
    AnswerStatus,
    Citation,
    Document,
    Hit,
    IngestReport,
    Page,
    Passage,
)
from jazari_rag.errors import (
    BackendError,
    BackendRejectedError,
    BackendUnavailableError,
    ConfigurationError,
    EmbeddingError,
    EncryptedError,
    JazariError,
    LanguageDataError,
    LimitExceededError,
    MissingExtraError,
    ReadError,
    StoreError,
    StoreLockedError,
    StoreMismatchError,
    StoreUnavailableError,
    UnsupportedFormatError,
    UsageError,
)

if TYPE_CHECKING:
    from jazari_rag.assistant import Assistant

__all__ = [
    "Answer",
    "AnswerPart",
    "AnswerStatus",
    "Assistant",
    "BackendError",
    "BackendRejectedError",
    "BackendUnavailableError",
    "Citation",
    "ConfigurationError",
    "Document",
    "EmbeddingError",
    "EncryptedError",
    "Hit",
    "IngestReport",
    "JazariError",
    "LanguageDataError",
    "LimitExceededError",
    "MissingExtraError",
    "Page",
    "Passage",
    "ReadError",
    "StoreError",
    "StoreLockedError",
    "StoreMismatchError",
    "StoreUnavailableError",
    "UnsupportedFormatError",
    "UsageError",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """`Assistant` is imported when first used, so that importing the nouns stays cheap."""
    if name == "Assistant":
        from jazari_rag.assistant import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
