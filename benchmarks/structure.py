"""Articles of law: those that are found against the numbers that each text must have; passages that repeat text.

python benchmarks/structure.py [FOLDER] [--list]

A text's numbers are facts, written down here from its own table and its notes of repeal, not from what we find: `1-9`
is a run, `+` another act in the same file (the dahir that promulgates a code). The baseline takes a line that begins
with the word for an article and a number.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jazari_rag.config import PassageSizes
from jazari_rag.domain import MarkKind, Page, Passage, ReadDocument
from jazari_rag.ingestion.parsing import parse, prepare
from jazari_rag.languages import load_languages
from jazari_rag.text.notes import find_notes
from jazari_rag.text.outline import Heading
from jazari_rag.text.passages import document_headings
from jazari_rag.worker import read_file

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "morocco"
LANGUAGES = load_languages()
SHINGLE = 12
"""Words in a row that are said to repeat a text."""

_PENAL = "218-1..9 218-4-1..2 231-1..8 256-1 262-bis 267-1..4 303-bis 308-1..19 431-1..4 467-1..4 499-1..2 501-1"
_PENAL_END = "503-1..2 574-1..7 607-bis 607-ter 607-3..11"
_PENAL_2021 = "88-1..3 218-1-1 267-5 299-1 323-1..2 429-1 431-5 436-1 444-1..2 447-1..3 448-1..14 480-1 481-1"
_PENAL_2021_END = "503-1-1..2 503-2-1 526-1"
TEXTS = {
    "53750fb3": "1-6 + 1-184 201-214 217-242 258-263 267-528 179-bis 327-1..70",
    "a39f0281": f"1-9 + 1-18 24-288 292-612 44-1 {_PENAL} {_PENAL_END}",
    "ac9ceb82": f"1-9 + 1-18 24-288 292-612 44-1 {_PENAL} {_PENAL_END} {_PENAL_2021} {_PENAL_2021_END}",
    "64187e28": (
        "1-2 + 1-126 129-221 223 258-377 13-bis 104-bis 132-bis 263-bis 307-bis 335-bis 335-ter 335-quater"
        " 335-quinquies 335-sexies 335-septies 336-bis 336-ter 342-bis 342-3..5 346-bis 350-bis 369-bis"
    ),
    "15f2b2bd": "1-27",
    "3ea65d28": "1-54 50-bis",
    "91ec3675": "1-18",
    "652fd50d": "1-31",
    "0445fa71": "1-3",
    "199d91f1": "1-7",
    "59f91942": "1-8",
    "5db7f624": "1-15",
    "7069dce3": "1-15",
    "08eccdfc": "1-14",
    "a671add9": "1-10",
    "c6ed8518": "1-4",
    "e084ef6f": "1-3",
    "b9e486de": "1-4",
}
"""File (the start of its name) -> its articles: 4 codes, 3 laws and 11 decrees."""


def expected(spec: str) -> Counter[str]:
    """How often each number stands in a file."""
    return Counter(number for part in spec.split() if part != "+" for number in _run(part))


def _run(part: str) -> Iterator[str]:
    base, dots, last = part.partition("..")
    stem, _, first = base.rpartition("-")
    if dots:
        yield from (f"{stem}-{number}" for number in range(int(first), int(last) + 1))
    elif re.fullmatch(r"\d+-\d+", part) and int(first) > int(stem) and part not in _SINGLE:
        yield from map(str, range(int(stem), int(first) + 1))
    else:
        yield part


_SINGLE = frozenset({"44-1", "256-1", "267-5", "299-1", "429-1", "431-5", "436-1", "480-1", "481-1", "501-1", "526-1"})


@dataclass(slots=True)
class Count:
    """What was found of a text."""

    name: str
    wanted: int
    found: int
    right: int
    baseline: int
    baseline_right: int
    missing: list[str]
    wrong: list[str]
    repeated: float
    homeless: list[str]
    notes: int
    passages: int
    cpu: float


def measure(path: Path, spec: str) -> Count:
    """Reads, structures and cuts a text."""
    read = prepare(read_file(path, max_pages=5_000), LANGUAGES)
    started = time.process_time()
    parsed = parse(read, path.name, sizes=PassageSizes(), languages=LANGUAGES)
    cpu = time.process_time() - started
    heads = [head for page in document_headings(read.pages, LANGUAGES) for head in page]
    wanted = expected(spec)
    found = Counter(_numbers(heads))
    base = Counter(_baseline(read.pages))
    return Count(
        name=path.name[:20],
        wanted=wanted.total(),
        found=found.total(),
        right=(found & wanted).total(),
        baseline=base.total(),
        baseline_right=(base & wanted).total(),
        missing=sorted((wanted - found).elements()),
        wrong=sorted((found - wanted).elements()),
        repeated=repeated_share(read, parsed.passages),
        homeless=[head.label for head in heads if head.law and not _has_passage(head, parsed.passages)],
        notes=sum(map(len, find_notes(read.pages))),
        passages=len(parsed.passages),
        cpu=cpu,
    )


def _numbers(heads: Iterable[Heading]) -> Iterator[str]:
    """The articles in order; a head that is printed twice running (for two amendments) is one article."""
    last = ""
    for head in heads:
        if head.law and head.number and not head.quoted:
            if head.number != last:
                yield head.number
            last = head.number


_LINE = re.compile(r"(?m)^(?:Article|المادة|الفصل)[ \t]+(\d+)(?:-(\d+))?")


def _baseline(pages: Iterable[Page]) -> Iterator[str]:
    for page in pages:
        yield from ("-".join(filter(None, match.groups())) for match in _LINE.finditer(page.text))


def _has_passage(head: Heading, passages: Sequence[Passage]) -> bool:
    """Whether something stands under a heading."""
    return any(head.label in passage.section for passage in passages)


def repeated_share(read: ReadDocument, passages: Sequence[Passage]) -> float:
    """The share of the words of passages that stand in a run of words which more than one passage has.

    What the document itself prints twice is no repetition of ours: a run counts as often as pages print it.
    """
    printed = Counter(shingle for page in read.pages for shingle in _shingles(_kept(page)))
    held = Counter(shingle for passage in passages for shingle in _shingles(passage.text))
    more = sum(max(0, times - printed[shingle]) for shingle, times in held.items())
    return more / max(1, held.total())


def _kept(page: Page) -> str:
    hidden = sorted((m.start, m.end) for m in page.marks if m.kind in (MarkKind.BOILERPLATE, MarkKind.HIDDEN))
    text, position = [], 0
    for start, end in hidden:
        text.append(page.text[position : max(position, start)])
        position = max(position, end)
    return " ".join([*text, page.text[position:]])


def _shingles(text: str) -> list[tuple[str, ...]]:
    words = text.split()
    return [tuple(words[index : index + SHINGLE]) for index in range(len(words) - SHINGLE + 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--list", action="store_true", help="name what is missing and what is wrong")
    options = parser.parse_args()
    print("text                   wanted  recall  precision  baseline R / P  repeated  headless  notes passages  CPU s")
    counts = []
    for name, spec in TEXTS.items():
        [path] = (options.folder / "pdf").glob(f"{name}*")
        counts.append(count := measure(path, spec))
        print(line(count))
        if options.list:
            print(f"    missing: {' '.join(count.missing)}\n    wrong: {' '.join(count.wrong)}")
            print(f"    no passage: {count.homeless}")
    print(line(total(counts)))


def total(counts: Sequence[Count]) -> Count:
    sums = {name: sum(getattr(c, name) for c in counts) for name in ("wanted", "found", "right", "baseline", "notes")}
    return Count(
        "all",
        **sums,
        baseline_right=sum(c.baseline_right for c in counts),
        missing=[],
        wrong=[],
        repeated=sum(c.repeated * c.passages for c in counts) / sum(c.passages for c in counts),
        homeless=[label for c in counts for label in c.homeless],
        passages=sum(c.passages for c in counts),
        cpu=sum(c.cpu for c in counts),
    )


def line(count: Count) -> str:
    recall, precision = count.right / count.wanted, count.right / max(1, count.found)
    base = f"{count.baseline_right / count.wanted:.3f} / {count.baseline_right / max(1, count.baseline):.3f}"
    return (
        f"{count.name:22} {count.wanted:6} {recall:7.3f} {precision:10.3f}   {base}   {count.repeated:7.2%}"
        f" {len(count.homeless):9} {count.notes:6} {count.passages:8} {count.cpu:6.2f}"
    )


if __name__ == "__main__":
    main()
