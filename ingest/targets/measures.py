"""Which figures of a sentence measure something that can be aimed at or reached.

A plan also counts its own parts, a law sets deadlines, fees and thresholds, and any text says how
often and how long: none of these is a target or a result.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.quantities import Quantity, find_quantities

_CURRENCY = re.compile(r"(?:đồng|vnđ|vnd|đ|usd|eur|euro|đô la|đô la mỹ)(?:/|$)", re.IGNORECASE)
_TIME = re.compile(r"(?:giờ|phút|giây|ngày|tuần|tháng|quý|năm)(?!\w)", re.IGNORECASE)
# Things that a text parts or names, beside those that `Quantity.structural` knows.
_NO_THING = re.compile(
    r"(?:số|bảng|phiên|điểm cầu|đại biểu|khách mời|tham luận|phóng viên|hằng|hàng|mỗi|đầu|cuối"
    r"|tai|tay"
    r"|câu|từ"
    r"|chữ(?! ký)|ký tự|mức|cấp|tuổi|ca|điều kiện"
    r"|tên miền|định mức|mặt|bản sao"
    r"|bản chính|kỳ|lý do|cách)(?!\w)",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(
    r"(?:lĩnh vực|yếu tố|nhóm|loại|khía cạnh|giai đoạn|hình thức|phương diện|trường hợp phải"
    r"|biện pháp"
    r"|điểm nghẽn|hướng|bên|đơn vị|quyền|nghĩa vụ|ý kiến|thành phần|nguồn|tầng"
    r"|lớp(?! (?:tập huấn|học|đào tạo|bồi dưỡng))|vai trò"
    r"|chức danh|phó"
    r"|trưởng|thời điểm|bản(?! đồ)|dạng|ngành|kiểu|đầu mối|bậc học|cuộc họp|đối tượng|nguyên nhân"
    r"|hạn chế"
    r"|tồn tại|văn kiện|quốc gia|hội nghị|hội thảo|nghị quyết|báo cáo|quyết định|kế hoạch"
    r"|tờ trình|thông báo"
    r"|công văn|phiên họp|buổi)(?!\w)",
    re.IGNORECASE,
)
_MANY = 30
# A text has fewer parts: 1,2 triệu trang are pages that were scanned.
_PARTS_OF_TEXT = 300
# Sizes of paper, photographs and the like; lengths and weights that are aimed at are larger.
_SIZE = re.compile(r"(?:cm|mm|m|g|mg|ml|°C)", re.IGNORECASE)
_SHORTEST_UNIT = 2
_SHORT_FORMS = frozenset({"DN", "HS", "SV", "HV", "XN", "HĐ", "BV"})
_FEW = 10
# "Gồm 3 chức năng", "với 3 nền tảng", "là hai thành phố": a few things that make up another.
_MADE_OF = re.compile(
    r"(?<!\w)(?:gồm|bao gồm|gồm có|trên|theo|(?<!hình )(?<!hoàn )thành|qua|thông qua|là|về"
    r"|(?<!kết nối )(?<!liên thông )"
    r"(?<!tích hợp )(?<!chia sẻ )với|dựa trên|cả|chia làm|một trong|trong số|các|những)\s+$",
    re.IGNORECASE,
)
_ONE_AMONG = re.compile(r"(?:\d|một|những|nhiều)\s+trong(?:\s+(?:tổng\s+)?số)?\s+$", re.IGNORECASE)
# "Hai tập đoàn là A và B": a few that are called by name.
_NAMED_BEHIND = re.compile(r"[^,;.:()]{0,40}?\s(?:là|gồm|như)\s[A-ZĐÀ-Ỹ]")
# "Tổ công tác gồm 15 người".
_MEMBERS = re.compile(r"(?:người|thành viên|đồng chí|ủy viên|uỷ viên)(?!\w)", re.IGNORECASE)
_BODY = re.compile(
    r"(?<!\w)(?:tổ|ban|hội đồng|đoàn|nhóm|đội)\s[^,;.]{0,60}(?:gồm|có)\s+$", re.IGNORECASE
)
_IN_WORDS = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+)*")
_DONE = re.compile(
    r"\s(?:\w+\s){0,3}?(?:đã |được |đang |chưa )?(?:hoàn thành|hoàn tất|đạt|vượt|chưa|đang"
    r"|thực hiện)(?!\w)"
)
_DONE_BEFORE = re.compile(r"(?:hoàn thành|hoàn tất|đã thực hiện|đạt và vượt|đạt)(?: được)?\s+$")
_RUNNING = re.compile(r"\s(?:liên tiếp|liên tục|liền)(?!\w)", re.IGNORECASE)
_MULTIPLE = re.compile(r"(?<!\w)(?:gấp|gấp khoảng|gấp hơn|tăng|giảm|gấp gần)\s+$", re.IGNORECASE)
_AGE_OR_DAY = re.compile(r"(?:tuổi|lần/|lượt/ngày)", re.IGNORECASE)
_LIFE = re.compile(r"tuổi thọ", re.IGNORECASE)
_LASTING = re.compile(
    r"(?<!\w)(?:thời gian|thời hạn giải quyết)[^;.]{0,80}(?:giảm|rút ngắn|còn|xuống|đạt|bình quân)"
    r"|(?<!\w)thời gian(?! (?:thực hiện|hoàn thành|báo cáo|lưu|bảo hành|thử|gửi))[^;.]{0,80}"
    r"(?:không quá|tối đa|dưới)\s+$",
    re.IGNORECASE,
)
_COUNTED_BEFORE = re.compile(
    r"(?:^|[,;:]\s|(?<!\w)(?:giải quyết|tiếp nhận|xử lý|có|với|nâng)\s)\W*(?:tổng\s)?số\s"
    r"(?:lượng\s)?(?!hóa|hoá|lượng)(?P<what>[^;.,:]{2,120}?)\s(?:đã\s)?"
    r"(?:là|đạt|lên tới|lên đến|ước đạt)\s+$",
    re.IGNORECASE,
)
_INDEX_VALUE = re.compile(
    r"(?<!\w)(?:chỉ số|điểm số|giá trị|hệ số)[^;,.]{2,80}(?:đạt|là|đạt mức|ở mức|bằng|lên|còn)\s+$",
    re.IGNORECASE,
)

# What a law or a procedure fixes: fees, fines, thresholds, what a case is entitled to.
_FEE = re.compile(
    r"(?<!\w)(?:(?<!chi )(?<!kinh )phí|lệ phí|mức thu|mức phạt|phạt tiền|xử phạt|tiền phạt"
    r"|giá vé|vé (?:vào|xem|tham quan|tháng|lượt)|giải (?:nhất|nhì|ba|khuyến khích|đặc biệt|thưởng)"
    r"|(?<!trị )(?<!đánh )giá(?! trị)"
    r"|mức gốc|mức lương cơ sở|lãi suất)(?!\w)[^;]{0,80}$",
    re.IGNORECASE,
)
# "Nếu năm 2020 ..., thì đến nay ..." compares what was reached.
_IF_NOT_SINCE = r"nếu(?!(?: như)?(?: vào| trong)? (?:năm|trước|cuối|đầu|tháng|quý)\s)"
_CASE = re.compile(
    r"(?<!\w)(?:(?<!\d )(?<!nghìn )(?<!triệu )trường hợp|"
    + _IF_NOT_SINCE
    + r"|giả sử|với điều kiện"
    r"|đối với (?:các |những )?(?:dự án|gói thầu|hồ sơ|tổ chức|cá nhân|người|sản phẩm|đối tượng"
    r"|hành vi"
    r"|tài sản|xe)(?!\w)[^,;]{0,60}(?:có|từ|trên|dưới))(?!\w)[^,;:]*$",
    re.IGNORECASE,
)
_ENTITLED = re.compile(
    r"(?<!\w)(?:hỗ trợ|miễn phí|miễn|giảm|ưu đãi|chiết khấu|trợ cấp|thưởng|giảm giá|phụ cấp)"
    r"(?:\s+(?:giá|tối đa|tối thiểu|không quá|thêm|ngay|từ|đến|bằng|mức|một lần))*\s+$",
    re.IGNORECASE,
)
_ENTITLED_TO = re.compile(
    r"\s+(?:(?:tổng |mức )?(?:chi phí|học phí|lệ phí|phí|mức|lãi suất|giá|kinh phí|tiền|thuế|cước"
    r"|lương)"
    r"|trong \w+ tháng|cho (?:các |những |mỗi )?(?:khách|người|doanh nghiệp|DN|hộ|hợp tác xã"
    r"|đối tượng|học sinh|sinh viên|đơn vị))(?!\w)",
    re.IGNORECASE,
)
_EACH_SUPPORTED = re.compile(
    r"(?<!\w)(?:mỗi|từng)\s[^,;]*(?:hỗ trợ|thưởng|cấp)(?:\s\w+){0,2}\s*$", re.IGNORECASE
)
_PRAISED = re.compile(
    r"(?<!\w)(?:bằng khen|giấy khen|khen thưởng|tuyên dương)(?!\w)", re.IGNORECASE
)
_IF = re.compile(rf"(?:^|[,:]\s|rằng\s)\W*{_IF_NOT_SINCE}\s", re.IGNORECASE)
_LENT = re.compile(r"(?<!\w)được vay(?:\s(?:vốn|tối đa|không quá|đến|tới))*\s+$", re.IGNORECASE)
_FREE_OFFER = re.compile(r"(?<!\w)hỗ trợ miễn phí(?!\w)[^.;]*$", re.IGNORECASE)
_PENALTY_UNIT = re.compile(r"\s?/\s?(?:ngày|giờ|lần|hồ sơ)(?!\w)", re.IGNORECASE)
_RULE_FOR_SPENDING = re.compile(r"(?:kinh phí|mức chi|mức hỗ trợ)\s+(?:tối đa|không quá)\s+$")


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that measures; `baseline`: it is where a change began ("từ 20% lên 30%")."""

    quantity: Quantity
    baseline: bool = False

    @property
    def start(self) -> int:
        """Return where the figure begins, its operator included."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Return where the figure ends, its unit included."""
        return self.quantity.end

    @property
    def percent(self) -> bool:
        """Tell whether it is a share, or a difference of shares."""
        return self.quantity.unit in ("%", "điểm phần trăm")

    @property
    def rank(self) -> bool:
        """Tell whether it is a place among others."""
        return self.quantity.role == "rank"

    @property
    def currency(self) -> bool:
        """Tell whether it is money."""
        return is_currency(self.quantity.unit)


