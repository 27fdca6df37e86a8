"""How well the language of a question is found: `python benchmarks/identification.py [--json] [SET…]`.

The lists of `identification_questions.toml`, put together with a fixed seed: of each form up to 200 whole questions
(5 to 12 words), 200 of three words in a row, and 200 single words, in a developing and a held-out half. Each part of a
question and each word is in a half by its checksum, so that no opener and no thing stands in both. `--misses` prints
those of the developing half only.

A single word that several languages write the same is left out; a longer text is right in every language that has
all its words, by the lists and by what they mark as shared. `or base` counts Darija found to be Arabic as right too.
With Wilson's 95 % intervals. Beside ours, langdetect (seeded, restricted to fr, en, es and ar), and lingua where it is
installed (the same four).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from time import process_time
from zlib import crc32

from jazari_rag.languages import Languages, load_languages
from jazari_rag.text.identify import identify
from jazari_rag.text.normalise import tokens

FILE = Path(__file__).with_name("identification_questions.toml")
EACH = 100
"""Texts of each form, kind and half."""
HALVES = ("developing", "held out")
FOUR = ("ar", "en", "es", "fr")
Identifier = Callable[[str], str]


@dataclass(frozen=True)
class Item:
    """A text of a form, and the languages that it is right to find."""

    form: str
    kind: str
    half: str
    text: str
    right: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "sets", nargs="*", type=Path, help="question sets: how often a question is found in which language"
    )
    parser.add_argument("--misses", action="store_true", help="print what ours gets wrong of the developing half")
    arguments = parser.parse_args()
    languages = load_languages()
    items = questions()
    peers: dict[str, Identifier | None] = {"ours": lambda text: identify(text, languages).language}
    peers |= {"langdetect": langdetect_restricted(), "lingua": lingua_restricted()}
    found: dict[str, object] = {}
    for name, peer in peers.items():
        if peer is None:
            print(f"{name}: not installed, left out")
            continue
        fair = [item for item in items if name == "ours" or item.form in FOUR]
        peer(fair[0].text)
        started = process_time()
        answers = [peer(item.text) for item in fair]
        found[name] = figures(fair, answers, languages, 1e6 * (process_time() - started) / len(fair))
        if name == "ours" and arguments.misses:
            for item, answer in zip(fair, answers, strict=True):
                if item.half == HALVES[0] and answer not in item.right:
                    print(item.form, item.kind, answer, item.text)
    counts = {folder.name: languages_of(folder, languages) for folder in arguments.sets}
    if arguments.json:
        print(json.dumps(found | {"sets": counts}, indent=1))
        return
    print(table(found))
    for name, by_language in counts.items():
        print(name, by_language)


def languages_of(folder: Path, languages: Languages) -> dict[str, dict[str, int]]:
    """Language of a set's questions -> language found -> how many."""
    found: dict[str, Counter[str]] = {}
    for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["lang"], Counter())[identify(row["question"], languages).language] += 1
    return {code: dict(counts.most_common()) for code, counts in found.items()}


