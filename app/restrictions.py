"""What a question narrows the thing counted to: "học sinh trung học", "trong số dự án đó, mấy cái".

A figure of the thing at large is no answer to it; the restriction has to be told with the figure.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from app.asked import Part, asking
from app.binding import is_any_noun
from app.concepts import Concept, is_expressed
from app.facts import Fact
from app.inquiry import Inquiry
from ingest.places import find_places
from ingest.text import fold, folded_tokens

# "Trong số dự án đó, bao nhiêu ...", "52 dự án đang chạy thì mấy ...": what follows is a part.
_WHOLE = re.compile(
    r"(?:^|[.;:]\s)\W*(?:(?:trong|trong so) (?:so|tong so|cac|nhung|may|hon|gan|khoang|\d)"
    r"|(?!(?:19|20)\d\d\b)\d)[^,;:?]*?"
    r"(?:,|\bthi\b)(?P<part>.*)$"
)
_TOLD_OF_PART = 0.5
# A word with a capital; the range of the marked letters holds small ones as well.
_NAME = r"((?:\s[^\W\d_]+){1,4})"
_SMALLER = re.compile(
    r"(?<!\w)(?:[Qq]uận|[Hh]uyện|[Tt]hị xã|[Pp]hường|[Xx]ã|[Tt]hị trấn|[Tt]hành phố)" + _NAME
)
# Kinds that share a head: "doanh nghiệp lớn", "trường tư thục", "nữ cán bộ".
_KIND_OF = re.compile(
    r"(?<!\w)(?:(?P<head>doanh nghiệp|bệnh viện|trường|cơ sở|hộ|dự án)\s"
    r"(?P<kind>lớn|siêu nhỏ|nhỏ|vừa|công lập|tư thục|tư nhân|nhà nước|trung ương|kinh doanh)"
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
    r"(?<!\w)(?:nhóm|loại|hạng|giai đoạn|đợt|mức độ|cấp độ|mẫu|phụ lục|tuyến|(?<!con )(?<!tổng )số)"
    r"\s(?:[A-ZĐ]|\d{1,2})(?!\w|[/.,-]\d|\s?%)",
)
# Words that may stand between what is counted and what narrows it.
_JOINTS = frozenset({"cua", "thuoc", "ve", "trong", "nganh", "cap", "loai", "la"})
_MOST_JOINTS = 2
_MOST_UNIT = 3
_FEWEST_SYLLABLES = 2


def counts_another(inquiry: Inquiry, part: Part, fact: Fact) -> bool:
    """Tell whether what a part counts is named nowhere with a figure: no posts are its deputies."""
    if part.kind != "count" or fact.kind != "count" or len(part.noun) < _FEWEST_SYLLABLES:
        return False
    if is_any_noun(part.noun):
        return False
    noun = next(
        (
            concept
            for concept in inquiry.topic.concepts
            if tuple(folded_tokens(concept.words)) == part.noun[: len(concept.words.split())]
            and len(concept.words.split()) >= _FEWEST_SYLLABLES
        ),
        None,
    )
    return noun is not None and not is_expressed(noun, _told(fact))


def _told(fact: Fact) -> str:
    item = fact.evidence
    row = fact.row.indicator if fact.row else ""
    return " ".join([item.quote, item.sentence.context, *item.passage.heading, row])


def is_narrower(inquiry: Inquiry, fact: Fact) -> bool:
    """Tell whether a question asks for a narrower thing than a figure is told of."""
    asked = folded_tokens(asking(inquiry.question.text))
    told = _told(fact)
    groups = [one for one in inquiry.topic.concepts if one.narrows]
    narrowing = [*groups, *_restrictions(inquiry, fact, asked), *_beneficiaries(inquiry, asked)]
    if any(not is_expressed(concept, told) for concept in narrowing):
        return True
    return _is_whole(inquiry, fact) or is_of_another(inquiry, fact)


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
    told = _told(fact).casefold()
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
    said = fold(f"{_told(fact)} {fact.evidence.before} {fact.evidence.passage.document.title}")
    names = _names(_NAMED_THING, inquiry.question.text)
    return any(fold(name).casefold() not in said.casefold() for name in names)


def _names(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the names that stand behind such words: as far as they are written with capitals."""
    found = [
        takewhile(lambda word: word[0].isupper(), name.split()) for name in pattern.findall(text)
    ]
    return [name for words in found if (name := " ".join(words))]


def _is_elsewhere(inquiry: Inquiry, fact: Fact) -> bool:
    """Tell whether a question names a district or commune that a figure is not told of alone."""
    own = [name for name in _names(_SMALLER, inquiry.question.text) if not find_places(name)]
    asked = [fold(name).casefold() for name in own]
    said = f"{_told(fact)} {fact.evidence.before}"
    named = {fold(one).casefold() for one in _names(_SMALLER, said) if not find_places(one)}
    told = fold(said).casefold()
    if not asked:
        return False
    of_all = bool(_OF_ALL.search(fact.bound) or _OF_SEVERAL.search(fact.bound))
    of_all = of_all or any(
        re.search(rf"(?:, |và ){one}|{one}(?:,| và) [A-ZĐ]", said) for one in own
    )
    return of_all or any(name not in told for name in asked) or len(named - set(asked)) > 0


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


def _is_whole(inquiry: Inquiry, fact: Fact) -> bool:
    """Tell whether a question asks for a part of a whole, and a figure is not told of that part."""
    match = _WHOLE.search(fold(inquiry.question.text).casefold())
    if not match:
        return False
    part = inquiry.topic.within(match["part"])
    told = part.expressed(f"{fact.evidence.quote} {fact.evidence.sentence.context}")
    return part.share(list(map(float, told))) < _TOLD_OF_PART


def _restrictions(inquiry: Inquiry, fact: Fact, asked: Sequence[str]) -> list[Concept]:
    """Return the concepts that stand right behind what the figure counts, in the question.

    A rank counts nothing: it is narrowed by what stands behind "chỉ số".
    """
    counted = folded_tokens(fact.evidence.quote[fact.figure.end :])[:_MOST_UNIT]
    counted = ["chi", "so"] if fact.kind == "rank" else [one for one in counted if one != "%"]
    for size in range(len(counted), 1 if fact.kind == "rank" else 0, -1):
        starts = [n for n in range(len(asked)) if list(asked[n : n + size]) == counted[:size]]
        if starts:
            return [one for start in starts for one in _behind(inquiry, asked, start + size)]
    return []


def _beneficiaries(inquiry: Inquiry, asked: Sequence[str]) -> list[Concept]:
    """Return what a question says last that something is for: "dành mấy phần trăm cho y tế"."""
    places = [place for place, word in enumerate(asked[:-1]) if word == "cho"]
    found = _behind(inquiry, asked, places[-1] + 1) if places else []
    return [one for one in found if folded_tokens(one.words)[-1] == asked[-1]]


def _behind(inquiry: Inquiry, asked: Sequence[str], start: int) -> list[Concept]:
    for skipped in range(_MOST_JOINTS + 1):
        at = start + skipped
        for concept in inquiry.topic.concepts:
            own = folded_tokens(concept.words)
            if len(own) >= _FEWEST_SYLLABLES and list(asked[at : at + len(own)]) == own:
                return [concept]
        if at >= len(asked) or asked[at] not in _JOINTS:
            break
    return []