def is_currency(unit: str | None) -> bool:
    """Tell whether a unit is money."""
    return unit is not None and _CURRENCY.match(unit) is not None


def find_measures(text: str, start: int = 0) -> list[Measure]:
    """Return the measures of a sentence in order; what stands before `start` only marks it."""
    quantities = [item for item in find_quantities(text) if item.role in ("amount", "rank")]
    kept = [
        item
        for item in quantities
        if item.figure.start >= start and _measures(text, item) and not _is_rule(text, item)
    ]
    kept = [item for item in kept if not _is_field_of_rank(text, item, kept)]
    kept = [item for item in kept if not _tells_which(text, item, kept)]
    return [Measure(_whole(text, item), _begins_change(text, item, kept)) for item in kept]


def _measures(text: str, item: Quantity) -> bool:
    before = text[: item.figure.start]
    if item.role == "rank":
        return not _is_praise(text, item)
    if item.unit is None:
        valued = _INDEX_VALUE.search(before) or _COUNTED_BEFORE.search(text[: item.start])
        return bool(valued) and item.figure.kind == "number"
    if item.unit in ("%", "điểm phần trăm") or is_currency(item.unit):
        return True
    if text[item.figure.start - 1 : item.figure.start] == "/":
        return False
    if item.structural and not _exceeds(item, _PARTS_OF_TEXT):
        return bool(_DONE.match(text, item.end) or _DONE_BEFORE.search(text[: item.start]))
    if _TIME.match(item.unit):
        running = _RUNNING.match(text, item.end) and item.unit == "năm"
        return bool(running or _LASTING.search(before))
    if item.unit == "lần":
        return bool(_MULTIPLE.search(text[: item.start]))
    if _AGE_OR_DAY.match(item.unit):
        return bool(_LIFE.search(before))
    if item.out_of is not None:
        return not re.match(r"\s(?:tổng )?số(?!\w)", text[item.figure.end :])
    return _counts(text, item)


