"""Evaluation cases: what is asked, and what a right answer holds."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from app.answers import Outcome, Role, Turn
from eval.errors import EvalError
from eval.jsonl import read_jsonl

ANSWERS = frozenset({Outcome.ANSWERED, Outcome.PREMISE_CORRECTED})
REFUSALS = frozenset(Outcome) - ANSWERS - {Outcome.FAILED}

Half = Literal["tune", "held"]
HALVES: tuple[Half, ...] = get_args(Half)

Text = Annotated[str, Field(min_length=1)]
Spellings = Annotated[tuple[Text, ...], Field(min_length=1)]


class HistoryTurn(BaseModel):
    """One earlier message of a case's conversation."""

    model_config = ConfigDict(frozen=True)

    role: Role
    content: str


class Case(BaseModel):
    """One line of a case file; fields that are not scored are only kept."""

    # Kept, so that a run holds its cases as they were given.
    model_config = ConfigDict(frozen=True, extra="allow")

    id: Text
    category: Text
    question: str
    history: tuple[HistoryTurn, ...] = ()
    answerable: bool
    expected_outcomes: tuple[Outcome, ...] = ()
    docs: tuple[Text, ...] = ()
    gold: tuple[Spellings, ...] = ()
    together: tuple[tuple[Spellings, Spellings], ...] = ()
    short_gold: tuple[Spellings, ...] = ()
    must_not: tuple[Text, ...] = ()
    evidence: tuple[Text, ...] = ()

    @property
    def right_outcomes(self) -> frozenset[Outcome]:
        """Return the expected outcomes, by default those of an answer or of a refusal."""
        return frozenset(self.expected_outcomes) or (ANSWERS if self.answerable else REFUSALS)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Return the conversation before the question."""
        return tuple(Turn(turn.role, turn.content) for turn in self.history)

    @property
    def may_be_refused(self) -> bool:
        """Tell whether a refusal is among the expected outcomes."""
        return bool(self.right_outcomes & REFUSALS)

    @property
    def must_be_refused(self) -> bool:
        """Tell whether only a refusal is expected."""
        return self.right_outcomes <= REFUSALS


def load_cases(*paths: Path) -> list[Case]:
    """Return the cases of JSON lines files and of folders of them, in order.

    Raise EvalError on a bad line, where there is no case, or where an id is repeated.
    """
    cases = [case for path in paths for file in _case_files(path) for case in _read(file)]
    if repeated := _repeated(cases):
        raise EvalError(f"{' '.join(map(str, paths))}: {repeated}")
    return cases


def half(case_id: str) -> Half:
    """Return the half of a case: rules may be made on "tune" only, "held" tells how they fare."""
    return HALVES[hashlib.sha1(case_id.encode()).digest()[0] % len(HALVES)]


def in_half(cases: Iterable[Case], wanted: Half) -> list[Case]:
    """Return the cases of one half; raise EvalError where it has none."""
    chosen = [case for case in cases if half(case.id) == wanted]
    if not chosen:
        raise EvalError(f"No case falls into the half {wanted!r}: give more cases.")
    return chosen


def _case_files(path: Path) -> Sequence[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.jsonl"))
    if not files:
        raise EvalError(f"The folder {path} holds no *.jsonl file: give one with cases.")
    return files


def _read(file: Path) -> list[Case]:
    cases = read_jsonl(file, Case)
    if not cases:
        raise EvalError(f"{file} holds no case.")
    return cases


def _repeated(cases: Sequence[Case]) -> str | None:
    for identifier, times in Counter(case.id for case in cases).most_common(1):
        if times > 1:
            return f"the id {identifier!r} stands on {times} lines."
    return None
