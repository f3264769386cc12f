"""One thing is made wrong in a right answer, always the same."""

import pytest

from eval.gate_answers import RightAnswer
from eval.gate_corruptions import PARTS, corruptions
from ingest.figures import figure_keys
from ingest.places import find_places
from tests.factories import make_citation

QUOTE = "Năm 2024, Sơn La có 45 triệu lượt, Lai Châu có 30 triệu lượt; năm 2023 là 20 triệu lượt."
ANSWER = RightAnswer(
    "a", "reworded", "Năm 2024, Sơn La có 45 triệu lượt [1].", make_citation(QUOTE, locality=None)
)


def by_part() -> dict[str, str]:
    return {item.part: item.text for item in corruptions(ANSWER)}


def test_every_part_is_corrupted_in_its_way() -> None:
    found = {(item.way, item.part) for item in corruptions(ANSWER)}
    assert found == {(way, part) for way, parts in PARTS.items() for part in parts}


def test_the_same_answer_is_corrupted_in_the_same_way_again() -> None:
    assert by_part() == by_part()


@pytest.mark.parametrize("part", ["digits", "magnitude"])
def test_a_foreign_figure_stands_nowhere_in_the_quote(part: str) -> None:
    assert figure_keys(by_part()[part]) - figure_keys(QUOTE)


@pytest.mark.parametrize("part", ["figure", "year"])
def test_another_figure_is_one_of_the_quote(part: str) -> None:
    text = by_part()[part]
    assert text != ANSWER.text
    assert figure_keys(text) - {"n:1"} <= figure_keys(QUOTE)


def test_another_unit_is_named_nowhere_near() -> None:
    unit = by_part()["unit"].split("45 triệu ")[1].removesuffix(" [1].")
    assert unit not in QUOTE


def test_another_place_is_one_of_the_quote_that_the_answer_is_not_true_of() -> None:
    assert [place.name for place in find_places(by_part()["place"])] == ["Lai Châu"]
    true_of_both = RightAnswer(
        "a", "template", ANSWER.text, ANSWER.citation, owners=frozenset({"Sơn La", "Lai Châu"})
    )
    assert "place" not in {item.part for item in corruptions(true_of_both)}
