"""Small pieces of escaped HTML that every part of the page is made of."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from app.answers import Language
from app.web.strings import Strings


def join(parts: Iterable[Markup]) -> Markup:
    """Return the parts one after another."""
    return Markup("").join(parts)


def optional(kind: str, text: str | None) -> Markup:
    """Return a paragraph of a kind, or nothing where there is no text."""
    return Markup('<p class="{}">{}</p>').format(kind, text) if text else Markup("")


def in_language(language: Language, strings: Strings) -> Markup:
    """Return the attribute of words in another language than the page's; nothing in the same."""
    if language == strings.language:
        return Markup("")
    return Markup(' lang="{}"').format(language)


def render_link(target: str) -> Markup:
    """Return a link for an http(s) address; anything else stays plain text."""
    if re.match(r"https?://[^\s]+$", target):
        return Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(target)
    return escape(target)
