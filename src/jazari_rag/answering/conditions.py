"""What stands beside a figure and turns its meaning round: a minimum, a maximum, before, after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jazari_rag.answering.lexicon import any_of
from jazari_rag.answering.numbers import DATE, Figure

MIN: Final = "min"
MAX: Final = "max"
BEFORE: Final = "before"
AFTER: Final = "after"
OPPOSITE: Final = {MIN: MAX, MAX: MIN, BEFORE: AFTER, AFTER: BEFORE}

_REACH = 60
"""Characters before a figure in which a condition on it is looked for."""
_REACH_AFTER = 26

_NEGATION = any_of(
    "ne|pas|non|sans|jamais|not|no|never|cannot|can't|nor|without|sin|nunca|"
    "لا|لم|لن|ليس|ليست|ألا|ولا|غير|ما|ماشي|بلا|ولم|بألا|وألا|دون أن|بدون أن|ودون أن"
)
_MIN = any_of(
    "au moins|minimum|minimal|minimale|minimaux|a minima|plancher|révolus|at least|minimally|starting at|"
    "al menos|por lo menos|mínimo|mínima|como mínimo|a partir de|à partir de|"
    "على الأقل|عالأقل|الحد الأدنى|حد أدنى|الأدنى|أدنى|أدناه|أدناها|الدنيا|كحد أدنى|ابتداء من|3la l a9al"
)
_MAX = any_of(
    "au plus|maximum|maximal|maximale|maximaux|plafond|plafonné|plafonnée|jusqu'à|jusqu'au|jusque|tout au plus|"
    "dans la limite de|at most|up to|máximo|máxima|como máximo|a lo sumo|hasta|"
    "على الأكثر|عالأكثر|الحد الأقصى|حد أقصى|الأقصى|أقصى|أقصاه|أقصاها|القصوى|أبعد تقدير|في حدود|سقف"
)
_UP = any_of(
    "dépasse|dépassent|dépasser|dépassant|excède|excèdent|excéder|excédant|supérieur|supérieure|supérieurs|supérieures|"
    "plus de|plus d|au-delà de|exceed|exceeds|exceeding|more than|over|above|older than|greater than|longer than|"
    "higher than|superior|superiores|supera|superan|superar|supere|superen|excede|exceden|exceder|exceda|más de|"
    "يتجاوز|تتجاوز|تجاوز|يفوق|تفوق|يتعدى|تتعدى|يزيد|تزيد|أكثر من|أزيد من|أكبر من|يفوت|كيفوت|تفوت|كتفوت|كتر من|"
    "يفوتش|كيفوتش|تفوتش|كتفوتش|كيزيد|كيزيدش|يزيدش"
)
_DOWN = any_of(
    "inférieur|inférieure|inférieurs|inférieures|moins de|moins d|en dessous de|less than|fewer than|under|below|"
    "younger than|lower than|shorter than|inferior|inferiores|menos de|menor de|menores de|"
    "يقل|تقل|أقل من|أصغر من|ينقص|تنقص|قل من|كيقل|كيقلش|يقلش"
)
_SMALLEST = r"(?:اقل|اصغر)\s+(?!من\b)\w+"
_LARGEST = r"(?:اكثر|اكبر|اقصي)\s+(?!من\b)\w+"
_BOUNDS = re.compile(
    rf"(?<!\w)(?:(?P<min>{_MIN}|{_SMALLEST})|(?P<max>{_MAX}|{_LARGEST})|(?P<up>{_UP})|(?P<down>{_DOWN}|دون(?!\s+ان\b))"
    rf"|(?P<not>{_NEGATION}|\w+n't|ما\w+ش))(?!\w)|(?P<ne>(?<!\w)n')"
)
_BOUNDS_AFTER = re.compile(
    r"(?<!\w)(?:(?P<min>"
    + any_of(
        "au moins|minimum|au minimum|or more|ou plus|et plus|and over|or older|o más|como mínimo|"
        "al menos|révolus|at least|على الأقل|فأكثر|فما فوق|أو أكثر|كحد أدنى|ou davantage"
    )
    + ")|(?P<max>"
    + any_of(
        "au plus|maximum|au maximum|or less|or fewer|ou moins|et moins|o menos|como máximo|at most|a lo sumo|"
        "على الأكثر|فأقل|أو أقل|على أبعد تقدير|كحد أقصى"
    )
    + r"))(?!\w)"
)
_TIMES = re.compile(
    r"(?<!\w)(?:(?P<before>"
    + any_of(
        "avant|au plus tard|jusqu'au|jusqu'à|before|no later than|not later than|until|till|antes|hasta|"
        "قبل|إلى غاية|لغاية|أقصاه|أقصاها|حتى|قبيل"
    )
    + ")|(?P<after>"
    + any_of(
        "après|à partir|à compter|dès|depuis|after|since|from|starting|después|desde|a partir|"
        "بعد|ابتداء|انطلاقا|اعتبارا|منذ|مور|من بعد|من تاريخ"
    )
    + r"))(?!\w)"
)
_TIMES_AFTER = re.compile(
    r"(?<!\w)(?:(?P<before>"
    + any_of("au plus tard|at the latest|a más tardar|كآخر أجل|على أبعد تقدير")
    + ")|(?P<after>"
    + any_of("onwards|onward|au plus tôt|at the earliest|en adelante|فصاعدا")
    + r"))(?!\w)"
)
_CLAUSE = re.compile(r"[.;!?؟؛\n]")
_JOINS = re.compile(r",|،|(?<!\w)(?:et|ou|and|or|y|o|mais|but|pero)(?!\w)|\sو(?=\w)")
_OR_EQUAL = re.compile(r"\s(?:ou egale?s?|or equal|o igual(?:es)?|او يساوي|او تساوي|او يعادل)(?!\w)")


def condition(flat: str, figure: Figure, others: Sequence[Figure] = ()) -> str:
    """The condition that the text in plain form puts on one of its figures; empty for none.

    Args:
        others: The figures of that text: their conditions are not taken for this one's.
    """
    before = _OR_EQUAL.sub("", _before(flat, figure, others))
    after = _after(flat, figure, others)
    if figure.unit == DATE:
        return _last(_TIMES, before) or _first(_TIMES_AFTER, after)
    return _bound(before) or _first(_BOUNDS_AFTER, after)


def contradicts(one: str, other: str) -> bool:
    """Whether two conditions on the same figure exclude each other; none excludes nothing."""
    return bool(one) and OPPOSITE[one] == other


def _before(flat: str, figure: Figure, others: Sequence[Figure]) -> str:
    earliest = max(0, figure.start - _REACH)
    previous = max((other.end for other in others if other.end <= figure.start), default=0)
    gap = flat[max(earliest, previous) : figure.start]
    if previous > earliest:
        gap = gap[_end_of_last(_JOINS, gap) :]
    return gap[_end_of_last(_CLAUSE, gap) :]


def _after(flat: str, figure: Figure, others: Sequence[Figure]) -> str:
    limit = figure.end + _REACH_AFTER
    following = min((other.start for other in others if other.start >= figure.end), default=limit)
    gap = flat[figure.end : min(limit, following)]
    cut = _CLAUSE.search(gap) or (_JOINS.search(gap, 3) if following < limit else None)
    return gap[: cut.start()] if cut else gap


def _end_of_last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=0)


def _bound(text: str) -> str:
    found, negated = "", False
    for match in _BOUNDS.finditer(text):
        kind = match.lastgroup
        if kind in ("not", "ne"):
            negated = True
        elif kind in ("min", "max"):
            found, negated = str(kind), False
        else:
            found, negated = (MAX if (kind == "up") is negated else MIN), False
    return found


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = ""
    for match in pattern.finditer(text):
        found = str(match.lastgroup)
    return found


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return str(match.lastgroup) if match else ""
