"""What a web page puts around an article: buttons, forms, menus, links to others, imprints."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise, takewhile

from ingest.cleaning.lines import Layout, Reason, bare, is_prose
from ingest.splitting.numbering import UPPER

_BREADCRUMB = re.compile(r"^(?:[^>»›/|]{2,40}\s*[>»›]+\s*){1,6}[^>»›]{2,120}$")
_HOME = re.compile(r"^\W*(?:trang chủ|trang nhất|home)\s*[>»›/|\\-]", re.IGNORECASE)
_FOLLOW = re.compile(
    r"^\W*(?:Theo dõi|Đăng ký|Follow)\b.{0,80}"
    r"\b(?:Google News|Facebook|Zalo|YouTube|TikTok|Telegram)\W*$",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"^(?:vui long|moi|ban can|hay) dang nhap\b")
_COUNT = re.compile(
    r"^(?=.*\d)\W*(?:(?:số )?lượt (?:xem|đọc|thích|truy cập)|lượt xem bài|đã xem|views?"
    r"|bình luận|comments?|số lần đọc|lần xem|thích)\W*\(?\s*[\d.,]*\s*\)?\W*$"
    r"|^\W*[\d.,]+\s*(?:lượt (?:xem|đọc|thích)|bình luận|views?|comments?|thích)\W*$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^\W*(?:>>+|»|(?:xem|đọc)\s+(?:thêm|tiếp)\s*:|mời (?:quý )?(?:bạn đọc|độc giả|vị)\b.{0,40}xem"
    r"|bài liên quan\s*:|tin liên quan\s*:)",
    re.IGNORECASE,
)
_LINK_CHARACTERS = 250
_TAGS = re.compile(r"^\W*(?:từ kh(?:óa|oá)|tags?|keywords?)\s*:", re.IGNORECASE)
_TAGS_CHARACTERS = 300
_COPYRIGHT = re.compile(
    r"©|\bcopyright\b|all rights reserved|\bbản quyền (?:thuộc|©|\d{4})"
    r"|ghi rõ nguồn\b.{0,80}(?:phát hành|sử dụng|đăng)"
    r"|^\W*giấy phép\b.{0,60}(?:báo|tạp chí|trang tin|trang thông tin|mạng xã hội|bộ tt)"
    r"|^\W*(?:phó )?tổng biên tập\s*:|^\W*cơ quan chủ quản\s*:|^\W*(?:toà|tòa) soạn\s*:"
    r"|^\W*(?:trụ sở(?: chính)?|thiết kế bởi|phát triển bởi|designed by|powered by"
    r"|liên hệ quảng cáo|chịu trách nhiệm (?:nội dung|xuất bản))\s*:",
    re.IGNORECASE,
)
_COPYRIGHT_CHARACTERS = 300
_NO_WORD = re.compile(r"^[\W\d_]{1,4}$")
_PHRASE_WORDS = 10
_MENU_RUN = 3
_RELATED_BOX = 6
_RELATED_CHARACTERS = 200
_PORTAL_MENU = re.compile(
    r"^(?:Cổng\s|Trang chủ|Trang thông tin)[^.!?;]{200,}?"
    r"Chi tiết\s+(?:thủ tục hành chính|thủ tục|dịch vụ công|dịch vụ|tin tức|tin|bài viết|văn bản"
    rf"|hồ sơ)\s+(?=[{UPPER}])"
)
_PHRASE_START = re.compile(rf"(?![{UPPER}])[^\W\d_]\s+[{UPPER}]")
_MENU_PHRASES = 8


@dataclass(frozen=True, slots=True)
class _Words:
    """Whole lines of one kind: the sure ones, and those that count only beside a sure one."""

    sure: frozenset[str]
    weak: frozenset[str] = frozenset()

    def all_of(self, key: str) -> bool:
        """Tell whether a line is made of nothing but these words, one of them sure."""
        pieces = key.split(" ")
        seen_sure = False
        position = 0
        while position < len(pieces):
            for end in range(min(len(pieces), position + _PHRASE_WORDS), position, -1):
                phrase = " ".join(pieces[position:end])
                if phrase in self.sure or phrase in self.weak:
                    seen_sure |= phrase in self.sure
                    position = end
                    break
            else:
                return False
        return seen_sure


@cache
def _words(kind: str) -> _Words:
    data = tomllib.loads(files("ingest").joinpath("data/page_words.toml").read_text("utf-8"))[kind]
    return _Words(frozenset(map(bare, data["sure"])), frozenset(map(bare, data.get("weak", ()))))


@cache
def section_names() -> frozenset[str]:
    """Return the names of sections of newspapers and portals, for comparison."""
    text = files("ingest").joinpath("data/page_words.toml").read_text("utf-8")
    menu = tomllib.loads(text)["menu"]
    return frozenset(map(bare, [*menu["sections"], *menu["weak"]]))


def share_buttons(layout: Layout) -> dict[int, Reason]:
    """Return share, print and e-mail buttons, counters, and invitations to follow."""
    words = _words("share")
    sure = {
        index
        for index in layout.kept
        if words.all_of(layout.lines[index].bare)
        or _FOLLOW.match(layout.lines[index].text)
        or _COUNT.match(layout.lines[index].text)
    }
    return dict.fromkeys(_spread(layout, sure, words.weak), "share")


def _spread(layout: Layout, sure: set[int], weak: frozenset[str]) -> set[int]:
    """Return the sure lines and the weak ones that stand beside them, or beside such a one."""
    found = set(sure)
    for order in (layout.kept, layout.kept[::-1]):
        for before, index in pairwise(order):
            line = layout.lines[index]
            if before in found and (line.bare in weak or _NO_WORD.match(line.text)):
                found.add(index)
    return found


def comment_forms(layout: Layout) -> dict[int, Reason]:
    """Return the form for comments: its title or button, and the fields around it.

    A word such as Email is a field only beside a sure one; one sure line alone is a form only
    below the last paragraph.
    """
    words = _words("comment_form")
    sure = {index for index in layout.kept if layout.lines[index].bare in words.sure}
    found = _spread(layout, sure, words.weak)
    below = set(layout.bottom)
    return {
        index: "comment_form"
        for index in found
        if index in below or len(found & set(range(index - 3, index + 4))) > 1
    }


def menus(layout: Layout) -> dict[int, Reason]:
    """Return navigation: breadcrumbs, runs of the words of menus, prompts to log in."""
    found: dict[int, Reason] = {}
    waiting = _words("waiting")
    for index in layout.kept:
        line = layout.lines[index]
        last = _last(line.text)
        prompts = bool(_LOGIN.match(last)) or waiting.all_of(last)
        if prompts or _HOME.match(line.text) or _is_breadcrumb(line.text):
            found[index] = "menu"
    return {**found, **_menu_runs(layout)}


def _last(text: str) -> str:
    """Return the last sentence for comparison: a prompt may stand behind what it hides."""
    return bare(re.split(r"[.!]\s+", text.rstrip(".! "))[-1]) if len(text) < 160 else ""


def _is_breadcrumb(text: str) -> bool:
    if not _BREADCRUMB.match(text):
        return False
    steps = [bare(piece) for piece in re.split(r"[>»›]+", text)]
    words = _words("menu")
    known = words.sure | words.weak | section_names()
    return any(step in known for step in steps)


def _menu_runs(layout: Layout) -> dict[int, Reason]:
    words = _words("menu")
    known = words.sure | words.weak | section_names()
    found: dict[int, Reason] = {}
    run: list[int] = []
    for index in (*layout.kept, -1):
        if index >= 0 and layout.lines[index].bare in known:
            run.append(index)
            continue
        if len(run) >= _MENU_RUN and any(layout.lines[i].bare in words.sure for i in run):
            found.update(dict.fromkeys(run, "menu"))
        run = []
    return found


def links(layout: Layout) -> dict[int, Reason]:
    """Return links to other articles and tags: alone, or in a list under its title."""
    found: dict[int, Reason] = {}
    below = set(layout.bottom)
    for position, index in enumerate(layout.kept):
        line = layout.lines[index]
        if _LINK.match(line.text) and len(line.text) <= _LINK_CHARACTERS:
            found[index] = "related"
        elif _TAGS.match(line.text) and len(line.text) <= _TAGS_CHARACTERS:
            found[index] = "tags"
        elif line.bare in _words("related").sure:
            found[index] = "related"
            rest = layout.kept[position + 1 :]
            found.update(_linked(layout, rest, below=index in below))
    return found


def _linked(layout: Layout, rest: tuple[int, ...], *, below: bool) -> dict[int, Reason]:
    """Return the titles listed under "Tin liên quan": all at the end, a box of them in the text."""
    listed = list(takewhile(lambda i: _is_link_title(layout.lines[i].text), rest))
    if not below:
        # The last short line over a paragraph may be a heading of the article itself.
        closed = next((n for n, i in enumerate(listed) if n and layout.lines[i].gap), None)
        listed = listed[:closed] if closed else listed[:-1]
        listed = listed if len(listed) <= _RELATED_BOX else []
    return dict.fromkeys(listed, "related")


def _is_link_title(text: str) -> bool:
    return len(text) <= _RELATED_CHARACTERS and not is_prose(text) and text[-1] not in ".;:"


def imprints(layout: Layout) -> dict[int, Reason]:
    """Return licence, imprint and copyright lines below the last paragraph."""
    found: dict[int, Reason] = {}
    if layout.legal:
        return found
    for index in reversed(layout.kept):
        text = layout.lines[index].text
        if len(text) <= _COPYRIGHT_CHARACTERS and _COPYRIGHT.search(text):
            found[index] = "copyright"
        elif is_prose(text):
            break
    return found


def labels(layout: Layout) -> dict[int, Reason]:
    """Return names of parts that say nothing themselves: "TÓM TẮT:"; marked headings stay."""
    return {
        index: "label"
        for index in layout.kept
        if layout.lines[index].bare in _words("label").sure
        and not layout.lines[index].text.startswith("#")
    }


def glued_menu(text: str) -> int:
    """Return the length of a portal's menu that stands before the text in the same line, or 0.

    Three signs together: a portal's name first, many phrases without a mark between them, and the
    last step of the path, "Chi tiết ...".
    """
    match = _PORTAL_MENU.match(text)
    if not match or len(_PHRASE_START.findall(match.group())) < _MENU_PHRASES:
        return 0
    return match.end()
