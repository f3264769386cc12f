"""What a figure measures, as a noun phrase of the sentence's own words, without place and year.

"Kinh tế số chiếm 18% GRDP" is "tỷ trọng kinh tế số trong GRDP", "100% hồ sơ được số hóa" is "tỷ lệ
hồ sơ được số hóa", "41 trạm BTS" is "số trạm BTS": the same thing has one name in all documents.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.targets.clauses import Clause
from ingest.targets.measures import Measure
from ingest.targets.phrases import (
    HEAD,
    HEAD_AT,
    LONGEST,
    LOWER_PLACE,
    Phrase,
    clean,
    last_words,
    lower_first,
    phrase,
    subject_of,
    without_trailing,
)

_PREDICATE = re.compile(
    r"(?:\s+|^)(?:(?:đạt(?: được)?(?: tỷ lệ| tỷ trọng)?|chiếm(?: tỷ lệ| tỷ trọng| khoảng)?|là"
    r"|lên(?: tới| đến)?"
    r"|xuống(?: còn| dưới)?"
    r"|còn|bằng|ở mức|mức|tăng(?: lên| thêm| trung bình| bình quân| trưởng)?|(?<!cắt )giảm(?: xuống"
    r"| còn"
    r"| thêm)?"
    r"|đóng góp|góp|phủ|từ|đến|tới|ước|ước tính|khoảng|thêm|được|hiện|đã|sẽ|phải|cần|tối thiểu"
    r"|ít nhất|tối đa"
    r"|với tỷ lệ|vượt|quá|nâng lên|gấp|hơn|trên|dưới|gần|trung bình|bình quân|đột phá|mạnh|bảo đảm"
    r"|đảm bảo"
    r"|tiếp tục|mới|không quá|giữ|đáp ứng|lần lượt|rút ngắn|hạ|vì thế|nhờ đó|nhờ vậy)[\s:,]*)+$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?<!\w)(?:đạt|chiếm|là|lên|xuống|còn|bằng|mức|tăng|giảm|đóng góp|góp|phủ|từ|ước|gấp|vượt"
    r"|bảo đảm"
    r"|đảm bảo|đáp ứng)(?!\w)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?<!\w)(?:chiếm|đóng góp|góp)(?!\w)", re.IGNORECASE)
_GROWTH = re.compile(r"(?<!\w)(?P<verb>tăng|giảm)(?!\w)(?!\s+(?:lên|xuống|còn|từ))", re.IGNORECASE)
_COVER = re.compile(r"(?<!\w)(?P<verb>phủ|đáp ứng)(?!\w)", re.IGNORECASE)
_AGAIN = re.compile(
    r"(?<!\w)(?:con số|tỷ lệ|chỉ số|số liệu|mức)\s+này(?!\w)|^(?:con số|tỷ lệ)$", re.IGNORECASE
)
_TAIL_END = re.compile(
    r"[;:|]|\((?!trừ\s)|(?<!TP)(?<!Tp)(?<!tp)\.(?=\s|$)|\.{2,}|…|,\s*(?:nhằm|theo|để|góp phần"
    r"|tạo|khi|phù hợp"
    r"|mang lại|bao gồm|như"
    r"|qua đó|trong đó"
    r"|đồng thời|phục vụ|với|có thể|giúp|thử nghiệm|liên thông|ban hành|là|đòi hỏi|đáp ứng|vượt"
    r"|tăng|giảm|đặc biệt"
    r"|hoàn thành|xong"
    r"|chủ yếu|triển khai|đạt|chiếm|tập trung|từng bước|tiến tới|hướng tới|cao hơn|thấp hơn)(?!\w)"
    r"|\s(?:nhằm|để|góp phần|qua đó|trong khi|khi|nếu|trên tổng số|so với|vượt|tương đương"
    r"|là (?:khả thi|hợp lý|rất)|như hiện"
    r"|và (?:đang|dự báo|sẽ)|mà|và (?:tiếp tục|từng bước|giữ|vượt))(?!\w)|[”\"](?=\s*,)"
    r"|(?:,|\s(?:và|với|cùng))\s(?:(?:hơn|khoảng|gần|trên)\s)?\d|\snhư(?=\s*:)",
    re.IGNORECASE,
)
_PREDICATE_WORD = re.compile(
    r"(?<!\w)(?:được|có|đã|sẽ|đang|bị|chưa|không|sử dụng|thực hiện|triển khai|kết nối|ứng dụng"
    r"|áp dụng"
    r"|tham gia|hoàn thành|cung cấp|hài lòng|biết|hoạt động|tiếp cận|dùng|cài đặt|đăng ký|xử lý"
    r"|thành lập|ban hành|kiện toàn|mở|lắp đặt|trang bị|sở hữu|chia sẻ|vận hành"
    r"|đáp ứng|nhận)(?!\w)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^(?:các|những|số|tổng số|của|trong tổng số|trên tổng số)\s+", re.IGNORECASE)
_DOING = re.compile(
    r"(?<!\w)(?P<verb>thu về|gọi vốn|kết nối(?:,| và) chia sẻ|thiết kế lại|đào tạo"
    r"|(?<!chính )phủ(?: sóng)?"
    r"|bồi dưỡng|bồi huấn|tập huấn|cấp(?! (?:xã|huyện|tỉnh|thành|bộ|trung"
    r"|sở))|kết nối|xây dựng"
    r"|triển khai|hình thành|thu hút|số hóa|số hoá|phát triển|đưa vào (?:khai thác|sử dụng"
    r"|vận hành)(?: mới)?|cập nhật"
    r"|đồng bộ|tiếp nhận|giải quyết|xử lý|xác thực|tạo lập|cung cấp|lắp đặt|ban hành|tổ chức|hỗ trợ"
    r"|hoàn thành"
    r"|huy động|thành lập|phê duyệt|cắt giảm|đơn giản hóa|tiết kiệm|giải ngân|phát hành|thử nghiệm"
    r"|tích hợp|đầu tư"
    r"|bố trí|thu hồi)(?!\w)",
    re.IGNORECASE,
)
# Between the verb and the figure; behind "với" stands what comes along with it.
_DONE_TO = re.compile(
    r"(?:[^,;:]*?(?:\s(?:cho|tới|đến|với|tại|đối với|thêm|mới|được|đầy đủ|khoảng|thành công))*)?\s*"
)
# "Phần mềm đã có ở 100% bệnh viện": the share of hospitals that have it.
_FOUND_IN = re.compile(r"\s(?:đã\s+)?có(?:\s+mặt)?\s+(?:ở|tại|trong)$", re.IGNORECASE)
_CHANGED = re.compile(
    r"(?<!\w)(?P<verb>cắt giảm|giảm|tăng|tiết kiệm)(?:\s+(?:ít nhất|tối thiểu|được|thêm))*\s*$",
    re.IGNORECASE,
)
_RANKED = re.compile(r"(?<!\w)(?:chỉ số|bảng xếp hạng|xếp hạng)(?!\w)", re.IGNORECASE)
_RANK_NAME_END = re.compile(
    r",|\s(?:của|do|được|nhiều|liên tục|nằm|thuộc|tiếp tục|đã|năm|theo|trong|là|đạt|có)(?!\w)|$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?<!\w)(?:về|(?:ở|trong|theo)(?=\s+(?:chỉ số"
    r"|bảng xếp hạng)))\s+(?P<what>(?:(?!\svà\s(?:giữ|dẫn đầu|vươn|thuộc|nằm|cao"
    r"|đứng|xếp|tăng|có|đạt|thứ)|\strong\s\d+\snăm)[^,;.])+)",
    re.IGNORECASE,
)
_RANKING_END = re.compile(
    r";|(?<!TP)(?<!Tp)(?<!tp)\.(?=\s|$)|…|,(?! (?:thành phố|tỉnh|huyện|thị xã)\s)"
)
_RUNNING = re.compile(r"\s*(?:liên tiếp|liên tục|liền)(?!\w)\s*", re.IGNORECASE)
_SIZES = re.compile(
    r"(?:đồng|vnđ|vnd|usd|eur|euro|đô la|đ|km2|km²|km|m2|m²|m3|m³|m|ha|hecta|tấn|tạ|kg|lít|kwh|mwh"
    r"|kw|mw|gw|mbps"
    r"|gbps|kbps|mb|gb|tb|pb|mhz|ghz|điểm|giờ|phút|giây|ngày|ngày làm việc|tuần|tháng|quý|năm|tuổi"
    r"|‰)(?:/.*)?",
    re.IGNORECASE,
)
# What a share is a share of: the whole product, budget, total.
_WHOLES = re.compile(
    r"(?:GRDP|GDP|tổng(?! cộng| hợp)|ngân sách|dân số(?= (?:cả nước|toàn))|thị phần)(?!\w)"
)
_PLAN_BEHIND = re.compile(
    r"\s+(?P<against>so với\s+)?(?P<plan>kế hoạch|chỉ tiêu|dự toán|mục tiêu)(?!\w)", re.IGNORECASE
)
_CHANGE_BEFORE = re.compile(r"mức (?:cắt giảm|giảm|tăng|tiết kiệm)(?!\w)")
_MORE = re.compile(r"(?<!\w)(?:vượt|cao hơn|thấp hơn|tăng|giảm)(?=\s*$)", re.IGNORECASE)
_EACH = re.compile(
    r"(?<!\w)mỗi\s(?P<each>[^\W\d_]+(?:\s[^\W\d_]+)?)\s(?:có|được|phải)(?!\w)", re.IGNORECASE
)
# "Đạt 12 người trên một vạn dân": a rate of what stands ahead of it.
_PER_HEAD = re.compile(r"(?:trên|/)\s?(?:một|mỗi|1|10|100)(?![\w,.]\d)", re.IGNORECASE)
# "Mục tiêu 10% cho tỷ trọng X": the share is named behind its value.
_NAMED_BEHIND = re.compile(
    r"(?:cho|đối với|về|của)\s+(?=(?:tỷ|tỉ) (?:lệ|trọng|suất)(?!\w))", re.IGNORECASE
)
# Where a phrase that is too long may end without a word cut in two.
_JOINT = re.compile(r",\s|\s(?=(?:và|với|theo|của|trong|tại|cho|về|từ|do|bằng|qua|trên)\s)")
_DERIVED = re.compile(
    r"^(?:mức (?:tăng|giảm)|số (?:bậc|lần|điểm phần trăm)(?: (?:tăng|giảm|gấp|tụt|lùi|cao hơn"
    r"|thấp hơn))? của|thứ hạng)\s+"
)
_RANK = re.compile(r"(?:thứ hạng|vị trí)\s")
# "Cấp huyện: 85%": the same of another level.
_LEVEL = re.compile(
    r"(?<!\w)(?:(?:ở|tại|của|còn|và|riêng)\s+)?(?P<level>cấp\s(?:tỉnh|huyện|xã|bộ|thành phố"
    r"|trung ương"
    r"|cơ sở|sở))(?!\w)",
    re.IGNORECASE,
)
# "Từ 20% GRDP trở lên": the whole stands within what says how much.
_WITHIN = re.compile(r"\s(?P<whole>[^,;]+?)\s(?:trở lên|trở xuống)", re.IGNORECASE)
_LIST_OPENS = re.compile(
    r"\s(?:của (?:các|những|một số)|gồm|đứng đầu|cao nhất|thấp nhất|như|là)(?!\w)|[:,]"
)
# "Từ 310 lên 745 doanh nghiệp".
_MOVED = re.compile(r"\s(?:lên|xuống|còn|tới)\s+$", re.IGNORECASE)
_REACH = 12
_BODIES = re.compile(r"\s(?:của|tại|ở)\s(?:các\s)?(?:sở|bộ|ngành|đơn vị)(?!\w)[^,]*$")
_LEVEL_VERB = re.compile(r"(?<!\w)(?:lên|xuống|giảm còn)(?!\w)", re.IGNORECASE)
# "8 trong số 12 sở".
_OUT_OF = re.compile(r"\s(?:trên|trong)\s(?:tổng\s)?(?:số\s)?\d[\d.]*\s", re.IGNORECASE)
_MONEY = re.compile(r"(?:vốn|kinh phí|doanh thu|chi phí|nợ|thuế)(?!\w)", re.IGNORECASE)
_ONLY = re.compile(r"(?:(?:chỉ|mới|chỉ có|còn|và|có)\s?)*", re.IGNORECASE)
_EVERY = re.compile(
    r"(?<!\w)(?:mỗi|một|hằng|hàng)\s(?P<every>ngày|tháng|tuần)(?!\w)", re.IGNORECASE
)
_AMONG_THEM = re.compile(r"\W*trong đó,?\s", re.IGNORECASE)
_JOINED_WORDS = 8
_TELLING_WORDS = 2


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator, and the part of the sentence that names it."""

    text: str
    start: int
    end: int

    @property
    def base(self) -> str:
        """Return what a growth, a rank or a step is of: the indicator without that."""
        return _DERIVED.sub("", self.text)


