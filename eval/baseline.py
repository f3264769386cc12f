"""The figures that a change must not fall below, each with its margin, and what they were
measured on: `eval/baseline.json`.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.errors import EvalError
from eval.jsonl import read_json

BASELINE = Path(__file__).with_name("baseline.json")
SMALLEST_CATEGORY = 15

_UPDATE = "python -m eval gate --update"
_OTHERS = (
    "The {} are not those of the baseline ({} then, {} now): "
    f"run {_UPDATE}, and commit it apart from changes of app, ingest and prompts."
)
_OVERALL = "overall"
_MARGIN = 0.01
# What may never fall: an answer that quotes wrongly, or states a figure that nothing holds up.
_WITHOUT_MARGIN = frozenset({"verbatim", "figures"})
_OF_A_CATEGORY = ("correct", "clean", "short")
_ROUNDING = 1e-9

Rate = Annotated[float, Field(ge=0, le=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Measured(_Frozen):
    """A score: its share, what it was counted from, its interval, and how far it may fall."""

    share: Rate
    right: int
    total: int
    interval: tuple[Rate, Rate]
    margin: Rate


class MeasuredOn(_Frozen):
    """What was measured: the digests tell whether the cases or the documents are others now."""

    corpus: str
    documents: int
    passages: int
    cases: int
    cases_digest: str
    corpus_digest: str


class Engine(_Frozen):
    """What measured: the code's commit and pipeline number, the library made, the model."""

    git_commit: str | None
    pipeline: int
    library_version: str
    model: str
    dtype: str


class Baseline(_Frozen):
    """The scores of one run, overall and of each category that has enough cases."""

    date: date
    measured_on: MeasuredOn
    engine: Engine
    overall: dict[str, Measured]
    categories: dict[str, dict[str, Measured]]

    def scores(self) -> dict[str, Measured]:
        """Return all scores by a name that tells where each belongs."""
        groups = {_OVERALL: self.overall, **self.categories}
        return {
            f"{group}: {name}": one for group, all in groups.items() for name, one in all.items()
        }


def baseline_of(
    summary: Mapping[str, Any], measured_on: MeasuredOn, engine: Engine, today: date
) -> Baseline:
    """Return a run's summary as a baseline."""
    large = {
        name: group
        for name, group in summary["categories"].items()
        if group["cases"] >= SMALLEST_CATEGORY
    }
    return Baseline(
        date=today,
        measured_on=measured_on,
        engine=engine,
        overall=_measured(summary, summary["counts"]),
        categories={name: _measured(group, _OF_A_CATEGORY) for name, group in large.items()},
    )


def falls(before: Baseline, after: Baseline) -> list[str]:
    """Return one sentence for each reason why a run may not pass: a score that fell more than
    its margin, or that is counted no more, and cases or documents that are not those measured.
    """
    then, now = before.scores(), after.scores()
    lines = [_fall(name, one, now.get(name)) for name, one in then.items()]
    return [*_changed(before.measured_on, after.measured_on), *(line for line in lines if line)]


def read_baseline(path: Path) -> Baseline:
    """Read a baseline; raise EvalError where there is none or it is broken."""
    if not path.is_file():
        raise EvalError(f"There is no baseline {path}: write one with {_UPDATE}.")
    try:
        return Baseline.model_validate(read_json(path))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise EvalError(f"{path}: {field}: {first['msg']}. Write it with {_UPDATE}.") from error


def digest_of(paths: Iterable[Path]) -> str:
    """Return one digest of all files of the folders and files, their names included."""
    digest = hashlib.sha256()
    for path in paths:
        found = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in (one for one in found if one.is_file()):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"{file.relative_to(path.parent).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:16]


def _measured(group: Mapping[str, Any], names: Iterable[str]) -> dict[str, Measured]:
    return {
        name: _score(name, group["counts"][name], group["intervals"][name])
        for name in names
        if group["counts"][name][1]
    }


def _score(name: str, counts: Sequence[int], interval: Sequence[float]) -> Measured:
    """Return a score; its margin is a hundredth, or one case where that is more."""
    right, total = counts
    return Measured(
        share=round(right / total, 4),
        right=right,
        total=total,
        interval=(interval[0], interval[1]),
        margin=0 if name in _WITHOUT_MARGIN else round(max(_MARGIN, 1 / total), 4),
    )


def _fall(name: str, before: Measured, after: Measured | None) -> str | None:
    was = f"{before.share:.3f} ({before.right}/{before.total})"
    if after is None:
        return f"{name} is counted no more; it was {was}."
    if after.right / after.total >= before.right / before.total - before.margin - _ROUNDING:
        return None
    now = f"{after.share:.3f} ({after.right}/{after.total})"
    return f"{name} fell from {was} to {now}, more than its margin of {before.margin:g}."


def _changed(before: MeasuredOn, after: MeasuredOn) -> list[str]:
    lines = []
    if before.cases_digest != after.cases_digest:
        lines.append(_OTHERS.format("cases", before.cases, after.cases))
    if before.corpus_digest != after.corpus_digest:
        lines.append(_OTHERS.format("documents", before.documents, after.documents))
    return lines
