"""Beside figures: quotes that are none, addresses, and talk of other things."""

from dataclasses import replace

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
        ("Kế hoạch ghi ‘mục tiêu là mọi hộ dân dùng ví điện tử’ [1].", "quote"),
        ("Hue's plan: 35% of the city’s households [1].", None),
        # What the model was told, and what states nothing
        ("<answer>Huế đặt mục tiêu 35% hộ dân dùng ví điện tử.</answer> [1]", "foreign"),
        ("Huế đặt mục tiêu 35% hộ dân dùng ví điện tử [1].</answer>", "foreign"),
        ("Làm sao để 35% hộ dân ở Huế dùng ví điện tử? [1]", "foreign"),
        ("Ở Huế, mục tiêu là < 50% hộ dân có ví điện tử [1].", None),
        # A place or a person of whom nothing is said
        ("Đà Nẵng cũng đặt mục tiêu về ví điện tử cho hộ dân [1].", "name"),
        ("Hanoi also aims for 35% of households [1].", "name"),
        ("Ông Trần Văn Bình đặt mục tiêu 35% hộ dân ở Huế dùng ví điện tử [1].", "name"),
        ("Thành phố Huế đặt mục tiêu 35% hộ dân dùng ví điện tử [1].", None),
        ("Mục tiêu của Thừa Thiên Huế là 35% hộ dân dùng ví điện tử [1].", None),
        # An aim told as reached
        ("Huế đã đạt 35% hộ dân dùng ví điện tử [1].", "aim"),
        ("Ở Huế, 35% hộ dân đã dùng ví điện tử [1].", "aim"),
        ("Hue has reached 35% of households [1].", "aim"),
        ("Hue will have 35% of households use e-wallets [1].", None),
        ("Huế sẽ có 35% hộ dân dùng ví điện tử [1].", None),
        # What is said, denied
        ("Huế không đặt mục tiêu 35% hộ dân dùng ví điện tử [1].", "denial"),
        ("Huế chưa đặt mục tiêu nào về ví điện tử cho hộ dân [1].", "denial"),
        ("Hue does not aim at 35% of households [1].", "denial"),
        ("Hue's aim is no less than 35% of households [1].", None),
        ("Mục tiêu của Huế là không dưới 35% hộ dân dùng ví điện tử [1].", None),
    ],
)
def test_a_sentence_speaks_of_what_it_cites(sentence: str, fault: str | None) -> None:
    assert fault_of(sentence, [make_citation(HELD, locality="Huế")]) == fault


REACHED = "Đến hết năm 2023, Huế đã có 35% hộ dân dùng ví điện tử, còn 9 xã chưa có sóng."


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Huế đặt mục tiêu 35% hộ dân dùng ví điện tử [1].", "aim"),
        ("Huế phấn đấu để 35% hộ dân dùng ví điện tử [1].", "aim"),
        ("Hue aims for 35% of households [1].", "aim"),
        ("Tính đến hết năm 2023, 35% hộ dân ở Huế có ví điện tử [1].", None),
        ("Chưa có sóng là 9 xã, còn 35% hộ dân có ví điện tử [1].", None),
    ],
)
def test_what_was_reached_is_not_told_as_an_aim(sentence: str, fault: str | None) -> None:
    assert fault_of(sentence, [make_citation(REACHED, locality="Huế")]) == fault


def test_what_a_quote_stands_under_says_that_it_is_an_aim() -> None:
    item = "Có 35% hộ dân dùng ví điện tử."
    citation = make_citation(item, locality="Huế")
    under = replace(citation, passage=replace(citation.passage, heading=("Mục tiêu đến năm 2025",)))
    sentence = "Huế đã đạt 35% hộ dân dùng ví điện tử [1]."
    assert (fault_of(sentence, [citation]), fault_of(sentence, [under])) == (None, "aim")
