"""An answer being written: sentences, their markers, their citations, and the lines between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jazari_rag.answering.alignment import Terms, quoted_span
from jazari_rag.answering.safety import without_markers
from jazari_rag.answering.units import Splitter, lines
from jazari_rag.domain import OCR, AnswerPart, Citation, Document, DraftSentence, Hit, OtherVersion
from jazari_rag.languages import Languages


@dataclass(slots=True)
class Composition:
    """Collects verified sentences; `text` is always the join of the parts that were handed out.

    Attributes:
        hits: What the sentences cite by position.
        note: What to say before quoting a passage in this language; empty for nothing.
        languages: Whose words for figures are known.
        versions: The stored versions of a document in other languages.
    """

    hits: Sequence[Hit]
    splitter: Splitter
    terms: Callable[[str], Terms]
    """Language -> what a text of it is about."""
    note: Callable[[str], str]
    languages: Languages
    versions: Callable[[Document], Sequence[Document]]
    text: str = ""
    citations: list[Citation] = field(default_factory=list)
    _noted: set[str] = field(default_factory=set)
    _on_own_line: bool = False

    def add(self, sentence: DraftSentence) -> AnswerPart:
        """Appends a verified sentence with its markers."""
        cited = [self._citation(sentence.text, self.hits[position]) for position in sentence.cites]
        markers = "".join(f"[{citation.marker}]" for citation in cited)
        note = self._note_before(cited[0].language)
        shown = "\n".join(lines(without_markers(sentence.text)))
        several_lines = sentence.breaks_line or "\n" in shown
        separator = self._separator(several_lines or bool(note))
        self._on_own_line = several_lines
        part = f"{separator}{note}{shown} {markers}"
        self.text += part
        return AnswerPart(part, tuple(cited))

    def _separator(self, new_line: bool) -> str:
        if not self.text:
            return ""
        return "\n" if new_line or self._on_own_line else " "

    def _note_before(self, language: str) -> str:
        if language in self._noted:
            return ""
        self._noted.add(language)
        note = self.note(language)
        return f"{note}\n" if note else ""

    def _citation(self, sentence: str, hit: Hit) -> Citation:
        passage, document = hit.passage, hit.document
        start, end = quoted_span(sentence, passage.text, self.splitter, self.terms(passage.language), self.languages)
        place = (passage.id, passage.start + start, passage.start + end)
        for known in self.citations:
            if (known.passage_id, known.start, known.end) == place:
                return known
        citation = Citation(
            marker=len(self.citations) + 1,
            document_id=document.id,
            title=document.title,
            source=document.source,
            url=document.url,
            page=passage.page,
            section=passage.section,
            quote=passage.text[start:end],
            start=place[1],
            end=place[2],
            language=passage.language,
            revision=document.revision,
            passage_id=passage.id,
            recognised=bool(passage.metadata.get(OCR)),
            versions=self._versions(document),
        )
        self.citations.append(citation)
        return citation

    def _versions(self, document: Document) -> tuple[OtherVersion, ...]:
        known = [citation.versions for citation in self.citations if citation.document_id == document.id]
        if known:
            return known[0]
        found = sorted(self.versions(document), key=lambda other: other.language)
        return tuple(OtherVersion(one.id, one.title, one.source, one.url, one.language) for one in found)
