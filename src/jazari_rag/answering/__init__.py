"""A question's journey: understand, retrieve, judge the evidence, generate, verify, cite."""

from jazari_rag.answering.answerer import Answerer
from jazari_rag.answering.conversation import Conversation
from jazari_rag.answering.extractive import ExtractiveGenerator

__all__ = ["Answerer", "Conversation", "ExtractiveGenerator"]
