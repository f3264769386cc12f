"""The lines of a loaded text, and where on the page each stands: above, in or below the prose."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal, cast

from ingest.documents import Dropped
from ingest.loading.loaded import LoadedFile
from ingest.splitting.paragraphs import wrapped_width
from ingest.text import fold

Reason = Literal[
    "banner",  # the site's or section's name above the title
    "byline",  # who wrote it, and where they work
    "caption",  # a picture's caption or credit
    "comment_form",  # the form for readers' comments
    "contact",  # e-mail, hot-line, address of the author or the site
    "contents",  # the table of contents
    "copyright",  # licence, imprint, "all rights reserved"
    "date",  # when the page was published
    "dateline",  # the press's short name before the first words
    "doubled",  # a line that stands twice in a row: a picture's alternative text and its caption
    "ending",  # "./." and its like after the last word
    "identifier",  # a number that only a machine reads
    "label",  # "TÓM TẮT:" before the text that it names
    "lead",  # a lead that a later paragraph repeats
    "letterhead",  # the State's name and motto
    "menu",  # navigation, buttons, breadcrumbs, prompts to log in
    "ornament",  # rules and list stars
    "page_number",
    "recipients",  # the list after "Nơi nhận:"
    "reference",  # a list of works cited
    "related",  # links to other articles
    "running_head",  # what each page repeats at its top or foot
    "share",  # share, print and e-mail buttons
    "source",  # where the article was taken from
    "tags",
]

_PROSE_CHARACTERS = 100
_LONG_PROSE_CHARACTERS = 200
_WRAPPED_CHARACTERS = 60
_WRAPPED_LONGEST = 130
_SENTENCE_END = ".!?…:;"
_CLOSING = "\"'”’»)]*_ "
_LETTERHEAD_LINES = 60
# How long a line of a letterhead may be, two columns and the space between them.
HEAD_CHARACTERS = 250
_NOT_WORD = re.compile(r"[\W_]+")
# The head of State documents, and of the Party's: Decree 30/2020/NĐ-CP, Guidance 36-HD/VPTW.
# It stands alone or behind a column's gap; behind a single space it is part of a sentence, but for
# the capitals of an issuer: in a PDF the gap between two columns is no wider.
_ISSUER_WORDS = (
    r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|BỘ|SỞ|CỤC"
    r"|TỔNG CỤC|BAN|THANH TRA|NGÂN HÀNG|TÒA ÁN|VIỆN|TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|THỊ XÃ|PHƯỜNG|XÃ)"
)
_STATE_NAME = r"(cộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam)(?=[\W_]*$)"
_MOTTO_WORDS = r"(độc\s+lập\s*[-–]\s*tự\s+do\s*[-–]\s*hạnh\s+phúc)(?=[\W_]*$)"
_BEHIND_GAP = r"(?:^[\W_]*|[\t|]\s*|\s{2,})"
_SHORT_ISSUER = re.compile(
    r"(?:bộ(?! luật)|[uủ][yỷ] ban nhân dân|chính phủ|thủ tướng chính phủ)(?: [^\W\d_]+){0,6}",
    re.IGNORECASE,
)
_STATE_HEAD = re.compile(_BEHIND_GAP + _STATE_NAME, re.IGNORECASE)
_MOTTO = re.compile(_BEHIND_GAP + _MOTTO_WORDS, re.IGNORECASE)
_BEHIND_ISSUER = re.compile(
    rf"^(?P<issuer>\W*{_ISSUER_WORDS}\b.*)\s(?:{_STATE_NAME}|{_MOTTO_WORDS})", re.IGNORECASE
)
PARTY_HEAD = re.compile(r"^\W*ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM\W*$")
KINDS = (
    "Hiến pháp|Bộ luật|Luật|Pháp lệnh|Lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định"
    "|Chỉ thị|Thông tư liên tịch|Thông tư|Công điện|Công văn|Kế hoạch|Chương trình hành động"
    "|Chương trình|Kết luận|Quy định|Quy chế|Hướng dẫn|Thông báo|Tờ trình|Báo cáo|Chiến lược"
    "|Đề án|Phương án|Thông tri|Văn bản hợp nhất"
)
_KIND_LINE = re.compile(rf"^\W*(?:{KINDS})\W*$", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"^\W*(?:luật\s+)?số\s*:", re.IGNORECASE)
# "Kết luận số 69-KL/TW ngày ...": a newspaper's title would say what is new about it.
_NAMED_LINE = re.compile(
    rf"^\W*(?:{KINDS})\s+số\s+\d[\w./-]*[-/][A-ZĐ][\w/-]*\W*(?:$|ngày\s+\d)", re.IGNORECASE
)
_ARTICLE = re.compile(r"^\W*Điều\s+\d")
_FEWEST_ARTICLES = 5
_LEGAL_BASIS = re.compile(r"^\W*Căn cứ\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: offsets and words without the white space around them.

    `gap` tells that a blank line stands before it.
    """

    start: int
    end: int
    text: str
    gap: bool = False

    @property
    def bare(self) -> str:
        """Return the line for comparison: no case, no marks, no punctuation."""
        return bare(self.text)


