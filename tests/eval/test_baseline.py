import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.baseline import Baseline, Engine, MeasuredOn, baseline_of, digest_of, falls, read_baseline
from eval.errors import EvalError

ENGINE = Engine(
    git_commit="abc", pipeline=1, library_version="v", model="built-in", dtype="float32"
)
MEASURED_ON = MeasuredOn(
    corpus="corpus", documents=2, passages=9, cases=40, cases_digest="c", corpus_digest="d"
)


def group(cases: int, **counts: tuple[int, int]) -> dict[str, Any]:
    shares = {"correct": (cases, cases), "clean": (cases, cases), "short": (0, 0), **counts}
    return {"cases": cases, "counts": shares, "intervals": {name: [0.0, 1.0] for name in shares}}


def baseline(measured_on: MeasuredOn = MEASURED_ON, **groups: dict[str, Any]) -> Baseline:
    overall = groups.pop("overall", group(40))
    summary = {**overall, "categories": groups}
    return baseline_of(summary, measured_on, ENGINE, date(2026, 1, 2))


def test_only_categories_with_enough_cases_are_held() -> None:
    assert baseline(list=group(15), conflict=group(14)).categories.keys() == {"list"}


def test_a_score_that_counts_nothing_is_left_out() -> None:
    assert baseline().overall.keys() == {"correct", "clean"}


def test_one_case_may_flip_in_a_small_set_and_a_hundredth_of_a_large_one() -> None:
    before = baseline(list=group(20), overall=group(400))
    assert falls(before, baseline(list=group(20, correct=(19, 20)), overall=group(400))) == []
    assert falls(before, baseline(list=group(20), overall=group(400, correct=(396, 400)))) == []
    assert falls(before, baseline(list=group(20, correct=(18, 20)), overall=group(400))) == [
        "list: correct fell from 1.000 (20/20) to 0.900 (18/20), more than its margin of 0.05."
    ]
    (line,) = falls(before, baseline(list=group(20), overall=group(400, correct=(395, 400))))
    assert line.startswith("overall: correct fell from 1.000 (400/400) to 0.988 (395/400)")


@pytest.mark.parametrize("name", ["figures", "verbatim"])
def test_a_single_unsupported_figure_or_altered_quote_is_too_many(name: str) -> None:
    before = baseline(overall=group(400, **{name: (400, 400)}))
    after = baseline(overall=group(400, **{name: (399, 400)}))
    assert [line.split(" fell")[0] for line in falls(before, after)] == [f"overall: {name}"]


def test_a_score_that_rose_passes() -> None:
    before = baseline(overall=group(40, correct=(20, 40)))
    assert falls(before, baseline()) == []


def test_the_margin_that_the_baseline_states_is_the_one_that_holds() -> None:
    before = baseline()
    wide = before.overall["correct"].model_copy(update={"margin": 0.5})
    before = before.model_copy(update={"overall": {**before.overall, "correct": wide}})
    assert falls(before, baseline(overall=group(40, correct=(20, 40)))) == []


def test_a_category_that_is_gone_has_fallen() -> None:
    lines = falls(baseline(list=group(20)), baseline())
    assert lines[0] == "list: correct is counted no more; it was 1.000 (20/20)."


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"cases_digest": "x", "cases": 39},
            "The cases are not those of the baseline (40 then, 39",
        ),
        ({"corpus_digest": "x"}, "The documents are not those of the baseline (2 then, 2 now)"),
    ],
)
def test_other_cases_or_documents_need_a_new_baseline(changed: dict[str, Any], told: str) -> None:
    (line,) = falls(baseline(), baseline(MEASURED_ON.model_copy(update=changed)))
    assert line.startswith(told)
    assert "gate --update" in line


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(baseline(list=group(15)).model_dump_json(), encoding="utf-8")
    assert read_baseline(path) == baseline(list=group(15))


def test_a_missing_or_broken_baseline_is_refused_with_the_mend(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    with pytest.raises(EvalError, match=r"no baseline .*gate --update"):
        read_baseline(path)
    broken = json.loads(baseline().model_dump_json())
    del broken["overall"]["correct"]["margin"]
    path.write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(EvalError, match=r"overall\.correct\.margin: Field required.*gate --update"):
        read_baseline(path)


def test_a_digest_tells_names_and_contents_apart_and_not_where_the_folder_is(
    tmp_path: Path,
) -> None:
    digests = set()
    for parent, name, text in (("1", "a", "x"), ("2", "a", "x"), ("3", "b", "x"), ("4", "a", "y")):
        folder = tmp_path / parent / "corpus"
        folder.mkdir(parents=True)
        (folder / name).write_text(text, encoding="utf-8")
        digests.add(digest_of([folder]))
    assert len(digests) == 3
    assert digest_of([tmp_path / "1" / "corpus" / "a"]) != digest_of([tmp_path / "4/corpus/a"])
