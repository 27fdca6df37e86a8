"""Heads of law and of reports: "Titre II", "الباب الأول", "Article 12 bis"; told apart from references to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from jazari_rag.languages import Language, Languages
from jazari_rag.text.normalise import SUPERSCRIPT_DIGITS, fold, search_text
from jazari_rag.text.numbering import NumberForms, any_of, follows_on, number_forms

_TITLE = 140
"""Characters of the longest title that may follow a chapter's number."""
_ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:i[il]{1,2}|ix|iv|v?i{0,3})"
"""Scanned texts print II as "Il"."""
_LOOK_BACK = 60
_NO_FOOTNOTES = str.maketrans("", "", SUPERSCRIPT_DIGITS)
QUOTED = 8
"""Added to the level of a head that stands in quotation marks: what an article quotes is below it."""


@dataclass(frozen=True, slots=True)
class Head:
    """`text[start:end]` opens a division; `level` counts from 1, the highest; an article's is 8.

    Attributes:
        label: What a section path shows: the head and its title on one line.
        number: An article's, in one form for all languages; "" where there is none.
        quoted: Whether it stands in quotation marks, as in a law that changes another.
        doubtful: Whether it may be a reference at the end of a sentence: only the numbers around it can tell.
    """

    start: int
    end: int
    kind: str
    level: int
    label: str
    number: str = ""
    quoted: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Grammar:
    pattern: re.Pattern[str]
    kinds: dict[str, tuple[str, int]]
    before: frozenset[str]
    after: frozenset[str]
    cased: bool
    forms: NumberForms


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A match in the folded text, and the stretch of the display text that it folds."""

    match: re.Match[str]
    grammar: _Grammar
    start: int
    end: int
    doubtful: bool = False

    @property
    def kind(self) -> str:
        return self.grammar.kinds[_plain(self.match["word"])][0]

    @property
    def number(self) -> str:
        if self.kind != "article":
            return ""
        return self.grammar.forms.canonical(self.match["number"], self.match["suffix"])


def find_heads(text: str, languages: Languages) -> list[Head]:
    """The heads in order, at the start of a line or after the end of a sentence. Linear in the length."""
    accepted: list[_Candidate] = []
    for candidate in _candidates(text, languages):
        previous = accepted[-1] if accepted else None
        if previous and candidate.start < previous.end:
            continue
        under_title = previous is not None and previous.kind != "article" and candidate.start - previous.end <= _TITLE
        if (
            candidate.doubtful
            or _is_head(text, candidate, under_title=under_title)
            or _is_next(text, candidate, accepted)
        ):
            accepted.append(candidate)
    limits = [*(candidate.start for candidate in accepted), len(text)][1:]
    return [_head(text, candidate, limit) for candidate, limit in zip(accepted, limits, strict=True)]


def _candidates(text: str, languages: Languages) -> list[_Candidate]:
    """Matches in order, the longest first. What one language reads as a reference is one ("Article 5 du décret")."""
    folded = search_text(text)
    found: list[_Candidate] = []
    references: set[int] = set()
    for grammar in _grammars(languages):
        for match in grammar.pattern.finditer(folded.text):
            if match["roman"] and not text[folded.starts[match.start("roman")]].isupper():
                continue
            start, end = folded.origin(*match.span())
            end = _without_space(text, end)
            if not _is_reference(text, start, end, grammar):
                found.append(_Candidate(match, grammar, start, end))
            elif _stands_alone(text, start, end):
                found.append(_Candidate(match, grammar, start, end, doubtful=True))
            else:
                references.add(start)
    found = [item for item in found if item.start not in references]
    return sorted(found, key=lambda item: (item.start, -item.end, item.doubtful))


def _without_space(text: str, end: int) -> int:
    """`end` before the footnote marks and spaces that folding drops or turns into spaces."""
    while text[end - 1].isspace() or text[end - 1] in SUPERSCRIPT_DIGITS:
        end -= 1
    return end


@lru_cache(maxsize=8)
def _grammars(languages: Languages) -> tuple[_Grammar, ...]:
    # A language that is written as its base is has the same heads.
    own = [language for language in languages if language.heads and not language.base]
    lent = [language for language in languages if language.heads and language.base]
    seen = {head for language in own for head in language.heads}
    return tuple(_grammar(language) for language in [*own, *(one for one in lent if not set(one.heads) <= seen)])


def _plain(word: str) -> str:
    return " ".join(word.split())


def _grammar(language: Language) -> _Grammar:
    kinds = {_plain(fold(word)): (head.kind, head.level) for head in language.heads for word in head.words}
    forms = number_forms(language)
    number = rf"(?P<number>{forms.number}|(?P<roman>{_ROMAN})){forms.tail}"
    pattern = rf"(?<![\w'])(?P<word>{any_of(kinds)})[ \t]*(?:(?:{forms.sign})[ \t]*)?{number}"
    return _Grammar(
        pattern=re.compile(pattern),
        kinds=kinds,
        before=frozenset(fold(word) for word in language.reference_before),
        after=frozenset(fold(word) for word in language.reference_after),
        cased=language.script != "Arab",
        forms=forms,
    )


_AFTER = re.compile(r"[ \t\u00a0]*([^\s,;:.()]+)?")
_SEPARATED = re.compile(rf"[ \t\u00a0{SUPERSCRIPT_DIGITS}]*(?:[:.\-–—\n\r]|$)")
_RANGE = re.compile(r"[ \t\u00a0]?[-–—][ \t\u00a0]?\d")
_ALONE = re.compile(rf"[ \t\u00a0{SUPERSCRIPT_DIGITS}]*(?:[\n\r]|$)")
_SENTENCE_ENDS = frozenset(".;:!?؟؛»”)]…")
_QUOTES = '«"“„'
_DECORATION = f" \t\u00a0#*>•-–{_QUOTES}{SUPERSCRIPT_DIGITS}"
_LINE_STARTS = ("", "\n", "\r", "\f", "\v", "\u2028")
_PAGE_NUMBER = re.compile(r"[-–]\s?\d{1,4}\s?[-–]$")


def _is_head(text: str, candidate: _Candidate, *, under_title: bool) -> bool:
    start, end, cased = candidate.start, candidate.end, candidate.grammar.cased
    before = text[max(0, start - _LOOK_BACK) : start]
    bare = before.rstrip()
    if bare.endswith("("):
        return False
    starts_line = before.rstrip(_DECORATION)[-1:] in _LINE_STARTS
    ends_before = not bare or (bare != before and (bare[-1] in _SENTENCE_ENDS or _ends_in_page_number(bare)))
    separated = _SEPARATED.match(text, end) is not None
    if cased and not text[start].isupper():
        # Some texts print "article 12 Le juge …": after the end of a sentence that is no reference.
        return (ends_before or under_title) and (separated or _opens_text(text, end))
    if starts_line:
        return separated or ends_before or cased or before[len(bare) :].count("\n") > 1
    if under_title:
        return True
    return ends_before and (cased or separated)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a line is nothing else."""
    before = text[max(0, start - _LOOK_BACK) : start].rstrip(_DECORATION)
    return before[-1:] in _LINE_STARTS and _ALONE.match(text, end) is not None


