import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.cases import HALVES, half
from tests.eval.test_runs import written_run


def last_line(text: str) -> dict[str, object]:
    result = json.loads(text.strip().splitlines()[-1])
    assert isinstance(result, dict)
    return result


def test_rescore_ends_with_one_line_of_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written_run(tmp_path)
    assert main(["rescore", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "category" in printed
    scores = last_line(printed)
    assert scores["cases"] == scores["correct"] == 1
    assert scores == json.loads((folder / "summary.json").read_text(encoding="utf-8"))


def test_compare_of_a_run_with_itself_finds_no_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(written_run(tmp_path))
    assert main(["compare", folder, folder]) == 0
    result = last_line(capsys.readouterr().out)
    assert result["p"] == 1
    assert result["gained"] == result["lost"] == []


def test_a_commit_that_keeps_yardstick_and_code_apart_passes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.commands.check_newest_commit", lambda _: [])
    assert main(["gate", "--check-commit"]) == 0
    assert last_line(capsys.readouterr().out) == {"passed": True, "faults": []}


def test_a_commit_that_moves_both_is_told_and_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.commands.check_newest_commit", lambda _: ["Commit a changes both."])
    assert main(["gate", "--check-commit"]) == 1
    assert capsys.readouterr().err == "gate: Commit a changes both.\n"


def test_only_the_half_that_was_asked_for_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {"id": "a", "category": "fact", "question": "Bao nhiêu?", "answerable": True}
    (tmp_path / "cases.jsonl").write_text(json.dumps(case), encoding="utf-8")
    other = next(name for name in HALVES if name != half("a"))
    given = ["--cases", str(tmp_path), "--corpus", str(tmp_path)]
    assert main(["answers", *given, "--half", other]) == 1
    assert f"No case falls into the half '{other}'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["rescore", "no-such-run"],
        ["answers", "--cases", "none.jsonl", "--corpus", "none"],
        ["answers", "--cases", "none.jsonl", "--corpus", "none", "--config", "none.toml"],
        ["retrieval", "--beir", "none"],
        ["gate-check", "--corpus", "none"],
        ["reading", "--beir", "none"],
        ["reading", "--squad", "none"],
        ["peers", "--cases", "none.jsonl", "--corpus", "none"],
        ["gate", "--cases", "none.jsonl"],
    ],
)
def test_what_is_missing_is_refused_in_one_line(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("error: ")
    assert printed.err.count("\n") == 1
    assert printed.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["answers"],
        ["retrieval", "--beir", "x", "--leg", "y"],
        ["answers", "--cases", "x", "--corpus", "x", "--half", "y"],
        ["reading"],
        ["reading", "--beir", "x", "--squad", "x"],
        ["reading", "--beir", "x", "--sample", "0"],
        ["gate", "--update", "--check-commit"],
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err
