import unicodedata

import pytest

from ingest.text import (
    LEGAL_NUMBER,
    fold,
    folded_tokens,
    has_marks,
    index_form,
    normalise,
    tokens,
    with_pairs,
    words,
)

SENTENCE = "Đề án đẩy mạnh ứng dụng chữ ký số tại Thừa Thiên Huế"


def test_composed_and_decomposed_text_are_stored_alike() -> None:
    decomposed = unicodedata.normalize("NFD", SENTENCE)
    assert decomposed != SENTENCE
    assert normalise(decomposed) == SENTENCE
    assert unicodedata.is_normalized("NFC", normalise(decomposed))


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("một\r\nhai\r\n", "một\nhai\n"),
        ("một\rhai", "một\nhai"),
        ("một\nhai", "một\nhai"),
        ("\r\n\r\nhai", "\n\nhai"),
        ("\ufeffmột", "một"),
        ("\ufeff\ufeffmột", "một"),
        ("m\u00f4\u0323t", "một"),
    ],
)
def test_line_ends_and_byte_order_marks_do_not_reach_the_stored_text(
    written: str, stored: str
) -> None:
    assert normalise(written) == stored


@pytest.mark.parametrize(
    ("extracted", "meant"),
    [
        ("nhà nƣớc", "nhà nước"),
        ("NHÀ NƢỚC", "NHÀ NƯỚC"),
        ("hƣớng dẫn dùng phƣơng tiện số", "hướng dẫn dùng phương tiện số"),
        ("\u01a3\u0303", "ữ"),
        ("đường Ƣng Văn Khiêm", "đường Ưng Văn Khiêm"),
    ],
)
def test_the_letter_oi_of_bad_extraction_becomes_u_with_horn(extracted: str, meant: str) -> None:
    assert normalise(extracted) == meant


def test_normalising_twice_changes_nothing() -> None:
    once = normalise("\ufeffNHÀ NƢỚC\r\n" + unicodedata.normalize("NFD", SENTENCE))
    assert normalise(once) == once


@pytest.mark.parametrize(
    ("marked", "folded"),
    [
        ("Đắk Lắk", "Dak Lak"),
        ("đường đi đến đích", "duong di den dich"),
        ("ĐỒNG THÁP", "DONG THAP"),
        ("ưỡn ẹo, ngoằn ngoèo", "uon eo, ngoan ngoeo"),
        ("Kỹ năng số: 75,5%", "Ky nang so: 75,5%"),
        ("plain text", "plain text"),
        ("", ""),
    ],
)
def test_folding_takes_away_marks_and_nothing_else(marked: str, folded: str) -> None:
    assert fold(marked) == folded
    assert fold(unicodedata.normalize("NFD", marked)) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize("text", ["đ", "Đ", "hà", "tỉnh", "cafe và trà"])
def test_text_with_any_mark_is_known_as_marked(text: str) -> None:
    assert has_marks(text)
    assert has_marks(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", ["", "chuyen doi so", "30% GRDP, 4098/QD-UBND?", "12–15"])
def test_text_without_marks_is_known_as_unmarked(text: str) -> None:
    assert not has_marks(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("hoá", "hóa"),
        ("uỷ", "ủy"),
        ("HOÀ", "hòa"),
        ("Thuỷ", "THỦY"),
        ("qúy", "quý"),
    ],
)
def test_tone_placement_and_case_do_not_tell_tokens_apart(first: str, second: str) -> None:
    assert index_form(first) == index_form(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("hoa", "hóa"),
        ("hoa", "hòa"),
        ("hóa", "hòa"),
        ("thủ", "thu"),
        ("so", "sô"),
        ("sô", "số"),
        ("đo", "do"),
        ("tư", "tu"),
        ("ăn", "ân"),
        ("bảo", "bão"),
        ("mạ", "mà"),
    ],
)
def test_tones_and_letters_do_tell_tokens_apart(first: str, second: str) -> None:
    assert index_form(first) != index_form(second)


def test_the_index_form_is_the_same_for_decomposed_letters() -> None:
    assert index_form(unicodedata.normalize("NFD", "chuyển")) == index_form("chuyển")


LEGAL = [
    "4098/QĐ-UBND",
    "57-NQ/TW",
    "20/2023/QH15",
    "11/2024/NQ-HĐND",
    "18-NQ/TU",
    "27-NQ/TƯ",
    "66.22/2026/NQ-CP",
    "05/CT-TTg",
    "142/TTr-UBND",
    "13/2023/NĐ-CP",
    "17/2020/TT-BTTTT",
]


@pytest.mark.parametrize("number", LEGAL)
def test_a_legal_document_number_is_one_token_and_gives_its_parts(number: str) -> None:
    found = tokens(f"Căn cứ văn bản số {number}, đơn vị báo cáo.")
    whole = index_form(number)
    assert whole in found
    at = found.index(whole)
    parts = [index_form(part) for part in number.replace("-", "/").split("/")]
    assert found[at + 1 : at + 1 + len(parts)] == parts


@pytest.mark.parametrize("number", LEGAL)
def test_a_legal_document_number_is_found_whole_wherever_it_stands(number: str) -> None:
    for text in (number, f"({number})", f"số {number}.", f"số:{number};", f"“{number}”"):
        assert [match.group() for match in LEGAL_NUMBER.finditer(text)] == [number]


