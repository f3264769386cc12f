"""One library timed in a process of its own: python -m eval.speed_probe LIBRARY QUESTIONS SETTINGS
BEGAN.

Prints one line of JSON: seconds to open the library (imports apart) and from BEGAN, the clock's
time when the process was started, to the first question; p50 and p95 of retrieval, of whole
answers and of each of their stages in seconds; and the peak of resident memory in MB.
"""

import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.runnables import Runnable, RunnableSequence

from app.answers import Answer
from app.assistant import Request
from app.build import build_assistant, build_retriever
from app.settings import Settings
from ingest.embedding import create_embedder
from ingest.library import Library

_WARM_UP = 3
_LIMIT = 8


def main(
    library: Path, questions: Sequence[str], settings: Settings, began_at: float
) -> dict[str, Any]:
    """Return the figures of one library."""
    # Chroma's import is no part of opening; only the library's module names it otherwise.
    importlib.import_module("chromadb")
    began = time.perf_counter()
    Library.open(library).close()
    opened = time.perf_counter() - began
    embedder = create_embedder(settings.ingest.embedding)
    retriever = build_retriever(library, settings, embedder)
    assistant = build_assistant(library, settings, embedder)
    ready = time.time() - began_at
    retrieved = percentiles(seconds_of(lambda text: retriever.search(text, _LIMIT), questions))
    spent = stage_seconds(assistant.chain, questions)
    answered = percentiles([sum(times) for times in zip(*spent.values(), strict=True)])
    return {
        "open": round(opened, 2),
        "ready": round(ready, 2),
        **{f"retrieval_{name}": value for name, value in retrieved.items()},
        **{f"answer_{name}": value for name, value in answered.items()},
        "peak_mb": peak_mb(),
        "stages": {name: percentiles(times) for name, times in spent.items()},
    }


def stage_seconds(
    chain: Runnable[Request, Answer], questions: Sequence[str]
) -> dict[str, list[float]]:
    """Return how long each step of the chain takes, by its name, in order: a time a question.

    Each question is put to the chain once: the sentences read for it are kept, and would cost
    nothing the second time. There must be more questions than the embedder keeps, or the model
    would not be timed.
    """
    for question in questions[:_WARM_UP]:
        chain.invoke(Request(f"{question} "))
    steps = chain.steps if isinstance(chain, RunnableSequence) else [chain]
    spent: dict[str, list[float]] = {step.get_name().strip("_"): [] for step in steps}
    for question in questions:
        value: Any = Request(question)
        for step, times in zip(steps, spent.values(), strict=True):
            began = time.perf_counter()
            value = step.invoke(value)
            times.append(time.perf_counter() - began)
    return spent


def peak_mb() -> int | None:
    """Return the peak of resident memory; None where the system does not tell.

    Not `getrusage`: a new process has its parent's peak there.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else None


def seconds_of(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return how long each question takes, after a few to warm up."""
    for question in questions[:_WARM_UP]:
        ask(f"{question} ")
    spent = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        spent.append(time.perf_counter() - began)
    return spent


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Return p50 and p95."""
    return {f"p{share}": round(float(np.percentile(values, share)), 4) for share in (50, 95)}


if __name__ == "__main__":
    asked = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    chosen = Settings.model_validate_json(Path(sys.argv[3]).read_text(encoding="utf-8"))
    print(json.dumps(main(Path(sys.argv[1]), asked, chosen, float(sys.argv[4]))))
