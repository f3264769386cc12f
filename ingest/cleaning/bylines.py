"""Who wrote an article and when it was published, as lines of their own; and how to reach them."""

import re

from ingest.cleaning.lines import Layout, Line, Reason, bare
from ingest.cleaning.press import periodical, press_name
from ingest.figures import find_figures
from ingest.places import find_places

_TITLE = (
    r"(?:(?:GS|PGS|TS|ThS|Ths|TSKH|BS|KS|CN|NCS|Luật sư|LS|Nhà báo|Đại tá|Thượng tá|Trung tá"
    r"|Thiếu tá|NGƯT|NGND|Thạc sĩ|Tiến sĩ|Giáo sư|Phó Giáo sư)(?:[.,]+\s*|\s+))"
)
_LABEL = re.compile(
    r"^(?:Tác giả|Bài viết|Bài và ảnh|Bài, ảnh|Tin và ảnh|Tin, ảnh|Tin, bài|Tin bài|Bài|Tin"
    r"|Thực hiện|Người viết|Phóng viên|Nhóm phóng viên|Nhóm PV|Nội dung|Theo)\s*:\s*",
    re.IGNORECASE,
)
_PHOTO = re.compile(r"[\s.,;(–-]*\(?(?:Ảnh|ảnh|Đồ họa|Video)\s*:\s*(?P<names>[^:()]{2,60})\)?\.?$")
_GATHERED = re.compile(
    r"\s*\((?:th|t/h|T\.H|TH|tổng hợp|lược ghi|ghi|thực hiện|dịch|lược dịch|biên soạn|biên dịch"
    r"|theo [^()]{2,40})\)\.?$",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"\s*\(\d\)|[*¹²³]+")
_SPLIT = re.compile(r"\s*(?:[-–—,;/&|]|\bvà\b)\s*")
_NAME_CHARACTERS = 120
_MOST_LINES = 4
_MOST_NAMES = 6
_INITIALS = re.compile(
    r"^(?:[A-ZĐ]{2,4}|[A-ZĐ](?:\.\s?[A-ZĐ]){1,3}\.?|[A-ZĐ]\.\s?[A-ZĐ][^\W\d_]+)$"
)
_DESK = frozenset({"pv", "btv", "nhom pv", "phong vien", "ban bien tap", "nhom phong vien", "ctv"})
_ORGANISATION = (
    r"(?:Trường|Viện|Học viện|Đại học|Khoa|Sở|HĐND|UBND|Ủy ban|Hội đồng|Bộ|Ban|Trung tâm|Công ty"
    r"|Hội|Cục|Vụ|Phòng|Tạp chí|Báo|Đài|Tổng cục|Văn phòng|Thành ủy|Tỉnh ủy|Ngân hàng|Tập đoàn)"
)
_AFFILIATION = re.compile(rf"^(?:\(\d\)\s*|\*+\s*)?{_ORGANISATION}\s")
_AFFILIATION_CHARACTERS = 120
# The commonest family names: a line of capitalised words that opens with one names a person.
_FAMILY_NAMES = frozenset(
    (
        *("nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui"),
        *("do", "ho", "ngo", "duong", "ly", "dao", "doan", "dinh", "lam", "mai", "truong"),
        *("trinh", "cao", "luong", "luu", "ta", "to", "ha", "quach", "thai", "chu", "tang"),
        *("kieu", "vuong"),
    )
)

