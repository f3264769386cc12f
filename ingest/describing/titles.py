"""What a document is called, where the file does not state it."""

import re
from collections.abc import Sequence

from ingest.cleaning.letterhead import kind_in
from ingest.cleaning.lines import KINDS, Layout
from ingest.documents import Heading
from ingest.splitting.sentences import sentence_spans

_TITLE_CHARACTERS = 160
_LEGAL_TITLE_CHARACTERS = 300
_OPENING_CHARACTERS = 1000
_HEAD_LINES = 60
_SUBJECT_LINES = 8
_BARE_TITLE = 40
_KIND_LINE = re.compile(rf"^\W*(?P<kind>{KINDS})(?:\s+(?:của|CỦA)\s.{{2,60}})?\W*$", re.IGNORECASE)
# "Kết luận số 69-KL/TW ngày ... về ...": a title that names its kind and number itself.
_NAMED = re.compile(rf"^\W*(?:{KINDS})\s+(?:của\s[^\d:;]{{2,40}}\s)?(?:số\s*)?\d", re.IGNORECASE)
# What stands below the subject: the legal basis, the addressee, the body that decides, the text.
_AFTER_SUBJECT = re.compile(
    r"^\W*(?:Căn cứ|Kính gửi|Thực hiện|Xét|Theo đề nghị|Điều\s+\d|Chương\s|Phần\s|Mục\s"
    r"|[IVX]+\s*[.-]|\d+[.)]|[A-Z]\s*[.-]\s|số\s*:)",
    re.IGNORECASE,
)
_ISSUER_LINE = re.compile(
    r"^\W*(?:CHỦ TỊCH|[ỦU][YỶ] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ"
    r"|QUỐC HỘI|BỘ(?! LUẬT))\b"
)
_MINISTER_LINE = re.compile(r"\W*bộ trưởng bộ(?: (?:và )?[^\W\d_]+,?){1,8}\W*", re.IGNORECASE)
_SUBJECT_START = re.compile(r"^\W*(?:về|v/v|phê duyệt|ban hành)\b", re.IGNORECASE)
_BUTTON = re.compile(r"\s+(?:Xem chi tiết|Xem thêm|Xem tiếp)\b.*$", re.DOTALL)
_MARKS = "#*_ \t|"


def is_named(line: str) -> bool:
    """Tell whether a line is a title with its own number: "Kết luận số 69-KL/TW ..."."""
    return bool(_NAMED.match(line))


def kind_of(title: str) -> str | None:
    """Return the kind of document that a title begins with, as "Nghị định"."""
    match = re.match(rf"({KINDS})\b", title, re.IGNORECASE)
    return match[1].capitalize() if match else None


def find_title(layout: Layout, headings: Sequence[Heading]) -> str:
    """Return the title that the text shows: of a legal document kind and subject put together,
    else the line that opens it, else its first sentence, shortened."""
    if layout.legal and (title := _legal_title(layout)):
        return title
    shown = _opening_title(layout, headings) or _first_sentence(layout)
    # The first line of a table's file is its header.
    return ", ".join(cell.strip() for cell in shown.split("\t") if cell.strip())


def _legal_title(layout: Layout) -> str | None:
    """Return "Quyết định về việc ..." of its two lines; the one that is not all capitals."""
    kept = layout.kept[:_HEAD_LINES]
    named = _named_title(layout, kept)
    if named and len(named) > _BARE_TITLE:
        return named
    found = [
        title
        for position, index in enumerate(kept)
        if (match := _KIND_LINE.match(layout.lines[index].text))
        and (title := _with_subject(layout, kept[position + 1 :], match["kind"]))
    ]
    readable = [title for title in found if not title.isupper()]
    return next(iter(readable or found), named)


def _named_title(layout: Layout, kept: Sequence[int]) -> str | None:
    """Return an opening line with kind and number, or the one below that says the same and more."""
    if not kept or not is_named(layout.lines[kept[0]].text):
        return None
    first = layout.lines[kept[0]].text.strip(_MARKS)
    below = layout.lines[kept[1]].text.strip(_MARKS) if len(kept) > 1 else ""
    return _shortened(below if below.startswith(first) else first, _LEGAL_TITLE_CHARACTERS)


def _with_subject(layout: Layout, below: Sequence[int], kind: str) -> str | None:
    """Return the kind of document and the lines of its subject, in one; None without a subject."""
    subject: list[str] = []
    for index in below[:_SUBJECT_LINES]:
        line = layout.lines[index]
        if (subject and _is_apart(layout, index, subject)) or _ends_subject(line.text):
            break
        if subject and _MINISTER_LINE.fullmatch(line.text):
            break
        if _ISSUER_LINE.match(line.text) and line.text.isupper() and not "".join(subject).isupper():
            break
        subject.append(line.text.strip(_MARKS))
    if not subject:
        return None
    words = " ".join(" ".join(subject).split()).rstrip(" .")
    if words.isupper():
        return _shortened(f"{kind.upper()} {words}", _LEGAL_TITLE_CHARACTERS)
    return _shortened(f"{kind.capitalize()} {words[0].lower()}{words[1:]}", _LEGAL_TITLE_CHARACTERS)


def _is_apart(layout: Layout, index: int, subject: list[str]) -> bool:
    """Tell whether a rule or a blank line ends the subject; not a blank one before "về ..."."""
    begins = bool(_SUBJECT_START.match(layout.lines[index].text))
    begun = any(_SUBJECT_START.match(line) for line in subject)
    return index - 1 in layout.reasons or (layout.lines[index].gap and (begun or not begins))


def _ends_subject(text: str) -> bool:
    too_long = len(text) > _LEGAL_TITLE_CHARACTERS
    return too_long or bool(_AFTER_SUBJECT.match(text) or kind_in(text))


def _opening_title(layout: Layout, headings: Sequence[Heading]) -> str | None:
    """Return the first line where it is a title; lines of capitals below it belong to it."""
    # A portal's table about the document may stand above it.
    first = next((i for i in layout.kept if not layout.lines[i].text.startswith("|")), None)
    if first is None:
        return None
    line = layout.lines[first]
    heading = next((item for item in headings if item.start <= line.start < item.end), None)
    if not heading and first not in layout.top:
        return None
    if not heading and (line.text[-1] in ".;:," or len(line.text) > _TITLE_CHARACTERS):
        return None
    words = [heading.text if heading else line.text.strip(_MARKS)]
    for index in layout.kept[layout.kept.index(first) + 1 :]:
        below = layout.lines[index]
        if heading and below.start < heading.end:
            continue
        if (
            below.gap
            or index not in layout.top
            or not (words[0].isupper() and below.text.isupper())
        ):
            break
        words.append(below.text.strip(_MARKS))
    return _shortened(" ".join(words), _LEGAL_TITLE_CHARACTERS)


def _first_sentence(layout: Layout) -> str:
    line = layout.lines[layout.kept[0] if layout.kept else 0].text[:_OPENING_CHARACTERS]
    start, end = sentence_spans(line)[0]
    return _shortened(_BUTTON.sub("", line[start:end]), _TITLE_CHARACTERS)


def _shortened(title: str, limit: int) -> str:
    if len(title) <= limit:
        return title
    return title[:limit].rsplit(" ", 1)[0] + "…"
