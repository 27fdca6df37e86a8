"""Retrieval across languages by a learned lexicon: the question's words, as the documents' language says them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import Protocol

from jazari_rag.domain import Hit, Query, Where
from jazari_rag.languages import Languages
from jazari_rag.ports import Retriever
from jazari_rag.retrieval.by_language import narrowed, spoken
from jazari_rag.retrieval.ranking import best_first
from jazari_rag.retrieval.structured import Concept, StructuredSearch
from jazari_rag.retrieval.weights import TranslationWeights, shipped_weights
from jazari_rag.text.arabizi import ArabiziReader, Word, skeleton
from jazari_rag.text.normalise import is_number, number_terms, script_of
from jazari_rag.text.translations import Lexicon

SERVED = ("ar", "en", "es", "fr")
"""The languages that questions are put into."""
SOURCES = (*SERVED, "zgh")
"""Those that they are put into others from."""
ROMANISED = "ar"
"""The language that people write in Latin letters without a standard."""
LENDER = "fr"
"""The language whose words stand among romanised ones."""
FLOOR = 0.05
"""Weight, beside the best, below which a translation is left out."""
LIKELY = 0.2
"""Weight from which a translation counts as the word itself when evidence is judged."""
LONGEST = 60
"""Words of a question that are translated: the first ones."""


class WordReader(Protocol):
    """What is asked of an analyzer."""

    def query_words(self, text: str, language: str) -> Mapping[str, float]: ...

    def query_names(self, text: str, language: str, target: str) -> Sequence[Mapping[str, float]]: ...

    def stem(self, word: str, language: str) -> str: ...


class QuestionTranslator:
    """Turns a question into weighted terms of another language. Safe to share between threads.

    Args:
        reader: Reads the words of questions.
        languages: Say which language of the lexicon a dialect belongs to, and how it is written.
        lexicon: The translations.
        weights: Those of the package where None.
    """

    def __init__(
        self, reader: WordReader, languages: Languages, lexicon: Lexicon, weights: TranslationWeights | None = None
    ) -> None:
        self._languages = languages
        self._lexicon = lexicon
        self._weights = weights or shipped_weights().translation
        self._readings = lru_cache(maxsize=10_000)(self._readings_of)
        self._reader = reader
        self._stem = lru_cache(maxsize=50_000)(reader.stem)
        self._translated = lru_cache(maxsize=20_000)(self._translations_of)
        self._words = lru_cache(maxsize=64)(reader.query_words)
        """A question is put into several languages, and its evidence judged: its words are read once."""
        self._likely = lru_cache(maxsize=20_000)(self._likely_terms)

    def targets(self, language: str) -> list[str]:
        """The languages into which a question in `language` is put: those that it is not written in itself."""
        source, romanised = self._source(language)
        return [code for code in SERVED if source and (code != source or romanised)]

    def own(self, language: str) -> str:
        """The language of the lexicon that `language` is, or is a dialect of; "" where there is none."""
        return self._source(language)[0]

    def concepts(self, text: str, language: str, target: str) -> list[Concept]:
        """The words of a question, each as terms of `target`."""
        source, romanised = self._source(language)
        found = []
        for word, share in islice(self._words(text, language).items(), LONGEST):
            terms: dict[str, float] = {}
            for term, weight in self._of_word(word, source, target, language=language, romanised=romanised):
                terms[term] = max(weight, terms.get(term, 0.0))
            found.append(Concept(share, terms))
        return found + [self._of_names(names, target) for names in self._reader.query_names(text, language, target)]

    def _of_names(self, names: Mapping[str, float], target: str) -> Concept:
        """A thing of the glossary, by what it is called in the target language."""
        best = max(names.values())
        return Concept(self._weights.named, {self._stem(word, target): weight / best for word, weight in names.items()})

    def terms(self, text: str, language: str, target: str) -> dict[str, float]:
        """Term of `target` -> weight in (0, 1]; a word's best translation has the word's own weight."""
        weights: dict[str, float] = {}
        for concept in self.concepts(text, language, target):
            for term, weight in concept.terms.items():
                weights[term] = max(concept.weight * weight, weights.get(term, 0.0))
        return weights

    def variants(self, word: str, language: str, targets: Iterable[str]) -> frozenset[str]:
        """The terms by which passages in `targets` may say a word of a question: the likely ones alone."""
        wanted = {self.own(target) for target in targets} & set(self.targets(language))
        return frozenset[str]().union(*(self._likely(word, language, target) for target in wanted))

    def _likely_terms(self, word: str, language: str, target: str) -> frozenset[str]:
        return frozenset(term for term, weight in self.terms(word, language, target).items() if weight >= LIKELY)

    def _source(self, language: str) -> tuple[str, bool]:
        """The lexicon's language that a language is, or is a dialect of, and whether it is romanised."""
        source = next((code for code in self._languages.chain(language) if code in SOURCES), "")
        own = self._languages.find(language)
        romanised = source == ROMANISED and own is not None and own.script != self._languages.get(source).script
        return source, romanised

    def _of_word(
        self, word: str, source: str, target: str, *, language: str, romanised: bool
    ) -> Iterable[tuple[str, float]]:
        if is_number(word):
            return [(term, 1.0) for term in number_terms(word)]
        same = [(self._stem(word, target), 1.0)]  # a name, or a word that both languages share
        if romanised and script_of(word) != self._languages.get(source).script:
            return same + self._romanised(word, target)
        # A dialect's words are stemmed as its base's; a language in two scripts, as it is written here.
        stem = self._stem(word, source if source in SERVED else language)
        found = self._translated(stem, source, target)
        if not found and target == ROMANISED and script_of(word) != self._languages.get(target).script:
            found = [(stem, self._weights.borrowed * weight) for stem, weight in self._readings(word)]
        return same + found

    def _translations_of(self, stem: str, source: str, target: str) -> list[tuple[str, float]]:
        found = self._lexicon.translations(stem, source, target)
        best = found[0][1] if found else 1.0
        return [(term, (weight / best) ** self._weights.evenness) for term, weight in found if weight >= FLOOR * best]

    def _romanised(self, word: str, target: str) -> list[tuple[str, float]]:
        loans = [] if target == LENDER else self._translated(self._stem(word, LENDER), LENDER, target)
        terms = [(term, self._weights.loan * weight) for term, weight in loans]
        for stem, weight in self._readings(word):
            translated = [(stem, 1.0)] if target == ROMANISED else self._translated(stem, ROMANISED, target)
            terms += [(term, weight * share) for term, share in translated]
        return terms

    def _readings_of(self, word: str) -> list[tuple[str, float]]:
        found = self._romanised_reader.candidates(word)
        return [(self._stem(reading, ROMANISED), weight) for reading, weight in found]

    @cached_property
    def _romanised_reader(self) -> ArabiziReader:
        by_skeleton: dict[str, list[Word]] = {}
        for word, seen in self._lexicon.words(ROMANISED).items():
            by_skeleton.setdefault(skeleton(word), []).append((word, seen))
        return ArabiziReader(lambda consonants: by_skeleton.get(consonants, ()))


