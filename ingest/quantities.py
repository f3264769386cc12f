"""What a figure says in its sentence: operator, value, unit, rank or amount, structural count.

`find_figures` tells which digits are figures; here the words around each are read. Text without
any marks is read with the same rules folded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from ingest.documents import Operator
from ingest.figures import Figure, find_figures
from ingest.text import fold, has_marks

Role = Literal["amount", "rank", "label", "time", "document"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with what its surroundings say of it.

    `role`: an `amount` counts or measures; a `rank` places among others; a `label` only names
    (Điều 5, mức độ 4, lần thứ 9, 5G); `time` is a date, month, year or hour; `document` the number
    of a legal document. Only amounts and ranks have a number and a unit. `number` is the value
    with nghìn, triệu and tỷ multiplied out, (low, high) of a range; `out_of` is 63 of "24/63" and
    of "24 trên 63".
    `unit` is "%", "điểm phần trăm", "hạng" of a rank, a currency or measure, or else the noun
    phrase that follows: as written, two words, up to four after a word that takes a further noun
    (cơ sở y tế), ending before a verb or a word of grammar; None where none follows.
    `structural`: what is counted are parts of a text or plan (27 chỉ tiêu, 5 chương).
    `start` and `end` take in the operator and the unit; `value` is the figure with its unit, and
    with "top" or "nhóm", as written.
    """

    figure: Figure
    role: Role
    start: int
    end: int
    value: str
    operator: Operator = "="
    number: float | tuple[float, float] | None = None
    out_of: float | None = None
    unit: str | None = None
    structural: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str | None
    end: int


class _Rule:
    """A pattern that is matched folded against text without marks."""

    def __init__(self, pattern: str, *, marked_only: str = "") -> None:
        plain = pattern.replace(marked_only, "") if marked_only else pattern
        self._marked = re.compile(pattern, re.IGNORECASE)
        self._plain = re.compile(fold(plain), re.IGNORECASE)

    def of(self, *, marked: bool) -> re.Pattern[str]:
        return self._marked if marked else self._plain


_BEFORE, _AFTER = 48, 100

# --- Operators -----------------------------------------------------------------------------------

