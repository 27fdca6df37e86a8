"""Pieces of words by a `tokenizers` file: the ids that its tokenizer gives, read word by word and remembered.

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
_REMEMBERED = 300_000
"""Words whose pieces are kept; with more, all are forgotten and read anew."""


class PieceReader:
    """Reads texts as the ids of pieces. Safe to share between threads.

    Args:
        file: A `tokenizer.json` that has a normalizer, splits by `WORD`, and adds no special tokens.
    """

    def __init__(self, file: Path | Tokenizer) -> None:
        self.tokenizer = file if isinstance(file, Tokenizer) else Tokenizer.from_file(str(file))
        self._known: dict[str, tuple[int, ...]] = {}
        self._lock = Lock()

    def pieces(self, text: str) -> list[int]:
        """The ids of the pieces of `text`, in order; a word of unknown letters is one unknown piece."""
        words = _WORD.findall(self.tokenizer.normalizer.normalize_str(text))
        known = self._known
        found: list[int] = []
        for word in words:
            ids = known.get(word)
            found += self._read(word) if ids is None else ids
        return found

    def _read(self, word: str) -> tuple[int, ...]:
        with self._lock:
            ids = tuple(token.id for token in self.tokenizer.model.tokenize(word))
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[word] = ids
        return ids
