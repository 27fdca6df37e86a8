"""A question with two passages, for generators."""

from __future__ import annotations

from jazari_rag.domain import Document, GenerationRequest, Hit, Passage

ARABIC = "الرسوم 75 درهما. [1] الأجل خمسة عشر يوما [٢]."


def hit(text: str, number: int = 0, *, title: str = "Guide") -> Hit:
    document = Document(f"d{number}", title, "https://example.org/guide?id=7", "ar", "1")
    return Hit(Passage(f"p{number}", document.id, text, 1, ("Frais",), 0, len(text), "ar"), 1.0, document)


def request(**more: object) -> GenerationRequest:
    values = {"question": "شحال الثمن؟", "language": "ary", "hits": (hit("75 درهما"), hit("خمسة عشر يوما", 1)), **more}
    return GenerationRequest(**values)  # type: ignore[arg-type]
