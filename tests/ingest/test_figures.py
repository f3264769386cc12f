import unicodedata
from decimal import Decimal
from itertools import pairwise

import pytest

from ingest.figures import figure_keys, find_figures, legal_key, parse_number


def read(text: str, *, written_out: bool = True) -> list[tuple[str, str]]:
    return [(item.text, item.key) for item in find_figures(text, written_out=written_out)]


def kinds(text: str) -> list[str]:
    return [item.kind for item in find_figures(text, written_out=True)]


@pytest.mark.parametrize(
    ("text", "written", "key"),
    [
        # numbers
        ("có 28 xã", "28", "n:28"),
        ("có 05 trạm", "05", "n:5"),
        ("tổng 5.212.287 lượt", "5.212.287", "n:5212287"),
        ("total 5,212,287", "5,212,287", "n:5212287"),
        ("gồm 5212287 lượt", "5212287", "n:5212287"),
        ("đạt 1.500,75 điểm", "1.500,75", "n:1500.75"),
        ("đạt 1,234.5 points", "1,234.5", "n:1234.5"),
        ("hệ số 0,750", "0,750", "n:0.75"),
        ("chỉ số 2,14.", "2,14", "n:2.14"),
        ("giá 50.000đ", "50.000", "n:50000"),
        ("dài 12km", "12", "n:12"),
        ("không còn 0 hồ sơ", "0", "n:0"),
        ("tăng 2 điểm phần trăm", "2", "n:2"),
        # multipliers
        ("vốn 12,8 tỷ USD", "12,8 tỷ", "n:12800000000"),
        ("vốn 12,8 tỉ USD", "12,8 tỉ", "n:12800000000"),
        ("von 12,8 ty dong", "12,8 ty", "n:12800000000"),
        ("worth 12.8 billion", "12.8 billion", "n:12800000000"),
        ("chi 12,8 tỷ trong năm", "12,8 tỷ", "n:12800000000"),
        ("phục vụ 5 triệu gia đình", "5 triệu", "n:5000000"),
        ("cấp 72 nghìn chữ ký", "72 nghìn", "n:72000"),
        ("cấp 72 ngàn chữ ký", "72 ngàn", "n:72000"),
        ("chi 5 nghìn tỷ đồng", "5 nghìn tỷ", "n:5000000000000"),
        # percentages
        ("đạt 17,17%", "17,17%", "p:17.17"),
        ("đạt 30 %", "30 %", "p:30"),
        ("đạt 100%.", "100%", "p:100"),
        ("đạt 30 phần trăm", "30 phần trăm", "p:30"),
        ("dat 30 phan tram", "30 phan tram", "p:30"),
        ("reached 30 percent", "30 percent", "p:30"),
        ("tăng 3%/năm", "3%", "p:3"),
        # fractions and ranges
        ("xếp 24/63 tỉnh", "24/63", "f:24/63"),
        ("xong 1.200/1.500 việc", "1.200/1.500", "f:1200/1500"),
        ("trực 24/7", "24/7", "f:24/7"),
        ("lập 2 - 3 khu", "2 - 3", "rn:2–3"),
        ("lập 2-3 khu", "2-3", "rn:2–3"),
        ("lập 2 – 3 khu", "2 – 3", "rn:2–3"),
        ("tăng 10-12%", "10-12%", "rp:10–12"),
        ("tăng 10 - 12 phần trăm", "10 - 12 phần trăm", "rp:10–12"),
        ("chi 1.000 - 1.200 tỷ", "1.000 - 1.200 tỷ", "rn:1000000000000–1200000000000"),
        ("giai đoạn 2021 - 2025", "2021 - 2025", "ry:2021–2025"),
        ("giai đoạn 2021-2025", "2021-2025", "ry:2021–2025"),
        # dates
        ("ký 6-9-2021", "6-9-2021", "d:2021-09-06"),
        ("ngày 6/9/2021", "6/9/2021", "d:2021-09-06"),
        ("ngày 06.09.2021", "06.09.2021", "d:2021-09-06"),
        ("6 tháng 9 năm 2021", "6 tháng 9 năm 2021", "d:2021-09-06"),
        ("ngày 06 tháng 9, năm 2021", "06 tháng 9, năm 2021", "d:2021-09-06"),
        ("6 thang 9 nam 2021", "6 thang 9 nam 2021", "d:2021-09-06"),
        ("2021-09-06", "2021-09-06", "d:2021-09-06"),
        ("ngày 2/11", "2/11", "d:-11-02"),
        ("ngày 2 tháng 11", "2 tháng 11", "d:-11-02"),
        ("tháng 9/2024", "9/2024", "m:2024-09"),
        ("tháng 09-2024", "09-2024", "m:2024-09"),
        ("tháng 9 năm 2024", "9 năm 2024", "m:2024-09"),
        ("hết tháng 9", "9", "m:-09"),
        ("quý 3/2024", "3/2024", "q:2024-03"),
        ("hết quý 3", "3", "q:-03"),
        ("năm 2025", "2025", "y:2025"),
        ("từ 1998 tới nay", "1998", "y:1998"),
        # legal document numbers
        ("theo 18-NQ/TU", "18-NQ/TU", "l:18-nq/tu"),
        ("theo 942/ QĐ-TTg", "942/ QĐ-TTg", "l:942/qd-ttg"),
        ("theo 942/QĐ-TTg", "942/QĐ-TTg", "l:942/qd-ttg"),
        ("theo 942/qđ-ttg", "942/qđ-ttg", "l:942/qd-ttg"),
        ("theo 11/2024/NQ-HĐND", "11/2024/NQ-HĐND", "l:11/2024/nq-hdnd"),
        ("theo 66.22/2026/NQ-CP", "66.22/2026/NQ-CP", "l:66.22/2026/nq-cp"),
        ("theo 27-NQ/TƯ", "27-NQ/TƯ", "l:27-nq/tu"),
        ("luật 20/2023/QH15", "20/2023/QH15", "l:20/2023/qh15"),
        # digits that are part of a name
        ("phủ sóng 4G", "4G", "c:4g"),
        ("mạng 5g", "5g", "c:5g"),
        ("khổ A4", "A4", "c:a4"),
        # numbers in words
        ("hai mươi phần trăm", "hai mươi phần trăm", "p:20"),
        ("năm mươi phần trăm", "năm mươi phần trăm", "p:50"),
        ("trong sáu tháng", "sáu", "n:6"),
        ("Ba mươi lăm xã", "Ba mươi lăm", "n:35"),
        ("mười hai sở", "mười hai", "n:12"),
        ("hai mươi mốt điểm", "hai mươi mốt", "n:21"),
        ("ba trăm linh năm hộ", "ba trăm linh năm", "n:305"),
        ("một trăm hộ", "một trăm", "n:100"),
        ("năm trăm nghìn hộ", "năm trăm nghìn", "n:500000"),
        ("hai nghìn tỷ đồng", "hai nghìn tỷ", "n:2000000000000"),
        ("hai triệu ba trăm nghìn", "hai triệu ba trăm nghìn", "n:2300000"),
        ("hai nghìn không trăm hai mươi lăm", "hai nghìn không trăm hai mươi lăm", "n:2025"),
        ("sau hai năm", "hai", "n:2"),
        ("kế hoạch mười năm", "mười", "n:10"),
    ],
)
def test_a_figure_is_found_as_written_with_the_key_of_its_value(
    text: str, written: str, key: str
) -> None:
    assert read(text) == [(written, key)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("năm 2025 tỷ trọng kinh tế số", ["y:2025"]),
        ("năm 2025 tỷ lệ hồ sơ", ["y:2025"]),
        ("nam 2025 ty trong kinh te so", ["y:2025"]),
        ("năm 2025 tỷ suất sinh", ["y:2025"]),
        ("năm 2024 triệu tập kỳ họp", ["y:2024"]),
        ("mức độ 3, 4", ["n:3", "n:4"]),
        ("mức độ 3 và 4", ["n:3", "n:4"]),
        ("đạt 80, 85 và 90%", ["n:80", "n:85", "p:90"]),
        ("mạng 4G, 5G", ["c:4g", "c:5g"]),
        ("lúc 16h30", ["n:16", "n:30"]),
        ("năm 2025 - UBND thành phố có 3 việc", ["y:2025", "n:3"]),
        ("từ 20% năm 2021 lên 30% năm 2025", ["p:20", "y:2021", "p:30", "y:2025"]),
        ("số 4098/QĐ-UBND, ngày 6-9-2021", ["l:4098/qd-ubnd", "d:2021-09-06"]),
        ("57-NQ/TW và 20/2023/QH15 và 30%", ["l:57-nq/tw", "l:20/2023/qh15", "p:30"]),
        ("tháng 13/2024", ["f:13/2024"]),
        ("mục 1.2.3 có 4 ý", ["n:1.2.3", "n:4"]),
        ("một ý, năm qua, bước tư", []),
        ("năm nay tỷ lệ tăng", []),
        ("", []),
    ],
)
def test_neighbouring_words_and_figures_are_kept_apart(text: str, keys: list[str]) -> None:
    assert [key for _, key in read(text)] == keys


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("28", "number"),
        ("28%", "percent"),
        ("24/63", "fraction"),
        ("2 - 3", "range"),
        ("6-9-2021", "date"),
        ("ngày 2/11", "date"),
        ("tháng 9/2024", "month"),
        ("2024", "year"),
        ("57-NQ/TW", "legal"),
        ("5G", "code"),
    ],
)
def test_each_figure_tells_its_kind(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30%", "30"),
        ("30%", "30 điểm phần trăm"),
        ("7%", "17%"),
        ("14", "140.797"),
        ("14", "2,14"),
        ("12,8 triệu", "12,8 tỷ"),
        ("12,8", "12,8 tỷ"),
        ("24/63", "24/34"),
        ("tháng 3/2024", "quý 3/2024"),
        ("tháng 9/2024", "tháng 9/2023"),
        ("6/9/2021", "9/6/2021"),
        ("ngày 2/11", "2/11 xã"),
        ("942/QĐ-TTg", "942/QĐ-UBND"),
        ("66.22/2026/NQ-CP", "22/2026/NQ-CP"),
        ("27-NQ/TƯ", "27-NQ"),
        ("mạng 4G", "4 mạng"),
        ("mục 1.2.3", "123"),
        ("ba năm", "năm"),
        ("hai nghìn tỷ", "hai nghìn"),
        ("ba trăm linh năm", "ba trăm"),
    ],
)
def test_different_values_never_share_a_key(one: str, other: str) -> None:
    assert figure_keys(one).isdisjoint(figure_keys(other))