@lru_cache(maxsize=1 << 12)
def bare(text: str) -> str:
    """Return a text's words in small letters without marks, one space between them."""
    return _NOT_WORD.sub(" ", fold(text)).strip().casefold()


@dataclass(frozen=True)
class Layout:
    """A text's lines and what is known of them: `reasons` maps the index of a dropped line.

    `legal`: the text is itself a legal or administrative document, by its form. `wrapped`: line
    ends only wrap the text, as in what was taken from a PDF.
    """

    lines: tuple[Line, ...]
    page_starts: tuple[int, ...] = ()
    legal: bool = False
    wrapped: bool = False
    reasons: Mapping[int, Reason] = field(default_factory=dict)

    def marked(self, found: Mapping[int, Reason]) -> "Layout":
        """Return the layout with more lines dropped; what was dropped before keeps its reason."""
        return replace(self, reasons={**found, **self.reasons}) if found else self

    @cached_property
    def kept(self) -> tuple[int, ...]:
        """Return the indices of the lines that are not dropped."""
        return tuple(index for index in range(len(self.lines)) if index not in self.reasons)

    @cached_property
    def prose(self) -> tuple[int, ...]:
        """Return the indices of the kept lines that are paragraphs, not titles or furniture."""
        return tuple(index for index in self.kept if self._is_prose(index))

    def _is_prose(self, index: int) -> bool:
        if not self.wrapped:
            return is_prose(self.lines[index].text)
        around = [index, *(i for i in self.neighbours(index) if i not in self.reasons)]
        wide = [len(self.lines[i].text) >= _WRAPPED_CHARACTERS for i in around]
        return wide[0] and any(wide[1:])

    @cached_property
    def top(self) -> tuple[int, ...]:
        """Return the indices of the kept lines above the first paragraph."""
        first = self.prose[0] if self.prose else len(self.lines)
        return tuple(index for index in self.kept if index < first)

    @cached_property
    def bottom(self) -> tuple[int, ...]:
        """Return the indices of the kept lines below the last paragraph."""
        last = self.prose[-1] if self.prose else len(self.lines)
        return tuple(index for index in self.kept if index > last)

    @cached_property
    def around(self) -> tuple[int, ...]:
        """Return the indices of the kept lines above and below the prose; none where none is."""
        return (*self.top, *self.bottom) if self.prose else ()

    def neighbours(self, index: int) -> tuple[int, ...]:
        """Return the indices of the lines right above and below, dropped or not."""
        return tuple(i for i in (index - 1, index + 1) if 0 <= i < len(self.lines))


def is_prose(text: str) -> bool:
    """Tell whether a line reads as a paragraph: long, and a sentence ends in it."""
    if len(text) >= _LONG_PROSE_CHARACTERS:
        return True
    ends = text.rstrip(_CLOSING)[-1:] in _SENTENCE_END or ". " in text
    return len(text) >= _PROSE_CHARACTERS and ends


def read_layout(loaded: LoadedFile) -> Layout:
    """Return the lines of a loaded text's body."""
    lines = tuple(_lines(loaded.text, loaded.body_start))
    width = wrapped_width(loaded.text, loaded.body_start)
    wrapped = width is not None and width <= _WRAPPED_LONGEST
    return Layout(lines, loaded.pages, _is_legal(lines), wrapped)


