"""What a language model is told, as data: the shipped prompt, and what a folder of the configuration lays over it."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jazari_rag.errors import LanguageDataError

PROMPT_FILE = Path("prompts", "answer.toml")

_FIELDS = frozenset({"language", "words", "refusal"})
_NEEDED = frozenset({"language", "refusal"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """The rules for a model.

    Attributes:
        system: With `{language}`, `{words}` and `{refusal}`.
        languages: Language code -> how the language and its script are named to the model.
    """

    system: str
    languages: Mapping[str, str]

    def rules(self, *, language: str, words: int, refusal: str) -> str:
        """The rules for an answer in `language` (a code) of at most so many words."""
        named = self.languages.get(language, f"the language with the BCP 47 code {language}")
        return self.system.format(language=named, words=words, refusal=refusal)


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
    return _laid_over(Prompt("", {}), Path(__file__).parent / PROMPT_FILE)


def _laid_over(under: Prompt, file: Path) -> Prompt:
    table = _table(file)
    for key in table:
        if key not in ("system", "languages"):
            raise LanguageDataError(
                f"{file}: unknown key {key!r}: known are 'system', 'languages'", key=f"{file}: {key}"
            )
    system, languages = table.get("system", under.system), table.get("languages", {})
    if not isinstance(system, str):
        raise LanguageDataError(f"{file}: 'system' must be a text", key=f"{file}: system")
    _check_fields(system, file)
    if not isinstance(languages, dict) or not all(isinstance(name, str) for name in languages.values()):
        raise LanguageDataError(f"{file}: 'languages' must be a table of texts", key=f"{file}: languages")
    return Prompt(system.strip(), {**under.languages, **languages})


def _table(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise LanguageDataError(f"{file}: {error.strerror or error}", key=str(file)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageDataError(f"{file} is not valid TOML: {error}", key=str(file)) from None


def _check_fields(system: str, file: Path) -> None:
    """Without {refusal} a model cannot say that it does not know; a stray brace would fail in mid-question."""
    try:
        fields = {name for _, name, spec, _ in string.Formatter().parse(system) if name is not None and not spec}
    except ValueError as error:
        raise LanguageDataError(f"{file}: 'system': {error}; write {{{{ for a brace", key=f"{file}: system") from None
    for wrong in sorted(fields - _FIELDS):
        known = ", ".join(f"{{{name}}}" for name in sorted(_FIELDS))
        raise LanguageDataError(f"{file}: 'system' has {{{wrong}}}: known are {known}", key=f"{file}: system")
    for missing in sorted(_NEEDED - fields):
        raise LanguageDataError(f"{file}: 'system' must have {{{missing}}}", key=f"{file}: system")
