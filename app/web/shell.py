"""The document that Gradio fills: in our language, nothing from elsewhere, a strict policy."""

import hashlib
import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

from app.web.addresses import HOMES, in_other_language
from app.web.frame import render_chat_header, render_footer
from app.web.strings import Strings

STATIC = Path(__file__).parent / "static"

# Our own pages and what the chat asks of Gradio; everything else that Gradio would offer (uploads,
# a proxy, files, API pages, monitoring) is closed.
_OPEN_PATHS = re.compile(
    r"/en|/(?:en/)?(?:|assets/[^/]+|theme\.css|hoidap/[^/]+|favicon\.ico|robots\.txt"
    r"|tra-cuu(?:\.csv|\.xlsx)?|tai-lieu(?:/(?s:.+))?|gioi-thieu"
    r"|gradio_api/(?:queue/(?:join|data)|heartbeat/[^/]+|cancel|startup-events|theme\.css)"
    r")/?"
)

_HTML_TAG = re.compile(r"<html\b[^>]*>", re.IGNORECASE)
_BODY_TAG = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_GRADIO_END = re.compile(r"</gradio-app>", re.IGNORECASE)
_HEAD_END = re.compile(r"</head>", re.IGNORECASE)
# Cards for social networks that point to Gradio's own site, an app manifest, and the script that
# would size the page inside somebody else's frame.
_UNWANTED = re.compile(
    r"<meta\s[^>]*?(?:property=\"og:|name=\"twitter:)[^>]*>"
    r"|<link\s[^>]*?rel=\"manifest\"[^>]*>"
    r"|<script>(?:(?!</script>).)*iframeResizer\.contentWindow(?:(?!</script>).)*</script>",
    re.IGNORECASE | re.DOTALL,
)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)


def is_open(path: str) -> bool:
    """Return whether the page needs this path."""
    return _OPEN_PATHS.fullmatch(path) is not None


def content_security_policy(nonce: str) -> str:
    """Return the policy of the page: no host but our own.

    Gradio forces three things. 'unsafe-eval': its HTML component compiles its template with
    Function(). Inline scripts in its document: each one gets the nonce of its response, so a
    script that slips into the page does not run. 'unsafe-inline' for styles: its components set
    style attributes and add style elements as they load. Its icons are data: images.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


@cache
def static_address(name: str) -> str:
    """Return the address of a static file; it changes with the content, so it may be cached."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"hoidap/{name}?v={digest}"


def rewrite_document(document: str, strings: Strings, contact: str | None, nonce: str) -> str:
    """Return Gradio's document as our own: the frame is there before any script has run."""
    home = f"/{HOMES[strings.language]}"
    elsewhere = in_other_language(home, "", strings.language)
    header = render_chat_header(strings, static_address("emblem.svg"), elsewhere)
    footer = render_footer(strings.page.privacy, contact, strings)
    document = _UNWANTED.sub("", document)
    document = _HTML_TAG.sub(f'<html lang="{strings.language}" class="hoidap">', document, count=1)
    document = _HEAD_END.sub(lambda end: str(_head(strings)) + end[0], document, count=1)
    document = _BODY_TAG.sub(lambda tag: tag[0] + str(header), document, count=1)
    document = _GRADIO_END.sub(lambda end: end[0] + str(footer), document, count=1)
    return _SCRIPT.sub(f'<script nonce="{nonce}"', document)


def _head(strings: Strings) -> Markup:
    return Markup(
        '<title>{title}</title><meta name="description" content="{description}">'
        '<link rel="icon" type="image/svg+xml" href="{icon}"><link rel="stylesheet" href="{style}">'
        '<script defer src="{script}" data-language="{language}"></script>'
    ).format(
        title=strings.page.title,
        description=strings.page.description,
        icon=static_address("icon.svg"),
        style=static_address("page.css"),
        script=static_address("page.js"),
        language=strings.language,
    )
