"""One language's data: the frozen value, and the check that turns a TOML table into it."""

from __future__ import annotations

import difflib
import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jazari_rag.errors import LanguageDataError

T = TypeVar("T")
Words = tuple[str, ...]

HEAD_KINDS = ("part", "book", "title", "chapter", "section", "subsection", "paragraph", "article", "annex")


@dataclass(frozen=True, slots=True)
class Head:
    """The words that open a division of a text ("Chapitre"); `level` counts from 1, the highest."""

    kind: str
    level: int
    words: Words


@dataclass(frozen=True, slots=True)
class Language:
    """A served language. Every text is as people write it: folding is the reader's affair.

    Attributes:
        code: BCP 47.
        name: What its speakers call it.
        script: ISO 15924 (`Latn`, `Arab`, `Tfng`).
        direction: `ltr` or `rtl`.
        base: The language it is analysed and answered as where its own data say nothing; "" for none.
        aliases: Other codes for it.
        stemmer: A Snowball algorithm, or "".
        stop_words: Words that say nothing of a question's subject.
        markers: Words that give the language away.
        marker_patterns: Regular expressions that a whole folded word of this language matches.
        prefixes: What light stemming takes from the front of a word, the longest first.
        suffixes: What follows an article's number ("bis").
        ordinals: "premier", "1er" …
        reference_before: Words before "article 12" that make it a reference, not a head.
        reference_after: The same, after it.
        abbreviations: With their full stop, which ends no sentence.
        months: January first, all spellings.
        number_forms: Regular expressions of numbers in several parts, with a hyphen between them, as they are read from
            the left (references, telephones): they tell which way round such a number stands in a right-to-left line.
        numbers: Number words and their values.
        ordinal_numbers: Ordinals that number articles ("premier") and their values.
        cues: Kind of question ("amount", "place" …) -> words or phrases that ask it.
        answers: Kind of question -> words that its answer holds and the question does not ("puni" for a penalty).
        glossary: A word or phrase -> what texts call the same thing, in whatever language.
        vague: Words that say little of a subject ("simple", "usually").
        formulas: How the sentences begin that open and close an act and answer nothing ("Vu la loi …").
        units: Kind of unit ("money", "time") -> words.
        messages: What the assistant says, by key.
        names: Language code -> what this language is called in it.
        unreviewed: Whether nobody who speaks it has read the data.
    """

    code: str
    name: str
    script: str
    direction: str
    base: str = ""
    aliases: Words = ()
    stemmer: str = ""
    stop_words: frozenset[str] = frozenset()
    markers: frozenset[str] = frozenset()
    marker_patterns: Words = ()
    prefixes: Words = ()
    suffixes: Words = ()
    ordinals: Words = ()
    reference_before: frozenset[str] = frozenset()
    reference_after: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    heads: tuple[Head, ...] = ()
    months: tuple[Words, ...] = ()
    number_forms: Words = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    ordinal_numbers: Mapping[str, int] = field(default_factory=dict)
    cues: Mapping[str, Words] = field(default_factory=dict)
    answers: Mapping[str, Words] = field(default_factory=dict)
    glossary: Mapping[str, Words] = field(default_factory=dict)
    vague: frozenset[str] = frozenset()
    formulas: Words = ()
    units: Mapping[str, Words] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    unreviewed: bool = False


def parse_language(table: Mapping[str, Any], *, file: str) -> Language:
    """The language that a TOML table describes.

    Raises:
        LanguageDataError: An entry is missing, unknown or of the wrong form; names the file and the entry.
    """
    for key in table:
        if key not in _ENTRIES:
            raise unknown_key(file, key, tuple(_ENTRIES))
    for key in ("code", "name", "script", "direction"):
        if key not in table:
            raise LanguageDataError(f"{file}: {key!r} is missing", key=f"{file}: {key}")
    values: dict[str, Any] = {key: _converted(file, key, value) for key, value in table.items()}
    if values["direction"] not in ("ltr", "rtl"):
        raise _malformed(file, "direction", "'ltr' or 'rtl'")
    return Language(**values)


