"""Words of a sentence as a noun phrase: without years, places, and what only opens a clause."""

import re
from dataclasses import dataclass

from ingest.places import find_places
from ingest.splitting.numbering import UPPER
from ingest.targets.years import find_mentions

LONGEST = 26

_HEAD_WORDS = (
    r"tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ suất|tốc độ|tăng trưởng|mức độ(?! \d)|mức(?! độ)|chỉ số"
    r"|điểm số"
    r"|năng suất|tổng doanh thu"
    r"|doanh thu|doanh số|tổng giá trị|giá trị|tổng số|số lượng|số(?= (?:người|cán|doanh|hộ|hồ"
    r"|lượng|lượt|cơ"
    r"|dự|trạm|tài|văn|đơn|thuê|giao|máy|xã|thôn|nợ|tiền|thu|chi|công|sinh|học|giáo|sáng|bài|vụ"
    r"|trường))"
    r"|quy mô|thu nhập|tổng vốn|vốn|tổng mức|kim ngạch|sản lượng|diện tích|thời gian|chi phí"
    r"|kinh phí|thu ngân sách|chi ngân sách"
    r"|thị phần|mật độ|độ phủ|hệ số|tổng đầu tư|tổng kinh phí|ngân sách|tổng thu|tổng chi"
    r"|tổng nguồn"
    r"|dự toán|tổng dư nợ|tổng(?! cộng| hợp)"
)
HEAD = re.compile(rf"(?<!\w)(?:{_HEAD_WORDS})(?!\w)", re.IGNORECASE)
HEAD_AT = re.compile(rf"(?:{_HEAD_WORDS})(?!\w)", re.IGNORECASE)
# Words that open a clause and name nothing.
_LEAD = re.compile(
    r"(?:[\s\W]+|(?:bên cạnh đó|bên cạnh|ngoài ra|đặc biệt|trong đó|trong khi đó|trong khi|khi"
    r"|theo đó|cụ thể"
    r"|cùng với đó|đáng chú ý"
    r"|nổi bật|nhờ vậy|nhờ đó|qua đó|từ đó|do đó|vì vậy|đồng thời|riêng|đơn cử như|đơn cử|như"
    r"|tuy nhiên|nhưng"
    r"|để|và|còn|thì|với|có|gồm|là|mà|cũng|được|đã|đang|sẽ|phải|cần|hiện nay|hiện tại|hiện|đến nay"
    r"|tới nay"
    r"|cho đến nay|cùng kỳ|kế hoạch(?: giao)?(?=\s*$)|tính|đến|vào|trong|từ|hết|cuối|đầu(?! tư)"
    r"|tại|ở"
    r"|trên địa bàn|phấn đấu|mục tiêu chung"
    r"|mục tiêu cơ bản|mục tiêu cụ thể|mục tiêu|chỉ tiêu|kết quả|dự kiến|quyết tâm|đặt ra|đề ra"
    r"|đặt mục tiêu"
    r"|đạt được|đạt mục tiêu|đạt|theo số liệu|theo thống kê|thống kê|theo|nay|tháng|quý|năm"
    r"|giai đoạn|khả năng"
    r"|tiếp tục|duy trì|bảo đảm|đảm bảo|nâng|đưa|hoàn thành|thực hiện|cắt giảm|tăng cường|thông qua"
    r"|một số"
    r"|(?:bình quân|trung bình)(?: chung)?(?: của)?(?=\s*(?:cả nước|toàn quốc|$))"
    r"|đối với|tổng hợp|ước|khoảng|tổng cộng|nhờ|trước đó|quốc gia(?=\s*$)|(?:tăng"
    r"|giảm)(?! trưởng))(?!\w))",
    re.IGNORECASE,
)
# A place below the provinces, by its name.
LOWER_PLACE = re.compile(
    r"(?<!\w)(?:[Hh]uyện|[Tt]hị xã|[Qq]uận|[Pp]hường|[Xx]ã|[Tt]hị trấn)"
    rf"(?:\s(?:[{UPPER}][^\W\d_]*|\d{{1,2}}(?!\d))){{1,4}}"
)
_SUBJECT = re.compile(
    r"(?:toàn\s+)?(?:thành phố|tỉnh|tp\.?|địa phương(?: này)?|thủ đô|cả nước|nước ta|việt nam"
    r"|toàn quốc"
    r"|đất nước|ngành|toàn ngành)(?!\w)(?!\s(?:thông minh|trực thuộc|số|hộ))",
    re.IGNORECASE,
)
# A piece before a comma that only says when, where or from what: "Qua khảo sát của Hội, ...".
_ADVERBIAL = re.compile(
    r"(?:qua|theo|trong|tại|đến|về|để|nhưng để|nhằm|từ|với|sau|nhờ|trên|ngoài|bên cạnh|cùng|đối với"
    r"|tính|mục tiêu"
    r"|năm|giai đoạn|hiện|hằng năm|hàng năm|là|thống kê|theo đó|do|khi|ở|riêng|cụ thể|đặc biệt"
    r"|báo cáo"
    r"|đạt mục tiêu)(?!\w)",
    re.IGNORECASE,
)
# "Về xã hội số: X": what the sentence is about, and then its subject.
_ABOUT = re.compile(r"^\W*(?:về|đối với|trong lĩnh vực)\s[^:]{2,60}:\s+(?=\S)", re.IGNORECASE)
# "Mục tiêu là tỷ trọng A ở mỗi ngành, mỗi vùng": the subject goes on behind the comma.
_AIMED = re.compile(rf"(?:mục tiêu|chỉ tiêu)\s.*?(?<!\w)là\s(?:{_HEAD_WORDS})(?!\w)", re.IGNORECASE)
_PLACE_BEFORE = re.compile(
    r"[\s,]*(?<!\w)(?:(?:của|tại|ở|trên|trong|cho|thuộc)\s+)?(?:địa bàn\s+)?(?:toàn\s+)?"
    r"(?:(?:thành phố|tỉnh|tp\.?|thủ đô|địa phương)\s+)?$",
    re.IGNORECASE,
)
_GENERIC_PLACE = re.compile(
    r"(?:\s+(?:cao|thấp)(?:\s+nhất)?)?\s+(?:(?:của|trên|tại|ở|trong"
    r"|thuộc)\s+)(?:toàn\s+)?(?:địa bàn(?!\s\()(?:\s+(?:thành phố|tỉnh))?|thành phố"
    r"|tỉnh|tp|thủ đô|địa phương|cả nước|toàn quốc|việt nam)(?!\w)(?!\s(?:thông minh|trực thuộc"
    r"|\())"
    r"|(?:(?<=kinh tế số)|(?<=GRDP))\s(?:thành phố|tỉnh)(?!\w)|\s+trên thành phố(?!\w)",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?P<comma>,?)\s*(?<!\w)(?:(?:vào|đến|tính đến|trong|của|từ|cho|trước|giai đoạn|hết|cuối|đầu"
    r"|giữa|cả|tháng"
    r"|quý|ngày)\s+)*(?:năm\s+)?$",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"tổng sản phẩm(?:\s+\w+){0,4}?\s*\((?P<short>GRDP|GDP)\)"
    r"|(?P<own>tổng sản phẩm (?:trên địa bàn|trong nước))",
    re.IGNORECASE,
)
# "Hội tính toán rằng X", "chỉ tiêu đến năm 2025 là X": X is what is measured.
_REPORTED = re.compile(
    r"(?<!\w)(?:rằng|cho thấy|cho biết|phấn đấu|quyết tâm|(?:mục tiêu"
    r"|chỉ tiêu)(?:\s+(?:tiếp theo|chung|cụ thể"
    r"|cơ bản))?(?:\s+là)?)(?!\w)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\s+(?:cho|tại|ở|với|của|và|trong|trên|tới|đến|từ|về|đối với|đối|là|được|bằng"
    r"|(?<!thực )hiện|như"
    r"|tổng cộng"
    r"|cùng|do|gần|hơn|khoảng|tổng cộng))+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words taken from between two offsets of a sentence, cleaned."""

    start: int
    end: int
    text: str


def phrase(text: str, start: int, end: int) -> Phrase:
    """Return the words between two offsets, cleaned."""
    return Phrase(start, end, clean(text[start:end]))


def clean(text: str) -> str:
    """Return words on one line, without years, places and what only points to a place."""
    text = _PRODUCT.sub(lambda m: m["short"] or ("GRDP" if "địa bàn" in m["own"] else "GDP"), text)
    text = re.sub(r"\s?\(trừ\s[^()]*\)", "", text)
    text = _GENERIC_PLACE.sub("", _without_places(_without_years(text)))
    text = re.sub(r"(?<!\w)[Tt][ỉỷ](?=\s(?:lệ|trọng|suất))", "tỷ", " ".join(text.split()))
    text = re.sub(r"\s+([,;.)])", r"\1", re.sub(r"\(\s*[,;]?\s*\)", "", text))
    text = re.sub(r"([,;])(?:\s*[,;])+", r"\1", text)
    return " ".join(text.split()).strip(" ,;:.–-…/")


def _without_years(text: str) -> str:
    for item in reversed(find_mentions(text)):
        before = _YEAR_BEFORE.search(text[: item.start]) if item.year is not None else None
        start = before.start() if before else item.start
        comma = ", " if before and before["comma"] else " "
        text = text[:start] + comma + text[item.end :]
    return text


def _without_places(text: str) -> str:
    for place in reversed(find_places(text)):
        before = _PLACE_BEFORE.search(text[: place.start])
        start = before.start() if before else place.start
        text = f"{text[:start]} {text[place.end :]}"
    return text


def subject_of(text: str) -> str:
    """Return the words of a subject without what only opens its clause; "" where none is left."""
    text = _ABOUT.sub("", text)
    said = [piece for piece in _REPORTED.split(_last_piece(text)) if piece.strip()]
    text = said[-1] if said else ""
    return lower_first(_TRAILING.sub("", _without_lead(text)))


def _without_lead(text: str) -> str:
    while True:
        shorter = text
        if lead := _LEAD.match(shorter):
            shorter = shorter[lead.end() :]
        if subject := _SUBJECT.match(shorter) or LOWER_PLACE.match(shorter):
            shorter = shorter[subject.end() :]
        shorter = shorter.strip(' ,;:.–-…“”"')
        if shorter == text:
            return text
        text = shorter


def _last_piece(text: str) -> str:
    """Return the words without pieces that end in a comma and name nothing of the subject."""
    parts = re.split(r",\s+", text)
    for place in range(len(parts) - 1, 0, -1):
        if HEAD_AT.match(_without_lead(parts[place])):
            return ", ".join(parts[place:])
    while len(parts) > 1 and (_ADVERBIAL.match(parts[0].strip(' “"-')) or not parts[0].strip()):
        if _AIMED.search(parts[0]):
            break
        parts = parts[1:]
    if len(parts) > 1 and len(" ".join(parts).split()) > LONGEST:
        parts = parts[-1:]
    return ", ".join(parts)


def without_trailing(text: str) -> str:
    """Return words without prepositions and the like left at their end."""
    return _TRAILING.sub("", text)


def last_words(text: str) -> str:
    """Return at most the last `LONGEST` words."""
    return " ".join(text.split()[-LONGEST:])


def lower_first(text: str) -> str:
    """Return the words with a small first letter, unless they begin with a name or short form."""
    if len(text) > 1 and text[0].isupper() and not text[1].isupper():
        first, _, rest = text.partition(" ")
        if first and not rest[:1].isupper():
            return text[0].lower() + text[1:]
    return text