@pytest.mark.parametrize(
    "number", ["942/ QĐ-TTg", "942 /QĐ-TTg", "57 - NQ/TW", "57-nq/tw", "4098/qđ-ubnd", "9/qd-ubnd"]
)
def test_a_legal_document_number_is_found_when_spaced_or_typed_small(number: str) -> None:
    assert [match.group() for match in LEGAL_NUMBER.finditer(f"theo {number} thì")] == [number]


@pytest.mark.parametrize(
    "number",
    [
        "12/2022/TT-BTTTT",
        "1012/BTTTT-CĐSQG",
        "24 -NQ/TW",
        "24- NQ/TW",
        "57–NQ/TW",
        "4098/QĐ- UBND",
        "4098/QĐ -UBND",
        "4098/QĐ-\nUBND",
        "13/2023/ NĐ-CP",
        "37 /2019/TT-BCT",
        "30a/2008/NQ-CP",
        "24-CP",
        "100/HĐBT",
        "41-QĐi/TW",
        "09-CTrHĐ/TU",
        "10/2012/L-CTN",
        "23-L/CTN",
        "35/2018/UBTVQH14",
        "05/2015/TTLT-BTP-BTC",
        "26/2009/TTLT/BTC-BTTTT",
        "1234/BNNPTNT-KTHT",
        "103-SL/L005",
        "01/VBHN-VPQH",
        "4098/qd-ubnd",
        "942/ qd-ttg",
        "18-nq/tw",
        "1012/btttt-cdsqg",
        "20/2023/qh15",
        "4098/Qđ-ubnd",
        "57-Nq/Tw",
    ],
)
def test_the_forms_that_officials_and_citizens_write_are_found_whole(number: str) -> None:
    assert [match.group() for match in LEGAL_NUMBER.finditer(f"theo số {number} thì")] == [number]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("239/KH-UBND - Ban hành", ["239/KH-UBND"]),
        ("239/KH-UBND- Ban hành", ["239/KH-UBND"]),
        ("57-NQ/TW - UBND thành phố", ["57-NQ/TW"]),
        (
            "18-NQ/TU, 239/KH-UBND và 07/2023/NQ-HĐND",
            ["18-NQ/TU", "239/KH-UBND", "07/2023/NQ-HĐND"],
        ),
    ],
)
def test_a_legal_document_number_ends_before_the_words_that_follow(
    text: str, numbers: list[str]
) -> None:
    assert [match.group() for match in LEGAL_NUMBER.finditer(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "QCVN 6:2010/BYT",
        "QCVN 02 - 24: 2017/BNNPTNT",
        "giá 50/USD",
        "tổ 12/A",
        "số 3/TP.HCM",
        "trực 24/7",
        "máy F-16",
        "12/7/1 Lý Thường Kiệt",
        "ngày 6-9-2021",
        "24/63 tỉnh",
        "năm 2025 - UBND thành phố",
        "giai đoạn 2021 - 2025 - TP. Huế",
        "khoảng 2 - 3 khu",
        "24/7",
        "10 km/h",
        "mức 3/bậc",
        "abc4098/QĐ-UBNDx",
    ],
)
def test_what_only_looks_like_a_legal_document_number_is_none(text: str) -> None:
    assert not LEGAL_NUMBER.search(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kinh tế số!", ["Kinh", "tế", "số"]),
        ("12,8 tỷ; 5.212.287", ["12,8", "tỷ", "5.212.287"]),
        ("tăng 17,17%", ["tăng", "17,17", "%"]),
        ("hạng 24/63.", ["hạng", "24/63"]),
        ("a_b – c", ["a", "b", "c"]),
        ("mỗi năm 12/nghiêng", ["mỗi", "năm", "12", "nghiêng"]),
        ("", []),
        ("… – !", []),
    ],
)
def test_words_are_syllables_and_whole_figures_as_written(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_words_of_decomposed_text_are_whole_syllables() -> None:
    assert words(unicodedata.normalize("NFD", "đổi mới sáng tạo")) == ["đổi", "mới", "sáng", "tạo"]


def test_tokens_are_lower_case_and_keep_figures_whole() -> None:
    assert tokens("GRDP 12,8 Tỷ") == ["grdp", "12,8", index_form("tỷ")]


def test_a_rank_gives_its_two_numbers_as_well() -> None:
    assert tokens("24/63") == ["24/63", "24", "63"]


def test_folded_tokens_are_the_same_with_and_without_marks() -> None:
    assert folded_tokens(SENTENCE) == folded_tokens(fold(SENTENCE))
    assert folded_tokens("Đổi mới") == ["doi", "moi"]


def test_pairs_join_neighbours_and_keep_the_syllables_first() -> None:
    assert with_pairs(["kinh", "tế", "số"]) == ["kinh", "tế", "số", "kinh tế", "tế số"]


@pytest.mark.parametrize("few", [[], ["số"]])
def test_fewer_than_two_syllables_have_no_pairs(few: list[str]) -> None:
    assert with_pairs(few) == few


def test_a_place_to_cut_inside_a_figure_goes_and_between_words_stays() -> None:
    assert normalise("đạt 45\u00ad,5\u200b% của 1.\u2060250 hộ") == "đạt 45,5% của 1.250 hộ"
    kept = "chuyển\u00adđổi 5\u200b hộ"
    assert normalise(kept) == kept
