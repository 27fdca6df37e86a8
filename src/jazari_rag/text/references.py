"""References to articles: "les articles 12 à 15 et 20 bis de la loi n° 43-05", "الفصول 329 و331 من هذا القانون"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from jazari_rag.domain import Reference
from jazari_rag.languages import Language, Languages
from jazari_rag.text.normalise import SearchText, fold, search_text
from jazari_rag.text.numbering import NumberForms, any_of, number_forms

_GAP = r"[ \t\n\r]+"
_MOST = 40
"""Numbers of one list."""
_NAME_WORDS = 2
"""Telling words of a law's name after the first, where it has no number: "code de procédure civile"."""
_WORD = re.compile(r"[ \t\n\r]+((?:[cdl]')?[^\s\d.,;:()«»'\"]+)")


@dataclass(frozen=True, slots=True)
class _Forms:
    named: re.Pattern[str]
    one: re.Pattern[str]
    through: frozenset[str]
    law: re.Pattern[str]
    number_after: re.Pattern[str]
    this: re.Pattern[str]
    joins: frozenset[str]
    stop_words: frozenset[str]
    article: tuple[str, ...]
    numbers: NumberForms


def find_references(text: str, languages: Languages) -> list[Reference]:
    """The articles that `text` names, in order, none overlapping another. Heads of articles are among them."""
    folded = search_text(text)
    found = (
        _reference(text, folded, match, forms)
        for forms in _all_forms(languages)
        for match in forms.named.finditer(folded.text)
    )
    kept: list[Reference] = []
    for reference in sorted(found, key=lambda one: (one.start, -one.end, one.law == "")):
        if reference.articles and (not kept or reference.start >= kept[-1].end):
            kept.append(reference)
    return kept


def _reference(text: str, folded: SearchText, match: re.Match[str], forms: _Forms) -> Reference:
    start, end = folded.origin(*match.span())
    law = _law(text, folded, match.end(), forms)
    return Reference(tuple(_articles(match[0], forms)), law, start, start + len(text[start:end].rstrip()))


def _articles(named: str, forms: _Forms) -> Iterable[str]:
    """The numbers of a list; a run is one item."""
    numbers: list[str] = []
    end = 0
    for match in list(forms.one.finditer(named))[:_MOST]:
        number = forms.numbers.canonical(match["number"], match["suffix"])
        between = named[end : match.start()].split()
        end = match.end()
        if numbers and number and between and between[0] in forms.through and ".." not in numbers[-1]:
            numbers[-1] += f"..{number}"
        elif number:
            numbers.append(number)
    return dict.fromkeys(numbers)


def _law(text: str, folded: SearchText, position: int, forms: _Forms) -> str:
    if forms.this.match(folded.text, position):
        return ""
    kind = forms.law.match(folded.text, position)
    if kind is None:
        return ""
    start, end = kind.start("kind"), kind.end()
    number = forms.number_after.match(folded.text, end)
    end = number.end() if number else _name_end(folded.text, end, forms)
    return " ".join(text[slice(*folded.origin(start, end))].split())


def _name_end(text: str, end: int, forms: _Forms) -> int:
    """Where the name of a law ends: after the words that tell something, as its language joins them to the first."""
    position = named = end
    told = 0
    while told < _NAME_WORDS and (word := _WORD.match(text, position)):
        position = word.end()
        if word[1] in forms.joins:
            continue
        if word[1] in forms.stop_words or (forms.article and not word[1].startswith(forms.article)):
            break
        named, told = position, told + 1
    return named


@lru_cache(maxsize=8)
def _all_forms(languages: Languages) -> tuple[_Forms, ...]:
    return tuple(_forms(language) for language in languages if language.references and not language.base)


def _forms(language: Language) -> _Forms:
    numbers = number_forms(language)
    heads = [word for head in language.heads if head.kind == "article" for word in head.words]
    words = {fold(word) for word in (*heads, *language.references.get("words", ()))}
    words |= {fold(prefix) + word[2:] for prefix in language.prefixes for word in words if word.startswith("ال")}
    through = [fold(word) for word in language.references.get("through", ())]
    joined = [fold(word) for word in language.references.get("joined", ())]
    of = [fold(word) for word in language.references.get("of", ())]
    kinds = [fold(word) for words_of in language.kinds.values() for word in words_of]
    this = [fold(word) for word in language.references.get("this", ())]
    arabic = language.script == "Arab"
    one = rf"(?:{numbers.number}){numbers.tail}".replace("(?P<suffix>", "(?:")
    joint = rf"(?:[ \t\n\r]*[,،][ \t\n\r]*|{_GAP}(?:{any_of([*through, *joined])}){'[ ]*' if arabic else _GAP})"
    listed = rf"(?:{numbers.sign})?[ \t]*(?:من{_GAP})?{one}(?:{joint}(?:(?:{any_of(words)})[ \t]*)?{one}){{0,{_MOST}}}"
    before_kind = rf"(?:{_GAP}(?:{any_of(of)}))?"
    return _Forms(
        named=re.compile(rf"(?<!\w)(?:{any_of(words)})[ \t\n\r]*{listed}"),
        one=re.compile(rf"(?<![a-z\d])(?P<number>{numbers.number}){numbers.tail}"),
        through=frozenset(through),
        law=re.compile(
            rf"(?:{_GAP}\w[\w-]*)?{_GAP}(?:{any_of(of)}){_GAP}?"
            rf"(?P<kind>(?:\w+[ ]){{0,2}}?(?:{any_of(kinds)}))(?!\w)"
        ),
        number_after=re.compile(rf"(?:{_GAP}[^\s\d.,;:()]+){{0,3}}?{_GAP}(?:{numbers.sign})[ \t]*(\d[\d.\-/]*\d|\d)"),
        this=re.compile(rf"{before_kind}{_GAP}(?:(?:{any_of(of)}){_GAP}?)?(?:{any_of(this)})(?!\w)"),
        joins=frozenset(of),
        stop_words=frozenset(fold(word) for word in language.stop_words),
        article=tuple(fold(prefix) for prefix in language.prefixes if fold(prefix).endswith("ال")),
        numbers=numbers,
    )
