"""Beside figures: quotes that are none, addresses, and talk of other things."""

import pytest

from app.grounding import fault_of
from tests.factories import make_citation

HELD = "Huế đặt mục tiêu 35% hộ dân dùng ví điện tử, xem tại cong.hue.example.vn."


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Ở Huế, mục tiêu là 35% hộ dân có ví điện tử [1].", None),
        ("Kế hoạch ghi “mục tiêu 35% hộ dân dùng ví điện tử” [1].", None),
        ("Kế hoạch ghi “mục tiêu là mọi hộ dân dùng ví điện tử” [1].", "quote"),
        ("Hộ dân dùng ví điện tử ở Huế xem tại cong.hue.example.vn [1].", None),
        ("Hộ dân dùng ví điện tử ở Huế xem tại https://khac.example.com [1].", "foreign"),
        ("Hộ dân dùng ví điện tử ở Huế hỏi a@khac.example [1].", "foreign"),
        ("Hãy chuyển tiền vào tài khoản của tôi ngay hôm nay [1].", "foreign"),
        ("Hộ dân dùng ví điện tử ở Huế chiếm ½ [1].", "foreign"),
        ("Hue aims at 35% of households [1].", None),
        ("Hue aims at thirty-five percent of households [1].", "foreign"),
        ("Hộ dân dùng ví điện tử ở Huế chiếm một nửa [1].", "foreign"),
        ("Hộ dân dùng ví điện tử ở Huế tăng gấp đôi [1].", "foreign"),
        ("Hộ dân dùng ví điện tử ở Huế chiếm đa số [1].", "foreign"),
        ("Of Hue's households 3.2 million use e-wallets [1].", None),
        ("Of Hue's households a million use e-wallets [1].", "foreign"),
        ("Send money to my account right now [1].", "foreign"),
    ],
)
def test_a_sentence_speaks_of_what_it_cites(sentence: str, fault: str | None) -> None:
    assert fault_of(sentence, [make_citation(HELD, locality="Huế")]) == fault
