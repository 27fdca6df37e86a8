"""Follow-ups: "et pour un mineur ?" is understood with what was asked before.

What a follow-up names is another case of the old subject ("for a minor"), or a new subject of the old question ("and
the passport?"). Words do not tell which; the documents do: each reading is searched, and the one with the better
evidence is answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jazari_rag.answering.lexicon import plain
from jazari_rag.answering.question import Translator, content_words, cue_pattern, kinds_of, subject_words
from jazari_rag.domain import AnswerStatus, Hit, Turn
from jazari_rag.languages import Languages
from jazari_rag.ports import Analyzer
from jazari_rag.text.passages import index_text

MAX_OWN_WORDS = 3
"""A question that names more subjects than this stands alone, whatever it starts with."""
MAX_SUBJECT = 8
"""Words of an earlier question that are taken over: a conversation adds to them with every turn."""
SAID = 0.2
"""Weight of the terms of a passage from which it speaks of a word: a synonym has more, a word of one less."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question.

    Attributes:
        searched: What passages are looked for with.
        answered: What they must answer.
        leans: Whether it takes words from what was asked before.
        named: What it names itself, where it takes the rest from what was asked before.
        documents: Those that answered before, where it names nothing: likely the ones that answer again.
    """

    searched: str
    answered: str
    leans: bool = False
    named: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """A question in parts: the phrases that ask ("how much is"), and what it is about ("passport")."""

    asking: str
    subject: str

    @classmethod
    def of(cls, text: str, language: str, languages: Languages) -> _Said:
        asking = " ".join(match.group() for match in cue_pattern(languages, language).finditer(plain(text)))
        words = subject_words(text, language, languages) or content_words(text, language, languages)
        return cls(asking, " ".join(words[:MAX_SUBJECT]))


def readings(
    question: str, language: str, history: Sequence[Turn], languages: Languages, analyzer: Analyzer
) -> tuple[Reading, ...]:
    """The ways to understand a question, the likeliest first; one that stands alone has one."""
    alone = Reading(question, question)
    if not history:
        return (alone,)
    own, begins = _own_part(question, language, languages)
    own = _without_pronouns(own, language, languages)
    named = tuple(_named(own, language, languages, analyzer))
    before = history[-1]
    chosen = _chosen(own, named, before, language, languages)
    if chosen:
        return (Reading(f"{before.understood} {chosen}", f"{before.understood} {chosen}", leans=True),)
    if len(named) > MAX_OWN_WORDS:
        return (alone,)
    asks = bool(kinds_of(own, language, languages))
    said = _Said.of(before.understood, before.language or language, languages)
    asking = "" if asks else said.asking
    same_subject = _joined(asking, said.subject, own)
    if not named:
        return (Reading(same_subject, same_subject, leans=True, documents=before.documents),)
    new_subject = _joined(asking, own)
    found = [Reading(text, new_subject, leans=True, named=named) for text in (same_subject, new_subject)]
    if asks and not begins:
        found[1] = alone
    if before.status not in (None, AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
        found.reverse()
    return tuple(dict.fromkeys(found))


def on_subject(
    reading: Reading, language: str, hits: Sequence[Hit], analyzer: Analyzer, translator: Translator | None
) -> list[Hit]:
    """The hits that speak of what a follow-up itself names: the price of a card is no answer on the passport.

    One that names nothing keeps them all; of several words, one may be said otherwise.
    """
    spoken = sorted({hit.passage.language for hit in hits})
    names = [_ways_to_say(word, language, spoken, analyzer, translator) for word in reading.named]
    wanted = len(names) - (len(names) > 2)
    if wanted == 0:
        return list(hits)
    return [hit for hit in hits if _says_of(names, _terms(hit, analyzer)) >= wanted]


def _ways_to_say(
    word: str, language: str, spoken: Sequence[str], analyzer: Analyzer, translator: Translator | None
) -> Mapping[str, float]:
    """Term -> how much of the word it says: all of it, or a part, as one word of a longer name for the thing."""
    ways: dict[str, float] = {}
    for code in (language, *spoken):
        for term, weight in analyzer.query_terms(word, code).items():
            ways[term] = max(weight, ways.get(term, 0.0))
    if translator is not None:
        ways |= dict.fromkeys(translator.variants(word, language, spoken), 1.0)
    return ways


def _says_of(names: Sequence[Mapping[str, float]], terms: frozenset[str]) -> int:
    """How many of the words a passage with these terms speaks of."""
    return sum(sum(weight for term, weight in ways.items() if term in terms) >= SAID for ways in names)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _own_part(question: str, language: str, languages: Languages) -> tuple[str, bool]:
    """The question without what only continues ("and", "et", a written-on « و »), and whether it did."""
    phrases, prefixes = _follow_ups(languages, language)
    first = _WORD.search(question)
    if first is None:
        return question, False
    opening = phrases.match(plain(question[first.start() :]))
    if opening:
        skipped = len(_WORD.findall(opening.group()))
        words = list(_WORD.finditer(question))
        return (question[words[skipped].start() :] if len(words) > skipped else question), True
    for prefix in prefixes:
        rest = first.group().removeprefix(prefix)
        if rest != first.group() and _is_known(rest, language, languages):
            return rest + question[first.end() :], True
    return question, False


@lru_cache(maxsize=64)
def _follow_ups(languages: Languages, language: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    data = languages.find(language)
    entries = data.follow_up if data else ()
    phrases = sorted((plain(entry) for entry in entries if not entry.endswith("-")), key=len, reverse=True)
    pattern = re.compile("(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)" if phrases else r"(?!)")
    return pattern, tuple(entry.removesuffix("-") for entry in entries if entry.endswith("-"))


def _without_pronouns(text: str, language: str, languages: Languages) -> str:
    """« صلاحيته » (its validity) as « صلاحية »: whose, is what was asked before."""
    data = languages.find(language)
    endings = sorted(data.pronouns.items(), key=lambda ending: -len(ending[0])) if data else []
    asking = _asking_words(languages, language)

    def bare(match: re.Match[str]) -> str:
        word = match.group()
        if plain(word) in asking:
            return word
        bases = (word.removesuffix(ending) + instead for ending, instead in endings if word.endswith(ending))
        return next((base for base in bases if plain(base) in asking), word)

    return _WORD.sub(bare, text)


def _is_known(word: str, language: str, languages: Languages) -> bool:
    """Whether a word is one of those that questions are made of, or has an article or a preposition written on."""
    data = languages.find(language)
    flat = plain(word)
    return flat in _asking_words(languages, language) or any(
        flat.startswith(plain(prefix)) and len(flat) > len(prefix) + 1 for prefix in (data.prefixes if data else ())
    )


def _named(text: str, language: str, languages: Languages, analyzer: Analyzer) -> list[str]:
    """What a follow-up is about: its subject words that are no form of an asking one (« صلاحيته », its validity)."""
    asking = _asking_words(languages, language)
    stems = _asking_stems(languages, language, analyzer)
    return [
        word
        for word in subject_words(text, language, languages)
        if plain(word) not in asking and stems.isdisjoint(analyzer.passage_terms(word, language))
    ]


@lru_cache(maxsize=64)
def _asking_words(languages: Languages, language: str) -> frozenset[str]:
    """The words of a language's cues, and its stop words."""
    data = languages.find(language)
    if data is None:
        return frozenset()
    phrases = [phrase for cues in data.cues.values() for phrase in cues]
    return frozenset(word for phrase in (*phrases, *data.stop_words) for word in _WORD.findall(plain(phrase)))


