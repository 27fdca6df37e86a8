"""Words that a question does not say and its answer does: those of an answer of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from jazari_rag.languages import Language
from jazari_rag.text.normalise import tokens

ANSWER = 0.25
"""What a word of the answer counts, against one of the question."""
WEAK = 0.5
"""What a word counts that only asks ("peine", "prix") or says little ("simple")."""

_Phrases = dict[tuple[str, ...], tuple[str, ...]]


class Expansion:
    """What the cues of a language add to a question in it; they are matched as they are written.

    Args:
        is_stop_word: Of a folded word: such words are not added.
    """

    def __init__(self, language: Language, is_stop_word: Callable[[str], bool]) -> None:
        self._is_stop_word = is_stop_word
        self._answers: _Phrases = {}
        self._vague = frozenset(token for word in language.vague for token in tokens(word))
        for kind, cues in language.cues.items():
            for cue in cues:
                self._add(tuple(tokens(cue)), language.answers.get(kind, ()))

    def words(self, question: Sequence[str]) -> Mapping[str, float]:
        """Folded word -> weight, for a question given as folded words; none that the question has."""
        words = tuple(question)
        added = (self._answers[words[start:end]] for start, end in _places(self._answers, words))
        return dict.fromkeys((word for answers in added for word in answers if word not in question), ANSWER)

    def weak(self, question: Sequence[str]) -> frozenset[str]:
        """The words of the question that only ask, and those that say little."""
        places = _places(self._answers, tuple(question))
        asking = frozenset(word for start, end in places for word in question[start:end])
        return asking | self._vague.intersection(question)

    def _add(self, phrase: tuple[str, ...], others: Sequence[str]) -> None:
        added = [word for other in others for word in tokens(other) if not self._is_stop_word(word)]
        if phrase and added:
            self._answers[phrase] = tuple(dict.fromkeys((*self._answers.get(phrase, ()), *added)))


def _places(phrases: _Phrases, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    longest = max(map(len, phrases), default=0)
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            if words[start:end] in phrases:
                yield start, end
