"""The page on which a document is read: its stored text, with the cited sentence marked."""

from collections.abc import Mapping
from itertools import groupby

from markupsafe import Markup

from app.catalogue import StoredDocument
from app.web.addresses import MARK, TARGETS, check_of
from app.web.layout import Block, Piece, lay_out
from app.web.markup import in_language, join, optional
from app.web.selection import Selection
from app.web.site import Site, SitePage
from app.web.sources import format_date, source_label
from ingest.documents import Description

_LOWEST_LEVEL = 6

Span = tuple[int, int]


def reading_page(document: StoredDocument, parameters: Mapping[str, str], site: Site) -> SitePage:
    """Return a document's page; the parameters may name a quote to be marked."""
    asked = "start" in parameters or "end" in parameters
    marked = quoted_span(document.text, parameters)
    words = site.strings.reading
    description = document.description
    moved = Markup('<p class="moved" role="alert">{}</p>').format(words.moved)
    content = Markup(
        '<article class="document"><header><h1>{title}</h1>{facts}{links}{moved}</header>'
        '<div class="text"{vietnamese}>{text}</div></article>'
    ).format(
        vietnamese=in_language("vi", site.strings),
        title=description.title,
        facts=_facts(description, site),
        links=_links(description, marked, site),
        moved=moved if asked and marked is None else "",
        text=render_text(document, marked, site),
    )
    return SitePage(description.title, words.automatic, content)


def missing_page(document_id: str, site: Site) -> SitePage:
    """Return what is said where there is no document of that id."""
    words = site.strings.missing
    text = words.text.format(document=document_id)
    content = Markup("<h1>{}</h1><p>{}</p>").format(words.title, text)
    return SitePage(words.title, site.strings.reading.automatic, content, status=404)


def quoted_span(text: str, parameters: Mapping[str, str]) -> Span | None:
    """Return the span that the parameters name, where it lies in the text and is what was quoted.

    An offset alone would mark another sentence once the document has changed.
    """
    given = [parameters.get(name, "") for name in ("start", "end")]
    if not all(value.isascii() and value.isdigit() and len(value) < 10 for value in given):
        return None
    start, end = map(int, given)
    if not 0 <= start < end <= len(text):
        return None
    check = parameters.get("check")
    return (start, end) if check in (None, check_of(text[start:end])) else None


def render_text(document: StoredDocument, marked: Span | None, site: Site) -> Markup:
    """Return the whole text; what is not part of the document is folded away."""
    parts = []
    for dropped, group in groupby(lay_out(document, marked), key=lambda block: block.dropped):
        blocks = list(group)
        rendered = join(_block(block, document.text, marked, site) for block in blocks)
        parts.append(_folded(rendered, blocks, site) if dropped else rendered)
    return join(parts)


def _folded(rendered: Markup, blocks: list[Block], site: Site) -> Markup:
    opened = any(piece.marked for block in blocks for piece in block.pieces)
    return Markup('<details class="dropped"{}><summary>{}</summary>{}</details>').format(
        Markup(" open") if opened else "",
        site.strings.reading.dropped.format(count=len(blocks)),
        rendered,
    )


def _block(block: Block, text: str, marked: Span | None, site: Site) -> Markup:
    name = "p" if block.level is None else f"h{min(block.level + 1, _LOWEST_LEVEL)}"
    pieces = join(_piece(piece, text, marked, site) for piece in block.pieces)
    return Markup("<{0}>{1}</{0}>").format(Markup(name), pieces)


def _piece(piece: Piece, text: str, marked: Span | None, site: Site) -> Markup:
    words = text[piece.start : piece.end]
    page = Markup("")
    if piece.page is not None:
        page = Markup('<span class="page-start" id="trang-{}">{}</span> ').format(
            piece.page, site.strings.reading.page.format(page=piece.page)
        )
    if piece.marked:
        first = marked is not None and piece.start <= marked[0]
        return page + Markup("<mark{}>{}</mark>").format(
            Markup(f' id="{MARK}" tabindex="-1"') if first else "", words
        )
    if piece.dropped:
        return page + Markup('<span class="left-out">{}</span>').format(words)
    return page + words


def _facts(description: Description, site: Site) -> Markup:
    words, dates = site.strings.reading, site.strings.date
    number, author, since = description.number, description.author, description.effective_date
    parts = (
        source_label(description, site.strings),
        number and words.number.format(number=number),
        author and words.author.format(author=author),
        since and words.effective.format(date=format_date(since, dates)),
    )
    relations = (
        (words.replaced_by, description.replaced_by),
        (words.replaces, description.replaces),
        (words.also_in, description.also_in),
    )
    return optional("facts", " · ".join(filter(None, parts))) + join(
        optional("relation", text.format(documents=", ".join(others)))
        for text, others in relations
        if others
    )


def _links(description: Description, marked: Span | None, site: Site) -> Markup:
    words = site.strings.reading
    rows = site.to(Selection(document=description.id).address(TARGETS))
    return Markup('<p class="links">{}<a href="{}">{}</a></p>').format(
        Markup('<a href="#{}">{}</a> ').format(MARK, words.to_quote) if marked else "",
        rows,
        words.targets,
    )
