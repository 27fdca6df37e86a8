"""`BACKEND:MODEL` as a llama-index LLM, made so that no request is sent and no retry is hidden.

Keys come from the environment only: `MISTRAL_API_KEY`, `OPENAI_API_KEY` (openai-like servers that want one).
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from jazari_rag.adapters.generator_plugins import plugin_names
from jazari_rag.adapters.http_limits import limit
from jazari_rag.adapters.model_folder import model_folder, quiet_loading
from jazari_rag.adapters.optional import optional_module
from jazari_rag.errors import ConfigurationError

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatMessage
    from llama_index.core.llms import LLM

_CONTEXT_TOKENS = 8192
_REPLY_TOKENS = 800
_TEMPERATURE = 0.0


@dataclass(frozen=True, slots=True)
class _Backend:
    form: str
    make: Callable[[str, int], Any]
    in_process: bool = False


def llm_from_spec(spec: str, *, timeout: int = 30) -> LLM:
    """The LLM that a configuration names.

    Args:
        spec: `mistral:MODEL`, `ollama:MODEL`, `openai-like:URL#MODEL`, `llama-cpp:FILE.gguf` or `huggingface:NAME`.
        timeout: Seconds without a byte after which a remote one is given up.

    Raises:
        ConfigurationError: The spec is not one (the message gives the nearest), a key or a file is missing.
        MissingExtraError: The backend's package is not installed.
    """
    kind, _, rest = spec.partition(":")
    backend = _BACKENDS.get(kind)
    if backend is None:
        raise _unknown(kind, rest)
    if not rest:
        raise ConfigurationError(f"the llm {spec!r} names no model: write {backend.form}", key="llm")
    return cast("LLM", backend.make(rest, timeout))


def is_ours(spec: str) -> bool:
    """Whether a spec's backend is one of this module."""
    return spec.partition(":")[0] in _BACKENDS


def runs_here(spec: str) -> bool:
    """Whether a spec's model runs in this process."""
    return is_ours(spec) and _BACKENDS[spec.partition(":")[0]].in_process


def spec_name(spec: str) -> str:
    """The spec for traces and errors: without a password or a query that its address may hold."""
    kind, _, rest = spec.partition(":")
    if kind != "openai-like":
        return spec
    parts = urlsplit(rest)
    return f"{kind}:{parts.fragment}@{parts.hostname or '?'}"


def _unknown(kind: str, rest: str) -> ConfigurationError:
    plugins = plugin_names()
    forms = ["extractive", *(backend.form for backend in _BACKENDS.values()), *(f"{name}:MODEL" for name in plugins)]
    names = ["extractive", *_BACKENDS, *plugins, *_ALIASES]
    nearest = difflib.get_close_matches(kind.lower(), names, n=1, cutoff=0.5)
    if not nearest:
        return ConfigurationError(f"unknown llm {kind!r}: write one of {', '.join(forms)}", key="llm")
    name = _ALIASES.get(nearest[0], nearest[0])
    suggestion = name if name == "extractive" else f"{name}:{rest or 'MODEL'}"
    if name in _BACKENDS and not rest:
        suggestion = _BACKENDS[name].form
    return ConfigurationError(f"unknown llm {kind!r}: did you mean {suggestion!r}?", key="llm", suggestion=suggestion)


def _mistral(model: str, timeout: int) -> object:
    library = optional_module("llama_index.llms.mistralai", feature="mistral", extra="mistral")
    types = optional_module("llama_index.core.base.llms.types", feature="mistral", extra="mistral")

    class MistralAI(library.MistralAI):  # type: ignore[misc, name-defined]
        """With any model of the service: the package's own class raises for one that is newer than itself."""

        @property
        def metadata(self) -> object:
            return types.LLMMetadata(
                context_window=_CONTEXT_TOKENS,
                num_output=self.max_tokens,
                is_chat_model=True,
                model_name=self.model,
            )

    llm = MistralAI(
        model=model,
        api_key=_key("MISTRAL_API_KEY", f"mistral:{model}"),
        timeout=timeout,
        max_retries=0,
        temperature=_TEMPERATURE,
        max_tokens=_REPLY_TOKENS,
    )
    limit(llm._client.sdk_configuration.client, import_module("httpx2"), owner=llm)
    return llm


