"""Vectors' other half: BM25 over index-form tokens and their pairs, marked and folded.

BM25 as in Robertson and Zaragoza (2009), k1 1.5 and b 0.75, by the library bm25s; tokens are
syllables, so pairs of neighbours stand for words and no word segmenter is needed.
"""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.syllables import SyllableStatistics
from ingest.text import fold, tokens, with_pairs

# bm25s sets its own logger to DEBUG when it is imported.
logging.getLogger("bm25s").addFilter(lambda record: record.levelno >= logging.WARNING)

_FIELDS = ("marked", "folded")
_IDS = "ids.json"
_SYLLABLES = "syllables.json"


class LexicalIndex:
    """The saved index of one library version: scores for all passages, in the order of `ids`."""

    def __init__(
        self, ids: tuple[str, ...], fields: dict[str, Any], syllables: SyllableStatistics
    ) -> None:
        self.ids = ids
        self.syllables = syllables
        self._fields = fields

    def scores(self, text: str, field: str) -> NDArray[np.float32]:
        """Return the BM25 score of each passage for the text in one field, shape (passages,)."""
        wanted = _field_tokens(text, field)
        index = self._fields[field]
        known = [token for token in wanted if token in index.vocab_dict]
        if not known:
            return np.zeros(len(self.ids), dtype=np.float32)
        scores: NDArray[np.float32] = index.get_scores(known)
        return scores[: len(self.ids)]

    @classmethod
    def open(cls, folder: Path) -> "LexicalIndex":
        """Return the index saved in a folder, its arrays memory-mapped."""
        import bm25s

        ids = tuple(json.loads((folder / _IDS).read_text(encoding="utf-8")))
        fields = {
            field: bm25s.BM25.load(str(folder / field), mmap=True, show_progress=False)
            for field in _FIELDS
            if ids
        }
        return cls(ids, fields, SyllableStatistics.load(folder / _SYLLABLES))


def save_lexical_index(folder: Path, ids: Sequence[str], texts: Sequence[str]) -> None:
    """Index the texts under their ids and save everything in the folder."""
    folder.mkdir(parents=True)
    for field in _FIELDS:
        if ids:
            _save_field(folder / field, [_field_tokens(text, field) for text in texts])
    SyllableStatistics.count(texts).save(folder / _SYLLABLES)
    (folder / _IDS).write_text(json.dumps(list(ids), ensure_ascii=False), encoding="utf-8")


def _save_field(folder: Path, tokenised: list[list[str]]) -> None:
    import bm25s

    index = bm25s.BM25(k1=1.5, b=0.75)
    index.index(tokenised, show_progress=False)
    index.save(str(folder), show_progress=False)


def _field_tokens(text: str, field: str) -> list[str]:
    return with_pairs(tokens(fold(text) if field == "folded" else text))
