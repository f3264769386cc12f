"""Vietnamese press: full names of short forms, and the dateline that opens an article."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.cleaning.lines import bare
from ingest.places import find_places

_DASH = r"[-–—]"
# A short form in brackets: capitals, or a site's address.
_UNKNOWN = r"(?:[A-ZĐ][A-ZĐ&]{1,9}(?:\s?(?:Online|Điện tử))?|[A-Za-z][\w-]*(?:\.[a-z]{2,6}){1,3})"
_SITE = r"[A-Za-z][\w-]{2,}(?:\.(?:vn|com|net|org|gov|edu)){1,3}"
_ISSUE = re.compile(r"\s*(?:,|\(|\b(?:số|Số|SỐ|kỳ|tập|Tập|tháng|ngày|năm|Vol|No)\b)")
_TITLED = re.compile(r"^(?:Tạp chí|Báo|Đài|Cổng thông tin|Trang thông tin|TẠP CHÍ|BÁO)\s+\S")
_PLACE_BEFORE = r"(?:[^\W\d_][\w.\s]{1,24}(?:,\s*(?:ngày\s*)?\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?)?\s*)"


@dataclass(frozen=True, slots=True)
class Press:
    """A newspaper, broadcaster or portal: its full name and the short forms it goes by."""

    name: str
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before an article's first words: its length, and whose it is where known."""

    length: int
    publisher: str | None


@cache
def press() -> tuple[Press, ...]:
    """Return the press that is known by name."""
    data = tomllib.loads(files("ingest").joinpath("data/press.toml").read_text("utf-8"))
    return tuple(Press(item["name"], tuple(item["short"])) for item in data["press"])


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for item in press():
        for written in (item.name, *item.short):
            names.setdefault(bare(written), item.name)
    return names


def press_name(written: str) -> str | None:
    """Return the full name of a newspaper, in whatever known form it is written."""
    key = bare(written)
    names = _names()
    without_kind = re.sub(r"^(?:theo\s+)?(?:bao dien tu|bao|trang|tap chi)\s+", "", key)
    return names.get(key) or names.get(without_kind) or _by_own_name(without_kind)


def _by_own_name(key: str) -> str | None:
    """Return the name that differs only by a word such as Báo or Tạp chí before it."""
    for name in dict.fromkeys(_names().values()):
        if re.sub(r"^(?:bao dien tu|bao|tap chi)\s+", "", bare(name)) == key:
            return name
    return None


@cache
def _dateline() -> re.Pattern[str]:
    known = sorted({form for item in press() for form in item.short}, key=len, reverse=True)
    forms = "|".join(re.escape(form) for form in known)
    bracketed = (
        rf"[(\[]\s*(?P<bracketed>(?i:{forms})|{_UNKNOWN})(?:\s*,[^)\]]{{1,20}})?\s*[)\]]"
        rf"\s*[-–—:]{{1,2}}\s*"
    )
    return re.compile(
        rf"(?:(?P<bare>(?i:{forms})|{_SITE})\s*{_DASH}{{1,2}}\s*"
        rf"|(?P<place>{_PLACE_BEFORE})?{bracketed})(?=\S)"
    )


def find_dateline(paragraph: str) -> Dateline | None:
    """Return the dateline that opens a paragraph: "(TTXVN) – ", "VOV.VN - ", "Huế (VNA) - "."""
    match = _dateline().match(paragraph)
    if not match:
        return None
    # Only the name of a place may stand before a short form in brackets.
    if match["place"] and not find_places(match["place"]):
        return None
    written = match["bare"] or match["bracketed"]
    publisher = press_name(written)
    if not publisher and find_places(written):
        return None
    return Dateline(match.end(), publisher)


def periodical(line: str) -> str | None:
    """Return the newspaper or journal that a line names: "Tạp chí X, số 5(12) - 2024".

    A name such as "Lao động" is also that of a section: it counts only with Báo before it.
    """
    name = _ISSUE.split(line.strip(" *_()"))[0].strip(" .,-–")
    return _names().get(bare(name)) or (name if _TITLED.match(name) else None)
