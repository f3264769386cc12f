"""The frame of a legal document: State's name, issuer, number, place and date, recipients."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ingest.cleaning.lines import (
    HEAD_CHARACTERS,
    KINDS,
    PARTY_HEAD,
    Layout,
    Line,
    bare,
    motto,
    state_name,
)
from ingest.figures import find_figures

_RECIPIENTS = re.compile(r"^\W*(?:\|\s*)?Nơi\s+nhận\W*(?::|$)", re.IGNORECASE)
_COLUMN = re.compile(r"\t|\s{3,}|\s\|\s*\S")
_ITEM = re.compile(r"^[|\s]*(?:[-–—+*•]|\d+\.)\s*")
_LAST_ITEM = re.compile(r"^\W*Lưu\b", re.IGNORECASE)
_ITEM_CHARACTERS = 160
_HEAD_LINES = 60
_TAIL_LINES = 40
_AROUND = 5
_NUMBER_LINE = re.compile(
    r"(?:^|[\t|]|\s{2,})[\s*_]*(?:luật\s+)?số(?:\s+hiệu)?\s*:?[\s*_]*(?=\d)", re.IGNORECASE
)
_PLACE_DATE = re.compile(
    r"(?:,|\s{2,}|[\t|]|^)[\s*_]*ngày\s*(?P<day>\d{1,2})?\s*tháng\s*(?P<month>\d{1,2})?\s*năm\s*(?P<year>(?:19|20)\d\d)[\W_]*$",
    re.IGNORECASE,
)
# The other column's place and date, one space away as in a PDF.
_BESIDE_NUMBER = re.compile(r"\s[^\W\d][^\d,;:]{1,40},\s*ngày\b")
_RULE_END = re.compile(r"\s*[-–—=_*]{3,}\s*$")
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d")
_COLUMN_SPLIT = re.compile(r"\t|\s{2,}|\|")
_KIND_ONLY = re.compile(rf"^\W*({KINDS})\W*$", re.IGNORECASE)
_FIELD = re.compile(r"^\|?\s*([^|:]{3,40}?)\s*[|:]\s*(\S.{0,300}?)\s*\|?$")
_LABELS = frozenset(
    map(
        bare,
        (
            "Số hiệu",
            "Số ký hiệu",
            "Số, ký hiệu",
            "Loại văn bản",
            "Ngày ban hành",
            "Ngày hiệu lực",
            "Ngày có hiệu lực",
            "Cơ quan ban hành",
            "Nơi ban hành",
            "Trích yếu",
            "Người ký",
            "Tình trạng",
            "Trạng thái",
            "Văn bản thay thế",
            "Văn bản bị thay thế",
            "Thay thế cho",
            "Bị thay thế bởi",
        ),
    )
)


def letterheads(layout: Layout) -> list[tuple[int, int]]:
    """Return the spans of the State's name and motto; what stands beside them in a line stays."""
    spans = []
    for line in layout.lines:
        if len(line.text) > HEAD_CHARACTERS:
            continue
        if (place := _frame_words(line.text)) is not None:
            spans.append((line.start + place, line.end))
    return spans


def _frame_words(text: str) -> int | None:
    """Return where the State's name or its motto begins in a line."""
    place = state_name(text)
    return motto(text) if place is None else place


def recipients(layout: Layout) -> list[tuple[int, int]]:
    """Return the spans of the list after "Nơi nhận:"; a signature in the next column stays."""
    spans: list[tuple[int, int]] = []
    if not layout.legal:
        return spans
    for position, index in enumerate(layout.kept):
        line = layout.lines[index]
        if not _RECIPIENTS.match(line.text):
            continue
        listed = [_first_column(line)]
        for after in layout.kept[position + 1 :]:
            item = layout.lines[after]
            if not _is_recipient(item):
                break
            listed.append(_first_column(item))
            if _LAST_ITEM.match(item.text):
                break
        spans.extend(listed if len(listed) > 1 else [])
    return spans


def _is_recipient(line: Line) -> bool:
    text = line.text.split("\t")[0].rstrip()
    listed = bool(_ITEM.match(text)) or text[-1:] in ";," or bool(_LAST_ITEM.match(text))
    return listed and len(text) <= _ITEM_CHARACTERS


