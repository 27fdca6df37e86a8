"""What of a draft may reach a citizen (invariant I6). Pure functions: no model is asked.

A generator's sentence passes when it cites a passage, every figure of it stands in a passage that it cites, and it
carries no link, no markup and nothing that talks to a model. Nothing is mended: what fails is removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jazari_rag.answering.numbers import Figure, figures, unsupported
from jazari_rag.answering.safety import clean, has_instruction, has_link, without_markers
from jazari_rag.domain import DraftSentence, Hit

MAX_SENTENCE = 4000
"""Characters. What is longer is no sentence, and could be made to cost time."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence as it may be shown, or None with the reason why not."""

    sentence: DraftSentence | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks sentences against the hits that their generator was given.

    Attributes:
        hits: The evidence; sentences cite it by position.
        quotes_links: Whether a link may pass when it stands in a verbatim quotation. For our own extractive generator
            alone: a language model can be talked into quoting.
    """

    hits: Sequence[Hit]
    quotes_links: bool = False
    _figures: dict[int, list[Figure]] = field(default_factory=dict)

    def check(self, draft: DraftSentence) -> Verdict:
        """The sentence with its valid citations, cleaned; or why it is removed."""
        if len(draft.text) > MAX_SENTENCE:
            return Verdict(None, "too long")
        cites = tuple(dict.fromkeys(position for position in draft.cites if 0 <= position < len(self.hits)))
        text = without_markers(clean(draft.text)).strip()
        if not any(character.isalnum() for character in text):
            return Verdict(None, "empty")
        if not cites:
            return Verdict(None, "cites no passage")
        if has_instruction(text):
            return Verdict(None, "instructs a model")
        if has_link(text) and not (self.quotes_links and self._is_quoted(draft.text, cites)):
            return Verdict(None, "carries a link or markup")
        sources = [figure for position in cites for figure in self._source_figures(position)]
        missing = unsupported(text, sources)
        if missing:
            return Verdict(None, f"not in the cited passage: {', '.join(missing)}")
        return Verdict(DraftSentence(text, cites, draft.breaks_line))

    def _is_quoted(self, text: str, cites: Sequence[int]) -> bool:
        return any(text in self.hits[position].passage.text for position in cites)

    def _source_figures(self, position: int) -> list[Figure]:
        if position not in self._figures:
            hit = self.hits[position]
            source = "\n".join((hit.document.title, *hit.passage.section, hit.passage.text))
            self._figures[position] = figures(source, as_source=True)
        return self._figures[position]
