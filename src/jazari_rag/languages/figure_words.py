"""How a language writes figures, and what it says beside them: the frozen value, and the check of its TOML table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jazari_rag.languages.entries import (
    Words,
    converted,
    fraction,
    number,
    table_of,
    unknown_key,
    word_lists,
    words,
)

GRAMMAR = (
    "and", "joined_and", "or", "but", "to", "of", "the", "prefixes", "article", "number_sign", "first_day",
    "day_endings", "before_year", "singular", "needs_noun", "noun_endings", "many", "not_numbers", "dual_endings",
    "percent", "and_a_half",
)  # fmt: skip
CONDITIONS = (
    "minimum", "maximum", "more", "less", "minimum_after", "maximum_after", "until", "from", "until_after",
    "from_after", "negation", "or_equal",
)  # fmt: skip
STATEMENTS = (
    "little", "prefixes", "denial", "half_denial", "with_half", "number_sign", "free", "free_source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opposites:
    """Words that say the same, and the words that deny it."""

    yes: Words
    no: Words


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The words that figures are read with, as people write them; in lists, `*` stands for the rest of a word.

    Attributes:
        numbers: A number's word or phrase ("quatre-vingt-dix") -> its value.
        scale_first: Whether a multiplier follows what it multiplies ("mia tatu", a hundred three: 300).
        unit_first: Whether what is counted stands before its number ("siku 25").
        ordinals: "third" -> 3.
        fractions: "two thirds" -> "2/3".
        money: Currency (ISO 4217 where there is one) -> its words and signs.
        time: Unit of time (`day`, `month` …) -> its words.
        counted: Anything else that is counted or measured -> its words.
        duals: Unit -> the words that are two of it; `other` for what is no unit.
        calendars: A calendar besides the Gregorian -> its months, all spellings.
        grammar: What figures are joined and introduced with, by the keys of `GRAMMAR`: `and`, `or`, `to`; `joined_and`
            and `prefixes` are written to the word that follows; `of` stands between a number and what it counts;
            `the` shows figures known already ("les deux"); `singular` units are one with "one" before them;
            `needs_noun` are numbers only before what they count, or before a word that ends like `noun_endings`;
            `many` are no number alone; `dual_endings` make two of any word.
        conditions: What turns a figure's meaning round, by the keys of `CONDITIONS`; those with `_after` follow it.
        qualifiers: What makes a unit another one: `working` -> the words that make days working days.
        opposites: Words that say the same, and those that deny them ("possible", "impossible").
        cases: A distinction that figures depend on (`age`) -> its cases (`minor`, `adult`) -> their words or phrases.
        statements: What statements are compared by, by the keys of `STATEMENTS`: `little` words tell nothing; `denial`;
            `half_denial` is none beside one of `with_half` ("ne … pas"); `free` claims that nothing is due, and
            `free_source` backs it.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    scale_first: bool = False
    unit_first: bool = False
    ordinals: Mapping[str, int] = field(default_factory=dict)
    fractions: Mapping[str, str] = field(default_factory=dict)
    money: Mapping[str, Words] = field(default_factory=dict)
    time: Mapping[str, Words] = field(default_factory=dict)
    counted: Mapping[str, Words] = field(default_factory=dict)
    duals: Mapping[str, Words] = field(default_factory=dict)
    calendars: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
    grammar: Mapping[str, Words] = field(default_factory=dict)
    conditions: Mapping[str, Words] = field(default_factory=dict)
    qualifiers: Mapping[str, Words] = field(default_factory=dict)
    opposites: tuple[Opposites, ...] = ()
    cases: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    statements: Mapping[str, Words] = field(default_factory=dict)


def parse_figure_words(table: Mapping[str, Any], *, file: str) -> FigureWords:
    """The words that a TOML table lists.

    Raises:
        LanguageDataError: An entry is unknown or of the wrong form; names the file and the entry.
    """
    for key, value in table.items():
        if key not in _ENTRIES:
            raise unknown_key(file, f"figures.{key}", tuple(f"figures.{known}" for known in _ENTRIES))
        known = _LISTS.get(key, ())
        for name in value if known and isinstance(value, dict) else ():
            if name not in known:
                raise unknown_key(file, f"figures.{key}.{name}", tuple(f"figures.{key}.{one}" for one in known))
    values: dict[str, Any] = {
        key: converted(file, f"figures.{key}", value, *_ENTRIES[key]) for key, value in table.items()
    }
    return FigureWords(**values)


def _opposites(value: object) -> tuple[Opposites, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(Opposites(**{key: words(one[key]) for key in ("yes", "no")}) for one in value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


_LISTS = {"grammar": GRAMMAR, "conditions": CONDITIONS, "statements": STATEMENTS}
_OF_WORDS = (table_of(words), "a table of lists of words")
_ENTRIES: dict[str, tuple[Callable[[object], object], str]] = {
    "numbers": (table_of(number), "a table of whole numbers"),
    "scale_first": (_flag, "true or false"),
    "unit_first": (_flag, "true or false"),
    "ordinals": (table_of(number), "a table of whole numbers"),
    "fractions": (table_of(fraction), "a table of fractions such as '2/3'"),
    "money": _OF_WORDS,
    "time": _OF_WORDS,
    "counted": _OF_WORDS,
    "duals": _OF_WORDS,
    "calendars": (table_of(word_lists), "a table of lists of months, each a list of spellings"),
    "grammar": _OF_WORDS,
    "conditions": _OF_WORDS,
    "qualifiers": _OF_WORDS,
    "opposites": (_opposites, "tables with yes and no, each a list of words"),
    "cases": (table_of(table_of(words)), "tables of tables of lists of words or phrases"),
    "statements": _OF_WORDS,
}