def _first_column(line: Line) -> tuple[int, int]:
    """Return the line's span up to where another column begins: a tab, a bar, a wide gap."""
    item = _ITEM.match(line.text)
    start = item.end() if item else 0
    column = _COLUMN.search(line.text, start)
    return line.start, line.start + (column.start() if column else len(line.text))


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the frame of a legal document states of it; None where a blank was left or no line is.

    `date` is ISO 8601, shortened where day or month is left blank; `fields` are the lines of a
    portal's table about the document, by their folded labels.
    """

    number: str | None = None
    date: str | None = None
    issuer: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


def kind_in(text: str) -> str | None:
    """Return the kind of document that a line names and nothing else: "QUYẾT ĐỊNH:"."""
    match = _KIND_ONLY.match(text)
    return match[1].capitalize() if match else None


def read_letterhead(layout: Layout) -> Letterhead:
    """Return what the first and last lines of a legal document state."""
    if not layout.legal:
        return Letterhead()
    lines = list(_unwrapped(line.text for line in _frame(layout)))
    return Letterhead(
        number=next(filter(None, map(_own_number, lines)), None),
        date=next(filter(None, map(_place_date, lines)), None),
        issuer=_issuer(layout),
        fields=_fields(lines),
    )


def _unwrapped(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, a year that a narrow column put on a line of its own with its month."""
    last = None
    for line in lines:
        if last is not None and last.endswith("năm") and _YEAR_ONLY.fullmatch(line.strip()):
            yield f"{last} {line.strip()}"
            last = None
            continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def _frame(layout: Layout) -> list[Line]:
    """Return the first lines and the last, where drafts have their head."""
    lines = layout.lines
    return [*lines[:_HEAD_LINES], *lines[max(_HEAD_LINES, len(lines) - _TAIL_LINES) :]]


def _own_number(text: str) -> str | None:
    match = _NUMBER_LINE.search(text) if len(text) <= HEAD_CHARACTERS else None
    if not match:
        return None
    figure = next((f for f in find_figures(text) if f.start >= match.end()), None)
    if not figure or not figure.key.startswith("l:") or figure.start > match.end() + 3:
        return None
    # A line of a title may begin with the number of the law that it amends.
    after = _RULE_END.sub("", text[figure.end :].strip("*_"))
    if not re.match(r"\s*$|\t|\s{2,}|[\s*_]*\|", after) and not _BESIDE_NUMBER.match(after):
        return None
    return "".join(figure.text.split())


def _place_date(text: str) -> str | None:
    """Return the date of "Hà Nội, ngày 27 tháng 9 năm 2023"; blanks shorten it."""
    match = _PLACE_DATE.search(text) if len(text) <= HEAD_CHARACTERS else None
    if not match:
        return None
    month = int(match["month"] or 0)
    day = int(match["day"] or 0)
    if not month or month > 12:
        return match["year"]
    return f"{match['year']}-{month:02d}" + (f"-{day:02d}" if 0 < day <= 31 else "")


def _issuer(layout: Layout) -> tuple[str, ...]:
    """Return the lines of capitals that stand around the State's name and before the number."""
    found: list[str] = []
    lines = [line for line in _frame(layout) if len(line.text) <= HEAD_CHARACTERS]
    heads = [
        n
        for n, line in enumerate(lines)
        if state_name(line.text) is not None or PARTY_HEAD.match(line.text)
    ]
    if not heads:
        return _above_number([line.text for line in lines])
    for head in heads[:1]:
        for line in lines[max(0, head - _AROUND) : head + _AROUND]:
            words = line.text[: _frame_words(line.text)]
            pieces = [piece.strip(" *_#|-–=") for piece in _COLUMN_SPLIT.split(words)]
            piece = next(filter(None, pieces), "")
            if kind_in(piece) or _NUMBER_LINE.search(piece) or _PLACE_DATE.search(piece):
                continue
            if piece and not PARTY_HEAD.match(piece):
                found.append(piece)
    return tuple(found)


def _above_number(lines: list[str]) -> tuple[str, ...]:
    """Return the lines of capitals right above the number, where no State's name stands."""
    place = next((i for i, text in enumerate(lines[:_AROUND]) if _NUMBER_LINE.search(text)), 0)
    above = [text.strip(" *_#|") for text in lines[:place]]
    return tuple(above) if above and all(text.isupper() for text in above) else ()


def _fields(lines: list[str]) -> dict[str, str]:
    """Return a portal's table about the document: "| Số hiệu | 12/KH-UBND |", two lines or more."""
    found: dict[str, str] = {}
    for text in lines:
        match = _FIELD.match(text)
        if match and bare(match[1]) in _LABELS and "cap nhat" not in bare(match[2]):
            found.setdefault(bare(match[1]), match[2].strip(" |*"))
    return found if len(found) > 1 else {}
