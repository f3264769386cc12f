import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.answers import Answer, Outcome, Turn
from app.settings import Settings
from eval import gate
from eval.__main__ import main
from eval.baseline import Baseline, read_baseline
from eval.errors import EvalError
from tests.doubles import HashingEmbedder

TEXT = "Huế đặt mục tiêu kinh tế số đạt 31% GRDP vào năm 2025."


class ScriptedAssistant:
    """Answers every question with one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        return Answer(question, question, "vi", Outcome.ANSWERED, self._text)


@pytest.fixture
def given(tmp_path: Path) -> tuple[Path, Path]:
    """Return a file of two cases, and the folder with the document that answers it."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "hue.txt").write_text(TEXT, encoding="utf-8")
    case = {"category": "target", "question": "Mục tiêu là gì?", "answerable": True}
    case |= {"docs": ["hue.txt"], "gold": [["31%"]], "evidence": [TEXT]}
    cases = tmp_path / "cases.jsonl"
    lines = [json.dumps({"id": name, **case}) for name in "ab"]
    cases.write_text("\n".join(lines), encoding="utf-8")
    return cases, corpus


def measured(given: tuple[Path, Path], folder: Path) -> Baseline:
    cases, corpus = given
    return gate.measure([cases], corpus, Settings(), folder, lambda _: HashingEmbedder())[1]


def test_what_was_measured_is_written_with_the_scores(
    given: tuple[Path, Path], tmp_path: Path
) -> None:
    found = measured(given, tmp_path / "run")
    assert (found.measured_on.documents, found.measured_on.cases) == (1, 2)
    assert found.overall["verbatim"].margin == 0
    assert found.engine.dtype == "float32"


def test_a_run_passes_its_own_baseline(given: tuple[Path, Path], tmp_path: Path) -> None:
    found = measured(given, tmp_path / "run")
    gate.update(tmp_path / "baseline.json", found)
    assert read_baseline(tmp_path / "baseline.json") == found
    assert gate.check(tmp_path / "baseline.json", found) == []


def test_changed_documents_and_cases_are_told(given: tuple[Path, Path], tmp_path: Path) -> None:
    gate.update(tmp_path / "baseline.json", measured(given, tmp_path / "run"))
    cases, corpus = given
    (corpus / "vinh.txt").write_text("Vinh có 40 xã.", encoding="utf-8")
    cases.write_text(cases.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    told = gate.check(tmp_path / "baseline.json", measured(given, tmp_path / "run"))
    assert [line.split(":")[0] for line in told] == [
        "The cases are not those of the baseline (2 then, 2 now)",
        "The documents are not those of the baseline (1 then, 2 now)",
    ]


def test_the_settings_given_compute_in_float32() -> None:
    changed = gate.gate_settings(Settings()).model_dump()
    assert changed["ingest"]["embedding"].pop("dtype") == "float32"
    plain = Settings().model_dump()
    del plain["ingest"]["embedding"]["dtype"]
    assert changed == plain


def test_the_command_fails_on_a_planted_regression_and_passes_again(
    given: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def answering(text: str) -> None:
        monkeypatch.setattr("eval.answers.build_assistant", lambda *_: ScriptedAssistant(text))

    monkeypatch.setattr(gate.measure, "__defaults__", (lambda _: HashingEmbedder(),))
    paths = ("--cases", given[0], "--corpus", given[1], "--baseline", tmp_path / "b.json")
    command = ["gate", *map(str, paths), "--report", str(tmp_path / "run")]
    answering("Mục tiêu là 31%.")
    assert main(command) == 1
    assert "There is no baseline" in capsys.readouterr().err
    assert main([*command, "--update"]) == 0
    assert main(command) == 0
    capsys.readouterr()

    answering("Mục tiêu là một phần ba.")
    assert main(command) == 1
    printed = capsys.readouterr()
    told = printed.err.splitlines()
    fell = (
        "gate: overall: correct fell from 1.000 (2/2) to 0.000 (0/2), more than its margin of 0.5."
    )
    assert told[0] == fell
    assert json.loads(printed.out.splitlines()[-1])["passed"] is False

    answering("Mục tiêu là 31%.")
    assert main(command) == 0


def test_documents_that_are_not_there_are_refused(tmp_path: Path, given: tuple[Path, Path]) -> None:
    with pytest.raises(EvalError, match="no folder"):
        measured((given[0], tmp_path / "none"), tmp_path / "run")
