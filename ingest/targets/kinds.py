"""Whether a figure is aimed at or reached: told by the words before it, else by what stands around.

The nearest sure word decides ("phấn đấu", "mục tiêu", "sẽ" against "đã", "hiện", "tính đến"). A
year that lies ahead of the document makes a target, one behind it a result where no such word
decides. What only foretells, and what a law or procedure fixes, is neither.
"""

import re
from dataclasses import dataclass

from ingest.documents import TargetKind
from ingest.targets.clauses import Clause, masked
from ingest.targets.genres import Genre, HeadingKind
from ingest.targets.measures import Measure

_TARGET = re.compile(
    r"(?<!\w)(?:phấn đấu|(?<!vượt )(?<!hoàn thành )(?:mục tiêu|chỉ tiêu)|sẽ|dự kiến|đặt ra|đề ra"
    r"|hướng tới"
    r"|hướng đến|nhằm đạt|quyết tâm|kỳ vọng|cam kết|lộ trình|định hướng|tầm nhìn|dự toán"
    r"|(?<!đáp ứng )(?<!theo )yêu cầu(?= (?:đến|trước|phải|tối thiểu|các|tất cả))"
    r"|(?:cần|phải) (?:đạt|hoàn thành|bảo đảm|đảm bảo)|giao chỉ tiêu|kế hoạch(?= (?:(?:cả )?năm"
    r" \d{4} )?(?:là|giao"
    r"|đề ra"
    r"|đặt ra|phải|cần)(?!\w))|kế hoạch(?=\s$)|cắt giảm(?= ít nhất| tối thiểu))(?!\w)",
    re.IGNORECASE,
)
# A plan that exists "đã đề ra" is no result, and "các mục tiêu đã đạt" are no aims.
_RESULT = re.compile(
    r"(?<!\w)(?:đã(?! (?:đề ra|đặt ra|xác định|ban hành|phê duyệt|giao|thông qua|cam kết"
    r"|và đang"
    r"|đặt mục|đề xuất|có chủ trương|quyết định|(?:xây dựng|có) (?:đề án|kế hoạch|chương trình"
    r"|chiến lược)))|(?<!thực )(?<!thể )(?<!phát )(?<!xuất )(?<!biểu )"
    r"hiện(?= (?:nay|tại|đạt|có|đang|đã|con số|tỷ lệ|mới|chỉ)|,)|đến nay|tới nay"
    r"|(?<!có )tính đến|thời gian qua|vừa qua"
    r"|(?:những|các) năm qua|kết quả(?= (?:cho thấy|là|khảo sát|điều tra|đã)|:)"
    r"|(?<!\w\s)kết quả đạt"
    r"|khảo sát|thống kê|theo (?:số liệu|báo cáo|dữ liệu|đánh giá|kết quả)|số liệu|ghi nhận|ước đạt"
    r"|ước thực hiện|lũy kế|\w+ tháng đầu năm|được công nhận|vượt (?:chỉ tiêu|kế hoạch|mục tiêu)"
    r"|(?:tiếp tục|liên tục) (?:đứng|xếp|dẫn đầu|giữ)|thực tế|chưa đạt|mới(?= (?:đạt|có|chỉ"
    r"|hoàn thành)))(?!\w)",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"(?:tối thiểu|ít nhất)(?!\w)", re.IGNORECASE)
# "dữ liệu mà người dân đã cung cấp": what was done stands in a clause that only tells which.
# "96 trên tổng số 219": how many there are in all is no aim.
_ALL_OF = re.compile(r"(?:trên|trong) tổng số\s*$", re.IGNORECASE)
# "vượt kế hoạch năm 2025 (30%)": the figure in brackets is the plan's.
_PLAN_BEFORE = re.compile(
    r"(?<!\w)(?:vượt|so với|đạt và vượt)(?:\s\w+){0,3}?\s(?:kế hoạch|mục tiêu"
    r"|chỉ tiêu)[^,;()]{0,40}\(\s*$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?<!\w)mà\s[^,;:.]{0,40}$", re.IGNORECASE)
