"""What may come in, and what may not go out."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

MAX_QUESTION = 2000
"""Characters. A citizen's question is a few lines; more is a document, or an attempt to bury one."""

_KEPT_CONTROLS = frozenset("\n\t")
_JOINERS = frozenset("\u200c\u200d")

_LINK = re.compile(
    r"""[a-z][a-z0-9+.-]{1,20}://      # any scheme
    |\b(?:javascript|data|vbscript|mailto|tel|file)\s*:(?=\S)
    |\bwww\s*\.
    |!?\[[^\]]*\]\s*[(\[]              # markdown links and images
    |^\s*\[[^\]]+\]:\s*\S              # markdown link definitions
    |</?[a-z!][^>]*>?                  # HTML
    |&(?:lt|gt|\#x?[0-9a-f]+);
    |[\w.+-]+@[\w-]+\.\w               # e-mail addresses
    |\b\d{1,3}(?:\.\d{1,3}){3}\b(?=[:/])
    |(?<![\w.])(?:[a-z0-9-]+\.)+(?:com|net|org|info|biz|app|dev|xyz|top|site|online|shop|club|link|click|example|test
        |invalid|local|io|co|ai|me|tv|cc|ly|gl|to|eu|uk|us|fr|ma|es|dz|tn|ru|cn|de|it|be|ch|ca|gov|edu|int)
        (?![\w-]|\.\w)                 # a bare host""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_MARKER = re.compile(r"\s*[\[【［]\s*\d{1,4}(?:\s*[,;،؛–-]\s*\d{1,4})*\s*[\]】］](?!\()")
_INJECTION = re.compile(
    r"""\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|previous|above)
    |\b(?:ignore[rz]?|oublie[rz]?|ne\s+tiens?\s+pas\s+compte)\b.{0,40}\b(?:instruction|consigne|ci-dessus|pr[ée]c[ée]dent)
    |\b(?:ignora|ignore|olvida|descarta)\b.{0,40}\b(?:instruccion|anterior|reglas)
    |(?:تجاهل|انس|أهمل).{0,40}(?:التعليمات|الأوامر|السابقة|ما سبق)
    |\bsystem\s+prompt\b|\b(?:prompt|invite)\s+syst[èe]me\b|<\|?\s*(?:im_start|system|assistant)|\bjailbreak\b
    |\byou\s+are\s+now\s+(?:a|an|the|in)\b|\b(?:as|you\s+are)\s+an?\s+(?:ai|language\s+model|assistant)\b""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


class InputVerdict(Enum):
    """What a question is before anything is searched."""

    FINE = "fine"
    BLANK = "blank"
    UNSAFE = "unsafe"


def judge_question(question: str) -> InputVerdict:
    """Whether a question can be taken as it stands.

    Blank is a slip: the citizen is asked to say it again. Only control characters, or more than `MAX_QUESTION`
    characters, is not a question.
    """
    if not question.strip():
        return InputVerdict.BLANK
    if len(question) > MAX_QUESTION or not clean(question):
        return InputVerdict.UNSAFE
    return InputVerdict.FINE


class _KeptTable(dict[int, int | None]):
    """Code point -> itself, or None when it is dropped; worked out on first use."""

    def __missing__(self, code: int) -> int | None:
        kept = self[code] = code if _is_kept(chr(code)) else None
        return kept


_KEPT = _KeptTable()


def clean(text: str) -> str:
    """`text` without control, bidirectional-override, tag and unassigned characters, and without outer space."""
    return text.translate(_KEPT).strip()


def _is_kept(character: str) -> bool:
    if character in _KEPT_CONTROLS or character in _JOINERS:
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def has_link(text: str) -> bool:
    """Whether a reader, a browser or a Markdown renderer could take a part of `text` for a link, an image or HTML."""
    return _LINK.search(unicodedata.normalize("NFKC", clean(text))) is not None


def has_instruction(text: str) -> bool:
    """Whether `text` talks to a language model rather than to a citizen."""
    return _INJECTION.search(clean(text)) is not None


def without_markers(text: str) -> str:
    """`text` without anything that looks like one of our citation markers: we alone write those."""
    while (stripped := _MARKER.sub("", text)) != text:
        text = stripped
    return text
