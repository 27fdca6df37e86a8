"""Arabic that came as text with every lam-alef swapped ("اإلدارة" for "الإدارة"), told and mended by a list of words.

Extractors that read a ligature from left to right write its alef before its lam. A person reads over it; no search
finds it. The damage is told by pairs of letters that no word has (alef before alef) and by words that are known only
once they are mended. A swap is undone where no other reading is known, or a far rarer one.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import product

from jazari_rag.errors import LanguageDataError
from jazari_rag.languages import Languages

REPAIR = "lam-alef in damaged words"
"""What a page's report calls the words that were mended."""

_MARKS = "\u0640\u064b-\u065f\u0670"
SWAPPABLE = re.compile(r"[اأإآ]ل|ل[اأإآ]")
_WORD = re.compile(rf"[\u0621-\u063a\u0641-\u064a{_MARKS}]+")
_MARK = re.compile(rf"[{_MARKS}]")
_IMPOSSIBLE = re.compile(r"[اأإآ][اأإآ]ل|[^اأإآولفبك]إ")
"""No Arabic word has two alefs in a row; one with a hamza below opens a word, after a particle or the article."""
_HEALTHY = re.compile(r"ل[اأإآ](?!ل)")
"""A lam-alef that the damage would have swapped; before a lam it may be the trace of one ("لألمم" for "للأمم")."""
_SWAP = re.compile(r"[اأإآ]ل")

_LEAST, _SHARE = 2, 0.25
"""Words that must be evident in a text, and their share among it and the healthy ones, for it to be damaged."""
_FAR_RARER = 20.0
"""How much more often the mended word must have been seen than the damaged one."""
_STEM_SHARE = 0.1
"""What a word counts that is known only without a particle before it."""
_MOST_SWAPS = 5


@dataclass(frozen=True, slots=True)
class Mended:
    """A text with its damage undone: as long as it was, with the places of the words that changed."""

    text: str
    words: tuple[tuple[int, int], ...] = ()


def mend(text: str, languages: Languages) -> Mended:
    """`text` with swapped lam-alefs put right, if it is damaged; as it is otherwise. Linear in its length.

    Args:
        text: Of any language.
        languages: Say what is written together with a word.

    Raises:
        LanguageDataError: The list of words is missing.
    """
    if not _SWAP.search(text):
        return Mended(text)
    found = list(_suspects(text, _particles(languages)))
    evident = sum(1 for _, _, _, sure in found if sure)
    healthy = len(_HEALTHY.findall(text))
    few = len(found) > 0 and evident == len(found) and not healthy
    if not few and (evident < _LEAST or evident < _SHARE * (evident + healthy)):
        return Mended(text)
    parts, words, position = [], [], 0
    for start, end, mended, _ in found:
        parts += [text[position:start], mended]
        words.append((start, end))
        position = end
    return Mended("".join([*parts, text[position:]]), tuple(words))


def bare_words(text: str) -> Iterator[str]:
    """The Arabic words of a text, without vowel marks."""
    return (_MARK.sub("", match[0]) for match in _WORD.finditer(text))


@lru_cache(maxsize=8)
def _particles(languages: Languages) -> tuple[str, ...]:
    """What the languages of the Arabic script write together with the word that follows, the longest first."""
    found = {word for language in languages if language.script == "Arab" for word in language.particles}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _suspects(text: str, particles: Sequence[str]) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end and mended form of the words that have one, and whether it is evident that they are damaged."""
    for match in _WORD.finditer(text):
        word = match[0]
        if _SWAP.search(word) and (mended := _mended(word, particles)):
            yield match.start(), match.end(), *mended


@lru_cache(maxsize=50_000)
def _mended_bare(word: str, particles: Sequence[str]) -> tuple[tuple[int, ...], bool] | None:
    """Where to swap, and whether the word is evidently damaged; None for a word that stays."""
    counts = known_words()
    places = [match.start() for match in re.finditer(r"(?=[اأإآ]ل)", word)]
    forced = {match.end() - 2 for match in re.finditer(r"[اأإآ](?=[اأإآ]ل)..", word)}
    if len(places) > _MOST_SWAPS:
        return None
    choices = [
        tuple(p for p, taken in zip(places, taken_of, strict=True) if taken) for taken_of in _subsets(len(places))
    ]
    valued = [
        (_known(_swapped(word, chosen), counts, particles), chosen) for chosen in choices if forced <= set(chosen)
    ]
    valued.sort(key=lambda item: (-item[0], len(item[1])))
    (best, chosen), second = valued[0], valued[1][0] if len(valued) > 1 else 0.0
    impossible = _IMPOSSIBLE.search(word) is not None
    if best == 0:
        return (tuple(sorted(forced)), True) if forced else None
    if not chosen or best < _FAR_RARER * second:
        return (tuple(sorted(forced)), True) if forced else None
    return chosen, impossible or second == 0


def _mended(word: str, particles: Sequence[str]) -> tuple[str, bool] | None:
    bare = _MARK.sub("", word)
    found = _mended_bare(bare, particles)
    if found is None:
        return None
    chosen, sure = found
    letters = [index for index, character in enumerate(word) if not _MARK.match(character)]
    return _swapped(word, [letters[place] for place in chosen], letters), sure


def _subsets(size: int) -> Iterator[tuple[bool, ...]]:
    return product((False, True), repeat=size)


def _swapped(word: str, places: Sequence[int], letters: Sequence[int] = ()) -> str:
    """`word` with the letters at each place and after it swapped; marks stay where they are."""
    characters = list(word)
    for place in places:
        after = letters[letters.index(place) + 1] if letters else place + 1
        characters[place], characters[after] = characters[after], characters[place]
    return "".join(characters)


def _known(word: str, counts: Mapping[str, int], particles: Sequence[str]) -> float:
    """How often a word was seen; less where only what stands behind its particles was."""
    if word in counts:
        return float(counts[word])
    stems = (word[len(particle) :] for particle in particles if word.startswith(particle))
    return _STEM_SHARE * max((counts.get(stem, 0) for stem in stems if len(stem) > 2), default=0)


@lru_cache(maxsize=1)
def known_words() -> Mapping[str, int]:
    """Words with an alef beside a lam, and how often clean text had them.

    Raises:
        LanguageDataError: The list is missing or damaged.
    """
    file = resources.files("jazari_rag.languages") / "words" / "ar.txt.gz"
    try:
        lines = gzip.decompress(file.read_bytes()).decode().splitlines()
        return {word: int(times) for word, times in (line.split("\t") for line in lines)}
    except (OSError, EOFError, ValueError) as error:
        message = f"{file} is missing or damaged ({error}): install jazari-rag again, or make it with `make train`"
        raise LanguageDataError(message, key=str(file)) from None
