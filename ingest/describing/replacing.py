"""Which legal documents a legal document says it replaces, and which have replaced it."""

import re
from collections.abc import Iterable, Iterator

from ingest.cleaning.lines import KINDS
from ingest.figures import Figure, find_figures

_PART = re.compile(
    r"\b(?:khoản|điểm|Điều|Chương|Mục|Phụ lục|cụm từ|một phần|một số|nội dung|đoạn|mẫu|biểu"
    r"|quy định tại)\b",
    re.IGNORECASE,
)
_REPEALS = re.compile(
    r"(?<!được )(?<!bị )\b(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|chấm dứt hiệu lực)\b"
    r"(?!\s+(?:bởi|bằng))",
    re.IGNORECASE,
)
_AMENDED_OR = re.compile(r"(?:sửa đổi|bổ sung)[^.;]{0,30}\b(?:thay thế|bãi bỏ)", re.IGNORECASE)
# "(được sửa đổi bởi Nghị định số ...)" tells of the one before; "bằng" names what comes instead.
_ASIDE = re.compile(r"\([^()]*$|\bbằng\s")
_INSTEAD = re.compile(r"^[^.;]*?\bbằng\s+(?!.{0,40}\bnày\b)", re.IGNORECASE)
_THIS = re.compile(rf"\b(?P<kind>{KINDS}|văn bản)\s+này\b", re.IGNORECASE)
_EXPIRES = re.compile(
    r"^[^.;]*?\b(?:(?:hết|không còn) hiệu lực|bị (?:bãi bỏ|hủy bỏ|huỷ bỏ|thay thế)"
    rf"|được thay thế (?:bằng|bởi) (?=(?:{KINDS}|văn bản) này\b))",
    re.IGNORECASE,
)
_ENDS_FORCE = re.compile(
    r"thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|(?:hết|không còn|chấm dứt) hiệu lực", re.IGNORECASE
)
_TAKES_FORCE = re.compile(
    rf"\b(?P<kind>{KINDS}|văn bản)\s+này\s+(?:bắt đầu\s+)?có hiệu lực\b", re.IGNORECASE
)
_OPENS_LIST = re.compile(r"(?:hết hiệu lực|bãi bỏ|thay thế)[^.:]*:(?=\s|$)", re.IGNORECASE)
_REPLACED_BY = re.compile(
    rf"\b(?P<kind>{KINDS}|văn bản)\s+này\s+(?:(?:đã\s+)?(?:được|bị)\s+(?:thay thế|bãi bỏ)\s+"
    r"(?:bởi|bằng)|hết hiệu lực (?:thi hành )?kể từ ngày)\s",
    re.IGNORECASE,
)
_MARK = re.compile(r"^(?:(?P<point>[a-zđ]{1,2}\))|(?P<dash>[-+*•–])|(?P<number>\d+[.)]))\s*")
_WHOLE = re.compile(rf"^(?:(?:toàn bộ|các)\s+)*(?:{KINDS})\s", re.IGNORECASE)
_SHORT_NAME = re.compile(r"l:[a-z]+:")


def replaced_in(sentences: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return the numbers of documents that a legal document says it replaces or repeals, whole.

    `sentences`: the document's sentences in order; `kind`: what it calls itself, as in "Nghị định
    này". An article or annex of another document that is repealed does not count, nor "sửa đổi,
    bổ sung, thay thế" of whatever may come.
    """
    found: dict[str, None] = {}
    open_list = _OpenList()
    follows = False
    for sentence in sentences:
        listed = open_list.holds(sentence)
        for figure in _numbers(sentence) if listed or _ENDS_FORCE.search(sentence) else ():
            before = sentence[: figure.start]
            if (listed and _is_whole_item(before)) or _is_repealed(sentence, figure, kind, follows):
                found.setdefault("".join(figure.text.split()))
        follows = any(is_own(match["kind"], kind) for match in _TAKES_FORCE.finditer(sentence))
    return tuple(found)


class _OpenList:
    """The list of what loses force that the sentences before opened, as long as it goes on."""

    def __init__(self) -> None:
        self._is_open = False
        self._mark: str | None = None

    def holds(self, sentence: str) -> bool:
        """Tell whether a sentence is an item: marked as the first one was."""
        mark = _MARK.match(sentence)
        named = mark.lastgroup if mark else None
        is_item = self._is_open and named is not None and self._mark in (None, named)
        opens = not is_item and sentence.endswith(":") and bool(_OPENS_LIST.search(sentence))
        self._is_open, self._mark = is_item or opens, named if is_item else None
        return is_item


def _numbers(sentence: str) -> Iterator[Figure]:
    """Yield the whole numbers of legal documents."""
    for figure in find_figures(sentence):
        if figure.key.startswith("l:") and not _SHORT_NAME.match(figure.key):
            yield figure


def _is_whole_item(before: str) -> bool:
    """Tell whether an item of a list, read up to a number, names a whole document."""
    words = _MARK.sub("", before.strip())
    return bool(_WHOLE.match(words)) and not _PART.search(words) and not _ASIDE.search(words)


def _is_repealed(sentence: str, figure: Figure, kind: str, follows: bool) -> bool:
    """Tell whether a document loses force by a sentence.

    `follows`: the sentence before says that the document itself takes force.
    """
    before, after = sentence[: figure.start], sentence[figure.end :]
    opened = list(_OPENS_LIST.finditer(before))
    if opened and (follows or _names_itself(before, kind)):
        return _is_whole_item(re.split(r";\s", before[opened[-1].end() :])[-1])
    verbs = list(_REPEALS.finditer(before))
    if verbs and not _AMENDED_OR.search(before):
        between = before[verbs[-1].end() :]
        whole = not (_PART.search(between) or _ASIDE.search(between) or _INSTEAD.search(after))
        said_here = _names_itself(before[: verbs[-1].start()], kind) or _starts(before, verbs[-1])
        return whole and said_here and not re.search(r"[.;]\s", between)
    if _PART.search(before) or _ASIDE.search(before) or not _EXPIRES.search(after):
        return False
    return follows or _names_itself(sentence, kind)


def _names_itself(text: str, kind: str) -> bool:
    return any(is_own(match["kind"], kind) for match in _THIS.finditer(text))


def is_own(named: str, kind: str) -> bool:
    """Tell whether "Thông tư" or "văn bản", followed by "này", names a document of this kind."""
    return named.casefold() == "văn bản" or kind.casefold().startswith(named.casefold())


def _starts(before: str, verb: re.Match[str]) -> bool:
    """Tell whether a sentence opens with its verb: "2. Bãi bỏ Quyết định số ..."."""
    return re.fullmatch(r"[\W\d]*(?:[a-zđ]\)\s*)?", before[: verb.start()]) is not None


def replacing_in(sentences: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return the numbers of documents that a legal document says have replaced it."""
    found: dict[str, None] = {}
    for sentence in sentences:
        for match in _REPLACED_BY.finditer(sentence):
            if is_own(match["kind"], kind):
                numbers = (item for item in _numbers(sentence) if item.start >= match.end())
                found |= dict.fromkeys("".join(item.text.split()) for item in list(numbers)[:1])
    return tuple(found)
