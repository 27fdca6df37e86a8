"""Which language a text is in: its script first, then the words that give a language away."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jazari_rag.languages import Language, Languages
from jazari_rag.text.normalise import is_number, script_of_words, tokens

_SAMPLE = 6000
"""Characters of a document that are looked at, from each of three places."""
_DETECTABLE = 25
"""Letters from which character statistics are worth asking."""
_UNSURE = 0.5
"""Confidence below which what a document declares is believed."""
_PATTERN = 0.8
"""What a word counts that has only the shape of a language's words."""
_LONGEST_WORD = 30
_DIALECT = 2.0
"""What a word counts that only a language with a base has: its speakers mix in the base's words freely."""
_DIALECT_SHARE = 0.06
"""Share of such words from which a document, and not only a question, is in the dialect."""


@dataclass(frozen=True, slots=True)
class Identified:
    """A served language and how sure that is: confidence in [0, 1], 0 when nothing spoke for any."""

    language: str
    confidence: float


def identify(text: str, languages: Languages, *, default: str = "fr") -> Identified:
    """The language of a question. Deterministic; takes any string."""
    return _of_words(_words(text), text, languages, default=default)


def _words(text: str) -> list[str]:
    return [token for token in tokens(text) if not is_number(token)]


def _of_words(words: list[str], text: str, languages: Languages, *, default: str) -> Identified:
    script = script_of_words(words)
    candidates = [language for language in languages if language.script == script]
    if not candidates:
        return Identified(default, 0.0)
    if len(candidates) == 1:
        return Identified(candidates[0].code, 0.99)
    scores = _scores(words, candidates, languages)
    return _decided(text, words, candidates, scores, default)


def identify_document(text: str, languages: Languages, *, declared: str = "", statistics: bool = True) -> Identified:
    """The language of a page or a document: what its words say, else what it declares of itself.

    `statistics` asks character statistics (slow) where the words do not tell.
    """
    known = languages.find(declared) if declared else None
    words = _words(_sample(text))
    found = _of_words(words, text if statistics else "", languages, default=known.code if known else "fr")
    if known is None or known.script != (script_of_words(words) or known.script):
        return _without_weak_dialect(words, found, languages)
    if found.confidence < _UNSURE or found.language in languages.chain(known.code):
        return Identified(known.code, max(found.confidence, 0.5))
    return _without_weak_dialect(words, found, languages)


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


@lru_cache(maxsize=8)
def _word_index(languages: Languages) -> dict[str, dict[str, dict[str, float]]]:
    """Script -> word -> what it counts for each language that has it."""
    index: dict[str, dict[str, set[str]]] = {}
    for language in languages:
        words = index.setdefault(language.script, {})
        for word in language.markers | language.stop_words:
            for token in tokens(word):
                words.setdefault(token, set()).add(language.code)
    return {
        script: {
            word: {code: _weight(codes, code, languages) for code in sorted(codes)} for word, codes in words.items()
        }
        for script, words in index.items()
    }


def _scores(words: list[str], candidates: list[Language], languages: Languages) -> dict[str, float]:
    scores = {language.code: 0.0 for language in candidates}
    index = _word_index(languages)[candidates[0].script]
    patterns = _patterns(languages)
    for word, times in Counter(words).items():
        if word in index:
            for code, weight in index[word].items():
                scores[code] += weight * times
            continue
        for code in scores:
            pattern = patterns[code]
            if pattern and len(word) <= _LONGEST_WORD and pattern.match(word):
                scores[code] += _PATTERN * times
    return scores


@lru_cache(maxsize=8)
def _patterns(languages: Languages) -> dict[str, re.Pattern[str] | None]:
    return {
        language.code: re.compile("|".join(f"(?:{p})" for p in language.marker_patterns))
        if language.marker_patterns
        else None
        for language in languages
    }


def _weight(codes: set[str], code: str, languages: Languages) -> float:
    if len(codes) == 1:
        return _DIALECT if languages.chain(code)[1:] else 1.0
    return 1.0 / len(codes)


def _decided(
    text: str, words: list[str], candidates: list[Language], scores: dict[str, float], default: str
) -> Identified:
    order = sorted(candidates, key=lambda one: (-scores[one.code], one.code != default, bool(one.base), one.code))
    best, second = order[0].code, order[1].code
    lead = scores[best] - scores[second]
    confidence = lead / (scores[best] + 0.5) if lead else 0.0
    if text and confidence < 0.3 and sum(map(len, words)) >= _DETECTABLE:
        detected = _detected(text[: 3 * _SAMPLE], tuple(sorted(language.code for language in candidates)))
        if detected is not None and scores[detected.language] >= scores[best] - 1.0:
            return detected
    return Identified(best, round(confidence, 3))


def _without_weak_dialect(words: list[str], found: Identified, languages: Languages) -> Identified:
    """A document with a few words of a dialect is in the dialect's base."""
    chain = languages.chain(found.language)
    if len(chain) < 2:
        return found
    index = _word_index(languages)[languages.get(found.language).script]
    own = sum(found.language in index.get(word, ()) and len(index[word]) == 1 for word in words)
    if own >= _DIALECT_SHARE * len(words):
        return found
    same_script = [code for code in chain[1:] if languages.get(code).script == languages.get(found.language).script]
    return Identified(same_script[-1], found.confidence) if same_script else found


_lock = threading.Lock()


def _detected(text: str, codes: tuple[str, ...]) -> Identified | None:
    """What character statistics say, among `codes`; None when they cannot tell."""
    from langdetect.lang_detect_exception import LangDetectException

    factory = _factory(codes)
    if factory is None:
        return None
    try:
        with _lock:
            detector = factory.create()
            detector.append(text)
            best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return None
    return Identified(str(best.lang), round(min(float(best.prob), 0.9), 3))


@lru_cache(maxsize=8)
def _factory(codes: tuple[str, ...]) -> Any:
    """A detector factory of our own, seeded, that knows these languages only (the library's is shared and unseeded)."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    profiles = [Path(PROFILES_DIRECTORY) / code for code in codes]
    known = [profile.read_text(encoding="utf-8") for profile in profiles if profile.is_file()]
    if len(known) < 2:
        return None
    factory = DetectorFactory()
    factory.seed = 0
    factory.load_json_profile(known)
    return factory
