"""Which language a text is in: its script first, then the words that give a language away, then its letters."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jazari_rag.languages import Language, Languages
from jazari_rag.text.letters import shipped_model
from jazari_rag.text.normalise import is_number, script_of, script_of_words, tokens

_SAMPLE = 6000
"""Characters of a document that are looked at, from each of three places."""
_LONGEST_QUESTION = 40
"""Words of a text whose letters are asked."""
_DETECTABLE = 25
"""Letters from which character statistics are worth asking."""
_TOLD = 0.3
"""Confidence from which character statistics are not asked."""
_UNSURE = 0.5
"""Confidence below which what a document declares is believed."""
_PATTERN = 0.8
"""What a word counts that has only the shape of a language's words."""
_LETTERS = 2.0
"""What the letters of a text count, as a share of it, against a word that only one language has."""
_ENOUGH = 20
"""Letters of a text without a telling word from which they say all that they can."""
_SIGN = 1.0
"""What a sign counts, such as a letter with an accent, that only one language writes."""
_OTHER_SCRIPT = 0.2
"""Share of the letters in another script from which a text is mixed."""
_LONGEST_WORD = 30
_DIALECT = 2.0
"""What a word counts that only a language with a base has: its speakers mix in the base's words freely."""
_DIALECT_SHARE = 0.06
"""Share of such words from which a document, and not only a question, is in the dialect."""


@dataclass(frozen=True, slots=True)
class Identified:
    """A served language and how sure that is: confidence in [0, 1], 0 when nothing spoke for any.

    `mixed` says that a good part of a question is in another script.
    """

    language: str
    confidence: float
    mixed: bool = False


def identify(text: str, languages: Languages, *, default: str = "fr") -> Identified:
    """The language of a question. Deterministic; takes any string."""
    words = _words(text[:_SAMPLE])
    found = _of_words(words, text[:_SAMPLE], script_of_words(words), languages, default=default)
    return replace(found, mixed=_is_mixed(words))


def _is_mixed(words: list[str]) -> bool:
    letters: Counter[str] = Counter()
    for word in words:
        letters[script_of(word)] += len(word)
    return bool(letters) and max(letters.values()) < (1 - _OTHER_SCRIPT) * letters.total()


def _words(text: str) -> list[str]:
    return [token for token in tokens(text) if not token[0].isdigit() or not is_number(token)]


def _of_words(
    words: list[str], text: str, script: str, languages: Languages, *, default: str, letters: bool = True
) -> Identified:
    candidates = [language for language in languages if language.script == script]
    if not candidates:
        return Identified(default, 0.0)
    if len(candidates) == 1:
        return Identified(candidates[0].code, 0.99)
    scores = _scores(words, candidates, languages)
    characters = frozenset(text)
    for language in candidates:
        scores[language.code] += _SIGN * _signs(characters, language, candidates)
    told = max(scores.values())
    shares = _letter_shares(words, candidates, scores, languages) if letters else {}
    for code, share in shares.items():
        scores[code] += _LETTERS * share
    found = _decided(candidates, scores, default)
    if not shares or told >= 1.0:
        return found
    sure = min(1.0, sum(map(len, words)) / _ENOUGH)  # a short word may be a name, which is in no language
    return replace(found, confidence=round(found.confidence * sure, 3))


def identify_document(text: str, languages: Languages, *, declared: str = "", statistics: bool = True) -> Identified:
    """The language of a page or a document: what its words say, else what it declares of itself.

    `statistics` asks character statistics (slow) where the words do not tell.
    """
    known = languages.find(declared) if declared else None
    words = _words(_sample(text))
    default = known.code if known else "fr"
    script = script_of_words(words)
    found = _of_words(words, _sample(text), script, languages, default=default, letters=False)
    if statistics and words:
        found = _by_statistics(text, found, languages)
    if known is None or known.script != (script or known.script):
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
    """Script -> word -> what it counts for each language that has it.

    A dialect has the stop words of its base: what marks one of the two alone is no word of the other.
    """
    index: dict[str, dict[str, set[str]]] = {}
    of_dialects: set[str] = set()
    markers = {language.code: {token for word in language.markers for token in tokens(word)} for language in languages}
    for language in languages:
        words = index.setdefault(language.script, {})
        of_kin = {token for code in _kin(language, languages) for token in markers[code]}
        stop_words = {token for word in language.stop_words for token in tokens(word)}
        for token in markers[language.code] | (stop_words - of_kin):
            words.setdefault(token, set()).add(language.code)
        if languages.chain(language.code)[1:]:
            of_dialects |= markers[language.code]
    return {
        script: {word: _weights(codes, marks_dialect=word in of_dialects) for word, codes in words.items()}
        for script, words in index.items()
    }


