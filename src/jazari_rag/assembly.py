"""From the names in a configuration to objects: the only module that knows every adapter. All imports are lazy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from jazari_rag.answering.answerer import Answerer
from jazari_rag.answering.extractive import ExtractiveGenerator
from jazari_rag.answering.fallback import FallbackGenerator
from jazari_rag.answering.versions import DocumentVersions
from jazari_rag.answering.voice import Voice
from jazari_rag.config import Config, RetrievalSettings, ServerSettings
from jazari_rag.errors import ConfigurationError
from jazari_rag.ingestion.encoding import PassageEncoder
from jazari_rag.ingestion.parsing import PARSING_VERSION
from jazari_rag.ingestion.pipeline import Ingestion
from jazari_rag.ingestion.reading import Inspection, SandboxedReading
from jazari_rag.ingestion.recognition import Recognition
from jazari_rag.ingestion.sandbox import worker_command
from jazari_rag.languages import Languages, Prompt, load_concepts, load_languages, load_prompt
from jazari_rag.ports import Analyzer, Embedder, Generator, PassageStore, Reranker, Retriever
from jazari_rag.retrieval.article_lookup import ArticleLookup
from jazari_rag.retrieval.embedded import dense_legs, embedded_retriever, questions_read
from jazari_rag.retrieval.lexical import VERSION as LEXICAL_VERSION
from jazari_rag.retrieval.lexical import LexicalRetriever
from jazari_rag.retrieval.reranked import RerankedRetriever
from jazari_rag.retrieval.structured import StructuredSearch
from jazari_rag.retrieval.translated import QuestionTranslator, TranslatedRetriever
from jazari_rag.retrieval.weights import DenseWeights, TranslationWeights, shipped_weights
from jazari_rag.text.analyse import SnowballAnalyzer
from jazari_rag.text.passages import VERSION as PASSAGES_VERSION
from jazari_rag.text.translations import shipped_lexicon

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms import LLM

EXTRACTIVE = "extractive"
LlmSpec: TypeAlias = "str | Generator | LLM"


@dataclass(frozen=True, slots=True)
class Parts:
    """What an assistant is made of."""

    config: Config
    languages: Languages
    store: PassageStore
    retriever: Retriever
    ingestion: Ingestion
    answerer: Answerer


def assemble(
    location: str | Path,
    config: Config,
    *,
    embedder: str | Embedder | BaseEmbedding | None = None,
    reranker: str | Reranker | None = None,
    llm: LlmSpec | Sequence[LlmSpec] | None = None,
    rebuild: bool = False,
) -> Parts:
    """Opens the store and puts everything around it; arguments win over the configuration.

    Raises:
        ConfigurationError: A name is not known, or an optional package is absent.
        StoreError: The store cannot be opened.
    """
    languages = load_languages(config.languages)
    analyzer = SnowballAnalyzer(languages, load_concepts(config.languages))
    translator = _translator(analyzer, languages, config)
    extractive = ExtractiveGenerator(analyzer, languages, translator)
    prompt = load_prompt(config.languages)
    generator = make_chain(llm if llm is not None else config.llm, extractive=extractive, prompt=prompt)
    embeds = make_embedder(embedder if embedder is not None else config.embedder)
    reranks = make_reranker(reranker if reranker is not None else config.reranker)
    fingerprint = _fingerprint(config, analyzer, embeds)
    dimension = embeds.dimension if embeds else None
    store = open_store(location, config.server, fingerprint=fingerprint, dimension=dimension, rebuild=rebuild)
    retriever = _retriever(store, analyzer, languages, translator, embeds, reranks, config)
    reading = _reading(config)
    ingestion = Ingestion(
        store,
        reading,
        PassageEncoder(analyzer, embeds),
        processing=fingerprint,
        own_folder=None if is_url(location) else Path(location),
        recognition=reading.recognition,
    )
    answerer = Answerer(
        retriever=retriever,
        generator=generator,
        fallback=extractive,
        languages=languages,
        analyzer=analyzer,
        voice=Voice(languages, contact=config.contact, answer_languages=config.answer_languages),
        translator=translator,
        versions=DocumentVersions(languages, store),
    )
    return Parts(config, languages, store, retriever, ingestion, answerer)


def inspect_file(path: str | Path, config: Config) -> Inspection:
    """A file as it would be ingested.

    Raises:
        ReadError: It cannot be read.
    """
    return _reading(config).inspect(Path(path))


def _reading(config: Config) -> SandboxedReading:
    command = worker_command()
    return SandboxedReading(
        command,
        limits=config.limits,
        sizes=config.passages,
        language_folders=config.languages,
        recognition=Recognition(command, config.limits, config.ocr, partial(ocr_missing, config.ocr.languages)),
    )


def ocr_missing(languages: Sequence[str]) -> str:
    """The commands that install what recognition (OCR) of these languages lacks; empty when all is there."""
    from jazari_rag.adapters.ocr_setup import missing

    return missing(languages)


def is_url(location: str | Path) -> bool:
    """Whether a location is a server rather than a folder."""
    return str(location).startswith(("http://", "https://"))


def open_store(
    location: str | Path, server: ServerSettings, *, fingerprint: str, dimension: int | None, rebuild: bool = False
) -> PassageStore:
    """The embedded engine for a folder, a Qdrant server for an http(s) URL."""
    if is_url(location):
        from jazari_rag.adapters.qdrant_server import open_server

        return open_server(
            str(location), fingerprint=fingerprint, dimension=dimension, settings=server, rebuild=rebuild
        )
    from jazari_rag.adapters.qdrant_edge import open_edge

    return open_edge(Path(location), fingerprint=fingerprint, dimension=dimension, rebuild=rebuild)


def make_embedder(spec: str | Embedder | BaseEmbedding | None) -> Embedder | None:
    """An embedder: `builtin`, a sentence-transformers name or folder, a llama-index object, or our own; or `none`."""
    if spec == "none":
        return None
    if spec is None or isinstance(spec, Embedder):
        return spec
    if spec == "builtin":
        from jazari_rag.adapters.builtin_embedder import shipped_embedder

        return shipped_embedder()
    if isinstance(spec, str):
        from jazari_rag.adapters.sentence_transformers import SentenceTransformerEmbedder

        return SentenceTransformerEmbedder(spec)
    from jazari_rag.adapters.llama_index_embedding import LlamaIndexEmbedder

    return LlamaIndexEmbedder(spec)


def make_reranker(spec: str | Reranker | None) -> Reranker | None:
    """A reranker from a CrossEncoder's name or folder, or our own."""
    if spec is None or isinstance(spec, Reranker):
        return spec
    from jazari_rag.adapters.cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(spec)


