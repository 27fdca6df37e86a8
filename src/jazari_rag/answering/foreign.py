"""Whether what a generator writes is in the language that it was asked for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jazari_rag.domain import DraftSentence
from jazari_rag.languages import Language, Languages
from jazari_rag.text.identify import identify

SURE = 0.6
"""Confidence from which a language is believed to be another one."""
MIN_WORDS = 6
"""Words below which a text is judged by its script alone."""
NAME = 4
"""Words below which it is not judged: names and titles are in any language."""
TELLING = 8
"""Words among which every language written in Latin letters has one of its commonest."""
_SCRIPTS = {"LATIN": "Latn", "ARABIC": "Arab", "TIFINAGH": "Tfng"}


def is_in(text: str, language: str, languages: Languages) -> bool | None:
    """Whether `text` is in `language`, or in one that it is based on and written like (Darija: Arabic).

    None where that cannot be told: the text is short, or in a script that no language is served in.
    """
    words = len(text.split())
    asked = languages.find(language)
    script = _script(text)
    if asked is None or not script or words < NAME:
        return None
    if script != asked.script:
        return False
    if words < MIN_WORDS:
        return None
    telling = _has_stop_word(text, [asked, *map(languages.get, languages.chain(language))])
    if script == "Latn" and words >= TELLING and not telling:
        return False
    found = identify(text, languages, default=language)
    if found.confidence >= SURE:
        return bool(set(languages.chain(found.language)) & set(languages.chain(language)))
    return True if telling else None


@dataclass(slots=True)
class LanguageGate:
    """Lets sentences pass once it is clear that they are in the language that was asked for.

    The first ones may be too short to tell ("It is free."), so they wait for those that follow.

    Attributes:
        refused: What was said in another language.
    """

    language: str
    languages: Languages
    refused: list[DraftSentence] = field(default_factory=list)
    _waiting: list[DraftSentence] = field(default_factory=list)
    _sure: bool = False

    @property
    def has_spoken_otherwise(self) -> bool:
        """Whether it began in another language: nothing passed, and nothing that follows is wanted."""
        return bool(self.refused) and not self._sure

    def hear(self, sentence: DraftSentence) -> list[DraftSentence]:
        """The sentences that may be shown now."""
        self._waiting.append(sentence)
        judged = is_in(self._said(), self.language, self.languages)
        if judged is False:
            self.refused += self._released()
            return []
        self._sure = self._sure or judged is True
        return self._released() if self._sure else []

    def end(self) -> list[DraftSentence]:
        """What waited to the last, unless its few words are all of another language."""
        if _sounds_foreign(self._said(), self.language, self.languages):
            self.refused += self._released()
        return self._released()

    def _said(self) -> str:
        return " ".join(waiting.text for waiting in self._waiting)

    def _released(self) -> list[DraftSentence]:
        released, self._waiting = self._waiting, []
        return released


def _sounds_foreign(text: str, language: str, languages: Languages) -> bool:
    """Whether several small words of a text are of another language, and none of this one."""
    found = languages.find(identify(text, languages, default=language).language)
    asked = languages.find(language)
    if found is None or asked is None or found.code in languages.chain(language):
        return False
    return len(_words(text) & found.stop_words) > 1 and not _has_stop_word(text, [asked])


def _has_stop_word(text: str, allowed: Sequence[Language]) -> bool:
    return any(_words(text) & language.stop_words for language in allowed)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))


def _script(text: str) -> str:
    """The script that most letters are of; empty when there is none, or one that no language is served in."""
    counts = Counter(_script_of(character) for character in text if character.isalpha())
    return counts.most_common(1)[0][0] if counts else ""


@lru_cache(maxsize=4096)
def _script_of(character: str) -> str:
    return _SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0], "")
