from __future__ import annotations

import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding

from jazari_rag.adapters.llama_index_embedding import LlamaIndexEmbedder
from jazari_rag.errors import EmbeddingError
from jazari_rag.ports import Embedder

pytestmark = pytest.mark.filterwarnings("default")  # of llama-index, at import


class Lengths(BaseEmbedding):
    """Embeds a text as its length; queries point the other way."""

    api_key: str = "sk-very-secret-0123456789"
    fail: bool = False
    value: float = 1.0
    extra: int = 0

    def _get_text_embedding(self, text: str) -> list[float]:
        if self.fail:
            raise RuntimeError(f"refused {self.api_key} at https://me:pw12345@host/")
        return [float(len(text)), self.value] + [0.0] * (self.extra if len(text) > 1 else 0)

    def _get_query_embedding(self, query: str) -> list[float]:
        return [-float(len(query)), self.value]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def test_queries_and_passages_take_their_own_ways() -> None:
    embedder = LlamaIndexEmbedder(Lengths(model_name="lengths"))
    assert isinstance(embedder, Embedder)
    assert embedder.dimension == 2
    assert embedder.embed_queries(["abc", "de"]) == [[-3.0, 1.0], [-2.0, 1.0]]
    assert embedder.embed_passages(["abc", "de"]) == [[3.0, 1.0], [2.0, 1.0]]
    assert list(embedder.embed_passages([])) == list(embedder.embed_queries([])) == []


def test_the_fingerprint_names_the_model_and_never_a_key() -> None:
    fingerprint = LlamaIndexEmbedder(Lengths(model_name="lengths")).fingerprint
    assert fingerprint == "llama-index Lengths:lengths 2d"


def test_a_failure_is_ours_and_tells_no_key() -> None:
    with pytest.raises(EmbeddingError, match="RuntimeError") as caught:
        LlamaIndexEmbedder(Lengths(fail=True)).embed_passages(["a"])
    assert "very-secret" not in str(caught.value)
    assert "pw12345" not in str(caught.value)


@pytest.mark.parametrize("harm", [{"value": float("nan")}, {"extra": 1}])
def test_vectors_that_cannot_be_used_are_an_error(harm: dict[str, float]) -> None:
    with pytest.raises(EmbeddingError, match="returned"):
        LlamaIndexEmbedder(Lengths(**harm)).embed_passages(["abc"])  # type: ignore[arg-type]
