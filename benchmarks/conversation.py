"""Follow-ups: the share answered from the right document with the right fact, by rule, without a language model.

python benchmarks/conversation.py [--documents data/documents] [--llm SPEC] [--json] [--show]

The dialogues of `conversations.jsonl` were written for the sample documents. All turns of one are asked in one
conversation; the last is judged: a citation of it is of a right document, and each fact (in one of its forms) stands in
the answer; an `unanswerable` one must be refused. Beside it, the last question asked alone; with the whole question
before in front of it, as a search box would; and written out as the citizen means it, the most that can be reached.
The language is never told. Halves are told apart by a hash of the dialogue's id: rules are developed on the first.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jazari_rag import Answer, AnswerStatus, Assistant

HERE = Path(__file__).resolve().parent
ANSWERS = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Questions of one citizen, and what the answer to the last must hold.

    Attributes:
        kind: `aspect` (another thing about the same subject), `case` (the same thing in another case), `chain` (of
            three), `refusal` (after one), `standalone` (a new subject, which the old one must not spoil),
            `unanswerable` (the documents do not say).
        whole: The last question, written out.
        facts: Each in the forms that it may have.
    """

    id: str
    lang: str
    kind: str
    turns: tuple[str, ...]
    relevant: frozenset[str]
    facts: tuple[tuple[str, ...], ...]
    whole: str = ""

    @property
    def held_out(self) -> bool:
        return bool(hashlib.sha256(self.id.encode()).digest()[-1] % 2)

    def is_met_by(self, answer: Answer) -> bool:
        if not self.relevant:
            return answer.status not in ANSWERS
        cited = {citation.document_id for citation in answer.citations}
        return bool(cited & self.relevant) and all(any(_stands(form, answer) for form in fact) for fact in self.facts)


def _stands(form: str, answer: Answer) -> bool:
    said = re.sub(r"\[\d+\]", " ", answer.text)
    return re.search(rf"(?<![\d.,]){re.escape(form)}(?![.,]?\d)", said) is not None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one dialogue ended."""

    dialogue: Dialogue
    way: str
    answer: Answer

    @property
    def right(self) -> bool:
        return self.dialogue.is_met_by(self.answer)

    @property
    def wrong(self) -> bool:
        """Answered, and not rightly: worse than a refusal."""
        return self.answer.status in ANSWERS and not self.right


def in_conversation(assistant: Assistant, dialogue: Dialogue) -> Answer:
    chat = assistant.chat()
    return [chat.ask(question) for question in dialogue.turns][-1]


def alone(assistant: Assistant, dialogue: Dialogue) -> Answer:
    return assistant.ask(dialogue.turns[-1])


def joined(assistant: Assistant, dialogue: Dialogue) -> Answer:
    return assistant.ask(" ".join(dialogue.turns[-2:]))


def written_out(assistant: Assistant, dialogue: Dialogue) -> Answer:
    return assistant.ask(dialogue.whole or dialogue.turns[-1])


WAYS: dict[str, Callable[[Assistant, Dialogue], Answer]] = {
    "conversation": in_conversation,
    "alone": alone,
    "joined": joined,
    "written out": written_out,
}


def main() -> None:
    options = _options()
    dialogues = [_read(line) for line in options.dialogues.read_text(encoding="utf-8").splitlines()]
    with (
        tempfile.TemporaryDirectory(prefix="jazari-conversation-") as folder,
        Assistant.open(folder, llm=options.llm) as assistant,
    ):
        assistant.ingest(options.documents)
        outcomes = [Outcome(one, way, ask(assistant, one)) for one in dialogues for way, ask in WAYS.items()]
    rows = list(report(outcomes))
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        print("\t".join(str(value) for value in row.values()))
    if options.show:
        _show(outcomes)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, default=HERE.parent / "data" / "documents")
    parser.add_argument("--dialogues", type=Path, default=HERE / "conversations.jsonl")
    parser.add_argument("--llm", default="extractive")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", action="store_true", help="what went wrong, of the half that is developed on")
    return parser.parse_args()


def _read(line: str) -> Dialogue:
    row = json.loads(line)
    return Dialogue(
        **{**row, "turns": tuple(row["turns"]), "relevant": frozenset(row["relevant"])}
        | {"facts": tuple(map(tuple, row["facts"]))}
    )


def report(outcomes: Sequence[Outcome]) -> Iterator[dict[str, object]]:
    """A row a way and group: of all, of each half, of each language, of each kind."""
    groups: dict[str, Callable[[Dialogue], bool]] = {
        "all": lambda _: True,
        "developed on": lambda one: not one.held_out,
        "held out": lambda one: one.held_out,
    }
    dialogues = [outcome.dialogue for outcome in outcomes]
    for language in dict.fromkeys(one.lang for one in dialogues):
        groups[language] = lambda one, language=language: one.lang == language  # type: ignore[misc]
    for kind in dict.fromkeys(one.kind for one in dialogues):
        groups[kind] = lambda one, kind=kind: one.kind == kind  # type: ignore[misc]
    for name, belongs in groups.items():
        for way in WAYS:
            group = [outcome for outcome in outcomes if outcome.way == way and belongs(outcome.dialogue)]
            right, wrong = sum(one.right for one in group), sum(one.wrong for one in group)
            yield {
                "group": name,
                "way": way,
                "n": len(group),
                "right": right,
                "share": round(right / len(group), 3),
                "wrong": wrong,
                "refused": len(group) - right - wrong,
            }


def _show(outcomes: Sequence[Outcome]) -> None:
    for one in outcomes:
        if one.way != "conversation" or one.right or one.dialogue.held_out:
            continue
        print(f"\n{one.dialogue.id} {' | '.join(one.dialogue.turns)}  ->  {one.answer.trace.get('searched')}")
        print(f"  {one.answer.status}: {one.answer.text[:300]!r} {[c.document_id for c in one.answer.citations]}")


if __name__ == "__main__":
    main()
