"""Settings of the whole product: defaults here, a TOML file may override, loaded once."""

import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from app.errors import AppError
from ingest.settings import FrozenSettings, IngestSettings


class RetrievalSettings(FrozenSettings):
    """How many candidates each leg brings, and how their scores are weighed."""

    candidates: int = Field(50, ge=10, le=1000, description="Passages taken from each leg.")
    hits: int = Field(8, ge=1, le=50, description="Passages kept after fusion.")
    place_bonus: float = Field(
        0.5, ge=0, le=10, description="Added to passages of a place that the question names."
    )
    dense_weight: float = Field(
        0.6, ge=0, le=1, description="Weight of the dense leg; the lexical leg has the rest."
    )
    dense_weight_english: float = Field(
        0.8, ge=0, le=1, description="Weight of the dense leg for a question in English."
    )


class DecidingSettings(FrozenSettings):
    """When a question counts as foreign to the documents."""

    scope_likeness: float = Field(
        0.88,
        ge=-1,
        le=2,
        description="A question whose nearest sentence is less like it (cosine + 0.1 x share of "
        "words) is out of scope; measured for the built-in model, other models need their own.",
    )
    english_allowance: float = Field(
        0.04, ge=0, le=1, description="How much less like an English question evidence may be."
    )
    figure_doubt: float = Field(
        0.8,
        ge=-20,
        le=20,
        description="How much must speak for a figure before it is given; less answers more. "
        "Measured for the built-in model, other models need their own.",
    )
    text_doubt: float = Field(
        -0.8, ge=-20, le=20, description="The same for a sentence that is quoted for no figure."
    )


class WebSettings(FrozenSettings):
    """Where the web page is served."""

    host: str = Field("127.0.0.1", min_length=1)
    port: int = Field(7860, ge=1, le=65535)


class Settings(FrozenSettings):
    """All settings of hoidap."""

    ingest: IngestSettings = IngestSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    deciding: DecidingSettings = DecidingSettings()
    web: WebSettings = WebSettings()
    llm: str | None = Field(
        None,
        pattern=r"^[a-z_]+:\S+$",
        description="The language model that words answers and makes unsure follow-ups clear, as "
        "provider:model; none: quotes.",
    )
    llm_base_url: str | None = Field(
        None, description="Where the model is served, if not where its provider serves it."
    )
    llm_timeout: float = Field(
        30, ge=0.1, le=600, description="Seconds that one answer may wait for the model in all."
    )
    llm_retries: int = Field(
        2, ge=0, le=10, description="Further attempts where the model cannot be reached or is busy."
    )
    llm_tokens: int = Field(
        8000, ge=200, le=100_000, description="Tokens that one answer may cost, read and written."
    )
    question_limit: int = Field(
        2000, ge=50, le=20000, description="Longest question accepted, in characters."
    )
    contact: str | None = Field(
        None, description="Whom a citizen may ask when the documents hold no answer."
    )


def load_settings(path: Path | None) -> Settings:
    """Return the settings of a TOML file, or the defaults; raise AppError on a broken file."""
    if path is None:
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise AppError(f"Settings file {path} cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AppError(f"Settings file {path} is not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise AppError(f"Settings file {path}: {key}: {first['msg']}.") from error
