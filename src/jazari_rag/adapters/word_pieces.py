"""Pieces of words by a `tokenizers` file: the ids that its tokenizer gives, read stretch by stretch and remembered.

The tokenizer itself takes ten times as long over a passage, most of it to find the words and to track offsets.
"""

from __future__ import annotations

import re
from pathlib import Path
from threading import Lock

from tokenizers import Tokenizer

WORD = r"[\p{L}\p{N}]+"
"""What the tokenizer's `Split` keeps of a text, as it writes it; to Python, `_WORD` (of the letters that it knows)."""
_WORD = re.compile(r"[^\W_]+")
_REMEMBERED = 100_000
"""Stretches between spaces whose pieces are kept; with more, all are forgotten and read anew."""
_LONGEST = 40
"""Characters of a stretch that is kept."""


class PieceReader:
    """Reads texts as the ids of pieces. Safe to share between threads.

    Args:
        file: A `tokenizer.json` that has a normalizer which changes no space, splits by `WORD`, and adds no special
            tokens.
    """

    def __init__(self, file: Path | Tokenizer) -> None:
        self.tokenizer = file if isinstance(file, Tokenizer) else Tokenizer.from_file(str(file))
        self._known: dict[str, tuple[int, ...]] = {}
        self._lock = Lock()

    def pieces(self, text: str) -> list[int]:
        """The ids of the pieces of `text`, in order; a word of unknown letters is one unknown piece."""
        known = self._known
        found: list[int] = []
        for stretch in text.split():
            ids = known.get(stretch)
            found += self._read(stretch) if ids is None else ids
        return found

    def _read(self, stretch: str) -> tuple[int, ...]:
        with self._lock:
            words = _WORD.findall(self.tokenizer.normalizer.normalize_str(stretch))
            ids = tuple(token.id for word in words for token in self.tokenizer.model.tokenize(word))
            if len(stretch) <= _LONGEST:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[stretch] = ids
        return ids
