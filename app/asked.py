"""What a question asks for: the kinds of answer in their order, what is counted, aim or result."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile, zip_longest
from typing import Literal

from ingest.documents import TargetKind
from ingest.figures import find_figures
from ingest.places import find_places
from ingest.splitting import sentence_spans
from ingest.text import fold, folded_tokens, has_marks

AnswerKind = Literal[
    "percent",
    "points",
    "rank",
    "count",
    "date",
    "legal",
    "who",
    "which",
    "where",
    "list",
    "comparison",
    "yes_no",
    "text",
]

Dimension = Literal["money", "time", "score"]

# Patterns are matched against the folded, lower-case question, so that marks do not matter. Of
# kinds asked for at the same place the first listed wins.
_UNSURE = r"(?:bao nhieu|bnhieu|bao nhiu|may|bn|bnhiu)"
_NOUNS_OF_TEXTS = (
    r"(?:quyet dinh|nghi quyet|ke hoach|van ban|nghi dinh|chi thi|thong tu|cong van|luat|de an"
    r"|ket luan|chuong trinh|to trinh|qd|nq|nd|kh)"
)
_TEXT_NAMED = re.compile(f"({_NOUNS_OF_TEXTS})")
# "Chương trình ... theo quyết định số mấy": what stands by the number is numbered.
_TEXT_NUMBERED = re.compile(rf"\b({_NOUNS_OF_TEXTS}) so (?:may|bao nhieu|gi)$")
_PATTERNS: dict[AnswerKind, tuple[str, ...]] = {
    "points": (
        rf"\b{_UNSURE} diem (?:phan tram|%)|\bhow many (?:percentage )?points\b",
        rf"\b(?:chenh|lech|kem|hon|cach|(?<!toi )thieu)(?: nhau)? {_UNSURE}\b"
        rf"|\b(?:hon|kem) (?:so voi )?_ {_UNSURE}\b",
    ),
    "percent": (
        rf"\b{_UNSURE}\s*(?:%|phan tram|pt\b)|% ?(?:bao nhieu|may)\b|\bwhat (?:share|percent\w*)",
        r"\bwhat (?:proportion|rate)|\bhow many percent|\bpercentage of\b|(?<!\d)(?<!\d )%",
    ),
    "rank": (
        r"(?<!doanh )(?<!nguon )\b(?:thu|hang|vi tri(?: thu)?|top|hang thu) (?:may|bao nhieu)\b"
        r"|\bxep (?:hang|thu)(?: thu)?"
        r"(?: may| bao nhieu)?\b(?!(?: thu)? \d)",
        r"\brank(?:s|ed|ing)?\b|\bwhere does .{1,60} stand\b|\bo (?:hang|vi tri) nao\b"
        r"|\bwhat place\b",
    ),
    "legal": (
        rf"\b{_NOUNS_OF_TEXTS} (?:so )?(?:nao|may|gi|bao nhieu)\b|\bso (?:hieu|van ban)\b",
        rf"(?<=\b){_NOUNS_OF_TEXTS}\b.{{0,90}}\bso (?:may|bao nhieu|gi)\b",
        r"\b(?:can cu|theo) (?:vao )?(?:dau|van ban|quy dinh) ?(?:nao)?\b",
        r"\bwhich (?:decision|resolution|plan|document|decree|law)",
    ),
    "date": (
        r"\b(?:ngay|hom|thang|(?<!\bmoi )(?<!\bhang )(?<!\bmot )nam|thoi diem|moc) (?:nao|may"
        r"|bao nhieu|gi)\b",
        r"\bwhen\b|\bwhat (?:date|year)",
        r"\b(?:khi|hoi|luc|bao) (?:nao|gio)\b|\bthoi han (?:nao|la gi)|\bdeadline\b|\bby what date",
    ),
    "count": (
        rf"\b{_UNSURE}\b(?! nhat)|\bhow (?:many|much)\b|\bso luong\b|\btong so\b(?=.*\?)",
        r"\bbao lau\b|\bhow long\b|\bwhat (?:is|was) (?:the|_ ?\W?s) "
        r"(?:(?:19|20)\d\d )?(?:number|total|target|fee|cost)\b",
    ),
    "who": (
        r"(?<!\w)ai(?: (?:la|se|da|dang|ky|chu|chiu|dung|phai|co|ban|phat|trinh|lam|noi)\b|(?=\W"
        r"|$))",
        r"\b(?:ong|nguoi|lanh dao|dong chi)(?: (?!o |cua |tai )\w+){0,4} nao\b|\b(?:ba|vi) nao\b"
        r"|\bvi (?:pho )?(?:chu tich|giam doc|bo truong|bi thu|truong)(?: \w+){0,3} nao\b|\bwho\b",
        r"\b(?:co quan|don vi|so|bo|ban|to chuc|cap|phong|doanh nghiep|cong ty|tap doan) nao\b",
        r"\bwhich (?:agency|company|ministry|department|body|unit)",
    ),
    "where": (r"\b(?:o|tai|den|tu|di) dau\b|\b(?:cho|noi|dia diem) nao\b|\bwhere\b",),
    "which": (
        r"\b(?!the |khi |luc |bao |chung )\w+ nao\b|\bwhich\b|\bten (?:la )?gi\b",
        r"\b(?!la |lam |cai |dieu |ve |nhung |vi |co |thu )\w+ gi\b",
    ),
    "yes_no": (
        r"\bco .{2,90} (?:khong|chua|ko|hong|hok|k)(?= *(?:[?!.,;]|$|(?:a|vay|nhi|the|roi|v|z)\b))",
        r"\b(?:da|duoc|phai) .{2,90} chua(?= *(?:[?!.,;]|$|(?:a|vay|nhi|the)\b))",
        r"\bphai khong\b|\bdung (?:khong|k|ko)\b|\bphai chang\b|^(?:is|are|does|did|has|have"
        r"|was)\b",
        r"^(?:do|can|will) (?:the|we|they|you|people|citizens|officials|i)\b",
    ),
    "list": (
        r"\bliet ke\b|\bdanh sach\b|\bke (?:ten|ra|giup|cho)\b|\bnhung .{2,60} (?:nao|gi)\b"
        r"|\bnhung gi\b|\bneu (?:ten )?cac\b",
        r"\bgom (?:nhung |cac )?(?:gi|nao|ai|may|noi dung)\b|\bgom co\b|\bbao gom\b(?=.*\b(?:gi"
        r"|nao)\b)",
        r"\bmay (?!muc |cap |phan |ngay |thang |nam |gio )\w+(?: \w+){0,4} "
        r"(?<!khi )(?<!luc )(?<!the )nao\b",
        r"\bcac .{2,60} (?:nao|gi)\b|\b\d{1,2} \w+( \w+){0,7} (?:nao|gi)\b|\blist\b"
        r"|\bwhat are the\b",
    ),
    "comparison": (
        r"\bso sanh\b|\bkhac (?:nhau|gi)\b|\bchenh (?:lech|nhau)\b",
        r"\b(?:noi|ben|thanh pho|tinh|dia phuong) nao (?:co .{0,40})?"
        r"(?:cao|thap|nhieu|it|lon|nho|hon"
        r"|(?:dung|xep)(?! (?:o )?(?:thu|hang|vi tri)(?: thu| hang)?(?: so)? \d))\b",
        r"_ (?:hay|hoac) _ .{0,60}\b(?:nhieu|it|cao|thap|lon|nho)\b.{0,40}\bhon\b",
        r"_ (?:hay|voi|va|hoac) _.{0,40}\b(?:dan (?:truoc|dau)"
        r"|(?:xep|dung) (?:tren|truoc|cao|duoi))\b",
        r"\b(?:cao|thap|nhieu|it|lon|nho) hon\b(?! \d)|\bcompare\b|\bdiffer|\bversus\b"
        r"|\bvs\b|\bhigher\b|\blower\b|\bthay doi (?:the nao|ra sao)\b",
    ),
}
_KINDS = {kind: re.compile("|".join(patterns)) for kind, patterns in _PATTERNS.items()}
# Kinds that a question as a whole has, wherever it says so.
_OF_ALL: tuple[AnswerKind, ...] = ("comparison", "list")
FIGURE_KINDS = frozenset({"percent", "points", "rank", "count", "date", "legal"})
_WORD = re.compile(r"\w+")
# The words that ask, by their letters: with other marks these are other words.
_ASKING_WORDS = {"may": "mấy", "gi": "gì", "nao": "nào", "sao": "sao", "ai": "ai"}
# A reason is asked for, whatever else the question mentions.
_ASKS_REASON = re.compile(
    r"\b(?:vi sao|tai sao|vi dau ma|do dau ma|vi ly do gi|ly do (?:gi|nao|vi sao))\b"
    r"|^(?:the )?sao (?!co\b)|^why\b"
)
# Words that only look like "mấy" and "ai", the words of questions.
_NO_QUESTION_WORD = re.compile(
    r"\b(?:AI|[Dd]am may|[Mm]ay (?:tinh|chu|moc|mắn|man|mặc|mac|đo)"
    r"|(?:[Tt]ừ|[Đđ]ến|[Tt]ới|[Ởở]) đầu)\b"
)
_OF_WHOLE = re.compile(r"\b(?:chiem|gop|dong gop)(?: duoc| khoang| tam| chung| toi)* $")
_FROM_ON = re.compile(r"\b(?:tu|from) $")
_FEW_WORDS = 3
_WANTS_TO_KNOW = re.compile(
    r"(?:chỉ |chi )?(?:cần|can|muốn|muon|xin) (?:được |duoc )?(?:biết|biet|hỏi|hoi)(?= )",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"may (?!muc |cap |phan |ngay |thang |nam |gio |tuoi )[a-z]+ ")
# What a bare "bao nhiêu" measures: the last of such words before it; of a number of things none.
_DIMENSIONS: dict[Dimension | None, re.Pattern[str]] = {
    "money": re.compile(
        r"\b(?:kinh phi|chi phi|le phi|muc phi|(?<!dat )phi(?! nong| chinh)|ngan sach|tong von|von"
        r"|doanh thu|muc phat|kim ngach|so tien|tong muc dau tu|(?:tien|muc) luong)\b"
    ),
    "time": re.compile(r"\b(?:thoi han|(?<!trong )thoi gian(?! (?:qua|toi|nay))|thoi luong)\b"),
    "score": re.compile(
        r"\b(?:diem so|tong diem"
        r"|diem (?:cua )?(?:chi so|danh gia|trung binh|dti|pci|papi|sipas|pii))\b"
    ),
    None: re.compile(r"(?:^ ?|\btong )so (?!tien|diem so)\w+|\bso (?:luong|luot)\b"),
}
_RATIO = re.compile(r"\b(?:ty|ti) (?:le|trong)\b|%|\bphan tram\b")
_IN_PERCENT = re.compile(r"\btinh (?:theo|bang|ra) (?:phan tram|%|ty le|ti le)")
_STATED_RATIO = re.compile(r"\d\s*(?:%|phan tram\b)")
_NAMES_COUNT = re.compile(r"(?:tong )?so (?:luong )?(?!hoa|lieu|do|lam|tien)(\w+ \w+)")
_NAMES_TARGET = re.compile(r"(?:muc tieu|chi tieu)\b(?!.*\b(?:nao|gi|ra sao|the nao)\b)")
# Words of grammar, at which what is counted ends.
_NOUN_END_WORDS = (
    "va so voi theo ve vao o tai cua trong den thi la duoc da dang se co nua roi a vay the tu cho "
    "moi neu de ma do bang"
)
_NOUN_ENDS = frozenset(_NOUN_END_WORDS.split())
_NO_NOUN_WORDS = (
    "theo ve vao o trong thi la nua roi a vay tren de cho va den cua z v ad tro len phan so moi"
)
_NO_NOUN = frozenset(_NO_NOUN_WORDS.split())
# Words between what is measured and "bao nhiêu".
_BETWEEN_WORDS = (
    "muc tieu chi ke hoach khoang chung tam co dat chiem len toi het gom tong cong nay nao lam nam "
    "phai can hien"
)
_BEFORE_UNSURE = (_NOUN_ENDS - {"tu"}) | frozenset(_BETWEEN_WORDS.split())
_COUNTED = re.compile(
    rf"\b{_UNSURE}\s*(?:%|phan tram)?\s*(?:la\s+)?(?!phan tram)([a-z]+(?:\s+[a-z]+){{0,3}})"
)
_ENGLISH_MONEY = re.compile(
    r"how much (?:\w+ )?(?:money|capital|funding|revenue|budget|investment|does it cost|is the fee)"
)
_NAMED = re.compile(r"\b((?:\w+ ){0,3}\w+) (?:nao|gi)\b|\bwhich (\w+(?: \w+)?)")
_TARGET = re.compile(
    r"\b(?:muc tieu|chi tieu|phan dau|dat ra|de ra|huong (?:toi|den)|ke hoach (?:la|dat|nam)"
    r"|du kien"
    r"|yeu cau|phai dat|se (?:dat|co|la|dung)|target|goal|aim|plan(?:s|ned)? to|should)\b"
)
_RESULT = re.compile(
    r"\b(?:xong|hoan thanh|hien (?:nay|gio|tai|co|dang|dat)?|thuc te|ket qua|da (?:dat|co|duoc"
    r"|lam|trien khai|hoan"
    r"|cap|xu ly|nhap|ket noi|thu)|den nay|toi nay|tinh den|tinh toi|dat duoc|currently|so far"
    r"|achieved|reached|actual)\b"
)

_LEAST = re.compile(r"\b(?:thap|it|nho|cham|kem) (?:nhat|hon)\b|\b(?:lowest|least|fewest)\b")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for: its kind, where it is asked, and folded words that say of what.

    `noun` is what is counted ("mấy dự án") or chosen among ("nhà máy nào"), `measured` what stands
    before a bare "bao nhiêu" ("doanh thu khoảng bao nhiêu"); `of_whole`: a share is asked for,
    whatever follows ("chiếm bao nhiêu GRDP"); `beginning`: a date from which on ("từ ngày nào");
    `dimension`: what the words before a bare "bao nhiêu" measure in, where they say it.
    """

    kind: AnswerKind
    start: int
    noun: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    of_whole: bool = False
    beginning: bool = False
    dimension: Dimension | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a question asks for; `aim` where it speaks of targets or of results alone."""

    parts: tuple[Part, ...]
    aim: TargetKind | None = None
    wants_least: bool = False

    @property
    def kind(self) -> AnswerKind:
        """Return the kind of the whole: comparison or list, else what is asked for first."""
        return self.parts[0].kind


NOTHING_ASKED = Asked((Part("text", 0),))


@lru_cache(maxsize=1 << 10)
def read_asked(typed: str) -> Asked:
    """Return what a question asks for; a question that shows none of the kinds asks for text."""
    folded = plain(_NO_QUESTION_WORD.sub(" ", _WORD.sub(_as_asked, _without_places(typed))))
    if _ASKS_REASON.search(folded):
        return Asked((Part("text", 0),), _aim(folded))
    found = _found(folded)
    whole = [part for part in found if part.kind in _OF_ALL]
    whole.sort(key=lambda part: _OF_ALL.index(part.kind))
    others = [part for part in found if part.kind not in _OF_ALL]
    parts = _without_plural(folded, _with_ratios(folded, others))
    # A list that is asked for after a figure is the figure's "where" or "which".
    if whole and (whole[0].kind == "comparison" or not _begin_with_figure(parts, whole[0])):
        parts = [whole[0], *parts]
    parts = parts or [_bare(folded)]
    compares = any(part.kind in ("comparison", "points") for part in parts)
    aim = None if compares else _aim(_clause_of(folded, parts[0])) or _aim(folded)
    return Asked(tuple(parts), aim, bool(_LEAST.search(folded)))


def _as_asked(match: re.Match[str]) -> str:
    """Return a word as it stands, blotted out where its marks make it none that asks: "máy"."""
    word = match.group()
    wanted = _ASKING_WORDS.get(fold(word).casefold())
    return " " if wanted and has_marks(word) and word.casefold() != wanted else word


def asks_reason(text: str) -> bool:
    """Tell whether a question asks why."""
    return bool(_ASKS_REASON.search(plain(text)))


@lru_cache(maxsize=1 << 10)
def asking(text: str) -> str:
    """Return the sentences of a text that ask something: the whole where none or all do.

    Where any has a question mark, those that have one.
    """
    wanted = _WANTS_TO_KNOW.split(text)[-1]
    text = wanted if len(wanted.split()) > _FEW_WORDS else text
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    marked = [one for one in sentences if one.rstrip().endswith("?")]
    found = marked or [one for one in sentences if read_asked(one).kind != "text"]
    return " ".join(found or sentences)


def _without_plural(folded: str, parts: list[Part]) -> list[Part]:
    """Return the parts without a "mấy" that only means several: "mấy khu đó nằm ở huyện nào"."""
    if len(parts) > 1 and parts[0].kind == "count" and _SEVERAL.match(folded):
        return [part for part in parts if part.start > 0]
    return parts


def _clause_of(folded: str, part: Part) -> str:
    """Return the clause of a question that asks for a part."""
    start = max(folded.rfind(mark, 0, part.start) for mark in ",;:") + 1
    ends = [at for mark in ",;:" if (at := folded.find(mark, part.start)) >= 0]
    return folded[start : min(ends, default=len(folded))]


def _bare(folded: str) -> Part:
    """Return the part of a question without any word of asking: it names a figure, or a topic."""
    if _RATIO.search(_STATED_RATIO.sub(" ", folded)):
        return Part("percent", 0)
    if named := _NAMES_COUNT.match(folded):
        return Part("count", 0, tuple(folded_tokens(named.group(1))))
    return Part("count" if _NAMES_TARGET.match(folded) else "text", 0)


def _begin_with_figure(parts: list[Part], whole: Part) -> bool:
    return bool(parts) and parts[0].kind in FIGURE_KINDS and parts[0].start < whole.start


def _without_places(text: str) -> str:
    """Return the text with names blotted out: "Hà Nội xếp" is no "nơi xếp"."""
    for place in reversed(find_places(text)):
        text = f"{text[: place.start]}_{text[place.end :]}"
    for figure in reversed(find_figures(text)):
        if figure.kind == "legal" or figure.key.startswith("l:"):
            text = f"{text[: figure.start]}_{text[figure.end :]}"
    return text


def _with_ratios(folded: str, parts: list[Part]) -> list[Part]:
    """Return the parts; what asks "bao nhiêu" of a ratio, counting nothing, asks for a percentage.

    A sign of percent that only opens such a part ("% hồ sơ ... là bao nhiêu") is the same part.
    """
    if not _RATIO.search(folded) and not any(part.of_whole for part in parts):
        return parts
    in_percent = bool(_IN_PERCENT.search(folded))
    read = [
        replace(part, kind="percent")
        if part.kind == "count" and (not part.noun or part.of_whole or in_percent)
        else part
        for part in parts
    ]
    return [
        part
        for part, following in zip_longest(read, read[1:])
        if not (_opens(folded, part) and following and following.kind == "percent")
    ]


def _opens(folded: str, part: Part) -> bool:
    return part.kind == "percent" and folded[part.start] == "%"


def _found(folded: str) -> list[Part]:
    """Return the parts in the order of the question; of those at one place the first kind's."""
    parts: list[Part] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(folded):
            span = match.span()
            if kind not in _OF_ALL and kind != "yes_no":
                if any(span[0] < end and start < span[1] for start, end in taken):
                    continue
                taken.append(span)
            noun = _noun(kind, folded, match)
            measured = _measured(folded[: match.start()]) if kind == "count" else ()
            of_whole = kind == "count" and bool(_OF_WHOLE.search(folded[: match.start()]))
            beginning = kind == "date" and bool(_FROM_ON.search(folded[: match.start()]))
            dimension = _dimension(folded[: match.start()], noun) if kind == "count" else None
            parts.append(Part(kind, match.start(), noun, measured, of_whole, beginning, dimension))
            if kind in _OF_ALL or kind == "yes_no":
                break
    figures = any(part.kind in ("count", "percent", "rank", "points", "date") for part in parts)
    if figures:
        parts = [part for part in parts if part.kind != "yes_no" or part.start == 0]
    return sorted(parts, key=lambda part: part.start)


