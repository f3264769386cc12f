"""Names in a sentence: of persons, bodies, titles and things."""

import pytest

from app.names import foreign_names, organisations, persons, phrase_from, proper_names, titles


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bà Trần Thu Mai và ông Lê Văn Bình cùng dự.", ["Trần Thu Mai", "Lê Văn Bình"]),
        ("Theo Nguyễn Ái, mọi việc đã xong.", ["Nguyễn Ái"]),
        ("Hội thảo số hóa mở ở chợ.", []),
        ("Sở Tài chính lo kinh phí.", []),
        ("Chủ tịch tỉnh ký.", []),
    ],
)
def test_names_of_persons_are_runs_of_capitals_that_no_office_opens(
    text: str, names: list[str]
) -> None:
    assert [text[start:end] for start, end in persons(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Sở Tài nguyên và Môi trường chủ trì, Sở Tài chính lo kinh phí.",
            ["Sở Tài nguyên và Môi trường", "Sở Tài chính"],
        ),
        ("Kế hoạch do UBND tỉnh ban hành.", ["UBND tỉnh"]),
        ("Công ty Sao Biển đã lắp 5 trạm.", ["Công ty Sao Biển"]),
        ("Số hồ sơ tăng nhanh.", []),
        ("Kế hoạch do UBND tỉnh ký.", ["UBND tỉnh"]),
        ("Ở Hải Phòng có chợ hoa.", []),
        ("Phòng Văn hóa ở Hải Phòng lo chợ.", ["Phòng Văn hóa"]),
    ],
)
def test_the_name_of_a_body_ends_where_it_begins_to_act(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in organisations(text)] == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ông Lê Văn Bình, Phó Chủ tịch UBND tỉnh, phát biểu.", ["Phó Chủ tịch UBND tỉnh"]),
        ("Giám đốc Sở Tài chính; Bí thư Thành ủy.", ["Giám đốc Sở Tài chính", "Bí thư Thành ủy."]),
        ("Chợ hoa mở cửa.", []),
    ],
)
def test_titles_go_on_to_the_next_comma(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in titles(text)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Vì sao nhà máy Bluestar ở Hải Phòng dùng robot?", ["Bluestar"]),
        ("Chợ Đông Ba mở cửa khi nào?", ["Đông Ba"]),
        ("Vì sao Huế và Hải Phòng cùng mở chợ?", []),
        ("Chợ hoa mở cửa khi nào?", []),
    ],
)
def test_proper_names_stand_within_a_text_and_are_no_places(text: str, names: list[str]) -> None:
    assert proper_names(text) == names


@pytest.mark.parametrize(
    ("text", "words", "phrase"),
    [
        ("Nhà máy Sao Biển, ở cảng, dùng robot.", "Nhà máy", "Nhà máy Sao Biển"),
        ("Nền tảng bản đồ số được mở năm nay.", "Nền tảng", "Nền tảng bản đồ số"),
        ("Chợ " + "rất " * 30 + "đẹp", "Chợ", "Chợ " + " ".join(["rất"] * 11)),
    ],
)
def test_a_phrase_ends_at_marks_and_verbs_and_is_never_long(
    text: str, words: str, phrase: str
) -> None:
    start, end = phrase_from(text, 0, len(words))
    assert text[start:end] == phrase


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Vì sao bên Nhật thích thuyền giấy?", ["Nhật"]),
        ("Ai sang Mỹ học?", ["Mỹ"]),
        ("Người qua Lào bán gì?", ["Lào"]),
        ("Ở nước Pháp, thuyền giấy ra sao?", ["Pháp"]),
        ("Đường sang Đông Ba ở đâu?", ["Đông Ba"]),
        ("Tàu qua Hàn Quốc chở gì?", ["Hàn Quốc"]),
        ("Thuyền Nhật ở đâu?", []),
        ("Ai sang bên kia sông?", []),
    ],
)
def test_a_country_of_one_syllable_is_a_name_behind_the_words_for_going_there(
    text: str, names: list[str]
) -> None:
    assert proper_names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cần cẩu do Bluestar Techno lắp.", ["Bluestar Techno"]),
        ("Bến mây dùng WeBoat ở bờ tây.", ["WeBoat"]),
        ("Nhóm Northwind và Bluestar cùng lắp.", ["Northwind", "Bluestar"]),
        ("Chợ hoa của làng mở cửa.", []),
        ("Sở Tài chính dùng CNTT.", []),
    ],
)
def test_foreign_names_are_words_of_no_vietnamese_syllables(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in foreign_names(text)] == names
