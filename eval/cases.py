"""Evaluation cases: what is asked, and what a right answer holds."""

from collections import Counter
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.answers import Outcome, Role, Turn
from eval.errors import EvalError
from eval.jsonl import read_jsonl

ANSWERS = frozenset({Outcome.ANSWERED, Outcome.PREMISE_CORRECTED})
REFUSALS = frozenset(Outcome) - ANSWERS - {Outcome.FAILED}

Text = Annotated[str, Field(min_length=1)]
Spellings = Annotated[tuple[Text, ...], Field(min_length=1)]


class HistoryTurn(BaseModel):
    """One earlier message of a case's conversation."""

    model_config = ConfigDict(frozen=True)

    role: Role
    content: str


class Case(BaseModel):
    """One line of a case file; fields that nothing here reads are ignored."""

    model_config = ConfigDict(frozen=True)

    id: Text
    category: Text
    question: str
    history: tuple[HistoryTurn, ...] = ()
    answerable: bool
    expected_outcomes: frozenset[Outcome] = frozenset()
    docs: tuple[Text, ...] = ()
    gold: tuple[Spellings, ...] = ()
    together: tuple[tuple[Spellings, Spellings], ...] = ()
    short_gold: tuple[Spellings, ...] = ()
    must_not: tuple[Text, ...] = ()
    evidence: tuple[Text, ...] = ()

    @property
    def right_outcomes(self) -> frozenset[Outcome]:
        """Return the expected outcomes, by default those of an answer or of a refusal."""
        return self.expected_outcomes or (ANSWERS if self.answerable else REFUSALS)

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


def load_cases(path: Path) -> list[Case]:
    """Return the cases of a JSON lines file; raise EvalError on a bad line or a repeated id."""
    cases = read_jsonl(path, Case)
    if not cases:
        raise EvalError(f"{path} holds no case.")
    identifier, times = Counter(case.id for case in cases).most_common(1)[0]
    if times > 1:
        raise EvalError(f"{path}: the id {identifier!r} stands on {times} lines.")
    return cases
