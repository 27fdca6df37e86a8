"""Learns to tell languages of one script apart: `python training/learn_identification.py ../shared/train`.

A softmax regression a script, on the hashed character n-grams of one to eight words in a row: from the sentences of the
parallel corpora, the stop words and the glossary, and for Darija the words and the forms of the verbs of `darija.toml`,
mixed with words of the language that it is a dialect of. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import gzip
import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jazari_rag.languages import load_concepts, load_languages
from jazari_rag.text.letters import FOLDER, HEIGHT, features, model_file, write_model
from jazari_rag.text.normalise import is_number, script_of, tokens

CORPORA = {
    "ar": (
        *("ntrex128.ar-en", "tico19.ar-en", "un-sdg.ar-en", "mozilla-www.ar-en", "tatoeba.ar-en", "mintaka-dev.ar-en"),
        *("osm-id-presets.ar-fr", "morocco-law-sentences.ar-fr", "morocco-law-articles.ar-fr", "ud-pud.ar-en"),
        *("tatoeba-ara.ar-en", "omw-lexicon.ar-fr", "unesco-thesaurus.ar-fr", "kolibri.ar-fr", "cldr.ar-fr"),
    ),
    "fr": ("ntrex128.en-fr", "tico19.es-fr", "un-sdg.es-fr", "mozilla-www.es-fr", "tatoeba.en-fr", "mintaka-dev.en-fr"),
    "en": ("ntrex128.en-fr", "tico19.en-es", "un-sdg.en-es", "mozilla-www.en-es", "tatoeba.en-fr", "mintaka-dev.en-fr"),
    "es": ("ntrex128.en-es", "tico19.es-fr", "un-sdg.es-fr", "mozilla-www.es-fr", "tatoeba.fr-es", "mintaka-dev.en-es"),
    "zgh-Latn": ("tatoeba.ber-fr", "tatoeba.ber-en"),
}
CODES = {"Arab": ("ar", "ary"), "Latn": ("ary-Latn", "en", "es", "fr", "zgh-Latn")}
NAMES = {"zgh-Latn": "ber"}
DARIJA = Path(__file__).with_name("darija.toml")
SNIPPETS = 36_000
LIKELIER = {"ar": 2}
"""Languages of which there are so many times as many: Arabic that is taken for Darija is worse than the other way."""
LENGTHS = (1, 1, 1, 2, 3, 3, 4, 6, 8)
FROM_GLOSSARY = 0.3
"""Share of the snippets that are made of names of the glossary and stop words."""
FROM_FORMS = 0.6
"""Share of the words of a made snippet that are forms of the verbs and words of `darija.toml`."""
SEEN = 3
"""How often sentences have a word that is one of their language."""
DENIED = 0.15
"""How often a verb is denied."""
FROM_BASE = 0.2
"""Share of the words of a made snippet that a dialect has from its base."""
BORROWED = (1, 1, 2)
"""Words in a row that a dialect has from its base."""
SPOKEN = (("الا", "ل"), ("الا", "لا"), ("ال", "فال"), ("ال", "ل"))
RUN_IN = 0.2
"""How often an article is written as it is said."""
BATCH, EPOCHS, RATE = 512, 3, 0.1
TYPED = (("ɣ", "gh"), ("x", "kh"), ("c", "ch"), ("ɛ", "3"), ("e", ""))
"""Letters of Tamazight, and what people who have no keyboard for them type, or leave out."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="the folder of the training data")
    parser.add_argument("--output", type=Path, default=FOLDER, help="the folder of the models")
    parser.add_argument("--snippets", type=int, default=SNIPPETS, help="snippets of each language")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for script, codes in CODES.items():
        draw = random.Random(0)
        examples = [
            (snippet, number)
            for number, code in enumerate(codes)
            for snippet in snippets(arguments.train, code, arguments.snippets, draw)
            if snippet
        ]
        draw.shuffle(examples)
        write_model(model_file(script, arguments.output), codes, fitted(examples, len(codes)))


