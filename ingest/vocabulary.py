"""The words of an index on disk: the number of one is looked up without reading the others."""

import mmap
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_WORDS = "words.bin"
_ENDS = "ends.npy"
_NUMBERS = "numbers.npy"


class Vocabulary:
    """Sorted words, memory-mapped: a hundred thousand of them cost nothing to open."""

    def __init__(
        self, words: mmap.mmap | bytes, ends: NDArray[np.int64], numbers: NDArray[np.int32]
    ) -> None:
        self._words = words
        self._ends = ends
        self._numbers = numbers

    @classmethod
    def open(cls, folder: Path) -> "Vocabulary":
        """Return the words saved in a folder."""
        with (folder / _WORDS).open("rb") as file:
            # An empty file cannot be mapped.
            empty = file.seek(0, 2) == 0
            words = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        ends, numbers = (np.load(folder / name, mmap_mode="r") for name in (_ENDS, _NUMBERS))
        if len(words) != (ends[-1] if len(ends) else 0) or len(ends) != len(numbers):
            raise OSError(f"{folder / _WORDS} is cut short")
        return cls(words, ends, numbers)

    def number(self, word: str) -> int | None:
        """Return the number of a word, None of one that is not there."""
        wanted = word.encode()
        low, high = 0, len(self._ends)
        while low < high:
            middle = (low + high) // 2
            if self._word(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        found = low < len(self._ends) and self._word(low) == wanted
        return int(self._numbers[low]) if found else None

    def _word(self, place: int) -> bytes:
        start = int(self._ends[place - 1]) if place else 0
        return self._words[start : int(self._ends[place])]


def save_vocabulary(folder: Path, words: Iterable[str]) -> None:
    """Write words into a folder; the number of each is its place."""
    encoded = [word.encode() for word in words]
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    lengths = [len(encoded[place]) for place in order]
    (folder / _WORDS).write_bytes(b"".join(encoded[place] for place in order))
    np.save(folder / _ENDS, np.cumsum(lengths, dtype=np.int64))
    np.save(folder / _NUMBERS, np.array(order, dtype=np.int32))
