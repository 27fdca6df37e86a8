"""The terms that lexical search compares: folded words, stemmed by language, and numbers in one form."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import Stemmer

from jazari_rag.languages import Concept, Language, Languages, load_concepts
from jazari_rag.text import normalise
from jazari_rag.text.articles import article_title, named_articles, without_articles
from jazari_rag.text.expansion import WEAK, Expansion
from jazari_rag.text.glossary import Glossary
from jazari_rag.text.normalise import fold, is_number, number_terms, script_of, tokens

VERSION = 2
"""Part of the fingerprint of an index: raise it when the terms of a text change."""

PREFERRED = ("fr", "ar", "zgh")
"""Whose stemmer reads a word in a script that is not its text's, where several could."""

OTHER_LANGUAGE = 0.6
"""Weight of a question's word as another language of the same script would stem it."""

LIGHT = 0.5
"""Weight of a question's word without its prefixes, beside its stem."""

BESIDE_ARTICLE = 0.4
"""Weight of the other words of a question that names an article of law."""

_LIGHT_MARK = "~"
TITLE_MARK = "§"
"""Opens the terms of an article's title, which no word is: its number, and its number with each word above it."""
_SHORTEST = 3
"""Letters that must remain of a word without its prefix."""
_LONGEST = 64
"""Letters of the longest word that is stemmed: beyond it is no word."""
_KNOWN_WORDS = 50_000
"""Words whose terms are kept: the same few thousand make up most of every text."""
_DOUBLED = re.compile(r"(.)\1+")
_CONJUNCTIONS = frozenset("وف")
"""Arabic letters that are written together with the next word."""


class _WordReader:
    """A word's terms in one language, with their weight in a question. Safe to share between threads."""

    def __init__(self, language: Language) -> None:
        self._algorithm = language.stemmer
        self._prefixes = tuple(sorted((fold(prefix) for prefix in language.prefixes), key=len, reverse=True))
        self._letters = {fold(letters): form for letters, form in language.letters.items()}
        longest_first = sorted(self._letters, key=len, reverse=True)
        self._written = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
        self._local = threading.local()

    def terms(self, word: str) -> list[tuple[str, float]]:
        bare = self._without_prefix(word)
        stem = self._stem(bare)
        return [(stem, 1.0), (_LIGHT_MARK + bare, LIGHT)] if self._prefixes else [(stem, 1.0)]

    def form(self, word: str) -> str:
        """What the forms of a word have in common."""
        return self._stem(self._without_prefix(word))

    def _without_prefix(self, word: str) -> str:
        word = self._in_one_form(word)
        for prefix in self._prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
                return word[len(prefix) :]
        return word

    def _in_one_form(self, word: str) -> str:
        if not self._letters or len(word) > _LONGEST:
            return word
        found = self._written.sub(lambda match: self._letters[match.group()], word)
        return _DOUBLED.sub(r"\1", found) or word

    def _stem(self, word: str) -> str:
        if not self._algorithm or len(word) > _LONGEST:
            return word
        stemmer = getattr(self._local, "stemmer", None)
        if stemmer is None:
            stemmer = self._local.stemmer = Stemmer.Stemmer(self._algorithm)
        return str(stemmer.stemWord(word)) or word


