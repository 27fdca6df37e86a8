"""Answers written by a language model, through any LLM class of llama-index."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, nullcontext
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING

from jazari_rag.adapters.backend_errors import as_backend_error
from jazari_rag.adapters.deadlines import allowance, within
from jazari_rag.adapters.llm_specs import llm_from_spec
from jazari_rag.adapters.optional import optional_module
from jazari_rag.adapters.retries import Retries
from jazari_rag.answering.markers import DraftParser, without_thought
from jazari_rag.answering.prompting import rewriting_prompt, system_prompt, user_prompt
from jazari_rag.domain import DraftSentence, GenerationRequest, RewriteRequest
from jazari_rag.errors import BackendError, BackendRejectedError, BackendUnavailableError
from jazari_rag.languages import Prompt, load_prompt

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatMessage, ChatResponse
    from llama_index.core.llms import LLM

__all__ = ["LlamaIndexGenerator", "llm_from_spec"]

_LONGEST_REPLY = 20_000
"""Characters after which a reply is given up: nobody asked for a book."""
_LONGEST_QUESTION = 4_000
"""Characters of a rewritten question, with what a reasoning model says to itself before it."""
_GARBLED = re.compile(r"[\ufffd\ud800-\udfff]")
"""What undecodable bytes become, and halves of a character that JSON can hold."""
_FINISHED_WELL = frozenset({"stop", "end_turn", "eos", "eos_token", "stop_sequence", "tool_calls"})


class LlamaIndexGenerator:
    """Writes an answer with a language model; nothing that it writes is trusted before it is verified.

    Args:
        llm: Any llama-index LLM.
        name: For the trace and for errors; by default its class and model.
        stream: Whether sentences are given out while the model is still writing.
        max_context: Characters of passages that are shown to it.
        deadline: Seconds for everything, tries and waits included.
        retries: What happens while it is refused, overloaded or silent, and nothing was given out yet.
        prompt: What it is told; the shipped one by default.
        in_turn: Whether it is asked one question at a time: a model in this process is no server.
    """

    def __init__(
        self,
        llm: LLM,
        *,
        name: str | None = None,
        stream: bool = True,
        max_context: int = 16_000,
        deadline: float = 60.0,
        retries: Retries | None = None,
        prompt: Prompt | None = None,
        in_turn: bool = False,
    ) -> None:
        self._llm = llm
        self._name = name or _name(llm)
        self._stream = stream
        self._max_context = max_context
        self._deadline = deadline
        self._retries = retries or Retries()
        self._prompt = prompt or load_prompt()
        self._turn = Lock() if in_turn else nullcontext()

    @property
    def name(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return f"LlamaIndexGenerator({self._name!r})"

    def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
        """The sentences as they come; none when the model says that the passages do not answer.

        Raises:
            BackendUnavailableError: Refused, overloaded or too slow; or the reply broke off, after what it gave.
            BackendRejectedError: Unauthorised, unknown model, or a reply that is not one.
        """
        shown = user_prompt(request, self._prompt, max_characters=self._max_context)
        messages = _messages(system_prompt(request, self._prompt), shown)
        clock = self._retries.clock
        end = clock() + min(self._deadline, self._deadline if request.seconds is None else request.seconds)
        for tries in count(1):
            spoke = False
            try:
                with closing(self._once(messages, end - clock())) as sentences:
                    for sentence in sentences:
                        spoke = True
                        yield sentence
                return
            except BackendUnavailableError as error:
                pause = None if spoke else self._retries.pause(tries, error)
                if pause is None or clock() + pause >= end:
                    raise
            self._retries.wait(pause)

    def rewrite(self, request: RewriteRequest) -> str:
        """A follow-up as a question that stands alone. Tried once: there is a rule where this fails.

        Raises:
            BackendError: As `generate`.
        """
        rules = self._prompt.rewriting_rules(language=request.language)
        messages, ending = _messages(rules, rewriting_prompt(request)), _Ending()
        seconds = min(self._deadline, request.seconds)
        text = ""
        with closing(self._texts(messages, seconds, ending)) as pieces:
            for piece in pieces:
                text += piece
                if len(text) > _LONGEST_QUESTION:
                    raise BackendRejectedError(f"{self._name} wrote more than a question", backend=self._name)
        if not ending.well:
            raise BackendUnavailableError(f"{self._name} broke off in the middle of a question", backend=self._name)
        return without_thought(text).strip()

    def _once(self, messages: Sequence[ChatMessage], seconds: float) -> Generator[DraftSentence]:
        parser, ending = DraftParser(), _Ending()
        characters = given = 0
        with closing(self._texts(messages, seconds, ending)) as texts:
            for text in texts:
                characters += len(text)
                for sentence in parser.feed(text):
                    given += 1
                    yield sentence
                if characters > _LONGEST_REPLY:
                    ending.reason = "length"
                    break
        last = parser.finish(cut=not ending.well)
        yield from last
        if ending.broke_off:
            raise BackendUnavailableError(f"{self._name} broke off in the middle of its reply", backend=self._name)
        if not characters:
            raise BackendRejectedError(f"{self._name} sent an empty reply", backend=self._name)
        if not ending.well and not given and not last:
            # Not an answer of "not stated", which an empty draft would be taken for.
            raise BackendRejectedError(f"{self._name} was cut off before a whole sentence", backend=self._name)

    def _texts(self, messages: Sequence[ChatMessage], seconds: float, ending: _Ending) -> Generator[str]:
        try:
            with closing(within(seconds, lambda: self._responses(messages))) as responses:
                for response in responses:
                    ending.note(response.raw)
                    yield self._legible((response.delta if self._stream else response.message.content) or "")
        except BackendError:
            raise
        except Exception as error:
            # Not `from error`: what a client raises can hold the request, and in it the key.
            raise as_backend_error(error, backend=self._name, secrets=_secrets(self._llm)) from None

    def _legible(self, text: str) -> str:
        """`text`, unless it was garbled on its way: half an Arabic letter is not to be guessed at."""
        if _GARBLED.search(text):
            raise BackendRejectedError(f"{self._name} sent text that is not UTF-8", backend=self._name)
        return text

    def _responses(self, messages: Sequence[ChatMessage]) -> Iterator[ChatResponse]:
        with self._turn:
            allowed = allowance()
            if allowed is not None and allowed.remaining <= 0:
                return  # the turn came too late: nobody listens any more
            if self._stream:
                yield from self._llm.stream_chat(messages)
            else:
                yield self._llm.chat(messages)


def _messages(rules: str, shown: str) -> Sequence[ChatMessage]:
    types = optional_module("llama_index.core.base.llms.types", feature="a language model", extra="openai")
    return [types.ChatMessage(role="system", content=rules), types.ChatMessage(role="user", content=shown)]


class _Ending:
    """How a reply ended, as far as the backend says: a stream that is cut off raises nothing by itself."""

    def __init__(self) -> None:
        self.reason: str | None = None
        self._begun = False
        self._says = False

    def note(self, raw: object) -> None:
        """Looks at what came with a piece: OpenAI and Mistral have choices, Ollama has `done`."""
        self._begun = True
        raw = _get(raw, "data") or raw
        choices = _get(raw, "choices")
        if isinstance(choices, Sequence):
            self._says = True
            reason = _get(choices[0], "finish_reason") if choices else None
        else:
            self._says = self._says or _get(raw, "done") is not None
            reason = (_get(raw, "done_reason") or "stop") if _get(raw, "done") is True else None
        if reason is not None:
            self.reason = str(getattr(reason, "value", reason)).lower()

    @property
    def broke_off(self) -> bool:
        """Also a reply of nothing at all: what ends well says so."""
        return self.reason is None and (self._says or not self._begun)

    @property
    def well(self) -> bool:
        return self.reason in _FINISHED_WELL or (self.reason is None and not self.broke_off)


def _get(holder: object, name: str) -> object:
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)


def _name(llm: LLM) -> str:
    """Not by `llm.metadata`, which raises for a model that some classes do not know."""
    models = (getattr(llm, attribute, None) for attribute in ("model", "model_name", "model_path"))
    model = next((value for value in models if isinstance(value, str) and value), "")
    return f"{type(llm).__name__}:{model.rsplit('/', 1)[-1]}".rstrip(":")


def _secrets(llm: LLM) -> list[str]:
    return [
        value for value in (getattr(llm, "api_key", None), getattr(llm, "_api_key", None)) if isinstance(value, str)
    ]
