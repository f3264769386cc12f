import unicodedata

import pytest

from ingest.quantities import Quantity, find_quantities


def only(text: str) -> Quantity:
    found = [item for item in find_quantities(text) if item.role in ("amount", "rank")]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "operator", "number", "unit"),
    [
        # operators before
        ("có 28 xã", "=", 28, "xã"),
        ("gần 57.000 lượt truy cập", "≈", 57_000, "lượt"),
        ("khoảng 12,8 tỷ USD", "≈", 12.8e9, "USD"),
        ("xấp xỉ 4,4 triệu người có thẻ", "≈", 4.4e6, "người"),
        ("ước đạt 3.500 tỷ đồng", "≈", 3.5e12, "đồng"),
        ("hơn 207.000 lao động", ">", 207_000, "lao động"),
        ("trên 52 dự án", ">", 52, "dự án"),
        ("vượt mốc 1 triệu tài khoản", ">", 1e6, "tài khoản"),
        ("vượt quá 50%", ">", 50, "%"),
        (">50%", ">", 50, "%"),
        ("cao hơn 50 doanh nghiệp", ">", 50, "doanh nghiệp"),
        ("quá 5 năm", ">", 5, "năm"),
        ("dưới 10%", "<", 10, "%"),
        ("chưa đến 5 ngày", "<", 5, "ngày"),
        ("chưa đủ 18 tuổi", "<", 18, "tuổi"),
        ("tối thiểu 80%", ">=", 80, "%"),
        ("tối thiểu đạt 80%", ">=", 80, "%"),
        ("ít nhất 01 dịch vụ", ">=", 1, "dịch vụ"),
        ("không dưới 5 lần", ">=", 5, "lần"),
        ("≥ 80%", ">=", 80, "%"),
        ("không được thấp hơn: 2,8 m", ">=", 2.8, "m"),
        ("phí 35.000đ/thẻ", "=", 35_000, "đồng/thẻ"),
        ("tối đa 5 bước", "<=", 5, "bước"),
        ("tối đa không quá 5%", "<=", 5, "%"),
        ("không quá 10 ngày làm việc", "<=", 10, "ngày làm việc"),
        ("không vượt quá 20 tỷ đồng", "<=", 20e9, "đồng"),
        ("≤ 3 giờ", "<=", 3, "giờ"),
        # operators after
        ("80% trở lên", ">=", 80, "%"),
        ("từ 50% trở lên", ">=", 50, "%"),
        ("từ 10 người dân trở lên", ">=", 10, "người dân"),
        ("3 ngày trở xuống", "<=", 3, "ngày"),
        ("đạt từ 80%", ">=", 80, "%"),
        # words that only look like operators
        ("dựa trên 3 trụ cột", "=", 3, "trụ cột"),
        ("triển khai trên 5 lĩnh vực", "=", 5, "lĩnh vực"),
        ("dưới 2 hình thức", "=", 2, "hình thức"),
        ("cao hơn 5% so với năm trước", "=", 5, "%"),
        ("đạt từ 20% lên mức mới", "=", 20, "%"),
        ("vượt 15% dự toán", "=", 15, "%"),
        ("qua 5 năm", "=", 5, "năm"),
        # ranges
        ("2 - 3 khu đô thị thông minh", "=", (2, 3), "khu đô thị thông minh"),
        ("từ 50 đến 60%", "=", (50, 60), "%"),
        ("đạt từ 80% đến 90%", "=", (80, 90), "%"),
        ("khoảng 5 - 7 triệu đồng", "≈", (5e6, 7e6), "đồng"),
        ("từ 05 năm đến 10 năm", "=", (5, 10), "năm"),
        # units
        ("tăng 2 điểm phần trăm", "=", 2, "điểm phần trăm"),
        ("giảm 2 điểm % so với năm trước", "=", 2, "điểm phần trăm"),
        ("tăng 16 bậc so với năm trước", "=", 16, "bậc"),
        ("chi 5 triệu đô la Mỹ", "=", 5e6, "đô la Mỹ"),
        ("phí 50.000đ", "=", 50_000, "đồng"),
        ("hỗ trợ 1,5 tỷ đồng/dự án", "=", 1.5e9, "đồng/dự án"),
        ("dài 12 km", "=", 12, "km"),
        ("rộng 200 ha", "=", 200, "ha"),
        ("có 503 cơ sở y tế tham gia", "=", 503, "cơ sở y tế"),
        ("có 7 trạm BTS công nghệ mới", "=", 7, "trạm BTS"),
        ("có 14 chỉ tiêu như sau", "=", 14, "chỉ tiêu"),
        ("gồm 63 TTHC", "=", 63, "TTHC"),
        ("đã cấp 140 tài khoản cho xã", "=", 140, "tài khoản"),
        ("tại 5 nút giao thông", "=", 5, "nút giao thông"),
        ("bản sao: 0 Phiếu này", "=", 0, None),
        ("đạt 30.", "=", 30, None),
        # words
        ("hai mươi phần trăm", "=", 20, "%"),
        ("ít nhất ba xã", ">=", 3, "xã"),
        ("trong 03 (ba) ngày", "=", 3, "ngày"),
        ("năm (05) ngày làm việc", "=", 5, "ngày làm việc"),
        # ranks
        ("xếp thứ 24/63 tỉnh", "=", 24, "hạng"),
        ("vị trí thứ 2", "=", 2, "hạng"),
        ("hạng 5", "=", 5, "hạng"),
        ("đứng thứ ba cả nước", "=", 3, "hạng"),
        ("vươn lên thứ 5", "=", 5, "hạng"),
        ("xếp hạng 70 trở lên", "<=", 70, "hạng"),
        ("top 30 thế giới", "<=", 30, "hạng"),
        ("Tốp 10 cả nước", "<=", 10, "hạng"),
        ("nhóm 5 địa phương dẫn đầu", "<=", 5, "địa phương"),
        ("nhóm năm địa phương dẫn đầu", "<=", 5, "địa phương"),
        ("trong số 10 tỉnh, thành phố dẫn đầu", "<=", 10, "tỉnh"),
        ("nhóm 10 tỉnh (Huế và Cà Mau) có chỉ số cao nhất", "<=", 10, "tỉnh"),
        ("Cà Mau đứng đầu cả nước", "=", 1, "hạng"),
        ("xếp thứ nhất về chỉ số", "=", 1, "hạng"),
        # no marks, and English
        ("toi thieu 80% ho so", ">=", 80, "%"),
        ("hon 9.300 doanh nghiep", ">", 9_300, "doanh nghiep"),
        ("80% tro len", ">=", 80, "%"),
        ("qua 5 nam", "=", 5, "nam"),
        ("xep thu 24/63", "=", 24, "hạng"),
        ("nhom 5 dia phuong dan dau", "<=", 5, "dia phuong"),
        ("at least 30% of them", ">=", 30, "%"),
        ("more than 500 enterprises", ">", 500, "enterprises"),
    ],
)
def test_a_quantity_has_the_operator_number_and_unit_of_its_sentence(
    text: str, operator: str, number: float | tuple[float, float], unit: str | None
) -> None:
    found = only(text)
    assert (found.operator, found.number, found.unit) == (operator, number, unit)