def _exceeds(item: Quantity, limit: int) -> bool:
    return isinstance(item.number, float) and item.number > limit


def _counts(text: str, item: Quantity) -> bool:
    """Tell whether a number of things counts them, and does not only name a few or a part."""
    number = item.number if isinstance(item.number, float) else (item.number or (0.0,))[-1]
    if number <= 0 or not item.unit or _NO_THING.match(item.unit):
        return False
    if number <= _MANY and _ABSTRACT.match(item.unit):
        return False
    if len(item.unit) < _SHORTEST_UNIT or not item.unit[0].isalpha() or _SIZE.fullmatch(item.unit):
        return False
    if item.unit.isupper() and len(item.unit) <= _SHORTEST_UNIT and item.unit not in _SHORT_FORMS:
        return False
    if _ONE_AMONG.search(text[: item.start]):
        return False
    if number <= _MANY and _MEMBERS.match(item.unit) and _BODY.search(text[: item.start]):
        return False
    few = number <= _FEW
    if few and _NAMED_BEHIND.match(text, item.end):
        return False
    if few and _MADE_OF.search(text[: item.start]):
        return False
    return not (few and _IN_WORDS.fullmatch(item.figure.text) and number == 1)


def _is_praise(text: str, item: Quantity) -> bool:
    """Tell "dẫn đầu cả nước" that names no ranking."""
    if not item.figure.text.casefold().startswith("dẫn đầu"):
        return False
    after = text[item.end : item.end + 60].casefold()
    before = text[max(0, item.start - 100) : item.start].casefold()
    ranked = re.match(r"\s+(?:về|trong)\s+(?:chỉ số|bảng|xếp hạng)", after)
    if "bảng xếp hạng" in item.figure.text.casefold():
        return False
    return not (ranked or re.search(r"(?:chỉ số|xếp hạng)[^,;.()]*$", before))


