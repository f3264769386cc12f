"""Questions for an address, a number to call, a page or a mail address: sentences with one."""

import re

from app.asked import plain
from app.evidence import Evidence
from app.names import CAPITAL

# What is asked for, without marks, and what a sentence that tells it has.
_KINDS = (
    (
        re.compile(r"\b(?:so (?:dien thoai|dt|hotline)|hotline|duong day nong|goi so nao|phone)\b"),
        re.compile(r"(?<!\d)(?:\+?\d[\s.]?){7,12}(?!\d)|(?<!\d)1[89]00\d{2,4}"),
    ),
    (
        re.compile(r"\b(?:email|e-mail|thu dien tu|hop thu|gmail)\b"),
        re.compile(r"[\w.-]+@[\w-]+\.\w+"),
    ),
    (
        re.compile(r"\b(?:trang web|website|dia chi web|duong link|link|ten mien|url)\b"),
        re.compile(
            r"(?:https?://|www\.)\S+|(?<![\w@])[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|gov)\b"
        ),
    ),
    (
        re.compile(
            r"\b(?:dia chi|so nha|(?:o|tai|tren) (?:duong|pho|ngo|nga tu) (?:nao|gi|may)"
            r"|ten (?:duong|pho))\b"
            r"(?! (?:ip|email|thu|web))"
        ),
        re.compile(
            r"(?<!\w)(?:số(?: nhà)?|ngõ|phố|đường|đại lộ|quốc lộ)\s+(?:\d+[A-Z]?,?\s+)?"
            r"(?:phố |đường )?"
            rf"{CAPITAL}\w+|(?<!\w)(?:số(?: nhà)?|tầng)\s+\d+"
        ),
    ),
)


def tells_contact(question: str, item: Evidence) -> bool:
    """Tell whether a sentence has each kind of contact that a question asks for, if it does."""
    asked = plain(question)
    return all(told.search(item.quote) for wanted, told in _KINDS if wanted.search(asked))


def asks_contact(question: str) -> bool:
    """Tell whether a question asks for an address, a number to call, a page or a mail address."""
    asked = plain(question)
    return any(wanted.search(asked) for wanted, _ in _KINDS)
