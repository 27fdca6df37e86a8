"""Words in plain form, and the phrases of the languages that are found in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from jazari_rag.languages import FigureWords, Language, Languages
from jazari_rag.text.normalise import SUPERSCRIPT_DIGITS

_LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ة": "ه", "ـ": "", "’": "'", "٪": "%"}
_SPACES = frozenset("\u00a0\u202f\u2009\u2007")


class _PlainTable(dict[int, str]):
    """Code point -> its plain text, worked out on first use."""

    def __missing__(self, code: int) -> str:
        plain_text = self[code] = _plain_character(chr(code))
        return plain_text


def _plain_character(character: str) -> str:
    if character in _SPACES or character in SUPERSCRIPT_DIGITS:
        return " "
    if character in _LETTERS:
        return _LETTERS[character]
    parts = (_plain_part(part) for part in unicodedata.normalize("NFKD", character))
    return "".join(parts).casefold()


def _plain_part(part: str) -> str:
    category = unicodedata.category(part)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(part))
    return _LETTERS.get(part, part)


_PLAIN = _PlainTable()


def plain(text: str) -> str:
    """`text` for reading figures and cue words: compatibility forms, case, accents, harakat and invisible signs gone.

    Every decimal digit becomes its ASCII form. Offsets are not kept.
    """
    return text.translate(_PLAIN)


class Phrases:
    """Words and phrases, each of a kind, found in a text in plain form; the longest of those that begin alike.

    In a phrase, `*` stands for letters, after those without any.
    """

    def __init__(self, kinds: Mapping[str, Iterable[str]]) -> None:
        self._kinds: dict[str, str] = {}
        self._wild: list[tuple[re.Pattern[str], str]] = []
        for kind, phrases in kinds.items():
            for phrase in map(plain, phrases):
                if "*" in phrase:
                    self._wild.append((re.compile(_pattern(phrase)), kind))
                else:
                    self._kinds.setdefault(" ".join(phrase.split()), kind)
        self.pattern = re.compile(any_of((*self._kinds, *(one for many in kinds.values() for one in many))))

    def find(self, flat: str) -> Iterator[tuple[str, re.Match[str]]]:
        """The kinds of the phrases in `flat`, with where they stand, in order."""
        for match in self.pattern.finditer(flat):
            yield self._kind(match.group()), match

    def behind(self, flat: str, position: int) -> tuple[str, int]:
        """The kind of the one right behind a position, after space, and where it ends; empty for none."""
        while flat.startswith(" ", position):
            position += 1
        match = self.pattern.match(flat, position)
        return (self._kind(match.group()), match.end()) if match else ("", position)

    def starts(self, flat: str) -> str:
        """The kind of the one that a text starts with; empty for none."""
        match = self.pattern.match(flat)
        return self._kind(match.group()) if match else ""

    def first(self, flat: str) -> str:
        """The kind of the first one; empty for none."""
        match = self.pattern.search(flat)
        return self._kind(match.group()) if match else ""

    def last(self, flat: str) -> str:
        """The kind of the last one; empty for none."""
        found = ""
        for match in self.pattern.finditer(flat):
            found = match.group()
        return self._kind(found) if found else ""

    def _kind(self, found: str) -> str:
        known = self._kinds.get(found) or self._kinds.get(" ".join(found.split()))
        return known or next(kind for pattern, kind in self._wild if pattern.fullmatch(found))


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of these phrases as whole words, in plain form; matches nothing for none.

    The longest first, those with `*` last; one that ends with an apostrophe may be followed by a letter.
    """
    ranked = sorted(set(map(plain, phrases)), key=lambda phrase: ("*" in phrase, -len(phrase), phrase))
    whole = "|".join(_pattern(phrase) for phrase in ranked if not phrase.endswith("'"))
    elided = "|".join(_pattern(phrase) for phrase in ranked if phrase.endswith("'"))
    parts = [f"(?<!\\w)(?:{whole})(?!\\w)" if whole else "", f"(?<!\\w)(?:{elided})" if elided else ""]
    return "|".join(part for part in parts if part) or r"(?!)"


def _pattern(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")


def spoken(languages: Languages, language: str = "") -> tuple[Language, ...]:
    """All languages, for many texts mix two; the one that a text is in, and its bases, first: their words win."""
    own = languages.chain(language)
    return (*(languages.get(code) for code in own), *(other for other in languages if other.code not in own))


def figure_words(languages: Iterable[Language]) -> tuple[FigureWords, ...]:
    return tuple(language.figures for language in languages)


def grammar(languages: Iterable[Language], key: str) -> tuple[str, ...]:
    """The words that the languages list under a key of `grammar`, in plain form."""
    return _merged(language.figures.grammar.get(key, ()) for language in languages)


def said_of_figures(languages: Iterable[Language], key: str) -> tuple[str, ...]:
    """The words that the languages list under a key of `conditions`."""
    return _merged(language.figures.conditions.get(key, ()) for language in languages)


def said_in_statements(languages: Iterable[Language], key: str) -> tuple[str, ...]:
    """The words that the languages list under a key of `statements`."""
    return _merged(language.figures.statements.get(key, ()) for language in languages)


def _merged(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(word) for words in lists for word in words))


@lru_cache(maxsize=8)
def free_of_charge(languages: Languages) -> re.Pattern[str]:
    """What says that nothing is due, in plain form: an amount, as much as a figure is."""
    return re.compile(any_of(said_in_statements(languages, "free")))


@lru_cache(maxsize=8)
def backs_free_of_charge(languages: Languages) -> re.Pattern[str]:
    """What backs that nothing is due."""
    return re.compile(any_of((*said_in_statements(languages, "free"), *said_in_statements(languages, "free_source"))))
