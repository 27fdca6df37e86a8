"""What the assistant says itself: in which language, when it does not answer, and of the language of its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jazari_rag.answering.safety import clean
from jazari_rag.domain import Answer, AnswerStatus, Choice, Hit
from jazari_rag.errors import ConfigurationError
from jazari_rag.languages import Languages


class Voice:
    """Speaks to citizens in their language, or in the one in which an administration answers it.

    Args:
        contact: The office to turn to, a text a language; `default` for the others.
        answer_languages: Language of a question -> language of its answer (`{"ary": "ar"}`); the question's own for
            those that are not named.

    Raises:
        ConfigurationError: A language of `answer_languages` is not served.
    """

    def __init__(
        self,
        languages: Languages,
        *,
        contact: Mapping[str, str] | None = None,
        answer_languages: Mapping[str, str] | None = None,
    ) -> None:
        self._languages = languages
        self._default_contact = (contact or {}).get("default")
        self._contacts = {languages.normalise_code(code): text for code, text in (contact or {}).items()}
        for code in (code for pair in (answer_languages or {}).items() for code in pair):
            if code not in languages:
                served = ", ".join(languages.served)
                message = f"answer_languages names {code!r}, which is not served: choose among {served}"
                raise ConfigurationError(message, key="answer_languages")
        self._answered_in = {
            languages.normalise_code(asked): languages.normalise_code(answered)
            for asked, answered in (answer_languages or {}).items()
        }

    def language(self, asked: str) -> str:
        """The language in which a question in `asked` is answered."""
        return self._answered_in.get(asked, asked)

    def refusal(
        self, status: AnswerStatus, language: str, trace: Mapping[str, object], *, confidence: float = 0.0
    ) -> Answer:
        """An answer that is none: its status, said in `language`, with the contact."""
        contact = self.contact(language)
        text = self._languages.message(language, status.value)
        if contact:
            text += "\n" + self._languages.message(language, "contact_note", contact=contact)
        return Answer(status, text, language, confidence=confidence, contact=contact, trace=trace)

    def choices(self, hits: Sequence[Hit], language: str, trace: Mapping[str, object], *, confidence: float) -> Answer:
        """Asks which of the procedures is meant that `hits` are of."""
        offered = tuple(Choice(hit.document.id, clean(hit.document.title), hit.document.language) for hit in hits)
        lines = [self._languages.message(language, "several_procedures"), *(f"- {choice.title}" for choice in offered)]
        status = AnswerStatus.CLARIFICATION_NEEDED
        return Answer(status, "\n".join(lines), language, confidence=confidence, trace=trace, choices=offered)

    def contact(self, language: str) -> str | None:
        """The office to turn to, in `language` or the nearest that there is."""
        for code in (language, *self._languages.chain(language)):
            if code in self._contacts:
                return self._contacts[code]
        return self._default_contact

    def source_note(self, spoken: str, source: str) -> str:
        """Says that a source is in another language than `spoken`; nothing for a variety that is written alike."""
        if not source or self.reads(spoken, source):
            return ""
        name = self._languages.name(source, spoken=spoken)
        return self._languages.message(spoken, "source_language_note", language=name)

    def reads(self, spoken: str, source: str) -> bool:
        """Whether who writes `spoken` reads `source` as their own: Darija in Arabic letters, Arabic."""
        one, other = self._languages.find(spoken), self._languages.find(source)
        if one is None or other is None:
            return spoken == source
        return one.script == other.script and other.code in self._languages.chain(one.code)
