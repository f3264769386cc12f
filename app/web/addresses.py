"""Where things of the site are: addresses from its root, document ids rightly encoded."""

import hashlib
from urllib.parse import quote, urlencode

CHAT = "./"
TARGETS = "tra-cuu"
DOCUMENTS = "tai-lieu"
# The marked sentence on the page of a document.
MARK = "trich"
CONTENT = "noi-dung"

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


def root_from(path: str) -> str:
    """Return the way from a path up to the site's root, which need not be the host's."""
    return "../" * (path.count("/") - 1)
