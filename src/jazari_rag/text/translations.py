"""The learned lexicon: which terms of one language stand for a term of another, and how surely.

The file is a NumPy archive without pickles. It is read when a question is first translated, not when the library is
imported, and each direction when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from jazari_rag.errors import LanguageDataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = Path(__file__).parent.parent / "languages" / "lexicon" / "lexicon.npz"
FORMAT = 1
_SCALE = 255
"""Weights are kept as whole numbers up to this one."""


@dataclass(frozen=True, slots=True)
class Direction:
    """Translations from one language into another: a row an entry, ordered by source; weights in (0, 1]."""

    source: str
    target: str
    sources: NDArray[Any]
    targets: NDArray[Any]
    weight: NDArray[Any]


def write_lexicon(
    path: Path,
    stems: Mapping[str, Sequence[str]],
    directions: Iterable[Direction],
    words: Mapping[str, Mapping[str, int]],
) -> None:
    """Writes a lexicon; the same content gives the same bytes.

    Args:
        path: The file to write.
        stems: The stems of each language; entries of `directions` are positions in them.
        directions: What is kept. Stems that no direction names are left out.
        words: Words of a language without their prefixes, and how often each was seen.
    """
    import numpy as np

    directions = list(directions)
    used: dict[str, list[NDArray[Any]]] = {}
    for direction in directions:
        used.setdefault(direction.source, []).append(direction.sources)
        used.setdefault(direction.target, []).append(direction.targets)
    arrays: dict[str, NDArray[Any]] = {"format": np.array([FORMAT])}
    places = {}
    for code in sorted(used):
        numbers = sorted(set(np.concatenate(used[code]).tolist()), key=stems[code].__getitem__)
        places[code] = np.zeros(len(stems[code]), dtype=np.int64)
        places[code][numbers] = np.arange(len(numbers))
        blob = "\n".join(stems[code][number] for number in numbers).encode()
        arrays[f"stems-{code}"] = np.frombuffer(blob, dtype=np.uint8)
        used[code] = numbers
    for item in directions:
        sources, targets = places[item.source][item.sources], places[item.target][item.targets]
        order = np.lexsort((targets, -item.weight, sources))
        name = f"{item.source}-{item.target}"
        arrays[f"{name}-counts"] = np.bincount(sources, minlength=len(used[item.source])).astype(np.uint8)
        arrays[f"{name}-targets"] = targets[order].astype(np.uint32)
        arrays[f"{name}-weights"] = np.ceil(item.weight[order] * _SCALE).astype(np.uint8)
    for code, seen in words.items():
        arrays[f"words-{code}"] = np.frombuffer("\n".join(sorted(seen)).encode(), dtype=np.uint8)
        arrays[f"words-{code}-seen"] = np.array([min(seen[word], 65_535) for word in sorted(seen)], dtype=np.uint16)
    arrays["parts"] = np.frombuffer("\n".join(sorted(arrays)).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **arrays)


@dataclass(frozen=True, slots=True)
class _Table:
    """One direction: the entries of source `i` are `starts[i]:starts[i + 1]`."""

    starts: NDArray[Any]
    targets: NDArray[Any]
    weights: NDArray[Any]


class Lexicon:
    """Translations of terms between the languages of a lexicon file. Safe to share between threads.

    Args:
        path: The file; nothing of it is read yet.
    """

    def __init__(self, path: Path = FILE) -> None:
        self._path = path
        self._lock = Lock()
        self._tables: dict[tuple[str, str], _Table | None] = {}
        self._stems: dict[str, list[str]] = {}
        self._numbers: dict[str, dict[str, int]] = {}

    def translations(self, term: str, source: str, target: str) -> list[tuple[str, float]]:
        """The stems of `target` that stand for a stem of `source`, best first, with weights in (0, 1].

        Raises:
            LanguageDataError: The file is missing or damaged.
        """
        table = self._table(source, target)
        number = self._numbers[source].get(term) if table else None
        if table is None or number is None:
            return []
        start, end = int(table.starts[number]), int(table.starts[number + 1])
        stems = self._stems[target]
        found = zip(table.targets[start:end].tolist(), table.weights[start:end].tolist(), strict=True)
        return [(stems[place], weight / _SCALE) for place, weight in found]

    def knows(self, term: str, code: str) -> bool:
        """Whether a stem of this language is in the lexicon.

        Raises:
            LanguageDataError: The file is missing or damaged.
        """
        with self._lock:
            if code not in self._numbers:
                with self._opened() as file:
                    self._read_stems(file, code)
        return term in self._numbers[code]

    def serves(self, source: str, target: str) -> bool:
        """Whether there is anything from `source` into `target`."""
        return self._table(source, target) is not None

    def words(self, code: str) -> dict[str, int]:
        """The known words of a language, folded and without their prefixes, and how often each was seen.

        Raises:
            LanguageDataError: The file is missing or damaged.
        """
        with self._opened() as file:
            if f"words-{code}" not in file:
                return {}
            words = bytes(file[f"words-{code}"]).decode().split("\n")
            return dict(zip(words, file[f"words-{code}-seen"].tolist(), strict=True))

    def _table(self, source: str, target: str) -> _Table | None:
        key = (source, target)
        if key not in self._tables:
            with self._lock:
                if key not in self._tables:
                    self._tables[key] = self._loaded(source, target)
        return self._tables[key]

    def _loaded(self, source: str, target: str) -> _Table | None:
        import numpy as np

        name = f"{source}-{target}"
        with self._opened() as file:
            if f"{name}-counts" not in file:
                return None
            self._read_stems(file, source)
            self._read_stems(file, target)
            starts = np.concatenate(([0], np.cumsum(file[f"{name}-counts"], dtype=np.int64)))
            table = _Table(starts, file[f"{name}-targets"], file[f"{name}-weights"])
            self._check(table, source, target)
        return table

    @contextmanager
    def _opened(self) -> Iterator[Mapping[str, NDArray[Any]]]:
        import numpy as np

        try:
            with self._path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                if file["format"].tolist() != [FORMAT]:
                    raise ValueError(f"its format is {file['format'].tolist()}, and this version reads {FORMAT}")
                if bytes(file["parts"]).decode().split("\n") != sorted({*file.files} - {"parts"}):
                    raise ValueError("parts of it are missing")
                yield file
        except Exception as error:  # a damaged archive raises whatever its parsers trip over
            message = f"the translation lexicon {self._path} cannot be read ({error}): install the package again"
            raise LanguageDataError(message, key=str(self._path)) from error

    def _read_stems(self, file: Mapping[str, NDArray[Any]], code: str) -> None:
        if code not in self._stems:
            stems = bytes(file[f"stems-{code}"]).decode().split("\n")
            self._numbers[code] = {stem: number for number, stem in enumerate(stems)}
            self._stems[code] = stems

    def _check(self, table: _Table, source: str, target: str) -> None:
        n_entries = len(table.targets)
        fits = (
            len(table.starts) == len(self._stems[source]) + 1
            and table.starts[-1] == n_entries == len(table.weights)
            and (n_entries == 0 or int(table.targets.max()) < len(self._stems[target]))
        )
        if not fits:
            raise ValueError(f"the parts of {source}-{target} do not fit together")


@lru_cache(maxsize=1)
def shipped_lexicon() -> Lexicon:
    """The lexicon of the package; one for all assistants of a process."""
    return Lexicon()