def questions() -> list[Item]:
    """The texts of every form, kind and half, the same in every run."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    shared, letters = data.pop("shared"), data.pop("tifinagh")
    lists = {code: {**parts, "words": parts["words"].split()} for code, parts in data.items()}
    known = {code: {word for texts in parts.values() for word in _words(texts)} for code, parts in lists.items()}
    for entry in shared:
        for code in entry["languages"]:
            known[code].update(_words([entry["words"]]))
    draw = random.Random(0)
    items = []
    for code, parts in lists.items():
        for half in HALVES:
            for kind, texts in _texts(parts, known, code, half, draw).items():
                for text in texts:
                    right = frozenset(other for other, words in known.items() if words.issuperset(_words([text])))
                    items.append(Item(code, kind, half, text, right))
                    if code == "zgh-Latn":
                        items.append(Item("zgh", kind, half, _tifinagh(text, letters), frozenset({"zgh"})))
    return items


def _texts(
    parts: Mapping[str, Sequence[str]], known: Mapping[str, set[str]], code: str, half: str, draw: random.Random
) -> dict[str, list[str]]:
    """Kind -> texts of a language and a half."""
    own = {name: [text for text in texts if _half(text) == half] for name, texts in parts.items()}
    whole = [
        " ".join(filter(None, (opener, thing, end)))
        for opener in own["openers"]
        for thing in own["things"]
        for end in ("", *own["ends"])
    ]
    draw.shuffle(whole)
    long = [text for text in whole if 5 <= len(text.split()) <= 12]
    three = list(dict.fromkeys(_three(text, draw) for text in long[EACH:]))
    others = set().union(*(words for other, words in known.items() if other != code))
    alone = {word for texts in parts.values() for word in _words(texts) if len(word) > 2 and tokens(word)}
    single = sorted(word for word in alone - others if _half(word) == half)
    return {
        "whole": long[:EACH],
        "three words": three[:EACH],
        "one word": draw.sample(single, min(EACH, len(single))),
    }


def _half(text: str) -> str:
    return HALVES[crc32(text.encode()) % 2]


def _words(texts: Sequence[str]) -> list[str]:
    return [word.lower() for text in texts for word in text.split()]


def _three(text: str, draw: random.Random) -> str:
    words = text.split()
    start = draw.randrange(len(words) - 2)
    return " ".join(words[start : start + 3])


def _tifinagh(text: str, letters: Mapping[str, str]) -> str:
    return re.sub("|".join(letters), lambda found: letters[found[0]], text)


def figures(items: Sequence[Item], answers: Sequence[str], languages: Languages, micros: float) -> object:
    """Right answers and counts, by half, form and kind."""
    halves: dict[str, dict[str, dict[str, dict[str, int]]]] = {half: {} for half in HALVES}
    for item, answer in zip(items, answers, strict=True):
        cell = halves[item.half].setdefault(item.form, {}).setdefault(item.kind, {"n": 0, "right": 0, "or base": 0})
        cell["n"] += 1
        cell["right"] += answer in item.right
        cell["or base"] += answer in item.right or answer in languages.chain(item.form)
    return {"microseconds": round(micros), "halves": halves}


def table(found: Mapping[str, object]) -> str:
    """A row a half and form: of each kind the share that is right and its interval, with the base, and how many."""

    def rows() -> Iterator[str]:
        for name, figure in found.items():
            assert isinstance(figure, dict)
            yield f"{name}: {figure['microseconds']} CPU microseconds a text"
            for half, forms in figure["halves"].items():
                for code, kinds in forms.items():
                    yield f"  {half:10s} {code:9s} " + "  ".join(
                        f"{kind} {_cell(cell)}" for kind, cell in kinds.items()
                    )

    return "\n".join(rows())


def _cell(cell: Mapping[str, int]) -> str:
    count = cell["n"]
    low, high = wilson(cell["right"], count)
    base = cell["or base"] / count
    return f"{cell['right'] / count:.2f} [{low:.2f}-{high:.2f}] (or base {base:.2f}, n {count})"


def wilson(right: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (Wilson 1927)."""
    z = 1.96
    share, square = right / count, z * z / count
    middle = share + square / 2
    reach = z * sqrt(share * (1 - share) / count + square / (4 * count))
    return (middle - reach) / (1 + square), (middle + reach) / (1 + square)


def langdetect_restricted() -> Identifier | None:
    """langdetect with its seed fixed and the four languages alone; "" where it raises."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
    from langdetect.lang_detect_exception import LangDetectException

    factory = DetectorFactory()
    factory.seed = 0
    factory.load_json_profile([(Path(PROFILES_DIRECTORY) / code).read_text(encoding="utf-8") for code in FOUR])

    def asked(text: str) -> str:
        try:
            detector = factory.create()
            detector.append(text)
            return str(detector.detect())
        except LangDetectException:
            return ""

    return asked


def lingua_restricted() -> Identifier | None:
    """lingua with the four languages; None where it is not installed."""
    try:
        from lingua import IsoCode639_1, LanguageDetectorBuilder
    except ImportError:
        return None
    codes = [getattr(IsoCode639_1, code.upper()) for code in FOUR]
    detector = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()

    def asked(text: str) -> str:
        language = detector.detect_language_of(text)
        return language.iso_code_639_1.name.lower() if language else ""

    return asked


if __name__ == "__main__":
    main()
