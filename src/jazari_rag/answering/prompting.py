"""What a language model is told: the rules, the passages as data, the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jazari_rag.answering.markers import MARKER, NOT_STATED, without_citations
from jazari_rag.domain import GenerationRequest, Hit, RewriteRequest, Turn
from jazari_rag.languages import Prompt

_INVISIBLE = r"[\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]*"
_ANGLES = "<＜﹤〈⟨‹❮❰⧼˂ᐸ≺"
_TAG = re.compile(rf"[{_ANGLES}](?={_INVISIBLE}[^\W\d_]|{_INVISIBLE}(?:[{_ANGLES}/／⁄∕⧸\\|｜!?]|\Z))")
"""What opens a tag, or looks like it to a model: `<passage`, `</`, `<|im_start|>`, `<<SYS>>`. Not "< 18"."""
_ROLE = re.compile(r"\[(?=\s*/?\s*(?:INST|SYS|AVAILABLE_TOOLS|TOOL_CALLS)\b)", re.IGNORECASE)
_REMEMBERED = 3
"""Earlier exchanges that are shown."""
_RECALLED = 600
"""Characters of each question and answer of them."""


def system_prompt(request: GenerationRequest, prompt: Prompt) -> str:
    """The rules, with the citizen's language and script named."""
    return prompt.rules(language=request.written_in, words=request.max_words, refusal=NOT_STATED)


def user_prompt(request: GenerationRequest, prompt: Prompt, *, max_characters: int) -> str:
    """The passages, best first and as many as fit, then what was said before, then the question.

    Args:
        request: What is asked; its passages are numbered from 1 in the order of `hits`.
        prompt: What it is reminded of when it wrote in another language before.
        max_characters: How much of the passages is shown; the first is shown in any case.
    """
    parts = [*_passages(request.hits, max_characters), _earlier(request.history)]
    parts.append(f"<question>\n{_as_data(request.question)}\n</question>")
    parts.append(prompt.reminding(language=request.written_in) if request.reminded else "")
    return "\n\n".join(part for part in parts if part)


def rewriting_prompt(request: RewriteRequest) -> str:
    """What was said before, then the question that leans on it."""
    return f"{_earlier(request.history)}\n\n<question>\n{_as_data(request.question)}\n</question>"


def _passages(hits: Sequence[Hit], max_characters: int) -> list[str]:
    shown: list[str] = []
    room = max_characters
    for number, hit in enumerate(hits, start=1):
        # Together: what the end of one and the start of the other could forge is seen only there.
        text = f"{_head(hit)}\n{hit.passage.text}"
        if shown and len(text) > room:
            break
        shown.append(f"<passage {number}>\n{_as_data(text[:room])}\n</passage {number}>")
        room -= len(text)
    return shown


def _head(hit: Hit) -> str:
    """Title and headings: never a path or an address, which a model would repeat or alter."""
    return " > ".join(part for part in (hit.document.title, *hit.passage.section) if part)


def _earlier(history: Sequence[Turn]) -> str:
    """Without the markers of earlier answers: they number other passages."""
    turns = [
        f"Q: {turn.question[:_RECALLED]}\nA: {without_citations(turn.answer)[:_RECALLED]}"
        for turn in history[-_REMEMBERED:]
    ]
    return f"<earlier>\n{_as_data(chr(10).join(turns))}\n</earlier>" if turns else ""


def _as_data(text: str) -> str:
    """`text` that can neither close nor open a tag, nor play a role, nor number a passage: `[2]` becomes `(2)`."""
    plain = _ROLE.sub("(", _TAG.sub("(", text))
    return MARKER.sub(lambda marker: f"({marker.group(1)})", plain)
