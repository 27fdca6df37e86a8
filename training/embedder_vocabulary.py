"""The pieces of words that the embedder knows: byte-pair encoding over folded text of all its languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from jazari_rag.adapters.word_pieces import WORD

SIZE = 40_000
CHARACTERS = 3_000_000
"""Read of each side of each pair of languages: as much Arabic as French."""
UNKNOWN = "[UNK]"
END = "</w>"
"""Marks the last piece of a word."""
_LETTERS = (("ة", "ه"), ("ى", "ي"), ("ـ", ""))
"""What writers do not tell apart, beside case and accents. Few: each is another pass over the text."""


def learn_tokenizer(sides: Sequence[Sequence[str]], *, seed: int) -> Tokenizer:
    """A tokenizer whose normalizer folds case, accents and the forms of Arabic letters."""
    tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN, fuse_unk=True, end_of_word_suffix=END))
    forms = [normalizers.Replace(letter, by) for letter, by in _LETTERS]
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(), *forms]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(WORD), behavior="removed", invert=True)
    tokenizer.decoder = decoders.BPEDecoder(suffix=END)
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE,
        special_tokens=[UNKNOWN],
        end_of_word_suffix=END,
        max_token_length=16,
        limit_alphabet=300,
        show_progress=False,
    )
    tokenizer.train_from_iterator(_sampled(sides, seed), trainer)
    return tokenizer


def _sampled(sides: Sequence[Sequence[str]], seed: int) -> Iterator[str]:
    random = np.random.default_rng(seed)
    for texts in sides:
        left = CHARACTERS
        for index in random.permutation(len(texts)):
            if left <= 0:
                break
            left -= len(texts[index])
            yield texts[index]