def _asking_stems(languages: Languages, language: str, analyzer: Analyzer) -> frozenset[str]:
    return frozenset(analyzer.passage_terms(" ".join(sorted(_asking_words(languages, language))), language))


def _chosen(own: str, named: Sequence[str], before: Turn, language: str, languages: Languages) -> str:
    """Which of the procedures that were offered is meant: by words that one alone has, or by its number."""
    if not before.offered:
        return ""
    wanted = {plain(word) for word in named}
    shared = [len(wanted & set(_WORD.findall(plain(title)))) for title in before.offered]
    best = max(shared)
    if best and shared.count(best) == 1:
        return before.offered[shared.index(best)]
    number = _number(own, language, languages) or 0
    return before.offered[number - 1] if 0 < number <= len(before.offered) else ""


def _number(text: str, language: str, languages: Languages) -> int | None:
    """The number that a short choice is: "2", "la deuxième", « الثانية »; what counts a word ("un mineur") is none."""
    words = _WORD.findall(plain(text))
    data = languages.find(language)
    if data is None or not 0 < len(words) <= MAX_OWN_WORDS:
        return None
    ordinals = _by_word({**data.figures.ordinals, **data.ordinal_numbers})
    which = [ordinals[word] for word in words if word in ordinals]
    if which:
        return which[0] if len(which) == 1 else None
    return int(words[-1]) if words[-1].isdecimal() else _by_word(data.figures.numbers).get(words[-1])


def _by_word(numbers: Mapping[str, int]) -> dict[str, int]:
    return {plain(word): value for word, value in numbers.items()}


def _terms(hit: Hit, analyzer: Analyzer) -> frozenset[str]:
    passage = hit.passage
    return frozenset(analyzer.passage_terms(index_text(hit.document.title, passage), passage.language))
