"""The settings, frozen: from keyword arguments, then `JAZARI_…` variables, then a TOML file, then a preset.

Secrets are no settings: adapters read them from the environment. An unknown key is an error that names the nearest.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from jazari_rag.errors import ConfigurationError

Preset = Literal["offline", "balanced", "quality"]

PRESETS: dict[str, dict[str, object]] = {
    "offline": {},
    "balanced": {"embedder": "intfloat/multilingual-e5-small"},
    "quality": {"embedder": "intfloat/multilingual-e5-large", "reranker": "BAAI/bge-reranker-v2-m3"},
}


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReadingLimits(_Section):
    """What reading one file may cost before it is given up."""

    memory_mb: int = Field(1024, ge=128)
    """Address space of the process that reads, in MiB."""
    seconds: float = Field(20.0, gt=0)
    """Processor time; by the clock it may be three times as long."""
    pages: int = Field(2000, ge=1)
    workers: int = Field(2, ge=1, le=64)
    """Files read side by side."""


class OcrSettings(_Section):
    """How pages without text are recognised where the `ocr` extra and tesseract are installed."""

    enabled: bool = True
    languages: tuple[str, ...] = Field(("ar", "fr"), min_length=1)
    """Those that are tried, the likeliest first; a name that we do not know is tesseract's own."""
    seconds_a_page: float = Field(60.0, gt=0)
    """Processor time, apart from `limits.seconds`."""
    pages: int = Field(300, ge=1)
    """The most pages of one file that are recognised."""


class PassageSizes(_Section):
    """Sizes in characters: fair across scripts, as tokens are not."""

    target: int = Field(900, ge=100)
    maximum: int = Field(1500, ge=200)

    @model_validator(mode="after")
    def _ordered(self) -> PassageSizes:
        if self.target > self.maximum:
            raise ValueError("target is larger than maximum")
        return self


class RetrievalSettings(_Section):
    """How legs are fused: a weighted sum of scores that each leg standardises over its own candidates."""

    lexical_weight: float = Field(1.0, ge=0)
    translated_weight: float | None = Field(None, ge=0)
    """Of what is found in another language than the question's, by lexicon; 0 leaves translation out, None takes the
    fitted one (`retrieval/weights.toml`)."""
    dense_weight: float | None = Field(None, ge=0)
    """Of the embedder beside the words; None: what was fitted for it, one within a language and one across."""
    candidates: int = Field(50, ge=10)
    """Passages that each leg brings to the fusion."""
    rerank: int = Field(30, ge=1)
    """Passages that a reranker reads."""


class ServerSettings(_Section):
    """How a Qdrant server is reached (its key: `QDRANT_API_KEY`)."""

    collection: str = Field("jazari", min_length=1)
    grpc: bool = False
    timeout: float = Field(10.0, gt=0)
    """Seconds for one request."""


class Config(BaseSettings):
    """All settings of an assistant.

    Attributes:
        preset: What the other settings start from.
        location: A folder (embedded engine) or an http(s) URL (Qdrant server); used by `from_config` and the commands.
        languages: Folders that add or override languages and countries.
        embedder: `builtin` (in the package), a sentence-transformers name or folder, or `none`: words alone.
        reranker: A CrossEncoder's name or folder, or None.
        llm: `extractive`, or `BACKEND:MODEL`; or several, of which the next one writes where the one before failed.
        contact: The office to turn to, a text a language; `default` for the others.
        answer_languages: Language of a question -> language that it is answered in, where that is another one:
            `{"ary": "ar"}` answers Darija in standard Arabic.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix="JAZARI_", env_nested_delimiter="__", validate_default=True
    )

    preset: Preset = "offline"
    location: str = "knowledge"
    languages: tuple[Path, ...] = ()
    embedder: str = "builtin"
    reranker: str | None = None
    llm: str | tuple[str, ...] = "extractive"
    limits: ReadingLimits = ReadingLimits()
    ocr: OcrSettings = OcrSettings()
    passages: PassageSizes = PassageSizes()
    retrieval: RetrievalSettings = RetrievalSettings()
    server: ServerSettings = ServerSettings()
    contact: Mapping[str, str] = Field(default_factory=dict)
    answer_languages: Mapping[str, str] = Field(default_factory=dict)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise _explained(error) from None

    @model_validator(mode="before")
    @classmethod
    def _start_from_preset(cls, data: dict[str, object]) -> dict[str, object]:
        return {**PRESETS.get(str(data.get("preset", "offline")), {}), **data}


def load_config(path: str | Path, **overrides: Any) -> Config:
    """The settings of a TOML file; relative folders in it are relative to the file.

    Raises:
        ConfigurationError: The file is missing or malformed, or a key or value in it is not known.
    """
    path = Path(path)
    try:
        tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror or error}", key=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}", key=str(path)) from None

    class FromFile(Config):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)

    loaded = FromFile(**overrides)
    return loaded.model_copy(update=_relative_to(path.parent, loaded))


def _relative_to(folder: Path, config: Config) -> dict[str, object]:
    location = config.location
    if not location.startswith(("http://", "https://")):
        location = str(folder / location)
    return {"location": location, "languages": tuple(folder / item for item in config.languages)}


def _explained(error: ValidationError) -> ConfigurationError:
    """The first problem, with its dotted key and, for an unknown key, the nearest right one."""
    problem = error.errors(include_url=False, include_input=False)[0]
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] != "extra_forbidden":
        return ConfigurationError(f"{key or 'configuration'}: {problem['msg']}", key=key)
    nearest = difflib.get_close_matches(key, list(_known_keys()), n=1, cutoff=0.5)
    hint = f"did you mean {nearest[0]!r}?" if nearest else f"known keys: {', '.join(sorted(Config.model_fields))}"
    return ConfigurationError(f"unknown key {key!r}: {hint}", key=key, suggestion=nearest[0] if nearest else None)


def _known_keys() -> Iterator[str]:
    for name, field in Config.model_fields.items():
        yield name
        if isinstance(field.annotation, type) and issubclass(field.annotation, _Section):
            yield from (f"{name}.{inner}" for inner in field.annotation.model_fields)
