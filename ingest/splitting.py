"""Document -> passages: whole sentences, packed up to a length, under their heading path."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.documents import Heading, Passage, Sentence, SourceDocument
from ingest.settings import SplittingSettings

# Capital letters; the range À-Ỹ holds the small ones too.
_UPPER = "A-Z" + "".join(filter(str.isupper, map(chr, range(ord("À"), ord("Ỹ") + 1))))
# A full stop after one of these ends no sentence: titles, and single initials.
_ABBREVIATIONS = (
    "ths|tskh|ts|pgs|gs|ks|cn|bs|ds|ls|ncs|nsưt|nsnd|ngưt|ngnd|ng|đ/c|mr|mrs|ms|dr|st|no|vs|tr"
    "|vol|inc|ltd|co"
)
_NO_END = re.compile(
    rf"(?:(?<!\w)(?i:{_ABBREVIATIONS})|(?<![^\W_])[A-ZĐ]|(?<!\w)\d{{1,3}}|^\s*[IVXLC]+)\.$"
)
# "TP. Hồ Chí Minh" goes on, "của TP. Kinh tế số" does not: after the short form of a kind of
# place a name must follow, two capitalised syllables or one that is a whole name, or a number.
_PLACE_KIND = re.compile(r"(?<!\w)(?i:tp|tx|tt|q|p|h)\.$")
_PLACE_NAME = re.compile(rf"\s*(?:[{_UPPER}]\w*\s+[{_UPPER}]|(?:Huế|Vinh|Pleiku|Hội|HCM|HN)\b|\d)")
_LIST_NUMBER = re.compile(r"^\s*(?:\(?[\divxIVX]{1,4}[.)]|\(?[a-zđ][.)]|[-*•+–])\s*$")
# "gồm: 1. Hạ tầng; 2. Dữ liệu": a number that counts the parts of a sentence.
_COUNTS_PARTS = re.compile(r"(?::\s+\(?1|;\s+\(?\d{1,2})$")
# Possessive, and no end begins inside another: a long row of dots or spaces takes linear time.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)")
_NEXT = re.compile(rf"\s++(?:[\"'“‘«(\[–•+-]++\s*+)?(?:[{_UPPER}0-9]|[a-zđ]\)\s)")
_CLAUSE = re.compile(r"[;:,](?=\s)|\s")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_LEGAL_HEADING = re.compile(
    r"^(?:(?i:(?P<kind>Phần|Chương|Mục|Điều))\s+(?:[IVXLC]+|\d+[a-zđ]?|(?i:thứ)\s+\w+)"
    rf"(?:(?P<stop>[.:])|(?=\s*(?:[-–]|$)|\s+[{_UPPER}]))|(?P<roman>[IVX]{{1,5}})[.\-–]\s)"
)
_LEGAL_LEVELS = {"phần": 1, "chương": 2, "mục": 3, "điều": 4}
_HEADING_NUMBER = re.compile(
    r"^\W*(?:Điều|Chương|Mục|Phần|Khoản|Bước|Bảng|Hình|Phụ lục)?\s*[\d.]+$", re.IGNORECASE
)
_HEADING_CHARACTERS = 120
_WINDOW = 24


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence; a line end always ends one, white space is left out."""
    spans: list[tuple[int, int]] = []
    for start, end in _line_spans(text):
        spans.extend(_spans_in_line(text, start, end))
    return spans


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        left, right = _stripped(text, start, end)
        if left < right:
            yield left, right
        start = end + 1


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _spans_in_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, left, match, end):
            yield left, match.end()
            left, _ = _stripped(text, match.end(), end)
    if left < end:
        yield left, end


def _ends_sentence(text: str, left: int, match: re.Match[str], end: int) -> bool:
    if not _NEXT.match(text, match.end(), end):
        return False
    before = text[max(left, match.start() - _WINDOW) : match.start() + 1]
    if _PLACE_KIND.search(before):
        return not _PLACE_NAME.match(text, match.end())
    if text[match.start()] == "." and match.group() == "." and _NO_END.search(before):
        # "đạt 80. Năm" ends with a figure; "Điều 5. Phạm vi" and a leading "1." do not end.
        return before[-2].isdigit() and not _numbers_a_heading(text, left, match.start())
    return match.end() - left > _WINDOW or not _LIST_NUMBER.match(text[left : match.end()])


def _numbers_a_heading(text: str, left: int, stop: int) -> bool:
    if _COUNTS_PARTS.search(text, max(left, stop - _WINDOW), stop):
        return True
    return stop - left < _WINDOW and bool(_HEADING_NUMBER.match(text[left:stop]))


