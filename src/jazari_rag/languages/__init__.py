"""What is known of each language: data in TOML, one folder a language, and the registry that hands it out."""

from jazari_rag.languages.concepts import Concept, load_concepts
from jazari_rag.languages.data import Head, Language
from jazari_rag.languages.figure_words import CONDITIONS, FigureWords
from jazari_rag.languages.prompt_data import Prompt, load_prompt
from jazari_rag.languages.registry import Languages, load_languages

__all__ = [
    "CONDITIONS",
    "Concept",
    "FigureWords",
    "Head",
    "Language",
    "Languages",
    "Prompt",
    "load_concepts",
    "load_languages",
    "load_prompt",
]
