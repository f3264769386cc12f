"""A figure of another district, label, kind or named thing than the one that a question asks of."""

import re
from itertools import takewhile

from app.facts import Fact
from app.inquiry import Inquiry
from app.language import without_places
from ingest.places import find_places
from ingest.text import fold

# A word with a capital; the range of the marked letters holds small ones as well.
_NAME = r"((?:\s[^\W\d_]+){1,4}|\s\d{1,2}(?!\w|[.,/-]\d))"
_SMALLER = re.compile(
    r"(?<!\w)(?:[Qq]uận|[Hh]uyện|[Tt]hị xã|[Pp]hường|[Xx]ã|[Tt]hị trấn|[Tt]hành phố)" + _NAME
)
# Kinds that share a head: "doanh nghiệp lớn", "trường tư thục", "nữ cán bộ".
_KIND_OF = re.compile(
    r"(?<!\w)(?:(?P<head>doanh nghiệp|bệnh viện|(?<!thị )(?<!môi )trường|cơ sở|hộ|dự án)\s"
    r"(?P<kind>lớn(?! hơn| nhất)|siêu nhỏ|nhỏ(?! hơn| nhất)|vừa(?! được| mới| qua| hoàn)|công lập"
    r"|tư thục|tư nhân|nhà nước|trung ương|kinh doanh)"
    r"|(?P<sex>nữ)\s(?P<of>cán bộ|công chức|viên chức|học sinh|giáo viên|đại biểu|sinh viên))(?!\w)"
)
_NAMED_THING = re.compile(
    r"(?<!\w)(?i:cửa khẩu|khu công nghiệp|khu kinh tế|khu công nghệ cao|cảng|sân bay|bệnh viện|chợ"
    r"|hồ)(?: (?:số|quốc tế))*" + _NAME
)
_OF_ALL = re.compile(
    r"(?<!\w)(?:toàn (?:thành phố|tỉnh|địa bàn)|cả (?:tỉnh|thành phố))(?!\w)", re.IGNORECASE
)
_OF_SEVERAL = re.compile(
    r"(?<!\w)các (?:quận|huyện|thị xã|phường|xã|thị trấn)\s(?!của|trong|trên|đã|có)[^\W\d_]"
)
_LABEL = re.compile(
    r"(?<!\w)(?i:nhóm|loại|hạng|giai đoạn|đợt|mức độ|cấp độ|mẫu|phụ lục|tuyến"
    r"|(?<!con )(?<!tổng )số)\s(?:[A-ZĐ]|\d{1,2})(?!\w|[/.,-]\d|\s?%)",
)


def is_of_another(inquiry: Inquiry, fact: Fact) -> bool:
    """Tell whether a figure is of another district, kind or named thing than the question's."""
    return (
        _is_elsewhere(inquiry, fact)
        or _is_labelled(inquiry, fact)
        or _is_of_other_kind(inquiry, fact)
        or _is_of_other_name(inquiry, fact)
    )


def _is_of_other_kind(inquiry: Inquiry, fact: Fact) -> bool:
    """Tell whether a question asks of one kind of firms, schools or staff that nothing tells of."""
    told = fact.told.casefold()
    for match in _KIND_OF.finditer(inquiry.question.text.casefold()):
        head, kind = (
            (match["head"], match["kind"]) if match["head"] else (match["of"], match["sex"])
        )
        beside = rf"{head}(?: \S+){{0,3}} {kind}(?!\w)|(?<!\w){kind} {head}"
        if not re.search(beside, told):
            return True
    return False


def _is_of_other_name(inquiry: Inquiry, fact: Fact) -> bool:
    """Tell whether a question names a port, school or zone that is not named with the figure."""
    said = fold(f"{fact.told} {fact.evidence.before} {fact.evidence.passage.document.title}")
    names = _names(_NAMED_THING, without_places(inquiry.question.text))
    return any(fold(name).casefold() not in said.casefold() for name in names)


def _names(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the names that stand behind such words: as far as they are written with capitals."""
    found = [
        takewhile(lambda word: word[0].isupper() or word[0].isdigit(), name.split())
        for name in pattern.findall(text)
    ]
    return [name for words in found if (name := " ".join(words))]


def _is_elsewhere(inquiry: Inquiry, fact: Fact) -> bool:
    """Tell whether a question names a district or commune that a figure is not told of alone."""
    asked = [name for name in _names(_SMALLER, inquiry.question.text) if not find_places(name)]
    if not asked:
        return False
    said = f"{fact.told} {fact.evidence.before}"
    named = _names(_SMALLER, fact.evidence.quote) or _names(_SMALLER, said)
    others = {_plain(one) for one in named if not find_places(one)} - set(map(_plain, asked))
    joint = _OF_ALL.search(fact.bound) or _OF_SEVERAL.search(fact.bound)
    return (
        bool(joint or others)
        or any(_plain(name) not in _plain(said) for name in asked)
        or any(_stands_in_list(name, said) for name in asked)
    )


def _plain(text: str) -> str:
    return fold(text).casefold()


def _stands_in_list(name: str, text: str) -> bool:
    """Tell whether a name stands beside others: "ở Cao Mây và Suối Cát"."""
    after = re.search(rf"{re.escape(name)}(?:,| và) (\w)", text)
    return bool(re.search(rf"(?:, |và ){re.escape(name)}", text)) or bool(
        after and after[1].isupper()
    )


def _is_labelled(inquiry: Inquiry, fact: Fact) -> bool:
    """Tell whether a question asks of one of several kinds, and a figure is told of another.

    "Nhóm D" is no "nhóm A", "giai đoạn 2" no "giai đoạn 1".
    """
    asked = {match.group().casefold() for match in _LABEL.finditer(inquiry.question.text)}
    told = {match.group().casefold() for match in _LABEL.finditer(fact.evidence.quote)}
    kinds = {label.rsplit(None, 1)[0] for label in asked}
    other = {label for label in told if label.rsplit(None, 1)[0] in kinds}
    return bool(other) and not asked & told
