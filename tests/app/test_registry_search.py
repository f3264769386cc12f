"""Questions as people type them, over the rows of the sample documents: the right row comes first.

Words alone are compared; the model is not asked.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from app.lookup import Filters, Registry
from ingest.documents import Target
from ingest.reading import read_document
from ingest.settings import SplittingSettings
from ingest.splitting import split
from ingest.targets import extract_targets

_CORPUS = Path(__file__).parents[2] / "corpus"
HN, HP, HCM = "Hà Nội", "Hải Phòng", "TP. Hồ Chí Minh"


@cache
def registry() -> Registry:
    rows: list[Target] = []
    for path in sorted(_CORPUS.glob("*.md")):
        document = read_document(path, path.name)
        rows += extract_targets(document, split(document, SplittingSettings()))
    return Registry(rows, np.zeros((len(rows), 1), dtype=np.float32))


QUERIES = [
    # text, place, kind, number, year
    ("Hà Nội 2025: tỷ trọng kinh tế số trong GRDP", HN, "target", 30, 2025),
    ("kinh te so ha noi 2030", HN, "target", 40, 2030),
    ("Hà Nội đặt mục tiêu kinh tế số chiếm bao nhiêu % GRDP vào năm 2030?", HN, "target", 40, 2030),
    ("tp hcm muc tieu kinh te so 2025 bao nhieu", HCM, "target", 25, 2025),
    ("TPHCM kinh tế số 2030", HCM, "target", 40, 2030),
    ("tỷ trọng kinh tế số Hải Phòng năm 2021 là bao nhiêu", HP, "result", 6, 2021),
    ("kinh te so hai phong 2022", HP, "target", 10, 2022),
    ("ty le ho so truc tuyen hai phong", HP, "result", 90, None),
    ("hồ sơ trực tuyến ở Hải Phòng năm 2021", HP, "result", 18, 2021),
    ("Hải Phòng có tổng cộng bao nhiêu trạm BTS?", HP, "result", 2362, None),
    ("tram BTS 5G hai phong", HP, "result", 7, None),
    ("trạm BTS 4G mới ở Hải Phòng", HP, "result", 41, None),
    ("Hải Phòng xếp thứ mấy về DTI năm 2022", HP, "result", 14, 2022),
    ("dti hai phong tang may bac", HP, "result", 7, 2022),
    ("DTI của Hà Nội đứng thứ bao nhiêu năm 2022", HN, "result", 24, 2022),
    ("bao nhiêu học sinh Hải Phòng có mã định danh", HP, "result", 521000, None),
    ("giao vien hai phong ma dinh danh", HP, "result", 32000, None),
    ("bệnh viện có phần mềm quản lý Hải Phòng", HP, "result", 100, None),
    ("tai khoan dinh danh dien tu nguoi truong thanh hai phong", HP, "result", 100, None),
    ("người dân Hải Phòng dùng smartphone", HP, "result", 80, None),
    ("doanh nghiep nho va vua chua co nhu cau ho tro chuyen doi so", HP, "result", 17.17, None),
    ("mức tăng năng suất lao động Hà Nội đến 2025", HN, "target", 7, 2025),
    ("nang suat lao dong tphcm nam 2030 tang bao nhieu", HCM, "target", 9, 2030),
    ("tỷ lệ người trưởng thành có chữ ký số Hà Nội 2025", HN, "target", 50, 2025),
    ("ho so suc khoe dien tu ha noi", HN, "target", 90, 2025),
    ("điện thoại thông minh dân số trưởng thành Hà Nội mục tiêu 2025", HN, "target", 80, 2025),
    ("hộ gia đình có internet băng rộng hà nội", HN, "result", 90, 2022),
    ("hạ tầng băng thông rộng TP.HCM phủ bao nhiêu hộ gia đình năm 2025", HCM, "target", 95, 2025),
    ("tai khoan thanh toan dien tu tphcm 2030", HCM, "target", 85, 2030),
    ("mức độ hài lòng của người dân và DN TPHCM", HCM, "target", 90, 2025),
    ("Hà Nội dự kiến có mấy khu đô thị thông minh", HN, "target", (2, 3), 2030),
    ("khởi nghiệp Hà Nội gọi vốn thành công bao nhiêu thương vụ", HN, "result", 100, None),
    ("Hà Nội có bao nhiêu doanh nghiệp công nghệ thông tin", HN, "result", 9300, 2022),
    ("dich vu cong truc tuyen hai phong", HP, "result", 90, None),
    ("dich vu cong truc tuyen tphcm 2025", HCM, "target", 50, 2025),
    ("DN TP.HCM có tài khoản thanh toán điện tử đến năm 2025", HCM, "target", 60, 2025),
    ("vuon uom doanh nghiep ha noi", HN, "result", 32, None),
    ("số quận huyện Hà Nội đã số hóa dữ liệu hộ tịch", HN, "result", 19, None),
    ("chữ ký số cấp cho cán bộ công chức", HN, "result", 61000, None),
    ("Hà Nội đứng thứ mấy về thương mại điện tử năm 2023", HN, "result", 2, 2023),
    ("thua dat co so du lieu dat dai hai phong", HP, "result", 224000, None),
    ("hồ sơ công việc cấp xã xử lý trên môi trường mạng", HN, "target", 60, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "kind", "number", "year"), QUERIES)
def test_the_right_row_comes_first(
    text: str, place: str, kind: str, number: object, year: int | None
) -> None:
    found = registry().search(text, Filters())
    assert found, "nothing found"
    first = found[0]
    assert (first.locality, first.kind, first.number, first.year) == (place, kind, number, year)


@pytest.mark.parametrize(
    "text",
    [
        "tỷ lệ hộ nghèo của Hà Nội",
        "dan so hai phong",
        "kinh tế số Đà Nẵng",
        "học phí đại học ở TPHCM",
        "số giường bệnh Hà Nội năm 2025",
    ],
)
def test_what_no_row_says_is_not_found(text: str) -> None:
    assert registry().search(text, Filters()) == []


def test_two_places_are_both_looked_up() -> None:
    found = registry().search("so sánh kinh tế số Hà Nội và Hải Phòng năm 2025", Filters())
    assert {row.locality for row in found} == {HN, HP}
