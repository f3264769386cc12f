import random
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest

from ingest.figures import (
    figure_keys,
    find_figures,
    legal_key,
    legal_kind,
    names_same_legal,
    parse_number,
    short_legal_key,
    short_legal_keys,
)
from ingest.text import fold
from tests.timing import seconds_for


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
        ("đạt 45²% hộ", "45²%", "p:45"),
        ("chi 35⁽²⁾ tỷ đồng", "35⁽²⁾ tỷ", "n:35000000000"),
        ("có 30¹ hồ sơ", "30", "n:30"),
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
        ("quận Ba Đình", "3 quận"),
        ("1,000", "1"),
        ("tăng trưởng -2,5%", "tăng trưởng 2,5%"),
        ("công nghiệp 4.0", "4 ngành"),
        ("Covid-19", "19 ca"),
        ("hai phần ba", "2"),
        ("ngày 25.9", "25,9"),
        ("quý II/2023", "tháng 2/2023"),
        ("Quyết định 06", "06/NQ-CP"),
        ("Quyết định 06", "Đề án 06 của"),
        ("12345678901234567890123451", "12345678901234567890123452"),
        ("2 triệu rưỡi", "2 triệu"),
        ("kế hoạch 5 năm 2021 - 2025", "tháng 5/2021"),
        ("đào tạo 2000 cán bộ", "năm 2000"),
    ],
)
def test_different_values_never_share_a_key(one: str, other: str) -> None:
    assert {key for _, key in read(one)}.isdisjoint(figure_keys(other))
    assert {key for _, key in read(other)}.isdisjoint(figure_keys(one))


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
        ("từ 50% - 60%", "50-60%", "từ 50 đến 60%", "50% đến 60%", "50 – 60 phần trăm"),
        ("từ 500 triệu đến 1 tỷ đồng", "500.000.000 - 1.000.000.000 đồng", "0,5 - 1 tỷ đồng"),
        ("từ 1.000.000 đồng đến 3.000.000 đồng", "1 - 3 triệu đồng"),
        ("từ năm 2025 đến năm 2030", "2025 - 2030", "từ 2025 đến hết năm 2030"),
        ("quý II/2023", "quý II năm 2023", "quý 2/2023", "Quý 2 năm 2023"),
        ("tháng 9 năm 2024", "tháng 9.2024", "T9/2024", "September 2024", "tháng chín năm 2024"),
        ("25 tháng 9 năm 2023", "September 25, 2023", "25 September 2023", "25.9.2023"),
        ("ngày 2/11", "ngày 2-11", "ngày 2.11", "sáng 2/11", "ngày 02 tháng 11"),
        ("ngày 5-6/11/2023", "ngày 5/11/2023 và ngày 6/11/2023"),
        ("12/9-15/9/2023", "ngày 12/9/2023 đến 15/9/2023"),
        ("57-NQ/TW", "57 -NQ/TW", "57–NQ/TW", "57/NQ-TW", "57-nq/tw"),
        ("06/QĐ-TTg", "6/QĐ-TTg", "06/ QĐ -TTg"),
        ("Quyết định số 06", "QĐ số 06", "Quyết định 06", "quyet dinh so 6"),
        ("hai phần ba", "2/3"),
        ("một nửa", "1/2"),
        ("ba phần tư", "3/4"),
        ("năm phần trăm", "5%"),
        ("hai mươi lăm phẩy năm phần trăm", "25,5%", "25.5%"),
        ("một tỷ rưỡi", "1,5 tỷ", "1.500 triệu", "1 tỷ rưỡi", "1 tỷ 500 triệu"),
        ("100triệu", "100 triệu", "100tr", "100 tr.đ"),
        ("1,000,000", "1.000.000", "1 triệu", "1\u00a0000\u00a0000"),
        ("nhóm năm địa phương", "nhóm 5 địa phương", "nhom nam dia phuong"),
        ("hai mươi phần trăm", "hai muoi phan tram", "20%"),
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


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        # dates
        ("15 5/2024", ["d:2024-05-15"]),
        ("ngày 06 tháng 9 năm 2021", ["d:2021-09-06"]),
        ("ngày 15/5/24", ["d:2024-05-15"]),
        ("ngày 15/5/98", ["d:1998-05-15"]),
        ("hôm nay (2/11)", ["d:-11-02"]),
        ("đến nay (2/11 tiêu chí)", ["f:2/11"]),
        ("ngày 6-9/2021", ["d:2021-09-06"]),
        ("tháng 6-9/2021", ["m:2021-06", "m:2021-09"]),
        ("6-9/2021", ["m:2021-06", "m:2021-09"]),
        ("ngày 15 và 16 tháng 11 năm 2023", ["d:2023-11-15", "d:2023-11-16"]),
        ("ngày 5 và 6/11/2023", ["d:2023-11-05", "d:2023-11-06"]),
        ("từ ngày 5 đến ngày 6/11/2023", ["d:2023-11-05", "d:2023-11-06"]),
        ("từ ngày 1/1 đến 30/6", ["d:-01-01", "d:-06-30"]),
        ("từ 1/1 đến 30/6", ["d:-01-01", "d:-06-30"]),
        ("từ 5/10 đến 8/10 tiêu chí", ["f:5/10", "f:8/10"]),
        ("31/12/2022-02/01/2023", ["d:2022-12-31", "d:2023-01-02"]),
        ("ngày 01 tháng 01 đến ngày 31 tháng 12", ["d:-01-01", "d:-12-31"]),
        ("ngày 31 tháng 12 hằng năm", ["d:-12-31"]),
        ("trong 6 tháng 9 ngày", ["n:6", "m:-09"]),
        # months, quarters, years
        ("9/2024-12/2025", ["m:2024-09", "m:2025-12"]),
        ("từ tháng 9/2023 đến tháng 3/2024", ["m:2023-09", "m:2024-03"]),
        ("quý I, II/2023", ["q:2023-01", "q:2023-02"]),
        ("quý I và quý II năm 2023", ["q:2023-01", "q:2023-02"]),
        ("hết quý III", ["q:-03"]),
        ("Đại hội XIII, chương II", []),
        ("kế hoạch 5 năm 2021 - 2025", ["n:5", "ry:2021–2025"]),
        ("giai đoạn 2019-\n2020", ["ry:2019–2020"]),
        ("năm 2020 doanh nghiệp tăng", ["y:2020"]),
        ("so với 2021, doanh nghiệp tăng", ["y:2021"]),
        ("hơn 2000 doanh nghiệp", ["n:2000"]),
        ("năm 2025 triệu người dùng", ["y:2025"]),
        ("tháng tư, tháng Ba năm 2024", ["m:-04", "m:2024-03"]),
        # ranges
        ("1,5 - 2 lần", ["rn:1.5–2"]),
        ("từ 05 năm đến 10 năm", ["rn:5–10"]),
        ("từ 10 đến dưới 50 người", ["n:10", "n:50"]),
        ("tăng từ 20% lên 30%", ["p:20", "p:30"]),
        ("từ 20 việc đến năm 2025", ["n:20", "y:2025"]),
        ("giảm từ 50% đến 30%", ["p:50", "p:30"]),
        ("chỉ số 10-2", ["n:10", "n:2"]),
        ("gồm 15\n- 20 hồ sơ", ["n:15", "n:20"]),
        # numbers
        ("1,000", ["n:1000"]),
        ("1,250 tỷ đồng", ["n:1250000000"]),
        ("1,250 hồ sơ", ["n:1250"]),
        ("12,345 people", ["n:12345"]),
        ("tăng 12,345%", ["p:12.345"]),
        ("0,750", ["n:0.75"]),
        ("12.5%", ["p:12.5"]),
        ("mức độ 3,4", ["n:3", "n:4"]),
        ("các khoản 1,2,3", ["n:1", "n:2", "n:3"]),
        ("tăng trưởng -2,5%", ["p:-2.5"]),
        ("gồm:\n-30% hộ dân", ["p:30"]),
        ("3 tỷ 15 người", ["n:3000000000", "n:15"]),
        ("1 triệu 500 triệu", ["n:1000000", "n:500000000"]),
        ("12 tỷ 500 triệu đồng", ["n:12500000000"]),
        ("1 100 000 đồng", ["n:1100000"]),
        ("5 212 287", ["n:5", "n:212", "n:287"]),
        ("41 tram BTS", ["n:41"]),
        ("12 ty le, 12 ty dong", ["n:12", "n:12000000000"]),
        ("3 Triệu Sơn, 2 Triệu Phong", ["n:3", "n:2"]),
        ("năm2025 đạt30%", ["y:2025", "p:30"]),
        ("tăng 2 điểm phần trăm", ["n:2"]),
        ("còn,5 việc và .7", ["n:5", "n:7"]),
        # names
        ("Covid-19 và COVID-19", ["c:covid-19", "c:covid-19"]),
        ("cách mạng công nghiệp 4.0", ["c:4.0"]),
        ("tăng 4.0%", ["p:4"]),
        # short names of documents
        ("QĐ số 06", ["l:qd:6"]),
        ("Nghị quyết 57 về", ["l:nq:57"]),
        ("nghi quyet 57 noi gi", ["l:nq:57"]),
        ("kế hoạch 174, năm 2022", ["l:kh:174", "y:2022"]),
        ("Thông tư số 5", ["l:tt:5"]),
        ("Đề án 06 góp phần", ["l:da:6"]),
        ("Kế hoạch 30 ngày", ["n:30"]),
        ("Chương trình 100 doanh nghiệp", ["n:100"]),
        ("kế hoạch 30 ngày", ["n:30"]),
        ("kế hoạch 5 năm", ["n:5"]),
        ("quyết định 1 trong 3 việc", ["n:1", "n:3"]),
        ("Chương trình 2040", ["y:2040"]),
        ("Đề án 1 triệu ha", ["n:1000000"]),
        # numbers in words
        ("Ba Đình, Ba Vì, Hai Bà Trưng", []),
        ("quận ba đình", []),
        ("ba dinh co bao nhieu", []),
        ("hai phong dat bao nhieu", []),
        ("hằng năm, mỗi năm, năm qua", []),
        ("trong năm thành phố đã làm", []),
        ("5 năm địa phương làm", ["n:5"]),
        ("năm địa phương", ["n:5"]),
        ("nhóm năm địa phương", ["n:5"]),
        ("Năm nhiệm vụ", ["n:5"]),
        ("năm năm", ["n:5"]),
        ("năm (05) ngày", ["n:5", "n:5"]),
        ("hai mươi năm", ["n:20"]),
        ("Một là, làm; Hai là, làm", []),
        ("từ thứ hai đến thứ sáu", []),
        ("sáng thứ ba (5/11)", ["d:-11-05"]),
        ("bên thứ ba", []),
        ("xếp thứ ba cả nước", ["n:3"]),
        ("LẦN THỨ SÁU BAN", ["n:6"]),
        ("hai chục xã, hai lăm xã", ["n:20", "n:25"]),
        ("hai trăm rưỡi hộ", ["n:250"]),
        ("hai phẩy bảy lăm tỷ", ["n:2750000000"]),
        ("một phần năm 2025", ["y:2025"]),
        ("hai ty dong", ["n:2000000000"]),
        ("sau nam, sau muoi nam", []),
        ("nam phan tram", ["p:5"]),
        ("mot tram phan tram", ["p:100"]),
    ],
)
def test_hard_cases_are_read_as_a_citizen_reads_them(text: str, keys: list[str]) -> None:
    assert [key for _, key in read(text)] == keys


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ngày 5-6/11/2023", ["5", "6/11/2023"]),
        ("12/9-15/9/2023", ["12/9", "15/9/2023"]),
        ("ngày 15 và 16 tháng 11", ["15", "16 tháng 11"]),
        ("tháng 9-10/2023", ["9", "10/2023"]),
        ("quý I, II/2023", ["I", "II/2023"]),
        ("từ 1.000 đồng đến 3.000 đồng", ["1.000 đồng đến 3.000"]),
        ("QĐ số 06 ngày 6/1/2022", ["QĐ số 06", "6/1/2022"]),
        ("mức độ 3,4", ["3", "4"]),
    ],
)
def test_each_end_of_a_span_is_a_figure_as_written(text: str, pieces: list[str]) -> None:
    assert [piece for piece, _ in read(text)] == pieces


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12,8 tỷ", ["12800000000"]),
        ("24/63", ["24", "63"]),
        ("từ 50 đến 60%", ["50", "60"]),
        ("hai phần ba", ["2", "3"]),
        ("1.2.3", []),
        ("6/9/2021", []),
        ("57-NQ/TW", []),
        ("2021 - 2025", []),
        ("1" * 25, []),
    ],
)
def test_a_figure_carries_its_values(text: str, values: list[str]) -> None:
    (figure,) = find_figures(text, written_out=True)
    assert [format(value, "f") for value in figure.values] == values


