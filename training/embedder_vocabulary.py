"""The pieces of words that the embedder knows: byte-pair encoding over folded text of all its languages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from jazari_rag.adapters.word_pieces import WORD

SIZE = 40_000
ALPHABET = 300
"""Letters and digits; others are unknown."""
CHARACTERS = 3_000_000
"""Read of each side of each pair of languages: as much Arabic as French."""
UNKNOWN = "[UNK]"
END = "</w>"
"""Marks the last piece of a word."""
_LETTERS = (("ة", "ه"), ("ى", "ي"), ("ـ", ""))
"""What writers do not tell apart, beside case and accents. Few: each is another pass over the text."""


def learn_tokenizer(sides: Sequence[Sequence[str]], *, seed: int) -> Tokenizer:
    """A tokenizer whose normalizer folds case, accents and the forms of Arabic letters.

    The trainer numbers letters at the end of a word in the order in which it meets them, which changes from run to
    run, and settles ties by number; so the letters, alone and at an end, are counted and numbered before.
    """
    learner = _tokenizer(models.BPE(unk_token=UNKNOWN, fuse_unk=True, end_of_word_suffix=END))
    texts = list(_sampled(sides, seed))
    letters = _letters(learner, texts)
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE,
        special_tokens=[UNKNOWN, *(letter + END for letter in letters)],
        initial_alphabet=letters,
        limit_alphabet=len(letters),
        end_of_word_suffix=END,
        max_token_length=16,
        show_progress=False,
    )
    learner.train_from_iterator(texts, trainer)
    learnt = json.loads(learner.to_str())["model"]
    merges = [(left, right) for left, right in learnt["merges"]]
    model = models.BPE(vocab=learnt["vocab"], merges=merges, unk_token=UNKNOWN, fuse_unk=True, end_of_word_suffix=END)
    return _tokenizer(model)


def _tokenizer(model: models.BPE) -> Tokenizer:
    tokenizer = Tokenizer(model)
    forms = [normalizers.Replace(letter, by) for letter, by in _LETTERS]
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(), *forms]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(WORD), behavior="removed", invert=True)
    tokenizer.decoder = decoders.BPEDecoder(suffix=END)
    return tokenizer


def _letters(tokenizer: Tokenizer, texts: Sequence[str]) -> list[str]:
    """The letters and digits that are met most, in the order of their codes."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(tokenizer.normalizer.normalize_str(text))
    met = sorted((-times, letter) for letter, times in seen.items() if letter.isalnum())
    return sorted(letter for _, letter in met[:ALPHABET])


def _sampled(sides: Sequence[Sequence[str]], seed: int) -> Iterator[str]:
    random = np.random.default_rng(seed)
    for texts in sides:
        left = CHARACTERS
        for index in random.permutation(len(texts)):
            if left <= 0:
                break
            left -= len(texts[index])
            yield texts[index]
