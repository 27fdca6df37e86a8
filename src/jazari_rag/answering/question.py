"""What a question asks: its content words in every language of the evidence, and the kind of answer it wants."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

from jazari_rag.answering.lexicon import plain
from jazari_rag.answering.numbers import figures
from jazari_rag.answering.unit_words import ARTICLE
from jazari_rag.domain import Hit
from jazari_rag.languages import Languages
from jazari_rag.ports import Analyzer

ASKING_SHARE = 0.5
"""What a word that only asks ("price") counts against one that says of what ("passport")."""

_ARTICLE_HEAD = re.compile(
    r"(?:\b(?:[Aa]rticle|ARTICLE|[Aa]rt\.|[Aa]rtículo)|المادة|الفصل)\s+[\d٠-٩]+(?:[-.][\d٠-٩]+)*\s*[:.–-]?\s*[A-ZÀ-Þ«:\n]"
)
_HEAD = 24
"""Characters of the head of an article."""
_WORD = re.compile(r"[^\W_]+")
_JOINED = "[وف]?"
"""Arabic letters that are written together with the next word: "and", "so"."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A content word of a question; `variants` are the terms that it may have in a passage.

    `asks` tells a word that says what is asked for ("documents", "price") from one that says of what.
    """

    word: str
    variants: frozenset[str]
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as answering sees it.

    Attributes:
        concepts: Content words in order; empty when the question has none.
        kinds: What it asks for ("amount", "duration", "documents" …), from the languages' cues.
        articles: The articles of law that it names.
        languages: Whose words it was understood with.
    """

    text: str
    language: str
    concepts: tuple[Concept, ...]
    kinds: frozenset[str]
    articles: frozenset[str]
    languages: Languages

    @property
    def has_content(self) -> bool:
        """Whether it says anything that can be looked for: digits alone do not."""
        return any(not concept.word.isdigit() for concept in self.concepts)

    @property
    def subject(self) -> frozenset[int]:
        """Positions of the concepts that say what it is about."""
        return frozenset(index for index, concept in enumerate(self.concepts) if not concept.asks)

    def covered(self, terms: Iterable[str]) -> frozenset[int]:
        """Positions of the concepts that stand among `terms`."""
        known = frozenset(terms)
        return frozenset(index for index, concept in enumerate(self.concepts) if concept.variants & known)


class Translator(Protocol):
    """Knows what a word may be in the languages of the evidence."""

    def variants(self, word: str, language: str, targets: Iterable[str]) -> frozenset[str]: ...


def understand(
    text: str,
    language: str,
    *,
    evidence_languages: Iterable[str],
    analyzer: Analyzer,
    languages: Languages,
    translator: Translator | None = None,
) -> Question:
    """The question, in its own language and in those of the evidence: loan words, codes, names, translations."""
    spoken = frozenset(evidence_languages)
    return _understood(text, language, spoken, cast(Hashable, analyzer), languages, cast(Hashable, translator))


@lru_cache(maxsize=16)
def _understood(
    text: str,
    language: str,
    evidence_languages: frozenset[str],
    analyzer: Analyzer,
    languages: Languages,
    translator: Translator | None,
) -> Question:
    """One question is understood by the gate and by its generator: the last few are kept."""
    tried = tuple(dict.fromkeys((language, *sorted(evidence_languages))))
    concepts: dict[frozenset[str], Concept] = {}
    subjects = {plain(word) for word in subject_words(text, language, languages)}
    for word in dict.fromkeys(content_words(text, language, languages)):
        own = frozenset(analyzer.query_terms(word, language))
        variants = own.union(*(analyzer.query_terms(word, code) for code in tried if code != language))
        if translator is not None:
            variants |= translator.variants(word, language, evidence_languages)
        if variants:
            concepts.setdefault(own, Concept(word, variants, asks=len(word) > 1 and plain(word) not in subjects))
    return Question(
        text=text,
        language=language,
        concepts=tuple(concepts.values()),
        kinds=kinds_of(text, language, languages),
        articles=_named_articles(text, languages),
        languages=languages,
    )


def content_words(text: str, language: str, languages: Languages) -> list[str]:
    """The words that are no stop words of the language, in order; lone letters are none."""
    stop_words = _stop_words(languages, language)
    words = _WORD.findall(text)
    return [
        word
        for word in words
        if (_plain_word(word) not in stop_words and (len(word) > 1 or word.isdigit())) or _is_letter_name(word, text)
    ]


def subject_words(text: str, language: str, languages: Languages) -> list[str]:
    """The content words that no cue accounts for, and that say something: what a question is about."""
    words = content_words(cue_pattern(languages, language).sub(" ", plain(text)), language, languages)
    vague = _vague_words(languages, language)
    return [word for word in words if _plain_word(word) not in vague]


