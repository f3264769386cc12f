"""Numbers of persons are hidden; numbers of documents, figures and dates never."""

import unicodedata

import pytest

from app.privacy import HIDDEN_ADDRESS, HIDDEN_NUMBER, abridged, mask, unabridged, unmasked
from ingest.text import has_marks, words

N, A = HIDDEN_NUMBER, HIDDEN_ADDRESS


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("CCCD của tôi là 001099012345", f"CCCD của tôi là {N}"),
        ("tôi 031088001234 muốn nộp hồ sơ", f"tôi {N} muốn nộp hồ sơ"),
        ("số căn cước 001 099 012 345 thì sao", f"số căn cước {N} thì sao"),
        ("số căn cước 001.099.012.345", f"số căn cước {N}"),
        ("0010 9901 2345 là căn cước của em", f"{N} là căn cước của em"),
        ("001-099-012-345", N),
        ("căn cước công dân: 123456789012", f"căn cước công dân: {N}"),
        ("CMND 012345678 hết hạn", f"CMND {N} hết hạn"),
        ("chứng minh nhân dân số 123 456 789", f"chứng minh nhân dân số {N}"),
        ("so chung minh 123456789 cua toi", f"so chung minh {N} cua toi"),
        ("cmt 123456789", f"cmt {N}"),
        ("my ID card 079123456789", f"my ID card {N}"),
        ("hộ chiếu C1234567 của tôi", f"hộ chiếu {N} của tôi"),
        ("Gọi tôi 0912345678", f"Gọi tôi {N}"),
        ("0912 345 678", N),
        ("0912.345.678 nhé", f"{N} nhé"),
        ("0912-345-678", N),
        ("091 234 5678", N),
        ("0912 34 56 78", N),
        ("098 765 4321?", f"{N}?"),
        ("0356.123.456, cảm ơn", f"{N}, cảm ơn"),
        ("+84912345678", N),
        ("+84 912 345 678", N),
        ("+84 91 234 56 78", N),
        ("(+84) 912345678", N),
        ("0084 912 345 678", N),
        ("84912345678", N),
        ("01234567890", N),
        ("sđt 09 1234 5678", f"sđt {N}"),
        ("so dien thoai: 0 912 345 678", f"so dien thoai: {N}"),
        ("nhà tôi 024 3825 3536", f"nhà tôi {N}"),
        ("(024) 3825 3536", N),
        ("(0225) 384 2123", N),
        ("02438253536", N),
        ("024.38253536", N),
        ("+84 24 3825 3536", N),
        ("gửi vào an.nguyen+1@example.com.vn nhé", f"gửi vào {A} nhé"),
        ("Email: a_b@mail.vn.", f"Email: {A}."),
        ("stk 19001234567 ngân hàng", f"stk {N} ngân hàng"),
        ("số tài khoản của tôi là 0011 0022 3344 5", f"số tài khoản của tôi là {N}"),
        ("tài khoản ngân hàng 123456789", f"tài khoản ngân hàng {N}"),
        ("số thẻ 9704 3612 3456 7890", f"số thẻ {N}"),
        ("bank account 123456789012", f"bank account {N}"),
        ("mã BHXH 0123456789", f"mã BHXH {N}"),
        ("CCCD 001099012345 và sđt 0912345678", f"CCCD {N} và sđt {N}"),
        ("001099012345; 0912345678; x@y.vn", f"{N}; {N}; {A}"),
    ],
)
def test_a_persons_number_or_address_is_hidden(typed: str, shown: str) -> None:
    assert mask(typed) == shown


UNTOUCHED = [
    "Quyết định 4098/QĐ-UBND",
    "Nghị quyết 57-NQ/TW",
    "Luật 20/2023/QH15",
    "Nghị định 66.22/2026/NĐ-CP",
    "văn bản số 0912345678/UBND-VX",
    "5.212.287 tài khoản",
    "số tài khoản là 5.212.287",
    "số tài khoản định danh đạt 12.345.678",
    "12,8 tỷ đồng",
    "1.234.567.890.123 đồng",
    "vốn 150000000000 đồng",
    "123456789012",
    "tổng 123456789 người",
    "ngày 27/9/2023",
    "09.08.2024",
    "từ 01-02-2023 đến 03-04-2024",
    "tháng 07 2025 2026",
    "giai đoạn 2021-2025, 2026-2030",
    "0,912345678",
    "0.123456789 điểm",
    "năm 2023 2024 2025",
    "tài khoản mở năm 2023 2024 2025",
    "tổng đài 1900 1234",
    "đường dây nóng 18001091",
    "24/63 tỉnh",
    "7%; 17,17%; 3,5 điểm",
    "mã 1.2.3.4.5",
    "QCVN 6:2010/BYT",
    "căn cước công dân của 900.000 người",
    "căn cước đã cấp 85000000 thẻ",
    "điện thoại 5G có 2000 trạm",
    "số điện thoại là gì?",
    "@hanoi và a@b",
    "địa chỉ thư điện tử của sở là gì?",
    "",
]


@pytest.mark.parametrize("typed", UNTOUCHED)
def test_documents_figures_and_dates_are_left_alone(typed: str) -> None:
    assert mask(typed) == typed


def test_hiding_again_changes_nothing() -> None:
    once = mask("CCCD 001099012345, 0912345678, x@y.vn")
    assert mask(once) == once


def test_decomposed_letters_do_not_hide_the_word_before_a_number() -> None:
    typed = unicodedata.normalize("NFD", "số căn cước 123456789012")
    assert mask(typed) == unicodedata.normalize("NFD", "số căn cước ") + N


def test_what_was_hidden_is_no_word_of_the_question() -> None:
    assert unmasked(f"gọi {N} nhé").split() == ["gọi", "nhé"]


def test_a_sign_for_what_was_hidden_bears_no_marks_and_is_shown_as_words() -> None:
    masked = f"goi {N} hoac {A}"
    assert not has_marks(abridged(masked))
    assert words(abridged(masked)) == ["goi", "hoac"]
    assert unabridged(abridged(masked)) == masked