def unknown_key(file: str, key: str, known: Words) -> LanguageDataError:
    nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f"did you mean {nearest[0]!r}?" if nearest else f"known keys: {', '.join(known)}"
    suggestion = nearest[0] if nearest else None
    return LanguageDataError(f"{file}: unknown key {key!r}: {hint}", key=f"{file}: {key}", suggestion=suggestion)


def _malformed(file: str, key: str, wanted: str) -> LanguageDataError:
    return LanguageDataError(f"{file}: {key!r} must be {wanted}", key=f"{file}: {key}")


def _converted(file: str, key: str, value: object) -> object:
    convert, wanted = _ENTRIES[key]
    try:
        return convert(value)
    except (TypeError, ValueError, KeyError, re.error):
        raise _malformed(file, key, wanted) from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _code(value: object) -> str:
    text = _text(value)
    if text and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise ValueError
    return text


def _message(value: object) -> str:
    """A text whose `{…}` are all plain names."""
    text = _text(value)
    for _, name, spec, _ in string.Formatter().parse(text):
        if (name is not None and not name.isidentifier()) or spec:
            raise ValueError
    return text


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _words(value: object) -> Words:
    """A list of words or phrases; a string is split at white space."""
    if isinstance(value, str):
        return tuple(value.split())
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(item) for item in value)


def _word_set(value: object) -> frozenset[str]:
    return frozenset(_words(value))


def _patterns(value: object) -> Words:
    patterns = _words(value)
    for pattern in patterns:
        re.compile(pattern)
    return patterns


def _months(value: object) -> tuple[Words, ...]:
    if not isinstance(value, list) or len(value) != 12:
        raise ValueError
    return tuple(_words(item) for item in value)


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _heads(value: object) -> tuple[Head, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_head(item) for item in value)


def _head(value: Mapping[str, object]) -> Head:
    if set(value) != {"kind", "level", "words"} or value["kind"] not in HEAD_KINDS:
        raise ValueError
    return Head(kind=_text(value["kind"]), level=_number(value["level"]), words=_words(value["words"]))


def _table(convert: Callable[[object], T]) -> Callable[[object], dict[str, T]]:
    def converted(value: object) -> dict[str, T]:
        if not isinstance(value, dict):
            raise TypeError
        return {key: convert(item) for key, item in value.items()}

    return converted


_WORDS = "a list of words, or a string of words"
_ENTRIES: dict[str, tuple[Callable[[object], object], str]] = {
    "code": (_code, "a BCP 47 code"),
    "name": (_text, "a string"),
    "script": (_text, "a string"),
    "direction": (_text, "'ltr' or 'rtl'"),
    "base": (_code, "a BCP 47 code"),
    "aliases": (_words, _WORDS),
    "stemmer": (_text, "a string"),
    "stop_words": (_word_set, _WORDS),
    "markers": (_word_set, _WORDS),
    "marker_patterns": (_patterns, "a list of regular expressions"),
    "prefixes": (_words, _WORDS),
    "suffixes": (_words, _WORDS),
    "ordinals": (_words, _WORDS),
    "reference_before": (_word_set, _WORDS),
    "reference_after": (_word_set, _WORDS),
    "abbreviations": (_word_set, _WORDS),
    "heads": (_heads, f"tables with kind (one of {', '.join(HEAD_KINDS)}), level and words"),
    "months": (_months, "twelve lists of spellings, January first"),
    "number_forms": (_patterns, "a list of regular expressions"),
    "numbers": (_table(_number), "a table of whole numbers"),
    "ordinal_numbers": (_table(_number), "a table of whole numbers"),
    "cues": (_table(_words), "a table of lists of words"),
    "answers": (_table(_words), "a table of lists of words"),
    "glossary": (_table(_words), "a table of lists of words or phrases"),
    "vague": (_word_set, _WORDS),
    "formulas": (_words, _WORDS),
    "units": (_table(_words), "a table of lists of words"),
    "messages": (_table(_message), "a table of strings, with `{name}` for what is filled in"),
    "names": (_table(_text), "a table of strings"),
    "unreviewed": (_flag, "true or false"),
}
