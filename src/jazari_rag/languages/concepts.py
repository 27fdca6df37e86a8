"""The glossary as data: what the things of administration are called in each language.

A file of the folder `glossary` holds concepts, each a table of names by language code::

    source = "who made this batch, and from what"
    unreviewed = ["zgh"]

    [birth_certificate]
    fr = ["acte de naissance", "extrait d'acte de naissance"]
    ar = ["عقد الازدياد"]

A concept of an added folder is laid over the shipped one of the same key, language by language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jazari_rag.errors import LanguageDataError

GLOSSARY_FOLDER = "glossary"
SOURCE = "source"
UNREVIEWED = "unreviewed"


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that has a name in several languages.

    Attributes:
        key: What the files call it.
        names: Language code -> its names, the official one first.
        unreviewed: Languages whose names nobody who speaks them has read.
    """

    key: str
    names: Mapping[str, tuple[str, ...]]
    unreviewed: frozenset[str] = frozenset()


def load_concepts(folders: Sequence[Path] = ()) -> tuple[Concept, ...]:
    """The shipped concepts, with those of `folders` added or laid over them.

    Raises:
        LanguageDataError: A file is malformed; names the file and the concept.
    """
    concepts = dict(_shipped())
    for folder in folders:
        for concept in _concepts(Path(folder) / GLOSSARY_FOLDER):
            concepts[concept.key] = _laid_over(concepts.get(concept.key), concept)
    return tuple(concepts.values())


def has_concepts(folder: Path) -> bool:
    """Whether a folder of the configuration adds to the glossary."""
    return any((folder / GLOSSARY_FOLDER).glob("*.toml"))


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Concept]:
    concepts: dict[str, Concept] = {}
    for concept in _concepts(Path(__file__).parent / GLOSSARY_FOLDER):
        if concept.key in concepts:
            raise LanguageDataError(f"the concept {concept.key!r} stands in two files", key=concept.key)
        concepts[concept.key] = concept
    return concepts


def _laid_over(under: Concept | None, over: Concept) -> Concept:
    if under is None:
        return over
    return Concept(over.key, {**under.names, **over.names}, (under.unreviewed - over.names.keys()) | over.unreviewed)


def _concepts(folder: Path) -> Iterator[Concept]:
    for file in sorted(folder.glob("*.toml")):
        table = _table(file)
        unreviewed = frozenset(_names(file, UNREVIEWED, table.pop(UNREVIEWED, [])))
        if not isinstance(table.pop(SOURCE, ""), str):
            raise _malformed(file, SOURCE, "a text")
        for key, names in table.items():
            if not isinstance(names, dict):
                raise _malformed(file, key, "a table: a concept, with the names of each language")
            by_language = {code: _names(file, f"{key}.{code}", value) for code, value in names.items()}
            yield Concept(key, by_language, unreviewed & by_language.keys())


def _table(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise LanguageDataError(f"{file}: {error.strerror or error}", key=str(file)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageDataError(f"{file} is not valid TOML: {error}", key=str(file)) from None


def _names(file: Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise _malformed(file, key, "a list of texts that are not empty")
    return tuple(value)


def _malformed(file: Path, key: str, wanted: str) -> LanguageDataError:
    return LanguageDataError(f"{file}: {key!r} must be {wanted}", key=f"{file}: {key}")