@dataclass(frozen=True, slots=True)
class _Translation:
    """A question in another language, the filter on its passages, and all passages of that language."""

    concepts: Sequence[Concept]
    where: Where
    among: Where


class TranslatedRetriever:
    """Finds passages in the question's language by `own`, and in every other one by the translated question.

    A passage's score is the better of the two: both are BM25 scores of one index, and a passage's evidence lies in
    one language.

    Args:
        own: The lexical retriever.
        search: Finds passages of one language.
        translator: Puts questions into other languages.
        languages: The served ones.
        weights: Of what is found in another language than the question's; those of the package where None.
    """

    def __init__(
        self,
        own: Retriever,
        search: StructuredSearch,
        translator: QuestionTranslator,
        languages: Languages,
        weights: TranslationWeights | None = None,
    ) -> None:
        self._own = own
        self._search = search
        self._translator = translator
        self._weights = weights or shipped_weights().translation
        self._spoken = {code: spoken(code, languages) for code in SERVED}

    def retrieve(self, query: Query) -> list[Hit]:
        """The `query.limit` best.

        Raises:
            LanguageDataError: The lexicon's file is missing or damaged.
        """
        found = [
            self._search.search(item.concepts, query.limit, item.where, among=item.among)
            for item in self._translations(query)
        ]
        return self._merged(query, [self._own.retrieve(query), *found])

    async def aretrieve(self, query: Query) -> list[Hit]:
        """As `retrieve`, the languages side by side."""
        translations = await asyncio.to_thread(self._translations, query)
        found = await asyncio.gather(
            self._own.aretrieve(query),
            *(self._search.asearch(item.concepts, query.limit, item.where, among=item.among) for item in translations),
        )
        return self._merged(query, found)

    def _translations(self, query: Query) -> list[_Translation]:
        wanted = []
        for target in self._translator.targets(query.language):
            spoken_there = self._spoken[target]
            among: Where = {"language": spoken_there}
            where = narrowed(query.where, spoken_there)
            if not where or not self._search.holds(among):
                continue
            concepts = self._translator.concepts(query.text, query.language, target)
            if concepts:
                wanted.append(_Translation(concepts, where, among))
        return wanted

    def _merged(self, query: Query, found: Sequence[Sequence[Hit]]) -> list[Hit]:
        own = self._translator.own(query.language)
        foreign = {code for target in SERVED if own and target != own for code in self._spoken[target]}
        best: dict[str, Hit] = {}
        for number, hits in enumerate(found):
            weight = self._weights.translated * self._weights.untranslated if number == 0 else self._weights.translated
            for hit in hits:
                weighed = replace(hit, score=weight * hit.score) if hit.passage.language in foreign else hit
                known = best.get(hit.passage.id)
                if known is None or known.score < weighed.score:
                    best[hit.passage.id] = weighed
        return best_first(best.values())[: query.limit]
