"""pypdf, where PDFium cannot open a document or a page. Its letters are right; numbers in Arabic lines may not be."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from jazari_rag.adapters.characters import clean
from jazari_rag.adapters.page_builder import PageBuilder
from jazari_rag.domain import Page
from jazari_rag.errors import EncryptedError, ReadError


def read_pages(path: Path, check_count: Callable[[int], None]) -> tuple[str | None, list[Page]]:
    """The title that the metadata states, and every page.

    Raises:
        EncryptedError: It wants a password.
        ReadError: It is damaged beyond repair.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(path, strict=False)
        count = len(reader.pages)
        check_count(count)
        pages = [_page(reader.pages[index], index + 1) for index in range(count)]
        title = reader.metadata.title if reader.metadata else None
    except (MemoryError, RecursionError, OSError, ReadError):
        raise
    except ImportError:
        raise EncryptedError("the PDF is encrypted: save it without a password, and ingest it again") from None
    except Exception as error:  # pypdf raises many types on damaged files
        reason = str(error)[:200] or type(error).__name__
        raise ReadError(f"the PDF is damaged: {reason}; print it to PDF anew") from None
    if not pages:
        raise ReadError("the PDF is damaged: it has no pages")
    return title, pages


def read_page(path: Path, number: int) -> Page:
    """One page; one that pypdf cannot read either is empty, and says so."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _page(pypdf.PdfReader(path, strict=False).pages[number - 1], number)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # pypdf raises many types on damaged pages
        return PageBuilder().page(number, engine="pypdf", reasons=("page is damaged",))


def wants_password(path: Path) -> bool:
    """Whether an encryption keeps the document closed, as far as pypdf can tell."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(path, strict=False)
        return reader.is_encrypted and not reader.decrypt("")
    except MemoryError:
        raise
    except Exception:  # what is wrong with it is said when it is read
        return False


def _page(page: object, number: int) -> Page:
    builder = PageBuilder()
    for line in clean(page.extract_text()).split("\n"):  # type: ignore[attr-defined]
        builder.add(line.rstrip())
    return builder.page(number, engine="pypdf")
