"""The served languages: found by any of their codes, with what a base language lends them."""

from __future__ import annotations

import difflib
import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jazari_rag.errors import LanguageDataError
from jazari_rag.languages.concepts import GLOSSARY_FOLDER, has_concepts
from jazari_rag.languages.data import Language, parse_language
from jazari_rag.languages.prompt_data import PROMPT_FILE

FILE = "language.toml"
FIGURES_FILE = "figures.toml"
"""What the table `figures` of `FILE` may say too."""
LAST_RESORT = ("fr", "en")
"""Languages whose message is shown where the asked one and its bases have none."""

_CODES = 1024
"""Codes whose language is kept: every word of a text asks for it."""

_LENT = (
    "stemmer", "stop_words", "prefixes", "ordinals", "reference_before", "reference_after", "abbreviations", "heads",
    "note", "months", "hijri_months", "number_forms", "authorities", "authority_ends", "ordinal_numbers",
    "article_ordinals", "article_suffixes", "references", "kinds", "jurisdictions", "cues", "answers", "vague",
    "follow_up", "pronouns", "formulas",
)  # fmt: skip
"""What a language takes from its base when both are written alike."""


class Languages:
    """The languages by code; immutable. Iterates over them in the order of their codes."""

    def __init__(self, languages: Sequence[Language]) -> None:
        own = {language.code: language for language in languages}
        self._own = dict(sorted(own.items()))
        self._codes = {_plain(code): code for code in self._own}
        for language in self._own.values():
            for alias in language.aliases:
                self._codes.setdefault(_plain(alias), language.code)
        self._normalised = lru_cache(maxsize=_CODES)(self._normalised_code)
        self._chains = lru_cache(maxsize=_CODES)(self._chain)
        self._full = {code: self._with_base(code) for code in self._own}

    def __iter__(self) -> Iterator[Language]:
        return iter(self._full.values())

    def __len__(self) -> int:
        return len(self._full)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self.find(code) is not None

    @property
    def served(self) -> tuple[str, ...]:
        """The codes, in order."""
        return tuple(self._full)

    def normalise_code(self, code: str) -> str:
        """The served code that `code` means (`aryLatn` -> `ary-Latn`, `fr_MA` -> `fr`), else `code` tidied up."""
        return self._normalised(code)

    def _normalised_code(self, code: str) -> str:
        tidy = code.strip().replace("_", "-")
        parts = tidy.split("-")
        for length in range(len(parts), 0, -1):
            known = self._codes.get(_plain("-".join(parts[:length])))
            if known is not None and self._same_script(known, parts[length:]):
                return known
        return tidy

    def find(self, code: str) -> Language | None:
        """The language of a code or alias, or None."""
        return self._full.get(self.normalise_code(code))

    def get(self, code: str) -> Language:
        """The language of a code or alias.

        Raises:
            LanguageDataError: It is not served; names the nearest that is.
        """
        found = self.find(code)
        if found is not None:
            return found
        nearest = difflib.get_close_matches(code, self.served, n=1, cutoff=0.5)
        hint = f"did you mean {nearest[0]!r}?" if nearest else f"served: {', '.join(self.served)}"
        suggestion = nearest[0] if nearest else None
        raise LanguageDataError(f"unknown language {code!r}: {hint}", key=code, suggestion=suggestion)

    def chain(self, code: str) -> tuple[str, ...]:
        """The language and its bases, nearest first: `ary-Latn`, `ary`, `ar`. Empty for an unknown one."""
        return self._chains(code)

    def _chain(self, code: str) -> tuple[str, ...]:
        chain: list[str] = []
        current = self.normalise_code(code)
        while current in self._own and current not in chain:
            chain.append(current)
            current = self.normalise_code(self._own[current].base)
        return tuple(chain)

    def message(self, code: str, key: str, **fields: object) -> str:
        """What the assistant says, in the language of `code`, else its base's, else French or English.

        `fields` fill the `{…}` of the message; those without a value stay as they are. A message that nobody who speaks
        the language has read is shown with that of `LAST_RESORT` under it.

        Raises:
            LanguageDataError: No language has a message of this key.
        """
        for candidate in (*self.chain(code), *LAST_RESORT, *self.served):
            language = self._own.get(candidate)
            if language is not None and key in language.messages:
                beside = self._beside(language, key)
                return "\n".join(_fill(text, fields) for text in (language.messages[key], *beside))
        known = sorted({name for language in self for name in language.messages})
        raise LanguageDataError(f"unknown message {key!r}: known are {', '.join(known)}", key=key)

    def _beside(self, language: Language, key: str) -> Iterator[str]:
        """The reviewed message under one that is not; a language's name in it would be in the other language."""
        if language.unreviewed and "{language}" not in language.messages[key]:
            reviewed = (self._own[code] for code in LAST_RESORT if code in self._own)
            yield from [other.messages[key] for other in reviewed if key in other.messages][:1]

    def name(self, code: str, *, spoken: str) -> str:
        """What the language `code` is called in the language `spoken`; its own name where nobody said."""
        language = self.find(code)
        if language is None:
            return code
        for candidate in self.chain(spoken):
            if candidate in language.names:
                return language.names[candidate]
        return language.name

    def _same_script(self, known: str, dropped: Sequence[str]) -> bool:
        """Whether the subtags left out name no other script (`ar-Latn` is no `ar`)."""
        scripts = [part for part in dropped if len(part) == 4 and part.isalpha()]
        return all(part.title() == self._own[known].script for part in scripts)

    def _with_base(self, code: str) -> Language:
        language = self._own[code]
        for lender in self.chain(code)[1:]:
            if self._own[lender].script == language.script:
                language = _lend(language, self._own[lender])
            else:
                language = replace(language, letters={**self._own[lender].letters, **language.letters})
        return language


