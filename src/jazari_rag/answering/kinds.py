"""What an answer of each kind holds: an amount of money, a stretch of time, a list."""

from __future__ import annotations

from collections.abc import Collection

from jazari_rag.answering.figure import DATE, Figure
from jazari_rag.answering.lexicon import free_of_charge, plain
from jazari_rag.answering.unit_words import unit_reader
from jazari_rag.languages import Languages

FACTS = frozenset({"amount", "duration", "date", "penalty", "count"})
"""Kinds that a figure answers."""
LISTED = frozenset({"documents", "procedure", "condition"})
"""Kinds that a list answers."""


def holds_fact(kinds: Collection[str], text: str, figures: Collection[Figure], languages: Languages) -> bool:
    """Whether `text`, with these figures in it, holds a fact of one of the kinds that are asked for."""
    units = {figure.unit for figure in figures}
    money, time = unit_reader(languages).currencies, unit_reader(languages).times
    return (
        bool("amount" in kinds and (units & money or free_of_charge(languages).search(plain(text))))
        or bool("duration" in kinds and units & time)
        or bool("date" in kinds and units & (time | {DATE}))
        or bool("penalty" in kinds and units & (time | money))
        or bool("count" in kinds and figures)
    )
