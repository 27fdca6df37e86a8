"""Names a text alike in every language: "loi n° 43-20", «القانون رقم 43.20» are "law 43-20"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jazari_rag.domain import Metadata
from jazari_rag.languages import Language, Languages
from jazari_rag.text.articles import article_title, without_articles
from jazari_rag.text.normalise import fold
from jazari_rag.text.numbering import any_of

TEXT_KEYS = "text_keys"
"""In the metadata of a document: what its text is called, by number and by name."""

_NUMBER = re.compile(r"\d+")


def text_keys(title: str, metadata: Metadata, languages: Languages) -> tuple[str, ...]:
    """The keys of a text, from its kind, its number and its title; a single article of a law has its own.

    A number of one part ("décision n° 12") is no key: it begins anew every year. "law 43-20", "family-code",
    "law 17-95 art. 366".
    """
    articles = sorted(article_title(title, languages).numbers)
    which = f" art. {' '.join(articles)}" if articles else ""
    return tuple(dict.fromkeys(f"{key}{which}" for key in (*_by_number(metadata), *_by_name(title, languages))))


def numbered(keys: Sequence[str]) -> frozenset[str]:
    """Those that hold a number in several parts: of one text they are not two different ones."""
    return frozenset(key for key in keys if re.match(r"(?:\w+ )?\d+-\d", key))


def _by_number(metadata: Metadata) -> Iterator[str]:
    reference, kind = metadata.get("reference"), metadata.get("kind", "")
    numbers = _NUMBER.findall(fold(reference)) if isinstance(reference, str) else []
    if len(numbers) > 1:
        yield f"{kind} {'-'.join(str(int(number)) for number in numbers)}".strip()


def _by_name(title: str, languages: Languages) -> Iterator[str]:
    """What a title calls the text that it is of, none that it is only about.

    "Guide du code du travail" is about one, and "Loi modifiant la loi portant code du travail" about two laws.
    """
    bare = " ".join(without_articles(title, languages).split())
    for names in _all_names(languages):
        match = names.alone.match(bare) or names.borne.search(bare)
        if match and len(names.kinds.findall(bare, 0, match.start("name"))) <= 1:
            yield names.keys[" ".join(match["name"].split())]


@dataclass(frozen=True, slots=True)
class _Names:
    """How a language names texts, over folded titles: as all of the title, or behind a word that bears the name.

    `kinds` are the words for kinds of texts ("loi").
    """

    alone: re.Pattern[str]
    borne: re.Pattern[str]
    kinds: re.Pattern[str]
    keys: Mapping[str, str]


@lru_cache(maxsize=8)
def _all_names(languages: Languages) -> tuple[_Names, ...]:
    countries = {word for language in languages for words in language.jurisdictions.values() for word in words}
    end = rf"(?!\w)(?:[\W\d_]|(?:{any_of(map(fold, countries))})(?!\w))*\Z"
    return tuple(_names(language, end) for language in languages if language.texts)


def _names(language: Language, end: str) -> _Names:
    keys = {" ".join(fold(name).split()): key for key, names in language.texts.items() for name in names}
    name = rf"(?P<name>{any_of(keys)})"
    bearing = rf"(?<!\w)(?:{any_of(fold(word) for word in language.text_before)})[ \t]+(?:\w{{1,3}}[ '])?"
    kinds = any_of(fold(word) for words in language.kinds.values() for word in words)
    return _Names(
        alone=re.compile(rf"\W*(?:\w{{1,3}}[ '])?{name}{end}"),
        borne=re.compile(rf"{bearing}{name}(?!\w)"),
        kinds=re.compile(rf"(?<!\w)(?:{kinds})(?!\w)"),
        keys=keys,
    )