@dataclass(frozen=True, slots=True)
class _Site:
    """A figure in its sentence: its words ahead and behind, the predicate that leads to it, and the
    indicator named before it.
    """

    text: str
    measure: Measure
    clause: Clause
    ahead: Phrase
    behind: Phrase
    before: Named | None
    shared: Phrase | None
    verb: str
    subject: str


def name_indicators(
    text: str, measures: Sequence[Measure], clauses: Sequence[Clause], body: int = 0
) -> list[Named | None]:
    """Return what each measure of a sentence measures; None where the sentence does not say.

    A figure in brackets, or after "con số này", measures what the one before it does.
    """
    named: list[Named | None] = []
    for place, (measure, clause) in enumerate(zip(measures, clauses, strict=True)):
        before = _indicator_before(named, clauses, place)
        shared = _shared_predicate(text, measures, clauses, place)
        site = _site(text, measure, clause, before, shared, body)
        found = _repeated(site, measures[place - 1] if place else None) or _name(site)
        found = found or _titled(site, body)
        named.append(_of_lower_place(site, found) if found and found.text else None)
    _name_backwards(text, measures, clauses, named)
    return named


def _titled(site: _Site, body: int) -> Named | None:
    """Return what stands before a colon ahead of the clause: "Tỷ lệ A: kế hoạch là 60%"."""
    title = site.text[: site.clause.start].rstrip()
    if not title.endswith(":"):
        return None
    words = subject_of(phrase(site.text, body, len(title)).text)
    return Named(words, body, site.measure.end) if HEAD_AT.match(words) else None


