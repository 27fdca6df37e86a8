"""Heads of law and of reports: "Titre II", "الباب الأول", "Article 12 bis"; told apart from references to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from jazari_rag.languages import Language, Languages
from jazari_rag.text.normalise import SUPERSCRIPT_DIGITS

_TITLE = 140
"""Characters of the longest title that may follow a chapter's number."""
_ROMAN = r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:I[Il]{1,2}|IX|IV|V?I{0,3})"
"""Scanned texts print II as "Il"."""
_LOOK_BACK = 60
_WORD_ENDS = rf"(?![^\W{SUPERSCRIPT_DIGITS}])"
_NO_FOOTNOTES = str.maketrans("", "", SUPERSCRIPT_DIGITS)


@dataclass(frozen=True, slots=True)
class Head:
    """`text[start:end]` opens a division; `level` counts from 1, the highest; an article's is 8.

    `label` is what a section path shows: the head and its title on one line.
    """

    start: int
    end: int
    kind: str
    level: int
    label: str


@dataclass(frozen=True, slots=True)
class _Grammar:
    pattern: re.Pattern[str]
    kinds: dict[str, tuple[str, int]]
    before: frozenset[str]
    after: frozenset[str]
    cased: bool


def find_heads(text: str, languages: Languages) -> list[Head]:
    """The heads in order, at the start of a line or after the end of a sentence. Linear in the length."""
    accepted: list[_Candidate] = []
    for match, grammar in _candidates(text, languages):
        previous = accepted[-1] if accepted else None
        if previous and match.start() < previous.match.end():
            continue
        kind, level = grammar.kinds[_plain(match["word"])]
        under_title = previous is not None and previous.kind != "article" and match.start() - previous.end <= _TITLE
        if _is_head(text, match, grammar, under_title=under_title) or _is_next(text, match, grammar, accepted):
            accepted.append(_Candidate(match, kind, level))
    limits = [*(candidate.match.start() for candidate in accepted), len(text)][1:]
    return [_head(text, candidate, limit) for candidate, limit in zip(accepted, limits, strict=True)]


@dataclass(frozen=True, slots=True)
class _Candidate:
    match: re.Match[str]
    kind: str
    level: int

    @property
    def end(self) -> int:
        return self.match.end()


def _candidates(text: str, languages: Languages) -> list[tuple[re.Match[str], _Grammar]]:
    """Matches in order, the longest first. What one language reads as a reference is one ("Article 5 du décret")."""
    found: list[tuple[re.Match[str], _Grammar]] = []
    references: set[int] = set()
    for grammar in _grammars(languages):
        for match in grammar.pattern.finditer(text):
            found.append((match, grammar))
            if _is_reference(text, match, grammar):
                references.add(match.start())
    found = [item for item in found if item[0].start() not in references]
    return sorted(found, key=lambda item: (item[0].start(), -item[0].end()))


@lru_cache(maxsize=8)
def _grammars(languages: Languages) -> tuple[_Grammar, ...]:
    # A language that is written as its base is has the same heads.
    own = [language for language in languages if language.heads and not language.base]
    lent = [language for language in languages if language.heads and language.base]
    seen = {head for language in own for head in language.heads}
    return tuple(_grammar(language) for language in [*own, *(one for one in lent if not set(one.heads) <= seen)])


def _plain(word: str) -> str:
    return " ".join(word.lower().split())


def _alternatives(words: tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"[ \t]+") for word in sorted(set(words), key=len, reverse=True))


