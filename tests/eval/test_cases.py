import json
from pathlib import Path

import pytest

from app.answers import Outcome, Turn
from eval.cases import load_cases
from eval.errors import EvalError

MINIMAL = {"id": "a", "category": "fact", "question": "Bao nhiêu?", "answerable": True}


def write(path: Path, *cases: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(case) for case in cases) + "\n", encoding="utf-8")
    return path


def test_a_case_is_read_with_its_history_and_unknown_fields_are_ignored(tmp_path: Path) -> None:
    history = [{"role": "user", "content": "Năm 2025?"}, {"role": "assistant", "content": "30%."}]
    file = write(tmp_path / "cases.jsonl", {**MINIMAL, "history": history, "note": "x"})
    (case,) = load_cases(file)
    assert case.turns == (Turn("user", "Năm 2025?"), Turn("assistant", "30%."))
    assert case.right_outcomes == {Outcome.ANSWERED, Outcome.PREMISE_CORRECTED}
    assert not case.may_be_refused


def test_an_unanswerable_case_expects_a_refusal(tmp_path: Path) -> None:
    (case,) = load_cases(write(tmp_path / "cases.jsonl", {**MINIMAL, "answerable": False}))
    assert case.must_be_refused
    assert Outcome.FAILED not in case.right_outcomes


def test_an_expected_failure_is_no_refusal(tmp_path: Path) -> None:
    line = {**MINIMAL, "answerable": False, "expected_outcomes": ["failed"]}
    (case,) = load_cases(write(tmp_path / "cases.jsonl", line))
    assert not case.must_be_refused
    assert not case.may_be_refused


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "b"', "line 3: Invalid JSON"),
        ('{"id": "b", "category": "fact", "answerable": true}', "line 3: question: Field required"),
        (json.dumps({**MINIMAL, "id": "b", "gold": [[]]}), "line 3: gold.0: "),
        (json.dumps({**MINIMAL, "id": "b", "expected_outcomes": ["ok"]}), "expected_outcomes.0: "),
        (json.dumps(MINIMAL), "the id 'a' stands on 2 lines"),
    ],
)
def test_a_bad_line_gives_one_error_with_file_and_line(
    tmp_path: Path, line: str, message: str
) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{json.dumps(MINIMAL)}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(EvalError) as caught:
        load_cases(file)
    assert str(caught.value).startswith(str(file))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_or_empty_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="cannot be read"):
        load_cases(tmp_path / "none.jsonl")
    with pytest.raises(EvalError, match="holds no case"):
        load_cases(write(tmp_path / "cases.jsonl"))
