import json
from pathlib import Path

import pytest

from app.answers import Outcome, Turn
from eval.cases import half, in_half, load_cases
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


def test_files_and_folders_are_read_together_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    write(folder / "2.jsonl", {**MINIMAL, "id": "c"})
    write(folder / "1.jsonl", {**MINIMAL, "id": "b"})
    write(folder / "notes.txt", {**MINIMAL, "id": "not a case"})
    single = write(tmp_path / "single.jsonl", MINIMAL)
    assert [case.id for case in load_cases(single, folder)] == ["a", "b", "c"]


def test_an_id_may_not_stand_in_two_files(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1.jsonl", MINIMAL), write(tmp_path / "2.jsonl", MINIMAL)
    with pytest.raises(EvalError, match="the id 'a' stands on 2 lines"):
        load_cases(one, two)


def test_a_folder_without_cases_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"holds no \*\.jsonl file"):
        load_cases(tmp_path)


def test_a_case_keeps_its_half_for_ever() -> None:
    assert [half(name) for name in ("fact-001", "fact-002", "list-001")] == ["held", "tune", "tune"]


def test_every_case_is_in_one_half(tmp_path: Path) -> None:
    cases = load_cases(
        write(tmp_path / "c.jsonl", *({**MINIMAL, "id": f"c{number}"} for number in range(200)))
    )
    tune, held = in_half(cases, "tune"), in_half(cases, "held")
    assert sorted(case.id for case in (*tune, *held)) == sorted(case.id for case in cases)
    assert 70 < len(tune) < 130
    with pytest.raises(EvalError, match="No case falls into the half 'held'"):
        in_half(tune, "held")