def _of_lower_place(site: _Site, name: Named) -> Named:
    """Return the name with the district or commune whose figure it is: it is no province's."""
    place = LOWER_PLACE.search(site.text, site.clause.start, site.measure.start)
    if not place or site.clause.bracketed or place.group() in name.text:
        return name
    owner = f"{lower_first(place.group())}"
    return replace(name, text=f"{name.text} của {owner[0].lower()}{owner[1:]}")


def _name_backwards(
    text: str,
    measures: Sequence[Measure],
    clauses: Sequence[Clause],
    named: list[Named | None],
) -> None:
    """Name what only the last of several clauses says: "2024 hoàn thành 50%, 2025 80% việc X"."""
    for place in range(len(named) - 2, -1, -1):
        one, two = clauses[place], clauses[place + 1]
        own = phrase(text, one.start, measures[place].start).text
        next_words = phrase(text, two.start, measures[place + 1].start).text
        same = re.sub(r"^.*,\s*", "", own) == re.sub(r"^và\s", "", next_words)
        units = measures[place].quantity.unit == measures[place + 1].quantity.unit
        if named[place] is None and own and same and units:
            named[place] = named[place + 1]


def _indicator_before(
    named: Sequence[Named | None], clauses: Sequence[Clause], place: int
) -> Named | None:
    """Return the indicator that a figure may go on with: in its brackets, else before them."""
    if not place:
        return None
    host = clauses[place].host
    if host is not None and not (clauses[place - 1].bracketed and named[place - 1]):
        return named[host]
    return named[place - 1]