def _grammar(language: Language) -> _Grammar:
    kinds = {_plain(word): (head.kind, head.level) for head in language.heads for word in head.words}
    words = _alternatives([word for head in language.heads for word in head.words])
    ordinal = _alternatives(list(language.ordinals)) or "(?!)"
    suffix = _alternatives(list(language.suffixes)) or "(?!)"
    number = (
        rf"(?:(?:n°|رقم)[ \t]*)?(?:\d{{1,6}}(?:[-.]\d{{1,3}}(?!\d))*[ \t]?(?:ers?|ère|ere|re|ème|°|º|ᵉʳ)?"
        rf"|(?-i:{_ROMAN})(?:er)?|(?:{ordinal})(?:[ \t]+(?:{ordinal})){{0,4}}){_WORD_ENDS}"
    )
    tail = rf"(?:[ \t]*[-–]?[ \t]*(?:{suffix}){_WORD_ENDS})?(?:[ \t]+\d(?=[ \t]*[:.\n\r]))?"
    pattern = rf"(?<![\w'’])(?P<word>{words})[ \t\u00a0]*(?P<number>{number}){tail}"
    return _Grammar(
        pattern=re.compile(pattern, re.IGNORECASE),
        kinds=kinds,
        before=frozenset(word.lower() for word in language.reference_before),
        after=frozenset(language.reference_after),
        cased=language.script != "Arab",
    )


_AFTER = re.compile(r"[ \t\u00a0]*([^\s,;:.()]+)?")
_SEPARATED = re.compile(rf"[ \t\u00a0{SUPERSCRIPT_DIGITS}]*(?:[:.\-–—\n\r]|$)")
_SENTENCE_ENDS = frozenset(".;:!?؟؛»”)]…")
_DECORATION = ' \t\u00a0#*>«"“•-–'
_PAGE_NUMBER = re.compile(r"[-–]\s?\d{1,4}\s?[-–]$")


def _is_head(text: str, match: re.Match[str], grammar: _Grammar, *, under_title: bool) -> bool:
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    bare = before.rstrip()
    starts_line = before.rstrip(_DECORATION)[-1:] in ("", "\n", "\r", "\f", "\v", "\u2028")
    ends_before = not bare or (bare != before and (bare[-1] in _SENTENCE_ENDS or _ends_in_page_number(bare)))
    separated = _SEPARATED.match(text, match.end()) is not None
    if grammar.cased and not match[0][0].isupper():
        # Some texts print "article 12 Le juge …": after the end of a sentence that is no reference.
        return (ends_before or under_title) and (separated or text[match.end() : match.end() + 2].strip().isupper())
    if starts_line:
        return separated or ends_before or grammar.cased or before[len(bare) :].count("\n") > 1
    if under_title:
        return True
    return ends_before and (grammar.cased or separated)


def _is_next(text: str, match: re.Match[str], grammar: _Grammar, accepted: Sequence[_Candidate]) -> bool:
    """Whether an article in the middle of a line is the one after the last: its number and a capital say so."""
    number = match["number"].strip()
    last = next((other.match["number"].strip() for other in reversed(accepted) if other.kind == "article"), "")
    if not (grammar.cased and match[0][0].isupper() and number.isdigit() and last.isdigit()):
        return False
    return int(number) == int(last) + 1 and text[match.end() : match.end() + 2].strip()[:1].isupper()


def _ends_in_page_number(bare: str) -> bool:
    return bare[-1] in "-–" and _PAGE_NUMBER.search(bare[-8:]) is not None


def _is_reference(text: str, match: re.Match[str], grammar: _Grammar) -> bool:
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    words = before[before.rfind("\n\n") + 1 :].split()
    if words and words[-1].lower() in grammar.before:
        return True
    following = _AFTER.match(text, match.end())
    after = following[1] if following and following[1] else ""
    if after in grammar.after:
        return True
    rest = text[match.end() : match.end() + 2].lstrip(" \t")[:1]
    return rest in (",", ")", "،") or (rest == ";" and grammar.cased)


def _head(text: str, candidate: _Candidate, limit: int) -> Head:
    start, end = candidate.match.span()
    if candidate.kind != "article":
        end = _title_end(text, end, limit)
    label = " ".join(text[start:end].translate(_NO_FOOTNOTES).split()).rstrip(" .:-–—")
    return Head(start, end, candidate.kind, candidate.level, label)


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
