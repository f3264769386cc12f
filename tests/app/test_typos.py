"""Typing errors are put right from the library's own syllables, and nothing else is touched."""

import pytest

from app.typos import correct
from ingest.syllables import SyllableStatistics

LIBRARY = """
Thành phố Hải Phòng ban hành kế hoạch chuyển đổi số và xây dựng chính quyền số.
Ủy ban nhân dân thành phố phấn đấu đến năm 2025 hoàn thành mục tiêu phát triển kinh tế số.
Người dân được giải quyết thủ tục hành chính, nhận giấy tờ và nộp hồ sơ trực tuyến.
Tỷ lệ hộ gia đình có cáp quang đạt chỉ tiêu; tỷ lệ hài lòng của người dân cao.
Doanh nghiệp nhỏ và vừa ứng dụng công nghệ thông tin, trí tuệ nhân tạo và dữ liệu lớn.
Cơ sở dữ liệu quốc gia về dân cư, dữ liệu đất đai và dịch vụ công trực tuyến toàn trình.
Hạ tầng viễn thông phủ sóng toàn bộ thôn, xã; xã hội số phát triển.
Quyết định phê duyệt đề án, nghị quyết của hội đồng nhân dân, chỉ thị của chủ tịch.
Bệnh viện dùng hồ sơ sức khỏe điện tử, trường học dùng học bạ số, khám chữa bệnh từ xa.
Trung tâm điều hành thông minh kết nối camera giám sát giao thông đô thị.
Thanh toán không dùng tiền mặt, ví điện tử, chữ ký số, định danh điện tử.
Cán bộ, công chức được đào tạo kỹ năng số; tổ công nghệ số cộng đồng hướng dẫn người dân.
Nông nghiệp, du lịch, thương mại điện tử và sản xuất thông minh tăng trưởng nhanh.
Quản lý nhà nước, cải cách hành chính, an toàn thông tin, bảo vệ dữ liệu cá nhân.
Ngành nông nghiệp hỗ trợ nông dân; chính sách hỗ trợ doanh nghiệp.
Ngân sách, nguồn lực, nhiệm vụ trọng tâm, giải pháp và trách nhiệm của cơ quan.
""".strip().splitlines()


@pytest.fixture(scope="module")
def statistics() -> SyllableStatistics:
    return SyllableStatistics.count([*LIBRARY, *LIBRARY])


