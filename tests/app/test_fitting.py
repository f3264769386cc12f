"""How a claim is set against the figures of quotes."""

import pytest

from app.claims import read_claims
from app.fitting import REASONS, Reason, misfit
from app.held import held_by
from tests.factories import make_citation


def reason_for(sentence: str, *quotes: str) -> Reason | None:
    (claim,) = read_claims(sentence)
    held = [item for quote in quotes for item in held_by(make_citation(quote, locality=None))]
    return misfit(claim, held)


def test_nothing_held_holds_nothing() -> None:
    assert reason_for("Có 45 xã.") == "foreign"


def test_one_fitting_figure_of_several_is_enough() -> None:
    assert reason_for("Kon Tum có 45 xã.", "Gia Lai có 45 xã.", "Kon Tum có 45 xã.") is None


def test_of_several_reasons_the_one_that_comes_nearest_is_given() -> None:
    quotes = ("Có 45 hộ năm 2024.", "Có 45 xã năm 2023.")
    assert REASONS.index("other_year") < REASONS.index("other_unit")
    (claim, _) = read_claims("Có 45 xã năm 2024.")
    held = [item for quote in quotes for item in held_by(make_citation(quote, locality=None))]
    assert misfit(claim, held) == "other_year"


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Tỷ lệ giảm nghèo, việc làm, nhà ở xã hội đạt 71%.", "other_indicator"),
        ("Tỷ lệ kho lưu trữ, thư viện điện tử đạt 71%.", None),
        ("Đạt 71%.", None),
    ],
)
def test_a_statement_about_what_the_quote_never_speaks_of_is_caught(
    sentence: str, reason: Reason | None
) -> None:
    assert reason_for(sentence, "Kho lưu trữ và thư viện đã số hóa được 71% tài liệu.") == reason


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [("Tỷ lệ đã lên 18%.", "other_operator"), ("Tỷ lệ đã lên 45%.", None), ("Từ 18%.", None)],
)
def test_where_something_began_it_has_not_come_up_to(sentence: str, reason: Reason | None) -> None:
    assert reason_for(sentence, "Tỷ lệ tăng từ 18% lên 45% trong một năm.") == reason


def test_a_first_place_needs_a_quote_that_gives_one() -> None:
    claimed = "Long An đứng đầu vùng."
    assert reason_for(claimed, "Long An dẫn đầu vùng với 45 khu.") is None
    assert reason_for(claimed, "Long An có 45 khu.") == "foreign"
