"""Whose figure it is: the locality that owns it in its sentence, else that of the document."""

import re
from collections.abc import Sequence

from ingest.documents import Description
from ingest.places import Place, find_places
from ingest.targets.clauses import Clause, brackets
from ingest.targets.measures import Measure
from ingest.text import fold

COUNTRY = "Cả nước"

_COUNTRY_BEFORE = re.compile(
    r"(?:(?:^|[,;:]\s*|(?:hiện|nay|\d{4}),?\s+)(?:trên )?(?:cả nước|toàn quốc|việt nam|nước ta)"
    r"(?:\s+(?:đã|mới|hiện|sẽ|cũng|phấn đấu))*\s+(?:có|đạt|đứng|xếp|nằm|là|thu hút|ghi nhận"
    r"|thuộc|vào|thành lập|triển khai|hoàn thành|cấp|xây dựng|hình thành|tiếp nhận|xử lý|đưa"
    r"|số hóa|phát triển|cung cấp|tăng|giảm)|của (?:cả nước"
    r"|toàn quốc|việt nam)"
    r"\s+(?:hiện\s+)?(?:đạt|là|ước|chiếm|tăng|giảm)|(?:mục tiêu|chỉ tiêu|bình quân"
    r"|trung bình)(?: chung)?(?: của)?"
    r" (?:quốc gia|cả nước|toàn quốc))(?!\w)",
    re.IGNORECASE,
)
_COUNTRY_BEHIND = re.compile(
    r"[^,;:()%]*?(?<!nhất )(?<!đầu )(?:của|trên|trong) (?:cả nước|toàn quốc|cả nước ta)(?!\w)",
    re.IGNORECASE,
)
# "cao hơn mức bình quân cả nước (0,7%)": the figure in brackets is the country's.
_COUNTRY_ALONE = re.compile(
    r"(?:bình quân|trung bình|mức)\s(?:chung\s)?(?:của\s)?(?:cả nước|toàn quốc)$", re.IGNORECASE
)
# "Tỉnh đạt ...": the document's own place goes on after the country.
# What is said of the country ends where another body or a contrast begins.
_ANOTHER = re.compile(
    r"(?<!\w)(?:sở|phòng|ban|ngành|đơn vị|ubnd|ủy ban|riêng|còn|trong khi)(?!\w)", re.IGNORECASE
)
_SUBJECT_HERE = re.compile(
    r"(?<!\w)(?<!cấp )(?:tỉnh|thành phố|địa phương|huyện|thủ đô|xã(?! hội))(?!\w)", re.IGNORECASE
)
# "Kinh tế số Bắc Ninh năm 2023 ước đạt": the place ends the subject.
_PREDICATE = re.compile(
    r"(?:,?\s(?:(?:vào|trong|đến|cuối|hết|đầu) )*năm \d{4},?)?"
    r"\s(?:đã |hiện |ước |sẽ |mới |cũng |vẫn |phấn đấu )*"
    r"(?:đạt|chiếm|ước|là|tăng|giảm|xếp|đứng|bằng|còn|lên|đóng góp)(?!\w)",
    re.IGNORECASE,
)
# A share of the country's product; a province's is GRDP.
_PRODUCT = re.compile(r"(?<!\w)GDP(?!\w)")
_COUNTRY_HERE = re.compile(
    r"(?:(?:bình quân|trung bình|mức)\s(?:chung\s)?(?:của\s)?)?(?:cả nước|toàn quốc)(?:\s(?:là|đạt)"
    r"|:)",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"(?:đầu|nhất|hàng đầu|cao|thấp|bình quân|trung bình|chiếm)(?!\w)", re.IGNORECASE
)
_JOINT = re.compile(r"\s*(?:,|và|cùng(?: với)?|&)\s*(?:thành phố|tỉnh|tp\.?)?\s*", re.IGNORECASE)
_OWNED = re.compile(
    r"(?<!\w)(?:của|tại|ở|cho|trên địa bàn|toàn)\s+(?:(?:thành phố|tỉnh|tp\.?|thủ đô)\s+)?$",
    re.IGNORECASE,
)
_KIND = re.compile(r"(?:(?:thành phố|tỉnh|tp\.?|thủ đô)\s+)$", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?<!\w)(?:so với|cùng với|sau|hơn|như|ngoài)\s+(?:\S+\s+){0,3}$", re.IGNORECASE
)
_OPENS = re.compile(
    r"(?:^|[,;:]\s*|(?:hiện nay|hiện|đến nay|nay|đó|thì|mà|và|còn|riêng|\d{4}),?\s+)$",
    re.IGNORECASE,
)
_OF_COUNTRY = re.compile(
    r"(?<!\w)(?:việt nam|quốc gia|cả nước|toàn quốc|dự án (?:luật|pháp lệnh))(?!\w)", re.IGNORECASE
)
_CENTRAL = re.compile(r"(?:[-/](?:ttg|cp|tw|qh\d*|ubtvqh\d*)$|[-/](?:nq|qd|kh)-(?:cp|ttg|tw)$)")