def _site(
    text: str,
    measure: Measure,
    clause: Clause,
    before: Named | None,
    shared: Phrase | None,
    body: int,
) -> _Site:
    ahead = phrase(text, max(clause.start, body), measure.start)
    behind = phrase(text, measure.end, _tail_end(text, measure.end, clause.end))
    if inside := _WITHIN.match(text, measure.quantity.figure.end, measure.end):
        behind = phrase(text, inside.start("whole"), inside.end("whole"))
    named_alone = measure.percent or measure.rank or measure.currency
    if named_alone and text[measure.end : measure.end + 1] in (",", ":"):
        behind = Phrase(measure.end, measure.end, "")
    predicate = _PREDICATE.search(ahead.text)
    verb = predicate.group() if predicate and _VERB.search(predicate.group()) else ""
    if behind.text in ("trở lên", "trở xuống"):
        behind = Phrase(measure.end, measure.end, "")
    if not verb and text[measure.start : measure.start + 3].casefold() == "đạt":
        verb = "đạt"
    if not verb and not behind.text and text[: measure.start].rstrip().endswith(":"):
        verb = ":"
    subject = subject_of(ahead.text[: predicate.start()] if predicate else ahead.text)
    return _Site(text, measure, clause, ahead, behind, before, shared, verb, subject)


def _name(site: _Site) -> Named | None:
    if site.measure.rank:
        return _rank(site)
    if site.measure.percent and site.measure.quantity.unit == "%":
        return _percent(site)
    return _count(site)


def _repeated(site: _Site, previous: Measure | None) -> Named | None:
    """Return the indicator before where the sentence only points to it, or goes on with its years.

    "Con số này đạt", and "đạt 1,5% GDP năm 2015, trên 2% GDP năm 2020".
    """
    if site.before is None:
        return Named("", 0, 0) if _AGAIN.search(site.ahead.text) else None
    if _AGAIN.search(site.ahead.text) and not site.measure.rank:
        return Named(site.before.base, site.clause.start, site.measure.end)
    if previous is None or site.ahead.text or not site.measure.percent:
        return None
    denominator = site.behind.text
    earlier = clean(
        site.text[previous.end : _tail_end(site.text, previous.end, site.measure.start)]
    )
    same = previous.percent and bool(denominator) and earlier.startswith(denominator)
    return Named(site.before.text, site.before.start, site.measure.end) if same else None


# --- Ranks ---------------------------------------------------------------------------------------


def _rank(site: _Site) -> Named | None:
    measure, text = site.measure, site.text
    if measure.quantity.unit != "hạng":
        words = re.sub(
            r"\s*\([^()]*\)", "", text[measure.quantity.figure.end : _group_end(text, measure)]
        )
        return Named(f"vị trí trong nhóm {clean(words)}", measure.start, _group_end(text, measure))
    if measure.quantity.operator == "<=" and (named := _ranked_ahead(site)):
        return named
    if measure.quantity.operator == "<=" and site.behind.text:
        return Named(f"thứ hạng trong nhóm {site.behind.text}", measure.start, site.behind.end)
    if about := _ranked_about(text, measure):
        return about
    if named := _ranked_ahead(site):
        return named
    if (
        site.subject
        and len(site.subject.split()) > 1
        and not re.search(r"(?<!\w)(?:là|nằm|trở thành|khu vực)(?!\w)", site.subject)
    ):
        return Named(f"thứ hạng {site.subject}", site.ahead.start, measure.end)
    if site.before and not site.before.text.startswith("số năm"):
        return Named(f"thứ hạng {site.before.base}", site.before.start, measure.end)
    if site.behind.text:
        return Named(f"thứ hạng trong nhóm {site.behind.text}", measure.start, site.behind.end)
    return None


