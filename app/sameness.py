"""When two indicators are one: the same head, and the same words whatever their order and form.

Words of grammar, spellings, short forms and a few synonyms are set aside; every other word tells
two indicators apart ("cấp xã", "chưa", "mức độ 4"). Where that leaves a doubt they are two.
"""

import re
from functools import cache

from ingest.text import fold, folded_tokens, has_marks, index_form, tokens

Key = tuple[str, frozenset[str]]

# What kind of measure an indicator opens with, the longest form first; folded, without grammar.
_HEADS = (
    ("planned", r"ty le thuc hien (?:ke hoach|chi tieu|du toan|muc tieu)"),
    ("exceeded", r"muc (?:vuot|cao hon|thap hon)"),
    ("steps", r"so (?:bac|lan|diem phan tram)(?: (?:tang|giam|gap|tut|lui|cao hon|thap hon))?"),
    ("years", r"so nam lien tiep"),
    ("growth", r"(?:muc|toc do) tang(?: truong)?|tang truong"),
    ("fall", r"(?:muc|toc do) (?:cat giam|giam|tiet kiem)"),
    ("rank", r"(?:thu|xep) hang(?: nhom)?|vi tri(?: nhom)?"),
    ("share", r"ty le|muc do(?= hai long)"),
    ("count", r"(?:tong )?so(?: luong)?(?! lieu\b)"),
)
_HEAD = re.compile("|".join(rf"(?P<{name}>(?:{words})\b)" for name, words in _HEADS))
# Phrases that say the same, folded and without words of grammar.
_SAME_WORDS = (
    (r"t[yi] (?:le|trong|suat)", "ty le"),
    (r"so hoa", "sohoa"),
    (r"tthc", "thu tuc hanh chinh"),
    (r"dvctt", "dich vu cong truc tuyen"),
    (r"dvc", "dich vu cong"),
    (r"cntt", "cong nghe thong tin"),
    (r"tmdt", "thuong mai dien tu"),
    (r"csdl", "co so du lieu"),
    (r"cccd", "can cuoc cong dan"),
    (r"nsld", "nang suat lao dong"),
    (r"kts", "kinh te so"),
    (r"cds", "chuyen doi so"),
    (r"dnnvv|smes?", "doanh nghiep nho vua"),
    (r"dn", "doanh nghiep"),
    (r"bhyt", "bao hiem y te"),
    (r"ho (?:gia dinh|dan)", "ho"),
    (r"smartphone|dien thoai (?:di dong )?thong minh", "dien thoai thong minh"),
    (r"bang thong rong", "bang rong"),
    (r"moi truong mang", "mang"),
    (r"khong (?:su )?dung tien mat", "khong tien mat"),
    (r"su dung|ung dung|dung", "dung"),
    (r"(?:hang|moi|tung) nam", "hang nam"),
    (r"tong san pham(?: dia ban)?(?: grdp)?", "grdp"),
    (r"dia ban(?: (?:toan )?(?:tinh|thanh pho))?|toan (?:tinh|thanh pho)", ""),
)
_REWRITTEN = tuple((re.compile(rf"\b(?:{words})\b"), other) for words, other in _SAME_WORDS)
# What stands behind "trong" and "theo" tells indicators apart, they themselves do not. Taken out
# before marks are: "cho" may be "chợ", "dat" "đất".
_GRAMMAR_WORDS = (
    "của các những được có đã là trong trên tại ở cho với đạt và về từ đến bằng qua theo thuộc "
    "bởi do một"
)
_GRAMMAR = frozenset(map(index_form, _GRAMMAR_WORDS.split()))
_PLAIN_WORDS = "cua cac nhung duoc da trong tren tai voi va theo thuoc"
_PLAIN_GRAMMAR = frozenset(_PLAIN_WORDS.split())
# "Chỉ số chuyển đổi số cấp tỉnh (DTI)" is DTI.
_ACRONYM = re.compile(
    r"(?:chỉ số|bảng xếp hạng)(?:\s[^()\d,;]*?)?\s\(?(?P<short>[A-ZĐ]{3,}(?:\s[A-Z][A-Za-z]+)?)\)?"
    r"(?:\s\([^()]*\))?(?:\scấp tỉnh)?"
)
_DROPPED_WITH = {"growth": frozenset({"hang", "nam"}), "fall": frozenset({"hang", "nam"})}
_PRODUCT = frozenset({"grdp", "gdp"})
_ECONOMY = frozenset({"kinh", "te"})


@cache
def indicator_key(indicator: str) -> Key:
    """Return what two names of the same indicator have in common and no other one has."""
    text = plain(indicator)
    head = _HEAD.match(text)
    kind = head.lastgroup or "" if head else ""
    words = frozenset(text[head.end() if head else 0 :].split())
    words -= _DROPPED_WITH.get(kind, frozenset())
    if kind == "share" and words >= _ECONOMY and len(words - _PRODUCT) <= len(_ECONOMY) + 1:
        words -= _PRODUCT
    return kind, words


def plain(text: str) -> str:
    """Return words without marks and grammar, other forms of the same ones written as one."""
    shortened = _ACRONYM.sub(lambda match: match["short"], text)
    grammar = _GRAMMAR if has_marks(text) else _PLAIN_GRAMMAR
    folded = fold(" ".join(word for word in tokens(shortened) if word not in grammar))
    for rule, other in _REWRITTEN:
        folded = rule.sub(other, folded)
    return " ".join(folded.split())


def units_agree(one: str | None, other: str | None) -> bool:
    """Tell whether two units measure the same: equal, or one thing named with more words."""
    if one is None or other is None or one == other:
        return one == other
    short, long = sorted((folded_tokens(one), folded_tokens(other)), key=len)
    counted = len(long) > len(short) > 0 and one[0].isalpha() and "/" not in one + other
    return counted and long[: len(short)] == short and "phan" not in long
