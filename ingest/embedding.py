"""Text -> vectors: the built-in model, or any sentence-transformers model named in the settings.

torch and sentence_transformers take seconds to import: only the constructors import them.
"""

import hashlib
import json
import math
import os
import re
import struct
import weakref
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.bundled_model import (
    MAX_TOKENS,
    PASSAGE_PROMPT,
    QUERY_PROMPT,
    SPECIAL_PIECES,
    WORD_TABLE,
    bundled_model_folder,
    bundled_model_id,
    normaliser,
)
from ingest.errors import ModelError
from ingest.settings import BUILT_IN_MODEL, EmbeddingSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import InputModule

HUB_TIMEOUT_SECONDS = 10
LONGEST_KEPT_WORD = 64  # Characters; longer ones are cut anew each time, they seldom return.
LENGTH_STEP = 16
UNKNOWN = SPECIAL_PIECES.index("<unk>")
MODEL_FILES = {".json", ".safetensors", ".bin", ".txt", ".model"}
PASSAGE_PROMPT_NAMES = ("document", "passage", "corpus")
_SPACE = "\u2581"  # How pieces write the space before a word.
_SPECIAL = re.compile("|".join(map(re.escape, SPECIAL_PIECES)))


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
        self.identity = _identity(settings)
        self.dimension = model.get_embedding_dimension() or len(model.encode_query(""))
        self._model = model
        self._batch_size = settings.batch_size
        self._query_prompt = _prompt(settings.query_prompt, model.prompts, ("query",))
        self._passage_prompt = _prompt(settings.passage_prompt, model.prompts, PASSAGE_PROMPT_NAMES)
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
        with self._one_at_a_time:
            vectors = self._model.encode_query(
                [text], prompt=self._query_prompt, show_progress_bar=False
            )
        vector: NDArray[np.float32] = _unit_length(vectors)[0]
        return vector


def _identity(settings: EmbeddingSettings) -> str:
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
        with _no_progress_bars():
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