def owners_of(
    text: str,
    measure: Measure,
    clause: Clause,
    description: Description,
    name: str = "",
    aimed_by: str | None = None,
) -> tuple[str | None, ...]:
    """Return the localities that a figure is said of: named as its subject, else the document's.

    Of a rank or share two localities as subject give both, of a count nobody knows what is whose.
    "Cả nước" owns what is "của cả nước", not what leads it, and an aim that a central body's
    document sets, whose number is `aimed_by`; `name`: the figure's indicator.
    """
    if clause.bracketed and (place := _before_brackets(text, clause)):
        return (place,)
    if _is_of_country(text, measure, clause):
        return (COUNTRY,)
    named = _named(text, measure, clause)
    if len(named) > 1 and not (measure.rank or measure.percent):
        return (None,)
    if named or _SUBJECT_HERE.search(text):
        return named or (document_owner(description),)
    said = f"{name} {text[clause.start : clause.end]}"
    product = measure.percent and _PRODUCT.search(said) is not None
    central = aimed_by is not None and _CENTRAL.search(fold(aimed_by).casefold()) is not None
    return (COUNTRY,) if product or central else (document_owner(description),)


def _before_brackets(text: str, clause: Clause) -> str | None:
    """Return the place right before a figure's brackets: "cao hơn Vĩnh Long (91%)"."""
    opening = text.rfind("(", 0, clause.start)
    before = [place for place in find_places(text) if place.end <= opening]
    close = before and text[before[-1].end : opening].strip() == ""
    return before[-1].name if close else None


def document_owner(description: Description) -> str | None:
    """Return the document's locality; the country where its number is a central body's or its title
    names it.
    """
    if description.locality:
        return description.locality
    number = fold(description.number or "").casefold()
    country = _CENTRAL.search(number) or _OF_COUNTRY.search(description.title)
    return COUNTRY if country else None


def _is_of_country(text: str, measure: Measure, clause: Clause) -> bool:
    before = text[clause.start : measure.quantity.figure.start]
    if clause.bracketed:
        if _COUNTRY_HERE.match(text, clause.start):
            return True
        return bool(_COUNTRY_ALONE.search(text[: text.rfind("(", 0, measure.start)].rstrip()))
    if said := list(_COUNTRY_BEFORE.finditer(before)):
        return not _speaks_of_another(before[said[-1].end() :])
    earlier = list(_COUNTRY_BEFORE.finditer(text, 0, clause.start))
    if earlier and not _SUBJECT_HERE.search(before):
        between = text[earlier[-1].end() : measure.start]
        return not _speaks_of_another(between) and not find_places(text[clause.start : clause.end])
    if measure.percent or measure.rank:
        return False
    behind = _COUNTRY_BEHIND.match(text, measure.end, clause.end)
    return bool(behind) and not _PRAISE.search(behind.group() if behind else "")


def _speaks_of_another(words: str) -> bool:
    return bool(find_places(words)) or _ANOTHER.search(words) is not None


def _named(text: str, measure: Measure, clause: Clause) -> tuple[str, ...]:
    """Return the places that stand as subject or owner, nearest before the figure or behind."""
    spans = brackets(text)
    low = clause.start if not clause.bracketed else 0
    places = [
        place
        for place in find_places(text)
        if not any(start < place.start < end for start, end in spans)
    ]
    inside = [place for place in places if low <= place.start < measure.start]
    earlier = [place for place in places if place.start < low]
    behind = [place for place in places if measure.end <= place.start < clause.end]
    for group in (inside, behind, earlier):
        owning = [place for place in group if _owns(text, place, behind=group is behind)]
        if owning:
            last = owning if group is behind else owning[-1:]
            return _with_joined(text, places, last[0])
    return ()


def _owns(text: str, place: Place, *, behind: bool) -> bool:
    before = text[: place.start]
    before = before[: len(before) - len(kind.group())] if (kind := _KIND.search(before)) else before
    if _COMPARED.search(before):
        return False
    if _OWNED.search(text[: place.start]):
        return True
    if behind:
        return False
    if _PREDICATE.match(text, place.end):
        return True
    joined = re.search(r"(?:,|và|cùng)\s*$", before)
    return bool(_OPENS.search(before) or before.strip(' -–*+•“"') == "" or joined)


def _with_joined(text: str, places: Sequence[Place], owner: Place) -> tuple[str, ...]:
    """Return the owner and those joined to it: "Huế và Đà Nẵng là ..."."""
    index = places.index(owner)
    first = last = index
    while first > 0 and _JOINT.fullmatch(text, places[first - 1].end, places[first].start):
        first -= 1
    while last + 1 < len(places) and _JOINT.fullmatch(
        text, places[last].end, places[last + 1].start
    ):
        last += 1
    return tuple(dict.fromkeys(place.name for place in places[first : last + 1]))