_FILLER = (
    r"(?:\s+(?:là|đạt|bằng|có|từ|đến|tới|phải|mức|được|cho|con số|ngưỡng|mốc|khoảng|tăng|giảm"
    r"|chiếm|thêm|đạt được))"
)
_MEASURE_WORD = r"(?:\s+(?:mức|ngưỡng|mốc|con số))?"
# The first that fits counts: "không quá" stands before "quá".
_BEFORE_RULES: tuple[tuple[Operator, _Rule], ...] = (
    (
        ">=",
        _Rule(
            r"(?:(?<!\w)(?:tối thiểu|ít nhất|không (?:được )?(?:dưới|ít hơn|thấp hơn|nhỏ hơn|kém)"
            rf"|at least){_FILLER}{{0,2}}|≥|>=|=>)\s*:?\s*$"
        ),
    ),
    (
        "<=",
        _Rule(
            r"(?:(?<!\w)(?:tối đa|nhiều nhất|không (?:được )?(?:quá|vượt quá|vượt|hơn|cao hơn"
            rf"|lớn hơn|trên)|at most|up to){_FILLER}{{0,2}}(?:\s+không quá)?|≤|<=|=<)\s*:?\s*$"
        ),
    ),
    (
        "<",
        _Rule(
            r"(?:(?<!\w)(?:dưới|(?:chưa|không) (?:đến|tới|đầy|đủ)|(?:thấp|nhỏ|ít|kém) hơn|less than"
            rf"|under|below){_MEASURE_WORD}|<)\s*$"
        ),
    ),
    (
        "≈",
        _Rule(
            r"(?:(?<!\w)(?:gần(?: như)?|khoảng(?: từ)?|xấp xỉ|ước(?: tính)?(?: đạt)?|chừng|ngót|cỡ"
            rf"|about|around|nearly|almost|approximately|some){_MEASURE_WORD}|[~≈])\s*$"
        ),
    ),
    (
        ">",
        _Rule(
            r"(?:(?<!\w)(?:trên|vượt(?: quá)?(?=\s+(?:mức|ngưỡng|mốc|con số))|vượt quá|hơn|quá"
            rf"|more than|over|above){_MEASURE_WORD}|>)\s*$",
            marked_only="|quá",
        ),
    ),
    (">=", _Rule(r"(?<!\w)(?:đạt|có)\s+từ\s*$")),
)
_UPWARD = _Rule(r"(?:\s+[^\W\d_]+){0,4}?\s+(?:trở lên|đổ lên|or more|and above)(?!\w)|\+(?!\w)")
_DOWNWARD = _Rule(r"(?:\s+[^\W\d_]+){0,4}?\s+(?:trở xuống|or less)(?!\w)")
# "Trên 3 trụ cột" is "on three pillars", "dưới 2 hình thức" is "in two forms".
_PLACE_WORD = _Rule(r"(?<!\w)(?:trên|dưới)\s*$")
_NO_COMPARED = _Rule(
    r"\s+(?:trụ cột|lĩnh vực|phương diện|mặt|khía cạnh|nền tảng|địa bàn|môi trường|hình thức"
    r"|góc độ|dạng|cơ sở dữ liệu)(?!\w)"
)
_RESTING = _Rule(r"(?<!\w)(?:dựa|căn cứ|tập trung|dựa vào)\s+trên\s*$")
# "Cao hơn 5% so với" states a difference; "từ 20% lên 30%" where something began.
_DIFFERENCE = _Rule(r"(?<!\w)(?:cao|thấp|lớn|nhỏ|nhiều|ít|nhanh|kém)\s+hơn\s*$")
_COMPARED_WITH = _Rule(r"[^.;,\n]{0,60}?\s+so với(?!\w)")
_STARTING = _Rule(r"[^.;\n]{0,60}?\s+(?:lên|xuống|đến|tới|còn|sang)(?!\w)")

_BEGAN = re.compile(r"(?<!\w)(?:từ|from)\s(?:mức |khoảng |gần |hơn )*$", re.IGNORECASE)
_CHANGED = re.compile(r"[^.;,\n]{0,40}?\s(?:lên|xuống|còn|to)(?!\w)", re.IGNORECASE)


def begins_change(text: str, start: int, end: int) -> bool:
    """Tell whether a change began at a figure: 18% of "từ 18% lên 45%"."""
    return bool(_BEGAN.search(text[:start]) and _CHANGED.match(text, end))


# --- Ranks and labels ----------------------------------------------------------------------------

