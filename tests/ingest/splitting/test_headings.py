import pytest

from ingest.documents import Cell, Dropped, Heading, TableRow
from ingest.loading.loaded import LoadedFile
from ingest.splitting.headings import find_headings

BODY = (
    "Nội dung của phần này được viết dài hơn hẳn dòng tên ở trên để không ai nhầm là tên mục. " * 2
).strip()


def headings(text: str, *dropped: Dropped) -> tuple[Heading, ...]:
    return find_headings(LoadedFile(text), dropped)


def outline(text: str) -> list[tuple[int, str]]:
    return [(item.level, item.text) for item in headings(text)]


# "=" before a line: a heading, as many "=" as its level; "BODY" is a paragraph of prose.
@pytest.mark.parametrize(
    "marked",
    [
        # legal documents
        "=Chương I\n==Mục 1. QUY ĐỊNH CHUNG\n===Điều 1. Phạm vi điều chỉnh\nBODY\n"
        "===Điều 2. Đối tượng áp dụng\nBODY\n==Mục 2\n===Điều 3. Giải thích từ ngữ\nBODY\n"
        "=CHƯƠNG II TỔ CHỨC THỰC HIỆN\n==Điều 4. Trách nhiệm\nBODY",
        "=Phần thứ nhất\n==Chương I. Chung\n===Điều 1. Phạm vi\nBODY\n"
        "=Phần thứ hai\n==Điều 9. Vốn\nBODY",
        "=Điều 3. Trách nhiệm thi hành\n==Khoản 1. Sở Tài chính\nBODY\n==Khoản 2. Sở Nội vụ\nBODY",
        "=Điều 3.1.NĐ.2. Phạm vi\nBODY\n=Điều 3.1.TT.4.15. Xếp loại\nBODY",
        "=Phụ lục II\n==I. MẪU PHIẾU\nBODY\n==II. CÁCH GHI\nBODY",
        # plans and reports
        "=I. MỤC TIÊU\n==1. Mục tiêu chung\nBODY\n==2. Mục tiêu cụ thể\n"
        "===a) Chính quyền số\nBODY\n===b) Kinh tế số\nBODY\n=II. NHIỆM VỤ\n"
        "==1. Hạ tầng\nBODY\n==2. Dữ liệu\nBODY",
        "=I- QUAN ĐIỂM\nBODY\n=II- MỤC TIÊU\n==1- Tổng quát\nBODY\n==2- Cụ thể\n"
        "===2.1- Xã hội số\nBODY\n===2.2- Hạ tầng\nBODY",
        "=A. THỰC TRẠNG\n==I. Kết quả\nBODY\n==II. Hạn chế\nBODY\n"
        "=B. GIẢI PHÁP\n==I. Thể chế\nBODY\n==II. Nguồn lực\nBODY",
        "=1. Thực trạng\n==1.1. Hạ tầng\nBODY\n==1.2. Dữ liệu\nBODY\n=2. Giải pháp\nBODY",
        "=1. Thực trạng\n==1.1 Hạ tầng\n===1.1.1 Mạng\nBODY\n===1.1.2 Máy chủ\nBODY\n"
        "=2. Giải pháp\nBODY",
        "=I/ MỤC ĐÍCH\nBODY\n=II/ YÊU CẦU\nBODY",
        "=I. MỤC TIÊU ĐẾN NĂM 2025\nBODY\n=II. MỤC TIÊU ĐẾN NĂM 2030\nBODY",
        "=1. Mục tiêu:\n- 80% hồ sơ nộp qua mạng.\n=2. Nhiệm vụ:\n- Mở lớp kỹ năng số.",
        # Markdown and press articles
        "=# Đề án\nBODY\n==## Hạ tầng ##\nBODY\n===### Mạng\nBODY\n==## Dữ liệu\nBODY",
        "=**Kết quả bước đầu**\nBODY\n==**Việc cần làm**\nBODY",
        "=Kế hoạch dữ liệu mở\nBODY\n==Tên mục thứ hai\nBODY\nMột câu ngắn.\nBODY",
        "=Chuyển đổi số ở một xã vùng cao\nBODY\n==Đặt vấn đề\nBODY\n==1. Thực trạng\nBODY\n"
        "==2. Giải pháp\nBODY\n==Kết luận\nBODY",
        "BODY\n\n=* Xây dựng xã thông minh\nBODY\n\n=* Học kỹ năng số\nBODY",
        "=Tên bài báo\nBODY\n==TÓM TẮT:\nBODY\n==1. Thực trạng\nBODY\n==2. Giải pháp\nBODY",
        # capitals
        "=MỘT SỐ KẾT QUẢ\nBODY\n=VIỆC CẦN LÀM\nBODY".replace("=VIỆC", "==VIỆC"),
        "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBODY",
    ],
)
def test_headings_nest_as_their_marks_say(marked: str) -> None:
    lines = [line.replace("BODY", BODY) for line in marked.split("\n")]
    expected = []
    for line in lines:
        level = len(line) - len(line.lstrip("="))
        if level:
            expected.append((level, line.lstrip("=").strip("#* :")))
    assert outline("\n".join(line.lstrip("=") for line in lines)) == expected


