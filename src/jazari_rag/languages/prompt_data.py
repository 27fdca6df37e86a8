"""What a language model is told, as data: the shipped prompt, and what a folder of the configuration lays over it."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from jazari_rag.errors import LanguageDataError

PROMPT_FILE = Path("prompts", "answer.toml")


@dataclass(frozen=True, slots=True)
class _Fields:
    """The `{…}` that a text may have, and those without which it cannot work."""

    known: frozenset[str]
    needed: frozenset[str]


_TEXTS = {
    "system": _Fields(frozenset({"language", "words", "refusal"}), frozenset({"language", "refusal"})),
    "reminder": _Fields(frozenset({"language"}), frozenset({"language"})),
    "rewriting": _Fields(frozenset({"language"}), frozenset({"language"})),
}
_LANGUAGES = "languages"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told.

    Attributes:
        system: The rules of an answer, with `{language}`, `{words}` and `{refusal}`.
        reminder: That it wrote in another language before, with `{language}`.
        rewriting: How a follow-up is made a question that stands alone, with `{language}`.
        languages: Language code -> how the language and its script are named to the model.
    """

    system: str = ""
    reminder: str = ""
    rewriting: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)

    def rules(self, *, language: str, words: int, refusal: str) -> str:
        """The rules for an answer in `language` (a code) of at most so many words."""
        return self.system.format(language=self._named(language), words=words, refusal=refusal)

    def reminding(self, *, language: str) -> str:
        """What is said to a model that did not write in `language`."""
        return self.reminder.format(language=self._named(language))

    def rewriting_rules(self, *, language: str) -> str:
        """The rules for making a follow-up in `language` stand alone."""
        return self.rewriting.format(language=self._named(language))

    def _named(self, language: str) -> str:
        return self.languages.get(language, f"the language with the BCP 47 code {language}")


def load_prompt(folders: Sequence[Path] = ()) -> Prompt:
    """The shipped prompt, with what the folders say in `prompts/answer.toml` laid over it, the last one on top.

    Raises:
        LanguageDataError: A file is malformed, or its rules lack what the library relies on.
    """
    prompt = _shipped()
    for folder in folders:
        file = Path(folder) / PROMPT_FILE
        if file.is_file():
            prompt = _laid_over(prompt, file)
    return prompt


@lru_cache(maxsize=1)
def _shipped() -> Prompt:
    return _laid_over(Prompt(), Path(__file__).parent / PROMPT_FILE)


def _laid_over(under: Prompt, file: Path) -> Prompt:
    table = _table(file)
    known = (*_TEXTS, _LANGUAGES)
    for key in table:
        if key not in known:
            message = f"{file}: unknown key {key!r}: known are {', '.join(map(repr, known))}"
            raise LanguageDataError(message, key=f"{file}: {key}")
    texts = {key: _text(table[key], key, file) for key in _TEXTS if key in table}
    languages = table.get(_LANGUAGES, {})
    if not isinstance(languages, dict) or not all(isinstance(name, str) for name in languages.values()):
        raise LanguageDataError(f"{file}: 'languages' must be a table of texts", key=f"{file}: languages")
    return replace(under, **texts, languages={**under.languages, **languages})


def _text(value: object, key: str, file: Path) -> str:
    if not isinstance(value, str):
        raise LanguageDataError(f"{file}: {key!r} must be a text", key=f"{file}: {key}")
    _check_fields(value, key, file)
    return value.strip()


def _table(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise LanguageDataError(f"{file}: {error.strerror or error}", key=str(file)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageDataError(f"{file} is not valid TOML: {error}", key=str(file)) from None


def _check_fields(text: str, key: str, file: Path) -> None:
    """Without {refusal} a model cannot say that it does not know; a stray brace would fail in mid-question."""
    place = f"{file}: {key}"
    try:
        fields = {name for _, name, spec, _ in string.Formatter().parse(text) if name is not None and not spec}
    except ValueError as error:
        raise LanguageDataError(f"{file}: {key!r}: {error}; write {{{{ for a brace", key=place) from None
    for wrong in sorted(fields - _TEXTS[key].known):
        known = ", ".join(f"{{{name}}}" for name in sorted(_TEXTS[key].known))
        raise LanguageDataError(f"{file}: {key!r} has {{{wrong}}}: known are {known}", key=place)
    for missing in sorted(_TEXTS[key].needed - fields):
        raise LanguageDataError(f"{file}: {key!r} must have {{{missing}}}", key=place)