def _is_field_of_rank(text: str, item: Quantity, kept: Sequence[Quantity]) -> bool:
    """Tell 6 of "đứng thứ 3 trong 6 tỉnh": among how many something is ranked."""
    if item.unit in ("năm", "%"):
        return False
    ranks = [other for other in kept if other.role == "rank" and other.end <= item.start]
    return bool(ranks) and bool(
        re.fullmatch(
            r"\s+(?:trong|trên)(?:\s+(?:tổng\s+)?số)?\s+", text[ranks[-1].end : item.start]
        )
    )


def _tells_which(text: str, item: Quantity, kept: Sequence[Quantity]) -> bool:
    """Tell the group of "5 trường thuộc nhóm 500 trường hàng đầu": it tells which are counted."""
    if item.role != "rank" or item.operator != "<=":
        return False
    counted = [
        other
        for other in kept
        if other.role == "amount" and other.unit != "%" and other.end <= item.start
    ]
    between = text[counted[-1].end : item.start] if counted else ","
    return re.search(r"[,;.:]|(?<!\w)và(?!\w)", between) is None


def _is_rule(text: str, item: Quantity) -> bool:
    """Tell whether the words around a figure fix what someone must pay, get, or keep within."""
    before = text[max(0, item.start - 200) : item.start]
    before = re.split(r"[.;](?=\s)", before)[-1]
    operator_and_before = text[max(0, item.start - 200) : item.figure.start]
    if is_currency(item.unit) and (_FEE.search(before) or _PENALTY_UNIT.match(text, item.end)):
        return True
    if item.unit == "%" and (_PENALTY_UNIT.match(text, item.end) or _FEE.search(before[-60:])):
        return True
    if _PRAISED.search(before):
        return True
    if _RULE_FOR_SPENDING.search(operator_and_before) or _FREE_OFFER.search(before):
        return True
    if is_currency(item.unit) and _EACH_SUPPORTED.search(before):
        return True
    if is_currency(item.unit) and _LENT.search(operator_and_before):
        return True
    entitled = _ENTITLED.search(operator_and_before) and _ENTITLED_TO.match(text, item.end)
    return bool(entitled or _CASE.search(before) or _IF.search(before))


def _begins_change(text: str, item: Quantity, kept: Sequence[Quantity]) -> bool:
    from_here = re.search(
        r"(?<!\w)từ\s+$", text[max(0, item.start - 6) : item.start], re.IGNORECASE
    )
    if not from_here:
        return False
    later = [other for other in kept if other.start > item.start]
    between = text[item.end : later[0].start] if later else ""
    return bool(re.search(r"(?<!\w)(?:lên|xuống|còn|đến|tới|thành)(?!\w)", between))


def unit_of_count(counted: str) -> str | None:
    """Return the unit of what a heading or subject counts: "hồ sơ" of "hồ sơ nộp qua mạng"."""
    return next((item.unit for item in find_quantities(f"2 {counted}")), None)


def _whole(text: str, item: Quantity) -> Quantity:
    """Return a rank with the words that make it one, and a count with the unit named ahead of it.

    "Đứng thứ 2", "xếp thứ 24/63"; "số tài khoản đã cấp là 500".
    """
    if item.unit is None and (counted := _COUNTED_BEFORE.search(text[: item.start])):
        return replace(item, unit=unit_of_count(counted["what"]))
    if item.role != "rank" or item.figure.text.casefold().startswith(("đứng", "dẫn", "xếp")):
        return item
    before = re.search(
        r"(?<!\w)(?:(?:xếp|đứng|giữ|vươn lên|lên|xuống)\s+(?:(?:ở|tại)\s+)?)?"
        r"(?:(?:thứ|hạng|vị trí|vị thứ|thứ hạng)\s+(?:thứ\s+|số\s+)?)+$",
        text[max(0, item.figure.start - 30) : item.figure.start],
        re.IGNORECASE,
    )
    if not before:
        return item
    start = min(item.start, item.figure.start - len(before.group()))
    return replace(item, start=start)
