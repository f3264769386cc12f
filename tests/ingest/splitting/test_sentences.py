import random

import pytest

from ingest.splitting.sentences import divided, sentence_spans

# No line end in it: many of these make one long line.
LONG_LINE = (
    "Phường mở thêm điểm hỗ trợ kỹ năng số cho người cao tuổi. Tỷ lệ hồ sơ trực tuyến đạt 80,5%; "
    "Sở báo cáo theo số 15/KH-UBND, ngày 6-9-2021. "
)


def sentences(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sentence_spans(text)]


def bare(text: str) -> str:
    return "".join(text.split())


# Each "|" stands where one sentence ends and the next begins.
@pytest.mark.parametrize(
    "marked",
    [
        "Sở mở cổng dữ liệu.| Người dân dùng được ngay.",
        "Có nên làm không?| Có!| Làm ngay.",
        "Chương trình đã xong!| 15 xã tham gia.",
        # short forms of titles, names and places
        "UBND TP. Hồ Chí Minh vừa họp.",
        "Đoàn đến TP. Đà Nẵng.| Sau đó về Huế.",
        "Đại biểu TP. HCM phát biểu.",
        "Hội nghị tại TP. Huế có 200 người.",
        "Trạm đặt tại P. Bến Nghé, Q. 1, TP. Thủ Đức.",
        "Thị xã TX. Sơn Tây dẫn đầu.",
        "Đó là kết quả của TP.| Kinh tế số tăng nhanh.",
        "Đó là nỗ lực của TP.| Các đơn vị đều có phần.",
        "...| Trung tâm dữ liệu của TP.| Kinh tế số chiếm một phần ba.",
        "Theo ThS. Trịnh Bình, dữ liệu là tài sản.",
        "Hội thảo có PGS.TS. Lê An và GS.TSKH. Vũ Minh.| Hai người cùng nói.",
        "Theo đ/c Nguyễn An, việc còn chậm.",
        "Bài của Ng. Văn Tám rất hay.",
        "Ông Trần B. Nam phụ trách.",
        "Xem trang No. 5 và tr. 12 của sách.",
        # figures, dates, legal document numbers
        "Theo số 4098/QĐ-UBND, ngày 6-9-2021, vốn là 12,8 tỷ.| Năm sau tăng.",
        "Có 1.000.| Năm nay thêm 200.",
        "Có 1.000 hộ và 2.500 thửa.",
        "Chỉ số đạt 80.| Năm nay phấn đấu 85.",
        "Dịch vụ ở mức độ 4.| Người dân hài lòng.",
        "Xong trong năm 2025.| Đến 2030 mở rộng.",
        "Ký ngày 6.9.2021.| Có hiệu lực ngay.",
        "Họp lúc 8h30.| Mọi người đến đủ.",
        "Đạt 17,17%.| 12 xã vượt.",
        "Căn cứ Luật 20/2023/QH15.| Luật có nhiều điểm mới.",
        "Theo Nghị quyết 57-NQ/TW.| Bộ đã lập kế hoạch.",
        "Truy cập dulieu.gov.vn để tải.| Trang mở cả ngày.",
        # lists and headings
        "Điều 5. Phạm vi áp dụng",
        "1. Thực trạng",
        "1.2. Mục tiêu chung",
        "a. Hạ tầng",
        "a) Hạ tầng.| b) Dữ liệu.",
        "IV. NHIỆM VỤ",
        "Khoản 2. Nội dung chi",
        "Bước 1. Nộp hồ sơ.| Bước 2. Nhận kết quả.",
        "Việc đã xong.| 2. Giải pháp tiếp theo",
        "Gồm ba việc: 1. Hạ tầng; 2. Dữ liệu; 3. Con người.",
        "Theo Điều 5.| Việc này phải công khai.",
        "Việc này xong.| - Việc kia còn chậm.",
        "Việc này xong.| • Việc kia còn chậm.",
        # short forms that go on, or end
        "Có máy tính, điện thoại, v.v. được cấp miễn phí.",
        "Có máy tính, điện thoại, v.v.| Năm sau cấp thêm.",
        "Có máy tính, điện thoại, v.v...| Năm sau cấp thêm.",
        "Có máy tính, điện thoại…| Năm sau cấp thêm.",
        "Kinh tế số bằng 30% GRDP.| Đó là mục tiêu.",
        "Kinh tế số bằng 30% GRDP. đó là mục tiêu",
        # quotes and brackets
        "Ông nói: “Phải làm ngay.”| Mọi người đồng ý.",
        'Ông nói: "Phải làm ngay."| Mọi người đồng ý.',
        "Ông hỏi: “Bao giờ xong?”| Không ai đáp.",
        "Việc đã xong (trước hạn.)| Nay làm tiếp.",
        "Việc đã xong.| (Nguồn: báo cáo của Sở.)",
        "Việc đã xong.| “Dữ liệu là tài sản”, ông nói.",
        "Việc đã xong.| Đường truyền tốt.| Ở xã cũng vậy.",
        "Việc đã xong.|\u00a0Nay làm tiếp.",
        # a space that is missing, and full stops inside names
        "Huyện mở 5 lớp học số.|Xã lắp 12 trạm.",
        "Tỷ lệ đạt 45,5%.|Năm sau đạt 50% (xem Phụ lục).|Theo kế hoạch là 60%.",
        "do Bộ tổ chức.|Điều 21. Quan hệ phối hợp",
        "Trang chinhphu.Vn, tệp ke-hoach.Docx và thư ten.Họ@xa.vn.",
        "Lời của bs.Nguyễn An ở tp.Hồ Chí Minh.",
        "1.Mục tiêu là mở 12.Tỉnh",
        "Việc đã xong ...| Nay làm tiếp",
        # more short forms, and what only looks like one
        "Tại TP. Cần Thơ, Tp. Cà Mau và TX. Ngã Bảy đã có điểm phục vụ.",
        "Việc do UBND TP.| Ông Lê Minh phụ trách.",
        "Kinh phí của TP.| Sở Tài chính cấp hằng quý.",
        "Trụ sở ở H. Củ Chi, TP. HCM.| Giờ mở cửa ghi ở cổng.",
        "Đơn vị chủ trì là Sở KH&ĐT.| Theo kế hoạch, việc xong trong quý I.",
        "Chủ trì là Bộ KH&CN.| Năm nay bộ mở thêm lớp.",
        "Ông Phan Văn A.| Người này đã nộp hồ sơ.",
        "Đây là dự án nhóm B.| Dự án do thành phố quyết định.",
        "Theo GS. TS. Hoàng Bách, mô hình đã chín.",
        "NXB. Trẻ in sách này.| Giá bìa ghi ở sau.",
        "Vd. Sở Y tế dùng chữ ký số.",
        "Mạng mới là 5G.| Theo lộ trình, mạng 3G sẽ tắt.",
        "Việc nêu tại khóa XV.| Nghị quyết đã ban hành.",
        # figures, numbers and codes
        "Giảm còn 2,5.| Trước đó là 3,1.",
        "Chi 1.250.000 đồng.| 30 hộ đã nhận.",
        "Tăng từ 3.5 lên 4.2 điểm.| Mức này ổn định.",
        "Ký số 66.22/2026/NQ-CP ngày 9.7.2026.| Văn bản có hiệu lực ngay.",
        "Số: 12/TTr-STTTT, ngày 1/2/2023.| Kính trình Ủy ban.",
        "Điều 4.2.TT.7.1. Phạm vi",
        "Biểu 3. Kết quả theo xã",
        "Phụ lục 2. Danh mục dịch vụ",
        "1.2.3. Mục tiêu cụ thể",
        "(1) Rà soát thể chế; (2) bố trí vốn.",
        "(Điều này liên quan đến Điều 4. Vốn của xã; Điều 5. Mức chi; Điều 6.1.TT.2. Thu.)",
        "Cần làm ba việc.| (2) Bố trí vốn.| (ii) Đào tạo người.",
        "Bản đồ tỷ lệ 1:500.| Tờ này do xã lập.",
        # addresses
        "Xem tại https://vidu.gov.vn/a.b?c=1.2.| Trang mở cả ngày.",
        "Gửi về so.ttt@vidu.vn.| Sở trả lời trong ba ngày.",
        "Tel. 024 1234 5678. gọi giờ hành chính",
        # brackets, notes and quotes
        "Các nơi (Huế, Vinh... Cần Thơ) đã xong.| Nơi khác đang làm.",
        "Theo luật (xem Điều 5. Phạm vi) thì đủ.| Không cần thêm.",
        "Việc đã xong.[3]| Nay làm tiếp.",
        "(Đã ký.)| Nay làm tiếp.",
        "Ông hỏi: “Đã xong chưa?” rồi đi ngay.",
        "Luật ghi: “Dữ liệu là tài sản.”.| Quy định này mới.",
        "Việc “đi trước một bước”.| Đó là yêu cầu.",
        # lists within a line
        "Thành phần gồm:| - Đơn đề nghị;| - Bản sao giấy phép.",
        "Cán bộ kiểm tra hồ sơ:| + Nếu đủ thì tiếp nhận.| + Nếu thiếu thì hướng dẫn.",
        "Phát triển kinh tế - xã hội; giữ vững quốc phòng - an ninh.",
        "Tỷ lệ đạt 80%; năm sau 90%; năm cuối 95%.",
        "Xã có 4 thôn; Thôn Đông dẫn đầu.",
        "Nội dung đã rõ.| * Người dân nộp tại xã.",
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert sentences(marked.replace("|", "")) == expected


@pytest.mark.parametrize("end", ["\n", "\n\n", " \n\t\n "])
def test_a_line_end_always_ends_a_sentence(end: str) -> None:
    assert sentences(f"chưa có dấu chấm{end}dòng sau") == ["chưa có dấu chấm", "dòng sau"]


LINE = "Ủy ban nhân dân xã mở điểm hỗ trợ người dân nộp hồ sơ"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (LINE, "trực tuyến tại nhà văn hóa.", True),
        (f"{LINE},", "cả ngày thường lẫn ngày nghỉ.", True),
        (f"{LINE}:", "ai cần thì đến.", False),
        (f"{LINE}.", "ai cần thì đến.", False),
        (f"{LINE};", "ai cần thì đến.", False),
        (f"{LINE}.”", "ai cần thì đến.", False),
        (LINE, "a) tại nhà văn hóa", False),
        (LINE, "- tại nhà văn hóa", False),
        (LINE, "| cột một | cột hai |", False),
        (LINE, "Văn phòng trực cả ngày", False),
        ("Một dòng thơ ngắn", "chữ nhỏ xuống dòng", False),
    ],
)
def test_a_long_line_without_an_end_goes_on_in_small_letters(
    first: str, second: str, joined: bool
) -> None:
    expected = [f"{first} {second}"] if joined else [first, second]
    assert sentences(f"{first}\n{second}") == expected
    assert sentences(f"{first}\n\n{second}") == [first, second]


