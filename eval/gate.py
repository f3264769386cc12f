"""The gate: cases over the sample documents, set against the baseline."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.settings import Settings
from eval.answers import run_answers
from eval.baseline import (
    Baseline,
    Engine,
    MeasuredOn,
    baseline_of,
    digest_of,
    falls,
    read_baseline,
)
from eval.cases import load_cases
from eval.jsonl import read_json
from eval.runs import Scored, write_json
from ingest.embedding import create_embedder
from ingest.pipeline import OpenEmbedder

_ROOT = Path(__file__).parent.parent
CASES = _ROOT / "eval" / "cases"
CORPUS = _ROOT / "corpus"


def gate_settings(settings: Settings) -> Settings:
    """Return settings with which machines agree: the model computes in float32 everywhere."""
    embedding = settings.ingest.embedding.model_copy(update={"dtype": "float32"})
    ingest = settings.ingest.model_copy(update={"embedding": embedding})
    return settings.model_copy(update={"ingest": ingest})


def measure(
    cases: Sequence[Path],
    corpus: Path,
    settings: Settings,
    folder: Path,
    open_embedder: OpenEmbedder = create_embedder,
) -> tuple[Scored, Baseline]:
    """Answer the cases; return the run's scores, and the same as a baseline."""
    chosen = gate_settings(settings)
    scored = run_answers(load_cases(*cases), corpus, chosen, folder, open_embedder)
    record = read_json(folder / "settings.json")
    measured_on = MeasuredOn(
        corpus=record["corpus"],
        documents=record["documents"],
        passages=record["passages"],
        cases=len(scored.scores),
        cases_digest=digest_of(cases),
        corpus_digest=digest_of([corpus]),
    )
    engine = Engine(
        git_commit=record["git_commit"],
        pipeline=record["pipeline"],
        library_version=record["library_version"],
        model=chosen.ingest.embedding.model,
        dtype=chosen.ingest.embedding.dtype,
    )
    return scored, baseline_of(scored.summary, measured_on, engine, datetime.now(UTC).date())


def check(path: Path, measured: Baseline) -> list[str]:
    """Return why the run may not pass, one sentence each."""
    return falls(read_baseline(path), measured)


def update(path: Path, measured: Baseline) -> None:
    """Write the baseline: nothing else does."""
    write_json(path, json.loads(measured.model_dump_json()))


def gate_json(measured: Baseline, fallen: Sequence[str]) -> dict[str, Any]:
    """Return the gate's outcome and every score as JSON."""
    shares = {name: one.share for name, one in measured.scores().items()}
    return {"passed": not fallen, "fell": list(fallen), "scores": shares}
