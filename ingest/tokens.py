"""The tokens of every passage as numbers, kept so that no passage is taken apart twice."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TokenRow = NDArray[np.int32]


class TokenTable:
    """Rows of tokens by id; a token is its position in `vocabulary`."""

    def __init__(
        self, vocabulary: Iterable[str] = (), rows: dict[str, TokenRow] | None = None
    ) -> None:
        self.rows: dict[str, TokenRow] = rows or {}
        self._numbers = {token: number for number, token in enumerate(vocabulary)}

    @property
    def vocabulary(self) -> dict[str, int]:
        """Return the number of each token, in the order of the numbers."""
        return self._numbers

    def add(self, row_id: str, tokens: Iterable[str]) -> None:
        """Put a row in the table."""
        numbers = self._numbers
        row = [numbers.setdefault(token, len(numbers)) for token in tokens]
        self.rows[row_id] = np.array(row, dtype=np.int32)

    def only(self, row_ids: Sequence[str]) -> "TokenTable":
        """Return the table of these rows, in their order, without the tokens of no row."""
        flat, lengths = self._flat(row_ids)
        used = np.bincount(flat, minlength=len(self._numbers)) > 0
        numbers = np.cumsum(used, dtype=np.int32) - 1
        names = [token for token, kept in zip(self._numbers, used.tolist(), strict=True) if kept]
        return TokenTable(names, _divided(row_ids, numbers[flat], lengths))

    def _flat(self, row_ids: Sequence[str]) -> tuple[TokenRow, list[int]]:
        rows = [self.rows[key] for key in row_ids]
        flat = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)
        return flat, [len(row) for row in rows]

    def flat(self) -> TokenRow:
        """Return the tokens of all rows, one after the other."""
        return self._flat(list(self.rows))[0]

    def save(self, path: Path) -> None:
        """Write the table; a path that ends in .npz."""
        flat, lengths = self._flat(list(self.rows))
        names = json.dumps([list(self.rows), list(self._numbers)]).encode()
        np.savez(path, names=np.frombuffer(names, np.uint8), lengths=lengths, tokens=flat)

    @classmethod
    def load(cls, path: Path) -> "TokenTable":
        """Return a table that was saved."""
        with np.load(path) as saved:
            row_ids, names = json.loads(saved["names"].tobytes())
            return cls(names, _divided(row_ids, saved["tokens"], saved["lengths"].tolist()))


def _divided(row_ids: Sequence[str], flat: TokenRow, lengths: Sequence[int]) -> dict[str, TokenRow]:
    ends = np.cumsum(lengths, dtype=np.int64).tolist()
    return {
        key: flat[end - length : end]
        for key, end, length in zip(row_ids, ends, lengths, strict=True)
    }