def test_in_a_wrapped_text_a_full_line_goes_on_whatever_follows() -> None:
    wrapped = [
        "Thành phố tổ chức lớp kỹ năng số cho người cao tuổi ở",
        "các phường trung tâm, mỗi lớp ba buổi, do đoàn viên và",
        "sinh viên tình nguyện đứng lớp, tài liệu phát tận tay,",
        "ai vắng thì học bù vào tuần sau, kinh phí trích từ Quỹ",
        "Phát triển của phường, phần còn lại do doanh nghiệp ở",
        "địa bàn góp, số thu chi niêm yết công khai tại cổng và",
        "nhà văn hóa để người dân theo dõi, góp ý, phản ánh ngay",
        "khi thấy sai.",
        "Lớp sau mở vào tháng tới.",
    ]
    found = sentences("\n".join(wrapped))
    assert found == [" ".join(wrapped[:-1]), wrapped[-1]]


@pytest.mark.parametrize("text", ["", "   ", "\n\n \t\n"])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


def test_spans_are_exact_in_order_and_leave_out_only_white_space() -> None:
    text = f"  Một câu.  Hai câu!\n\n\t{LONG_LINE}\nDòng cuối  "
    spans = sentence_spans(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    assert "".join(bare(text[start:end]) for start, end in spans) == bare(text)


@pytest.mark.parametrize("seed", range(20))
def test_any_mixture_of_marks_loses_nothing(seed: int) -> None:
    pick = random.Random(seed)
    pieces = [
        *["Điều 5. ", "TP. ", "v.v. ", "... ", "1. ", "a) ", "\n", "\n\n", ": - X", "; + Y"],
        *["12,8 tỷ", "“", "”", "; ", ", ", ": ", ". ", "! ", "? ", " ", "\t", "– ", "(", ")", "…"],
    ]
    text = "".join(pick.choice(pieces) for _ in range(600))
    assert "".join(bare(part) for part in sentences(text)) == bare(text)


def parts(text: str, limit: int) -> list[str]:
    return [text[start:end] for start, end in divided(text, 0, len(text), limit)]


@pytest.mark.parametrize(
    ("unit", "last"),
    [
        ("một vế khá dài của câu; ", ";"),
        ("một vế khá dài của câu: ", ":"),
        ("một vế khá dài của câu, ", ","),
        ("không dấu nào ", "o"),
    ],
)
def test_a_division_falls_after_the_strongest_mark_that_there_is(unit: str, last: str) -> None:
    found = parts((unit * 60).strip(), 200)
    assert len(found) > 3
    assert all(part[-1] == last or part == found[-1] for part in found if last != "o")
    assert all(unit.split()[0] == part.split()[0] for part in found if last != "o")
    assert bare("".join(found)) == bare(unit * 60)


def test_a_semicolon_is_preferred_to_a_later_comma() -> None:
    assert parts("a" * 100 + "; " + "b, " * 30 + "c" * 50, 200)[0] == "a" * 100 + ";"


def test_a_word_longer_than_the_limit_is_divided_too() -> None:
    assert parts("x" * 1000, 200) == ["x" * 200] * 5


def test_a_decimal_comma_and_a_time_are_never_where_a_sentence_is_divided() -> None:
    for part in parts("chi 12,8 tỷ lúc 8:30 " * 60, 200):
        assert not part.startswith(("8 tỷ", "30"))
