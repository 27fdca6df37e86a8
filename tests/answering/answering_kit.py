"""A small world for the tests of answering: documents made up here, and a retriever that counts shared words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from jazari_rag.answering import Answerer, ExtractiveGenerator
from jazari_rag.answering.voice import Voice
from jazari_rag.domain import Document, Hit, Passage, Query
from jazari_rag.languages import Languages, load_languages
from jazari_rag.ports import Analyzer, Generator
from jazari_rag.text.analyse import SnowballAnalyzer


@lru_cache(maxsize=1)
def languages() -> Languages:
    return load_languages()


@lru_cache(maxsize=1)
def analyzer() -> Analyzer:
    return SnowballAnalyzer(languages())


def hit(
    text: str,
    *,
    id: str = "doc",
    title: str = "Un document",
    language: str = "fr",
    section: Sequence[str] = (),
    start: int = 0,
    score: float = 1.0,
) -> Hit:
    document = Document(id, title, f"{id}.txt", language, revision="r1")
    passage = Passage(f"{id}-{start}", id, text, 1, tuple(section), start, start + len(text), language)
    return Hit(passage, score, document)


class WordRetriever:
    """Ranks fixed hits by how many of the question's terms they share."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = tuple(hits)
        self.queries: list[Query] = []

    def retrieve(self, query: Query) -> list[Hit]:
        self.queries.append(query)
        wanted = set(analyzer().query_terms(query.text, query.language))
        ranked = sorted(self._hits, key=lambda hit: -self._shared(hit, wanted))
        return [hit for hit in ranked if self._shared(hit, wanted)][: query.limit]

    async def aretrieve(self, query: Query) -> list[Hit]:
        return self.retrieve(query)

    @staticmethod
    def _shared(hit: Hit, wanted: set[str]) -> int:
        text = f"{hit.document.title}\n{hit.passage.text}"
        return len(wanted & set(analyzer().passage_terms(text, hit.passage.language)))


PASSPORT = hit(
    "Le passeport biométrique est valable cinq ans.\n"
    "Pièces à fournir :\n"
    "- le formulaire signé ;\n"
    "- deux photographies ;\n"
    "- la carte nationale.\n"
    "Le timbre du passeport coûte 500 dirhams.\n"
    "La demande de passeport est déposée auprès de l'autorité locale.",
    id="passeport",
    title="Le passeport biométrique",
    start=40,
)
MINOR = hit(
    "Le passeport d'un mineur est demandé par son tuteur légal. Pour un mineur, le timbre coûte 100 dirhams.",
    id="mineur",
    title="Le passeport du mineur",
)
LICENCE_AR = hit(
    "تجدد رخصة السياقة كل عشر سنوات. تبلغ رسوم تجديد رخصة السياقة 300 درهم.",
    id="rukhsa",
    title="رخصة السياقة",
    language="ar",
)
BOUNDS_FR = hit(
    "Le délai de recours contre une amende routière est de 30 jours. L'excès de vitesse coûte 300 dirhams.",
    id="amende",
    title="Les amendes routières",
)
WORLD = (PASSPORT, MINOR, LICENCE_AR, BOUNDS_FR)


def extractive() -> ExtractiveGenerator:
    return ExtractiveGenerator(analyzer(), languages())


def answerer(generator: Generator | None = None, hits: Sequence[Hit] = WORLD, **options: object) -> Answerer:
    quoting = extractive()
    spoken = {key: options.pop(key) for key in ("contact", "answer_languages") if key in options}
    return Answerer(
        retriever=options.pop("retriever", None) or WordRetriever(hits),  # type: ignore[arg-type]
        generator=generator or quoting,
        fallback=quoting,
        languages=languages(),
        analyzer=analyzer(),
        voice=Voice(languages(), **spoken),  # type: ignore[arg-type]
        **options,  # type: ignore[arg-type]
    )