def _group_end(text: str, measure: Measure) -> int:
    """Return where a group that leads ends: brackets behind its name are passed over."""
    stop = re.compile(r";|(?<!TP)(?<!Tp)(?<!tp)\.(?=\s|$)|…").search(text, measure.end)
    end = stop.start() if stop else len(text)
    words = list(re.finditer(r"\S+", text[measure.end : end]))
    return measure.end + words[min(len(words), 2 * LONGEST) - 1].end() if words else measure.end


def _ranked_about(text: str, measure: Measure) -> Named | None:
    """Return "đứng đầu về chỉ số X" as the rank of chỉ số X."""
    stop = _RANKING_END.search(text, measure.end)
    end = stop.start() if stop else len(text)
    about = _ABOUT.search(text, measure.end, end)
    if not about:
        return None
    words = re.sub(r"(?i)^(?:bảng )?xếp hạng\s+", "", clean(about["what"]))
    return Named(f"thứ hạng {lower_first(words)}", measure.start, about.end())


def _ranked_ahead(site: _Site) -> Named | None:
    found = list(_RANKED.finditer(site.ahead.text))
    if not found:
        return None
    head = found[-1]
    if len(found) > 1 and site.ahead.text[found[-2].end() : head.start()].strip() == "":
        head = found[-2]
    stop = _RANK_NAME_END.search(site.ahead.text, head.end())
    words = site.ahead.text[head.start() : stop.start() if stop else None]
    words = re.sub(r"(?i)^(?:bảng )?xếp hạng\s+", "", words).strip()
    named = any(word.isupper() and len(word) > 1 for word in words.split())
    if len(words.split()) <= _TELLING_WORDS and not named:
        return None
    return Named(f"thứ hạng {lower_first(words)}", site.ahead.start, site.measure.end)


# --- Percentages ---------------------------------------------------------------------------------


def _percent(site: _Site) -> Named | None:
    verb, behind, before, measure = site.verb, site.behind, site.before, site.measure
    if of_level := _of_level(site):
        return of_level
    if of_plan := _against_plan(site):
        return of_plan
    subject = _from_head(site.subject, keep_all=bool(_SHARE.search(verb)))
    if HEAD.fullmatch(subject):
        subject = ""
    if site.clause.bracketed and not before and not subject:
        return _before_list(site)
    if site.clause.bracketed and before and not subject:
        grown = _GROWTH.search(verb)
        return _after_before(site, before) if grown else _of_before(site, before)
    if verb and subject:
        end = (
            behind.end
            if _WHOLES.match(behind.text) or _SHARE.search(verb) or _COVER.search(verb)
            else measure.end
        )
        return Named(_by_verb(verb, subject, behind.text), site.ahead.start, end)
    if subject and HEAD_AT.match(subject):
        return Named(subject, site.ahead.start, measure.end)
    if before and _SHARE.search(verb):
        return _of_before(site, before)
    if verb and not subject and before and not _names_things(behind.text):
        return _after_before(site, before)
    if behind.text and _is_noun(behind.text):
        return _share_of(site)
    if before:
        return _after_before(site, before)
    return None


def _before_list(site: _Site) -> Named | None:
    """Return what a list of places gives in brackets: "tỷ lệ A gồm: X (50%), Y (40%)"."""
    opening = site.text.find("(")
    head = HEAD.search(site.text, 0, opening)
    if not head:
        return None
    end = _LIST_OPENS.search(site.text, head.end(), opening)
    words = clean(site.text[head.start() : end.start() if end else opening])
    return Named(lower_first(words), head.start(), site.measure.end) if words else None


def _of_level(site: _Site) -> Named | None:
    """Return the indicator before, of the level of government that the clause names instead."""
    subject = _LEVEL.fullmatch(site.subject)
    if not subject or site.before is None or _names_things(site.behind.text):
        return None
    level, base = subject["level"].lower(), site.before.base
    base = _BODIES.sub("", base)
    words = _LEVEL.sub(level, base, count=1) if _LEVEL.search(base) else f"{base} {level}"
    return Named(words, site.before.start, site.measure.end)


def _against_plan(site: _Site) -> Named | None:
    """Return what "đạt 105% kế hoạch" and "vượt 12% so với kế hoạch" measure: no level."""
    plan = _PLAN_BEHIND.match(site.text, site.measure.end)
    more = _MORE.search(site.ahead.text)
    if not plan or (plan["against"] and not more):
        return None
    subject = _from_head(site.subject, keep_all=False)
    base = subject or (site.before.base if site.before else "")
    start = site.ahead.start if subject or not site.before else site.before.start
    name = plan["plan"].lower()
    if not more:
        return Named(f"tỷ lệ thực hiện {name} {base}".strip(), start, plan.end())
    if not base:
        return None
    return Named(f"mức {more.group().lower()} so với {name} của {base}", start, plan.end())


def _names_things(words: str) -> bool:
    """Tell whether the words behind a share name what it is a share of, and no mere whole."""
    return bool(_PREDICATE_WORD.search(words)) and not _WHOLES.match(words)


