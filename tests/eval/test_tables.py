from eval.aggregates import aggregate, by_category
from eval.tables import answers_table, measures_table, misses_table, robustness_table
from tests.eval.test_scoring import answer, case, refusal, score


def test_the_answers_table_has_a_row_per_category_and_one_for_all() -> None:
    scores = [score(case(), answer()), score(case(category="list"), refusal())]
    lines = answers_table(by_category(scores), aggregate(scores)).splitlines()
    assert lines[0].split()[:3] == ["category", "cases", "correct"]
    assert lines[1].split()[:3] == ["fact", "1", "1.000"]
    assert lines[2].split()[:3] == ["list", "1", "0.000"]
    assert lines[3].split()[:3] == ["all", "2", "0.500"]
    assert "correct 1/2 0.500 0.095-0.905" in [" ".join(line.split()) for line in lines]


def test_the_misses_table_says_why() -> None:
    wrong = score(case(gold=[["Vinh"]], must_not=["2025"]), answer(answer="Năm 2025 đạt 31% [1]."))
    table = misses_table([score(case(), answer()), wrong])
    assert table.count("\n") == 0
    assert "lacks Vinh; forbidden: 2025; figures: 31%" in table
    assert misses_table([]) == ""


def test_the_table_of_measures_has_a_row_each() -> None:
    assert measures_table({"recall@1": 0.25, "questions": 2}) == "recall@1   0.25\nquestions  2"


def test_the_robustness_table_has_a_row_per_way_of_typing() -> None:
    counts = {"outcome": [3, 4], "facts": [1, 2], "correct": [2, 4]}
    lines = robustness_table({"nfd": {"counts": counts}}).splitlines()
    assert lines[0].split("  ")[0] == "typed"
    assert lines[1].split() == ["nfd", "3/4", "1/2", "2/4"]
