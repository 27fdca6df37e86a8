"""One language's data: the frozen value, and the check that turns a TOML table into it."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jazari_rag.errors import LanguageDataError
from jazari_rag.languages.entries import Words, converted, malformed, number, table_of, text, unknown_key, words
from jazari_rag.languages.figure_words import FigureWords, parse_figure_words

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
        signs: Letters and signs that few languages of its script write ("¿", "é"): each in a question speaks for it.
        prefixes: What light stemming takes from the front of a word, the longest first.
        particles: What is written together with the word that follows it.
        article_suffixes: What follows the number of an added article, and which one it is ("bis" = 2).
        ordinals: "premier", "1er" …
        reference_before: Words before "article 12" that make it a reference, not a head.
        reference_after: The same, after it.
        note: What a footnote is called.
        abbreviations: With their full stop, which ends no sentence.
        months: January first, all spellings.
        hijri_months: Those of the Islamic calendar, Muharram first.
        authorities: How the names of offices begin that issue documents ("ministère").
        authority_ends: Words that stand behind such a name and are none of it ("relatif").
        number_forms: Regular expressions of numbers in several parts, with a hyphen between them, as they are read from
            the left (references, telephones): they tell which way round such a number stands in a right-to-left line.
        number_signs: What stands before the number of a text ("n°").
        texts: What a text is called by name ("code pénal"), by a key that is the same in all languages ("penal-code").
        text_before: What stands before such a name in the title of a text that bears it ("portant").
        ordinal_numbers: Ordinals that number articles ("premier") and their values.
        article_ordinals: More of them, and what they are made of where only articles are numbered so ("vingtième"): the
            values of a phrase are added up.
        references: How a text names articles: "words", "through" (a run), "joined", "of" (others), "this" (its own).
        kinds: Kind of document ("law", "decree", "form" …) -> the words that its title begins with.
        jurisdictions: ISO 3166 country -> words that say that a document is of it.
        cues: Kind of question ("amount", "place" …) -> words or phrases that ask it.
        answers: Kind of question -> words that its answer holds and the question does not ("puni" for a penalty).
        borrows: Languages whose words stand among its own.
        free_spelling: Whether it has no standard spelling, so that words are known again by their consonants.
        letters: Letters, or groups of them, of all scripts of a language, and the one form in which its words are
            compared; a doubled letter counts once there.
        vague: Words that say little of a subject ("simple", "usually").
        pronouns: What is written on to the end of a word and stands for somebody or something ("-ه", "his"), and what
            the word ends with without it.
        formulas: How the sentences begin that open and close an act and answer nothing ("Vu la loi …").
        figures: How it writes figures, and what it says beside them: `figures.toml`, or the table `figures`.
        follow_up: How a question begins that goes on with the one before ("and", "what about"); with a hyphen, what is
            written on to its first word.
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
    signs: str = ""
    prefixes: Words = ()
    particles: Words = ()
    ordinals: Words = ()
    reference_before: frozenset[str] = frozenset()
    reference_after: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    heads: tuple[Head, ...] = ()
    note: str = ""
    months: tuple[Words, ...] = ()
    hijri_months: tuple[Words, ...] = ()
    authorities: Words = ()
    authority_ends: Words = ()
    number_forms: Words = ()
    number_signs: Words = ()
    texts: Mapping[str, Words] = field(default_factory=dict)
    text_before: Words = ()
    ordinal_numbers: Mapping[str, int] = field(default_factory=dict)
    article_ordinals: Mapping[str, int] = field(default_factory=dict)
    article_suffixes: Mapping[str, int] = field(default_factory=dict)
    references: Mapping[str, Words] = field(default_factory=dict)
    kinds: Mapping[str, Words] = field(default_factory=dict)
    jurisdictions: Mapping[str, Words] = field(default_factory=dict)
    cues: Mapping[str, Words] = field(default_factory=dict)
    answers: Mapping[str, Words] = field(default_factory=dict)
    borrows: Words = ()
    free_spelling: bool = False
    letters: Mapping[str, str] = field(default_factory=dict)
    vague: frozenset[str] = frozenset()
    pronouns: Mapping[str, str] = field(default_factory=dict)
    formulas: Words = ()
    figures: FigureWords = field(default_factory=FigureWords)
    follow_up: Words = ()
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
    values: dict[str, Any] = {key: converted(file, key, value, *_ENTRIES[key]) for key, value in table.items()}
    values["figures"] = parse_figure_words(table.get("figures", {}), file=file)
    if values["direction"] not in ("ltr", "rtl"):
        raise malformed(file, "direction", "'ltr' or 'rtl'")
    return Language(**values)


def _code(value: object) -> str:
    code = text(value)
    if code and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        raise ValueError
    return code


def _message(value: object) -> str:
    """A text whose `{…}` are all plain names."""
    message = text(value)
    for _, name, spec, _ in string.Formatter().parse(message):
        if (name is not None and not name.isidentifier()) or spec:
            raise ValueError
    return message


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _as_table(value: object) -> object:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _word_set(value: object) -> frozenset[str]:
    return frozenset(words(value))


def _patterns(value: object) -> Words:
    patterns = words(value)
    for pattern in patterns:
        re.compile(pattern)
    return patterns


def _months(value: object) -> tuple[Words, ...]:
    if not isinstance(value, list) or len(value) != 12:
        raise ValueError
    return tuple(words(item) for item in value)


def _suffix(value: object) -> int:
    suffix = number(value)
    if not 2 <= suffix <= 10:
        raise ValueError
    return suffix


def _heads(value: object) -> tuple[Head, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_head(item) for item in value)


def _head(value: Mapping[str, object]) -> Head:
    if set(value) != {"kind", "level", "words"} or value["kind"] not in HEAD_KINDS:
        raise ValueError
    return Head(kind=text(value["kind"]), level=number(value["level"]), words=words(value["words"]))


_WORDS = "a list of words, or a string of words"
_ENTRIES: dict[str, tuple[Callable[[object], object], str]] = {
    "code": (_code, "a BCP 47 code"),
    "name": (text, "a string"),
    "script": (text, "a string"),
    "direction": (text, "'ltr' or 'rtl'"),
    "base": (_code, "a BCP 47 code"),
    "aliases": (words, _WORDS),
    "stemmer": (text, "a string"),
    "stop_words": (_word_set, _WORDS),
    "markers": (_word_set, _WORDS),
    "marker_patterns": (_patterns, "a list of regular expressions"),
    "signs": (text, "a string"),
    "prefixes": (words, _WORDS),
    "particles": (words, _WORDS),
    "ordinals": (words, _WORDS),
    "reference_before": (_word_set, _WORDS),
    "reference_after": (_word_set, _WORDS),
    "abbreviations": (_word_set, _WORDS),
    "heads": (_heads, f"tables with kind (one of {', '.join(HEAD_KINDS)}), level and words"),
    "note": (text, "a string"),
    "months": (_months, "twelve lists of spellings, January first"),
    "hijri_months": (_months, "twelve lists of spellings, Muharram first"),
    "authorities": (words, _WORDS),
    "authority_ends": (words, _WORDS),
    "article_ordinals": (table_of(number), "a table of whole numbers"),
    "article_suffixes": (table_of(_suffix), "a table of whole numbers from 2 to 10"),
    "references": (table_of(words), "a table of lists of words"),
    "kinds": (table_of(words), "a table of lists of words or phrases"),
    "jurisdictions": (table_of(words), "a table of lists of words or phrases"),
    "number_forms": (_patterns, "a list of regular expressions"),
    "number_signs": (words, _WORDS),
    "texts": (table_of(words), "a table of lists of names"),
    "text_before": (words, _WORDS),
    "ordinal_numbers": (table_of(number), "a table of whole numbers"),
    "cues": (table_of(words), "a table of lists of words"),
    "answers": (table_of(words), "a table of lists of words"),
    "borrows": (words, _WORDS),
    "free_spelling": (_flag, "true or false"),
    "letters": (table_of(text), "a table of strings"),
    "vague": (_word_set, _WORDS),
    "formulas": (words, _WORDS),
    "figures": (_as_table, "a table, as figures.toml is"),
    "follow_up": (words, _WORDS),
    "pronouns": (table_of(text), "a table of strings"),
    "messages": (table_of(_message), "a table of strings, with `{name}` for what is filled in"),
    "names": (table_of(text), "a table of strings"),
    "unreviewed": (_flag, "true or false"),
}