def _is_legal(lines: tuple[Line, ...]) -> bool:
    head = [line.text for line in lines[:_LETTERHEAD_LINES]]
    tail = [line.text for line in lines[-_LETTERHEAD_LINES:]]
    if any(_is_head(text) for text in head + tail):
        return True
    if lines and _NAMED_LINE.match(lines[0].text):
        return True
    if sum(bool(_ARTICLE.match(line.text)) for line in lines) >= _FEWEST_ARTICLES:
        return True
    return any(map(_KIND_LINE.match, head)) and any(
        _NUMBER_LINE.match(text) or _LEGAL_BASIS.match(text) for text in head
    )


def _lines(text: str, start: int) -> list[Line]:
    found: list[Line] = []
    gap = False
    for piece in text[start:].split("\n"):
        words = piece.strip()
        if words:
            left = start + piece.index(words[0])
            found.append(Line(left, left + len(words), words, gap))
        gap = not words
        start += len(piece) + 1
    return found


def without(layout: Layout, dropped: Iterable[Dropped]) -> Layout:
    """Return the layout with spans dropped: whole lines get a reason, others are cut shorter."""
    spans = sorted(dropped, key=lambda span: span.start)
    lines, reasons = list(layout.lines), dict(layout.reasons)
    position = 0
    for index, line in enumerate(layout.lines):
        while position < len(spans) and spans[position].end <= line.start:
            position += 1
        for span in spans[position:]:
            if span.start >= line.end:
                break
            if span.start <= lines[index].start and span.end >= lines[index].end:
                reasons[index] = cast(Reason, span.reason)
            else:
                lines[index] = _cut(lines[index], span.start, span.end)
    return replace(layout, lines=tuple(lines), reasons=reasons)


def _cut(line: Line, start: int, end: int) -> Line:
    """Return the line without a span at its start or end; one inside it is left in."""
    if start <= line.start:
        left, right = min(end, line.end), line.end
    elif end >= line.end:
        left, right = line.start, start
    else:
        return line
    piece = line.text[left - line.start : right - line.start]
    words = piece.strip()
    left += len(piece) - len(piece.lstrip())
    return replace(line, start=left, end=left + len(words), text=words)


def _is_head(text: str) -> bool:
    short = len(text) <= HEAD_CHARACTERS
    return short and bool(PARTY_HEAD.match(text) or state_name(text) is not None)


def state_name(text: str) -> int | None:
    """Return where the State's name begins in a line of a letterhead, None where it is not."""
    return _place_of(_STATE_HEAD, text, "cộng")


def motto(text: str) -> int | None:
    """Return where the State's motto begins in a line of a letterhead, None where it is not."""
    return _place_of(_MOTTO, text, "độc")


def _place_of(pattern: re.Pattern[str], text: str, first: str) -> int | None:
    if match := pattern.search(text):
        return match.start(1)
    glued = _BEHIND_ISSUER.match(text)
    if not glued or glued["issuer"].upper().endswith((" NƯỚC", " CỦA")):
        return None
    # Fonts of before Unicode drew capitals with the codes of small letters.
    if not glued["issuer"].isupper() and not _SHORT_ISSUER.fullmatch(glued["issuer"].strip()):
        return None
    start = glued.end("issuer") + 1
    return start if text[start:].casefold().startswith(first) else None


def paragraphs(layout: Layout) -> list[str]:
    """Return the paragraphs that are kept, wrapped lines put together again."""
    found: list[str] = []
    last = -1
    for index in layout.kept:
        line = layout.lines[index]
        if (
            layout.wrapped
            and found
            and last == index - 1
            and not line.gap
            and not _ended(found[-1])
        ):
            found[-1] += f" {line.text}"
        else:
            found.append(line.text)
        last = index
    return found


def _ended(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_END


def adjacent(layout: Layout) -> list[tuple[int, int]]:
    """Return the pairs of kept lines between which no kept line stands."""
    return list(pairwise(layout.kept))
