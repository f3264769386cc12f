"""What kind of text a figure stands in: one that sets aims, one that reports, or one that rules.

Laws, decrees and procedures are full of figures that nobody aims at or has reached.
"""

import re
from collections.abc import Sequence
from typing import Literal

from ingest.documents import SourceDocument
from ingest.text import fold

Genre = Literal["plan", "report", "rule"]

_SYMBOL = re.compile(r"\d[/-](?:\d{4}[/-])?\s?([^\W\d_]+)")
_RULE_SYMBOLS = frozenset({"nd", "tt", "ttlt", "qh", "ubtvqh", "l", "pl", "vbhn", "qc", "qyd"})
_PLAN_SYMBOLS = frozenset({"kh", "ctr", "nq", "qd", "da", "ct", "kl", "cthd", "cl", "ch"})
_RULE_TITLE = re.compile(
    r"(?:(?:dự thảo|tờ trình)\s+(?:về\s+)?)?(?:dự án\s+)?(?:bộ luật|luật|nghị định|thông tư"
    r"|pháp lệnh|quy chế"
    r"|quy định|điều lệ|nội quy|thủ tục|bộ pháp điển|điều \d[\w.]*)(?!\w)"
    r"|.{0,60}\bdự án (?:luật|pháp lệnh|nghị định)\b",
    re.IGNORECASE,
)
_PLAN_TITLE = re.compile(
    r"(?:dự thảo\s+)?(?:kế hoạch|chương trình|đề án|chiến lược|nghị quyết|quyết định|chỉ thị"
    r"|kết luận|quy hoạch|phương án)(?!\w)",
    re.IGNORECASE,
)
# The parts by which portals describe an administrative procedure.
_PROCEDURE = re.compile(
    r"(?<!\w)(?:trình tự thực hiện|cách thức thực hiện|thành phần hồ sơ|thời hạn giải quyết"
    r"|đối tượng thực hiện"
    r"|cơ quan thực hiện|yêu cầu, điều kiện|căn cứ pháp lý|bản chính|mức độ cung cấp|lệ phí)(?!\w)",
    re.IGNORECASE,
)
_PROCEDURE_PARTS = 3
# What rules are made of, and what tells of aims and of what was reached: where a text has neither
# number nor title to go by, the greater part says what it is.
_RULING = re.compile(
    r"(?<!\w)(?:(?:theo |đúng )?quy định(?! mới)|trường hợp|có trách nhiệm|kể từ (?:ngày|khi)"
    r"|có thẩm quyền|phải|được phép|không được|bị (?:phạt|xử phạt|thu hồi)|tổ chức, cá nhân"
    r"|sau đây|trở lên|trở xuống|mức (?:chi|thu|phạt|hỗ trợ)|bao gồm|tiêu chuẩn|điều kiện"
    r"|(?:điều|khoản|luật|nghị định|thông tư|pháp lệnh|quy chế) này)(?!\w)",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"(?<!\w)(?:năm (?:19|20)\d\d|đã|đến nay|hiện nay|hiện|tính đến|thời gian qua|phấn đấu"
    r"|mục tiêu|chỉ tiêu|kết quả|tăng|đạt|so với|cho biết|vừa|chuyển đổi)(?!\w)",
    re.IGNORECASE,
)
# Words of rules that reports use as well ("phải", "bao gồm") are not enough.
_SURE_RULING = re.compile(
    r"(?<!\w)(?:(?:điều|khoản|luật|nghị định|thông tư|pháp lệnh|quy chế) này|có thẩm quyền"
    r"|có trách nhiệm|bị (?:phạt|xử phạt|thu hồi)|tổ chức, cá nhân|mức (?:chi|thu|phạt|hỗ trợ)"
    r"|kể từ (?:ngày|khi)|sau đây)(?!\w)",
    re.IGNORECASE,
)
_FEWEST_RULINGS, _MUCH_MORE = 2, 2
_ARTICLE = re.compile(r"Điều\s+\d", re.IGNORECASE)
AIM_HEADING = re.compile(
    r"(?<!\w)(?:mục tiêu|chỉ tiêu|phấn đấu|tầm nhìn|định hướng|phương hướng|kế hoạch năm)(?!\w)",
    re.IGNORECASE,
)
_TASK_HEADING = re.compile(
    r"(?<!\w)(?:nhiệm vụ|giải pháp|nội dung thực hiện|lộ trình)(?!\w)", re.IGNORECASE
)
_REPORT_HEADING = re.compile(
    r"(?<!\w)(?:kết quả|thực trạng|tình hình|hiện trạng|đánh giá|thành tựu|ưu điểm|những (?:việc"
    r"|mặt)"
    r"|bối cảnh|hạn chế|tồn tại|khó khăn|thực tiễn|công tác)(?!\w)",
    re.IGNORECASE,
)
HeadingKind = Literal["aim", "task", "report"]


def genre_at(genre: Genre, heading: Sequence[str]) -> Genre:
    """Return the genre at a place: articles (Điều) rule, unless aims stand below them."""
    below_article = [place for place, words in enumerate(heading) if _ARTICLE.match(words.lstrip())]
    if below_article:
        aims = any(AIM_HEADING.search(words) for words in heading[below_article[-1] + 1 :])
        return "plan" if aims else "rule"
    return genre


def genre_of(document: SourceDocument) -> Genre:
    """Return the genre of a document: told by number, title, or the parts of a procedure."""
    description = document.description
    symbol = _SYMBOL.search(fold(description.number or "").casefold())
    letters = symbol.group(1) if symbol else ""
    if letters in _RULE_SYMBOLS or letters.startswith(("qh", "ubtv")):
        return "rule"
    opening = document.text[document.body_start :].lstrip()
    if _RULE_TITLE.match(description.title.strip()) or _ARTICLE.match(opening):
        return "rule"
    if len({match.casefold() for match in _PROCEDURE.findall(document.text)}) >= _PROCEDURE_PARTS:
        return "rule"
    if letters in _PLAN_SYMBOLS or _PLAN_TITLE.match(description.title.strip()):
        return "plan"
    return "rule" if _rules(document.text) else "report"


def _rules(text: str) -> bool:
    """Tell whether a text speaks as rules do."""
    ruling = len(_RULING.findall(text))
    if not _SURE_RULING.search(text):
        return False
    return ruling >= max(_FEWEST_RULINGS, _MUCH_MORE * len(_TELLING.findall(text)))


def heading_kind(heading: Sequence[str]) -> HeadingKind | None:
    """Return what the deepest heading that says so opens: aims, tasks or a report."""
    for words in reversed(heading):
        for kind, rule in _HEADINGS:
            if rule.search(words):
                return kind
    return None


_HEADINGS: tuple[tuple[HeadingKind, re.Pattern[str]], ...] = (
    ("aim", AIM_HEADING),
    ("report", _REPORT_HEADING),
    ("task", _TASK_HEADING),
)