def test_a_whole_legal_number_holds_up_its_short_name_and_not_the_other_way() -> None:
    assert "l:nq:57" in figure_keys("57-NQ/TW")
    assert "l:57-nq/tw" not in figure_keys("Nghị quyết 57 về")
    assert short_legal_key("l:20/2023/qh15") is None


_PIECES = (
    "1 2 9 0 12 31 2023 1999 1.000 12,8 , . / - – % tỷ triệu rưỡi năm tháng ngày quý II từ đến và "
    "số QĐ NQ -TW nghìn đồng 5G A4 4.0 ( ) hồ sơ 1,000 phần trăm hai ba mươi kế hoạch \n ٣"
)
PIECES = _PIECES.split(" ")


def jumbled(count: int) -> list[str]:
    chance = random.Random(7)
    return [
        "".join(
            chance.choice(PIECES) + chance.choice(["", " ", " "])
            for _ in range(chance.randint(1, 10))
        )
        for _ in range(count)
    ]


def test_no_digit_of_any_text_escapes_and_no_two_figures_overlap() -> None:
    for text in jumbled(4_000):
        figures = find_figures(text, written_out=True)
        covered = {at for item in figures for at in range(item.start, item.end)}
        assert all(at in covered for at, letter in enumerate(text) if letter.isdecimal()), text
        assert all(one.end <= two.start for one, two in pairwise(figures)), text
        assert all(text[item.start : item.end] == item.text for item in figures), text


