"""A run is a folder: what was asked, what came out, from which texts, and how it scored."""

import csv
import hashlib
import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.aggregates import summary
from eval.cases import Case, load_cases
from eval.errors import EvalError
from eval.generated import GeneratedAnswer, StoredDocument
from eval.jsonl import read_json, read_jsonl, write_jsonl
from eval.report import report_html
from eval.robustness import VariantAnswer, robustness
from eval.scoring import CaseScore, score_cases
from eval.sentence_citations import SentenceCounts

_ROOT = Path(__file__).parent.parent
_DOCUMENTS = TypeAdapter(dict[str, StoredDocument])


@dataclass(frozen=True, slots=True)
class Run:
    """What was asked, the answers by case id, the documents by id, and how it was measured."""

    cases: list[Case]
    answers: dict[str, GeneratedAnswer]
    documents: dict[str, StoredDocument]
    variants: list[VariantAnswer] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scored:
    """A run with its scores, case by case and in sum."""

    run: Run
    scores: list[CaseScore]
    summary: dict[str, Any]


def run_folder(task: str, given: Path | None) -> Path:
    """Return the folder given, or one of the present time under `runs`."""
    return given or Path("runs") / task / datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


def make_folder(folder: Path) -> None:
    """Create a run folder; raise EvalError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EvalError(f"The folder {folder} cannot be made ({error.strerror}).") from error


def write_run(
    folder: Path,
    cases: Iterable[Case],
    answers: Iterable[dict[str, Any]],
    documents: Mapping[str, StoredDocument],
    settings: Mapping[str, Any],
    variants: Sequence[dict[str, Any]] = (),
) -> None:
    """Write what was asked and what came out, so that it can be scored again."""
    asked = (case.model_dump(mode="json", exclude_unset=True) for case in cases)
    write_jsonl(folder / "cases.jsonl", asked)
    write_jsonl(folder / "generated.jsonl", answers)
    write_json(folder / "documents.json", _DOCUMENTS.dump_python(dict(documents)))
    write_json(folder / "settings.json", settings)
    # Those of an earlier run in the same folder must not be taken for this one's.
    write_jsonl(folder / "variants.jsonl", variants)


def read_run(folder: Path) -> Run:
    """Read a run folder; raise EvalError where a file is missing or broken."""
    answers = read_jsonl(folder / "generated.jsonl", GeneratedAnswer)
    variants = folder / "variants.jsonl"
    return Run(
        cases=load_cases(folder / "cases.jsonl"),
        answers={answer.id: answer for answer in answers},
        documents=_read_documents(folder / "documents.json"),
        variants=read_jsonl(variants, VariantAnswer) if variants.is_file() else [],
        settings=read_json(folder / "settings.json"),
    )


def score_run(run: Run) -> Scored:
    """Score a run: pure, so that it needs no model."""
    scores = score_cases(run.cases, run.answers, run.documents)
    sums = summary(scores)
    if run.variants:
        kept = robustness(run.cases, scores, run.variants, run.documents)
        sums["robustness"] = {name: one.to_json() for name, one in kept.items()}
    return Scored(run, scores, sums)


def write_scores(folder: Path, scored: Scored) -> None:
    """Write the scores per case as CSV, the summary as JSON, and the report for people."""
    names = [field.name for field in fields(CaseScore)]
    rows = [[_cell(getattr(score, name)) for name in names] for score in scored.scores]
    write_csv(folder / "per_case.csv", [names, *rows])
    write_json(folder / "summary.json", scored.summary)
    run = scored.run
    report = report_html(run.cases, run.answers, scored.scores, scored.summary, run.settings)
    (folder / "report.html").write_text(report, encoding="utf-8")


def rescore(folder: Path) -> Scored:
    """Score a run folder from its files alone, and write its scores anew."""
    scored = score_run(read_run(folder))
    write_scores(folder, scored)
    return scored


def write_measures(
    folder: Path,
    rows: Sequence[Mapping[str, object]],
    measures: Mapping[str, Any],
    record: Mapping[str, Any],
    name: str = "per_question.csv",
) -> None:
    """Write what was measured with, the measures, and a non-empty list of rows as CSV."""
    make_folder(folder)
    write_json(folder / "settings.json", record)
    write_json(folder / "summary.json", measures)
    write_csv(folder / name, [list(rows[0]), *(list(row.values()) for row in rows)])


def write_json(path: Path, value: Any) -> None:
    """Write a value as indented JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_csv(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV, the head first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def provenance() -> dict[str, Any]:
    """Return the digests of the prompts and the code's git commit, None outside a checkout."""
    return {
        "prompts": _prompt_digests(),
        "git_commit": _git("rev-parse", "HEAD"),
        "git_clean": _git("status", "--porcelain") == "",
    }


def _prompt_digests() -> dict[str, str]:
    found = sorted((_ROOT / "prompts").iterdir())
    return {
        item.name: hashlib.sha256(item.read_bytes()).hexdigest() for item in found if item.is_file()
    }


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(_ROOT), *arguments], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _read_documents(path: Path) -> dict[str, StoredDocument]:
    try:
        return _DOCUMENTS.validate_python(read_json(path))
    except ValidationError as error:
        raise EvalError(f"{path} holds no documents by id: {error.errors()[0]['msg']}.") from error


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " | ".join(value)
    if isinstance(value, SentenceCounts):
        return f"{value.right}/{value.cited} cited, {value.found}/{value.wanted} wanted"
    return int(value) if isinstance(value, bool) else value
