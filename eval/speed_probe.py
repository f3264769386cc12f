"""One library timed in a process of its own: python -m eval.speed_probe LIBRARY QUESTIONS SETTINGS.

Prints one line of JSON: seconds to open the library (imports apart), p50 and p95 of retrieval and
of whole answers in seconds, and the peak of resident memory in MB.
"""

import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from app.build import build_assistant, build_retriever
from app.settings import Settings
from ingest.embedding import create_embedder
from ingest.library import Library

_WARM_UP = 3
_LIMIT = 8


def main(library: Path, questions: Sequence[str], settings: Settings) -> dict[str, float | None]:
    """Return the figures of one library."""
    # Chroma's import is no part of opening; only the library's module names it otherwise.
    importlib.import_module("chromadb")
    began = time.perf_counter()
    Library.open(library).close()
    opened = time.perf_counter() - began
    embedder = create_embedder(settings.ingest.embedding)
    retriever = build_retriever(library, settings, embedder)
    assistant = build_assistant(library, settings, embedder)
    retrieved = _seconds(lambda text: retriever.search(text, _LIMIT), questions)
    answered = _seconds(assistant.answer, questions)
    return {
        "open": round(opened, 2),
        "retrieval_p50": _percentile(retrieved, 50),
        "retrieval_p95": _percentile(retrieved, 95),
        "answer_p50": _percentile(answered, 50),
        "answer_p95": _percentile(answered, 95),
        "peak_mb": _peak_mb(),
    }


def _peak_mb() -> int | None:
    """Return the peak of resident memory; None where the system does not tell.

    Not `getrusage`: a new process has its parent's peak there.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else None


def _seconds(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    for question in questions[:_WARM_UP]:
        ask(f"{question} ")
    spent = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        spent.append(time.perf_counter() - began)
    return spent


def _percentile(values: Sequence[float], share: int) -> float:
    return round(float(np.percentile(values, share)), 4)


if __name__ == "__main__":
    asked = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    chosen = Settings.model_validate_json(Path(sys.argv[3]).read_text(encoding="utf-8"))
    print(json.dumps(main(Path(sys.argv[1]), asked, chosen)))