@lru_cache(maxsize=1)
def _shipped() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return tuple(_tables(Path(__file__).parent))


@lru_cache(maxsize=1)
def _default() -> Languages:
    return _assembled(_shipped())


def load_languages(folders: Sequence[Path] = ()) -> Languages:
    """The shipped languages, with those of `folders` added, or laid over the shipped one of the same code.

    A folder holds `language.toml` (with `figures.toml` beside it, where figures are written in words of their own), or
    folders that do, or a prompt (see `load_prompt`) or a glossary (see `load_concepts`) alone. Over a shipped language,
    tables are merged entry by entry and every other value replaces the shipped one.

    Raises:
        LanguageDataError: A folder has no language, or a file of it is malformed.
    """
    if not folders:
        return _default()
    tables = list(_shipped())
    for folder in folders:
        found = list(_tables(Path(folder)))
        if not found and not (Path(folder) / PROMPT_FILE).is_file() and not has_concepts(Path(folder)):
            message = (
                f"{folder} has no {FILE}, nor a folder that has one, nor {PROMPT_FILE}, nor {GLOSSARY_FOLDER}/*.toml"
            )
            raise LanguageDataError(message, key=str(folder))
        tables += found
    return _assembled(tables)


def _tables(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    candidates = [folder, *sorted(child for child in folder.iterdir() if child.is_dir())] if folder.is_dir() else []
    for candidate in candidates:
        path = candidate / FILE
        if path.is_file():
            figures = candidate / FIGURES_FILE
            yield str(path), _merge({"figures": _toml(figures)} if figures.is_file() else {}, _toml(path))


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LanguageDataError(f"{path}: {error.strerror or error}", key=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageDataError(f"{path} is not valid TOML: {error}", key=str(path)) from None


def _assembled(tables: Sequence[tuple[str, Mapping[str, Any]]]) -> Languages:
    merged: dict[str, dict[str, Any]] = {}
    parsed: dict[str, Language] = {}
    for file, table in tables:
        code = table.get("code")
        if not isinstance(code, str):
            raise LanguageDataError(f"{file}: 'code' is missing", key=f"{file}: code")
        merged[code] = _merge(merged.get(code, {}), table)
        parsed[code] = parse_language(merged[code], file=file)
    _check_bases(parsed)
    return Languages(tuple(parsed.values()))


def _check_bases(parsed: Mapping[str, Language]) -> None:
    for language in parsed.values():
        if language.base and language.base not in parsed:
            message = f"language {language.code!r}: its base {language.base!r} is not served"
            raise LanguageDataError(message, key=f"{language.code}: base")


def _merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merge(merged[key], value) if both else value
    return merged


def _lend(language: Language, lender: Language) -> Language:
    return replace(language, **{name: _joined(getattr(language, name), getattr(lender, name)) for name in _LENT})


def _joined(own: Any, lent: Any) -> Any:
    """Own data first: sets are united, tables completed, anything else is lent where there is none."""
    if isinstance(own, frozenset):
        return own | lent
    if isinstance(own, dict):
        return {**lent, **own}
    return own or lent


def _plain(code: str) -> str:
    return code.lower().replace("-", "").replace("_", "")


def _fill(template: str, values: Mapping[str, object]) -> str:
    names = {name: f"{{{name}}}" for _, name, _, _ in string.Formatter().parse(template) if name}
    return template.format(**{**names, **{key: str(value) for key, value in values.items()}})
