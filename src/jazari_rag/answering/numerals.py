"""Numbers in digits: where they stand, and what each says whatever its separators."""

from __future__ import annotations

import re
from typing import Final

_GROUP = r"[ .,'٬]"
TOKEN: Final = re.compile(
    rf"""(?=[+\d])(?:(?P<clock>(?<![\d.,/-])(?:[01]?\d|2[0-4])(?:\s?h(?:\s?[0-5]\d)?(?!\w)|:[0-5]\d(?![\d:])(?:\s?[ap]\.?m(?!\w))?
        |(?:[.][0-5]\d)?\s?[ap]\.?m(?!\w)))
    |(?P<numeric_date>(?<!\d)(?:\d{{1,2}}([-/.])\d{{1,2}}\3(?:1[3-9]|20)\d\d|\d{{1,2}}/\d{{1,2}}/\d\d
        |(?:1[3-9]|20)\d\d([-/])\d{{1,2}}\4\d{{1,2}})(?!\d))
    |(?P<phone>(?<![\w.,/-])(?:\+\ ?|00)[1-9]\d{{0,2}}[ .-]?(?:\(0\)[ ]?)?\d(?:[ .-]?\d){{6,10}}(?!\d)
        |(?<![\w.,/-])0\d(?:[ .-]?\d){{7,8}}(?!\d)
        |(?<!\d)0\d{{8,}})
    |(?P<grouped>(?<!\d)[1-9]\d{{0,2}}(?:{_GROUP}\d{{3}})+(?:[.,٫]\d{{1,2}})?(?![\d]|[-/.]\d))
    |(?P<reference>\d+(?:[-/.–‑]\d+)+)
    |(?P<decimal>\d+[,٫]\d+)
    |(?P<whole>\d+))""",
    re.VERBOSE,
)
"""A number in plain text, of the kind that its group is named after."""
REVERSED: Final = re.compile(r"(?<=[\u0600-\u06ff] )\d{3}(?: \d{3})* [1-9]\d{0,2}(?!\d)")
"""`294 641 1` in an Arabic text: its groups of thousands stand in the order that they are typed in."""
ENUMERATOR: Final = re.compile(
    r"^\s*(?:\(?\d{1,2}\s*[.)\-–]\s+|\(?\d{3}\s*[.)\-–]\s+(?=[^\W\d]))|(?:(?<=[:;؛\n])|(?<=[:;؛]\s))\s*\d{1,2}\s?[.°]\s+(?=[^\W\d])"
    r"|(?<=[;؛]\s)\d{1,2}\s?[.°]\s*\Z"
    r"|[:;؛\n]\s*[-–]\s*\d{1,2}\s+(?=[^\W\d])"
    r"|(?<![\w(.,/-])\d{1,2}\)(?=\s*[^\W\d])"
)
"""At the start, after a colon or a semicolon, or with a bracket that nothing opens."""


def readings(kind: str, raw: str) -> frozenset[str]:
    if kind == "grouped":
        head, _, tail = re.sub(r"[.,٫](?=\d{1,2}$)", "|", raw).partition("|")
        return frozenset({decimal(re.sub(r"\D", "", head), tail)})
    if kind == "decimal":
        head, tail = re.split(r"[,٫]", raw)
        return frozenset({decimal(head, tail)})
    if kind == "reference":
        parts = re.split(r"[-/.–‑]", raw)
        reference = "-".join(map(whole_number, parts))
        if len(parts) == 2 and "." in raw:
            return frozenset({reference, decimal(*parts)})
        return frozenset({reference})
    return frozenset({whole_number(raw)})


def decimal(whole: str, fraction: str) -> str:
    fraction = fraction.rstrip("0")
    return f"{whole_number(whole)}.{fraction}" if fraction else whole_number(whole)


def whole_number(digits: str) -> str:
    """Without `int`, which refuses thousands of digits."""
    return digits.lstrip("0") or "0"


def times(reading: str, scale: int) -> str:
    whole, _, fraction = reading.partition(".")
    if not (whole + fraction).isdecimal():
        return reading
    zeros = len(str(scale)) - 1
    padded = fraction.ljust(zeros, "0")
    return decimal(whole + padded[:zeros], padded[zeros:])


def phone(raw: str) -> str:
    """National significant digits: `+212 5…`, `00212 5…` and `05…` are one."""
    return re.sub(r"\D", "", raw)[-9:]


def clock(raw: str) -> tuple[int, int]:
    """Hour and minutes of `8h30`, `8:30`, `8.30 a.m.`."""
    parts = [int(part) for part in re.findall(r"\d+", raw)]
    hour, minutes = parts[0], parts[1] if len(parts) > 1 else 0
    return (hour + 12 if "p" in raw and hour < 12 else hour), minutes


def fraction(written: str) -> frozenset[str]:
    """What `2/3` may be compared with: itself, and its decimals where they end (`1/2` is 0.5)."""
    above, below = map(int, written.split("/"))
    hundredths, rest = divmod(100 * above, below)
    if rest:
        return frozenset({f"{above}-{below}"})
    whole, part = divmod(hundredths, 100)
    return frozenset({f"{above}-{below}", decimal(str(whole), f"{part:02}")})