# What names no part: the whole text has no heading.
@pytest.mark.parametrize(
    "text",
    [
        f"Điều 5 của Luật này quy định về dữ liệu mở\n{BODY}",
        f"Chương trình mục tiêu của thành phố được duyệt.\n{BODY}",
        f"Phần mềm dùng chung đã chạy.\n{BODY}",
        f"i. xây dựng nền tảng dùng chung\n{BODY}",
        f"Mục tiêu của thành phố rất rõ.\n{BODY}",
        # list items, cells, captions, verse
        f"- gạch đầu dòng\n{BODY}",
        f"| ô | ô\n{BODY}",
        f"Danh sách:\n{BODY}",
        f"• ô\n{BODY}",
        "chữ " * 30 + f"\n{BODY}",
        f"{BODY}\nHồ sơ gồm:\nĐơn đề nghị\nBản sao giấy phép\n{BODY}",
        f"{BODY}\nHồ sơ gồm:\nĐơn đề nghị cấp phép\n{BODY}",
        f"{BODY}\nSTT\nChỉ tiêu\nTỷ lệ hồ sơ trực tuyến\n{BODY}",
        f"{BODY}\nTrăng lên đầu núi\nNgười ngồi bên sông\nNghe mùa nước nổi\n{BODY}",
        f"{BODY}\nBảng 2: Tỷ lệ hồ sơ theo xã\n{BODY}",
        f"{BODY}\nẢnh: Văn phòng xã\n{BODY}",
        f"{BODY}\nLê Thị Minh Hà\n{BODY}",
        f"{BODY}\nThứ năm, 15/10/2020\n{BODY}",
        f"{BODY}\nKinh tế số đạt 30% sản phẩm\n{BODY}",
        # numbered sentences, targets and items
        "1. Nghị định này quy định về dữ liệu.\n2. Nghị định này không quy định về mạng.",
        "1. Kinh tế số đạt 30%\n2. Xã hội số đạt 50%",
        "1. Đơn đề nghị\n2. Bản sao giấy phép\n3. Ảnh thẻ",
        f"a) Đơn đề nghị;\nb) Bản sao giấy phép;\nc) Ảnh thẻ.\n{BODY}",
        f"{BODY}\n5. Hạ tầng số\n{BODY}",
        f"Thứ hai, ngày 5/6/2023, xã họp.\n{BODY}",
        f"Một là chưa đủ, phải có hai.\n{BODY}",
        # the head and the foot of official documents
        f"ỦY BAN NHÂN DÂN\nXÃ ĐÔNG SƠN\nSố: 12/KH-UBND\nĐông Sơn, ngày 3 tháng 4 năm 2023\n{BODY}",
        f"{BODY}\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Bình",
        f"{BODY}\nQUYẾT ĐỊNH:\n{BODY}",
    ],
)
def test_a_line_of_the_body_is_no_heading(text: str) -> None:
    assert outline(text) == []


def test_the_kind_and_the_name_of_a_legal_document_are_one_heading() -> None:
    text = (
        "ỦY BAN NHÂN DÂN XÃ ĐÔNG SƠN\nSố: 12/KH-UBND\n\nKẾ HOẠCH\n\nPhát triển dữ liệu mở của xã,\n"
        f"giai đoạn 2023 - 2025\n\nCăn cứ Luật Giao dịch điện tử;\n\nI. MỤC TIÊU\n{BODY}\n"
        f"II. NHIỆM VỤ\n{BODY}\n\nPHỤ LỤC\nDanh mục dữ liệu\n{BODY}"
    )
    assert outline(text) == [
        (1, "KẾ HOẠCH Phát triển dữ liệu mở của xã, giai đoạn 2023 - 2025"),
        (2, "I. MỤC TIÊU"),
        (2, "II. NHIỆM VỤ"),
        (1, "PHỤ LỤC Danh mục dữ liệu"),
    ]


