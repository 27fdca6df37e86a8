"""What a number in digits says, whatever its separators: pure functions from its text to comparable readings."""

from __future__ import annotations

import re


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
