"""Settings of ingest: frozen values with their ranges; loaded once, at the composition root."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

BUILT_IN_MODEL = "built-in"


class FrozenSettings(BaseModel):
    """Base of every settings class: unknown keys are refused, values do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class EmbeddingSettings(FrozenSettings):
    """Which sentence-transformers model turns text into vectors, and how."""

    model: str = Field(
        BUILT_IN_MODEL,
        min_length=1,
        description="'built-in', or a sentence-transformers model: a folder or a hub id.",
    )
    query_prompt: str | None = Field(
        None, description="Put before each question; null = the model's own query prompt."
    )
    passage_prompt: str | None = Field(
        None, description="Put before each passage; null = the model's own passage prompt."
    )
    dtype: Literal["auto", "float32", "bfloat16"] = Field(
        "auto", description="'auto' = bfloat16 where the processor computes in it, else float32."
    )
    batch_size: int = Field(
        4, ge=1, le=1024, description="Passages embedded at once; more cost memory, not time."
    )
    cache_dir: Path | None = Field(
        None, description="Where the built-in model is kept; null = the user's cache folder."
    )


class SplittingSettings(FrozenSettings):
    """How documents become passages; part of the library's identity."""

    passage_characters: int = Field(
        900, ge=200, le=1500, description="A passage grows by whole sentences up to this length."
    )
    sentence_characters: int = Field(
        900, ge=200, le=1500, description="A longer sentence is divided at a clause."
    )


class IngestSettings(FrozenSettings):
    """Settings of ingest."""

    embedding: EmbeddingSettings = EmbeddingSettings()
    splitting: SplittingSettings = SplittingSettings()
    kept_versions: int = Field(3, ge=2, le=100, description="Library versions kept on disk.")
