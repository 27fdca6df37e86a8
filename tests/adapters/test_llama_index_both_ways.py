"""Any LLM and embedding of llama-index in; a retriever and a query engine out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata

from jazari_rag import Assistant

pytestmark = pytest.mark.filterwarnings("default")  # of llama-index, at import

QUESTION = "Combien coûte le timbre de la carte nationale ?"
TRUE = "Le timbre de la carte nationale coûte 75 dirhams. [1]"


class Parrot(CustomLLM):
    """Says one thing, a letter at a time; knows of no end, as many classes do not."""

    says: str = f"{TRUE} Voyez https://elsewhere.example [1]. Il coûte 99 dirhams [1]."
    api_key: str = "sk-very-secret-0123456789"
    fails: bool = False

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="parrot")

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
        if self.fails:
            raise RuntimeError(f"no, {self.api_key}")
        return CompletionResponse(text=self.says)

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponseGen:
        if self.fails:
            raise RuntimeError(f"no, {self.api_key}")
        return (CompletionResponse(text=self.says[: end + 1], delta=letter) for end, letter in enumerate(self.says))


class Vowels(BaseEmbedding):
    """Counts vowels."""

    def _get_text_embedding(self, text: str) -> list[float]:
        return [1.0, *(float(text.count(vowel)) for vowel in "aeiou")]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


def opened(folder: Path, **parts: object) -> Assistant:
    (folder / "carte.md").write_text("# Carte\n\nLe timbre de la carte nationale coûte 75 dirhams.\n", encoding="utf-8")
    assistant = Assistant.open(folder / "store", **parts)  # type: ignore[arg-type]
    assistant.ingest(folder / "carte.md")
    return assistant


def test_any_llm_of_theirs_writes_and_is_verified(tmp_path: Path) -> None:
    with opened(tmp_path, llm=Parrot()) as assistant:
        answer = assistant.ask(QUESTION)
    assert answer.text == TRUE
    assert answer.trace["generator"] == "Parrot"
    assert {"elsewhere", "99"} <= set(str(answer.trace["removed"]).replace(".", " ").replace("/", " ").split())


@pytest.mark.parametrize("llm", [Parrot(fails=True), Parrot(says="")])
def test_one_that_fails_leaves_the_documents_to_answer_and_its_key_nowhere(tmp_path: Path, llm: Parrot) -> None:
    with opened(tmp_path, llm=[llm, llm]) as assistant:
        answer = assistant.ask(QUESTION)
    assert answer.text == TRUE
    assert answer.trace["generator"] == "extractive"
    assert "very-secret" not in str(answer.to_dict())


def test_any_embedding_of_theirs_finds_and_their_objects_come_out(tmp_path: Path) -> None:
    with opened(tmp_path, llm=Parrot(), embedder=Vowels(model_name="vowels")) as assistant:
        nodes = assistant.as_retriever(limit=3).retrieve(QUESTION)
        engine = assistant.as_query_engine()
        responses: Sequence[Any] = [engine.query(QUESTION), asyncio.run(engine.aquery(QUESTION))]
    assert [node.node.get_content() for node in nodes]
    for response in responses:
        assert str(response) == TRUE
        [cited] = response.metadata["citations"]
        assert cited["quote"] == response.source_nodes[0].node.get_content() != ""
