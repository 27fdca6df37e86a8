"""The nouns of the library: frozen values on the standard library alone.

Offsets are characters into a page's text, pages count from 1, language codes are BCP 47.
Every public value has `to_dict()` (JSON-ready) and an HTML `repr` for notebooks, escaped, with `lang` and `dir` set.
"""

from __future__ import annotations

from jazari_rag.domain.answers import (
    Answer,
    AnswerPart,
    AnswerStatus,
    Choice,
    Citation,
    DraftSentence,
    GenerationRequest,
    OtherVersion,
    RewriteRequest,
    Turn,
)
from jazari_rag.domain.facts import (
    SURE,
    DocumentFacts,
    Fact,
)
from jazari_rag.domain.pages import (
    BLANK,
    GARBAGE,
    GARBAGE_DIGITS,
    GLUED_DIGITS,
    IMAGE_ONLY,
    LAM_ALEF_SWAPPED,
    MIXED_COLUMNS,
    NO_TEXT,
    OCR,
    PRESENTATION_FORMS,
    UNMAPPED,
    VISUAL_ORDER,
    Mark,
    MarkKind,
    Page,
    PageQuality,
    ReadDocument,
    Section,
)
from jazari_rag.domain.passages import (
    Document,
    Hit,
    Passage,
    Reference,
)
from jazari_rag.domain.reports import (
    Failure,
    IngestReport,
)
from jazari_rag.domain.search import (
    IndexedPassage,
    Query,
    SparseVector,
    VectorQuery,
)
from jazari_rag.domain.value import (
    RTL_LANGUAGES,
    Metadata,
    MetadataValue,
    Where,
    direction,
    jsonable,
)

__all__ = [
    "BLANK",
    "GARBAGE",
    "GARBAGE_DIGITS",
    "GLUED_DIGITS",
    "IMAGE_ONLY",
    "LAM_ALEF_SWAPPED",
    "MIXED_COLUMNS",
    "NO_TEXT",
    "OCR",
    "PRESENTATION_FORMS",
    "RTL_LANGUAGES",
    "SURE",
    "UNMAPPED",
    "VISUAL_ORDER",
    "Answer",
    "AnswerPart",
    "AnswerStatus",
    "Choice",
    "Citation",
    "Document",
    "DocumentFacts",
    "DraftSentence",
    "Fact",
    "Failure",
    "GenerationRequest",
    "Hit",
    "IndexedPassage",
    "IngestReport",
    "Mark",
    "MarkKind",
    "Metadata",
    "MetadataValue",
    "OtherVersion",
    "Page",
    "PageQuality",
    "Passage",
    "Query",
    "ReadDocument",
    "Reference",
    "RewriteRequest",
    "Section",
    "SparseVector",
    "Turn",
    "VectorQuery",
    "Where",
    "direction",
    "jsonable",
]