def test_the_number_of_a_part_and_the_name_below_it_are_one_heading() -> None:
    text = f"Chương I\nNHỮNG QUY ĐỊNH CHUNG\nMục 1\nQuy định về xã\nĐiều 1. Phạm vi\n{BODY}"
    assert outline(text) == [
        (1, "Chương I NHỮNG QUY ĐỊNH CHUNG"),
        (2, "Mục 1 Quy định về xã"),
        (3, "Điều 1. Phạm vi"),
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Điều 3. Quyết định này có hiệu lực kể từ ngày ký.", "Điều 3"),
        ("Điều 3. Phạm vi : 1. Nghị quyết này nói về dữ liệu.", "Điều 3. Phạm vi"),
        ("Điều 3. Phạm vi áp dụng 1. Nghị quyết này nói về dữ liệu.", "Điều 3. Phạm vi áp dụng"),
        ("II. MỤC TIÊU: đến năm 2025 đạt 80%", "II. MỤC TIÊU"),
        ("II. Kinh tế số chiếm 20% GRDP của xã.", "II. Kinh tế số chiếm…"),
        ("II. Mở rộng mạng. Việc này làm ngay.", "II. Mở rộng mạng"),
        (
            "II. Tăng cường đào tạo kỹ năng số cho cán bộ cấp xã, trong đó chú trọng người đứng "
            "đầu các cơ quan, đơn vị và tổ công nghệ số.",
            "II. Tăng cường đào tạo kỹ năng số cho cán bộ cấp xã…",
        ),
    ],
)
def test_only_a_short_name_of_a_provision_or_target_goes_into_the_path(
    line: str, name: str
) -> None:
    other = "Điều {}. Tên gọi" if line.startswith("Điều") else "{}. TÊN GỌI"
    numbers = ("2", "4") if line.startswith("Điều") else ("I", "III")
    text = f"{other.format(numbers[0])}\n{BODY}\n{line}\n{other.format(numbers[1])}\n{BODY}"
    found = headings(text)
    assert [item.text for item in found] == [
        other.format(numbers[0]),
        name,
        other.format(numbers[1]),
    ]
    assert text[found[1].start : found[1].end] == name.rstrip("…")


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("Một là, hoàn thiện thể chế. Việc này cần làm sớm.", "Hai là, đào tạo.", 0),
        ("Thứ nhất, hoàn thiện thể chế. Việc này cần làm sớm.", "Thứ hai, đào tạo.", 0),
        ("- Thứ nhất, hoàn thiện thể chế. Việc này cần làm sớm.", "- Thứ hai, đào tạo.", 2),
        ("Thứ ba: hoàn thiện thể chế. Việc này cần làm sớm.", "Thứ tư: đào tạo.", 0),
    ],
)
def test_sentences_that_count_open_parts(first: str, second: str, name: int) -> None:
    found = headings(f"Bài viết nêu hai việc.\n{first}\n{second}")
    assert [item.text for item in found] == [
        first[name:].split(".")[0],
        second[name:].rstrip("."),
    ]


def test_what_is_dropped_or_stands_in_a_table_is_no_heading() -> None:
    text = f"Chia sẻ bài viết\n{BODY}\nI. MỤC TIÊU\n{BODY}\nII. BẢNG BIỂU\n{BODY}\nIII. VỐN\n{BODY}"
    row = text.index("II. BẢNG")
    loaded = LoadedFile(text, rows=(TableRow(row, row + 12, (Cell(row, row + 12),)),))
    found = find_headings(loaded, (Dropped(0, 16, "share button"),))
    assert [item.text for item in found] == ["I. MỤC TIÊU", "III. VỐN"]


def test_a_dropped_line_parts_no_heading_from_its_prose() -> None:
    text = f"{BODY}\nNgười dân đến nộp hồ sơ. Ảnh: T.A\nHạ tầng số của xã\n{BODY}"
    start = text.index("Người dân")
    found = headings(text, Dropped(start, text.index("\nHạ tầng"), "caption"))
    assert [item.text for item in found] == ["Hạ tầng số của xã"]


def test_the_parts_of_a_quoted_law_are_not_those_of_the_text() -> None:
    text = (
        "Điều 1. Sửa đổi Luật\n1. Sửa đổi Điều 8 như sau:\n“Điều 8. Kiểm tra\n1. Rõ.\n"
        f"{BODY}”.\n2. Sửa đổi Điều 9 như sau:\n“Điều 9. Báo cáo\n{BODY}”.\n"
        f"Điều 2. Thi hành\n{BODY}"
    )
    assert outline(text) == [
        (1, "Điều 1. Sửa đổi Luật"),
        (2, "1. Sửa đổi Điều 8 như sau"),
        (2, "2. Sửa đổi Điều 9 như sau"),
        (1, "Điều 2. Thi hành"),
    ]


def test_headings_are_sought_in_the_body_only() -> None:
    front = "---\n# Không phải\n---\n"
    loaded = LoadedFile(f"{front}# Tên\n\n{BODY}", body_start=len(front))
    assert [item.text for item in find_headings(loaded, ())] == ["Tên"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n \t\n"])
def test_white_space_holds_no_heading(text: str) -> None:
    assert headings(text) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Điều 1\n" * 50_000, 50_000),
        ("1. Tên\n" * 50_000, 0),
        ("I. TÊN\nChữ dài\n" * 20_000, 20_000),
        ("“mở\n" * 50_000, 0),
        ("TÊN HOA\n" * 50_000, 0),
        ("Một là, x. y\n" * 20_000, 0),
        ("QUYẾT ĐỊNH\n" * 20_000, None),
        ("#" * 2_000_000, 0),
        ("x" * 2_000_000, 0),
        ("\n" * 1_000_000 + "x", 0),
    ],
    ids=lambda value: repr(value)[:10],
)
def test_hostile_text_takes_linear_time(text: str, count: int | None) -> None:
    found = headings(text)
    assert count is None or len(found) == count
    assert all(item.start < item.end <= len(text) for item in found)
