"""Pictures in a text: captions, credits, lines that stand twice, leads that are said again."""

import re
from difflib import SequenceMatcher

from ingest.cleaning.bylines import names
from ingest.cleaning.lines import Layout, Reason, adjacent, bare
from ingest.cleaning.press import find_dateline, press_name
from ingest.figures import figure_keys

_CAPTION_CHARACTERS = 450
# A name, initials or a site's address, up to the line's end: no sentence goes on in it.
_NAME = r"(?:[^.:;!?\n]|\.(?=\S)|(?<=[A-ZĐ])\.\s){1,60}"
_KIND = r"(?:minh (?:hoạ|họa)|tư liệu|sưu tầm|[Ii]nternet|chụp màn hình|TL|cắt từ \w+)"
_BEFORE = r"(?:^|[\s_(\[.|/–-])"
_CREDIT_WORD = rf"(?:(?:Nguồn\s)?[Ảả]nh(?:\s{_KIND})?|Photo|Đồ (?:hoạ|họa)|Infographic|Video|Clip)"
# The credit that ends a caption: "Ảnh: N.V.A", "(Ảnh minh họa)", "_Ảnh: TTXVN", "Ảnh do ... cung
# cấp". Small letters are a credit in brackets only: "kèm ảnh minh họa" is a sentence.
_CREDIT = re.compile(
    rf"(?:{_BEFORE}(?!ảnh)|[(\[]\s*){_CREDIT_WORD}\s*[:/]\s*{_NAME}[)\]\s.]*$"
    rf"|(?:{_BEFORE}Ảnh|[(\[]\s*[Ảả]nh)\s{_KIND}[)\]\s.]*$"
    rf"|{_BEFORE}Ảnh\sdo\s{_NAME}\scung cấp[)\]\s.]*$"
)
_SOURCE = re.compile(r"\(\s*(?:Nguồn|Theo)\s*(?:ảnh)?\s*:\s*([^()]{2,60})\)\W*$")
_SITE = re.compile(r"\.[a-z]{2,4}\b|internet|facebook", re.IGNORECASE)
_CREDIT_FIRST = re.compile(
    r"^\W*(?:Ảnh(?: minh (?:hoạ|họa))?|Photo)\s*(?:\d{1,2}\s*)?[:.]\s*\S", re.IGNORECASE
)
_SCENE = re.compile(
    r"^(?:Quang cảnh|Toàn cảnh|Khung cảnh)\s+(?:(?:tại|của|một|các|buổi|phiên)\s+)*"
    r"(?:hội nghị|hội thảo|họp|phiên|lễ|cuộc|kỳ họp|diễn đàn|tọa đàm|toạ đàm|đại hội|chương trình"
    r"|sự kiện|buổi|làm việc|khai mạc)",
    re.IGNORECASE,
)
_SCENE_WORDS = 14
_DOUBLED_CHARACTERS = 300
_DOUBLED_WORDS = 3
_MEASURE = re.compile(r"^(?:p|n|f|r[pn]):")
_HEADING_START = re.compile(
    r"^\W*(?:Điều|Chương|Mục|Phần|Khoản|Phụ lục|[IVX]+\.|\d+\.)\s", re.IGNORECASE
)
_LIST_START = re.compile(r"^(?:[-+*•–]|[a-zđ]\)|\d+[.)])")
_LEAD_WORDS = 8
_LEAD_SHARE = 0.9
_LEAD_PARAGRAPHS = 3
_FULL_STOPS = (".", "…", "!", "?")
_CLOSING = "\"'”’»)*_ "


def captions(layout: Layout) -> dict[int, Reason]:
    """Return captions: what ends or begins with a credit, and scenes of an event."""
    found: dict[int, Reason] = {}
    around = set(layout.around)
    for index in layout.kept:
        text = layout.lines[index].text
        if len(text) > _CAPTION_CHARACTERS or (index in around and names(text)):
            continue
        if _has_credit(text) or _is_scene(text):
            found[index] = "caption"
    return found