def _after_before(site: _Site, before: Named) -> Named:
    """Return what a clause without a subject says of the indicator before it."""
    if growth := _GROWTH.search(site.verb):
        return Named(f"mức {growth['verb'].lower()} {before.base}", before.start, site.measure.end)
    if _SHARE.search(site.verb):
        return _of_before(site, before)
    text = before.text if not (site.verb or _RANK.match(before.text)) else before.base
    if not site.measure.percent:
        return Named(text, before.start, site.measure.end)
    text = re.sub(r"^(?:tổng )?số\s", "tỷ lệ ", text)
    if site.verb and _WHOLES.match(site.behind.text) and " trong " not in text:
        return Named(f"{text} trong {site.behind.text}", before.start, site.behind.end)
    return Named(text, before.start, site.measure.end)


def _from_head(subject: str, *, keep_all: bool) -> str:
    """Return a subject from the word on that says what is measured; a share keeps all of it."""
    if keep_all:
        found = re.search(r"(?<!\w)tỷ (?:lệ|trọng|suất)(?!\w)", subject)
    else:
        found = HEAD.search(subject)
    return subject[found.start() :] if found else subject


def _is_noun(words: str) -> bool:
    return not re.match(
        r"(?:so với|trên tổng|trở lên|trở xuống|vào|trong|mỗi|/|của|theo|năm|tổng cộng|và)(?!\w)",
        words,
        re.IGNORECASE,
    )


def _of_before(site: _Site, before: Named) -> Named:
    """Return what a share is of: "14 tổ chức (chiếm 40%)" is a share of tổ chức."""
    if not _SHARE.search(site.verb) or re.match(r"(?:vị trí|số bậc)", before.text):
        if site.behind.text and _is_noun(site.behind.text) and _SHARE.search(site.verb):
            return Named(f"tỷ lệ {site.behind.text}", site.measure.start, site.behind.end)
        share = re.sub(r"^(?:tổng )?số\s", "tỷ lệ ", before.base)
        return Named(share, before.start, site.measure.end)
    counted = re.sub(r"^(?:tổng )?số\s+", "", before.base)
    if not re.match(r"t[ỷỉ]\s(?:lệ|trọng)", counted):
        counted = f"tỷ lệ {counted}"
    whole = _whole(site.behind.text)
    return Named(
        counted + whole, before.start, max(site.measure.end, site.behind.end if whole else 0)
    )


def _whole(behind: str) -> str:
    """Return what a share is a share of: " trong GRDP"; "" where the words behind name none."""
    if not behind:
        return ""
    behind = re.sub(r"^(?:vào|cho)\s", "", behind)
    if re.match(r"(?:ở|tại|trong)\s", behind, re.IGNORECASE):
        return f" {behind}"
    return f" trong {behind}" if _is_noun(behind) else ""


def _by_verb(verb: str, subject: str, behind: str) -> str:
    if _SHARE.search(verb) and not re.match(r"tỷ (?:lệ|trọng|suất)", subject):
        return f"tỷ trọng {subject}{_whole(behind)}"
    if (cover := _COVER.search(verb)) and behind and not HEAD_AT.match(subject):
        if cover["verb"].lower() == "phủ":
            return f"tỷ lệ {behind} được phủ {subject}"
        return f"tỷ lệ {behind} được {subject} {cover['verb'].lower()}"
    growth = _GROWTH.search(verb)
    if _WHOLES.match(behind) and not growth and not re.match(r"tỷ (?:lệ|trọng|suất)", subject):
        whole = re.sub(r"(?:/năm| hằng năm| hàng năm| mỗi năm)$", "", behind)
        return f"tỷ trọng {re.sub('^quy mô ', '', subject)} trong {whole}"
    if growth and not re.match(r"(?:mức|tốc độ) (?:tăng|giảm)", subject):
        return f"mức {growth['verb'].lower()} {subject}"
    return subject if HEAD_AT.match(subject) or growth else f"tỷ lệ {subject}"


def _share_of(site: _Site) -> Named:
    if named := _NAMED_BEHIND.match(site.behind.text):
        return Named(site.behind.text[named.end() :], site.measure.start, site.behind.end)
    words, start, end = _LISTED.sub("", site.behind.text), site.measure.start, site.behind.end
    predicated = _PREDICATE_WORD.search(words)
    if predicated and not predicated.start() and site.before and _ONLY.fullmatch(site.ahead.text):
        return _same_things(site.before, words, end)
    if site.shared and not predicated:
        return Named(f"tỷ lệ {words} {site.shared.text}", start, site.shared.end)
    if changed := _CHANGED.search(site.ahead.text):
        return Named(f"mức {changed['verb'].lower()} {words}", site.ahead.start, end)
    if not predicated and (found := _FOUND_IN.search(site.ahead.text)):
        thing = subject_of(site.ahead.text[: found.start()])
        return Named(f"tỷ lệ {words} có {thing}", site.ahead.start, end)
    if not predicated and (doing := _doing(site.ahead.text)):
        return Named(f"tỷ lệ {words} được {doing}", site.ahead.start, end)
    going_on = site.before if not site.ahead.text else None
    if going_on and (same := _CHANGE_BEFORE.match(going_on.text)):
        return Named(f"{same.group()} {words}", going_on.start, end)
    if not predicated and not site.ahead.text and site.before and " được " in site.before.text:
        done = site.before.text[site.before.text.index(" được ") :]
        return Named(f"tỷ lệ {words}{done}", site.before.start, end)
    return Named(f"tỷ lệ {words}", start, end)