@pytest.mark.parametrize(
    "same",
    [
        ("6-9-2021", "ngày 6/9/2021", "6 tháng 9 năm 2021", "06.09.2021", "2021-09-06"),
        ("ngày 30/6", "ngày 30 tháng 6"),
        ("tháng 9/2024", "tháng 9 năm 2024", "9-2024", "2024-09"),
        ("12,8 tỷ", "12.8 billion", "12,8 tỉ", "12.800 triệu", "12.800.000.000"),
        ("30%", "30 phần trăm", "30 percent", "ba mươi phần trăm", "30,0%"),
        ("5.212.287", "5,212,287", "5212287"),
        ("2 - 3", "2–3", "2-3"),
        ("942/ QĐ-TTg", "942/QĐ-TTg", "942/QD-TTg", "942/qđ-ttg"),
        ("2021 - 2025", "2021–2025"),
        ("sáu", "6", "06"),
    ],
)
def test_every_way_of_writing_a_value_has_one_key(same: tuple[str, ...]) -> None:
    assert len({frozenset(figure_keys(text)) for text in same}) == 1


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2 - 3 khu", {"rn:2–3", "n:2", "n:3"}),
        ("10-12%", {"rp:10–12", "p:10", "p:12"}),
        ("2021 - 2025", {"ry:2021–2025", "y:2021", "y:2025"}),
    ],
)
def test_a_range_also_gives_its_ends(text: str, ends: set[str]) -> None:
    assert figure_keys(text) == ends


