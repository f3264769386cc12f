"""Pages in the styles of Vietnamese newspapers, portals and offices, made up for these tests.

What is no part of the document is marked: «reason|words».
"""

import re

_MARK = re.compile(r"«(\w+)\|([^»]*)»")

PROSE = (
    "Toàn xã có 42 tổ công nghệ số, mỗi tổ bảy người, đến từng nhà giúp bà con cài ứng dụng và nộp "
    "hồ sơ qua mạng; nhờ vậy bộ phận một cửa vắng hẳn người xếp hàng vào sáng thứ hai."
)
MORE = (
    "Chủ tịch xã cho biết phần lớn người lớn tuổi lúc đầu ngại dùng điện thoại, nay đã tự tra cứu "
    "được lịch tiêm chủng cho cháu. Xã tiếp tục mở lớp buổi tối để ai bận việc đồng cũng học được."
)

HELP = (
    "Người dân cần hỗ trợ gọi đường dây nóng 1800 5678 trong giờ hành chính, cán bộ trực sẽ hướng "
    "dẫn từng bước nộp hồ sơ và báo lại kết quả trong ngày làm việc."
)


def unmarked(page: str) -> tuple[str, dict[int, str]]:
    """Return the page's text, and the reason of each character to drop, white space left out."""
    text, reasons, position = "", {}, 0
    page = page.strip("\n")
    for match in _MARK.finditer(page):
        text += page[position : match.start()]
        for offset, letter in enumerate(match[2], start=len(text)):
            if not letter.isspace():
                reasons[offset] = match[1]
        text += match[2]
        position = match.end()
    return text + page[position:], reasons


AGENCY = f"""
«menu|Trang chủ»
«menu|Chính trị»
«menu|Kinh tế»
«menu|Đời sống»
Tổ công nghệ số về từng ngõ xóm
«date|Thứ Ba, 18/03/2025 07:45 (GMT+7)»
«share|Chia sẻ Facebook»
«share|Zalo»
«share|Gửi email»
«dateline|Hà Tĩnh (TTXVN) – »{PROSE}
«caption|Tổ công nghệ số thôn Đông hướng dẫn bà con quét mã. Ảnh: Lê Hà - TTXVN»
{MORE}
«byline|Minh Khôi»
«tags|Từ khóa: công nghệ số, nông thôn, một cửa»
«related|Tin liên quan»
«related|Xã ven biển phủ sóng Wi-Fi miễn phí»
«related|Chợ quê quét mã trả tiền»
«comment_form|Bình luận»
«comment_form|Họ và tên»
«comment_form|Email»
«comment_form|Gửi bình luận»
«copyright|© Bản quyền thuộc Thông tấn xã Việt Nam. Ghi rõ nguồn khi phát hành lại nội dung.»
"""

DAILY = f"""
«menu|Trang chủ > Công nghệ > Tin tức»

Lớp học điện thoại của những người trên bảy mươi

«byline|Bài và ảnh: Trần Hoài An»
«date|Cập nhật: 21/11/2024 16:20»

«dateline|(Dân trí) - »{PROSE}

«doubled|Các học viên lớn tuổi trong buổi học đầu tiên»
«doubled|Các học viên lớn tuổi trong buổi học đầu tiên»

Từ ngại ngần đến thành thạo

{MORE[:-1]}«ending|./.»

«related|>> Xem thêm: Thư viện xã mở cửa cả chủ nhật»
«share|Theo dõi chúng tôi trên Google News»
"""

RADIO = f"""
«banner|Chung tay vì một mùa xuân ấm áp»

Tổ công nghệ số đến từng nhà giúp bà con nộp hồ sơ
«byline|Bùi Lan/VOV Tây Bắc»
«dateline|VOV.VN - »{PROSE}
«caption|(Ảnh minh họa)»
{MORE}
«source|Nguồn: Báo Lào Cai»
"""

PORTAL = f"""
«banner|Cải cách hành chính»
Kết quả ba tháng thí điểm một cửa lưu động
«date|Ngày đăng: 05/06/2023»
«share|Lượt xem: 1.204»
«share|In bài viết»
{PROSE}
«caption|Quang cảnh buổi làm việc.»
«related|Xem thêm: Lịch tiếp công dân tháng sáu»
{MORE}
{HELP}
«contact|Email: motcua@xa.example.vn - Điện thoại: 0239 123 4567»
«copyright|Chịu trách nhiệm nội dung: Văn phòng xã»
"""

JOURNAL = f"""
Vai trò của tổ công nghệ số ở nông thôn
«byline|PGS., TS. Đinh Quang Huy - Học viện Nông thôn»
«label|Tóm tắt:»
{PROSE}
«tags|Từ khóa: tổ công nghệ số, nông thôn mới»
1. Đặt vấn đề
{MORE}
«reference|Tài liệu tham khảo:»
«reference|1. Chính phủ (2024), Nghị định số 10/2024/NĐ-CP ngày 01/02/2024 về tổ công nghệ số.»
«reference|2. Đinh Quang Huy (2022), Công nghệ và làng xã, Nxb Nông thôn, tr. 15-20.»
«reference|3. https://nongthon.example.vn/bai-viet-12.html»
«source|Bài đăng trên Tạp chí Nông thôn số 7, tháng 4/2024»
"""

PLAN = f"""
ỦY BAN NHÂN DÂN	«letterhead|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM»
TỈNH SÓC TRĂNG	«letterhead|Độc lập - Tự do - Hạnh phúc»
«ornament|-------»
Số: 77/KH-UBND	Sóc Trăng, ngày 09 tháng 02 năm 2024

KẾ HOẠCH
Phát triển tổ công nghệ số trên địa bàn tỉnh năm 2024
«ornament|_______»

Căn cứ Quyết định số 411/QĐ-TTg ngày 31/3/2022 của Thủ tướng Chính phủ;
Điều 1. Mục tiêu
{PROSE}
Điều 2. Hiệu lực
Kế hoạch này có hiệu lực kể từ ngày ký và thay thế Kế hoạch số 12/KH-UBND ngày 05/01/2023.
«recipients|Nơi nhận:»
«recipients|- Như Điều 2;»
«recipients|- Lưu: VT, TH.»	TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Huỳnh Thị Sao
"""

PAGES = {
    "agency": AGENCY,
    "daily": DAILY,
    "radio": RADIO,
    "portal": PORTAL,
    "journal": JOURNAL,
    "plan": PLAN,
}
