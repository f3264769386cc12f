"""Rows beside each other: gaps and conflicts, only where that is fair."""

import pytest

from app.comparing import conflicts, differences, gaps
from tests.app.test_lookup import row

HAIPHONG, HUE = "Hải Phòng", "Huế"


def result(number: object = 20.0, **changes: object) -> object:
    return row(kind="result", number=number, **({"year": 2023} | changes))


def test_a_gap_holds_between_other_words_for_the_same_indicator() -> None:
    (gap,) = gaps([row(), row("tỷ lệ kinh tế số", kind="result", number=22.0, year=2023)])
    assert gap.missing == 8.0


@pytest.mark.parametrize("operator", [">", "<", "≈", ">=", "<="])
def test_a_result_that_is_not_exact_has_no_gap(operator: str) -> None:
    assert gaps([row(), row(kind="result", number=22.0, year=2023, operator=operator)]) == []


def test_a_place_that_was_merged_has_no_gap_across_the_merger() -> None:
    old = {"kind": "result", "number": 20.0, "year": 2023, "boundary": "63"}
    merged = {"locality": HAIPHONG}
    assert gaps([row(boundary="34", **merged), row(**old, **merged)]) == []  # type: ignore[arg-type]
    assert len(gaps([row(boundary="34"), row(**old)])) == 1  # type: ignore[arg-type]
    country = {"locality": "Cả nước"}
    assert len(gaps([row(boundary="34", **country), row(**old, **country)])) == 1  # type: ignore[arg-type]


def test_a_rank_in_a_group_has_a_gap_to_a_rank_among_all() -> None:
    rank = {"unit": "hạng", "boundary": "63"}
    aim = row("thứ hạng DTI", operator="<=", number=10.0, **rank)  # type: ignore[arg-type]
    reached = row(
        "thứ hạng chỉ số chuyển đổi số cấp tỉnh (DTI)",
        kind="result", number=24.0, out_of=63.0, year=2022, **rank,  # type: ignore[arg-type]
    )  # fmt: skip
    assert [gap.missing for gap in gaps([aim, reached])] == [-14.0]


def test_values_that_leave_each_other_room_are_no_conflict() -> None:
    def both(one: object, other: object) -> int:
        return len(conflicts([one, other]))  # type: ignore[list-item]

    more = result(90.0, operator=">")
    assert both(more, result(92.0, document="b.txt")) == 0
    assert both(more, result(88.0, document="b.txt")) == 1
    about = result(90.0, operator="≈")
    assert both(about, result(88.0, document="b.txt")) == 0
    assert both(about, result(70.0, document="b.txt")) == 1
    assert both(row(operator=">="), row(document="b.txt")) == 0
    assert both(row(), row("tỷ lệ kinh tế số trong GRDP", number=35.0, document="b.txt")) == 1


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({}, ()),
        ({"year": 2030, "kind": "result"}, ()),
        ({"unit": "tỷ đồng"}, ("unit",)),
        ({"boundary": "34"}, ("boundary",)),
        ({"unit": "tỷ đồng", "boundary": "34"}, ("unit", "boundary")),
    ],
)
def test_what_keeps_two_rows_apart_is_named(
    changes: dict[str, object], differs: tuple[str, ...]
) -> None:
    other = row(**({"locality": HAIPHONG, "boundary": "63"} | changes))  # type: ignore[arg-type]
    assert differences([row(boundary="63"), other]) == differs


def test_ranks_among_other_totals_are_kept_apart() -> None:
    rank = {"unit": "hạng", "boundary": "63"}
    one = row("thứ hạng DTI", number=3.0, out_of=6.0, **rank)  # type: ignore[arg-type]
    other = row("thứ hạng DTI", number=9.0, out_of=63.0, locality=HUE, **rank)  # type: ignore[arg-type]
    assert differences([one, other]) == ("total",)
