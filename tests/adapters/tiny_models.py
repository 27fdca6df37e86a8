"""Models small enough to make in a test: random weights, a vocabulary of letters and a few words."""

from __future__ import annotations

import json
from pathlib import Path

WORDS = ["passport", "card", "renew", "the", "how", "a", "tax", "form"]


def _vocabulary() -> list[str]:
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ":", *letters, *[f"##{letter}" for letter in letters], *WORDS]


def _tokenizer():  # type: ignore[no-untyped-def]
    import transformers

    vocabulary = {word: number for number, word in enumerate(dict.fromkeys(_vocabulary()))}
    return transformers.BertTokenizerFast(vocab=vocabulary), len(vocabulary)


def _config(size: int, **more: object):  # type: ignore[no-untyped-def]
    import transformers

    return transformers.BertConfig(
        vocab_size=size, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64, **more,
    )  # fmt: skip


def make_embedder(folder: Path, *, prompts: dict[str, str] | None = None) -> Path:
    """A sentence-transformers folder of 16 dimensions that reads 64 tokens."""
    import sentence_transformers
    import torch
    import transformers
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    tokenizer, size = _tokenizer()
    torch.manual_seed(3)
    base = folder.parent / f"{folder.name}-base"
    transformers.BertModel(_config(size)).save_pretrained(base)
    tokenizer.save_pretrained(base)
    body = Transformer(str(base))
    model = sentence_transformers.SentenceTransformer(modules=[body, Pooling(16)], prompts=prompts, device="cpu")
    model.save_pretrained(str(folder), create_model_card=False)
    return folder


def make_cross_encoder(folder: Path, *, labels: int = 1) -> Path:
    import torch
    import transformers

    tokenizer, size = _tokenizer()
    torch.manual_seed(3)
    transformers.BertForSequenceClassification(_config(size, num_labels=labels)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def as_pickle(folder: Path) -> Path:
    """The same folder with its weights in a pickle, as old models have them."""
    weights = folder / "model.safetensors"
    weights.rename(folder / "pytorch_model.bin")
    return folder


def edit_json(path: Path, **values: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def make_causal(folder: Path) -> Path:
    """A language model of random weights that writes one of a few words after another."""
    import torch
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = {word: number for number, word in enumerate(["[UNK]", "</s>", "[1]", ".", *WORDS])}
    inner = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    inner.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=inner, unk_token="[UNK]", eos_token="</s>")
    tokenizer.chat_template = "{% for message in messages %}{{ message['content'] }} {% endfor %}"
    torch.manual_seed(5)
    config = transformers.LlamaConfig(
        vocab_size=len(vocabulary), hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2,
        max_position_embeddings=1024, eos_token_id=1, bos_token_id=1,
    )  # fmt: skip
    model = transformers.LlamaForCausalLM(config)
    model.generation_config.suppress_tokens = [0, 1]
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
