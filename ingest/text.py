"""The one door for all text: normal form, folding, and the tokens that are indexed."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

# Wrongly extracted PDFs write the letter oi (U+01A2/3) where they mean U/u with horn.
_EXTRACTION_FAULTS = str.maketrans({"\u01a2": "Ư", "\u01a3": "ư"})
# What programs put where a line may be cut: inside a figure it would make two of it.
_CUTS = re.compile("(?<=[\\d.,])[\u00ad\u200b-\u200d\u2060\ufeff]+(?=[\\d.,%])")
_MARKS = re.compile("[\u0300-\u036f]+")
_TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")

# Shapes of legal document numbers: 4098/QĐ-UBND, 57-NQ/TW, 20/2023/QH15, 66.22/2026/NQ-CP; spaced
# as 942/ QĐ-TTg, 24 -NQ/TW and 4098/QĐ- UBND, and typed small as 57-nq/tw. "Năm 2025 - UBND" is
# none, but "2025-NQ/TW" would be; nor are the year of QCVN 6:2010/BYT and a price as in 100/USD.
_SERIAL = r"\d{1,5}(?:\.\d{1,3}|[a-d](?=/))?(?:\s?/\s?\d{4})?"
_LETTER = "A-ZĐƯ"
_LEGAL_KIND = (
    rf"(?!(?:USD|VND|VNĐ|EUR|GDP|GRDP|TP|AI)(?!\w))"
    rf"(?:[{_LETTER}]{{2,3}}[ri][{_LETTER}]{{0,4}}|QyĐ|[{_LETTER}]{{2,10}}\d{{0,2}}|L(?=[-/]))"
)
_LEGAL_ISSUER = rf"[-/–][{_LETTER}][A-Za-zĐđƯư0-9]*"
_LEGAL_SPACED = rf"(?:\s[-/–]|[-/–]\s)[{_LETTER}]{{2,10}}[a-z]?\d{{0,2}}(?!\w|\s?/)"
_LEGAL_ISSUERS = rf"(?:{_LEGAL_SPACED})?(?:{_LEGAL_ISSUER}){{0,4}}"
_LEGAL_JOINT = rf"(?:\s?/\s?|[-–]|(?:\s[-–]\s?|[-–]\s)(?=[{_LETTER}]+/[{_LETTER}]))"
_SMALL_KIND = (
    "(?:nq|qđ|qd|kh|nđ|nd|ttlt|ttr|tt|ctr|ct|kl|cv|hd|tb|bc|đa|da|vbhn|gm"
    "|NQ|QĐ|KH|NĐ|TT|CT|Nq|Qđ|Qd|Kh|Nđ|Nd|Tt|Ct)"
)
_LEGAL_SMALL = rf"[-/]\s?(?:{_SMALL_KIND}|[a-zđ]{{2,6}}(?=-))[-/][A-ZĐƯ]?[a-zđư]{{1,8}}|/qh\d\d"
LEGAL_NUMBER = re.compile(
    rf"(?<![\w/-])(?<!\d[.,:])(?<!\d:\s){_SERIAL}(?:{_LEGAL_JOINT}{_LEGAL_KIND}{_LEGAL_ISSUERS}|{_LEGAL_SMALL})(?!\w)"
)
_LEGAL_TOKEN = rf"{_SERIAL}[/-][^\W\d_]{{1,6}}\d{{0,2}}(?:[-/][^\W\d_]\w*){{0,3}}(?!\w)"
_TOKEN = re.compile(rf"{_LEGAL_TOKEN}|\d+(?:[.,/]\d+)*|%|[^\W_]+", re.UNICODE)
_TOKEN_PARTS = re.compile(r"[/-]")


def readable(text: str) -> str:
    """Return the text without lone surrogates: no file and no answer can hold them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def normalise(text: str) -> str:
    """Return the text as it is stored: NFC, line ends as one newline, letters repaired."""
    text = readable(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return unicodedata.normalize("NFC", _CUTS.sub("", text.translate(_EXTRACTION_FAULTS)))


def fold(text: str) -> str:
    """Return the text without Vietnamese marks: đ first, as it does not decompose."""
    text = text.replace("đ", "d").replace("Đ", "D")
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))


def has_marks(text: str) -> bool:
    """Tell whether the text carries any Vietnamese mark."""
    return fold(text) != unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1 << 15)
def index_form(token: str) -> str:
    """Return a lower-case token with its tone mark moved to the end: hoà and hòa are one."""
    decomposed = unicodedata.normalize("NFD", token.casefold())
    letters = "".join(c for c in decomposed if c not in _TONE_MARKS)
    tones = "".join(c for c in decomposed if c in _TONE_MARKS)
    return unicodedata.normalize("NFC", letters) + tones


def words(text: str) -> list[str]:
    """Return the text's tokens as written: syllables, figures, legal document numbers whole."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def tokens(text: str) -> list[str]:
    """Return index-form tokens; a legal document number is followed by its parts."""
    found: list[str] = []
    for word in words(text):
        form = index_form(word)
        found.append(form)
        if word[0].isdigit() and not word.isdigit():
            parts = [part for part in _TOKEN_PARTS.split(form) if part]
            found.extend(part for part in parts if part != form)
    return found


def folded_tokens(text: str) -> list[str]:
    """Return the tokens of the text without marks."""
    return tokens(fold(text))


def with_pairs(syllables: list[str]) -> list[str]:
    """Return the tokens and each pair of neighbours: pairs do the work of word segmentation."""
    return syllables + [f"{first} {second}" for first, second in pairwise(syllables)]