_AIM_NOUN = re.compile(r"(?:mục tiêu|chỉ tiêu)(?!\w)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:(?<!\d)\d{1,3}|(?<!\w)trong số(?: các)?)\s+$", re.IGNORECASE)
_FORECAST = re.compile(
    r"(?<!\w)(?:dự báo|dự đoán|được kỳ vọng|ước tính đến năm|có thể đạt|tiềm năng)(?!\w)",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"(?<!\w)(?:(?:đến|trước)\s+(?:(?:hết|cuối)\s+)?(?:năm\s+)?"
    r"|trước\s+(?:ngày|tháng|quý)\s+[\d/IVX]{1,6}[/-])$",
    re.IGNORECASE,
)
_AFTER_DONE = re.compile(r"(?<!\w)đã(?!\w)", re.IGNORECASE)
_AFTER_WILL = re.compile(r"(?<!\w)sẽ(?!\w)", re.IGNORECASE)
_STRICT_TARGET = re.compile(
    r"(?<!\w)(?:phấn đấu|(?<!vượt )mục tiêu(?! của)|chỉ tiêu|dự kiến|sẽ|dự toán(?= (?:năm )?20\d\d)"
    r"|cắt giảm(?= ít nhất| tối thiểu))(?!\w)",
    re.IGNORECASE,
)
_STRICT_RESULT = re.compile(
    r"(?<!\w)(?:(?<!có )tính đến|hiện nay|thống kê|khảo sát|số liệu|ước đạt|đã (?:đạt|triển khai"
    r"|thực hiện))(?!\w)",
    re.IGNORECASE,
)
# What everyone must or may do is neither aimed at nor reached.
_RULED = re.compile(
    r"(?<!\w)(?:phải|không được|được phép|thì (?:bị|được)|mức (?:chi|phạt|thu|hỗ trợ)"
    r"|theo quy định(?= (?:tại|của)))(?!\w)",
    re.IGNORECASE,
)
# Verbs that open what a plan asks for: "Xây dựng 3 trung tâm", "Nâng tỷ lệ A lên 80%".
_ORDER = re.compile(
    r"(?:tập trung |tiếp tục |đẩy mạnh |từng bước |cơ bản |chủ động |tổ chức |bảo đảm |đảm bảo )*"
    r"(?:xây dựng|nâng|tăng|giảm|đào tạo|bồi dưỡng|hoàn thành|hình thành|phát triển|triển khai"
    r"|thu hút"
    r"|duy trì|đưa|phổ cập|phủ sóng|kết nối|cung cấp|số hóa|cắt giảm|bố trí|đầu tư|thành lập"
    r"|mở rộng|có"
    r"|đạt|tối thiểu|ít nhất|huy động|thuộc|đứng|xếp|hỗ trợ|lựa chọn|thực hiện|bảo đảm|đảm bảo"
    r"|tạo)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a sentence: the kind that the lines above its list, its paragraph so far
    and its heading speak of, the genre, and the year in which the document was written.
    """

    genre: Genre
    context: str = ""
    running: TargetKind | None = None
    heading: HeadingKind | None = None
    written: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Target, result or neither; `sure`: the sentence itself says so."""

    kind: TargetKind | None
    sure: bool = False


def decide(
    text: str,
    body: int,
    measure: Measure,
    clause: Clause,
    stated: int | None,
    around: Surroundings,
) -> Decision:
    """Return what a figure is; `stated`: the year of its clause, `body`: where the words begin."""
    words = masked(text)
    if clause.bracketed:
        words = words[: clause.start] + text[clause.start : clause.end] + words[clause.end :]
    if clause.bracketed and _PLAN_BEFORE.search(text[: clause.start]):
        return Decision("target", sure=True)
    if measure.baseline and stated is None:
        return Decision(None)
    said = _said(words, measure, clause)
    if _FORECAST.search(words, clause.start, measure.start) and said != "target":
        return Decision(None, sure=True)
    ahead = _ahead(text, stated, around.written, measure)
    if clause.bracketed and ahead == "result" and said == "target":
        said = "target" if _TARGET.search(words, clause.start, measure.start) else None
    if said is None and around.genre == "rule":
        return _in_rule(measure, around)
    if ahead == "target" and not _past_tense(words, measure, clause):
        return Decision(_checked("target", words, measure, around), sure=True)
    if said:
        return Decision(_checked(said, words, measure, around), sure=True)
    if measure.baseline or ahead == "result":
        return Decision("result" if stated else None, sure=False)
    return Decision(_from_around(words, body, around), sure=False)


def _checked(
    kind: TargetKind, words: str, measure: Measure, around: Surroundings
) -> TargetKind | None:
    """Return the kind, None where a rule of law says it with words that prove nothing there."""
    if kind == "target" and (measure.baseline or _ALL_OF.search(words[: measure.start])):
        return None
    if around.genre != "rule":
        return kind
    strict = _STRICT_TARGET if kind == "target" else _STRICT_RESULT
    return kind if strict.search(words[: measure.quantity.figure.start]) else None


def _in_rule(measure: Measure, around: Surroundings) -> Decision:
    """Return what a share is whose sentence does not say so, in a text of rules."""
    aims = around.context and kind_of_context(around.context)
    if aims and _STRICT_TARGET.search(around.context) and measure.percent:
        return Decision(aims, sure=False)
    return Decision(around.running if measure.percent else None, sure=False)


def _said(words: str, measure: Measure, clause: Clause) -> TargetKind | None:
    """Return what the sure words say: those behind the figure, else the last ahead of it."""
    behind = re.split(r",|\svà\s", words[measure.end : clause.end])[0]
    if _AFTER_WILL.search(behind):
        return "target"
    ahead_words = words[: measure.quantity.figure.start]
    target = _last(_TARGET, ahead_words)
    result = _last(_RESULT, ahead_words)
    if result < clause.start and _AT_LEAST.search(words[measure.start : measure.end]):
        return "target"
    if _AFTER_DONE.search(behind) and target < clause.start:
        return "result"
    if target < 0 and result < 0:
        return None
    return "target" if target > result else "result"


def _last(rule: re.Pattern[str], text: str) -> int:
    """Return where the last match begins, -1 without one; counted aims ("15 mục tiêu") are none."""
    starts = [
        match.start()
        for match in rule.finditer(text)
        if not (_AIM_NOUN.match(match.group()) and _COUNTED.search(text[: match.start()][-16:]))
        and not _RELATIVE.search(text[: match.start()][-44:])
    ]
    return starts[-1] if starts else -1


def _past_tense(words: str, measure: Measure, clause: Clause) -> bool:
    return _last(_AFTER_DONE, words[clause.start : measure.start]) >= 0


def _ahead(
    text: str, stated: int | None, written: int | None, measure: Measure
) -> TargetKind | None:
    """Return what the clause's year says against the year when the document was written."""
    if stated is None or written is None:
        return None
    if stated > written:
        return "target"
    if stated < written:
        return "result"
    year = text.rfind(str(stated), 0, measure.start)
    return "target" if year >= 0 and _DEADLINE.search(text[max(0, year - 20) : year]) else None


def _from_around(words: str, body: int, around: Surroundings) -> TargetKind | None:
    from_context = kind_of_context(around.context)
    if from_context:
        return from_context
    if around.running:
        return around.running
    if around.heading == "aim":
        return "target"
    if around.heading == "report":
        return "result"
    ordered = bool(_ORDER.match(words, body))
    if around.heading == "task" and ordered:
        return "target"
    if around.genre == "plan":
        return "target"
    return None if _RULED.search(words, body) else "result"


def kind_of_context(context: str) -> TargetKind | None:
    """Return what the lines above a list speak of, None where they say nothing of it."""
    target, result = _last(_TARGET, context), _last(_RESULT, context)
    if target < 0 and result < 0:
        return None
    return "target" if target > result else "result"
