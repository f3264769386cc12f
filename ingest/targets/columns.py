"""What the columns of a table hold, told by their headers."""

import re

from ingest.documents import Cell
from ingest.places import find_places
from ingest.targets.owners import COUNTRY
from ingest.targets.years import last_year

COUNTER = re.compile(r"(?:stt|tt|số\s*(?:tt|thứ\s*tự)|no\.?|#|mã(?: số)?)", re.IGNORECASE)
UNIT = re.compile(
    r"(?:đơn\s*vị(?:\s*(?:tính|đo))?|đvt|unit)(?!\s*(?:chủ|thực|phụ|phối|chịu|theo))", re.IGNORECASE
)
RESPONSIBLE = re.compile(
    r"(?:(?:cơ quan|đơn vị|đầu mối|bộ phận|người)\s+)?(?:chủ trì|phụ trách|chịu trách nhiệm"
    r"|tham mưu"
    r"|theo dõi|thực hiện)|trách nhiệm|phân công",
    re.IGNORECASE,
)
BODY_HEADER = re.compile(
    r"cơ quan|đơn vị|đầu mối|bộ phận|chủ trì|trách nhiệm|phân công", re.IGNORECASE
)
INDICATOR = re.compile(
    r"chỉ tiêu|mục tiêu|nội dung|chỉ số|tiêu chí|hạng mục|danh mục|tên|nhiệm vụ|sản phẩm|indicator",
    re.IGNORECASE,
)
PLACE_HEADER = re.compile(r"địa phương|tỉnh|thành phố|huyện|địa bàn|đơn vị", re.IGNORECASE)
DEADLINE = re.compile(
    r"thời hạn|thời gian|hoàn thành|tiến độ|thời điểm|kỳ|^năm$|deadline", re.IGNORECASE
)
SKIPPED = re.compile(
    r"ghi chú|so với|so sánh|tăng/\s?giảm|tỷ lệ (?:hoàn thành|thực hiện)|phối hợp|căn cứ|điểm số"
    r"|điểm chuẩn"
    r"|^phí|^giá(?! trị)|lệ phí|mức độ(?! hài lòng)|cấp độ|thời gian giải quyết|số hiệu|điện thoại",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"chỉ tiêu|mục tiêu|kế hoạch|kết quả|thực hiện|giá trị|đạt|số lượng|tỷ lệ|tỉ lệ|tỷ trọng"
    r"|tỉ trọng|hiện trạng|(?<!\w)ước|lộ trình|phấn đấu|giao|mức|doanh thu|xếp hạng|thứ hạng|quy mô"
    r"|^(?:tổng )?số(?! (?:hiệu|kí hiệu|ký hiệu|quyết định|văn bản|công văn|tài khoản$))\s",
    re.IGNORECASE,
)
AIM = re.compile(
    r"(?<!so )(?:mục tiêu|chỉ tiêu|kế hoạch|phấn đấu|giao|lộ trình|dự kiến)", re.IGNORECASE
)
REACHED = re.compile(
    r"kết quả|thực hiện|hiện trạng|đạt được|(?<!\w)ước|thực tế|hiện nay|hiện có|đã", re.IGNORECASE
)
# Tables of procedures and fees.
SERVICES = re.compile(r"thủ tục|lệ phí|^phí|mức thu|mức phạt", re.IGNORECASE)
_TASK = re.compile(
    r"nhiệm vụ|giải pháp|nội dung|hoạt động|công việc|sản phẩm|kết quả|đầu ra|mục tiêu|chỉ tiêu"
    r"|yêu cầu",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"sản phẩm|kết quả|đầu ra|hoạt động|nhiệm vụ|công việc", re.IGNORECASE)

_COUNTRY = ("cả nước", "toàn quốc", "bình quân cả nước", "trung bình cả nước", "việt nam")
# A column that sorts the rows and does not name them.
_SORTS = re.compile(
    r"(?:nhóm|lĩnh vực|trụ cột|mục(?! (?:tiêu|đích))|phần(?! (?:trăm|mềm|việc))|loại)(?!\w)",
    re.IGNORECASE,
)

_YEAR = ("năm", "thời điểm", "mốc thời gian")
Words = dict[Cell, str]


def line(text: str) -> str:
    """Return words on one line."""
    return " ".join(text.split())


def is_value_column(header: str) -> bool:
    """Tell whether a column holds values: by its words, or by a year."""
    if not header or COUNTER.fullmatch(header) or SKIPPED.search(header):
        return False
    if last_year(header) is not None or place_of(header) is not None:
        return True
    if DEADLINE.match(header) or (BODY_HEADER.search(header) and RESPONSIBLE.search(header)):
        return False
    return bool(_VALUE.search(header))


def place_of(header: str) -> str | None:
    """Return the locality that a header names and nothing else, the country too."""
    if header.casefold() in _COUNTRY:
        return COUNTRY
    found = find_places(header)
    rest = len(header) - sum(place.end - place.start for place in found)
    whole = len(found) == 1 and rest <= len("Thành phố ")
    return found[0].name if whole else None


def tells_products(header: str) -> bool:
    """Tell whether a column says in words what is done or comes out of it, in no certain year."""
    return bool(_PRODUCT.search(header)) and last_year(header) is None


def sorts_rows(header: str) -> bool:
    """Tell whether a column holds groups of indicators."""
    return _SORTS.match(header) is not None


def is_task_column(header: str) -> bool:
    """Tell whether a column holds sentences: tasks, contents, products."""
    if COUNTER.fullmatch(header) or SKIPPED.search(header) or BODY_HEADER.search(header):
        return False
    return bool(_TASK.search(header))


def responsible_of(words: Words, headers: Words) -> str | None:
    """Return the body in the column of who is responsible, None where there is none."""
    for cell, header in headers.items():
        named = RESPONSIBLE.search(header) and BODY_HEADER.search(header)
        if named and not SKIPPED.search(header) and not any(c.isdigit() for c in words[cell]):
            return words[cell] or None
    return None


def deadline_of(words: Words, headers: Words) -> int | None:
    """Return the year in the column of deadlines, None where there is none."""
    for cell, header in headers.items():
        yearly = header.casefold() in _YEAR
        if yearly or (DEADLINE.search(header) and not is_value_column(header)):
            return last_year(words[cell])
    return None