def test_figures_in_words_are_only_added_never_changed() -> None:
    for text in jumbled(500):
        plain = {(item.start, item.kind) for item in find_figures(text) if item.kind != "month"}
        assert plain <= {(item.start, item.kind) for item in find_figures(text, written_out=True)}


HOSTILE = [
    "1", "1.", "1,", "1-", "1/", "12/", "5 ", "123\u00a0", "từ 5 đến ", " triệu", "hai mươi ",
    "1A-", " không", "1/NQ-", "-A", "A", ".", "\n", " ", "quý I, ", "1 tỷ ", "5 và ", "nghị quyết ",
]  # fmt: skip
OPENINGS = {" triệu": "hai", " không": "hai phẩy", "-A": "1/QĐ", " ": "5"}


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    opening = OPENINGS.get(piece, "")
    small, large = (opening + piece * (size // len(piece)) for size in (8_000, 32_000))
    # Four times the length: a quadratic reading takes sixteen times as long.
    times = [
        seconds_for(lambda text=text: find_figures(text, written_out=True))
        for text in (small, large)
    ]
    assert times[1] < 9 * times[0] + 0.3


# --- Short names of legal documents with their year --------------------------------------------


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Nghị định 13/2031", ["l:nd:13/2031"]),
        ("nghị định 13 năm 2031", ["l:nd:13/2031"]),
        ("Nghị định số 13/2031", ["l:nd:13/2031"]),
        ("Nghị định số: 13 năm 2031 về thuyền", ["l:nd:13/2031"]),
        ("NĐ 13/2031", ["l:nd:13/2031"]),
        ("Thông tư 2.13/2031", ["l:tt:2.13/2031"]),
        ("Quyết định 6/2031", ["l:qd:6/2031"]),
        ("Kế hoạch 66/2031", ["l:kh:66/2031"]),
        ("Nghị định 13/2031/NĐ-CP", ["l:13/2031/nd-cp"]),
        ("Kế hoạch 6/2031", ["m:2031-06"]),
        ("báo cáo 12/2031", ["m:2031-12"]),
        ("kế hoạch 5 năm 2031-2035", ["n:5", "ry:2031–2035"]),
        ("kế hoạch 5 năm 2031", ["n:5", "y:2031"]),
    ],
)
def test_a_short_name_with_its_year_is_one_figure_and_a_month_is_none(
    text: str, keys: list[str], write: Callable[[str], str]
) -> None:
    assert [figure.key for figure in find_figures(write(text))] == keys