_RANK_BEFORE = _Rule(
    r"(?<!\w)(?:(?:xếp|đứng|vị trí|ngôi|thứ hạng|vị thứ|hạng"
    r"|(?:lên|xuống|về|giữ|ở|đạt)\s+thứ|ranked?)"
    r"(?:\s+(?:thứ|hạng|vị trí|ở|tại|số|là|khoảng|trên|dưới))*)\s*$"
)
_ORDINAL_BEFORE = _Rule(r"(?<!\w)thứ\s*$")
_GRADE_BEFORE = _Rule(
    r"(?<!\w)(?:bệnh viện|trường|giáo viên|viên chức|công chức|khách sạn|đô thị|công trình|loại"
    r"|chức danh|lái xe|giấy phép|phòng khám|cơ sở|nghề nghiệp|năng lực|kiến trúc sư)\s+hạng\s*$"
)
_TOP = _Rule(r"(?<!\w)(?P<top>top|tốp|tôp)\s*$")
_GROUP = _Rule(r"(?<!\w)(?P<group>nhóm|thuộc|(?:một )?trong số|(?:một )?trong)\s+$")
_LEADING = _Rule(
    r"(?:[^.;,()\n]|,\s(?=(?:thành phố|huyện|thị xã|đơn vị|vùng|xã|phường|quận)\s)){0,80}?"
    r"(?:\([^()\n]{0,160}\)[^.;,()\n]{0,40}?)?"
    r"\s(?:dẫn đầu|đứng đầu|hàng đầu|đi đầu|đầu bảng|tốt nhất|cao nhất|đầu cả nước)(?!\w)"
)
_FIRST = _Rule(
    r"(?<!\w)(?:đứng đầu(?! (?:cơ quan|tổ chức|đơn vị|cấp|chính quyền|bộ|ngành|là|chịu|phải))"
    r"|dẫn đầu (?:cả nước|toàn quốc|khu vực|bảng xếp hạng)"
    r"|ngôi (?:đầu|vương|nhất|số một)|vị trí số một"
    r"|(?:xếp|đứng|vị trí|hạng|về) (?:thứ |hạng )?nhất(?! định))(?!\w)"
)
_NO_FIRST = _Rule(
    r"(?<!\w)(?:người|đồng chí|cán bộ|ông|bà|nhóm|tốp|top|thuộc|trong số|những|các|một trong)(?!\w)"
    r"[^.;,\n]{0,40}$"
)
_LABEL_WORDS = (
    "điều|khoản|điểm|chương|mục|phần|tiết|phụ lục|biểu|mẫu|bảng|hình|trang|mức độ|cấp độ|giai đoạn"
    "|bước|vòng|đợt|khóa|khoá|lớp|tập|quyển|quận|phường|tổ|thôn|xóm|ấp|khu phố|quốc lộ|tỉnh lộ"
    "|ngõ|hẻm|tầng|phòng|lô|phiên bản|thế hệ|bài|câu|chuyên đề|trung ương|vùng|tổ dân phố|hệ|số nhà"
    "|đường|nhà số|đường số|mẫu số|biểu số|phụ lục số|mã số|số hiệu|ký hiệu|điện thoại|hotline|fax"
    "|đt|tel|nghị quyết|quyết định|kế hoạch|nghị định|thông tư|chỉ thị|kết luận|đề án|luật|công văn"
    "|văn bản|lần|ngày thứ|số báo|qcvn|tcvn|iso|pl|tòa nhà|toà nhà|tiêu chuẩn|tiêu chí|bậc|section"
    "|article|level|phase"
)
_LABEL_BEFORE = _Rule(rf"(?<!\w)(?:{_LABEL_WORDS})(?:\s+(?:số|thứ))?\s*:?\s*$")
_CLOCK_BEFORE = _Rule(r"(?<!\w)(?:lúc|hồi|vào|từ|đến)\s*$")
_SCALE_BEFORE = _Rule(r"(?<!\w)(?:tỷ lệ|tỉ lệ|bản đồ)\s*$")
_CLOCK_AFTER = re.compile(r"\s?(?:h|giờ|gio|g)(?:\s?\d\d?|\W|$)", re.IGNORECASE)
_OUT_OF = _Rule(r"\s+(?:trên(?: tổng số| số)?|trong(?: tổng)? số)\s+$")
_LABEL_FORM = re.compile(r"\d{1,4}(?:\.\d{1,2})?(?:\s?[-–]\s?\d{1,4}|\s(?:đến|tới)\s\d{1,4})?")
_LIST_JOINT = re.compile(r"\s?[,;]\s?(?:và\s)?|\s(?:và|hoặc|hay|đến)\s")
_POINT_OPENS = re.compile(r"(?:^|\n|[.;:”\"])[\s“\"*+–-]*$")
_POINT_ENDS = re.compile(r"\.?[.)\-](?=\s|$)")
_DOTTED_BEFORE = re.compile(r"[^\W\d_][._]$")
_DOTTED_AFTER = re.compile(r"[._][^\W_]")
_HOUSE_BEFORE = re.compile(r"(?<!tổng )(?<!con )(?<!trong )(?<!một )\bsố:?\s$", re.IGNORECASE)
_HOUSE_AFTER = re.compile(r"[,;]?\s[A-ZĐÀ-Ỹ][a-zà-ỹ]|[,;.)]|$")
# The number of an administrative procedure: 1.004222.
_PROCEDURE = re.compile(r"\d\.\d{6}")
_LONGEST_POINT = 6
_MOST_COUNTED = 12
_AROUND_THE_CLOCK = frozenset({"f:24/7", "f:24/24"})

