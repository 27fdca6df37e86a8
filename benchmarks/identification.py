"""How well the language of a question is found: `python benchmarks/identification.py [--json]`.

Questions of `identification_questions.toml`, put together with a fixed seed: 200 whole ones of each form, 200 of
three words in a row out of others, and up to 200 single words (those that no other language of the file shares). A
Darija text whose words are all standard Arabic may be found to be Arabic: `or base` counts that as right. Beside ours,
langdetect (seeded, restricted to fr, en, es and ar), and lingua where it is installed (the same four).
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time

from jazari_rag.languages import Languages, load_languages
from jazari_rag.text.identify import identify
from jazari_rag.text.normalise import tokens

FILE = Path(__file__).with_name("identification_questions.toml")
EACH = 200
FOUR = ("ar", "en", "es", "fr")
Identifier = Callable[[str], str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true", help="print what ours gets wrong")
    arguments = parser.parse_args()
    languages = load_languages()
    items = [
        (code, kind, text) for code, kinds in questions().items() for kind, texts in kinds.items() for text in texts
    ]
    peers: dict[str, Identifier | None] = {"ours": lambda text: identify(text, languages).language}
    peers |= {"langdetect": langdetect_restricted(), "lingua": lingua_restricted()}
    found: dict[str, object] = {}
    for name, peer in peers.items():
        if peer is None:
            print(f"{name}: not installed, left out")
            continue
        served = None if name == "ours" else FOUR
        fair = [item for item in items if served is None or item[0] in served]
        peer(fair[0][2])
        started = process_time()
        answers = [peer(text) for _, _, text in fair]
        found[name] = figures(fair, answers, languages, 1e6 * (process_time() - started) / len(fair))
        if name == "ours" and arguments.misses:
            for (code, kind, text), answer in zip(fair, answers, strict=True):
                if answer not in languages.chain(code):
                    print(code, kind, answer, text)
    print(json.dumps(found, indent=1) if arguments.json else table(found))


def questions() -> dict[str, dict[str, list[str]]]:
    """Form -> kind -> texts, the same in every run."""
    lists = tomllib.loads(FILE.read_text(encoding="utf-8"))
    words = {code: _content(parts) for code, parts in lists.items()}
    times = Counter(word for own in words.values() for word in own)
    draw = random.Random(0)
    made = {}
    for code, parts in lists.items():
        whole = [
            " ".join(filter(None, (opener, thing, end)))
            for opener in parts["openers"]
            for thing in parts["things"]
            for end in ("", *parts["ends"])
        ]
        draw.shuffle(whole)
        long = [text for text in whole if 5 <= len(text.split()) <= 12]
        three = list(dict.fromkeys(_three(text, draw) for text in long[EACH:]))
        single = [word for word in words[code] if times[word] == 1]
        made[code] = {
            "whole": long[:EACH],
            "three words": three[:EACH],
            "one word": draw.sample(single, min(EACH, len(single))),
        }
    return made


def _three(text: str, draw: random.Random) -> str:
    words = text.split()
    start = draw.randrange(len(words) - 2)
    return " ".join(words[start : start + 3])


def _content(parts: Mapping[str, Sequence[str]]) -> list[str]:
    """The words of more than two letters, as they are written."""
    written = (word for texts in parts.values() for text in texts for word in text.split())
    return sorted({word.lower() for word in written if len(word) > 2 and tokens(word)})


def figures(
    items: Sequence[tuple[str, str, str]], answers: Sequence[str], languages: Languages, micros: float
) -> object:
    """Right answers and counts, by form and kind."""
    counts: dict[str, dict[str, dict[str, float]]] = {}
    for (code, kind, _), answer in zip(items, answers, strict=True):
        cell = counts.setdefault(code, {}).setdefault(kind, {"n": 0, "right": 0, "or base": 0})
        cell["n"] += 1
        cell["right"] += answer == code
        cell["or base"] += answer in languages.chain(code)
    return {"microseconds": round(micros), "forms": counts}


def table(found: Mapping[str, object]) -> str:
    """A row a form, the share that is right of each kind."""

    def rows() -> Iterator[str]:
        for name, figure in found.items():
            assert isinstance(figure, dict)
            yield f"{name}: {figure['microseconds']} CPU microseconds a text"
            for code, kinds in figure["forms"].items():
                cells = (
                    f"{kind} {cell['right'] / cell['n']:.3f} (or base {cell['or base'] / cell['n']:.3f}, "
                    f"n {cell['n']:.0f})"
                    for kind, cell in kinds.items()
                )
                yield f"  {code:9s} " + "  ".join(cells)

    return "\n".join(rows())


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