@pytest.mark.parametrize(
    ("text", "number", "out_of", "unit"),
    [
        ("xếp thứ 24/63", 24, 63, "hạng"),
        ("mới có 8/15 mục tiêu xong", 8, 15, "mục tiêu"),
        ("19/63 tỉnh đã số hóa", 19, 63, "tỉnh"),
        ("đứng thứ 3 trên 6 tỉnh", 3, 6, "hạng"),
        ("8 trên tổng số 15 mục tiêu", 8, 15, "mục tiêu"),
        ("hai phần ba số hộ", 2, 3, "số hộ"),
        ("đứng thứ 2", 2, None, "hạng"),
        ("đạt 30%", 30, None, "%"),
    ],
)
def test_a_part_says_what_it_is_part_of(
    text: str, number: float, out_of: float | None, unit: str
) -> None:
    found = only(text)
    assert (found.number, found.out_of, found.unit) == (number, out_of, unit)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("lần thứ 9", "label"),
        ("kỳ họp thứ 5", "label"),
        ("Đại hội lần thứ 13", "label"),
        ("khóa 15", "label"),
        ("Điều 5", "label"),
        ("mức độ 4", "label"),
        ("Quận 1", "label"),
        ("giai đoạn 2", "label"),
        ("bệnh viện hạng 1", "label"),
        ("mạng 5G", "label"),
        ("trực 24/7", "label"),
        ("bản đồ tỷ lệ 1/500", "label"),
        ("số 12 Lê Lợi", "label"),
        ("điện thoại 02438253536", "label"),
        ("thủ tục 1.004222", "label"),
        ("1. Phát triển", "label"),
        ("gồm: (2) phát triển", "label"),
        ("theo tài liệu [3]", "label"),
        ("mục 1.2.3", "label"),
        ("QCVN 02 - 24", "label"),
        ("năm 2025", "time"),
        ("ngày 6/9/2021", "time"),
        ("giai đoạn 2021 - 2025", "time"),
        ("quý II", "time"),
        ("lúc 8 giờ", "time"),
        ("57-NQ/TW", "document"),
        ("QĐ số 06", "document"),
        ("Thông tư 155/2025", "document"),
        ("đạt 30%", "amount"),
        ("5 năm liên tiếp", "amount"),
        ("giai đoạn 5 năm", "amount"),
        ("tổng số 30", "amount"),
        ("lớp 1.200 học viên", "amount"),
        ("hạng 2", "rank"),
        ("top 5", "rank"),
    ],
)
def test_what_counts_is_told_from_what_only_names(text: str, role: str) -> None:
    assert [item.role for item in find_quantities(text)] == [role]