# --- Units ---------------------------------------------------------------------------------------

_POINTS = _Rule(r"\s?(?P<points>điểm\s+(?:phần\s+trăm|%)|percentage points?)(?!\w)")
_FIXED_UNIT = _Rule(
    r"\s?(?P<unit>(?:đồng|VNĐ|VND|USD|đô la(?: Mỹ)?|EUR|euro|đ|km2|km²|m2|m²|m3|m³|ha|hecta|héc-ta"
    r"|km|cm|mm|ml|mg|m|kg|g|tấn|tạ|lít|kWh|MWh|kW|MW|GW|Mbps|Gbps|Kbps|MB|GB|TB|PB|GHz|MHz|Hz|‰|°C"
    r"|giờ|phút|giây|ngày(?: làm việc)?|tuần|tháng|quý|năm|tuổi|lần|bậc|hạng|dong)(?!\w|\sbộ)"
    r"(?:/(?:hồ sơ|dự án|lao động|học sinh|sinh viên|giao dịch|văn bản|nhiệm vụ|thủ tục|sản phẩm"
    r"|[^\W\d_]+)(?:/[^\W\d_]+)?)?)"
)
_TIME_UNITS = frozenset({"giờ", "phút", "giây", "ngày", "tuần", "tháng", "quý", "năm", "tuổi"})
_WORD = re.compile(r"\s([^\W\d_]+(?:-[^\W\d_]+)?)")
_PAIR = re.compile(r"\s([^\W\d_]+)\s([^\W\d_]+)")
# Words that no name of a thing counted goes beyond.
_GRAMMAR_WORDS = (
    "đã đang sẽ được bị có là và hoặc với của cho tại ở trên dưới trong ngoài từ đến tới vào ra "
    "lên xuống về theo do bởi để khi nếu thì mà như so này đó kia ấy đạt tăng giảm chiếm gồm bao "
    "trở mới chưa không còn cũng phải cần qua nhằm sau trước gần hơn các những mỗi cùng vẫn rất "
    "khác làm đi giúp bằng tốt nhất cao thấp lớn nhỏ thuộc nằm toàn cả nên rồi vừa đều hay nữa "
    "trọng thứ đầu"
)
_STOPS = frozenset(_GRAMMAR_WORDS.split())
_VERBS = frozenset(
    {
        "hoạt động", "sử dụng", "thực hiện", "triển khai", "áp dụng", "tham gia", "hoàn thành",
        "cung cấp", "kết nối", "cập nhật", "tiếp nhận", "tiếp tục", "giải quyết", "phục vụ",
        "liên tiếp", "xác thực", "đăng ký", "truy cập", "dẫn đầu", "đồng bộ", "gọi vốn",
        "trực thuộc", "thí điểm", "hàng đầu", "khảo sát", "hình thành", "phát sinh",
        "tương ứng", "bình quân",
        "hài lòng", "đáp ứng", "phủ sóng", "ban hành", "xây dựng", "thành công",
        "trưởng thành", "chấp hành",
    }
)  # fmt: skip
# How many words a unit may have that begins so, where two are not the whole name.
_LONGER_UNITS = {
    3: (
        "khu", "trạm", "nút", "lượt", "nhà", "phòng", "ban", "tổ", "đội", "trường", "lớp", "cuộc",
        "loại", "bộ", "bản", "gói", "suất", "hộ", "điểm", "chữ ký", "người lao", "cán bộ",
        "hạ tầng",
    ),
    4: (
        "cơ sở", "trung tâm", "hệ thống", "dịch vụ", "thủ tục", "dữ liệu", "thông tin", "bản đồ",
        "mô hình", "nhóm nhiệm", "nhóm giải",
    ),
    5: ("khu đô", "khu công", "cơ sở dữ"),
}  # fmt: skip
_STRUCTURAL = frozenset(
    {
        "chỉ tiêu", "nhiệm vụ", "giải pháp", "mục tiêu", "nội dung", "quan điểm", "nguyên tắc",
        "trụ cột", "yêu cầu", "chương", "điều", "khoản", "mục", "phần", "phụ lục", "trang", "bước",
        "nhóm", "tiêu chí", "đột phá", "bài học", "vấn đề", "phương án", "biểu mẫu",
    }
)  # fmt: skip


