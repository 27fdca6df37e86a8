"""A real llama.cpp, as a server and in this process, with random weights: a peer that nobody wrote for us."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from requests_kit import request

from jazari_rag import AnswerStatus, Assistant
from jazari_rag.adapters.llama_index_llm import LlamaIndexGenerator, llm_from_spec
from jazari_rag.domain import DraftSentence
from jazari_rag.errors import BackendError

pytestmark = [
    pytest.mark.extra("llama-cpp"),
    pytest.mark.filterwarnings("default"),  # of the client libraries
]

WIDTH, LAYERS, HEADS = 64, 1, 4
CONTEXT = 8192
LETTERS = set("abcdefghijklmnopqrstuvwxyz. ")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A llama of random weights over single bytes, which writes small letters, spaces and full stops."""
    gguf = pytest.importorskip("gguf", reason="needs a package: pip install gguf")
    import numpy

    path = tmp_path_factory.mktemp("gguf") / "random.gguf"
    writer = gguf.GGUFWriter(str(path), "llama")
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256))]
    kinds = [gguf.TokenType.UNKNOWN, *[gguf.TokenType.CONTROL] * 2, *[gguf.TokenType.BYTE] * 256]
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(WIDTH)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(
        "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}"
    )
    chance = numpy.random.default_rng(7)
    square, table = (WIDTH, WIDTH), (len(tokens), WIDTH)
    shapes = {"token_embd": table, "output": table, "output_norm": (WIDTH,)}
    for layer in range(LAYERS):
        shapes |= {f"blk.{layer}.{name}": (WIDTH,) for name in ("attn_norm", "ffn_norm")}
        names = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
        shapes |= {f"blk.{layer}.{name}": square for name in names}
    written = [3 + byte for byte in b"abcdefghijklmnopqrstuvwxyz. "]
    for name, shape in shapes.items():
        weights = chance.normal(0, 0.5, shape).astype(numpy.float32)
        if name == "output":
            weights[[token for token in range(len(tokens)) if token not in written]] = 0
        writer.add_tensor(f"{name}.weight", weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("fastapi", reason="needs packages: pip install 'llama-cpp-python[server]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--n_ctx", str(CONTEXT)]
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port), "--chat_format", "chatml"],
            stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/v1/models", process, log)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()
            process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        with suppress(OSError), urllib.request.urlopen(url, timeout=5) as reply:
            reply.read()
            return
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def spoken(generator: LlamaIndexGenerator) -> tuple[list[DraftSentence], BackendError | None]:
    given: list[DraftSentence] = []
    try:
        given.extend(generator.generate(request()))
    except BackendError as error:
        return given, error
    return given, None


@pytest.mark.extra("openai")
@pytest.mark.parametrize("stream", [True, False])
def test_noise_from_a_real_server_is_drafts_or_a_typed_error(server: str, stream: bool) -> None:
    generator = LlamaIndexGenerator(llm_from_spec(f"openai-like:{server}#m"), stream=stream, deadline=60)
    given, error = spoken(generator)
    assert bool(given) != bool(error), error
    assert set("".join(draft.text for draft in given)) <= LETTERS


@pytest.mark.extra("openai")
def test_a_citizen_gets_the_documents_answer_where_a_real_server_talks_nonsense(server: str, tmp_path: Path) -> None:
    sheet = tmp_path / "carte.md"
    sheet.write_text("# Carte\n\nLe timbre de la carte nationale coûte 75 dirhams.\n", encoding="utf-8")
    with Assistant.open(tmp_path / "store", llm=f"openai-like:{server}#m") as assistant:
        assistant.ingest(sheet)
        answer = assistant.ask("Combien coûte le timbre de la carte nationale ?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.text == "Le timbre de la carte nationale coûte 75 dirhams. [1]"
    assert answer.trace["generator"] == "extractive"


def test_a_model_file_speaks_in_this_process(model: Path) -> None:
    llm = llm_from_spec(f"llama-cpp:{model}")
    given, error = spoken(LlamaIndexGenerator(llm, deadline=60, in_turn=True))
    assert bool(given) != bool(error), error
    assert set("".join(draft.text for draft in given)) <= LETTERS
    assert llm.messages_to_prompt([]) == ""  # type: ignore[attr-defined]


def test_questions_to_one_model_file_are_answered_in_turn(model: Path) -> None:
    generator = LlamaIndexGenerator(llm_from_spec(f"llama-cpp:{model}"), deadline=60, in_turn=True)
    with ThreadPoolExecutor(3) as threads:
        replies = list(threads.map(spoken, [generator] * 3))
    assert replies[0][0] == replies[1][0] == replies[2][0]
