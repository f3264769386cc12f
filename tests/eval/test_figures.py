import pytest

from eval.figures import find_figures, held_keys


def supported(answer: str, quote: str) -> bool:
    held = held_keys([quote])
    return all(figure.is_supported_by(held) for figure in find_figures(answer))


def written(text: str) -> list[str]:
    return [figure.text for figure in find_figures(text)]


@pytest.mark.parametrize(
    ("answer", "quote"),
    [
        ("5.212.287 việc", "5212287 việc"),
        ("5,212,287 việc", "5.212.287 việc"),
        ("12,8 tỷ USD", "12,8 tỉ USD"),
        ("12.8 billion", "12,8 tỷ"),
        ("72.000 chữ ký", "72 nghìn chữ ký"),
        ("30 %", "30%"),
        ("30 phần trăm", "30%"),
        ("30 percent", "30%"),
        ("6-9-2021", "ngày 06/09/2021"),
        ("6/9/2021", "6 tháng 9 năm 2021"),
        ("6 September 2021", "6/9/2021"),
        ("tháng 9/2021", "ngày 6-9-2021"),
        ("năm 2021", "ngày 6-9-2021"),
        ("ngày 15/5/2024", "ngày 15 5/2024"),
        ("2-3 khu", "2 - 3 khu"),
        ("2 đến 3 khu", "2 – 3 khu"),
        ("từ 78% đến 80%", "78% năm nay, 80% sang năm"),
        ("năm 2030", "giai đoạn 2025 - 2030"),
        ("hạng 24", "24/63"),
        ("ranked 24th", "24/63"),
        ("4098/qđ-ubnd", "4098/QĐ-UBND"),
        ("Quyết định 4098", "4098/QĐ-UBND"),
        ("942/QĐ-TTg", "942/ QĐ-TTg"),
        ("mạng 5g", "mạng 5G"),
        ("50.000 đồng", "50.000đ"),
        ("mục 1.2.3", "mục 1.2.3"),
    ],
)
def test_the_same_figure_in_another_writing(answer: str, quote: str) -> None:
    assert written(answer)
    assert supported(answer, quote)


@pytest.mark.parametrize(
    ("answer", "quote"),
    [
        ("30", "30%"),
        ("30%", "30"),
        ("2 điểm phần trăm", "2%"),
        ("7%", "17%"),
        ("14", "140.797"),
        ("14", "2,14"),
        ("12,8 triệu", "12,8 tỷ"),
        ("12,8", "12,8 tỷ"),
        ("2 khu", "2 - 3 khu"),
        ("70%", "70 - 80%"),
        ("6/9/2021", "9/6/2021"),
        ("ngày 6-9-2021", "tháng 9/2021"),
        ("4098 hồ sơ", "4098/QĐ-UBND"),
        ("4098/QĐ-TTg", "4098/QĐ-UBND"),
        ("5 trạm", "mạng 5G"),
        ("24/63", "thứ 24"),
        ("mục 1.2.3", "mục 1.2"),
    ],
)
def test_another_figure(answer: str, quote: str) -> None:
    assert written(answer)
    assert not supported(answer, quote)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("đến năm 2025 tỷ trọng đạt 30%", ["2025", "30%"]),
        ("mục tiêu 2025 - 30% GRDP", ["2025", "30%"]),
        ("năm 2025 - Hà Nội có 14, 15.", ["2025", "14", "15"]),
        ("2025\u00a0139 nơi", ["2025", "139"]),
        ("5\u00a0212\u00a0287 việc", ["5\u00a0212\u00a0287"]),
        ("3 nghìn tỷ đồng", ["3 nghìn tỷ"]),
        ("Nghị quyết 66.22/2026/NQ-CP", ["66.22/2026/NQ-CP"]),
        ("không có số nào", []),
    ],
)
def test_figures_are_found_whole(text: str, figures: list[str]) -> None:
    assert written(text) == figures