# Nouns that officials write with a capital.
_CAPITAL_WORDS = "điều chương khoản mục phần sở bộ ban luật phường xã quận huyện tỉnh cục vụ"
_CAPITAL_NOUNS = frozenset(_CAPITAL_WORDS.split())


def find_quantities(text: str) -> list[Quantity]:
    """Return what each figure of NFC text says, in order, numbers in words included.

    "Đứng đầu" and "xếp thứ nhất" are rank 1. A number repeated in words, "03 (ba) năm", and the
    "6" of "thứ 3 trên 6" are no quantities of their own.
    """
    marked = has_marks(text)
    figures = find_figures(text, written_out=True)
    found: list[Quantity] = []
    skipped: set[int] = set()
    for at, figure in enumerate(figures):
        if at not in skipped:
            follower = figures[at + 1] if at + 1 < len(figures) else None
            quantity, merged = _with_follower(text, figure, follower, marked=marked)
            if found and _continues_labels(text, found[-1], quantity):
                quantity = _named(figure, "label")
            found.append(quantity)
            skipped |= {at + 1} if merged else set()
    found += _first_places(text, found, marked=marked)
    return sorted(found, key=lambda item: item.figure.start)


def _with_follower(
    text: str, figure: Figure, follower: Figure | None, *, marked: bool
) -> tuple[Quantity, bool]:
    """Return the quantity, and whether the figure that follows is part of it."""
    if follower and follower.key == figure.key and _in_brackets(text, figure, follower):
        whole = replace(figure, end=follower.end + 1, text=text[figure.start : follower.end + 1])
        return _quantity(text, whole, marked=marked), True
    quantity = _quantity(text, figure, marked=marked)
    total = _total(text, figure, follower, marked=marked)
    if follower is None or total is None:
        return quantity, False
    unit = _unit(text, follower.end, marked=marked)
    ranked = any(
        _matches(rule, text, figure.start, marked) for rule in (_RANK_BEFORE, _ORDINAL_BEFORE)
    )
    role: Role = "rank" if ranked else "amount"
    merged = replace(
        quantity,
        role=role,
        number=float(figure.values[0]),
        out_of=float(total),
        unit="hạng" if ranked else unit.name,
        end=follower.end if ranked else unit.end,
        value=text[figure.start : follower.end if ranked else unit.end],
    )
    return merged, True