def _same_things(before: Named, predicate: str, end: int) -> Named:
    """Return what "48% hộ có A, 35% có B" says of the same things."""
    said = _PREDICATE_WORD.search(before.text)
    things = before.text[: said.start()].strip() if said else before.text
    return Named(f"{things} {predicate}", before.start, end)


def _doing(ahead: str) -> str | None:
    """Return the verb, with what stands behind it, that is done to the things counted."""
    found = [match for match in _DOING.finditer(ahead) if _DONE_TO.fullmatch(ahead, match.end())]
    if not found:
        return None
    words = without_trailing(ahead[found[-1].start() :])
    if re.search(r"(?<!đối)\svới$", ahead.rstrip()) and found[-1]["verb"].casefold() != "kết nối":
        return None
    return lower_first(re.sub(r"\s(?:được|thêm|đầy đủ|mới)$", "", words))


def _shared_predicate(
    text: str, measures: Sequence[Measure], clauses: Sequence[Clause], place: int
) -> Phrase | None:
    """Return the predicate that "90% A, 80% B và 60% C được xử lý" says once, for the first "
    "ones."""
    measure = measures[place]
    for later in range(place + 1, len(measures)):
        follower, clause = measures[later], clauses[later]
        alike = not follower.rank and follower.percent == measure.percent
        between = text[measures[later - 1].end : follower.start]
        if clause.bracketed or not alike or ";" in between or len(between.split()) > _JOINED_WORDS:
            return None
        if not re.search(r"(?:,|\s(?:và|cùng))\s*$", between):
            return None
        tail = phrase(text, follower.end, _tail_end(text, follower.end, clause.end))
        if found := _PREDICATE_WORD.search(tail.text):
            return Phrase(follower.end, tail.end, tail.text[found.start() :])
    return None


# --- Counts and sums -----------------------------------------------------------------------------


def _count(site: _Site) -> Named | None:
    measure, unit = site.measure, site.measure.quantity.unit or ""
    if unit in ("bậc", "hạng", "điểm phần trăm", "lần"):
        return _steps(site, unit)
    if running := _RUNNING.match(site.text, measure.end):
        return _in_a_row(site, running.end())
    summed = _summed(site)
    if summed and HEAD.fullmatch(summed) and not measure.currency:
        counted = clean(site.text[measure.quantity.figure.end : site.behind.end])
        return Named(f"{summed} {counted}", site.ahead.start, site.behind.end)
    if summed:
        return Named(summed, site.ahead.start, measure.end)
    if not unit or _SIZES.fullmatch(unit):
        return _amount(site)
    return _number_of(site)


def _in_a_row(site: _Site, behind: int) -> Named:
    """Return what lasts for years on end: said behind the years, after a comma too."""
    comma = re.compile(r",\s").match(site.text, behind)
    start = comma.end() if comma else behind
    end = _tail_end(site.text, start, len(site.text))
    end = site.text.find(",", start, end) if "," in site.text[start:end] else end
    words = lower_first(clean(site.text[start:end]))
    unit = site.measure.quantity.unit or ""
    return Named(f"số {unit} liên tiếp {words}".strip(), site.measure.start, end)


def _summed(site: _Site) -> str | None:
    """Return "tổng vốn đầu tư" of "với tổng vốn đầu tư hơn 7 tỷ": a sum whose name leads to it."""
    head = re.match(r"số\s(?!hóa|hoá)(?=[^\W\d])", site.subject) or HEAD.search(site.subject)
    if not head:
        return None
    words = site.subject[head.start() :]
    if ", " in words and not re.search(r",\s+[^,]*$", words):
        return None
    if not site.verb and _PREDICATE_WORD.search(words):
        return None
    if not site.measure.currency and re.search(
        r"(?<!\w)(?:đối với|cho|tại|ở|với)$", site.ahead.text
    ):
        return None
    sure = site.measure.currency or re.match(
        r"(?:tổng|số|quy mô|doanh|giá|thu nhập|sản lượng|diện tích|thời gian|mật độ)", words
    )
    return words if sure else None


