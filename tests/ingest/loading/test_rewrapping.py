import textwrap

import pytest

from ingest.loading.rewrapping import begins_item, join_soft_breaks

PROSE = (
    "Trong quý này phòng đã phối hợp với các xã để rà soát từng bộ thủ tục, sau đó gửi phiếu hỏi "
    "đến những người vừa nộp hồ sơ nhằm biết họ chờ bao lâu và còn vướng ở bước nào. Kết quả cho "
    "thấy phần lớn người dân đã quen với việc nộp hồ sơ qua mạng, nhưng nhiều cụ già vẫn nhờ con "
    "cháu làm thay; vì vậy mỗi thôn cần một người đến tận nhà để hướng dẫn."
)


def wrapped(text: str, width: int = 74) -> str:
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))


@pytest.mark.parametrize("width", [60, 74, 88, 100])
def test_wrapped_paragraphs_are_joined_and_no_offset_changes(width: int) -> None:
    text = f"{wrapped(PROSE, width)}\n\n{wrapped(PROSE, width)}\n"
    joined = join_soft_breaks(text)
    assert joined == f"{PROSE}\n\n{PROSE}\n"
    assert len(joined) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PROSE,
        f"{PROSE}\n{PROSE}\n{PROSE}",
        f"Một tiêu đề ngắn\n{PROSE}\nMột tiêu đề khác\n{PROSE}",
        "Mục tiêu\n- Có mạng\n- có loa\n- Có sổ\n",
        "một\nhai\nba\nbốn\nnăm\nsáu",
        "Họ tên: A\nsố nhà: 1\nđường: Hai\nphường: Ba\n" * 3,
    ],
)
def test_text_of_one_paragraph_a_line_is_not_changed(text: str) -> None:
    assert join_soft_breaks(text) == text


def test_items_headings_and_tables_stay_apart_in_wrapped_text() -> None:
    apart = [
        "I. KẾT QUẢ",
        "1. Việc đã làm",
        "- Phòng đã mở ba lớp cho cán bộ thôn và hai lớp cho các tổ trưởng",
        "- Các xã đã lắp xong loa thông minh ở những thôn xa trung tâm nhất",
        "a) Xã thứ nhất có đủ máy tính cho bộ phận một cửa từ tháng trước;",
        "| Xã | Số hồ sơ | Đúng hạn |",
        "Xã thứ hai      120      118",
        "12",
        "https://example.invalid/bao-cao",
        "Bảng 1. Số hồ sơ",
    ]
    text = f"{wrapped(PROSE)}\n" + "\n".join(apart) + f"\n{wrapped(PROSE)}"
    assert join_soft_breaks(text) == f"{PROSE}\n" + "\n".join(apart) + f"\n{PROSE}"


def test_a_name_at_the_start_of_a_line_goes_on_with_a_full_line() -> None:
    text = PROSE.replace("những người vừa", "những cán bộ của Trung tâm Phục vụ vừa")
    for width in range(66, 90, 2):
        joined = join_soft_breaks(wrapped(text, width))
        # A line that ends a sentence may stay one: no sentence is cut by it.
        assert all(line.endswith(".") for line in joined.split("\n"))
        assert joined.replace("\n", " ") == text


def test_an_indented_line_begins_a_paragraph() -> None:
    text = "\n".join(f"    {wrapped(PROSE)}" for _ in range(3))
    assert join_soft_breaks(text) == "\n".join(f"    {PROSE}" for _ in range(3))


def test_what_stands_before_the_start_is_kept() -> None:
    front = "---\ntitle: a\nlocality: b\n---\n"
    assert join_soft_breaks(front + wrapped(PROSE), len(front)) == front + PROSE


@pytest.mark.parametrize(
    ("line", "follows", "expected"),
    [
        ("phát triển kinh tế", "- xã hội của xã", False),
        ("gồm các việc:", "- xã hội hóa", True),
        ("phát triển kinh tế", "- Xã hội của xã", True),
        ("theo khoản 2 của", "Điều 12 Luật này", False),
        ("theo khoản 2 của", "Điều 12.", False),
        ("QUY ĐỊNH CHUNG", "Điều 12. Phạm vi", True),
        ("hết câu.", "Điều 12 được sửa", True),
        ("văn bản số", "51/2005/QH11", False),
        ("văn bản số", "2. Việc thứ hai", True),
        ("từ năm", "2.500 hồ sơ", False),
        ("một dòng", "15", True),
    ],
)
def test_what_begins_an_item(line: str, follows: str, expected: bool) -> None:
    assert begins_item(line, follows) is expected