def _noun(kind: AnswerKind, folded: str, match: re.Match[str]) -> tuple[str, ...]:
    """Return what is counted ("mấy dự án") or chosen among ("nhà máy nào")."""
    if kind == "date":
        said = match.group().replace("hom", "ngay").split()
        return tuple(word for word in ("ngay", "thang", "nam") if word in said)
    if kind == "count" and "lau" in match.group().split():
        return ("lau",)
    if kind == "count" and "how long" in match.group():
        return ("lau",)
    if kind == "count" and _ENGLISH_MONEY.match(folded, match.start()):
        return ("tien",)
    if kind in ("count", "percent") and (counted := _COUNTED.match(folded, match.start())):
        counted_words = folded_tokens(counted.group(1))
        if counted_words[0] in _NO_NOUN:
            return ()
        following = takewhile(lambda word: word not in _NOUN_ENDS, counted_words[1:])
        return (counted_words[0], *following)
    if kind == "who" and match.group().split()[0] in ("ong", "ba", "dong"):
        return ("ong",)
    if kind in ("which", "who", "legal"):
        named = _NAMED.search(folded[: match.end()])
        words = next(filter(None, named.groups()), "") if named else ""
        if not words and kind == "legal":
            text = _TEXT_NUMBERED.search(match.group()) or _TEXT_NAMED.match(match.group())
            words = text[1] if text else ""
        return tuple(folded_tokens(words))[-3:]
    return ()


def _dimension(before: str, noun: tuple[str, ...]) -> Dimension | None:
    """Return what a question measures in: of "kinh phí" it is money, of "thời hạn" time."""
    clause = re.split(r"[,;:?!]", before)[-1]
    named = {
        match.start(): dimension
        for dimension, pattern in _DIMENSIONS.items()
        for match in pattern.finditer(clause)
    }
    if noun[:2] == ("ngan", "sach"):
        return "money"
    if noun or not named:
        return None
    return named[max(named)]


def _measured(before: str) -> tuple[str, ...]:
    """Return the last two words before "bao nhiêu" that say what is measured."""
    clause = re.split(r"[,;:?!]", before)[-1]
    kept = [
        word
        for word in folded_tokens(clause)
        if word not in _BEFORE_UNSURE and not word[0].isdigit()
    ]
    return tuple(kept[-2:])


def _aim(folded: str) -> TargetKind | None:
    aims, results = bool(_TARGET.search(folded)), bool(_RESULT.search(folded))
    if aims == results:
        return None
    return "target" if aims else "result"


def plain(text: str) -> str:
    """Return a text without marks, in small letters, with single spaces."""
    return " ".join(fold(text).casefold().split())
