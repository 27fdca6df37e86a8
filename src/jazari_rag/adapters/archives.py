"""Zip archives with XML inside (DOCX, ODT, XLSX), read with suspicion."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from jazari_rag.errors import EncryptedError, LimitExceededError, ReadError

LARGEST_CONTENT = 512 * 1024 * 1024
"""Declared bytes of all members together."""
LARGEST_MEMBER = 256 * 1024 * 1024


def open_archive(path: Path) -> zipfile.ZipFile:
    """The archive, after a look at the sizes that it declares.

    Raises:
        LimitExceededError: It would unpack to more than `LARGEST_CONTENT`.
        EncryptedError: A member wants a password.
        ReadError: It is damaged.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise ReadError(f"the archive is damaged: {error}; save the document anew") from None
    members = archive.infolist()
    if sum(member.file_size for member in members) > LARGEST_CONTENT:
        archive.close()
        message = f"it would unpack to more than {LARGEST_CONTENT >> 20} MiB: a zip bomb, or a file to be split"
        raise LimitExceededError(message, limit="limits.memory_mb")
    if any(member.flag_bits & 1 for member in members):
        archive.close()
        raise EncryptedError("the archive wants a password: save the document without one, and ingest it again")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes, empty where there is none of that name.

    Raises:
        LimitExceededError: It is larger than `LARGEST_MEMBER`, whatever it declares.
        ReadError: It is damaged.
    """
    try:
        with archive.open(name) as member:
            data = member.read(LARGEST_MEMBER + 1)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise ReadError(f"the archive is damaged: {name}: {error}; save the document anew") from None
    except Exception as error:  # zlib.error, lzma.LZMAError and the like share no base
        if isinstance(error, MemoryError):
            raise
        raise ReadError(f"the archive is damaged: {name}: {error}; save the document anew") from None
    if len(data) > LARGEST_MEMBER:
        raise LimitExceededError(f"{name} is larger than {LARGEST_MEMBER >> 20} MiB", limit="limits.memory_mb")
    return data


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML part: no entity is expanded, nothing is fetched.

    Raises:
        ReadError: It is not XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"the document is damaged: {name}: {error}; save it anew") from None