def snippets(train: Path, code: str, most: int, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """Words in a row, of sentences and of the project's own lists."""
    sentences = sentences_of(train, code)
    single = sorted({word for words in sentences for word in words if len(word) > 2})
    names, common = own_words(code)
    foreign = lent(train, code)
    base = load_languages().get(code).base
    borrowed = sentences_of(train, base) if base in CORPORA else ()
    forms = tomllib.loads(DARIJA.read_text(encoding="utf-8")).get(code)
    for _ in range(most * LIKELIER.get(code, 1)):
        length = draw.choice(LENGTHS)
        if not sentences or draw.random() < FROM_GLOSSARY:
            words = made(length, names, common, forms, borrowed, draw)
            yield words if not foreign.issuperset(words) else ()
        elif length == 1 and draw.random() < 0.5:
            yield typed((draw.choice(single),), code, draw)
        else:
            yield typed(stretch(draw.choice(sentences), length, draw), code, draw)


def stretch(words: Sequence[str], length: int, draw: random.Random) -> tuple[str, ...]:
    """So many of the words in a row, or all of them."""
    start = draw.randrange(max(1, len(words) - length + 1))
    return tuple(words[start : start + length])


def made(
    length: int,
    names: Sequence[tuple[str, ...]],
    common: Sequence[str],
    forms: Mapping[str, Any] | None,
    borrowed: Sequence[Sequence[str]],
    draw: random.Random,
) -> tuple[str, ...]:
    """Names of the glossary, stop words, forms of verbs and borrowed words in a row."""
    words: list[str] = []
    while len(words) < length:
        if borrowed and length > 1 and draw.random() < FROM_BASE:
            words.extend(spoken(word, draw) for word in stretch(draw.choice(borrowed), draw.choice(BORROWED), draw))
        elif forms and draw.random() < FROM_FORMS:
            words.extend(tokens(form(forms, draw)))
        elif common and draw.random() > 0.6:
            words.append(draw.choice(common))
        else:
            words.extend(draw.choice(names))
    return tuple(words[:length])


def spoken(word: str, draw: random.Random) -> str:
    """A word of the base as it is or, now and then, as the dialect runs its article into it."""
    for written, said in SPOKEN:
        if word.startswith(written) and draw.random() < RUN_IN:
            return said + word.removeprefix(written)
    return word


def form(families: Mapping[str, Any], draw: random.Random) -> str:
    """A form of a word of a dialect, denied now and then if it is a verb."""
    (family,) = draw.choices(list(families.values()), [one["share"] for one in families.values()])
    word: str = draw.choice(family["stems"].split())
    if draw.random() < family["prefixed"]:
        word = draw.choice(family["before"]) + word
    if draw.random() < family["suffixed"]:
        word += draw.choice(family["after"])
    return word.join(family["around"]) if "around" in family and draw.random() < DENIED else word


def own_words(code: str) -> tuple[list[tuple[str, ...]], list[str]]:
    """Names of the glossary, as words; stop words and markers."""
    language = load_languages().get(code)
    named = [tuple(tokens(name)) for concept in load_concepts() for name in concept.names.get(code, ())]
    common = sorted({token for word in language.stop_words | language.markers for token in tokens(word)})
    return [name for name in named if name] or [(word,) for word in common], common


def lent(train: Path, code: str) -> set[str]:
    """Words that a dialect has from the languages it mixes in: of them alone it cannot be told."""
    language = load_languages().get(code)
    lenders = {*language.borrows, *language.base.split()}
    return set().union(*(vocabulary(train, lender) for lender in sorted(lenders) if lender in CORPORA))


@cache
def vocabulary(train: Path, code: str) -> frozenset[str]:
    """The words that are seen often enough in the sentences of a language."""
    counts = Counter(word for words in sentences_of(train, code) for word in words)
    return frozenset(word for word, times in counts.items() if times >= SEEN and len(word) > 2)


def typed(words: tuple[str, ...], code: str, draw: random.Random) -> tuple[str, ...]:
    """Tamazight as it is printed or, as often, as people type it."""
    if code != "zgh-Latn" or draw.random() < 0.5:
        return words
    text = " ".join(words)
    for letter, spelling in TYPED:
        if draw.random() < 0.7:
            text = text.replace(letter, spelling)
    return tuple(text.split())


@cache
def sentences_of(train: Path, code: str) -> tuple[tuple[str, ...], ...]:
    """The folded words, in the script of a language, of each of its sentences that is not in a dialect of it."""
    script = load_languages().get(code).script
    dialects = words_of_dialects(code)
    found = []
    for corpus in CORPORA.get(code, ()):
        left, right = corpus.rsplit(".", 1)[1].split("-")
        side = (left, right).index(NAMES.get(code, code))
        with gzip.open(train / "parallel" / f"{corpus}.tsv.gz", "rt", encoding="utf-8") as file:
            for line in file:
                text = line.rstrip("\n").split("\t")[side]
                found.append(tuple(word for word in tokens(text) if not is_number(word) and script_of(word) == script))
    return tuple(words for words in found if words and dialects.isdisjoint(words))


def words_of_dialects(code: str) -> set[str]:
    """What marks the dialects of a language, of which its corpora hold some sentences, and is no word of its lists."""
    dialects = [language.code for language in load_languages() if language.base == code]
    own = set(own_words(code)[1])
    return {
        token for dialect in dialects for word in load_languages().get(dialect).markers for token in tokens(word)
    } - own


def fitted(examples: Sequence[tuple[tuple[str, ...], int]], languages: int) -> NDArray[np.float32]:
    """Weights by feature and language. Shape: (HEIGHT, languages)."""
    rows = [np.array(sorted({f for word in words for f in features(word)}), dtype=np.int64) for words, _ in examples]
    labels = np.array([label for _, label in examples])
    weights = np.zeros((HEIGHT, languages), dtype=np.float32)
    squares = np.full((HEIGHT, 1), 1e-8, dtype=np.float32)
    for _ in range(EPOCHS):
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            sizes = np.array([len(row) for row in batch])
            flat, owner = np.concatenate(batch), np.repeat(np.arange(len(batch)), sizes)
            scale = 1 / np.sqrt(np.maximum(sizes, 1))
            logits = np.zeros((len(batch), languages), dtype=np.float32)
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
