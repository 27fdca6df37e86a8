"""Whether what a generator wrote is in the language that it was asked for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from jazari_rag.languages import Languages
from jazari_rag.languages.data import Language
from jazari_rag.text.identify import identify

SURE = 0.6
"""Confidence from which a language is believed to be another one."""
MIN_WORDS = 6
"""Words below which a sentence is judged by its script alone."""
NAME = 4
"""Words below which it is not judged: names and titles are in any language."""
TELLING = 8
"""Words among which every language written in Latin letters has one of its commonest."""
_SCRIPTS = {"LATIN": "Latn", "ARABIC": "Arab", "TIFINAGH": "Tfng"}


def is_foreign(text: str, language: str, languages: Languages) -> bool:
    """Whether `text` is in another script or, as far as one can be sure, in another language than `language`.

    A language may be answered in the one that it is based on: Darija in Arabic, whatever script it is asked in.
    """
    words = len(text.split())
    allowed = [served for code in languages.chain(language) if (served := languages.find(code)) is not None]
    script = _script(text)
    if not allowed or not script or words < NAME:
        return False
    if script not in {one.script for one in allowed}:
        return True
    if words < MIN_WORDS:
        return False
    if script == "Latn" and words >= TELLING and not _has_stop_word(text, allowed):
        return True
    found = identify(text, languages, default=language)
    return found.confidence >= SURE and not _related(found.language, language, languages)


def _has_stop_word(text: str, allowed: Sequence[Language]) -> bool:
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    return any(words & language.stop_words for language in allowed)


def _related(one: str, other: str, languages: Languages) -> bool:
    return bool(set(languages.chain(one)) & set(languages.chain(other)))


def _script(text: str) -> str:
    """The script that most letters are of; empty when there is none, or one that no language is served in."""
    counts = Counter(_script_of(character) for character in text if character.isalpha())
    return counts.most_common(1)[0][0] if counts else ""


@lru_cache(maxsize=4096)
def _script_of(character: str) -> str:
    return _SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0], "")