RIGHT = [
    # Letters dropped.
    ("Hải Phòg có gì?", "Hải Phòng có gì?"),
    ("thàh phố nào?", "thành phố nào?"),
    ("ban hàh kế hoạch", "ban hành kế hoạch"),
    ("thủ tục hàh chính", "thủ tục hành chính"),
    ("thôg tin", "thông tin"),
    ("chuyển đổi sô và kih tế số", "chuyển đổi số và kinh tế số"),
    ("nghị quyt của hội đồng", "nghị quyết của hội đồng"),
    ("quyêt định phê duyệt", "quyết định phê duyệt"),
    ("dịch vụ côg", "dịch vụ công"),
    ("doan nghiệp nhỏ", "doanh nghiệp nhỏ"),
    ("ngời dân hài lòng", "người dân hài lòng"),
    ("truug tâm điều hành", "trung tâm điều hành"),
    ("trực tuến", "trực tuyến"),
    # Letters doubled, exchanged or changed.
    ("kế hoạạch", "kế hoạch"),
    ("thànnh phố", "thành phố"),
    ("dữ liiệu", "dữ liệu"),
    ("chính quyềnn số", "chính quyền số"),
    ("chuyểnn đổi số", "chuyển đổi số"),
    ("thàhn phố", "thành phố"),
    ("côgn nghệ", "công nghệ"),
    ("ngừoi dân", "người dân"),
    ("hành chíhn", "hành chính"),
    ("thogn tin", "thong tin"),
    ("bệnh vyện", "bệnh viện"),
    ("đô thj", "đô thị"),
    # Hỏi and ngã.
    ("dử liệu lớn", "dữ liệu lớn"),
    ("tỹ lệ hộ", "tỷ lệ hộ"),
    ("hổ trợ", "hỗ trợ"),
    ("kỷ năng số", "kỹ năng số"),
    ("chử ký số", "chữ ký số"),
    ("phũ sóng", "phủ sóng"),
    # Beginnings and ends that sound alike; i and y.
    ("dấy tờ", "giấy tờ"),
    ("giịch vụ công", "dịch vụ công"),
    ("sây dựng", "xây dựng"),
    ("xản xuất", "sản xuất"),
    ("chực tuyến", "trực tuyến"),
    ("trữa bệnh", "chữa bệnh"),
    ("kĩ năng mềm", "kỹ năng mềm"),
    ("nghành nông nghiệp", "ngành nông nghiệp"),
    # Telex left in.
    ("phaans đấu", "phấn đấu"),
    ("người dân đươcj gì", "người dân được gì"),
    ("chuyeenr ddooir số", "chuyển đổi số"),
    ("kinh tees số", "kinh tế số"),
    ("thanhf phoos", "thanh pho"),
    ("nguwowif daan", "nguoi dan"),
    ("quyeets ddinhj", "quyet dinh"),
    ("duwx lieeuj", "du lieu"),
    ("dichj vuj coong", "dich vu cong"),
    # Without marks.
    ("thah pho nao", "thanh pho nao"),
    ("thu tuc hah chinh", "thu tuc hanh chinh"),
    ("uy bna nhan dan", "uy ban nhan dan"),
    ("dich vu cogn truc tuyen", "dich vu cong truc tuyen"),
    ("nguoi dna hai long", "nguoi dan hai long"),
    ("quyet dihn phe duyet", "quyet dinh phe duyet"),
    ("nghi quyt cua hoi dong", "nghi quyet cua hoi dong"),
    ("xay dugn chinh quyen", "xay dung chinh quyen"),
    # At the beginning, in capitals.
    ("chuyeenr ddooir soos", "chuyen doi so"),
    ("Thàh phố nào?", "Thành phố nào?"),
    ("Ban hàh khi nào? Côg nghệ gì?", "Ban hành khi nào? Công nghệ gì?"),
]


@pytest.mark.parametrize(("typed", "meant"), RIGHT)
def test_a_typing_error_is_put_right(
    typed: str, meant: str, statistics: SyllableStatistics
) -> None:
    assert correct(typed, statistics).text == meant


UNTOUCHED = """
Hải Phòng có bao nhiêu trạm? | Kế hoạch 12/KH-UBND | 5.212.287 tài khoản | 12,8 tỷ đồng
Nghị quyết 57-NQ/TW | Zalo và Facebook | ông Nguyễn Khắc Trịnh | bà Đoàn Thị Hương
Vĩnh Phúc ra sao? | Đắk Lắk có gì? | smartphone là gì | chatbot giúp gì
blockchain và fintech | mobile banking số | data của dân | app nào tốt | bn hs trễ hạn
ko mất tiền | đc ko | ntn | CĐS là j | TTHC cấp xã | vs trc | VNeID | UBND | TT&TT
tỉ lệ hài lòng | quản lí | thanh tóan | hoà bình | 5G, 4G | %?! | bãi đỗ xe
kẹt xe ở đâu | phường nào đông | nghêu ốc | rau muống | quả xoài | thung lũng silicon
lãi suất | vắc xin | Trường Sa | cà phê Buôn Ma Thuột | bóng đá | bún chả | xổ số
khong mat tien | xe buyt | rau muong | bai do xe | Samsung | iPhone | Sa Pa
lorem ipsum dolor | How many households have fibre? | digital signature | e-commerce
"""


@pytest.mark.parametrize(
    "typed",
    ["", *(typed.strip() for line in UNTOUCHED.split("\n") for typed in line.split("|"))],
)
def test_what_is_no_typing_error_is_left_alone(typed: str, statistics: SyllableStatistics) -> None:
    assert correct(typed, statistics).text == typed


def test_the_typed_word_is_kept_beside_its_correction(statistics: SyllableStatistics) -> None:
    assert correct("ban hàh kế hoạch", statistics).typed == ("hàh",)


def test_without_a_neighbour_that_tells_a_word_of_many_readings_stays(
    statistics: SyllableStatistics,
) -> None:
    assert correct("xyz hàp xyz", statistics).text == "xyz hàp xyz"