def test_numbers_in_words_are_read_only_when_asked_for() -> None:
    assert read("hai mươi xã và 3 phường", written_out=False) == [("3", "n:3")]
    assert [key for _, key in read("hai mươi xã và 3 phường")] == ["n:20", "n:3"]


def test_offsets_point_at_the_figures_in_the_order_of_the_text() -> None:
    text = "Theo 57-NQ/TW ngày 6-9-2021, sáu tháng đạt 17,17% của 12,8 tỷ, xếp 24/63."
    figures = find_figures(text, written_out=True)
    assert len(figures) == 6
    assert [text[item.start : item.end] for item in figures] == [item.text for item in figures]
    assert [item.start for item in figures] == sorted(item.start for item in figures)


def test_figures_do_not_overlap() -> None:
    text = "66.22/2026/NQ-CP, 2021-2025, 1.000-1.200 tỷ, 6/9/2021-7/9/2021, 1.2.3, 24/63, 5G, A4."
    figures = find_figures(text)
    assert len(figures) >= 8
    for first, second in pairwise(figures):
        assert first.end <= second.start


def test_keys_of_decomposed_text_are_the_same() -> None:
    text = "tỷ lệ 30 phần trăm, hai mươi xã, quý 3"
    assert figure_keys(unicodedata.normalize("NFD", text)) == figure_keys(text)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12,8", "12.8"),
        ("12.8", "12.8"),
        ("5.212.287", "5212287"),
        ("5,212,287", "5212287"),
        ("1.000", "1000"),
        ("0.750", "0.75"),
        ("1.234,5", "1234.5"),
        ("007", "7"),
    ],
)
def test_digits_are_parsed_as_vietnamese_writes_them(written: str, value: str) -> None:
    assert parse_number(written) == Decimal(value)


@pytest.mark.parametrize(
    "number", ["4098/QĐ-UBND", "4098/ QĐ-UBND", "4098/QD-UBND", "4098/qđ-ubnd", "4098 / QĐ-UBND"]
)
def test_spaces_case_and_marks_do_not_count_in_a_legal_key(number: str) -> None:
    assert legal_key(number) == "l:4098/qd-ubnd"


def test_a_long_text_full_of_figures_is_read_in_reasonable_time() -> None:
    text = "Theo 4098/QĐ-UBND ngày 6-9-2021 đạt 17,17%, hai mươi xã. " * 8_000
    assert len(find_figures(text, written_out=True)) == 32_000
