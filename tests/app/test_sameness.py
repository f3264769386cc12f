"""Two indicators are one only where no doubt is left: a wrong pair would state a wrong gap."""

import pytest

from app.sameness import indicator_key, units_agree

SAME = [
    ("tỷ trọng kinh tế số trong GRDP", "tỷ lệ kinh tế số trong GRDP"),
    ("tỷ trọng kinh tế số trong GRDP", "tỷ trọng kinh tế số"),
    ("tỉ lệ hộ gia đình có cáp quang", "tỷ lệ hộ dân có cáp quang"),
    ("tỷ lệ hồ sơ được số hóa", "tỷ lệ số hoá hồ sơ"),
    ("tỷ lệ người dân sử dụng ví điện tử", "tỷ lệ người dân dùng ví điện tử"),
    ("số trạm 5G", "tổng số trạm 5G"),
    ("số lượng nền tảng số dùng chung", "số nền tảng số dùng chung"),
    ("thứ hạng chỉ số DTI", "xếp hạng chỉ số chuyển đổi số cấp tỉnh (DTI)"),
    ("thứ hạng DTI", "thứ hạng chỉ số chuyển đổi số DTI"),
    ("thứ hạng PCI", "xếp hạng chỉ số năng lực cạnh tranh (PCI)"),
    ("mức tăng năng suất lao động hằng năm", "mức tăng năng suất lao động mỗi năm"),
    ("tốc độ tăng năng suất lao động", "mức tăng năng suất lao động hàng năm"),
    ("tỷ lệ TTHC được cung cấp trực tuyến", "tỷ lệ thủ tục hành chính cung cấp trực tuyến"),
    ("tỷ lệ DN dùng hóa đơn điện tử", "tỷ lệ doanh nghiệp sử dụng hóa đơn điện tử"),
    ("doanh thu TMĐT", "doanh thu thương mại điện tử"),
    ("tỷ lệ hồ sơ xử lý trên môi trường mạng", "tỷ lệ hồ sơ được xử lý qua môi trường mạng"),
    ("tỷ lệ thuê bao có điện thoại thông minh", "tỷ lệ thuê bao có smartphone"),
    ("tỷ lệ hộ có internet băng thông rộng", "tỷ lệ hộ gia đình có internet băng rộng"),
    ("mức độ hài lòng của người dân", "tỷ lệ hài lòng của người dân"),
    ("số hợp tác xã số trên địa bàn tỉnh", "số hợp tác xã số"),
    ("tỷ lệ thanh toán không dùng tiền mặt", "tỷ lệ thanh toán không tiền mặt"),
    ("tỷ lệ cán bộ được tập huấn kỹ năng số", "tỷ lệ cán bộ tập huấn về kỹ năng số"),
]

DIFFERENT = [
    ("tỷ trọng kinh tế số trong GRDP", "tỷ trọng kinh tế số trong mỗi ngành"),
    ("tỷ trọng kinh tế số trong GRDP", "mức tăng kinh tế số"),
    ("tỷ trọng kinh tế số trong GRDP", "thứ hạng tỷ trọng kinh tế số trong GRDP"),
    ("tỷ trọng kinh tế số trong GRDP", "tỷ trọng kinh tế số trong xuất khẩu"),
    ("tỷ lệ hồ sơ trực tuyến", "tỷ lệ hồ sơ trực tuyến cấp xã"),
    ("tỷ lệ hồ sơ cấp huyện được ký số", "tỷ lệ hồ sơ cấp xã được ký số"),
    ("tỷ lệ hộ có internet", "tỷ lệ hộ không có internet"),
    ("tỷ lệ hộ có internet", "tỷ lệ hộ chưa có internet"),
    ("số trạm BTS", "số trạm BTS được lắp đặt"),
    ("số trạm BTS", "số trạm BTS 5G"),
    ("số trạm BTS", "mức tăng số trạm BTS"),
    ("số doanh nghiệp công nghệ số", "tỷ lệ doanh nghiệp công nghệ số"),
    ("tỷ lệ dịch vụ công mức độ 3", "tỷ lệ dịch vụ công mức độ 4"),
    ("tỷ lệ dịch vụ công toàn trình", "tỷ lệ dịch vụ công một phần"),
    ("tỷ lệ người dân có chữ ký số", "tỷ lệ doanh nghiệp có chữ ký số"),
    ("tỷ lệ dân số có thẻ ngân hàng", "tỷ lệ dân số trưởng thành có thẻ ngân hàng"),
    ("tổng vốn đầu tư", "tổng vốn đầu tư nước ngoài"),
    ("doanh thu bưu chính", "doanh thu viễn thông"),
    ("doanh thu thương mại điện tử", "mức tăng doanh thu thương mại điện tử"),
    ("số bậc tăng của chỉ số DTI", "thứ hạng chỉ số DTI"),
    ("thứ hạng chỉ số DTI", "thứ hạng chỉ số PAPI"),
    ("chỉ số DTI", "thứ hạng chỉ số DTI"),
    ("tỷ lệ hồ sơ đúng hạn", "tỷ lệ hồ sơ trễ hạn"),
    ("tỷ lệ thực hiện kế hoạch doanh thu", "doanh thu"),
    ("mức vượt so với kế hoạch của tỷ lệ hồ sơ trực tuyến", "tỷ lệ hồ sơ trực tuyến"),
    ("mức cắt giảm thời gian giải quyết", "thời gian giải quyết"),
    ("mức giảm chi phí in ấn", "mức tăng chi phí in ấn"),
    ("tỷ lệ học sinh tiểu học có học bạ số", "tỷ lệ học sinh có học bạ số"),
    ("số lượt giao dịch được xử lý mỗi ngày", "số lượt giao dịch được xử lý"),
    ("tổng chi ngân sách", "tổng thu ngân sách"),
    ("tỷ lệ xã có chợ số", "tỷ lệ xã chưa có chợ số"),
    ("số xã có chợ", "số xã"),
    ("diện tích đất khu công nghệ", "diện tích khu công nghệ"),
    ("thu nhập bình quân đầu người", "thu nhập bình quân lao động"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_other_words_for_the_same_indicator_have_one_key(one: str, other: str) -> None:
    assert indicator_key(one) == indicator_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_indicator_has_another_key(one: str, other: str) -> None:
    assert indicator_key(one) != indicator_key(other)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("%", "%", True),
        ("%", "điểm phần trăm", False),
        ("trạm BTS", "trạm", True),
        ("hạng", "hạng", True),
        ("đồng", "USD", False),
        ("đồng", "đồng/tháng", False),
        ("địa phương", "tỉnh", False),
        (None, None, True),
        (None, "%", False),
    ],
)
def test_units_agree_where_one_names_the_other(
    one: str | None, other: str | None, agree: bool
) -> None:
    assert units_agree(one, other) is agree
    assert units_agree(other, one) is agree
