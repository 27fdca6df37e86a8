"""What an answer of each kind holds: an amount of money, a stretch of time, a list."""

from __future__ import annotations

from collections.abc import Collection

from jazari_rag.answering.lexicon import FREE_OF_CHARGE, plain
from jazari_rag.answering.numbers import DATE, Figure

FACTS = frozenset({"amount", "duration", "date", "penalty", "count"})
"""Kinds that a figure answers."""
LISTED = frozenset({"documents", "procedure", "condition"})
"""Kinds that a list answers."""

_MONEY = frozenset({"MAD", "EUR", "USD"})
_TIME = frozenset({"hour", "day", "week", "month", "year"})


def holds_fact(kinds: Collection[str], text: str, figures: Collection[Figure]) -> bool:
    """Whether `text`, with these figures in it, holds a fact of one of the kinds that are asked for."""
    units = {figure.unit for figure in figures}
    return (
        bool("amount" in kinds and (units & _MONEY or FREE_OF_CHARGE.search(plain(text))))
        or bool("duration" in kinds and units & _TIME)
        or bool("date" in kinds and units & (_TIME | {DATE}))
        or bool("penalty" in kinds and units & (_TIME | _MONEY))
        or bool("count" in kinds and figures)
    )
