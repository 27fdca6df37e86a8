"""Reads every PDF of a folder with this library and with the engines as they come, and counts what is wrong.

python benchmarks/extraction.py [FOLDER] [--without pypdf]

- lam-alef: how often the ligature is right and swapped ("الأجرة", "األجرة"), by letter pairs that no word has.
- glued: an Arabic letter before a digit without a space, but for the prefixes of one letter ("و18").
- heads: lines that open an article, in French or Arabic.
- turned: numbers of laws, decrees and years in Arabic lines that can only be backwards ("13-103", "1999-1998").
- pages a CPU second; of pdftotext, with those of the program.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "morocco" / "pdf"
Pages = Iterator[str]

_LETTER = "\u0621-\u064a"
_SWAPPED = re.compile(f"(?<![{_LETTER}])[وفبك]?ا[أإآا]ل(?=[{_LETTER}])")
_RIGHT = re.compile(f"(?<![{_LETTER}])[وفبك]?ال[أإآا](?=[{_LETTER}])")
_GLUED = re.compile(f"[{_LETTER}]{{2}}[0-9٠-٩]")
_ORDINAL = "\\d+|الأولى|الأول|الثاني|الثالث|الرابع"
_HEAD = re.compile(rf"^\s*(?:Article\s+(?:premier|\d+)|(?:المادة|الفصل)\s+(?:{_ORDINAL}))", re.M)
_TURNED = re.compile(r"(?<![\d-])(?:\d{2}-\d{3}|\d{3}-\d{2}-[12]|(?:19(\d\d)|20(\d\d))-19\d\d)(?![\d-])")
_ARABIC = re.compile(f"[{_LETTER}]")


def ours(path: Path) -> Pages:
    from jazari_rag.adapters.pdf import PdfReader

    for page in PdfReader().read(path).pages:
        reasons.update(page.quality.reasons)
        repairs.update(page.quality.repairs)
        yield page.text


def raw_pdfium(path: Path) -> Pages:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            yield page.get_textpage().get_text_range()


def raw_pypdf(path: Path) -> Pages:
    import pypdf

    for page in pypdf.PdfReader(path).pages:
        yield page.extract_text()


def pdftotext(path: Path) -> Pages:
    done = subprocess.run(("pdftotext", "-q", str(path), "-"), capture_output=True, check=True)
    text = re.sub("[\u200e\u200f\u202a-\u202e]", "", done.stdout.decode(errors="replace"))
    yield from text.removesuffix("\f").split("\f")


ENGINES: dict[str, Callable[[Path], Pages]] = {
    "jazari": ours,
    "pypdfium2": raw_pdfium,
    "pypdf": raw_pypdf,
    "pdftotext": pdftotext,
}
reasons: Counter[str] = Counter()
repairs: Counter[str] = Counter()


def wrongs(text: str) -> Counter[str]:
    arabic = "\n".join(line for line in text.splitlines() if _ARABIC.search(line))
    return Counter(
        {
            "lam-alef right": len(_RIGHT.findall(text)),
            "lam-alef swapped": len(_SWAPPED.findall(text)),
            "glued": len(_GLUED.findall(text)),
            "heads": len(_HEAD.findall(text)),
            "turned": len(_TURNED.findall(arabic)),
        }
    )


def cpu_seconds() -> float:
    """Of this process and of those that it ran."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def measure(name: str, paths: list[Path]) -> Counter[str]:
    counts: Counter[str] = Counter()
    started = cpu_seconds()
    for path in paths:
        for text in ENGINES[name](path):
            counts["pages"] += 1
            counts += wrongs(text)
    counts["pages / CPU s"] = round(counts["pages"] / (cpu_seconds() - started))
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--without", action="append", default=[], choices=sorted(ENGINES))
    options = parser.parse_args()
    paths = sorted(options.folder.rglob("*.pdf"))
    columns = ("pages", "lam-alef right", "lam-alef swapped", "glued", "heads", "turned", "pages / CPU s")
    print(f"{'':12}" + "".join(f"{column:>18}" for column in columns))
    for name in ENGINES:
        if name in options.without or (name == "pdftotext" and not shutil.which(name)):
            continue
        counts = measure(name, paths)
        print(f"{name:12}" + "".join(f"{counts[column]:>18}" for column in columns), flush=True)
    print("repairs:", ", ".join(f"{name} {count}" for name, count in repairs.most_common()))
    print("pages with:", ", ".join(f"{name} {count}" for name, count in reasons.most_common()) or "nothing wrong")


if __name__ == "__main__":
    main()