class SnowballAnalyzer:
    """Terms by Snowball stemming of folded words; an `Analyzer`.

    A passage is read in its own language; a question in its language and, at a lower weight, as the other
    languages of its script would read it, so that a wrongly identified question still finds.

    Args:
        languages: The served ones.
        concepts: The glossary; the shipped one where none is given.
    """

    def __init__(self, languages: Languages, concepts: Sequence[Concept] | None = None) -> None:
        self._languages = languages
        self._readers = {language.code: _WordReader(language) for language in languages}
        self._scripts = _codes_by_script(languages)
        self._known_terms = lru_cache(maxsize=_KNOWN_WORDS)(self._terms_of)
        self._stop_words = {
            language.code: frozenset(t for word in language.stop_words for t in tokens(word)) for language in languages
        }
        no_name = frozenset[str]().union(*self._stop_words.values())
        self._expansions = {code: Expansion(languages.get(code), no_name.__contains__) for code in self._readers}
        self._glossary = Glossary(
            load_concepts() if concepts is None else concepts,
            languages,
            form=lambda word, code: self._readers[code].form(word),
            is_stop_word=lambda word, code: _is_stop_word(word, self._stop_words[code]),
        )

    @property
    def fingerprint(self) -> str:
        """Names the analysis: its version, folding, and the stemmers and prefixes of the languages."""
        parts = [
            f"{lang.code}:{lang.script}:{lang.stemmer}:{','.join(lang.prefixes)}:{sorted(lang.letters.items())}"
            for lang in self._languages
        ]
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
        return f"snowball-{VERSION}.{normalise.VERSION}-{Stemmer.version()}-{digest}"

    def passage_terms(self, text: str, language: str) -> Mapping[str, int]:
        """Term -> how often. An unknown language is read by the script of each word."""
        counts: Counter[str] = Counter()
        for token, times in Counter(tokens(text)).items():
            for term, _ in self._terms(token, language):
                counts[term] += times
        title = article_title(text, self._languages)
        if title.numbers:
            above = [term for token in set(tokens(title.above)) for term, _ in self._terms(token, language)]
            counts.update(dict.fromkeys(_title_terms(title.numbers, above), 1))
        return counts

    def query_terms(self, text: str, language: str) -> Mapping[str, float]:
        """Term -> weight in (0, 1]. Stop words of the language are left out, unless there is nothing else."""
        articles = named_articles(text, self._languages)
        if not articles:
            return self._word_weights(tokens(text), language)
        # An article that is looked up by its number is the one thing that is wanted, in the law that is named.
        words = tokens(without_articles(text, self._languages))
        weights = self._word_weights(words, language) if words else {}
        found = {term: weight * BESIDE_ARTICLE for term, weight in weights.items()}
        for number in articles:
            found[TITLE_MARK + number] = 1.0
            found |= {f"{TITLE_MARK}{number} {term}": weight for term, weight in weights.items()}
        return found

    def query_words(self, text: str, language: str) -> dict[str, float]:
        """The folded words of a question that tell something, with their weight in (0, 1], and those that they imply.

        They are of its own languages: what others call the same is told by `query_names`. Articles that are looked up
        by their number are left out: they are no words.
        """
        words = tokens(without_articles(text, self._languages))
        found = dict(self._told(words, language))
        own = self._languages.chain(language)
        for code, implied in self._implied(words, language):
            for word, share in implied.items() if code in own else ():
                found[word] = max(share, found.get(word, 0.0))
        return found

    def query_names(self, text: str, language: str, target: str) -> list[dict[str, float]]:
        """Of each thing that a question names, the words of its names in `target` with their weight in (0, 1]."""
        return self._glossary.names(tokens(without_articles(text, self._languages)), language, target)

    def stem(self, word: str, language: str) -> str:
        """The main term of a folded word in `language`."""
        return self._terms(word, language)[0][0]

    def _word_weights(self, words: list[str], language: str) -> dict[str, float]:
        weights: dict[str, float] = {}
        for token, share in self._told(words, language).items():
            for term, weight in (*self._terms(token, language), *self._other_terms(token, language)):
                weights[term] = max(share * weight, weights.get(term, 0.0))
        for code, implied in self._implied(words, language):
            for token, share in implied.items():
                for term, weight in self._terms(token, code):
                    weights[term] = max(share * weight, weights.get(term, 0.0))
        return weights

    def _told(self, words: list[str], language: str) -> dict[str, float]:
        """The words of a question that tell something, with their weight."""
        telling = self._telling(words, language)
        known = self._languages.find(language)
        weak = self._expansions[known.code].weak(words) if known else frozenset[str]()
        return {token: WEAK if token in weak and not weak.issuperset(telling) else 1.0 for token in telling}

    def _implied(self, words: list[str], language: str) -> Iterator[tuple[str, Mapping[str, float]]]:
        """The words that those of a question imply, and their weight, by the language that they are of."""
        known = self._languages.find(language)
        if known is not None:
            yield known.code, self._expansions[known.code].words(words)
            yield from self._glossary.other_names(words, known.code).items()

    def _telling(self, words: list[str], language: str) -> list[str]:
        stop_words = self._stop_words.get(language, frozenset())
        return [word for word in words if not _is_stop_word(word, stop_words)] or words

    def _terms(self, token: str, language: str) -> tuple[tuple[str, float], ...]:
        read = self._known_terms if len(token) <= _LONGEST else self._terms_of
        return read(token, language)

    def _terms_of(self, token: str, language: str) -> tuple[tuple[str, float], ...]:
        if is_number(token):
            return tuple((term, 1.0) for term in number_terms(token))
        reader = self._readers.get(self._reader_code(token, language))
        return tuple(reader.terms(token)) if reader else ((token, 1.0),)

    def _other_terms(self, token: str, language: str) -> list[tuple[str, float]]:
        if is_number(token):
            return []
        own = self._reader_code(token, language)
        others = (self._readers[code] for code in self._scripts.get(script_of(token), ()) if code != own)
        return [(term, OTHER_LANGUAGE * weight) for other in others for term, weight in other.terms(token)]

    def _reader_code(self, token: str, language: str) -> str:
        """The language's own reader, or that of the word's script when it is another."""
        codes = self._scripts.get(script_of(token), ())
        known = self._languages.find(language)
        if known is None or (known.code not in codes and known.script != script_of(token)):
            return codes[0] if codes else ""
        return known.code


def _title_terms(numbers: Iterable[str], above: Sequence[str]) -> Iterator[str]:
    for number in numbers:
        yield TITLE_MARK + number
        yield from (f"{TITLE_MARK}{number} {term}" for term in above)


def _is_stop_word(word: str, stop_words: frozenset[str]) -> bool:
    return word in stop_words or (word[:1] in _CONJUNCTIONS and word[1:] in stop_words)


def _codes_by_script(languages: Languages) -> dict[str, tuple[str, ...]]:
    """Script -> the languages with a stemmer of their own, preferred ones first."""
    scripts: dict[str, list[str]] = {}
    for language in languages:
        if language.stemmer and not language.base:
            scripts.setdefault(language.script, []).append(language.code)
    return {
        script: tuple(sorted(codes, key=lambda code: (code not in PREFERRED, code)))
        for script, codes in scripts.items()
    }