def _continues_labels(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Tell whether a number goes on with a list of labels: "các khoản 1, 2 và 6 Điều này"."""
    joined = _LIST_JOINT.fullmatch(text, before.figure.end, quantity.figure.start)
    counts = quantity.unit is not None and quantity.unit[0].islower()
    bare = quantity.figure.kind in ("number", "range") and not counts
    return bool(joined) and before.role == "label" and quantity.role == "amount" and bare


def _named(figure: Figure, role: Role) -> Quantity:
    return Quantity(figure, role, figure.start, figure.end, figure.text)


def _in_brackets(text: str, figure: Figure, follower: Figure) -> bool:
    between = text[figure.end : follower.start]
    return between.strip() == "(" and text[follower.end : follower.end + 1] == ")"


def _total(text: str, figure: Figure, follower: Figure | None, *, marked: bool) -> Decimal | None:
    """Return 6 of "3 trên 6" and 15 of "8 trong tổng số 15"."""
    if not follower or figure.kind != "number" or follower.kind != "number":
        return None
    if not figure.values or not follower.values or figure.values[0] > follower.values[0]:
        return None
    between = text[figure.end : follower.start]
    joined = len(between) < _BEFORE and _OUT_OF.of(marked=marked).fullmatch(between)
    return follower.values[0] if joined else None


def _quantity(text: str, figure: Figure, *, marked: bool) -> Quantity:
    role = _role(text, figure, marked=marked)
    if role not in ("amount", "rank"):
        return _named(figure, role)
    unit = _unit(text, figure.end, marked=marked)
    if figure.kind == "percent" or figure.key.startswith("rp:"):
        unit = _Unit("%", figure.end)
    number, out_of = _number(figure)
    amount = Quantity(
        figure,
        role,
        figure.start,
        unit.end,
        text[figure.start : unit.end],
        number=number,
        out_of=out_of,
        unit=unit.name,
        structural=figure.kind == "number" and _is_structural(unit.name),
    )
    if group := _group(text, amount, marked=marked):
        return group
    if role == "rank":
        amount = replace(amount, unit="hạng", end=figure.end, value=figure.text, structural=False)
    return _compared(text, amount, marked=marked)


def _number(figure: Figure) -> tuple[float | tuple[float, float], float | None]:
    values = [float(value) for value in figure.values]
    if figure.kind == "range":
        return (values[0], values[1]), None
    return values[0], values[1] if figure.kind == "fraction" else None


def _matches(rule: _Rule, text: str, start: int, marked: bool) -> re.Match[str] | None:
    """Return where a rule matches the words that end at `start`."""
    return rule.of(marked=marked).search(text[max(0, start - _BEFORE) : start])


def _follows(rule: _Rule, text: str, end: int, marked: bool) -> re.Match[str] | None:
    return rule.of(marked=marked).match(text, end)


# --- Roles ---------------------------------------------------------------------------------------


def _role(text: str, figure: Figure, *, marked: bool) -> Role:
    if figure.key.startswith("l:"):
        return "document"
    if figure.kind in ("date", "month", "year") or figure.key.startswith("ry:"):
        return "time"
    if figure.kind == "code" or not figure.values or figure.key in _AROUND_THE_CLOCK:
        return "label"
    if figure.kind == "fraction" and (special := _role_of_fraction(text, figure, marked=marked)):
        return special
    return "amount" if figure.kind == "percent" else _role_of_number(text, figure, marked=marked)


def _role_of_fraction(text: str, figure: Figure, *, marked: bool) -> Role | None:
    """Tell 155/2025, the number of a document, and 1/500, a scale, from "24 of 63"."""
    top, bottom = figure.values
    if 1990 <= bottom <= 2099 and re.search(r"/\s?(?:19|20)\d\d$", figure.text):
        return "document"
    if top == 1 and bottom >= 100 and _matches(_SCALE_BEFORE, text, figure.start, marked):
        return "label"
    return None


def _role_of_number(text: str, figure: Figure, *, marked: bool) -> Role:
    before = figure.start
    if _is_list_number(text, figure) or _is_serial(text, figure):
        return "label"
    if _matches(_TOP, text, before, marked):
        return "rank"
    if _is_clock(text, figure, marked=marked):
        return "time"
    if _matches(_GRADE_BEFORE, text, before, marked):
        return "label"
    if _matches(_RANK_BEFORE, text, before, marked):
        return "rank"
    if _matches(_ORDINAL_BEFORE, text, before, marked):
        return "rank" if figure.kind == "fraction" else "label"
    if _matches(_LABEL_BEFORE, text, before, marked) and _may_be_label(text, figure, marked=marked):
        return "label"
    return "amount"


def _is_list_number(text: str, figure: Figure) -> bool:
    """Tell "1." and "2)" that open a point, "(3)" and "[4]"."""
    before = text[max(0, figure.start - 8) : figure.start]
    opens = _POINT_OPENS.search(before) and _POINT_ENDS.match(text, figure.end)
    bracketed = before[-1:] + text[figure.end : figure.end + 1] in ("()", "[]")
    return bool(opens or bracketed) and len(figure.text) <= _LONGEST_POINT


def _is_serial(text: str, figure: Figure) -> bool:
    """Tell numbers of things: a telephone, a code of digits, a part of "TT.7.8", a house."""
    digits = figure.text.isdecimal() and (
        len(figure.text) > _MOST_COUNTED or (figure.text[0] == "0" and len(figure.text) > 2)
    )
    dotted = _DOTTED_BEFORE.search(text[max(0, figure.start - 4) : figure.start])
    dotted = dotted or _DOTTED_AFTER.match(text, figure.end)
    house = _HOUSE_BEFORE.search(text[max(0, figure.start - 12) : figure.start])
    house = house and _HOUSE_AFTER.match(text, figure.end)
    return bool(digits or dotted or house or _PROCEDURE.fullmatch(figure.text))


def _is_clock(text: str, figure: Figure, *, marked: bool) -> bool:
    hour = figure.kind == "number" and 0 <= figure.values[0] <= 24
    after = hour and _CLOCK_AFTER.match(text, figure.end)
    glued = bool(re.match(r"\d\d?h\d\d", text[figure.start : figure.end + 3]))
    minutes = bool(re.search(r"\d(?:h|:)$", text[max(0, figure.start - 2) : figure.start]))
    return glued or minutes or bool(after and _matches(_CLOCK_BEFORE, text, figure.start, marked))


def _may_be_label(text: str, figure: Figure, *, marked: bool) -> bool:
    """Tell Quận 1 and khóa 13 from "giai đoạn 5 năm" and "lớp 1.200 học viên"."""
    whole = bool(_LABEL_FORM.fullmatch(figure.text)) or not re.search(r"\d", figure.text)
    unit = _FIXED_UNIT.of(marked=marked).match(text, figure.end)
    return whole and not unit


def _group(text: str, amount: Quantity, *, marked: bool) -> Quantity | None:
    """Read "top 30" and "nhóm 5 địa phương dẫn đầu": at most that place."""
    figure = amount.figure
    if figure.kind != "number":
        return None
    start = max(0, figure.start - _BEFORE)
    if top := _matches(_TOP, text, figure.start, marked):
        begin = start + top.start("top")
        value = text[begin : figure.end]
        return replace(
            amount, operator="<=", unit="hạng", role="rank", start=begin, end=figure.end,
            value=value, structural=False,
        )  # fmt: skip
    group = _matches(_GROUP, text, figure.start, marked)
    if not group or amount.unit in _TIME_UNITS or not _leads(text, figure.end, marked=marked):
        return None
    begin = start + group.start("group")
    return replace(
        amount, operator="<=", role="rank", start=begin, value=text[begin : amount.end],
        structural=False,
    )  # fmt: skip


def _leads(text: str, end: int, *, marked: bool) -> bool:
    return bool(_follows(_LEADING, text, end, marked))


def _first_places(text: str, found: Sequence[Quantity], *, marked: bool) -> list[Quantity]:
    """Return "đứng đầu" and "xếp thứ nhất" as rank 1, not "người đứng đầu" nor a leading group."""
    places = []
    taken = [(item.figure.start, item.figure.end) for item in found]
    for match in _FIRST.of(marked=marked).finditer(text):
        within = any(start < match.end() and match.start() < end for start, end in taken)
        if within or _matches(_NO_FIRST, text, match.start(), marked):
            continue
        figure = Figure(*match.span(), match.group(), "number", "n:1", (Decimal(1),))
        places.append(
            Quantity(figure, "rank", *match.span(), match.group(), number=1.0, unit="hạng")
        )
    return places


# --- Operators -----------------------------------------------------------------------------------


def _compared(text: str, amount: Quantity, *, marked: bool) -> Quantity:
    """Return the amount with the operator that stands before or after it."""
    figure = amount.figure
    for operator, rule in _BEFORE_RULES:
        match = _matches(rule, text, figure.start, marked)
        if match and not _is_no_comparison(text, figure, operator, marked=marked):
            start = max(0, figure.start - _BEFORE) + match.start()
            return replace(amount, operator=operator, start=start)
    # The 70th place and better is a number of at most 70.
    more: Operator
    less: Operator
    more, less = ("<=", ">=") if amount.role == "rank" else (">=", "<=")
    if upward := _follows(_UPWARD, text, figure.end, marked):
        return replace(amount, operator=more, end=max(amount.end, upward.end()))
    if downward := _follows(_DOWNWARD, text, figure.end, marked):
        return replace(amount, operator=less, end=max(amount.end, downward.end()))
    return amount


def _is_no_comparison(text: str, figure: Figure, operator: Operator, *, marked: bool) -> bool:
    """Tell whether the words before compare nothing: on three pillars, 5% higher than last year."""
    start, end = figure.start, figure.end
    if operator in (">", "<"):
        if _matches(_RESTING, text, start, marked):
            return True
        if _matches(_PLACE_WORD, text, start, marked) and _follows(_NO_COMPARED, text, end, marked):
            return True
        difference = _matches(_DIFFERENCE, text, start, marked)
        return bool(difference and _follows(_COMPARED_WITH, text, end, marked))
    from_here = re.search(r"(?:từ|tu)\s*$", text[max(0, start - 6) : start], re.IGNORECASE)
    if operator != ">=" or not from_here or _follows(_UPWARD, text, end, marked):
        return False
    return figure.kind == "range" or bool(_follows(_STARTING, text, end, marked))


# --- Units ---------------------------------------------------------------------------------------


def _unit(text: str, end: int, *, marked: bool) -> _Unit:
    """Return the unit that follows a figure that ends at `end`, and where it ends."""
    if points := _follows(_POINTS, text, end, marked):
        return _Unit("điểm phần trăm", points.end("points"))
    if fixed := _follows(_FIXED_UNIT, text, end, marked):
        return _Unit(_currency(fixed["unit"]), fixed.end("unit"))
    return _noun_phrase(text, end)


def _currency(unit: str) -> str:
    currency, stroke, per = unit.partition("/")
    named = "đồng" if currency.casefold() in ("đ", "đồng", "vnđ", "vnd") else currency
    return named + stroke + per


def _noun_phrase(text: str, end: int) -> _Unit:
    """Return the first words after a figure that can name what it counts."""
    taken: list[str] = []
    position = end
    while word := _WORD.match(text, position):
        spoken = word.group(1)
        low = spoken.casefold()
        whole = not (taken and f"{taken[-1]} {low}" in _compounds())
        if whole and _ends_phrase(text, word.start(), taken, low):
            break
        named = spoken[0].isupper() and (not spoken.isupper() or len(spoken) == 1)
        if named and (taken or low not in _CAPITAL_NOUNS):
            break
        taken.append(low)
        position = word.end()
        if spoken.isupper() and len(spoken) > 1:
            break
    return _Unit(text[end:position].strip() or None, position)


def _ends_phrase(text: str, start: int, taken: Sequence[str], low: str) -> bool:
    """Tell whether a word that is no second half of the one before it stands outside the name."""
    if taken == ["nhà"] and low not in _STOPS:
        return False
    return len(taken) >= _most_words(taken) or low in _STOPS or _opens_verb(text, start)


@cache
def _compounds() -> frozenset[str]:
    """Return common words of two syllables: no unit ends between them."""
    return frozenset(files("ingest").joinpath("data/compounds.txt").read_text("utf-8").splitlines())


def _most_words(taken: Sequence[str]) -> int:
    opening = " ".join(taken[:2])
    for count, heads in sorted(_LONGER_UNITS.items(), reverse=True):
        if opening in heads or (taken and taken[0] in heads):
            return count
    return 2


def _opens_verb(text: str, start: int) -> bool:
    pair = _PAIR.match(text, start)
    return pair is not None and " ".join(pair.groups()).casefold() in _VERBS


def _is_structural(unit: str | None) -> bool:
    words = (unit or "").casefold().split()
    return bool(words) and (words[0] in _STRUCTURAL or " ".join(words[:2]) in _STRUCTURAL)