def _kin(language: Language, languages: Languages) -> set[str]:
    """The bases of a language and its dialects."""
    dialects = {other.code for other in languages if language.code in languages.chain(other.code)[1:]}
    return dialects.union(languages.chain(language.code)[1:])


def _scores(words: list[str], candidates: list[Language], languages: Languages) -> dict[str, float]:
    scores = {language.code: 0.0 for language in candidates}
    index = _word_index(languages)[candidates[0].script]
    patterns = _patterns(languages)
    for word, times in Counter(words).items():
        if word in index:
            for code, weight in index[word].items():
                scores[code] += weight * times
            continue
        for language in candidates:
            pattern = patterns[language.code]
            if pattern and len(word) <= _LONGEST_WORD and pattern.match(word):
                scores[language.code] += _PATTERN * (_DIALECT if language.base else 1.0) * times
    return scores


def _signs(characters: frozenset[str], language: Language, candidates: list[Language]) -> float:
    """The kinds of signs of a language among those of a text, one that several languages write shared among them."""
    found = characters.intersection(language.signs)
    return sum(1 / sum(sign in other.signs for other in candidates) for sign in found)


def _letter_shares(
    words: list[str], candidates: list[Language], scores: dict[str, float], languages: Languages
) -> dict[str, float]:
    """How far the letters of a question speak for each language; of a long text its words say enough.

    They are asked twice, of all words and of those that are not known to be of several languages. They do not speak
    where a word is only of a language whose letters are not known, such as an added one.
    """
    model = shipped_model(candidates[0].script)
    known = {language.code for language in candidates}.intersection(model.codes if model else ())
    told = any(score >= 1.0 for code, score in scores.items() if code not in known)
    if model is None or told or len(known) < 2 or len(words) > _LONGEST_QUESTION:
        return {}
    index = _word_index(languages)[candidates[0].script]
    telling = [word for word in words if len(index.get(word, ())) < 2]
    asked = [model.shares(some) for some in (words, telling) if some]
    shares = {code: sum(found[code] for found in asked) for code in sorted(known)}
    total = sum(shares.values())
    return {code: share / total for code, share in shares.items()}


@lru_cache(maxsize=8)
def _patterns(languages: Languages) -> dict[str, re.Pattern[str] | None]:
    return {
        language.code: re.compile("|".join(f"(?:{p})" for p in language.marker_patterns))
        if language.marker_patterns
        else None
        for language in languages
    }


def _weights(codes: set[str], *, marks_dialect: bool) -> dict[str, float]:
    """What a word counts for each of the languages that have it; more, if it marks the one dialect that has it."""
    weight = _DIALECT if marks_dialect and len(codes) == 1 else 1.0 / len(codes)
    return dict.fromkeys(sorted(codes), weight)


def _decided(candidates: list[Language], scores: dict[str, float], default: str) -> Identified:
    order = sorted(candidates, key=lambda one: (-scores[one.code], one.code != default, bool(one.base), one.code))
    best, second = order[0].code, order[1].code
    lead = scores[best] - scores[second]
    return Identified(best, round(lead / (scores[best] + 0.5) if lead else 0.0, 3))


def _by_statistics(text: str, found: Identified, languages: Languages) -> Identified:
    """What character statistics say of a long text whose words did not tell."""
    script = languages.get(found.language).script
    if found.confidence >= _TOLD or sum(map(str.isalpha, text[:_SAMPLE])) < _DETECTABLE:
        return found
    codes = tuple(sorted(language.code for language in languages if language.script == script))
    return _detected(text[: 3 * _SAMPLE], codes) or found


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
