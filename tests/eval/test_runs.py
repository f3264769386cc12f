import csv
import json
from pathlib import Path

import pytest

from eval.cases import Case
from eval.errors import EvalError
from eval.generated import StoredDocument
from eval.runs import (
    make_folder,
    provenance,
    read_run,
    rescore,
    run_folder,
    write_measures,
    write_run,
)

CASE = {
    "id": "a",
    "category": "fact",
    "question": "Bao nhiêu?",
    "history": [{"role": "user", "content": "Năm 2025?"}],
    "answerable": True,
    "expected_outcomes": ["premise_corrected", "answered"],
    "gold": [["14"]],
    "note": "kept",
}
ANSWER = {"id": "a", "question": "Bao nhiêu?", "outcome": "answered", "answer": "Có\u2028 14."}
DOCUMENTS = {"a.txt": StoredDocument(text="Có 14.", source_file="b.txt")}


def written_run(folder: Path) -> Path:
    make_folder(folder / "run")
    write_run(
        folder / "run", [Case.model_validate(CASE)], [ANSWER], DOCUMENTS, {"library_version": "v1"}
    )
    return folder / "run"


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    run = read_run(written_run(tmp_path))
    assert [case.id for case in run.cases] == ["a"]
    assert run.answers["a"].answer == "Có\u2028 14."
    assert run.documents == DOCUMENTS


def test_a_run_holds_its_own_variants_and_none_of_an_earlier_run(tmp_path: Path) -> None:
    folder = written_run(tmp_path)
    assert read_run(folder).variants == []
    case, line = Case.model_validate(CASE), {"variant": "capitals", **ANSWER}
    write_run(folder, [case], [ANSWER], DOCUMENTS, {}, [line])
    assert [one.variant for one in read_run(folder).variants] == ["capitals"]
    assert read_run(written_run(tmp_path)).variants == []


def test_a_run_keeps_the_cases_as_given(tmp_path: Path) -> None:
    folder = written_run(tmp_path)
    assert json.loads((folder / "cases.jsonl").read_text(encoding="utf-8")) == CASE


def test_scores_are_written_per_case_and_in_sum(tmp_path: Path) -> None:
    folder = written_run(tmp_path)
    rescore(folder)
    with (folder / "per_case.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["id"], row["correct"], row["short"], row["unsupported"]) == ("a", "1", "", "14")
    assert json.loads((folder / "summary.json").read_text(encoding="utf-8"))["figures"] == 0


def test_the_report_for_people_is_written_beside_them(tmp_path: Path) -> None:
    folder = written_run(tmp_path)
    rescore(folder)
    assert "library v1" in (folder / "report.html").read_text(encoding="utf-8")


def test_answers_to_questions_typed_otherwise_are_scored_with_the_run(tmp_path: Path) -> None:
    folder = written_run(tmp_path)
    line = json.dumps({"variant": "capitals", **ANSWER, "answer": "Có 15."})
    (folder / "variants.jsonl").write_text(line, encoding="utf-8")
    robustness = rescore(folder).summary["robustness"]
    assert robustness["capitals"]["counts"] == {
        "outcome": [1, 1],
        "facts": [0, 1],
        "correct": [0, 1],
    }


@pytest.mark.parametrize(
    "name", ["cases.jsonl", "generated.jsonl", "documents.json", "settings.json"]
)
def test_an_incomplete_run_is_refused(tmp_path: Path, name: str) -> None:
    folder = written_run(tmp_path)
    (folder / name).unlink()
    with pytest.raises(EvalError, match=name):
        read_run(folder)


@pytest.mark.parametrize("text", ["{", '["a"]', '{"a.txt": {}}'])
def test_broken_documents_are_refused(tmp_path: Path, text: str) -> None:
    folder = written_run(tmp_path)
    (folder / "documents.json").write_text(text, encoding="utf-8")
    with pytest.raises(EvalError, match="documents"):
        read_run(folder)


def test_the_folder_given_is_used_as_it_is(tmp_path: Path) -> None:
    assert run_folder("answers", tmp_path) == tmp_path
    assert run_folder("answers", None).parent == Path("runs/answers")


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EvalError, match="cannot be made"):
        make_folder(tmp_path / "file" / "run")


@pytest.mark.parametrize("name", ["per_question.csv", "per_case.csv"])
def test_measures_are_written_with_a_row_each_and_what_they_were_measured_with(
    tmp_path: Path, name: str
) -> None:
    rows = [{"id": "a", "hit": True}, {"id": "b", "hit": False}]
    folder = tmp_path / "new" / "run"
    write_measures(folder, rows, {"hit": 0.5}, {"leg": "dense"}, name)
    for file, value in (("settings", {"leg": "dense"}), ("summary", {"hit": 0.5})):
        assert json.loads((folder / f"{file}.json").read_text(encoding="utf-8")) == value
    with (folder / name).open(encoding="utf-8", newline="") as file_:
        assert list(csv.reader(file_)) == [["id", "hit"], ["a", "True"], ["b", "False"]]


def test_provenance_names_every_prompt_by_digest() -> None:
    prompts = provenance()["prompts"]
    assert len(prompts["replies.toml"]) == 64
