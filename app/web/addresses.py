"""Where things of the site are: addresses from its root, document ids rightly encoded."""

import hashlib
from urllib.parse import parse_qsl, quote, urlencode

from app.answers import Language

CHAT = "./"
TARGETS = "tra-cuu"
DOCUMENTS = "tai-lieu"
ABOUT = "gioi-thieu"
# Where the pages of each language are, from the root of the site.
HOMES: dict[Language, str] = {"vi": "", "en": "en/"}
OTHER: dict[Language, Language] = {"vi": "en", "en": "vi"}
# The marked sentence on the page of a document.
MARK = "trich"
CONTENT = "noi-dung"
# In the fragment of the chat's address: a question, and the library version it was answered from.
QUESTION = "hoi"
VERSION = "ban"

_CHECK_LENGTH = 8


def document_address(document_id: str) -> str:
    """Return where a document is read; its folders stay folders of the address."""
    return f"{DOCUMENTS}/{quote(document_id, safe='/', errors='replace')}"


def quote_address(document_id: str, start: int, end: int, text: str) -> str:
    """Return where a quote is marked in its document."""
    span = urlencode({"start": start, "end": end, "check": check_of(text)})
    return f"{document_address(document_id)}?{span}#{MARK}"


def check_of(text: str) -> str:
    """Return what tells whether a text still is what was quoted."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_CHECK_LENGTH]


def question_fragment(question: str, version: str | None) -> str:
    """Return the fragment of an address that asks a question again."""
    since = f"&{VERSION}={quote(version, safe='')}" if version else ""
    return f"{QUESTION}={quote(question, safe='', errors='replace')}{since}"


def home_from(path: str, language: Language) -> str:
    """Return the way from a path up to the pages of its language."""
    return "../" * (path.count("/") - 1 - HOMES[language].count("/"))


def in_other_language(path: str, query: str, language: Language) -> str:
    """Return the way from a path to the same page in the other language.

    It is told relative to the path, as the site's root need not be the host's.
    """
    page = path.removeprefix(f"/{HOMES[language]}")
    root = home_from(path, language) + "../" * HOMES[language].count("/")
    address = f"{root}{HOMES[OTHER[language]]}{page}" or CHAT
    return f"{address}?{query}" if query else address


def moved_to(path: str, query: str) -> str | None:
    """Return where an address leads that asks for a language ("?lang=en"); None where none does."""
    if path == "/en":
        return "en/"
    asked = [(name, value) for name, value in parse_qsl(query) if name == "lang"]
    wanted = next((language for language in HOMES if ("lang", language) in asked), None)
    if wanted is None:
        return None
    language: Language = "en" if path.startswith(f"/{HOMES['en']}") else "vi"
    rest = urlencode([item for item in parse_qsl(query) if item not in asked])
    path = quote(path)
    if wanted != language:
        return in_other_language(path, rest, language)
    address = path.rpartition("/")[2] or CHAT
    return f"{address}?{rest}" if rest else address
