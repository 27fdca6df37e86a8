"""What may serve as a document's title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jazari_rag.adapters.characters import one_line

LONGEST_TITLE = 120

_WORD_PREFIX = re.compile(r"^microsoft\s+(office\s+)?(word|powerpoint|excel|publisher)\s*-\s*", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"(\.(docx?|pdf|odt|ods|indd|qxd|pptx?|xlsx?|rtf|tmp|txt|html?|md|tex|dvi|ps|cdr|pub|wps|fm)|[\\/][^ ]*[\\/].*)$",
    re.IGNORECASE,
)
# Templates leave these behind; the name of the state heads every paper of it.
_NO_TITLES = frozenset(
    {
        "untitled", "untitled-1", "document", "document1", "document2", "doc", "doc1", "title", "titre", "sans-titre",
        "modele", "modèle", "template", "normal", "layout", "layout1", "page", "accueil", "home", "index", "default",
        "slide", "slide1", "pdf", "scan", "book1", "classeur1", "sheet1", "feuil1", "présentation", "presentation",
        "none", "null", "unknown", "inconnu", "test", "العنوان", "sans titre", "sans nom", "untitled document",
        "document sans titre", "powerpoint presentation", "présentation powerpoint", "diapositive 1", "slide 1",
        "word document", "mise en page 1", "layout 1", "بدون عنوان", "print", "pdf document", "new document",
        "nouveau document", "royaume du maroc", "المملكة المغربية", "kingdom of morocco",
    }
)  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]")


def sensible_title(text: object) -> str | None:
    """`text` on one line if a person would call it a title, else None."""
    if not isinstance(text, str):
        return None
    title = one_line(text)
    folded = title.casefold().strip(" .-_")
    if _WORD_PREFIX.match(title) or _FILE_NAME.search(title):
        return None
    if folded in _NO_TITLES or "\ufffd" in title or title.startswith("þÿ"):
        return None
    if len(_LETTERS.findall(title)) < 3 or len(title) > 300 or ("_" in title and " " not in title):
        return None
    return title


def cut_title(text: str) -> str:
    """`text` on one line of at most about `LONGEST_TITLE` characters, cut between words."""
    title = one_line(text)
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title.rfind(" ", LONGEST_TITLE // 2, LONGEST_TITLE)
    return title[: cut if cut > 0 else LONGEST_TITLE].rstrip(" ,;:،؛") + "…"


def first_title(candidates: Iterable[object], fallback: str) -> str:
    """The first candidate that makes a title, cut to length, else `fallback`."""
    for candidate in candidates:
        title = sensible_title(candidate)
        if title:
            return cut_title(title)
    return fallback
