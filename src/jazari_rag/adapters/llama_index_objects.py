"""What we hand out to a llama-index program: a retriever and a query engine.

They take functions, so that anything of ours that searches or answers can stand behind them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from jazari_rag.domain import Answer, Citation, Hit

_NOT_FOR_THE_MODEL = ["source", "language", "document_id", "passage_id", "start", "end"]


class JazariRetriever(BaseRetriever):
    """A llama-index retriever over a search of ours.

    Args:
        search: The hits for a question, best first.
        asearch: Its async twin; by default `search` in a thread.
    """

    def __init__(
        self,
        search: Callable[[str], Sequence[Hit]],
        asearch: Callable[[str], Awaitable[Sequence[Hit]]] | None = None,
    ) -> None:
        super().__init__()
        self._search = search
        self._asearch = asearch

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [node_of_hit(hit) for hit in self._search(query_bundle.query_str)]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = query_bundle.query_str
        if self._asearch is None:
            hits = await asyncio.to_thread(self._search, question)
        else:
            hits = await self._asearch(question)
        return [node_of_hit(hit) for hit in hits]


class JazariQueryEngine(BaseQueryEngine):
    """A llama-index query engine over a function of ours that answers.

    A response has the answer's text, a node a citation, and in its metadata `status`, `language`, `confidence` and
    `citations`: an answer that is none has its `status`, and no nodes.

    Args:
        ask: The answer to a question.
        aask: Its async twin; by default `ask` in a thread.
    """

    def __init__(self, ask: Callable[[str], Answer], aask: Callable[[str], Awaitable[Answer]] | None = None) -> None:
        super().__init__(callback_manager=None)
        self._ask = ask
        self._aask = aask

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}

    def _query(self, query_bundle: QueryBundle) -> Response:
        return response_of_answer(self._ask(query_bundle.query_str))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        question = query_bundle.query_str
        answer = await (asyncio.to_thread(self._ask, question) if self._aask is None else self._aask(question))
        return response_of_answer(answer)


def node_of_hit(hit: Hit) -> NodeWithScore:
    """The passage as a node: its id, text, place and what was given with it."""
    passage, document = hit.passage, hit.document
    ours = _metadata(
        title=document.title,
        source=document.url or document.source,
        page=passage.page,
        section=passage.section,
        language=passage.language,
        document_id=passage.document_id,
    )
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in passage.metadata.items()}
    return _node(passage.id, passage.text, (passage.start, passage.end), {**given, **ours}, hit.score)


def response_of_answer(answer: Answer) -> Response:
    """The answer as a llama-index response."""
    return Response(
        response=answer.text,
        source_nodes=[_node_of_citation(citation) for citation in answer.citations],
        metadata={
            "status": answer.status.value,
            "language": answer.language,
            "confidence": answer.confidence,
            "citations": [citation.to_dict() for citation in answer.citations],
        },
    )


def _node_of_citation(citation: Citation) -> NodeWithScore:
    metadata = _metadata(
        title=citation.title,
        source=citation.url or citation.source,
        page=citation.page,
        section=citation.section,
        language=citation.language,
        document_id=citation.document_id,
    )
    name = f"{citation.passage_id or citation.document_id}#{citation.marker}"
    place = (citation.start, citation.end)
    return _node(name, citation.quote, place, {**metadata, "marker": citation.marker}, None)


def _metadata(
    *, title: str, source: str, page: int, section: Sequence[str], language: str, document_id: str
) -> dict[str, object]:
    return {
        "title": title,
        "source": source,
        "page": page,
        "section": " > ".join(section),
        "language": language,
        "document_id": document_id,
    }


def _node(
    name: str, text: str, place: tuple[int, int], metadata: dict[str, object], score: float | None
) -> NodeWithScore:
    node = TextNode(
        id_=name,
        text=text,
        start_char_idx=place[0],
        end_char_idx=place[1],
        metadata=metadata,
        excluded_llm_metadata_keys=_NOT_FOR_THE_MODEL,
        excluded_embed_metadata_keys=list(metadata),
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=str(metadata["document_id"]))},
    )
    return NodeWithScore(node=node, score=score)
