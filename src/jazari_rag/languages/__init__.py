"""What is known of each language: data in TOML, one folder a language, and the registry that hands it out."""

from jazari_rag.languages.data import Head, Language
from jazari_rag.languages.registry import Languages, load_languages

__all__ = ["Head", "Language", "Languages", "load_languages"]
