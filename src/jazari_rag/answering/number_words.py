"""Numbers written in words, in every served language at once: `vingt et un`, `خمسة وعشرون`, `المادة الثالثة`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from jazari_rag.answering.lexicon import plain, words_of

T = TypeVar("T")


def _values(rows: Mapping[int, str]) -> dict[str, int]:
    return {plain(word): value for value, words in rows.items() for word in words.split()}


ONES: Final = _values({1: "un une one uno una واحد واحدة أحد إحدى حد wahd wahed وحدة"})
"""They count within a longer number alone: elsewhere most of them are articles."""

CARDINALS: Final = ONES | _values(
    {
        2: "deux two dos twice اثنان اثنين اثنا اثني اثنتان اثنتين اثنتا اثنتي جوج jouj joj",
        3: "trois three tres ثلاثة ثلاث تلاتة تلت tlata",
        4: "quatre four cuatro أربعة أربع ربعة ربع reb3a",
        5: "cinq five cinco خمسة خمس khamsa",
        6: "six seis ستة ست stta",
        7: "sept seven siete سبعة سبع seb3a",
        8: "huit eight ocho ثمانية ثماني ثمان تمنية تمانية تمن tmnya tmenya",
        9: "neuf nine nueve تسعة تسع تسعود tes3oud",
        10: "dix ten diez عشرة عشر 3achra",
        11: "onze eleven once حداش حضاش hdach",
        12: "douze twelve doce طناش اطناش tnach",
        13: "treize thirteen trece تلطاش تلتاش",
        14: "quatorze fourteen catorce ربعطاش",
        15: "quinze fifteen quince خمسطاش khmstach",
        16: "seize sixteen dieciséis سطاش",
        17: "seventeen diecisiete سبعطاش",
        18: "eighteen dieciocho تمنطاش",
        19: "nineteen diecinueve تسعطاش",
        20: "vingt vingts twenty veinte عشرون عشرين 3echrin",
        21: "veintiuno veintiún veintiuna",
        22: "veintidós",
        23: "veintitrés",
        24: "veinticuatro",
        25: "veinticinco",
        26: "veintiséis",
        27: "veintisiete",
        28: "veintiocho",
        29: "veintinueve",
        30: "trente thirty treinta ثلاثون ثلاثين تلاتين tlatin",
        40: "quarante forty cuarenta أربعون أربعين ربعين reb3in",
        50: "cinquante fifty cincuenta خمسون خمسين khamsin",
        60: "soixante sixty sesenta ستون ستين settin",
        70: "septante seventy setenta سبعون سبعين seb3in",
        80: "huitante eighty ochenta ثمانون ثمانين تمانين tmanin",
        90: "nonante ninety noventa تسعون تسعين tes3in",
        100: "cent cents hundred cien ciento مائة مئة مية ميات مئات mya myat",
        200: "doscientos doscientas مائتان مائتين مئتين مئتان مائتا مائتي مئتا مئتي ميتين mitin",
        300: "trescientos trescientas ثلاثمائة ثلاثمئة تلتمية تلاتمية",
        400: "cuatrocientos cuatrocientas أربعمائة أربعمئة ربعمية",
        500: "quinientos quinientas خمسمائة خمسمئة خمسمية",
        600: "seiscientos seiscientas ستمائة ستمئة ستمية",
        700: "setecientos setecientas سبعمائة سبعمئة سبعمية",
        800: "ochocientos ochocientas ثمانمائة ثمانمئة ثمانيمائة ثمانيمئة تمنمية",
        900: "novecientos novecientas تسعمائة تسعمئة تسعمية",
        1000: "mille mil thousand ألف آلاف ألفا alf",
        2000: "ألفان ألفين ألفي",
        1_000_000: "million millions millón millones مليون مليونا ملايين",
        1_000_000_000: "milliard milliards billion billions مليار مليارات",
    }
)

_AR_ORDINALS = (
    "أول أولى|ثاني ثانية|ثالث ثالثة|رابع رابعة|خامس خامسة|سادس سادسة|سابع سابعة|ثامن ثامنة|تاسع تاسعة|عاشر عاشرة"
)
ORDINALS: Final = (
    _values({1: "حادي حادية فاتح"})
    | {plain(word): n for n, words in enumerate(_AR_ORDINALS.split("|"), 1) for word in words.split()}
    | _values(
        {
            1: "premier première first primero primera primer",
            2: "deuxième second seconde segundo segunda",
            3: "troisième third tercero tercera tercer",
            4: "quatrième fourth cuarto cuarta",
            5: "cinquième fifth quinto quinta",
            6: "sixième sixth sexto sexta",
            7: "septième seventh séptimo séptima",
            8: "huitième eighth octavo octava",
            9: "neuvième ninth noveno novena",
            10: "dixième tenth décimo décima",
            11: "onzième eleventh undécimo undécima",
            12: "douzième twelfth duodécimo duodécima",
            13: "treizième thirteenth",
            14: "quatorzième fourteenth",
            15: "quinzième fifteenth",
            16: "seizième sixteenth",
            17: "seventeenth",
            18: "eighteenth",
            19: "nineteenth",
            20: "vingtième twentieth vigésimo vigésima",
            30: "trentième thirtieth trigésimo trigésima",
            40: "quarantième fortieth cuadragésimo cuadragésima",
            50: "cinquantième fiftieth quincuagésimo quincuagésima",
            60: "soixantième sixtieth sexagésimo sexagésima",
            100: "centième hundredth centésimo",
        }
    )
)
SCALES: Final = {word: value for word, value in CARDINALS.items() if value in (1000, 10**6, 10**9)}
"""What multiplies digits: `3 millions`, `5 آلاف`."""

WORD = re.compile(r"[^\W_]+")
_LINKED = re.compile(r"(?:et|and|y|و)[\s-]*$")
_JOINT = re.compile(r"[\s\u00ad‐‑-]+(?:(?:et|and|y)[\s-]+|و\s*)?")
_PREFIXES = ("بال", "فال", "كال", "لل", "ال", "ب", "ف", "ل")
_NEEDS_NOUN = frozenset(["neuf", "once", "dos", "ten", "tres", "ست", "سبع", "ربع", "خمس", "mil", "second"])
"""Words of other meanings: they count only right before what is counted, or within a longer number."""
_VAGUE = words_of("cents millions millones milliards billions hundreds thousands ملايين آلاف مئات ميات مليارات")
"""Many, and no number, when they stand alone."""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """`flat[start:end]` says `value`; `ordinal` when it says which, not how many."""

    start: int
    end: int
    value: int
    ordinal: bool
    single: str
    """The word without prefixes, when it is one alone; else empty."""


def with_prefixes(known: Mapping[str, T]) -> dict[str, T]:
    """`known` with every word also as it is written with an Arabic article or preposition before it."""
    prefixed = {prefix + word: value for prefix in _PREFIXES for word, value in known.items() if not word.isascii()}
    return prefixed | dict(known)


def number_words(flat: str, words: Iterable[re.Match[str]] | None = None) -> Iterator[NumberWords]:
    """The numbers in words of a text in plain form, in order, "un" and "one" among them.

    Args:
        words: The words of the text, all those of `TOKENS` among them; found out when not given.
    """
    reading = _Reading()
    for match in WORD.finditer(flat) if words is None else words:
        token = TOKENS.get(match.group())
        if token is None:
            continue
        value, ordinal, joined, base = token
        gap = flat[reading.end : match.start()] if reading.words else ""
        if reading.words and _links(gap):
            linked = joined or _LINKED.search(gap) is not None
            if reading.takes(value, linked):
                reading.add(match, base, value, ordinal, linked)
                continue
        yield from reading.done()
        reading = _Reading(match.start() + joined)
        reading.add(match, base, value, ordinal, False)
    yield from reading.done()


def _links(gap: str) -> bool:
    return len(gap) < 12 and _JOINT.fullmatch(gap) is not None


_Token: TypeAlias = tuple[int, bool, bool, str]


def _tokens() -> dict[str, _Token]:
    """Word -> its value, whether it is an ordinal, whether "and" is written to it, and the word without prefixes."""
    ordinals = with_prefixes({word: (value, True, False, word) for word, value in ORDINALS.items()})
    cardinals = with_prefixes({word: (value, False, False, word) for word, value in CARDINALS.items()})
    plainly: dict[str, _Token] = ordinals | cardinals
    linked = {
        "و" + word: (value, ordinal, True, base)
        for word, (value, ordinal, _, base) in plainly.items()
        if not word.isascii()
    }
    return linked | {word: token for word, token in plainly.items() if word not in linked} | _not_linked(plainly)


def _not_linked(tokens: Mapping[str, _Token]) -> dict[str, _Token]:
    """Words that begin with the letter of "and" by themselves."""
    return {word: tokens[word] for word in (*CARDINALS, *ORDINALS)}


TOKENS: Final = _tokens()


class _Reading:
    """A number being read, word by word."""

    def __init__(self, start: int = 0) -> None:
        self.start = self.end = start
        self.words: list[str] = []
        self.values: list[int] = []
        self._ordinal = False
        self._total = self._current = 0

    def takes(self, value: int, joined: bool) -> bool:
        """Whether `value` goes on the number; if not ("two and three"), another one starts."""
        last = self.values[-1]
        if value >= 1000:
            return not joined and last < 1000 and self._current > 0
        if last >= 1000:
            return True
        if value == 100:
            return not joined and last < 10 and self._current < 10
        if value > 100:
            return False
        if last >= 100:
            return True
        if value >= 20:
            return (joined and last < 10 and value % 10 == 0) or (last == 4 and value == 20 and not joined)
        if value >= 10:
            return (value == 10 and last < 10 and not joined) or last in (60, 20)
        return last in (20, 30, 40, 50, 60, 70, 80, 90) or (last == 10 and value > 6)

    def add(self, match: re.Match[str], base: str, value: int, ordinal: bool, linked: bool) -> None:
        last = self.values[-1] if self.values else 0
        if value == 2000:
            self._total += value
        elif value >= 1000:
            self._total += max(self._current, 1) * value
            self._current = 0
        elif value == 100 and 0 < last < 10:
            self._current *= 100
        elif value == 20 and last == 4 and not linked:
            self._current += 76
        else:
            self._current += value
        self.words.append(base)
        self.values.append(value)
        self._ordinal = self._ordinal or ordinal
        self.end = match.end()

    def done(self) -> Iterator[NumberWords]:
        if not self.words:
            return
        single = self.words[0] if len(self.words) == 1 else ""
        yield NumberWords(self.start, self.end, self._total + self._current, self._ordinal, single)


def is_a_number(found: NumberWords, after: str, *, counts_unit: bool) -> bool:
    """Whether a single ambiguous word is meant as a number, from what follows it."""
    if found.single in _VAGUE:
        return False
    if found.single not in _NEEDS_NOUN:
        return True
    if counts_unit:
        return True
    following = WORD.match(after.lstrip())
    noun = following.group() if following else ""
    return found.single == "neuf" and len(noun) > 3 and noun.endswith(("s", "x"))
