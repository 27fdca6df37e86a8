from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest

from jazari_rag.domain import Answer, AnswerStatus, Citation, Document, Hit, Passage

pytestmark = pytest.mark.filterwarnings("default")  # of llama-index, at import


def hits(question: str) -> list[Hit]:
    document = Document("guide", "Guide de la CNIE", "guide.pdf", "fr", "1", {"url": "https://example.org/guide"})
    texts = [f"Le timbre coûte 75 DH ({question})", "صورة"]
    metadata = {"authority": "dgsn", "audience": ("all", "abroad")}
    passages = [
        Passage(f"p{i}", "guide", text, i + 1, ("Frais", "Timbre"), 4, 4 + len(text), "fr", metadata)
        for i, text in enumerate(texts)
    ]
    return [Hit(passage, 1.0 / (i + 1), document) for i, passage in enumerate(passages)]


def answer(question: str) -> Answer:
    cited = Citation(1, "guide", "Guide", "guide.pdf", None, 4, ("Frais",), "75 DH", 10, 15, "fr", "1", "p0")
    return Answer(AnswerStatus.ANSWERED, f"{question} 75 DH [1]", "fr", (cited,), 0.8)


async def ahits(question: str) -> list[Hit]:
    return hits(question)


async def aanswer(question: str) -> Answer:
    return answer(question)


@pytest.mark.parametrize("asearch", [None, ahits])
def test_a_retriever_gives_nodes_that_say_where_they_stand(asearch: Callable[..., object] | None) -> None:
    from jazari_rag.adapters.llama_index_objects import JazariRetriever

    retriever = JazariRetriever(hits, asearch)  # type: ignore[arg-type]
    nodes = retriever.retrieve("combien ?")
    assert [node.node.node_id for node in nodes] == ["p0", "p1"]
    assert [node.score for node in nodes] == [1.0, 0.5]
    assert nodes[0].node.get_content() == "Le timbre coûte 75 DH (combien ?)"
    assert nodes[0].node.metadata["title"] == "Guide de la CNIE"
    assert nodes[0].node.metadata["source"] == "https://example.org/guide"
    assert (nodes[0].node.metadata["page"], nodes[0].node.metadata["section"]) == (1, "Frais > Timbre")
    assert nodes[0].node.metadata["authority"] == "dgsn"
    assert asyncio.run(retriever.aretrieve("combien ?")) == nodes


@pytest.mark.parametrize("aask", [None, aanswer])
def test_a_query_engine_gives_the_answer_with_its_citations(aask: Callable[..., object] | None) -> None:
    from jazari_rag.adapters.llama_index_objects import JazariQueryEngine

    engine = JazariQueryEngine(answer, aask)  # type: ignore[arg-type]
    response = engine.query("Combien ?")
    assert str(response) == "Combien ? 75 DH [1]"
    assert response.metadata is not None
    assert response.metadata["status"] == "answered"
    assert response.metadata["citations"][0]["quote"] == response.source_nodes[0].node.get_content() == "75 DH"
    json.dumps(response.metadata)
    assert str(asyncio.run(engine.aquery("Combien ?"))) == str(response)


def test_an_answer_that_is_none_says_so_and_has_no_nodes() -> None:
    from jazari_rag.adapters.llama_index_objects import JazariQueryEngine

    engine = JazariQueryEngine(lambda _: Answer(AnswerStatus.NO_EVIDENCE, "Rien.", "fr"))
    response = engine.query("?")
    assert response.metadata is not None
    assert (response.metadata["status"], response.source_nodes) == ("no_evidence", [])