def test_only_amounts_and_ranks_have_a_number() -> None:
    text = "Ngày 6/9/2021, theo 57-NQ/TW, mức độ 4 đạt 30%, mạng 5G, xếp thứ 2."
    found = {item.role: (item.number, item.unit) for item in find_quantities(text)}
    assert found["amount"] == (30.0, "%")
    assert found["rank"] == (2.0, "hạng")
    assert {found[role] for role in ("time", "document", "label")} == {(None, None)}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("các khoản 1, 2 và 6 Điều này", ["label"] * 3),
        ("mức độ 3, 4", ["label"] * 2),
        ("Điều 9, 30 doanh nghiệp", ["label", "amount"]),
        ("1. Đạt 30%", ["label", "amount"]),
        ("12 sở, 5 huyện", ["amount"] * 2),
    ],
)
def test_a_list_of_labels_goes_on_until_something_is_counted(text: str, roles: list[str]) -> None:
    assert [item.role for item in find_quantities(text)] == roles


@pytest.mark.parametrize(
    "text",
    ["người đứng đầu cơ quan", "trách nhiệm của người đứng đầu", "thuộc nhóm dẫn đầu cả nước", ""],
)
def test_leaders_and_leading_groups_are_no_first_place(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "structural"),
    [
        ("có 27 chỉ tiêu", True),
        ("với 100 nhiệm vụ", True),
        ("gồm 5 chương", True),
        ("8/15 mục tiêu", False),
        ("27 doanh nghiệp", False),
        ("80% chỉ tiêu", False),
    ],
)
def test_counts_of_the_parts_of_a_plan_are_marked(text: str, *, structural: bool) -> None:
    assert only(text).structural is structural


@pytest.mark.parametrize(
    ("text", "value", "whole"),
    [
        ("đạt tối thiểu 80% số hộ", "80%", "tối thiểu 80%"),
        ("từ 10 hộ trở lên.", "10 hộ", "10 hộ trở lên"),
        ("thuộc nhóm 5 địa phương dẫn đầu", "nhóm 5 địa phương", "nhóm 5 địa phương"),
        ("vào top 30 thế giới", "top 30", "top 30"),
        ("hơn 12,8 tỷ USD mỗi năm", "12,8 tỷ USD", "hơn 12,8 tỷ USD"),
        ("xếp thứ 24/63 tỉnh", "24/63", "24/63"),
    ],
)
def test_offsets_take_in_operator_and_unit_and_the_value_is_as_written(
    text: str, value: str, whole: str
) -> None:
    found = only(text)
    assert (found.value, text[found.start : found.end]) == (value, whole)


def test_an_operator_belongs_to_its_own_figure_only() -> None:
    text = "có hơn 800 cơ sở, 32.000 giáo viên và gần 521.000 học sinh"
    assert [(item.operator, item.number) for item in find_quantities(text)] == [
        (">", 800.0),
        ("=", 32_000.0),
        ("≈", 521_000.0),
    ]


def test_quantities_come_in_the_order_of_the_text() -> None:
    text = "Cà Mau đứng đầu với 30%, Huế xếp thứ 2 với 25%."
    numbers = [item.number for item in find_quantities(unicodedata.normalize("NFC", text))]
    assert numbers == [1.0, 30.0, 2.0, 25.0]
