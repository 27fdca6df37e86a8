"""Finds the things that a question names, and what they are called in other words and in other languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from jazari_rag.languages import Concept, Languages
from jazari_rag.text.arabizi import Spellings
from jazari_rag.text.normalise import tokens

SYNONYM = 0.3
"""What another name of a thing counts in the language of the question, against the one that the question uses."""
TRANSLATION = 0.5
"""What its name in another language counts; the words of a name share it."""
CHOICE = 0.5
"""How much less it counts the more names there are to choose from: by this power of their number."""

KNOWN_NAMES = 20_000
"""Names whose telling words are kept."""

Form = Callable[[str, str], str]
"""Of a folded word and a language: what forms of the word have in common there."""
IsStopWord = Callable[[str, str], bool]
"""Of a folded word and a language."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing that a question names: the places of its words, `words[start:end]`, and what it may be."""

    start: int
    end: int
    concepts: tuple[Concept, ...]


class Glossary:
    """The names of things. Languages are read when they are first asked for. Safe to share between threads.

    Args:
        concepts: What is known.
        languages: Say which languages a question's words may be of: its own, those that it derives from or borrows
            from.
        form: By which a word of a name is known again in a question.
        is_stop_word: Such words are no part of a name.
    """

    def __init__(self, concepts: Sequence[Concept], languages: Languages, form: Form, is_stop_word: IsStopWord) -> None:
        self._concepts = concepts
        self._languages = languages
        self._form = form
        self._is_stop_word = is_stop_word
        self._lock = Lock()
        self._indexes: dict[str, _Index] = {}
        self._told_of = lru_cache(maxsize=KNOWN_NAMES)(self._told_of_name)

    def mentions(self, words: Sequence[str], language: str) -> list[Mention]:
        """What folded words of a question in `language` name, the longest name at each place, in their order."""
        found: dict[tuple[int, int], dict[str, Concept]] = {}
        for code in self._readable(language) if words else ():
            for start, end, concepts in self._index(code).places(words):
                found.setdefault((start, end), {}).update((concept.key, concept) for concept in concepts)
        longest = [place for place in found if not any(_within(place, other) for other in found)]
        return [Mention(start, end, tuple(found[start, end].values())) for start, end in sorted(longest)]

    def names(self, words: Sequence[str], language: str, target: str) -> list[dict[str, float]]:
        """Of each thing that a question in `language` names: the folded words of its names in `target`.

        With their weight in (0, 1]: the words of a name share it, and the more names there are the less each counts.
        """
        return [found for mention in self.mentions(words, language) if (found := self._named(mention, target))]

    def _named(self, mention: Mention, target: str) -> dict[str, float]:
        others = (name for concept in mention.concepts for name in concept.names.get(target, ()))
        named = [self._told_of(name, target) for name in others]
        found: dict[str, float] = {}
        for told in named:
            for word in told:
                found[word] = max(1 / (len(told) * len(named) ** CHOICE), found.get(word, 0.0))
        return found

    def other_names(self, words: Sequence[str], language: str) -> dict[str, dict[str, float]]:
        """By language, the words that the question does not have: of its own languages and those documents are in."""
        mentions, own = self.mentions(words, language), self._languages.chain(language)
        found: dict[str, dict[str, float]] = {}
        for target in self._written(language):
            share = SYNONYM if target in own else TRANSLATION
            for mention in mentions:
                for word, weight in self._named(mention, target).items():
                    if word not in words:
                        names = found.setdefault(target, {})
                        names[word] = max(share * weight, names.get(word, 0.0))
        return found

    def _readable(self, language: str) -> Iterator[str]:
        """The languages whose names may stand in a question, the most likely first."""
        known = self._languages.find(language)
        if known is None:
            return
        chain = map(self._languages.get, self._languages.chain(language))
        yield from (one.code for one in chain if one.script == known.script or (one.letters and known.letters))
        yield from known.borrows

    def _written(self, language: str) -> Iterator[str]:
        """The question's own languages, and those that documents are written in."""
        own = self._languages.chain(language)
        yield from own
        yield from (other.code for other in self._languages if not other.base and other.code not in own)

    def _told_of_name(self, name: str, code: str) -> list[str]:
        return self._told(tokens(name), code)

    def _told(self, words: Sequence[str], code: str) -> list[str]:
        return [word for word in words if not self._is_stop_word(word, code)] or list(words)

    def _index(self, code: str) -> _Index:
        if code not in self._indexes:
            with self._lock:
                if code not in self._indexes:
                    self._indexes[code] = self._read(code)
        return self._indexes[code]

    def _read(self, code: str) -> _Index:
        named = [
            (self._told(tokens(name), code), concept)
            for concept in self._concepts
            for name in concept.names.get(code, ())
        ]
        known = self._languages.find(code)
        if known is not None and known.free_spelling:
            spellings = Spellings(word for words, _ in named for word in words)
            return _Index(named, spellings.nearest, lambda word: self._is_stop_word(word, code))
        return _Index(named, lambda word: self._form(word, code), lambda word: self._is_stop_word(word, code))


class _Index:
    """The names of one language."""

    def __init__(
        self,
        named: Iterable[tuple[Sequence[str], Concept]],
        form: Callable[[str], str],
        is_stop_word: Callable[[str], bool],
    ) -> None:
        self._form = form
        self._is_stop_word = is_stop_word
        self._phrases: dict[tuple[str, ...], list[Concept]] = {}
        for words, concept in named:
            concepts = self._phrases.setdefault(tuple(map(form, words)), [])
            if concept not in concepts:
                concepts.append(concept)
        self._longest = max(map(len, self._phrases), default=0)

    def places(self, words: Sequence[str]) -> Iterator[tuple[int, int, Sequence[Concept]]]:
        """Where a name begins and ends; words that say nothing may stand within it."""
        telling = [(place, self._form(word)) for place, word in enumerate(words) if not self._is_stop_word(word)]
        forms = tuple(form for _, form in telling)
        for start in range(len(forms)):
            for end in range(start + 1, min(start + self._longest, len(forms)) + 1):
                concepts = self._phrases.get(forms[start:end])
                if concepts:
                    yield telling[start][0], telling[end - 1][0] + 1, concepts


def _within(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return place != other and other[0] <= place[0] and place[1] <= other[1]
