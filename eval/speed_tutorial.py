"""The tutorial's chains timed in a process of their own: python -m eval.speed_tutorial TEXTS
QUESTIONS SETTINGS BEGAN.

Prints one line of JSON: the chunks held, seconds from BEGAN, the clock's time when the process was
started, to the first question of the usual chain (as in tutorials nothing is stored, so each start
builds its index), and of each chain the seconds to build it, p50 and p95 of its retrieval in
seconds, and the peak of resident memory in MB up to then. Chunks get seeded unit vectors, as in
`eval.speed`, so no figure holds the embedding of chunks; questions are read by the model.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from app.settings import Settings
from eval.speed_probe import peak_mb, percentiles, seconds_of
from eval.tutorial import hugging_face, tutorial_chains

_SEED = 20


class StandInEmbeddings(Embeddings):
    """Reads questions with the model, and gives seeded unit vectors to texts."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._random = np.random.default_rng(_SEED)
        self.given = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector a text."""
        self.given += len(texts)
        size = len(self.embed_query("?"))
        vectors = self._random.standard_normal((len(texts), size), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return [[float(value) for value in vector] for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self._embeddings.embed_query(text)


def main(
    texts: Sequence[str], questions: Sequence[str], embeddings: Embeddings, began_at: float
) -> dict[str, Any]:
    """Return the figures of each chain."""
    stand_in = StandInEmbeddings(embeddings)
    timed: dict[str, dict[str, Any]] = {}
    ready: float | None = None
    began = time.perf_counter()
    for name, finds in tutorial_chains(texts, stand_in):
        built = time.perf_counter() - began
        ready = ready or time.time() - began_at
        asked = percentiles(seconds_of(finds, questions))
        timed[name] = {"build": round(built, 2), **asked, "peak_mb": peak_mb()}
        began = time.perf_counter()
    return {"chunks": stand_in.given, "ready": round(ready or 0, 2), "chains": timed}


if __name__ == "__main__":
    given, asked, kept = (Path(path).read_text(encoding="utf-8") for path in sys.argv[1:4])
    model = hugging_face(Settings.model_validate_json(kept).ingest.embedding)
    print(json.dumps(main(json.loads(given), json.loads(asked), model, float(sys.argv[4]))))
