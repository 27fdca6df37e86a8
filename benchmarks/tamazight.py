"""Tamazight questions to French and Arabic documents: `python benchmarks/tamazight.py ../shared/train [--json]`.

Each row of the Universal Declaration of Human Rights, kept out of all training, is asked in Tamazight (Tifinagh, and
put into Latin letters) and in Central Atlas Tamazight (Latin); the document to find is the same row in French or in
Arabic, among all rows.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from pathlib import Path

from jazari_rag import Assistant
from jazari_rag.evaluation import EvalReport, evaluate
from jazari_rag.languages import load_languages

PAIRS = (("fr", "zgh"), ("ar", "zgh"), ("fr", "tzm"), ("ar", "tzm"))
MEASURES = ("hit@1", "hit@10", "mrr@10")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="the folder of the training data")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = {}
    for target, source in PAIRS:
        rows = read_rows(arguments.train / "parallel" / f"udhr.{target}-{source}.tsv.gz")
        report = asked(rows, target, source)
        found[f"{source} -> {target}"] = {"rows": len(rows), "chance": 10 / len(rows), "languages": figures(report)}
    print(json.dumps(found, indent=1, ensure_ascii=False) if arguments.json else table(found))


def read_rows(path: Path) -> list[tuple[str, str]]:
    """Document and question of each row; a text that stands twice is one document, so its row is left out."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [tuple(line.rstrip("\n").split("\t")) for line in file]
    seen: set[str] = set()
    return [(row[0], row[1]) for row in rows if row[0] not in seen and not seen.add(row[0])]  # type: ignore[func-returns-value]


def asked(rows: list[tuple[str, str]], target: str, source: str) -> EvalReport:
    """Every row's Tamazight text, for the document of the same row."""
    forms = {"Tfng": lambda text: text, "Latn": in_latin} if source == "zgh" else {"Latn": lambda text: text}
    questions = [
        {"id": f"{form}-{number}", "question": write(text), "lang": f"{source}-{form}", "relevant": [str(number)]}
        for form, write in forms.items()
        for number, (_, text) in enumerate(rows)
    ]
    documents = [{"id": str(number), "lang": target, "text": text} for number, (text, _) in enumerate(rows)]
    with tempfile.TemporaryDirectory() as folder:
        corpus, queries = Path(folder, "corpus.jsonl"), Path(folder, "queries.jsonl")
        for path, lines in ((corpus, documents), (queries, questions)):
            path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
        return evaluate(corpus, queries, open_assistant=lambda store: Assistant.open(store))


def in_latin(text: str) -> str:
    """Tifinagh put into Latin letters as people without a keyboard for it write."""
    letters = {**load_languages().get("zgh").letters, "ⵖ": "gh", "ⵅ": "kh", "ⵛ": "ch", "ⵄ": "3", "ⵯ": "w"}
    return "".join(letters.get(letter, letter) for letter in text)


def figures(report: EvalReport) -> dict[str, dict[str, object]]:
    """The measures with their 95 % intervals, a form."""
    return {
        form: {name: (scores.means[name], scores.intervals[name]) for name in MEASURES}
        for form, scores in report.languages.items()
    }


def table(found: dict[str, dict[str, object]]) -> str:
    lines = []
    for pair, figure in found.items():
        lines.append(f"{pair}: {figure['rows']} rows, hit@10 by chance {figure['chance']:.2f}")
        for form, measures in figure["languages"].items():  # type: ignore[attr-defined]
            cells = (f"{name} {mean:.3f} [{low:.2f}-{high:.2f}]" for name, (mean, (low, high)) in measures.items())
            lines.append(f"  {form:9s} " + "  ".join(cells))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
