"""Bytes to text: byte order marks, Unicode, then a judgement among the legacy encodings.

charset-normalizer is weak on short Arabic and French legacy text, so those are judged here by what letters stand next
to each other; it is asked only when none of them makes sense.
"""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from jazari_rag.errors import UnsupportedFormatError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Ties go to the first: French in windows-1252 reads the same in windows-1256.
_LEGACY = ("cp1252", "iso-8859-15", "cp1256", "iso-8859-6", "mac-roman")
_AS_BROWSERS_READ_IT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
_SAMPLE = 60_000
_PLAUSIBLE = 0.35
_HOPELESS = -1.5

_ACCENTED = "éèêëàâäçîïôöùûüÿñáíóúœæãõßåøìò"
_LATIN = f"a-zA-Z{_ACCENTED}{_ACCENTED.upper()}"
_ARABIC = "\u0621-\u063a\u0641-\u0652\u067e\u0686\u0698\u06af"
_ARABIC_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06af]")
_JUDGED_LETTERS = 30
_STRANGE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]")
_GOOD_ACCENT = re.compile(
    f"(?<=[a-z{_ACCENTED}])[{_ACCENTED}]|[{_ACCENTED}](?=[a-z'’])"
    f"|(?<![a-z{_ACCENTED}])[ÀÂÇÉÈÊËÎÏÔÙÛÜÑÁÍÓÚŒ](?=[{_LATIN}'’ ])|(?<=[A-Z])[ÀÂÇÉÈÊËÎÏÔÙÛÜÑÁÍÓÚŒ](?![a-z])"
    r"|(?<=\s)[àÀ](?=\s)"
)
_ACCENTED_RUN = re.compile("[à-öø-ÿÀ-ÖØ-Þ]{3,}")
_GOOD_SIGN = re.compile(r"[«»°’‘“”–—…€·•§²³\u00a0¿¡ºª©®™]")
_ARABIC_PAIR = re.compile(f"(?<=[{_ARABIC}])[{_ARABIC}]|[{_ARABIC}](?=[{_ARABIC}])|[؟،؛]|(?<= )و(?= )")
_ARABIC_BAD = re.compile(f"[{_LATIN}](?=[{_ARABIC}])|(?<=[{_ARABIC}])[{_LATIN}]|[ةى](?=[{_ARABIC}])")
_ARABIC_WORD = re.compile(
    r"(?<![\u0621-\u0652])(?:ال|وال|لل|بال)(?=[\u0621-\u064a]{2})"
    r"|(?<![\u0621-\u0652])(?:من|في|على|إلى|أن|أو|عن|هذا|هذه|التي|الذي|كل|لا|ما|مع|بعد|قبل)(?![\u0621-\u0652])"
)


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str]:
    """The text and the name of the encoding that it was found to be in.

    Args:
        data: The whole file.
        declared: What the file says of itself (`<meta charset>`); believed where the bytes allow it.

    Raises:
        UnsupportedFormatError: The bytes are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), name
    found = _wide(data) or _utf8(data) or _declared(data, declared) or _legacy(data)
    if found is None:
        raise UnsupportedFormatError("the file is binary, or text in an encoding that is not known: save it as UTF-8")
    return found


def plausibility(text: str) -> float:
    """How much the non-ASCII characters of `text` look like French, Spanish or Arabic; in [-3, 1.5]."""
    foreign = sum(not char.isascii() for char in text)
    if not foreign:
        return 1.0
    strange = len(_STRANGE.findall(text))
    good = len(_GOOD_ACCENT.findall(text)) + 0.5 * len(_GOOD_SIGN.findall(text))
    good += len(_ARABIC_PAIR.findall(text)) + len(_ARABIC_WORD.findall(text))
    bad = len(_ARABIC_BAD.findall(text)) + 3 * strange + _unlike_arabic(text)
    bad += sum(len(run) for run in _ACCENTED_RUN.findall(text))
    unexplained = max(0.0, foreign - good)
    return (good - bad - unexplained) / foreign


def _unlike_arabic(text: str) -> int:
    """How many letters to distrust: in Arabic a quarter are alef or lam, and rare ones are rare."""
    letters = _ARABIC_LETTER.findall(text)
    frequent = sum(letter in "ال" for letter in letters)
    rare = sum(letter in "ظغذثضزؤئءآىژچپگ" for letter in letters)
    unlike = frequent < 0.12 * len(letters) or rare > 0.25 * len(letters)
    return len(letters) if unlike and len(letters) >= _JUDGED_LETTERS else 0


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 or UTF-32 without its mark: it has NULs, and they stand in the same places."""
    if b"\0" not in data[:4096]:
        return None
    for name, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        sample = data[: 4096 // width * width]
        text = sample[: len(sample) // width * width].decode(name, "replace")
        likely = sum(char in "\n\r\t" or (" " <= char <= "\u06ff" and not _STRANGE.match(char)) for char in text)
        if text and likely > 0.9 * len(text):
            return data.decode(name, "replace"), name
    raise UnsupportedFormatError("the file is binary: no reader knows it")


def _utf8(data: bytes) -> tuple[str, str] | None:
    """UTF-8, also with a few damaged characters among many that are right."""
    if b"\x1b$" in data or b"\x1b(" in data:
        return None
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if damaged and sum(not char.isascii() for char in text) <= 20 * damaged:
        return None
    return text, "utf-8"


def _declared(data: bytes, declared: str | None) -> tuple[str, str] | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
        name = _AS_BROWSERS_READ_IT.get(name, name)
        text = data.decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return (text, name) if text.count("\ufffd") * 200 <= len(text) else None


def _legacy(data: bytes) -> tuple[str, str] | None:
    sample = _sample(data)
    if b"\x1b$" in data or b"\x1b(" in data:
        return _guessed(data, sample)
    scores = {name: plausibility(sample.decode(name, "replace")) for name in _LEGACY}
    best = max(_LEGACY, key=scores.__getitem__)
    if scores[best] < _PLAUSIBLE:
        return _guessed(data, sample) or ((data.decode(best, "replace"), best) if scores[best] > _HOPELESS else None)
    return data.decode(best, "replace"), best


def _guessed(data: bytes, sample: bytes) -> tuple[str, str] | None:
    guess = charset_normalizer.from_bytes(sample).best()
    return None if guess is None else (data.decode(guess.encoding, "replace"), guess.encoding)


def _sample(data: bytes) -> bytes:
    """The lines that have something to judge, from the beginning on."""
    if len(data) <= _SAMPLE:
        return data
    lines = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    return b"".join(lines)[:_SAMPLE]
