"""Text -> vectors: the built-in model, or any sentence-transformers model named in the settings.

torch and sentence_transformers take seconds to import: only the constructors import them.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.bundled_encoder import no_progress_bars, sparing_encoder
from ingest.bundled_model import bundled_model_folder, bundled_model_id
from ingest.errors import ModelError
from ingest.model_folder import PASSAGE_PROMPT, QUERY_PROMPT
from ingest.settings import BUILT_IN_MODEL, EmbeddingSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

HUB_TIMEOUT_SECONDS = 10
KEPT_QUERIES = 64
MODEL_FILES = {".json", ".safetensors", ".bin", ".txt", ".model"}
PASSAGE_PROMPT_NAMES = ("document", "passage", "corpus")


class Embedder(Protocol):
    """Turns passages and questions into vectors whose scalar product is their likeness."""

    @property
    def identity(self) -> str:
        """Name all that decides a passage's vector, the data type apart."""

    @property
    def dtype(self) -> str:
        """Name the type the model computes in: 'float32' or 'bfloat16'."""

    @property
    def dimension(self) -> int:
        """Count the numbers of a vector."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors of length 1, shape (number of texts, dimension)."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return one vector of length 1, shape (dimension,)."""


def create_embedder(settings: EmbeddingSettings) -> Embedder:
    """Load the model that the settings name; raise ModelError if it cannot be had."""
    return SentenceTransformerEmbedder(settings)


class SentenceTransformerEmbedder:
    """An Embedder on one SentenceTransformer, on the CPU; safe to call from several threads."""

    def __init__(self, settings: EmbeddingSettings) -> None:
        """Load the model (seconds); raise ModelError if it cannot be had."""
        self.dtype = _chosen_dtype(settings.dtype)
        built_in = settings.model == BUILT_IN_MODEL
        model = _built_in(settings, self.dtype) if built_in else _other(settings.model, self.dtype)
        self.identity = model_identity(settings)
        self.dimension = model.get_embedding_dimension() or len(model.encode_query(""))
        self._model = model
        self._batch_size = settings.batch_size
        self._query_prompt = _prompt(settings.query_prompt, model.prompts, ("query",))
        self._passage_prompt = _prompt(settings.passage_prompt, model.prompts, PASSAGE_PROMPT_NAMES)
        # A question is embedded for its passages and again for its sentences.
        self._kept_query = lru_cache(maxsize=KEPT_QUERIES)(self._embed_query)
        self._one_at_a_time = Lock()  # The library's tokenizers are not safe in several threads.

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors of length 1, shape (number of texts, dimension)."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._one_at_a_time:
            vectors = self._model.encode_document(
                list(texts),
                prompt=self._passage_prompt,
                batch_size=self._batch_size,
                show_progress_bar=False,
            )
        return _unit_length(vectors)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return one vector of length 1, shape (dimension,)."""
        return self._kept_query(text)

    def _embed_query(self, text: str) -> NDArray[np.float32]:
        with self._one_at_a_time:
            vectors = self._model.encode_query(
                [text], prompt=self._query_prompt, show_progress_bar=False
            )
        vector: NDArray[np.float32] = _unit_length(vectors)[0]
        return vector


def model_identity(settings: EmbeddingSettings) -> str:
    """Name the weights, and the passage prompt: both decide the stored vectors.

    The query prompt and the data type do not: they may change without embedding all again.
    """
    if settings.model == BUILT_IN_MODEL:
        name = bundled_model_id()
    elif Path(settings.model).is_dir():
        name = _folder_identity(Path(settings.model))
    else:
        name = _hub_identity(settings.model)
    prompt = settings.passage_prompt
    return name if prompt is None else f"{name}, passage prompt {prompt!r}"


def _prompt(own: str | None, prompts: Mapping[str, str | None], names: Sequence[str]) -> str:
    """Choose the prompt of the settings, else the first of the model's that is not blank.

    The library itself takes a blank "document" prompt before a "passage" prompt that is there.
    """
    if own is not None:
        return own
    return next((prompt for name in names if (prompt := prompts.get(name))), "")


def _unit_length(vectors: NDArray[Any]) -> NDArray[np.float32]:
    values = np.asarray(vectors, np.float32)
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.maximum(lengths, np.finfo(np.float32).tiny), np.float32)


def _chosen_dtype(wanted: str) -> str:
    """Resolve 'auto': bfloat16 only where the processor computes in it; elsewhere it is slower."""
    if wanted != "auto":
        return wanted
    import torch

    processor = torch.cpu.get_capabilities()
    return "bfloat16" if processor.get("avx512_bf16") or processor.get("amx_bf16") else "float32"


# --- Another model -------------------------------------------------------------------------------


def _other(name: str, dtype: str) -> "SentenceTransformer":
    """Load a folder or a hub model; raise ModelError in one sentence, whatever the library says."""
    import torch
    from sentence_transformers import SentenceTransformer

    local_only = Path(name).is_dir() or not _hub_answers(name)
    try:
        with no_progress_bars():
            return SentenceTransformer(
                name,
                device="cpu",
                local_files_only=local_only,
                model_kwargs={"dtype": getattr(torch, dtype)},
            )
    except Exception as error:  # Each of the libraries below has its own kinds.
        reason = str(error).strip().split("\n")[0]
        raise ModelError(
            f"The embedding model {name!r} cannot be loaded ({reason}); "
            f'give a local folder that holds it, or use model = "{BUILT_IN_MODEL}".'
        ) from error


def _hub_answers(name: str) -> bool:
    """Ask the hub once: without this, an unreachable hub costs over a minute of retries."""
    from huggingface_hub import HfApi

    try:
        HfApi().model_info(name, timeout=HUB_TIMEOUT_SECONDS)
    except Exception:  # No network, no such model, a bad name: the cache may still have it.
        return False
    return True


def _folder_identity(folder: Path) -> str:
    """Digest the names, sizes and ends of the model's files: new weights show, reading is quick."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in MODEL_FILES:
            size = path.stat().st_size
            digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
            with path.open("rb") as file:
                file.seek(max(0, size - (1 << 16)))
                digest.update(file.read())
    return f"{folder.resolve().name} ({digest.hexdigest()[:12]})"


def _hub_identity(name: str) -> str:
    """Return the id with the commit that the local cache holds."""
    from huggingface_hub import try_to_load_from_cache

    try:
        config = try_to_load_from_cache(
            name, "config.json", cache_dir=os.environ.get("SENTENCE_TRANSFORMERS_HOME")
        )
    except ValueError:  # Not the form of a hub id: loading it says so better.
        config = None
    return f"{name} ({Path(config).parent.name[:12]})" if isinstance(config, str) else name


def _built_in(settings: EmbeddingSettings, dtype: str) -> "SentenceTransformer":
    folder = bundled_model_folder(settings.cache_dir)
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    encoder, dimension = sparing_encoder(folder, dtype)
    prompts = {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT}
    return SentenceTransformer(
        modules=[encoder, Pooling(dimension, "mean"), Normalize()], prompts=prompts, device="cpu"
    )
