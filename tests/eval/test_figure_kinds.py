import pytest

from eval.figure_kinds import kind_of, told_kinds
from tests.eval.test_scoring import case


@pytest.mark.parametrize(
    ("fact", "evidence", "kind"),
    [
        (["30%", "30 phần trăm"], "", "percent"),
        (["2 điểm phần trăm"], "", "percent"),
        (["30"], "Tỷ lệ đạt 30 phần trăm.", "percent"),
        (["1.204"], "Có 1.204 trạm.", "count"),
        (["24/63"], "", "count"),
        (["thứ 7"], "", "rank"),
        (["7"], "Tỉnh xếp hạng 7 cả nước.", "rank"),
        (["7"], "Tỉnh lập 7 tổ.", "count"),
        (["3rd"], "", "rank"),
        (["02/11/2021", "2 tháng 11"], "", "date"),
        (["2025"], "Đến năm 2025 thì xong.", "date"),
        (["224/2026/NĐ-CP"], "", "legal_number"),
        (["Nghị quyết số 15"], "", "legal_number"),
        (["15"], "Ban hành Quyết định số 15 của tỉnh.", "legal_number"),
        (["12,8 tỷ"], "Doanh thu 12,8 tỷ USD.", "money"),
        (["500 triệu đồng"], "", "money"),
        (["$40"], "", "money"),
        (["5"], "Có 15 xã, vốn 25% và 5 trường.", "count"),
        (["Vinh"], "Vinh có 15 xã.", None),
        (["5G"], "Phủ sóng 5G.", None),
    ],
)
def test_the_kind_of_a_figure_is_told_from_it_and_the_words_around_it(
    fact: list[str], evidence: str, kind: str | None
) -> None:
    assert kind_of(fact, [evidence] if evidence else []) == kind


def test_a_figure_is_told_in_any_of_its_spellings() -> None:
    both = case(gold=[["30%", "30 phần trăm"], ["1.204 trạm"], ["Vinh"]])
    assert told_kinds(both, "Đạt 30 phần trăm.") == (("percent", "count"), ("percent",))
