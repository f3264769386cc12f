"""Rows of the registry become questions that a person would ask."""

import pytest

from app.phrasing import phrase
from tests.app.test_lookup import row


@pytest.mark.parametrize(
    ("indicator", "fields", "question"),
    [
        (
            "tỷ lệ trường học có thư viện số",
            {"year": 2027},
            "Đến năm 2027, Hà Nội đặt mục tiêu tỷ lệ trường học có thư viện số"
            " là bao nhiêu phần trăm?",
        ),
        (
            "tỷ lệ trường học có thư viện số",
            {"kind": "result", "year": None},
            "Tỷ lệ trường học có thư viện số ở Hà Nội là bao nhiêu phần trăm?",
        ),
        (
            "số trạm đo mưa tự động",
            {"kind": "result", "unit": "trạm", "year": 2024},
            "Năm 2024, Hà Nội có bao nhiêu trạm đo mưa tự động?",
        ),
        (
            "tổng số trạm đo mưa tự động",
            {"unit": "trạm", "year": None},
            "Hà Nội đặt mục tiêu có bao nhiêu trạm đo mưa tự động?",
        ),
        (
            "thứ hạng chỉ số sẵn sàng (SSI)",
            {"kind": "result", "unit": "hạng", "year": 2024},
            "Năm 2024, Hà Nội xếp thứ mấy về chỉ số sẵn sàng?",
        ),
        (
            "số trạm đo mưa tự động",
            {"kind": "result", "unit": "trạm", "year": None, "locality": "Cả nước"},
            "Cả nước có bao nhiêu trạm đo mưa tự động?",
        ),
    ],
)
def test_an_indicator_is_asked_for_by_what_it_counts(
    indicator: str, fields: dict[str, object], question: str
) -> None:
    assert phrase(row(indicator, **fields), "vi") == question  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("indicator", "fields"),
    [
        ("tỷ lệ hồ sơ mức độ 3 trở lên", {}),
        ("tỷ lệ trường học, bệnh viện có mạng", {}),
        ("tỷ lệ chuyển tuyến", {}),
        ("tỷ lệ trường học cùng loại", {}),
        ("tỷ lệ trường học này", {}),
        ("doanh thu dịch vụ phần mềm", {"unit": "đồng"}),
        ("số bậc tăng của chỉ số", {"unit": "bậc"}),
        ("thứ hạng trong nhóm thành phố lớn", {"unit": "hạng"}),
        ("tỷ lệ " + "rất " * 12 + "dài", {}),
        ("tỷ lệ trường học có thư viện số", {"locality": None}),
    ],
)
def test_what_would_make_an_awkward_question_is_not_asked_for(
    indicator: str, fields: dict[str, object]
) -> None:
    assert phrase(row(indicator, **fields), "vi") is None  # type: ignore[arg-type]


def test_an_english_question_needs_an_english_name_that_says_it_all() -> None:
    assert phrase(row("tỷ trọng kinh tế số trong GRDP", year=2030), "en") == (
        "What is the target for the digital economy in Hà Nội by 2030?"
    )
    assert phrase(row("tỷ trọng kinh tế số ở các quận ven biển"), "en") is None
