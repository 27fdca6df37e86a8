"""Words that a question does not say and its answer does: those of an answer of its kind, other names of a thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from jazari_rag.languages import Language
from jazari_rag.text.normalise import tokens

ANSWER = 0.25
"""What a word of the answer counts, against one of the question."""
SYNONYM = 0.5
"""What another name of a thing counts, against the one that the question uses."""

WEAK = 0.5
"""What a word counts that only asks ("peine", "prix") or says little ("simple")."""

Form = Callable[[str], str]
"""What forms of a word have in common."""
_Phrases = dict[tuple[str, ...], dict[str, float]]


class Expansion:
    """What the cues and the glossary of a language add to a question in it.

    Args:
        form: By which a word of the glossary is known again in the question; cues are matched as they are written.
        is_stop_word: Of a folded word: such words are not added.
    """

    def __init__(self, language: Language, form: Form, is_stop_word: Callable[[str], bool]) -> None:
        self._form = form
        self._is_stop_word = is_stop_word
        self._answers: _Phrases = {}
        self._names: _Phrases = {}
        self._vague = frozenset(token for word in language.vague for token in tokens(word))
        for kind, cues in language.cues.items():
            for cue in cues:
                self._add(self._answers, tuple(tokens(cue)), language.answers.get(kind, ()), ANSWER)
        for name, others in language.glossary.items():
            self._add(self._names, tuple(map(form, tokens(name))), others, SYNONYM)

    def words(self, question: Sequence[str]) -> Mapping[str, float]:
        """Folded word -> weight, for a question given as folded words; none that the question has."""
        found: dict[str, float] = {}
        read = ((self._answers, tuple(question)), (self._names, tuple(map(self._form, question))))
        for phrases, words in read:
            for start, end in _places(phrases, words):
                for word, weight in phrases[words[start:end]].items():
                    found[word] = max(weight, found.get(word, 0.0))
        return {word: weight for word, weight in found.items() if word not in question}

    def weak(self, question: Sequence[str]) -> frozenset[str]:
        """The words of the question that only ask, and those that say little."""
        places = _places(self._answers, tuple(question))
        asking = frozenset(word for start, end in places for word in question[start:end])
        return asking | self._vague.intersection(question)

    def _add(self, phrases: _Phrases, phrase: tuple[str, ...], others: Sequence[str], weight: float) -> None:
        added = {word: weight for other in others for word in tokens(other) if not self._is_stop_word(word)}
        if phrase and added:
            phrases[phrase] = {**phrases.get(phrase, {}), **added}


def _places(phrases: _Phrases, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    longest = max(map(len, phrases), default=0)
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            if words[start:end] in phrases:
                yield start, end
