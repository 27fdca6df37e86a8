"""Learns to tell languages of the Latin script apart: `python training/learn_identification.py ../shared/train`.

A softmax regression on the hashed character n-grams of one to eight words in a row, from the sentences of the parallel
corpora, the stop words and the glossary. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jazari_rag.languages import load_concepts, load_languages
from jazari_rag.text.letters import FILE, HEIGHT, features, write_model
from jazari_rag.text.normalise import is_number, script_of, tokens

CORPORA = {
    "fr": ("ntrex128.en-fr", "tico19.es-fr", "un-sdg.es-fr", "mozilla-www.es-fr", "tatoeba.en-fr"),
    "en": ("ntrex128.en-fr", "tico19.en-es", "un-sdg.en-es", "mozilla-www.en-es", "tatoeba.en-fr"),
    "es": ("ntrex128.en-es", "tico19.es-fr", "un-sdg.es-fr", "mozilla-www.es-fr", "tatoeba.fr-es"),
    "zgh-Latn": ("tatoeba.ber-fr", "tatoeba.ber-en"),
}
CODES = ("ary-Latn", "en", "es", "fr", "zgh-Latn")
NAMES = {"zgh-Latn": "ber"}
SNIPPETS = 16_000
"""Snippets of each language."""
LENGTHS = (1, 1, 2, 3, 3, 4, 6, 8)
FROM_GLOSSARY = 0.3
"""Share of the snippets that are made of names of the glossary and stop words."""
BATCH, EPOCHS, RATE = 512, 3, 0.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="the folder of the training data")
    parser.add_argument("--output", type=Path, default=FILE)
    arguments = parser.parse_args()
    draw = random.Random(0)
    examples = [
        (snippet, number) for number, code in enumerate(CODES) for snippet in snippets(arguments.train, code, draw)
    ]
    draw.shuffle(examples)
    write_model(arguments.output, CODES, fitted(examples))


def snippets(train: Path, code: str, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """Words in a row, of sentences and of the project's own lists."""
    sentences = [words for words in sentences_of(train, code) if words]
    named, common = own_words(code)
    for _ in range(SNIPPETS):
        length = draw.choice(LENGTHS)
        if not sentences or draw.random() < FROM_GLOSSARY:
            names = [
                draw.choice(named) if draw.random() < 0.6 or not common else (draw.choice(common),)
                for _ in range(length)
            ]
            yield tuple(word for name in names for word in name)[:length]
        else:
            words = draw.choice(sentences)
            start = draw.randrange(max(1, len(words) - length + 1))
            yield tuple(words[start : start + length])


def own_words(code: str) -> tuple[list[tuple[str, ...]], list[str]]:
    """Names of the glossary, as words; stop words and markers."""
    language = load_languages().get(code)
    named = [tuple(tokens(name)) for concept in load_concepts() for name in concept.names.get(code, ())]
    common = sorted({token for word in language.stop_words | language.markers for token in tokens(word)})
    return [name for name in named if name] or [(word,) for word in common], common


def sentences_of(train: Path, code: str) -> Iterator[list[str]]:
    """The folded Latin words of each sentence of a language."""
    for corpus in CORPORA.get(code, ()):
        left, right = corpus.rsplit(".", 1)[1].split("-")
        side = (left, right).index(NAMES.get(code, code))
        with gzip.open(train / "parallel" / f"{corpus}.tsv.gz", "rt", encoding="utf-8") as file:
            for line in file:
                text = line.rstrip("\n").split("\t")[side]
                yield [word for word in tokens(text) if not is_number(word) and script_of(word) == "Latn"]


def fitted(examples: list[tuple[tuple[str, ...], int]]) -> NDArray[np.float32]:
    """Weights by feature and language. Shape: (HEIGHT, languages)."""
    rows = [np.array(sorted({f for word in words for f in features(word)}), dtype=np.int64) for words, _ in examples]
    labels = np.array([label for _, label in examples])
    weights = np.zeros((HEIGHT, len(CODES)), dtype=np.float32)
    squares = np.full((HEIGHT, 1), 1e-8, dtype=np.float32)
    for _ in range(EPOCHS):
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            sizes = np.array([len(row) for row in batch])
            flat, owner = np.concatenate(batch), np.repeat(np.arange(len(batch)), sizes)
            scale = 1 / np.sqrt(np.maximum(sizes, 1))
            logits = np.zeros((len(batch), len(CODES)), dtype=np.float32)
            np.add.at(logits, owner, weights[flat])
            logits *= scale[:, None]
            error = np.exp(logits - logits.max(axis=1, keepdims=True))
            error /= error.sum(axis=1, keepdims=True)
            error[np.arange(len(batch)), labels[start : start + BATCH]] -= 1
            step = (error * scale[:, None])[owner]
            np.add.at(squares, flat, (step**2).mean(axis=1, keepdims=True))
            np.add.at(weights, flat, -RATE * step / np.sqrt(squares[flat]))
    return weights


if __name__ == "__main__":
    main()
