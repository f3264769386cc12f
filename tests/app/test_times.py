"""The times of a question, told from a fixed today."""

from collections.abc import Callable
from datetime import date

import pytest

from app.times import times_named, years_named
from ingest.text import fold

TODAY = date(2031, 1, 15)


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        ("Năm nay có mấy dự án?", (2031,)),
        ("cuoi nam nay co may du an", (2031,)),
        ("Đến cuối năm nay thì sao?", (2031,)),
        ("Năm ngoái xếp thứ mấy?", (2030,)),
        ("nam ngoai xep thu may", (2030,)),
        ("Năm trước đạt bao nhiêu?", (2030,)),
        ("Năm vừa qua đạt bao nhiêu?", (2030,)),
        ("Năm kia thì sao?", (2029,)),
        ("Năm sau có gì?", (2032,)),
        ("sang năm có gì", (2032,)),
        ("Năm tới có gì?", (2032,)),
        ("Năm nay và năm sau khác gì?", (2031, 2032)),
        ("Tháng này có gì?", (2031,)),
        ("Tháng trước có gì?", (2030,)),
        ("What is planned for this year?", (2031,)),
        ("How many last year?", (2030,)),
        ("What comes next year?", (2032,)),
        ("Những năm tới làm gì?", ()),
        ("Các năm trước ra sao?", ()),
        ("Tăng bao nhiêu so với năm ngoái?", ()),
        ("tang bao nhieu so voi cung ky nam truoc", ()),
        ("Năm 2025 tăng bao nhiêu so với năm trước?", ()),
        ("5 năm tới làm gì?", ()),
        ("Năm năm tới làm gì?", ()),
        ("Hết nhiệm kỳ làm gì?", ()),
        ("Nam này mấy tuổi?", ()),
        ("Kinh tế số là gì?", ()),
    ],
)
def test_years_are_told_from_today(asked: str, years: tuple[int, ...]) -> None:
    assert times_named(asked, TODAY).relative == years


def test_without_a_date_of_today_no_year_is_told_from_it() -> None:
    assert times_named("Năm nay và 5 năm tới", None).relative == ()
    assert times_named("Năm nay và 5 năm tới", None).spans == ()


@pytest.mark.parametrize(
    ("asked", "spans"),
    [
        ("Giai đoạn 2021-2025 có gì?", ((2021, 2025),)),
        ("giai doan 2021 – 2025", ((2021, 2025),)),
        ("Từ 2021 đến 2025 làm gì?", ((2021, 2025),)),
        ("từ năm 2021 đến hết năm 2025", ((2021, 2025),)),
        ("tu nam 2021 toi nam 2025", ((2021, 2025),)),
        ("from 2021 to 2025", ((2021, 2025),)),
        ("between 2021 and 2025", ((2021, 2025),)),
        ("2021-2025 và 2026-2030", ((2021, 2025), (2026, 2030))),
        ("5 năm tới làm gì?", ((2031, 2036),)),
        ("trong nam nam toi", ((2031, 2036),)),
        ("ba năm qua ra sao", ((2028, 2031),)),
        ("the next 5 years", ((2031, 2036),)),
        ("the last 3 years", ((2028, 2031),)),
        ("Nghị quyết 20/2023/QH15", ()),
        ("năm 2021, 2025", ()),
        ("2025-2021", ()),
        ("đến năm 2030", ()),
    ],
)
def test_spans_are_read(asked: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert times_named(asked, TODAY).spans == spans


@pytest.mark.parametrize(
    "asked",
    [
        "Hiện nay có bao nhiêu trạm?",
        "hien nay co bao nhieu tram",
        "Bây giờ ra sao?",
        "Hiện giờ đạt mấy phần trăm?",
        "Từ năm 2021 đến nay có mấy dự án?",
        "Số liệu mới nhất là bao nhiêu?",
        "Hiện có bao nhiêu hồ sơ?",
        "What is the latest rank?",
        "How many are there now?",
    ],
)
def test_now_is_told(asked: str) -> None:
    assert times_named(asked, TODAY).current


@pytest.mark.parametrize(
    "asked",
    [
        "Hiện đại hóa là gì?",
        "Thực hiện có khó không?",
        "Năm 2025 có bao nhiêu?",
        "biểu hiện này là gì",
        "What do we know?",
    ],
)
def test_what_only_looks_like_now_is_not(asked: str) -> None:
    assert not times_named(asked, TODAY).current


def test_named_years_stay_as_they_are() -> None:
    assert times_named("Năm 2025 và năm nay", TODAY).years == (2025,)


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Luật Thuyền buồm 2031 nói gì?", ()),
        ("Luật Thuyền buồm năm 2031 nói gì?", ()),
        ("Theo Luật Thuyền buồm 2031, năm 2035 ra sao?", (2035,)),
        ("Luật được thông qua năm 2031", (2031,)),
        ("Luật Thuyền buồm có hiệu lực năm 2031", (2031,)),
        ("Luật Thuyền buồm ban hành 2031", (2031,)),
        ("Pháp luật thuyền buồm 2031", (2031,)),
        ("Kỷ luật làng 2031", (2031,)),
        ("Quy luật chung 2031", (2031,)),
        ("Luật Thuyền buồm 2031-2035", (2031, 2035)),
        ("Làng Thuyền buồm 2031", (2031,)),
    ],
)
def test_the_year_of_a_law_is_part_of_its_name(
    text: str, years: tuple[int, ...], write: Callable[[str], str]
) -> None:
    assert years_named(write(text)) == years


@pytest.mark.parametrize("text", ["Số luật sư năm 2031", "Số vụ vi phạm luật giao thông năm 2031"])
def test_what_only_has_to_do_with_law_keeps_its_year(text: str) -> None:
    assert years_named(text) == (2031,)