def _ollama(model: str, timeout: int) -> object:
    library = optional_module("llama_index.llms.ollama", feature="ollama", extra="ollama")
    host = os.environ.get("OLLAMA_HOST", "").strip() or "http://127.0.0.1:11434"
    llm = library.Ollama(
        model=model,
        base_url=host if "://" in host else f"http://{host}",
        request_timeout=float(timeout),
        context_window=_CONTEXT_TOKENS,  # else it asks the server for it
        temperature=_TEMPERATURE,
        thinking=False,
        additional_kwargs={"num_predict": _REPLY_TOKENS},
    )
    limit(llm.client._client, import_module("httpx"), owner=llm)
    return llm


def _openai_like(address: str, timeout: int) -> object:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.fragment:
        raise ConfigurationError(f"write the llm as {_BACKENDS['openai-like'].form}", key="llm")
    library = optional_module("llama_index.llms.openai_like", feature="openai-like", extra="openai")
    httpx = import_module("httpx")
    client = httpx.Client(follow_redirects=True, timeout=float(timeout))
    llm = library.OpenAILike(
        model=parts.fragment,
        api_base=address.partition("#")[0],
        api_key=os.environ.get("OPENAI_API_KEY") or "none",
        is_chat_model=True,
        is_function_calling_model=False,
        context_window=_CONTEXT_TOKENS,
        timeout=float(timeout),
        max_retries=0,
        temperature=_TEMPERATURE,
        max_tokens=_REPLY_TOKENS,
        http_client=client,
    )
    limit(client, httpx, owner=llm)
    return llm


def _llama_cpp(file: str) -> object:
    path = Path(file).expanduser()
    if not path.is_file():
        raise ConfigurationError(f"llama-cpp:{file}: no such file; give the path of a .gguf model", key="llm")
    library = optional_module("llama_index.llms.llama_cpp", feature="llama-cpp", extra="llama-cpp")
    llm = library.LlamaCPP(
        model_path=str(path),
        context_window=_CONTEXT_TOKENS,
        max_new_tokens=_REPLY_TOKENS,
        temperature=_TEMPERATURE,
        verbose=False,
    )
    template = llm._model.metadata.get("tokenizer.chat_template")
    if template:
        llm.messages_to_prompt = _chat_format(llm._model, template)
    return llm


def _chat_format(model: Any, template: str) -> Callable[[Sequence[ChatMessage]], str]:
    """Messages as the model was trained to read them; without the first token, which the library adds itself."""
    formats = import_module("llama_cpp.llama_chat_format")
    end = model.detokenize([model.token_eos()], special=True).decode("utf-8", "ignore")
    formatter = formats.Jinja2ChatFormatter(template=template, eos_token=end, bos_token="")

    def written(messages: Sequence[ChatMessage]) -> str:
        turns = [{"role": message.role.value, "content": message.content or ""} for message in messages]
        return str(formatter(messages=turns).prompt)

    return written


def _huggingface(name: str) -> object:
    library = optional_module("llama_index.llms.huggingface", feature="huggingface", extra="huggingface")
    folder = str(model_folder(name))
    with quiet_loading():
        return library.HuggingFaceLLM(
            model_name=folder,
            tokenizer_name=folder,
            context_window=_CONTEXT_TOKENS,
            max_new_tokens=_REPLY_TOKENS,
            is_chat_model=True,
            model_kwargs={"use_safetensors": True, "trust_remote_code": False, "local_files_only": True},
            tokenizer_kwargs={"trust_remote_code": False, "local_files_only": True},
            generate_kwargs={"do_sample": False},
        )


_BACKENDS = {
    "mistral": _Backend("mistral:MODEL", _mistral),
    "ollama": _Backend("ollama:MODEL", _ollama),
    "openai-like": _Backend("openai-like:http://HOST:PORT/v1#MODEL", _openai_like),
    "llama-cpp": _Backend("llama-cpp:FILE.gguf", lambda file, _: _llama_cpp(file), in_process=True),
    "huggingface": _Backend("huggingface:ORG/MODEL", lambda name, _: _huggingface(name), in_process=True),
}
_ALIASES = {
    "openai": "openai-like",
    "vllm": "openai-like",
    "tgi": "openai-like",
    "llamacpp": "llama-cpp",
    "hf": "huggingface",
}


def _key(variable: str, spec: str) -> str:
    key = os.environ.get(variable, "").strip()
    if not key:
        raise ConfigurationError(f"{spec} needs a key: set {variable} in the environment", key=variable)
    return key
