"""Backends of third parties: a distribution names them under the entry point group `jazari_rag.generators`.

    [project.entry-points."jazari_rag.generators"]
    ministry = "ministry_llm:make"        # make(model: str) -> jazari_rag.ports.Generator

`llm="ministry:small"` then calls `make("small")`. A name of ours cannot be taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points

from jazari_rag.adapters.backend_errors import as_backend_error, safe_reason
from jazari_rag.domain import DraftSentence, GenerationRequest, RewriteRequest
from jazari_rag.errors import BackendError, ConfigurationError
from jazari_rag.ports import Generator, Rewriter

GROUP = "jazari_rag.generators"


def plugin_names() -> tuple[str, ...]:
    """The backends that installed distributions bring."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def plugin_generator(spec: str) -> Generator | None:
    """The generator of `NAME:MODEL`, or None where no distribution brings that name.

    Raises:
        ConfigurationError: Two bring it, it cannot be imported, or what it makes is no generator.
    """
    name, _, model = spec.partition(":")
    points = list(entry_points(group=GROUP, name=name))
    if not points:
        return None
    if len(points) > 1:
        who = ", ".join(sorted(_owner(point) for point in points))
        raise ConfigurationError(f"several packages bring the llm {name!r}: {who}; uninstall all but one", key="llm")
    made = _made(points[0], model)
    if isinstance(made, Rewriter):
        return _GuardedRewriter(made, f"{name}:{model}", made)
    return _Guarded(made, f"{name}:{model}")


def _made(point: EntryPoint, model: str) -> Generator:
    try:
        made = point.load()(model)
    except ConfigurationError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {safe_reason(error)}"
        raise ConfigurationError(
            f"the llm {point.name!r} of {_owner(point)} cannot be made ({reason})", key="llm"
        ) from error
    if not isinstance(made, Generator):
        raise ConfigurationError(
            f"the llm {point.name!r} of {_owner(point)} made a {type(made).__name__}, "
            "which is no Generator: see jazari_rag.ports",
            key="llm",
        )
    return made


def _owner(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value


class _Guarded:
    """Another's generator: whatever it raises is a `BackendError`, so that a citizen still gets an answer."""

    def __init__(self, generator: Generator, name: str) -> None:
        self._generator = generator
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return f"{type(self._generator).__name__}({self._name!r})"

    def generate(self, request: GenerationRequest) -> Iterator[DraftSentence]:
        try:
            yield from self._generator.generate(request)
        except BackendError:
            raise
        except Exception as error:
            raise as_backend_error(error, backend=self._name) from None


class _GuardedRewriter(_Guarded):
    """One that makes follow-ups stand alone too."""

    def __init__(self, generator: Generator, name: str, rewriter: Rewriter) -> None:
        super().__init__(generator, name)
        self._rewriter = rewriter

    def rewrite(self, request: RewriteRequest) -> str:
        try:
            return self._rewriter.rewrite(request)
        except BackendError:
            raise
        except Exception as error:
            raise as_backend_error(error, backend=self._name) from None
