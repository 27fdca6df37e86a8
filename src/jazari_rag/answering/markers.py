"""What a language model wrote, read as sentences with the passages that they cite.

Models are asked for `[1]`, and write `[1, 2]`, `[1][2]`, `[1-3]`, `[١]`, `【1】`, `[source 1]`, before or after the
full stop, or before the sentence. Nothing here judges: what a sentence may cite or say is verified later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jazari_rag.domain import DraftSentence

NOT_STATED = "NOT_STATED"
"""What a model answers when the passages do not say."""

_NUMBER = r"[0-9٠-٩۰-۹]{1,3}"
_NAMED = (
    r"(?:\^|(?:sources?|passages?|documents?|docs?|r[ée]f|fuentes?|pasajes?|المصدر|المصادر|مصدر|المقطع)\s*[:#°]?\s*)?"
)
_BETWEEN = r"\s*(?:[,،;؛&+\-–]|et|and|y|e|و)\s*"
MARKER = re.compile(
    rf"[\[［【]\s*{_NAMED}({_NUMBER}(?:{_BETWEEN}{_NUMBER})*)\s*(?:†[^\]］】]{{0,80}})?[\]］】]", re.IGNORECASE
)
_MARKERS = re.compile(rf"(?:\s*{MARKER.pattern})*", re.IGNORECASE)
_RANGE = re.compile(rf"({_NUMBER})(?:\s*[-–]\s*({_NUMBER}))?")
_REFUSAL = re.compile(r"\bNOT[_ ]STATED\b")
_STOP = re.compile(r"[.!?؟…]+[»”\"’)]*")
_BULLET = re.compile(r"(?:[-–—•*·▪●◦‣✓✔➢]|\(?[0-9٠-٩۰-۹]{1,2}\s?[.)\-])\s+(?=\S)")
_MAY_BE_LAYOUT = re.compile(r"[-–—•*·▪●◦‣✓✔➢|#`(0-9٠-٩۰-۹_]")
_EMPHASIS = re.compile(r"\*\*|__|^#{1,6}\s+|`")
_RULE = re.compile(r"[\s|:\-–—*_]+")
_BETWEEN_WORDS = re.compile(r"[\s'’(«“\"]+")
_THOUGHT = re.compile(r"^(?:\s*<think(?:ing)?>.*?</think(?:ing)?>)+", re.DOTALL)
_ABBREVIATIONS = frozenset(
    [
        *("art", "arts", "al", "cf", "dr", "ex", "fig", "mme", "mlle", "no", "nos", "nº", "n°", "num", "pp", "par"),
        *("réf", "st", "ste", "sr", "sra", "tel", "tél", "vs", "vol"),
    ]
)
"""Single letters too: initials, and the like of "p. 4"."""


class DraftParser:
    """Reads a reply as it comes: a sentence is given out as soon as nothing that follows can change it."""

    def __init__(self) -> None:
        self._rest = ""
        self._given = 0
        self._begun = False
        self._answers: bool | None = None

    def feed(self, text: str) -> list[DraftSentence]:
        """The sentences that `text` completed."""
        self._rest += text
        if not self._past_thought():
            return []
        found: list[DraftSentence] = []
        while "\n" in self._rest:
            line, self._rest = self._rest.split("\n", 1)
            found += self._new(_parse_line(line))
            self._given = 0
        if not _MAY_BE_LAYOUT.match(self._rest.lstrip()):
            found += self._new(_closed(self._rest))
        return self._unless_refused(found)

    def finish(self, *, cut: bool = False) -> list[DraftSentence]:
        """What is left. `cut` says that the reply stopped in the middle: its last sentence may mean the opposite."""
        if not self._past_thought():
            return []
        left = self._new(_parse_line(self._rest))
        self._rest, self._given = "", 0
        return self._unless_refused(left[:-1] if cut else left)

    def _past_thought(self) -> bool:
        """Drops what a reasoning model first says to itself; False while it is not yet known where that ends."""
        if not self._begun:
            self._rest = without_thought(self._rest)
            start = self._rest.lstrip()[:7].lower()
            if not start or "<think>".startswith(start) or start.startswith("<think"):
                return False
            self._begun = True
        return True

    def _new(self, sentences: list[DraftSentence]) -> list[DraftSentence]:
        """Those of the current line that were not given out yet."""
        new = sentences[self._given :]
        self._given += len(new)
        return new

    def _unless_refused(self, sentences: list[DraftSentence]) -> list[DraftSentence]:
        if self._answers is None and sentences:
            self._answers = not _REFUSAL.search(sentences[0].text)
        if not self._answers:
            return []
        return [sentence for sentence in sentences if not _REFUSAL.search(sentence.text)]


def parse_draft(text: str) -> tuple[DraftSentence, ...]:
    """A whole reply as sentences, list items and table rows; empty when it says `NOT_STATED`."""
    parser = DraftParser()
    return (*parser.feed(text), *parser.finish())


def cited_positions(text: str) -> tuple[int, ...]:
    """The positions (from 0) that the markers in `text` name, each once, in order."""
    numbers: list[int] = []
    for marker in MARKER.finditer(text):
        for first, last in _RANGE.findall(marker.group(1)):
            numbers += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(number - 1 for number in numbers if number > 0))


def without_citations(text: str) -> str:
    """`text` without its markers and the space before them."""
    return re.sub(rf"\s*{MARKER.pattern}", "", text, flags=re.IGNORECASE).strip()


def without_thought(text: str) -> str:
    """`text` without what a reasoning model first says to itself."""
    return _THOUGHT.sub("", text)


def _parse_line(line: str) -> list[DraftSentence]:
    line = _EMPHASIS.sub("", line.strip()).strip()
    if not without_citations(line) or _RULE.fullmatch(line):
        return []
    bullet = _BULLET.match(line)
    if bullet:
        return [_draft(line[bullet.end() :], prefix="- ", breaks_line=True)]
    if line.startswith("|"):
        cells = (cell.strip() for cell in line.strip("|").split("|"))
        return [_draft(" | ".join(cells), breaks_line=True)]
    return [_draft(sentence) for sentence in _sentences(line)]


def _draft(text: str, *, prefix: str = "", breaks_line: bool = False) -> DraftSentence:
    return DraftSentence(prefix + without_citations(text), cited_positions(text), breaks_line)


def _closed(line: str) -> list[DraftSentence]:
    """The sentences of an unfinished line that are followed by the text of another."""
    begun_emphasis_apart = line.strip().rstrip("*_`")
    pieces = list(_sentences(_EMPHASIS.sub("", begun_emphasis_apart).strip()))
    if not pieces:
        return []
    begun = pieces[-1][_markers_end(pieces[-1]) :].lstrip()
    last = -1 if begun and begun[0] not in "[［【" else -2
    return [_draft(piece) for piece in pieces[:last]]


def _sentences(line: str) -> Iterator[str]:
    """The line cut after full stops; markers stay with the sentence before, or after if the line begins with one."""
    leading = _markers_end(line) > 0
    start = 0
    for stop in _STOP.finditer(line):
        after = _markers_end(line, stop.end())
        if not line[after:].strip() or not _ends_sentence(line, start, stop, after):
            continue
        end = stop.end() if leading else after
        yield line[start:end].strip()
        start = end
    if line[start:].strip():
        yield line[start:].strip()


def _markers_end(text: str, start: int = 0) -> int:
    match = _MARKERS.match(text, start)
    return match.end() if match else start


def _ends_sentence(line: str, start: int, stop: re.Match[str], after: int) -> bool:
    if after > stop.end():
        return True
    if not line[after].isspace():
        return False
    following = line[after:].lstrip()[0]
    word = _BETWEEN_WORDS.split(line[start : stop.start()])[-1].lower()
    abbreviated = word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word.isascii())
    return not (stop.group() == "." and (abbreviated or following.islower()))
