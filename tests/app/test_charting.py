"""What a difference may be called, and what one chart may hold."""

import pytest

from app.charting import are_mixed, charts, is_ranked, is_rough, standing
from app.comparing import gaps
from tests.app.test_lookup import row

RANK: dict[str, object] = {"unit": "hạng", "indicator": "thứ hạng DTI", "boundary": "63"}


@pytest.mark.parametrize(
    ("target", "result", "expected"),
    [
        ({"number": 30.0}, {"number": 28.0}, "below"),
        ({"number": 30.0}, {"number": 31.0}, "above"),
        ({"number": 30.0}, {"number": 30.0}, "equal"),
        ({"number": 30.0, "operator": ">="}, {"number": 28.0}, "missing"),
        ({"number": 30.0, "operator": ">"}, {"number": 31.0}, "reached"),
        ({"number": 5.0, "operator": "<"}, {"number": 4.0}, "reached"),
        ({"number": 5.0, "operator": "<="}, {"number": 6.0}, "missing"),
        ({"number": 5.0, "quote": "giảm còn 5%"}, {"number": 4.0}, "lower"),
        ({"number": 5.0, "quote": "giảm còn 5%"}, {"number": 6.0}, "higher"),
        ({"number": 10.0} | RANK, {"number": 24.0} | RANK, "missing"),
        ({"number": 10.0} | RANK, {"number": 9.0} | RANK, "reached"),
    ],
)
def test_a_result_is_called_reached_only_where_the_better_way_is_known(
    target: dict[str, object], result: dict[str, object], expected: str
) -> None:
    (gap,) = gaps([row(**target), row(**{"kind": "result", "year": 2023} | result)])  # type: ignore[arg-type]
    assert standing(gap) == expected


@pytest.mark.parametrize(
    ("target", "result", "rough"),
    [("=", "=", False), (">=", "=", False), ("≈", "=", True)],
)
def test_a_difference_of_bounded_figures_is_rough(target: str, result: str, rough: bool) -> None:
    (gap,) = gaps(
        [row(operator=target), row(operator=result, kind="result", number=28.0, year=2023)]
    )
    assert is_rough(gap) is rough


def test_one_chart_holds_one_indicator_and_unit_of_any_place() -> None:
    rows = [row(), row(locality="Hải Phòng", number=25.0), row(unit="người"), row("số trạm BTS")]
    (chart,) = charts(rows)
    assert [(item.locality, item.number) for item in chart.rows] == [
        ("Hà Nội", 30.0),
        ("Hải Phòng", 25.0),
    ]
    assert chart.most == 100


def test_ranks_of_two_sets_of_provinces_are_never_in_one_chart() -> None:
    old = [row(number=float(place), year=2020 + place, **RANK) for place in (1, 2)]  # type: ignore[arg-type]
    new = [row(number=item.number, year=item.year, **RANK | {"boundary": "34"}) for item in old]  # type: ignore[arg-type]
    found = charts([*old, *new])
    assert len(found) == 2
    assert not any(are_mixed(chart.rows) for chart in found)


def test_other_rows_of_two_sets_of_provinces_are_known_as_mixed() -> None:
    (chart,) = charts([row(boundary="63"), row(boundary="34", year=2030)])
    assert are_mixed(chart.rows)


@pytest.mark.parametrize(
    ("changes", "ranked"),
    [({"unit": "hạng"}, True), ({"operator": "<=", "unit": "địa phương"}, True), ({}, False)],
)
def test_ranks_and_groups_at_the_top_are_known_as_such(
    changes: dict[str, object], ranked: bool
) -> None:
    assert is_ranked([row(**changes)]) is ranked  # type: ignore[arg-type]
    assert not is_ranked([row(**changes), row()])  # type: ignore[arg-type]


def test_the_same_figure_of_two_documents_is_one_bar_and_another_figure_a_second() -> None:
    rows = [row(), row(document="b.txt"), row(number=35.0, document="c.txt"), row(year=2030)]
    (chart,) = charts(rows)
    assert [(item.year, item.number) for item in chart.rows] == [
        (2025, 30.0),
        (2025, 35.0),
        (2030, 30.0),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [row()],
        [row(), row(number=35.0)],
        [row(), row(number=(20.0, 30.0), year=2030)],
        [row(), row(number=-1.0, year=2030)],
        [row(number=0.0), row(number=0.0, year=2030)],
    ],
)
def test_there_is_no_chart_where_nothing_can_be_set_side_by_side(rows: list) -> None:
    assert charts(rows) == []


def test_charts_with_targets_and_results_come_first() -> None:
    only_targets = [row("số trạm BTS"), row("số trạm BTS", year=2030)]
    both = [row(), row(kind="result", number=20.0, year=2023)]
    assert [len({item.kind for item in chart.rows}) for chart in charts(only_targets + both)] == [
        2,
        1,
    ]
