"""The tutorial's chains timed in a process of their own: python -m eval.speed_tutorial TEXTS
QUESTIONS SETTINGS.

Prints one line of JSON: the chunks held, p50 and p95 of each chain's retrieval in seconds, and the
peak of resident memory in MB. Chunks get seeded unit vectors, as in `eval.speed`; questions are
read by the model.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from app.settings import Settings
from eval.errors import EvalError
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


def main(texts: Sequence[str], questions: Sequence[str], embeddings: Embeddings) -> dict[str, Any]:
    """Return the figures of each chain."""
    stand_in = StandInEmbeddings(embeddings)
    chains = tutorial_chains({str(at): text for at, text in enumerate(texts)}, stand_in)
    timed = {name: percentiles(seconds_of(finds, questions)) for name, finds in chains.items()}
    return {"chunks": stand_in.given, "chains": timed, "peak_mb": peak_mb()}


if __name__ == "__main__":
    given, asked, kept = (Path(path).read_text(encoding="utf-8") for path in sys.argv[1:])
    model = hugging_face(Settings.model_validate_json(kept).ingest.embedding)
    if model is None:
        raise EvalError("langchain-huggingface is not installed: install the extra `peers`.")
    print(json.dumps(main(json.loads(given), json.loads(asked), model)))