def _is_letter_name(word: str, text: str) -> bool:
    """Whether a lone capital names something (category C), rather than opening the sentence or an elision."""
    return (
        len(word) == 1 and word.isascii() and word.isupper() and re.search(rf"\w\s+{word}(?![\w'’])", text) is not None
    )


@lru_cache(maxsize=50_000)
def _plain_word(word: str) -> str:
    return plain(word)


@lru_cache(maxsize=64)
def _stop_words(languages: Languages, language: str) -> frozenset[str]:
    data = languages.find(language)
    return frozenset(part for word in (data.stop_words if data else ()) for part in _WORD.findall(plain(word)))


@lru_cache(maxsize=64)
def _vague_words(languages: Languages, language: str) -> frozenset[str]:
    data = languages.find(language)
    return frozenset(plain(word) for word in (data.vague if data else ()))


@lru_cache(maxsize=64)
def formula_pattern(languages: Languages, language: str) -> re.Pattern[str]:
    """What a plain text begins with that opens or closes an act ("Vu la loi …") and answers nothing."""
    data = languages.find(language)
    phrases = sorted((plain(phrase) for phrase in (data.formulas if data else ())), key=len, reverse=True)
    return re.compile(r"\W*(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)" if phrases else r"(?!)")


def rarity(question: Question, covered: Sequence[frozenset[int]], *, smoothing: float = 1.0) -> tuple[float, ...]:
    """A weight a concept: the fewer candidates have it, the more it tells; less for a word that only asks.

    Args:
        covered: The concepts that each candidate has.
        smoothing: The larger, the closer the weights.
    """
    total = len(covered)
    counts = [sum(index in found for found in covered) for index in range(len(question.concepts))]
    shares = importance(question)
    return tuple(
        share * math.log(smoothing + (1 + total) / (1 + count)) for share, count in zip(shares, counts, strict=True)
    )


def importance(question: Question) -> tuple[float, ...]:
    """1 a concept, `ASKING_SHARE` for one that only asks (unless all of them do)."""
    if all(concept.asks for concept in question.concepts):
        return (1.0,) * len(question.concepts)
    return tuple(ASKING_SHARE if concept.asks else 1.0 for concept in question.concepts)


def kinds_of(text: str, language: str, languages: Languages) -> frozenset[str]:
    """The kinds of answer that a text asks for, or announces (a heading "Pièces à fournir")."""
    flat = plain(text)
    found = frozenset(kind for kind, pattern in _cue_patterns(languages, language) if pattern.search(flat))
    if found & {"amount", "duration"}:
        return found - {"count"}
    return found


@lru_cache(maxsize=64)
def cue_pattern(languages: Languages, language: str) -> re.Pattern[str]:
    """Any cue of a language, in a plain text."""
    data = languages.find(language)
    return _any_of(phrase for cues in (data.cues.values() if data else ()) for phrase in cues)


@lru_cache(maxsize=64)
def _cue_patterns(languages: Languages, language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = languages.find(language)
    return tuple((kind, _any_of(cues)) for kind, cues in (data.cues.items() if data else ()))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted((plain(phrase) for phrase in phrases), key=len, reverse=True)
    if not longest_first:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w){_JOINED}(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def is_question(text: str) -> bool:
    """Whether a sentence or a title asks, by its mark."""
    return text.rstrip(" »\"'").endswith(("?", "؟"))


def hit_context(hit: Hit) -> str:
    """What stands above a passage and is part of what it says: its document's title and its headings."""
    return "\n".join((hit.document.title, *hit.passage.section))


def is_article(question: Question, hit: Hit) -> bool:
    """Whether a hit is an article of law that the question names, by its title, nearest heading or first words."""
    head = "\n".join((hit.document.title, *hit.passage.section[-1:], hit.passage.text[:60]))
    return bool(question.articles & _named_articles(head, question.languages))


def opens_article(question: Question, text: str) -> bool:
    """Whether an article that the question names starts in `text`: "Article 152 La salariée …", no mere mention."""
    return any(
        question.articles & _named_articles(text[match.start() : match.end() - 1], question.languages)
        for match in _ARTICLE_HEAD.finditer(text)
    )


def opens_with_article(question: Question, text: str) -> bool:
    """Whether `text` begins with the head of an article that the question names."""
    return bool(question.articles & _named_articles(text[:_HEAD], question.languages))


def mentions_article(question: Question, text: str) -> bool:
    """Whether `text` names an article that the question names."""
    return bool(question.articles & _named_articles(text, question.languages))


def _named_articles(text: str, languages: Languages) -> frozenset[str]:
    named = (figure for figure in figures(text, languages) if figure.unit == ARTICLE)
    return frozenset(reading for figure in named for reading in figure.readings)
