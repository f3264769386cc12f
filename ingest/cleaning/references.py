"""Lists of works cited: kept for the legal documents that they name, no evidence themselves."""

import re

from ingest.cleaning.bylines import is_signed, source_name
from ingest.cleaning.lines import Layout, Reason

_TITLE = re.compile(
    r"^\W*(?:(?:danh mục\s+)?(?:các\s+)?tài liệu (?:tham khảo|trích dẫn)(?: chính)?|references"
    r"|bibliography)\W*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)])\s*\S")
# What a work cited shows: an address, a year in brackets, a publisher, pages, who wrote it.
_CITES = re.compile(
    r"https?://|www\.|\bdoi\b|\((?:19|20)\d\d[a-z]?\)|\bN(?:xb|XB)\b|Nhà xuất bản"
    r"|\btr\.\s?\d|\bpp?\.\s?\d|\bXem\s*:|\bXem\b.*\b(?:19|20)\d\d|\bSđd\b"
    r"|\bTheo\s*:|,\s*(?:19|20)\d\d\b|Tạp chí|\bBáo\b|truy cập|[Ss]ố\s+\d+"
    r"|/(?:NĐ|QĐ|NQ|TT|KH|CT)-|-NQ/",
)
_NEW_PART = re.compile(
    r"^\W*(?:PHỤ LỤC|Phụ lục\s+[\dIVX]+|CHƯƠNG|Chương\s+[IVXLC\d]+|Điều\s+\d+|MỤC LỤC|PHẦN\s)",
)
_RULE = re.compile(r"^[-–—_*=\s]{3,}$")
_PARAGRAPH_CHARACTERS = 400
_SHORT = 60


def reference_lists(layout: Layout) -> dict[int, Reason]:
    """Return each title of a list of works cited and the list under it, and notes at the end."""
    found: dict[int, Reason] = {}
    for position, index in enumerate(layout.kept):
        if index not in found and _TITLE.match(layout.lines[index].text):
            found.update(_list_under(layout, position))
    return found or _end_notes(layout)


def _list_under(layout: Layout, position: int) -> dict[int, Reason]:
    found: dict[int, Reason] = {layout.kept[position]: "reference"}
    rest = layout.kept[position + 1 :]
    open_entry = False
    for offset, index in enumerate(rest):
        text = layout.lines[index].text
        entry = _is_entry(text)
        if (
            _ends_list(text)
            or not (
                entry
                # The next lines of an entry that is wrapped: what went before has no end yet.
                or (open_entry and layout.wrapped)
                or any(_is_entry(layout.lines[i].text) for i in rest[offset + 1 : offset + 3])
            )
        ):
            break
        found[index] = "reference"
        open_entry = entry or text[-1] not in ".;"
    return found if len(found) > 1 else {}


def _ends_list(text: str) -> bool:
    return bool(_NEW_PART.match(text)) or is_signed(text) or source_name(text) is not None


def _is_entry(text: str) -> bool:
    cites = bool(_CITES.search(text))
    if len(text) > _PARAGRAPH_CHARACTERS:
        return cites and bool(_NUMBERED.match(text))
    return cites or text[-1] == ";" or bool(_NUMBERED.match(text))


def _end_notes(layout: Layout) -> dict[int, Reason]:
    """Return numbered notes below the text: each cites a work, and one of them an address."""
    found: dict[int, Reason] = {}
    for index in reversed(layout.kept):
        text = layout.lines[index].text
        if _NUMBERED.match(text) and _CITES.search(text) and not _is_article(text):
            found[index] = "reference"
        elif not _RULE.match(text) and (found or len(text) > _SHORT):
            break
    numbers = [layout.lines[index].text for index in sorted(found)]
    starts_with_one = bool(numbers) and re.match(r"\D?1\b", numbers[0]) is not None
    return found if len(found) > 1 and starts_with_one and _is_bracketed(numbers) else {}


def _is_bracketed(lines: list[str]) -> bool:
    """Tell whether all notes are numbered as notes are, (1) or [1]: "1." opens any paragraph."""
    return all(line[0] in "([" for line in lines)


def _is_article(text: str) -> bool:
    return bool(re.match(r"^\d+\.\s*(?:Sửa đổi|Bãi bỏ|Thay thế|Điều)", text))
