"""Stand-ins for heavy parts: real in behaviour, light in weight."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.text import folded_tokens


class HashingEmbedder:
    """Embeds hashed folded words: texts that share words are alike, so ranking is assertable."""

    identity = "hashing"
    dtype = "float32"
    dimension = 64

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (texts, dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a text, shape (dimension,)."""
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for token in folded_tokens(text):
            digest = hashlib.sha256(token.encode()).digest()
            vector[digest[0] % self.dimension] += 1.0
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
