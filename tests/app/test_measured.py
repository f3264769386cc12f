"""The accuracy that the page tells is what was last written, or none."""

import json
from pathlib import Path

import pytest

from app.measured import Measured, Share, read_measured

WRITTEN = {
    "date": "2026-11-20",
    "cases": 40,
    "measured_on": ["a.txt", "b.txt"],
    "scores": {
        "overall": {
            "cases": 40,
            "correct": 0.925,
            "figures": 1.0,
            "short": None,
            "words_median": 22.0,
            "intervals": {"correct": [0.8, 0.97]},
            "counts": {"correct": [37, 40], "figures": [31, 31]},
        }
    },
}


def written(folder: Path, content: object) -> Path:
    path = folder / "baseline.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_shares_are_read_with_their_counts(tmp_path: Path) -> None:
    measured = read_measured(written(tmp_path, WRITTEN))
    assert measured is not None
    assert measured.shares == {"correct": Share(0.925, (37, 40)), "figures": Share(1.0, (31, 31))}
    assert (measured.cases, measured.date, measured.documents) == (
        40,
        "2026-11-20",
        ("a.txt", "b.txt"),
    )


def test_scores_as_records_of_their_own_are_read_alike(tmp_path: Path) -> None:
    record = {"share": 0.925, "right": 37, "total": 40, "interval": [0.8, 0.97], "margin": 0.01}
    on = {"corpus": "corpus", "documents": 5, "cases": 40}
    content = {"date": "2026-11-20", "measured_on": on, "overall": {"correct": record}}
    measured = read_measured(written(tmp_path, content))
    assert measured == Measured(
        {"correct": Share(0.925, (37, 40))}, 40, "2026-11-20", ("corpus",), 5
    )


def test_what_is_not_told_is_left_out(tmp_path: Path) -> None:
    measured = read_measured(written(tmp_path, {"scores": {"overall": {"correct": 0.5}}}))
    assert measured is not None
    assert measured.shares == {"correct": Share(0.5)}
    assert measured.cases is measured.date is None
    assert measured.documents == ()


@pytest.mark.parametrize("content", [[], {"scores": 3}, {"scores": {}}, "x"])
def test_a_file_that_is_no_measurement_is_none_and_logged(
    tmp_path: Path, content: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert read_measured(written(tmp_path, content)) is None
    assert "is no measurement" in caplog.text


def test_no_file_is_no_measurement(tmp_path: Path) -> None:
    assert read_measured(tmp_path / "baseline.json") is None
