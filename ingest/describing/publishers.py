"""Who published a text: the press that its frame names, or the body that issued it."""

import re

from ingest.cleaning.bylines import source_name
from ingest.cleaning.letterhead import Letterhead
from ingest.cleaning.lines import Layout
from ingest.cleaning.press import find_dateline, periodical
from ingest.describing.issuers import authority_in, issuer_by_symbol, known_issuer, local_issuer
from ingest.describing.titles import is_named
from ingest.places import find_places

_DATELINE_PARAGRAPHS = 3
_TITLE_LINES = 3
_BY = re.compile(r"\s(?:của|do)\s+")
_DEPARTMENT = re.compile(r"^(?:SỞ|CỤC|TỔNG CỤC|VĂN PHÒNG|BAN QUẢN LÝ)\s")
_ISSUER_FIELDS = ("co quan ban hanh", "noi ban hanh")


def press_publisher(whole: Layout, layout: Layout) -> str | None:
    """Return the press that a dateline names, or a line above, around or below the article.

    `whole`: the layout of the text as it is, `layout`: without what is dropped.
    """
    opening = [i for i in range(len(whole.lines)) if layout.reasons.get(i) == "lead"]
    for index in (*opening, *layout.prose[:_DATELINE_PARAGRAPHS]):
        dateline = find_dateline(whole.lines[index].text)
        if dateline and dateline.publisher:
            return dateline.publisher
    for reason in ("banner", "source", "running_head"):
        for index, line in enumerate(whole.lines):
            name = _periodical(line.text, reason) if layout.reasons.get(index) == reason else None
            if name:
                return name
    return None


def _periodical(text: str, reason: str) -> str | None:
    return source_name(text) if reason == "source" else periodical(text)


def issuing_body(
    layout: Layout, head: Letterhead, number: str | None, locality: str | None
) -> str | None:
    """Return the body that issued a legal document.

    In order: a portal's table, the words of the title, the letterhead, the symbol of the number.
    """
    field = next((head.fields[key] for key in _ISSUER_FIELDS if key in head.fields), None)
    return field or _named(layout) or _lettered(head) or _by_symbol(head, number, locality)


def _named(layout: Layout) -> str | None:
    """Return the body that a title with a number names: "Kết luận số 69-KL/TW của ..."."""
    for index in layout.kept[:_TITLE_LINES]:
        text = layout.lines[index].text
        if is_named(text) and (match := _BY.search(text)):
            return authority_in(text[match.end() :])
    return None


def _lettered(head: Letterhead) -> str | None:
    """Return the body that the letterhead names last: above it stands the one over it."""
    for position in reversed(range(len(head.issuer))):
        line = head.issuer[position]
        below = head.issuer[position + 1] if position + 1 < len(head.issuer) else ""
        if _DEPARTMENT.match(line) and line.isupper():
            return line.capitalize()
        if name := known_issuer(line) or local_issuer(f"{line} {below}".strip()):
            return name
    return known_issuer(" ".join(head.issuer))


def _by_symbol(head: Letterhead, number: str | None, locality: str | None) -> str | None:
    if not number:
        return None
    places = find_places(" ".join(head.issuer))
    return issuer_by_symbol(number, places[0].name if places else locality)
