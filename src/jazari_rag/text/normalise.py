"""One spelling for what people write in many: folding for search, and the words of a text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

VERSION = 3
"""Part of the fingerprint of an index: raise it when folding or tokens change."""

_DASHES = "‐‑‒–—―−﹘﹣－"
_APOSTROPHES = "’‘ʼʹ′`´＇ʻ‛"
_LETTERS = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys("ىیۍېے", "ي"),
    **dict.fromkeys("کګڭگݣڪ", "ك"),
    **dict.fromkeys("ہھۀە", "ه"),
    "ة": "ه",
    "ٱ": "ا",
    "ڤ": "ف",
    "پ": "ب",
    "چ": "ج",
    "ـ": "",
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "٫": ".",
    "٬": ",",
    "٪": "%",
}
_ACCENTS = (
    (0x0300, 0x036F),
    (0x0591, 0x05BD),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x08D3, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE20, 0xFE2F),
)
"""Marks that writers leave out without changing the word: Latin accents, Arabic and Hebrew vowels."""


SUPERSCRIPT_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Footnote marks: part of no word or number that they are set behind."""


class _FoldTable(dict[int, str]):
    """Code point -> its folded text, worked out on first use.

    Character by character, since `unicodedata.normalize` sorts a run of marks in quadratic time.
    """

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if character in SUPERSCRIPT_DIGITS:
        return " "
    category = unicodedata.category(character)
    if category in ("Cf", "Cs") or character == "\N{ARABIC TATWEEL}":
        return ""
    if character in _LETTERS:
        return _LETTERS[character]
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    kept = "".join(c for c in decomposed if not _is_accent(c))
    return "".join(_fold_part(c) for c in unicodedata.normalize("NFC", kept))


def _fold_part(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return "" if unicodedata.category(character) == "Cf" else _LETTERS.get(character, character)


def _is_accent(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in _ACCENTS)


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """`text` as search compares it: one case, no accents or vowel marks, one form a letter, ASCII digits.

    Invisible characters and lone surrogates are dropped. Idempotent; takes any string; linear in its length.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    return _CHANGED.sub(_folded_run, text)


_CHANGED = re.compile(r"[^\x00-\x40\x5b-\x5f\x61-\x7f\u0621\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a]+")
"""Runs of characters that folding may change: not those that make up most of a French or an Arabic text."""


def _folded_run(match: re.Match[str]) -> str:
    return match[0].translate(_TABLE)


@dataclass(frozen=True, slots=True)
class SearchText:
    """A display text folded, and where each character of it stands there.

    `starts` has an entry for every character of `text`, and one for its end.
    """

    text: str
    starts: Sequence[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the display text that `text[start:end]` folds, with the marks that folding drops after it."""
        return self.starts[start], self.starts[end] if end > start else self.starts[start]

    def place(self, position: int) -> int:
        """Where the character at `position` of the display text is in `text`, or the next one that folding keeps."""
        return bisect_left(self.starts, position)


@lru_cache(maxsize=8)
def search_text(text: str) -> SearchText:
    """`fold(text)`, with its offsets into `text`. A page is asked for by all that read it, so the last few are kept."""
    if text.isascii():
        return SearchText(fold(text), range(len(text) + 1))
    parts = list(map(_TABLE.__getitem__, map(ord, text)))
    folded, lengths = "".join(parts), list(map(len, parts))
    if lengths.count(1) == len(lengths):
        return SearchText(folded, range(len(text) + 1))
    starts = [index for index, length in enumerate(lengths) for _ in range(length)]
    return SearchText(folded, [*starts, len(text)])


_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u2d7f"
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_NUMBER = r"\d++(?:[.,/:\-]\d++)*+(?![^\W_])"
_WORD = rf"{_LETTER}++(?:'(?!{_NUMBER}){_LETTER}++)*+"
_TOKEN = re.compile(rf"{_NUMBER}|{_WORD}")
_ELIDED = frozenset("l’d’j’m’t’s’n’c’b’f’w’qu’jusqu’lorsqu’puisqu’quoiqu’quelqu".split("’"))  # noqa: SIM905


def tokens(text: str) -> list[str]:
    """The words and numbers of `text`, folded, in order.

    A number keeps its inner separators ("09-08", "2.04.422", "1.500,00"). An elided article or pronoun is taken off
    ("l'article" -> "article"), an apostrophe within a word stays ("aujourd'hui").
    """
    found: list[str] = []
    for stretch in text.split():
        found += _known_tokens(stretch) if len(stretch) <= _KNOWN_LONGEST else _tokens_of(stretch)
    return found


def _tokens_of(stretch: str) -> tuple[str, ...]:
    return tuple(_unelided(match) for match in _TOKEN.findall(fold(stretch)))


_known_tokens = lru_cache(maxsize=50_000)(_tokens_of)
_KNOWN_LONGEST = 40
"""Characters of a stretch between spaces whose tokens are kept: most of a text are stretches met before."""


def _unelided(word: str) -> str:
    if "'" not in word:
        return word
    parts = word.split("'")
    first = next((i for i, part in enumerate(parts[:-1]) if part not in _ELIDED), len(parts) - 1)
    return "'".join(parts[first:]).removesuffix("'s")


_PARTS = re.compile(r"[.,/:\-]")
_AMOUNT = re.compile(r"(\d{1,3}(?:[.,]\d{3})+)(?:([.,])(\d{1,2}))?$")


def is_number(token: str) -> bool:
    """Whether a token is a number, with or without separators."""
    return token[:1].isdigit() and token[-1:].isdigit() and not any(c.isalpha() for c in token)


def number_terms(token: str) -> list[str]:
    """What a number is found by: itself in one form, then its parts, without leading zeros.

    "2.04.422" and "2-04-422" share "2-4-422"; "1.500,00" is "1500".
    """
    amount = _AMOUNT.match(token)
    if amount:
        whole = re.sub(r"\D", "", amount[1]).lstrip("0") or "0"
        cents = (amount[3] or "").rstrip("0")
        return [f"{whole}-{cents}" if cents else whole]
    parts = [part.lstrip("0") or "0" for part in _PARTS.split(token)]
    return parts if len(parts) == 1 else ["-".join(parts), *parts]


_SCRIPTS = (
    (0x0041, 0x024F, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x08A0, 0x08FF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x1200, 0x139F, "Ethi"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x2D30, 0x2D7F, "Tfng"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFC, "Arab"),
)


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    code = ord(letter)
    return next((name for first, last, name in _SCRIPTS if first <= code <= last), "")


def script_of(word: str) -> str:
    """The ISO 15924 script of a word's first letter, "" where it has none or it is not told apart."""
    first = word[:1]
    if not first.isalpha():
        first = next(filter(str.isalpha, word), "")
    return _script_of_letter(first) if first else ""


def main_script(text: str) -> str:
    """The script of most letters in words of `text`, "" when it has none."""
    return script_of_words(tokens(text))


def script_of_words(words: Sequence[str]) -> str:
    """The script of most letters, "" when there are none."""
    letters: Counter[str] = Counter()
    for word, times in Counter(words).items():
        letters[script_of(word)] += times * len(word)
    letters.pop("", None)
    return letters.most_common(1)[0][0] if letters else ""