def _number_of(site: _Site) -> Named:
    """Return "số X ..." of a count, with what is done to the things where they say no more."""
    measure, behind = site.measure, site.behind
    start = measure.quantity.figure.end
    if total := _OUT_OF.match(site.text, start):
        start = total.end()
    counted = _LISTED.sub("", clean(site.text[start : max(behind.end, measure.end)]))
    tail = behind.text
    if growth := _growth_of_count(site):
        return growth
    unit = measure.quantity.unit or ""
    per = site.text[measure.end : measure.end + 1] == "/"
    moved = _MOVED.search(site.text[max(0, measure.start - _REACH) : measure.start])
    leads = per or moved or site.verb or re.search(r"(?:^|\s)có$", site.ahead.text)
    if site.before and (not tail or per) and leads:
        same = re.match(
            rf"(?:tổng )?số {re.escape(unit if per else counted)}(?!\w)", site.before.base
        )
        if same:
            return Named(site.before.base, site.clause.start, measure.end)
    if site.verb and re.match(rf"{re.escape(unit)}\s", site.subject, re.IGNORECASE) and not tail:
        return Named(f"số {site.subject}", site.ahead.start, measure.end)
    if site.verb and site.subject and _PER_HEAD.match(tail):
        return Named(site.subject, site.ahead.start, behind.end)
    if not tail and site.subject and _LEVEL_VERB.search(site.verb) and counted == unit:
        return Named(f"số {counted} {site.subject}", site.ahead.start, measure.end)
    if each := _EACH.search(site.ahead.text):
        return Named(f"số {counted} của mỗi {each['each']}", site.ahead.start, behind.end)
    predicated = _PREDICATE_WORD.search(re.split(r"(?<!\w)(?:cho|tại|để)(?!\w)", tail)[0])
    if site.shared and not predicated:
        return Named(f"số {counted} {site.shared.text}", measure.start, site.shared.end)
    doing = None if predicated else _doing(site.ahead.text)
    if doing:
        passive = re.match(r"(?:cho|trên|tại|vào|ở|lên|cho các)(?!\w)", tail)
        counted = without_trailing(counted)
        words = f"{unit} được {doing} {tail}" if passive else f"{counted} được {doing}"
        if every := _EVERY.search(site.ahead.text):
            words = f"{words} mỗi {every['every'].lower()}"
        return Named(f"số {words}", site.ahead.start, behind.end)
    counted = without_trailing(counted)
    among = site.clause.bracketed or _AMONG_THEM.match(site.text, site.clause.start)
    if among and not site.verb and not tail and len(site.subject.split()) <= _TELLING_WORDS:
        counted = f"{counted} {site.subject}".strip()
    if every := _EVERY.search(site.ahead.text):
        counted = f"{counted} mỗi {every['every'].lower()}"
    return Named(f"số {counted}", measure.start, max(behind.end, measure.end))


def _growth_of_count(site: _Site) -> Named | None:
    """Return what "tăng 120 trạm so với năm trước" measures: how many more, no level."""
    growth = _GROWTH.search(site.verb)
    counted = site.measure.quantity.unit
    if not growth or not counted or not site.before or site.subject:
        return None
    if counted not in site.before.base:
        return None
    words = f"mức {growth['verb'].lower()} {site.before.base}"
    return Named(words, site.before.start, site.measure.end)


def _steps(site: _Site, unit: str) -> Named | None:
    change = re.search(
        r"(?<!\w)(tăng|giảm|tụt|lùi|gấp|cao hơn|thấp hơn)(?!\w)", site.ahead.text, re.IGNORECASE
    )
    verb = f" {change.group().lower()}" if change else ""
    head = HEAD.search(site.subject)
    if head:
        words = re.split(r"\s(?:do|của)\s", site.subject[head.start() :])[0]
        return Named(f"số {unit}{verb} của {words}", site.ahead.start, site.measure.end)
    if site.before:
        return Named(f"số {unit}{verb} của {site.before.base}", site.before.start, site.measure.end)
    if site.subject:
        return Named(f"số {unit}{verb} của {site.subject}", site.ahead.start, site.measure.end)
    return None


def _amount(site: _Site) -> Named | None:
    """Return what money or a measure is of: its subject, or the verb that moves it."""
    measure, unit = site.measure, site.measure.quantity.unit
    doing = _doing(site.ahead.text)
    if doing and not (site.verb and site.subject):
        if measure.currency and _MONEY.match(site.behind.text):
            return Named(f"{site.behind.text} được {doing}", site.ahead.start, site.behind.end)
        head = "số tiền được" if measure.currency else "số lượng"
        return Named(f"{head} {doing}", site.ahead.start, measure.end)
    if not measure.currency and site.behind.text and not site.verb and unit:
        return Named(f"số {unit} {site.behind.text}", measure.start, site.behind.end)
    if site.subject:
        sum_of = "số tiền " if measure.currency and " " not in site.subject else ""
        return Named(sum_of + last_words(site.subject), site.ahead.start, measure.end)
    if site.before and site.verb:
        return _after_before(site, site.before)
    if site.behind.text:
        return Named(site.behind.text, measure.start, site.behind.end)
    return replace(site.before, text=site.before.base) if site.before else None


def _tail_end(text: str, start: int, end: int) -> int:
    """Return where the noun phrase behind a figure ends: before what only adds to it."""
    stop = _TAIL_END.search(text, start, end)
    end = stop.start() if stop else end
    words = list(re.finditer(r"\S+", text[start:end]))
    if len(words) > LONGEST:
        longest = start + words[LONGEST - 1].end()
        joints = [match.start() for match in _JOINT.finditer(text, start, longest)]
        whole = [joint for joint in joints if joint > start + words[LONGEST // 2].start()]
        end = whole[-1] if whole else longest
    return end