def find_headings(text: str, body_start: int) -> tuple[Heading, ...]:
    """Return heading lines: Markdown marks, Phần/Chương/Mục/Điều, or a short line over prose."""
    lines = [span for span in _line_spans(text) if span[0] >= body_start]
    headings = []
    for index, (start, end) in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        heading = _heading(text, start, end, following, first=index == 0)
        if heading:
            headings.append(heading)
    return tuple(headings)


def _heading(
    text: str, start: int, end: int, following: tuple[int, int] | None, *, first: bool
) -> Heading | None:
    line = text[start : min(end, start + _HEADING_CHARACTERS + 1)]
    is_short = len(line) <= _HEADING_CHARACTERS
    if is_short and (markdown := _MARKDOWN_HEADING.match(line)):
        return Heading(start, end, len(markdown.group(1)), markdown.group(2))
    if legal := _LEGAL_HEADING.match(line):
        level = _LEGAL_LEVELS.get((legal["kind"] or "").casefold(), 3)
        if is_short and line[-1] not in ".;":
            return Heading(start, end, level, line)
        # The provision follows in the same line: only its number is the heading.
        number = legal.group().rstrip(" .:-–")
        is_number = legal["stop"] or legal["roman"]
        return Heading(start, start + legal.end(), level, number) if is_number else None
    if not is_short:
        return None
    if following and _is_short_title(line) and following[1] - following[0] > 2 * len(line):
        return Heading(start, end, 1 if first else 2, line.lstrip("*•- "))
    return None


def _is_short_title(line: str) -> bool:
    ends_open = line[-1] not in '.,;:!?…/"”)'
    return ends_open and len(line) <= 100 and not line.startswith(("-", "+", "•", "|"))


@dataclass(frozen=True, slots=True)
class _Section:
    """The paragraphs between two headings, as sentences, with the heading path above them."""

    paragraphs: tuple[tuple[Sentence, ...], ...]
    heading: tuple[str, ...]


def split(document: SourceDocument, settings: SplittingSettings) -> list[Passage]:
    """Return the document's passages in order; no sentence is cut but an over-long one."""
    passages: list[Passage] = []
    for section in _sections(document, settings.sentence_characters):
        for packed in _pack(section.paragraphs, settings.passage_characters):
            start, end = packed[0].start, packed[-1].end
            passages.append(
                Passage(
                    document=document.description,
                    ordinal=len(passages),
                    text=document.text[start:end],
                    start=start,
                    sentences=packed,
                    heading=section.heading,
                )
            )
    return passages


def _sections(document: SourceDocument, limit: int) -> Iterator[_Section]:
    """Yield what stands between headings, with the path of the headings above it."""
    path: list[Heading] = []
    start = document.body_start
    for heading in [*document.headings, None]:
        end = heading.start if heading else len(document.text)
        paragraphs = tuple(_paragraphs(document.text, start, end, limit))
        if paragraphs:
            yield _Section(paragraphs, tuple(item.text for item in path))
        if heading:
            path = [item for item in path if item.level < heading.level] + [heading]
            start = heading.end


def _paragraphs(text: str, start: int, end: int, limit: int) -> Iterator[tuple[Sentence, ...]]:
    section = text[start:end]
    for left, right in _line_spans(section):
        yield tuple(
            part
            for first, last in _spans_in_line(section, left, right)
            for part in _divide(text, start + first, start + last, limit)
        )


def _divide(text: str, start: int, end: int, limit: int) -> Iterator[Sentence]:
    """Yield an over-long sentence in parts, cut after the last clause mark that fits."""
    while end - start > limit:
        cut = _cut(text, start, start + limit)
        left, right = _stripped(text, start, cut)
        if left < right:
            yield Sentence(left, right)
        start, _ = _stripped(text, cut, end)
    if start < end:
        yield Sentence(start, end)


def _cut(text: str, start: int, stop: int) -> int:
    offset = start + (stop - start) // 3
    marks = list(_CLAUSE.finditer(text, offset, stop))
    for kind in (";", ":", ","):
        found = [mark for mark in marks if mark.group() == kind]
        if found:
            return found[-1].end()
    return marks[-1].end() if marks else stop


def _pack(paragraphs: Iterable[tuple[Sentence, ...]], limit: int) -> Iterator[tuple[Sentence, ...]]:
    """Yield runs of sentences that fit the limit; a paragraph that fits is not torn apart."""
    run: list[Sentence] = []
    for paragraph in paragraphs:
        if run and paragraph[-1].end - run[0].start > limit:
            yield tuple(run)
            run = []
        for sentence in paragraph:
            if run and sentence.end - run[0].start > limit:
                yield tuple(run)
                run = []
            run.append(sentence)
    if run:
        yield tuple(run)
