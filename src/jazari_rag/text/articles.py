"""Articles of law by number, in one form for all languages: "Article premier", "المادة الأولى", "art. 1" are "1"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jazari_rag.languages import Language, Languages
from jazari_rag.text.normalise import fold
from jazari_rag.text.numbering import NumberForms, any_of, number_forms

_LONGEST_TITLE = 200
"""Characters, vowel marks among them."""


@dataclass(frozen=True, slots=True)
class _Names:
    """How a language names an article, over folded text."""

    pattern: re.Pattern[str]
    forms: NumberForms


def named_articles(text: str, languages: Languages) -> frozenset[str]:
    """The numbers of all articles that `text` names."""
    flat = fold(text)
    found = {_number(match, names) for names in _all_names(languages) for match in names.pattern.finditer(flat)}
    return frozenset(found - {""})


def without_articles(text: str, languages: Languages) -> str:
    """`text`, folded, without the names of articles: what else it says, such as of which law they are."""
    flat = fold(text)
    for names in _all_names(languages):
        flat = names.pattern.sub(" ", flat)
    return flat


@dataclass(frozen=True, slots=True)
class ArticleTitle:
    """`numbers` of the articles that a text is; `above` is what stands above the first, the law's name among it."""

    numbers: frozenset[str]
    above: str


def article_title(text: str, languages: Languages) -> ArticleTitle:
    """What articles `text` is, by the lines that end with an article's name, or are it.

    "Article 12", "Code pénal - Article 12", no sentence that mentions one.
    """
    lines = text.splitlines()
    titles = [(index, found) for index, line in enumerate(lines) if (found := _titled(line, languages))]
    if not titles:
        return ArticleTitle(frozenset(), "")
    above = without_articles("\n".join(lines[: titles[0][0] + 1]), languages)
    return ArticleTitle(frozenset().union(*(found for _, found in titles)), above)


def _titled(line: str, languages: Languages) -> frozenset[str]:
    if len(line) > _LONGEST_TITLE or not any(map(str.isalnum, line)):
        return frozenset()
    bare = fold(line).strip(_EDGES)
    found = {
        _number(match, names)
        for names in _all_names(languages)
        for match in names.pattern.finditer(bare)
        if match.end() == len(bare) and bare[: match.start()].rstrip(" \t")[-1:] in _BEFORE_TITLE
    }
    return frozenset(found - {""})


_EDGES = " \t\u00a0.:-#*|"
_BEFORE_TITLE = ("", "-", ":", "|", ",", ">", "(", "/", "#", "*")


def _number(match: re.Match[str], names: _Names) -> str:
    return names.forms.canonical(match["number"], match["suffix"])


@lru_cache(maxsize=8)
def _all_names(languages: Languages) -> tuple[_Names, ...]:
    own = [language for language in languages if language.heads and not language.base]
    return tuple(_names(language) for language in own)


def _names(language: Language) -> _Names:
    words = [fold(word) for head in language.heads if head.kind == "article" for word in head.words]
    forms = number_forms(language)
    number = rf"(?P<number>{forms.number}){forms.tail}"
    return _Names(re.compile(rf"(?<!\w)(?:{any_of(words)})s?[ \t]*(?:{forms.sign})?[ \t]*{number}"), forms)