_WEEKDAY = r"(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cn|t[2-7])"
_CLOCK = (
    r"(?:(?:lúc\s*)?\d{1,2}\s?(?:[:hg]|giờ)\s?\d{0,2}(?::\d{2})?\s*(?:phút)?"
    r"(?:\s*(?:am|pm|sáng|chiều))?)"
)
_DATE_LABEL = (
    r"(?:ngày (?:đăng|xuất bản|cập nhật|đăng tin|tạo)|đăng (?:lúc|ngày|tin)"
    r"|cập nhật(?: lúc| ngày| lần cuối)?|xuất bản|thời gian đăng|last updated|published|ngày"
    r"|gmt\s*\+?\s*7|\(gmt\+7\))"
)
_DATE_REST = re.compile(
    rf"{_DATE_LABEL}|{_WEEKDAY}|{_CLOCK}|(?:lượt xem|views?)\s*:?\s*[\d.,]+|\bgmt\b|[\W_]",
    re.IGNORECASE,
)
_DATE_CHARACTERS = 90

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\[\s*email(?:\s|\u00a0)*protected\s*\]", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:hotline|đường dây nóng|điện thoại|tổng đài|đt|tel|sđt|số máy|fax|phone)[^:\d]{0,20}:?\s*"
    r"\(?\+?\d[\d .()+–-]{5,}",
    re.IGNORECASE,
)
_CONTACT_WORDS = re.compile(
    r"e-?mail|thư điện tử|liên hệ|địa chỉ|hộp thư|hotline|đường dây nóng|điện thoại|tel|website"
    r"|https?://\S+",
    re.IGNORECASE,
)
_CONTACT_CHARACTERS = 200
_CONTACT_REST = 60
_DOI = re.compile(r"^\W*(?:https?://(?:dx\.)?doi\.org/\S+|DOI\s*:?\s*10\.\S+)$", re.IGNORECASE)
_HISTORY = re.compile(
    r"^\W*(?:Ngày\s+)?(?:nhận bài|gửi phản biện|phản biện|chấp nhận đăng|duyệt đăng"
    r"|nhận\b.{0,20}bài)",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"^\W*(?:Nguồn(?: tin| bài)?|Theo|Bài (?:đã )?đăng (?:trên|tại)|Trích)\s*:?\s*"
    r"(?P<name>\S.{1,90})$"
)


def date_lines(layout: Layout) -> dict[int, Reason]:
    """Return lines above or below the prose that hold a date and nothing else but its frame."""
    found: dict[int, Reason] = {}
    if layout.legal:
        return found
    for index in layout.around:
        text = layout.lines[index].text
        if is_date_line(text) or (_HISTORY.match(text) and index in layout.top):
            found[index] = "date"
    return _few(found)


def _few(found: dict[int, Reason]) -> dict[int, Reason]:
    """Return the lines unless there are many: a list of days, names or numbers is the document."""
    return found if len(found) <= _MOST_LINES else {}


def is_date_line(text: str) -> bool:
    """Tell whether a line is a date of publication: "Thứ tư, 05/03/2025 08:30 (GMT+7)"."""
    if len(text) > _DATE_CHARACTERS:
        return False
    dates = [figure for figure in find_figures(text) if figure.kind == "date"]
    if len(dates) != 1 or not re.match(r"d:\d{4}", dates[0].key):
        return False
    rest = text[: dates[0].start] + " " + text[dates[0].end :]
    return not _DATE_REST.sub("", rest)


def contacts(layout: Layout) -> dict[int, Reason]:
    """Return lines of e-mail addresses and telephone numbers above and below the prose.

    Inside the prose a hot-line may be what a citizen looks for: it stays.
    """
    found: dict[int, Reason] = {}
    if layout.legal:
        return found
    for index in layout.around:
        text = layout.lines[index].text
        if len(text) <= _CONTACT_CHARACTERS and _is_contact(text):
            found[index] = "contact"
    return _few(found)


def _is_contact(text: str) -> bool:
    if _DOI.match(text):
        return True
    if not (_MAIL.search(text) or _PHONE.search(text)):
        return False
    rest = _CONTACT_WORDS.sub("", _PHONE.sub("", _MAIL.sub("", text)))
    return sum(c.isalpha() for c in rest) <= _CONTACT_REST


def bylines(layout: Layout) -> dict[int, Reason]:
    """Return lines that name the author, and the author's office beside them.

    A bare name needs a second sign: a date, a button, a credit or a form beside it, a known family
    name between title and prose, or the place right below the last paragraph.
    """
    found: dict[int, Reason] = {}
    if layout.legal or not layout.prose:
        return found
    named = [index for index in layout.around if names(layout.lines[index].text)]
    if len(named) > _MOST_LINES:
        return found
    for index in named:
        above = index in layout.top and index != layout.top[0] and _is_top_byline(layout, index)
        below = index in layout.bottom and _is_bottom_byline(layout, index)
        if above or below:
            found[index] = "byline"
    return {**found, **_affiliations(layout, found)}


def _is_top_byline(layout: Layout, index: int) -> bool:
    text = layout.lines[index].text
    if is_signed(text):
        return True
    if not names(text):
        return False
    beside = {layout.reasons.get(i) for i in layout.neighbours(index)}
    return bool(beside & {"date", "share", "contact"}) or _has_family_name(text)