def _has_credit(text: str) -> bool:
    if _CREDIT.search(text) or _CREDIT_FIRST.match(text):
        return True
    source = _SOURCE.search(text)
    # A source in brackets may also stand behind a figure of the text: a site or a newspaper only.
    return source is not None and bool(_SITE.search(source[1]) or press_name(source[1]))


def _is_scene(text: str) -> bool:
    return bool(_SCENE.match(text)) and len(text.split()) <= _SCENE_WORDS


def unnamed_captions(layout: Layout) -> dict[int, Reason]:
    """Return the lines that a caption right below or above them says again, with a credit."""
    found: dict[int, Reason] = {}
    for index in layout.kept:
        words = layout.lines[index].bare
        if len(words.split()) < _DOUBLED_WORDS or len(words) > _DOUBLED_CHARACTERS:
            continue
        for near in layout.neighbours(index):
            if layout.reasons.get(near) == "caption" and layout.lines[near].bare.startswith(words):
                found[index] = "doubled"
    return found


def doubled(layout: Layout) -> dict[int, Reason]:
    """Return lines that stand twice in a row.

    A picture's alternative text and its caption: both go. One stays where it may be more: the
    title, a heading, an item of a list, a sentence with a figure. A legal document has no
    pictures: what stands there twice belongs to two columns of a form.
    """
    found: dict[int, Reason] = {}
    if layout.legal:
        return found
    title = layout.top[0] if layout.top else None
    for first, second in adjacent(layout):
        line, again = layout.lines[first], layout.lines[second]
        if first in found or not _is_double(line.text, again.text):
            continue
        found[second] = "doubled"
        above_prose = bool(layout.prose) and first < layout.prose[0] and first == title
        if not above_prose and not _may_be_more(line.text):
            found[first] = "doubled"
    return found


def _is_double(first: str, second: str) -> bool:
    words = bare(first)
    if len(first) > _DOUBLED_CHARACTERS or len(words.split()) < _DOUBLED_WORDS or "|" in first:
        return False
    return words == bare(second)


def _may_be_more(text: str) -> bool:
    if _HEADING_START.match(text) or _LIST_START.match(text) or text.isupper():
        return True
    return any(_MEASURE.match(key) and not _is_small(key) for key in figure_keys(text))


def _is_small(key: str) -> bool:
    """Tell whether a figure only counts, as in "Hội thảo lần thứ 4": below a hundred, no share."""
    return bool(re.fullmatch(r"n:\d{1,2}", key))


def repeated_leads(layout: Layout) -> dict[int, Reason]:
    """Return a lead or caption among the first lines that a later paragraph says again.

    Nine of ten words in the same order, and no figure that the paragraph lacks. A line without a
    full stop is a title and stays.
    """
    found: dict[int, Reason] = {}
    if layout.wrapped or layout.legal:
        return found
    for position, index in enumerate(layout.kept[:_LEAD_PARAGRAPHS]):
        text = layout.lines[index].text
        if text.rstrip(_CLOSING)[-1:] not in _FULL_STOPS or _LIST_START.match(text):
            continue
        dateline = find_dateline(text)
        lead = text[dateline.length :] if dateline else text
        later = (layout.lines[i].text for i in layout.kept[position + 1 :])
        if any(_says_again(lead, paragraph) for paragraph in later):
            found[index] = "lead"
    return found


def _says_again(lead: str, paragraph: str) -> bool:
    if len(paragraph) < _LEAD_SHARE * len(lead):
        return False
    words, later = bare(lead).split(), bare(paragraph).split()
    if len(words) < _LEAD_WORDS:
        return False
    if len(set(words) & set(later)) < _LEAD_SHARE * len(set(words)):
        return False
    matcher = SequenceMatcher(None, words, later, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size > 2)
    return same >= _LEAD_SHARE * len(words) and figure_keys(lead) <= figure_keys(paragraph)