@pytest.mark.parametrize(
    ("key", "short"),
    [
        ("l:13/2031/nd-cp", {"l:nd:13", "l:nd:13/2031"}),
        ("l:2.13/2031/tt-x", {"l:tt:2.13", "l:tt:2.13/2031"}),
        ("l:20-nq/tw", {"l:nq:20"}),
        ("l:4321/qd-ubnd", {"l:qd:4321"}),
        ("l:nd:13", set()),
        ("n:13", set()),
    ],
)
def test_a_full_number_has_short_names_with_and_without_its_year(key: str, short: set[str]) -> None:
    assert short_legal_keys(key) == short


@pytest.mark.parametrize(
    ("asked", "told", "same"),
    [
        ("Nghị định 13/2031", "Nghị định 13/2031/NĐ-CP", True),
        ("Nghị định 13 năm 2031", "13/2031/NĐ-CP", True),
        ("Nghị định 13", "13/2031/NĐ-CP", True),
        ("Nghị quyết 20 năm 2031", "20-NQ/TW", True),
        ("Nghị định 13/2032", "13/2031/NĐ-CP", False),
        ("Nghị định 14/2031", "13/2031/NĐ-CP", False),
        ("Quyết định 13/2031", "13/2031/NĐ-CP", False),
        ("Nghị quyết 20 năm 2031", "20-NQ/TW và 20/2030/NQ-HĐND", False),
        ("13/2031/NĐ-CP", "Nghị định 13", False),
    ],
)
def test_a_name_with_its_year_is_that_of_the_same_document_alone(
    asked: str, told: str, same: bool
) -> None:
    (figure,) = find_figures(asked)
    assert names_same_legal(figure.key, figure_keys(told)) is same


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("nghi dinh", "nd"),
        ("quyet dinh so", "qd"),
        ("theo nghi quyet va thong tu", "tt"),
        ("to trinh ve thuyen", "ttr"),
        ("van ban", None),
        ("khach hang", None),
    ],
)
def test_the_last_kind_of_text_that_is_named_is_read(text: str, letters: str | None) -> None:
    assert legal_kind(text) == letters