def _is_next(text: str, candidate: _Candidate, accepted: Sequence[_Candidate]) -> bool:
    """Whether an article in the middle of a line is the one after the last: its number and what follows say so."""
    number, end = candidate.number, candidate.end
    last = next((other.number for other in reversed(accepted) if other.number), "")
    if not (candidate.grammar.cased and text[candidate.start].isupper() and number and last):
        return False
    return follows_on(number, last) and (_opens_text(text, end) or _SEPARATED.match(text, end) is not None)


_OPENING = re.compile(rf"[ \t\u00a0{SUPERSCRIPT_DIGITS}]{{0,4}}(?:\d{{1,3}}[ \t]+)?(\w)")


def _opens_text(text: str, end: int) -> bool:
    """Whether a capital follows, perhaps after the mark of a note."""
    opening = _OPENING.match(text, end)
    return opening is not None and opening[1].isupper()


def _ends_in_page_number(bare: str) -> bool:
    return bare[-1] in "-–" and _PAGE_NUMBER.search(bare[-8:]) is not None


def _is_reference(text: str, start: int, end: int, grammar: _Grammar) -> bool:
    before = text[max(0, start - _LOOK_BACK) : start]
    words = before[before.rfind("\n\n") + 1 :].split()
    if words and fold(words[-1]) in grammar.before:
        return True
    following = _AFTER.match(text, end)
    after = following[1] if following and following[1] else ""
    # A capital opens a title or a sentence: "Livre I Des actes".
    if (not after[:1].isupper() and fold(after) in grammar.after) or _RANGE.match(text, end):
        return True
    rest = text[end : end + 2].lstrip(" \t")[:1]
    return rest in (",", ")", "،") or (rest == ";" and grammar.cased)


def _head(text: str, candidate: _Candidate, limit: int) -> Head:
    start, end = candidate.start, candidate.end
    kind, level = candidate.grammar.kinds[_plain(candidate.match["word"])]
    if kind != "article":
        end = _title_end(text, end, limit)
    label = " ".join(text[start:end].translate(_NO_FOOTNOTES).split()).rstrip(" .:-–—")
    quoted = text[max(0, start - _LOOK_BACK) : start].rstrip()[-1:] in tuple(_QUOTES)
    if quoted:
        label, level = f"« {label} »", level + QUOTED
    return Head(_with_mark(text, start), end, kind, level, label, candidate.number, quoted, candidate.doubtful)


_MARK_BEFORE = re.compile(rf"(?:^|(?<=[\n\r]))[ \t\u00a0]*[{SUPERSCRIPT_DIGITS}]+[ \t\u00a0]*\Z")


def _with_mark(text: str, start: int) -> int:
    """`start`, or that of the note's mark which opens the line, as in lines from right to left."""
    line = text[max(0, start - _LOOK_BACK) : start]
    mark = _MARK_BEFORE.search(line)
    return start - len(line) + mark.start() if mark else start


_TITLE_LINE = re.compile(r"[ \t\u00a0:.\-–—]*(?:[\n\r]+[ \t]*)?[^\n\r]*")


def _title_end(text: str, start: int, limit: int) -> int:
    """Where a chapter's title ends: with its line (or the next, where the number stands alone), or at the next head."""
    line = _TITLE_LINE.match(text, start, min(limit, start + _TITLE + 1))
    end = line.end() if line else start
    if end - start > _TITLE:
        return start
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