def make_chain(spec: LlmSpec | Sequence[LlmSpec], *, extractive: Generator, prompt: Prompt | None = None) -> Generator:
    """One generator, or several behind one another; `extractive` is the last one in any case, so it may be named last.

    Raises:
        ConfigurationError: A name is not known, none is given, or `extractive` stands before another.
    """
    several = isinstance(spec, Sequence) and not isinstance(spec, str)
    specs: list[LlmSpec] = list(spec) if several else [spec]  # type: ignore[arg-type, list-item]
    if not specs:
        raise ConfigurationError("llm is an empty list: write 'extractive', or BACKEND:MODEL", key="llm")
    if specs[-1] == EXTRACTIVE:
        specs.pop()
    if EXTRACTIVE in specs:
        raise ConfigurationError("'extractive' never fails, so nothing after it would be asked: put it last", key="llm")
    generators = [make_generator(item, prompt=prompt) for item in specs]
    if not generators:
        return extractive
    return generators[0] if len(generators) == 1 else FallbackGenerator(generators)


def make_generator(spec: LlmSpec, *, prompt: Prompt | None = None) -> Generator:
    """A generator from `BACKEND:MODEL`, a llama-index LLM, or our own."""
    if isinstance(spec, Generator):
        return spec
    from jazari_rag.adapters.llama_index_llm import LlamaIndexGenerator, llm_from_spec

    if isinstance(spec, str):
        from jazari_rag.adapters.generator_plugins import plugin_generator
        from jazari_rag.adapters.llm_specs import is_ours, runs_here, spec_name

        plugin = None if is_ours(spec) else plugin_generator(spec)
        return plugin or LlamaIndexGenerator(
            llm_from_spec(spec), name=spec_name(spec), prompt=prompt, in_turn=runs_here(spec)
        )
    return LlamaIndexGenerator(spec, prompt=prompt)


def _translator(analyzer: SnowballAnalyzer, languages: Languages, config: Config) -> QuestionTranslator | None:
    if config.retrieval.translated_weight == 0:
        return None
    return QuestionTranslator(analyzer, languages, shipped_lexicon())


def _retriever(
    store: PassageStore,
    analyzer: SnowballAnalyzer,
    languages: Languages,
    translator: QuestionTranslator | None,
    embedder: Embedder | None,
    reranker: Reranker | None,
    config: Config,
) -> Retriever:
    settings = config.retrieval
    retriever: Retriever = LexicalRetriever(store, analyzer)
    if translator is not None:
        weights = _translation_weights(settings)
        retriever = TranslatedRetriever(retriever, StructuredSearch(store), translator, languages, weights)
        retriever = ArticleLookup(retriever, store, translator, languages)
    if embedder is not None:
        reads = questions_read(embedder, languages)
        legs = dense_legs(store, embedder, languages, reads)
        retriever = embedded_retriever(
            retriever, legs, embedder, languages, dense_weights(settings, embedder),
            lexical_weight=settings.lexical_weight, candidates=settings.candidates, reads=reads,
        )  # fmt: skip
    return RerankedRetriever(retriever, reranker, settings.rerank) if reranker is not None else retriever


def _translation_weights(settings: RetrievalSettings) -> TranslationWeights:
    shipped = shipped_weights().translation
    chosen = settings.translated_weight
    return shipped if chosen is None else replace(shipped, translated=chosen)


def dense_weights(settings: RetrievalSettings, embedder: Embedder) -> DenseWeights:
    """Those fitted for the kind of embedder; a weight of the settings holds within a language and across."""
    from jazari_rag.adapters.builtin_embedder import BuiltinEmbedder

    shipped = shipped_weights().dense["builtin" if isinstance(embedder, BuiltinEmbedder) else "other"]
    chosen = settings.dense_weight
    return shipped if chosen is None else replace(shipped, within=chosen, across=chosen)


def _fingerprint(config: Config, analyzer: Analyzer, embedder: Embedder | None) -> str:
    """Names what makes an index: one made by anything else does not compare (I8)."""
    sizes = config.passages
    return "; ".join(
        (
            f"passages {PARSING_VERSION}.{PASSAGES_VERSION} of {sizes.target}-{sizes.maximum}",
            f"lexical {LEXICAL_VERSION} {analyzer.fingerprint}",
            f"dense {embedder.fingerprint if embedder else 'none'}",
        )
    )