@contextmanager
def _no_progress_bars() -> Iterator[None]:
    """Silence the bar for loading weights, and leave the library's switch as it was."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


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


# --- The built-in model, read sparingly ----------------------------------------------------------
# Loaded the common way this folder takes 0.5 GB and more: the tokenizer's trie 290 MB, the word
# table up to 384 MB as its rows are touched. Read as below it gives the same vectors in 0.2 GB.


def _built_in(settings: EmbeddingSettings, dtype: str) -> "SentenceTransformer":
    folder = bundled_model_folder(settings.cache_dir)
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    encoder, dimension = _sparing_encoder(folder, dtype)
    prompts = {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT}
    return SentenceTransformer(
        modules=[encoder, Pooling(dimension, "mean"), Normalize()], prompts=prompts, device="cpu"
    )


def _sparing_encoder(folder: Path, dtype: str) -> tuple["InputModule", int]:
    """Return the module from text to one vector per piece, and the length of those vectors."""
    import torch
    from sentence_transformers.base.modules import InputModule
    from transformers import BertModel

    words = WordTable(folder / "model.safetensors")
    segmenter = Segmenter(folder / "tokenizer.json")
    with _no_progress_bars():
        bert = BertModel.from_pretrained(folder, add_pooling_layer=False, local_files_only=True)
    bert.embeddings.word_embeddings = torch.nn.Embedding(1, words.columns)  # WordTable replaces it.
    bert.to(getattr(torch, dtype))

    class SparingEncoder(InputModule):
        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self.bert = bert

        def preprocess(
            self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
        ) -> dict[str, torch.Tensor]:
            ids, mask = _padded([segmenter.ids((prompt or "") + text) for text in inputs])
            vectors = torch.from_numpy(words.rows(ids)).to(bert.dtype)
            return {"inputs_embeds": vectors, "attention_mask": torch.from_numpy(mask)}

        def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
            output = self.bert(**features).last_hidden_state
            return features | {"token_embeddings": output.float()}

        def save(self, *_: Any, **__: Any) -> None:
            raise NotImplementedError("The folder it was loaded from is the saved model.")

    return SparingEncoder(), words.columns


def _padded(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return ids and mask, each of shape (number of rows, length of the longest, rounded up).

    In bfloat16 torch keeps compiled code for each length it meets: rounding makes them few.
    """
    shape = (len(rows), -(-max(map(len, rows)) // LENGTH_STEP) * LENGTH_STEP)
    ids = np.full(shape, SPECIAL_PIECES.index("<pad>"), np.int64)
    mask = np.zeros(shape, np.int64)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return ids, mask


class WordTable:
    """The vectors of the pieces, read from the file as they are needed.

    Mapped into memory, each row that is touched would bring 16 pages with it, and soon the whole.
    """

    def __init__(self, path: Path) -> None:
        """Open a safetensors file: u64 length of the header, the header as JSON, the tensors."""
        with path.open("rb") as file:
            length = struct.unpack("<Q", file.read(8))[0]
            table = json.loads(file.read(length))[WORD_TABLE]
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self.columns = int(table["shape"][1])
        self._start = 8 + length + int(table["data_offsets"][0])

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors, shape (*ids.shape, columns)."""
        distinct, places = np.unique(ids, return_inverse=True)
        size = 4 * self.columns
        read = (os.pread(self._file, size, self._start + size * int(i)) for i in distinct)
        table = np.frombuffer(b"".join(read), "<f4").reshape(-1, self.columns)
        return table[places.reshape(ids.shape)]


def _vocabulary(text: str) -> Iterator[tuple[str, float]]:
    """Decode one pair at a time: all at once would leave 50 MB of scattered memory behind."""
    decoder = json.JSONDecoder()
    position = text.index('"vocab": [') + len('"vocab": [')
    while text[position] != "]":
        pair, position = decoder.raw_decode(text, position)
        yield pair
        position += 2 if text.startswith(", ", position) else 0


class Segmenter:
    """Cuts text into the ids that tokenizer.json gives, in a quarter of that library's memory.

    Unigram: of all ways to cut a word into known pieces, the one with the greatest sum of scores.
    """

    def __init__(self, path: Path) -> None:
        """Read the pieces and scores of a Unigram tokenizer.json."""
        self._ids: dict[str, int] = {}
        self._scores = array("d")
        for piece, score in _vocabulary(path.read_text(encoding="utf-8")):
            self._ids[piece] = len(self._scores)
            self._scores.append(score)
        self._unknown_score = min(self._scores) - 10
        self._longest = max(map(len, self._ids))
        self._normalise = normaliser().normalize_str
        self._cut_again = lru_cache(maxsize=1 << 15)(self._cut)

    def ids(self, text: str) -> list[int]:
        """Return the ids between <s> and </s>, at most MAX_TOKENS of them."""
        found: list[int] = []
        for word in self._normalise(_SPECIAL.sub(r" \g<0> ", text)).split():
            if word in SPECIAL_PIECES:
                found.append(self._ids[word])
            else:
                cut = self._cut_again if len(word) <= LONGEST_KEPT_WORD else self._cut
                found += cut(word)
            if len(found) >= MAX_TOKENS - 2:
                break
        return [0, *found[: MAX_TOKENS - 2], 2]

    def _cut(self, word: str) -> tuple[int, ...]:
        """Find the best cut by dynamic programming over the places where a piece may end."""
        text = _SPACE + word
        scores = [0.0] + [-math.inf] * len(text)
        cuts = [(0, UNKNOWN)] * (len(text) + 1)  # start and id of the piece that ends here
        for start in range(len(text)):
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                piece = self._ids.get(text[start:end])
                if piece is not None:
                    score = scores[start] + self._scores[piece]
                elif end == start + 1:
                    piece, score = UNKNOWN, scores[start] + self._unknown_score
                else:
                    continue
                if score > scores[end]:
                    scores[end], cuts[end] = score, (start, piece)
        return _traced_back(cuts)


def _traced_back(cuts: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Follow the cuts from the end; unknown characters in a row count as one."""
    found: list[int] = []
    end = len(cuts) - 1
    while end:
        end, piece = cuts[end]
        if piece != UNKNOWN or found[-1:] != [UNKNOWN]:
            found.append(piece)
    return tuple(reversed(found))