def _is_bottom_byline(layout: Layout, index: int) -> bool:
    """Tell whether a name below the prose is signed, or stands where no heading can."""
    closes = index == layout.kept[-1] or index == layout.bottom[0]
    return closes or is_signed(layout.lines[index].text)


def _has_family_name(text: str) -> bool:
    first = bare(_plain(text)).split()
    return len(first) >= 2 and first[0] in _FAMILY_NAMES


def is_signed(text: str) -> bool:
    """Tell whether a line surely names its author: a label, a title, a credit, "(tổng hợp)"."""
    if len(text) > _NAME_CHARACTERS:
        return False
    marked = bool(
        _LABEL.match(text)
        or re.match(rf"^[*\s]*{_TITLE}", text)
        or _PHOTO.search(text)
        or _GATHERED.search(text)
        or re.search(r"\(\d\)$", text)
    )
    return marked and bool(names(text))


def names(text: str) -> tuple[str, ...]:
    """Return the persons that a line is made of; empty where it says anything else."""
    if len(text) > _NAME_CHARACTERS:
        return ()
    pieces = [piece for piece in _SPLIT.split(_plain(text)) if piece]
    people: list[str] = []
    for piece in pieces:
        if _is_person(piece):
            people.append(piece)
        elif not (people and _is_office(piece)):
            return ()
    return tuple(people) if 0 < len(people) <= _MOST_NAMES else ()


def _is_office(piece: str) -> bool:
    """Tell whether what stands behind a name is where the person works: an office, a newspaper."""
    return bool(_AFFILIATION.match(piece + " ")) or press_name(piece.split()[0]) is not None


def author(text: str) -> str | None:
    """Return the author as a byline names them, without label, notes and photographers."""
    written = _PHOTO.sub("", _NOTE_MARK.sub("", _LABEL.sub("", text.strip("*_ ")))).strip(" .,;-–")
    people = [piece for piece in re.split(r"\s*(?:[-–—;/&]|,(?!\s*TS))\s*", written) if piece]
    kept = [piece for piece in people if not _is_office(piece)]
    return " - ".join(kept) or None


def _plain(text: str) -> str:
    text = _NOTE_MARK.sub("", _LABEL.sub("", text.strip("*_ ")))
    text = _GATHERED.sub("", _PHOTO.sub("", text))
    return re.sub(rf"(?:^|(?<=[,;–-])\s*){_TITLE}+", "", text).strip(" .,;")


def _is_person(piece: str) -> bool:
    if bare(piece) in _DESK or _INITIALS.match(piece):
        return True
    syllables = piece.split()
    if not 2 <= len(syllables) <= 5 or _AFFILIATION.match(piece):
        return False
    capitalised = all(word.isalpha() and (word.istitle() or len(word) == 1) for word in syllables)
    upper = all(word.isalpha() and word.isupper() for word in syllables)
    known_upper = upper and bare(piece).split()[0] in _FAMILY_NAMES
    return (capitalised or known_upper) and not find_places(piece)


def _affiliations(layout: Layout, found: dict[int, Reason]) -> dict[int, Reason]:
    """Return the lines right below a byline that name its office."""
    offices: dict[int, Reason] = {}
    for index in found:
        below = index + 1
        while below < len(layout.lines) and _is_affiliation(layout.lines[below]):
            offices[below] = "byline"
            below += 1
    return offices


def _is_affiliation(line: Line) -> bool:
    ends = line.text[-1] in ".:;?!"
    return (
        bool(_AFFILIATION.match(line.text))
        and len(line.text) <= _AFFILIATION_CHARACTERS
        and not ends
    )


def sources(layout: Layout) -> dict[int, Reason]:
    """Return lines below the prose that name the newspaper an article was taken from."""
    found: dict[int, Reason] = {}
    if layout.legal:
        return found
    for index in layout.bottom:
        if source_name(layout.lines[index].text):
            found[index] = "source"
    return found


def source_name(text: str) -> str | None:
    """Return the newspaper that a line "Nguồn: ..." or "Bài đăng trên ..." names."""
    match = _SOURCE.match(text.strip(" *()_"))
    if not match:
        return None
    name = periodical(match["name"])
    return name or press_name(match["name"].strip(" ."))
