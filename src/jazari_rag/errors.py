"""One tree of errors. Each carries what failed as data; `str(error)` says what to do.

JazariError
├── ConfigurationError          a key, a value or a name that is not known
│   ├── LanguageDataError       a language folder that cannot be used
│   └── MissingExtraError       an optional package is absent; names the command that installs it
├── UsageError                  a call that cannot be meant (delete of everything, an empty folder with prune)
├── StoreError                  the vector store
│   ├── StoreLockedError        another process has the folder open, or writes to the collection
│   ├── StoreMismatchError      the index was made by something else; names the command to rebuild
│   └── StoreUnavailableError   refused, timed out, unauthorised
├── ReadError                   one document cannot be read
│   ├── UnsupportedFormatError  no reader knows it
│   ├── EncryptedError          it wants a password
│   └── LimitExceededError      it costs more memory, time or pages than allowed
├── EmbeddingError              an embedder failed, or returned vectors that are not usable
└── BackendError                a generator or reranker failed
    ├── BackendUnavailableError refused, timed out, overloaded: worth another try
    └── BackendRejectedError    unauthorised, unknown model, malformed reply
"""

from __future__ import annotations


class JazariError(Exception):
    """The root: `except JazariError` catches all that this library raises on purpose.

    Args:
        message: What failed and what to do, for a person.
        retryable: Whether the same call may succeed later without any change.
    """

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.retryable = retryable


class ConfigurationError(JazariError):
    """A key, a value or a name in the configuration is not known.

    Args:
        message: For a person.
        key: The dotted key at fault.
        suggestion: The nearest right one, where there is one.
    """

    def __init__(self, message: str, *, key: str = "", suggestion: str | None = None) -> None:
        super().__init__(message)
        self.key = key
        self.suggestion = suggestion


class LanguageDataError(ConfigurationError):
    """A language folder is missing, malformed or incomplete; `key` names the file and the entry."""


class MissingExtraError(ConfigurationError):
    """An optional package is absent."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an optional package: pip install 'jazari-rag[{extra}]'", key=extra)
        self.extra = extra


class UsageError(JazariError):
    """A call that cannot be meant as it stands."""


class StoreError(JazariError):
    """The vector store failed; `location` says which."""

    def __init__(self, message: str, *, location: str = "", retryable: bool = False) -> None:
        super().__init__(message, retryable=retryable)
        self.location = location


class StoreLockedError(StoreError):
    """Another process has this folder open, or writes to this collection; `holder` says which."""

    def __init__(self, location: str, holder: str, *, message: str | None = None) -> None:
        super().__init__(
            message
            or f"{location} is open in another process ({holder}). An embedded store serves one process: close that "
            "one, or use a Qdrant server for several (--store http://HOST:6333).",
            location=location,
            retryable=True,
        )
        self.holder = holder


class StoreMismatchError(StoreError):
    """The index was made by another embedder, text analysis or passage version."""

    def __init__(self, location: str, stored: str, wanted: str) -> None:
        super().__init__(
            f"{location} was built with {stored}, and is opened with {wanted}: their vectors do not compare. "
            f"Open it with what built it, or rebuild it: jazari ingest --rebuild --store {location} PATH…",
            location=location,
        )
        self.stored = stored
        self.wanted = wanted


class StoreUnavailableError(StoreError):
    """The server refused, timed out or did not accept the key."""


class ReadError(JazariError):
    """One document cannot be read; `page` where it is one page's fault."""

    def __init__(self, message: str, *, page: int | None = None, retryable: bool = False) -> None:
        super().__init__(message, retryable=retryable)
        self.page = page


class UnsupportedFormatError(ReadError):
    """No reader knows this format."""


class EncryptedError(ReadError):
    """The document wants a password."""


class LimitExceededError(ReadError):
    """Reading the document costs more than the configuration allows; `limit` names the setting."""

    def __init__(self, message: str, *, limit: str) -> None:
        super().__init__(message)
        self.limit = limit


class EmbeddingError(JazariError):
    """An embedder failed, or returned the wrong number of vectors, a wrong dimension, NaN or zeros."""


class BackendError(JazariError):
    """A generator or a reranker failed; `backend` names it, never with its key."""

    def __init__(self, message: str, *, backend: str = "", retryable: bool = False) -> None:
        super().__init__(message, retryable=retryable)
        self.backend = backend


class BackendUnavailableError(BackendError):
    """Refused, timed out or overloaded; `retry_after` in seconds, if the server said so."""

    def __init__(self, message: str, *, backend: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, backend=backend, retryable=True)
        self.retry_after = retry_after


class BackendRejectedError(BackendError):
    """Unauthorised, unknown model, or a reply that is not one."""
