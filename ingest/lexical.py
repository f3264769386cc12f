"""Vectors' other half: BM25 over index-form tokens and their pairs, without marks.

BM25 as in Robertson and Zaragoza (2009), k1 1.5 and b 0.75, by the library bm25s; tokens are
syllables, so pairs of neighbours stand for words and no word segmenter is needed. A second field
with marks was measured and brought nothing: fused with the dense leg, R@1 on MLQA-vi was the same
or lower with it, for questions with marks and without.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.syllables import SyllableStatistics, written_syllables
from ingest.text import folded_tokens, with_pairs
from ingest.tokens import TokenTable
from ingest.vocabulary import Vocabulary, save_vocabulary

# bm25s sets its own logger to DEBUG when it is imported.
logging.getLogger("bm25s").addFilter(lambda record: record.levelno >= logging.WARNING)

_INDEX = "bm25"
_IDS = "ids.json"
_SYLLABLES = "syllables.npz"
_FOLDED = "folded.npz"
_WRITTEN = "written.npz"
_NO_WORD = "\0"


class LexicalIndex:
    """The saved index of one library version: scores for all passages, in the order of `ids`."""

    def __init__(
        self,
        ids: tuple[str, ...],
        index: Any,
        vocabulary: Vocabulary | None,
        syllables: SyllableStatistics,
    ) -> None:
        self.ids = ids
        self.syllables = syllables
        self._index = index
        self._vocabulary = vocabulary

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return the BM25 score of each passage for the text, shape (passages,)."""
        known = self._known(with_pairs(folded_tokens(text)))
        if not known:
            return np.zeros(len(self.ids), dtype=np.float32)
        scores: NDArray[np.float32] = self._index.get_scores_from_ids(known)
        return scores[: len(self.ids)]

    def _known(self, wanted: Sequence[str]) -> list[int]:
        if self._vocabulary is None:
            return []
        numbers = map(self._vocabulary.number, wanted)
        return [number for number in numbers if number is not None]

    @classmethod
    def open(cls, folder: Path) -> "LexicalIndex":
        """Return the index saved in a folder, its arrays and words memory-mapped."""
        import bm25s

        ids = tuple(json.loads((folder / _IDS).read_text(encoding="utf-8")))
        syllables = SyllableStatistics.load(folder / _SYLLABLES)
        if not ids:
            return cls(ids, None, None, syllables)
        saved = folder / _INDEX
        index = bm25s.BM25.load(str(saved), mmap=True, load_vocab=False, show_progress=False)
        return cls(ids, index, Vocabulary.open(saved), syllables)


def extend_lexical_index(
    before: Path | None, folder: Path, ids: Sequence[str], texts: Mapping[str, str]
) -> None:
    """Index the ids and save everything in the folder.

    An id that `texts` does not hold stands in the index saved in the folder `before`: its tokens
    are taken from there, as taking a text apart is the slowest step.
    """
    import bm25s

    folder.mkdir(parents=True)
    folded, written = (
        TokenTable.load(before / name) if before else TokenTable() for name in (_FOLDED, _WRITTEN)
    )
    for key, text in texts.items():
        # bm25s needs a token: texts without any, such as "***", get one that nobody asks for.
        folded.add(key, with_pairs(folded_tokens(text)) or [_NO_WORD])
        written.add(key, written_syllables(text))
    folded, written = folded.only(ids), written.only(ids)
    if ids:
        index = bm25s.BM25(k1=1.5, b=0.75)
        rows = [row.tolist() for row in folded.rows.values()]
        index.index((rows, folded.vocabulary), show_progress=False)
        # Its own file of words is read whole, and kept twice in memory.
        index.vocab_dict = {}
        index.save(str(folder / _INDEX), show_progress=False)
        save_vocabulary(folder / _INDEX, folded.vocabulary)
    folded.save(folder / _FOLDED)
    written.save(folder / _WRITTEN)
    SyllableStatistics.of(written).save(folder / _SYLLABLES)
    (folder / _IDS).write_text(json.dumps(list(ids), ensure_ascii=False), encoding="utf-8")
