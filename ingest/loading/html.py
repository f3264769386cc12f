"""HTML pages: the main article with its headings, lists and tables; menus and scripts left out.

trafilatura tells which text is the article; what is stored is read from the page itself, as the
extracted form loses merged cells and the numbers of lists.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ingest.errors import DocumentError
from ingest.loading.encodings import (
    Decoded,
    convert,
    decode,
    detect_legacy,
    guess_note,
    read_bytes,
    surface,
)
from ingest.loading.html_meta import stated_by
from ingest.loading.layout import LOOKED_BACK, TextBuilder, one_line, raised, spaced
from ingest.loading.loaded import LoadedFile, Stated
from ingest.loading.tables import GridCell, holds_figures, write_table
from ingest.text import normalise

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_WESTERN = frozenset(("iso-8859-1", "latin1", "windows-1252", "us-ascii", "x-user-defined"))
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "head", "nav", "aside", "footer", "form", "button",
     "select", "option", "textarea", "iframe", "object", "embed", "svg", "canvas", "audio", "video",
     "map", "dialog", "menu", "del", "s", "strike")
)  # fmt: skip
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
     "dl", "dt", "fieldset", "figcaption", "figure", "header", "hr", "html", "legend", "li", "main",
     "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
     "ul", "h1", "h2", "h3", "h4", "h5", "h6")
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Parts of a page that their makers name so, in English or Vietnamese: not the article.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|share|sharing|socials?|related|breadcrumbs?|menu|navbar|sidebar|"
    r"advert\w*|ads|pagination|pager|cookies?|lien-?quan|binh-?luan|chia-?se|cung-?chuyen-?muc)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;]*line-through", re.IGNORECASE
)
_ARTICLES = (
    "//article[not(ancestor::article)] | //main | //*[@role='main'] | //*[@itemprop='articleBody']"
)
_LAYOUT_CELL_CHARACTERS = 1000
_MIN_ARTICLE_CHARACTERS = 200
_AGREEMENT = 0.8
_SMALL_SHARE = 0.4
_WHOLE_SHARE = 0.9
_MIN_LINKS = 3
_LINK_SHARE = 0.75
_MAX_SPAN = 200


def load_html(path: Path) -> LoadedFile:
    """Return an HTML page; raise DocumentError where there is no text in it."""
    import lxml.html

    decoded = _decoded(read_bytes(path))
    if not decoded.text.strip():
        raise DocumentError("The file is empty: there is no text to ingest.")
    root = lxml.html.document_fromstring(_XML.sub("", decoded.text))
    stated = stated_by(root)
    article, note = _article(root, decoded.text)
    notes = [*decoded.notes, *([note] if note else [])]
    headline = _headline(root, article)
    loaded = _written(article, headline, None)
    if legacy := detect_legacy(loaded.text):
        loaded = _written(article, headline, legacy)
        notes.append(guess_note(legacy))
        if stated.title:
            stated = replace(stated, title=normalise(convert(stated.title, legacy)))
    if not loaded.text:
        raise DocumentError("The page holds no text: it may be drawn by a script; save its text.")
    return replace(loaded, stated=stated, notes=tuple(notes))


def _decoded(data: bytes) -> Decoded:
    """Return the page in Unicode: by its bytes where they are UTF-8, else as the page declares."""
    declared = _DECLARED.search(data[:4096])
    name = declared.group(1).decode("ascii").casefold() if declared else ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if name in _WESTERN:
            return Decoded(normalise(surface(data)))
        try:
            # A declaration that could be read as ASCII is not in UTF-16, whatever it says.
            if name and not name.startswith("utf-"):
                return Decoded(normalise(data.decode(name)))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _article(root: Any, page: str) -> tuple[Any, str | None]:
    """Return the element that holds the article, and a note where it had to be guessed."""
    body = root.find("body")
    body = root if body is None else body
    paragraphs = _extracted(page)
    wanted = sum(map(len, paragraphs))
    marked = [
        node for node in root.xpath(_ARTICLES) if _text_length(node) >= _MIN_ARTICLE_CHARACTERS
    ]
    for node in sorted(marked, key=_text_length):
        if _held(node, paragraphs) >= _AGREEMENT * wanted:
            return node, None
    if wanted < _MIN_ARTICLE_CHARACTERS:
        return body, None if _is_bare(
            body
        ) else "The main article was not found: the whole page was read."
    best = body
    while (child := _holding_child(best, paragraphs, wanted)) is not None:
        best = child
    if _text_length(best) >= _WHOLE_SHARE * _text_length(body):
        return best, None
    return (
        best,
        "The main article is not marked in the page and was guessed: check its beginning and end.",
    )


def _is_bare(body: Any) -> bool:
    """Tell whether a page has nothing but its text: no links to speak of."""
    return len(body.findall(".//a")) < _MIN_LINKS


def _extracted(page: str) -> list[str]:
    """Return the article's paragraphs as trafilatura tells them, their white space taken out."""
    import trafilatura

    # It logs pages without an article as errors; here that is an answer.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = trafilatura.extract(
        page, output_format="txt", include_comments=False, include_tables=False, favor_recall=True
    )
    return [bare for line in (text or "").splitlines() if (bare := _bare(line))]


def _bare(text: str) -> str:
    return "".join(text.split())


def _held(node: Any, paragraphs: list[str]) -> int:
    text = _bare(normalise(node.text_content()))
    return sum(len(paragraph) for paragraph in paragraphs if paragraph in text)


def _holding_child(node: Any, paragraphs: list[str], wanted: int) -> Any | None:
    for child in node:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN | {"table", "tbody", "p"}:
            if _held(child, paragraphs) >= _AGREEMENT * wanted:
                return child
        elif child.tag in ("table", "tbody"):
            inner = _holding_cell(child, paragraphs, wanted)
            if inner is not None:
                return inner
    return None


def _holding_cell(table: Any, paragraphs: list[str], wanted: int) -> Any | None:
    for cell in table.iter("td"):
        if _held(cell, paragraphs) >= _AGREEMENT * wanted:
            return cell
    return None


def _text_length(node: Any) -> int:
    return len(_bare(node.text_content()))


def _headline(root: Any, article: Any) -> Any | None:
    """Return the page's one first-level heading where it stands outside of the article."""
    found = root.xpath("//body//h1")
    return found[0] if len(found) == 1 and article not in found[0].iterancestors() else None


def _written(article: Any, headline: Any | None, legacy: str | None) -> LoadedFile:
    writer = _Writer(TextBuilder(), _text_length(article), legacy)
    if headline is not None:
        writer.write_heading(headline)
    writer.write(article)
    writer.flush()
    return writer.builder.build(Stated(), ())


@dataclass(slots=True)
class _Writer:
    """Walks the article and writes a line for each block; inline text waits in `inline`."""

    builder: TextBuilder
    length: int
    legacy: str | None
    inline: list[str] = field(default_factory=list)

    def write(self, node: Any) -> None:
        """Write an element's content in the page's order."""
        self._add(node.text, node)
        for child in node:
            if isinstance(child.tag, str) and not self._is_left_out(child):
                self._element(child)
            self._add(child.tail, node)

    def write_heading(self, node: Any) -> None:
        """Write a heading element as one line."""
        text = _inline_text(node)
        self.builder.heading(
            convert(text, self.legacy) if self.legacy else text, _HEADINGS[node.tag]
        )

    def flush(self, prefix: str = "") -> None:
        """Write the inline text that waits, one line a line break."""
        text, self.inline = "".join(self.inline), []
        if self.legacy:
            text = convert(text, self.legacy)
        for line in text.split("\n"):
            if line.strip():
                self.builder.line(prefix + line.strip())
                prefix = ""

    def _element(self, node: Any) -> None:
        tag = node.tag
        if tag == "br":
            self.inline.append("\n")
        elif tag in _HEADINGS:
            self.flush()
            self.write_heading(node)
        elif tag == "table":
            self.flush()
            self._table(node)
        elif tag in ("ul", "ol", "dir"):
            self.flush()
            self._list(node)
        elif tag == "pre":
            self.flush()
            self.builder.lines(node.text_content())
        elif tag in _BLOCKS:
            self.flush()
            self.write(node)
            self.flush()
        else:
            self.write(node)

    def _add(self, text: str | None, parent: Any) -> None:
        if not text:
            return
        text = spaced(text)
        if _is_raised(parent):
            text = raised(text, "".join(self.inline[-LOOKED_BACK:])[-LOOKED_BACK:])
        self.inline.append(text)

    def _list(self, node: Any) -> None:
        number = _integer(node.get("start"), 1)
        for item in node:
            if item.tag != "li":
                if isinstance(item.tag, str) and not self._is_left_out(item):
                    self._element(item)
                    self.flush()
                continue
            number = _integer(item.get("value"), number)
            label = f"{_label(number, node.get('type'))}. " if node.tag == "ol" else "- "
            self._item(item, label)
            number += 1

    def _item(self, item: Any, label: str) -> None:
        """Write a list item: its own line with its mark, then what is nested in it."""
        self._add(item.text, item)
        waiting = label
        for child in item:
            if isinstance(child.tag, str) and not self._is_left_out(child):
                if child.tag in _BLOCKS and "".join(self.inline).strip():
                    self.flush(waiting)
                    waiting = ""
                if child.tag in ("p", "div", "span", "section") and waiting:
                    self.write(child)
                    if child.tag != "span":
                        self.flush(waiting)
                        waiting = ""
                else:
                    self._element(child)
            self._add(child.tail, item)
        self.flush(waiting)

    def _table(self, table: Any) -> None:
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        caption = table.find("caption")
        if caption is not None:
            self.write(caption)
            self.flush()
        if _is_layout(table, rows):
            for row in rows:
                for cell in _cells(row):
                    self.write(cell)
                    self.flush()
            return
        write_table(self.builder, _grid(rows, self.legacy))

    def _is_left_out(self, node: Any) -> bool:
        if _is_unseen(node):
            return True
        if node.tag not in _BLOCKS or _text_length(node) > _SMALL_SHARE * self.length:
            return False
        named = f"{node.get('class') or ''} {node.get('id') or ''}"
        return bool(_ASIDE.search(named)) or _is_link_list(node)


def _is_unseen(node: Any) -> bool:
    """Tell whether a reader sees nothing of an element, or sees it struck out."""
    return (
        node.tag in _UNSEEN
        or node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(node.get("style") or ""))
    )


def _is_link_list(node: Any) -> bool:
    """Tell whether a block is hardly more than links, as menus and lists of other pages are."""
    links = node.findall(".//a[@href]")
    if node.tag not in ("ul", "ol", "div", "section", "table") or len(links) < _MIN_LINKS:
        return False
    return sum(map(_text_length, links)) >= _LINK_SHARE * max(_text_length(node), 1)


def _is_layout(table: Any, rows: list[Any]) -> bool:
    """Tell whether a table only places text: nested, one column, or whole pages in a cell.

    All the same it is one of data where its columns hold figures.
    """
    if table.get("role") == "presentation":
        return True
    if max((len(list(_cells(row))) for row in rows), default=0) < 2:
        return True
    cells = [cell for row in rows for cell in _cells(row)]
    if any(cell.find(".//h1") is not None for cell in cells):
        return True
    long = any(len(cell.text_content()) > _LAYOUT_CELL_CHARACTERS for cell in cells)
    if not long and table.find(".//table") is None:
        return False
    return not holds_figures([[_inline_text(cell) for cell in _cells(row)] for row in rows])


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _grid(rows: list[Any], legacy: str | None) -> list[list[GridCell]]:
    """Return the table's cells with their columns, those below merged ones moved to the right."""
    grid: list[list[GridCell]] = []
    taken: dict[int, int] = {}
    for row in rows:
        line: list[GridCell] = []
        column = 0
        below = {place: left - 1 for place, left in taken.items() if left > 1}
        in_head = next(row.iterancestors("thead"), None) is not None
        for cell in _cells(row):
            while taken.get(column, 0) > 0:
                column += 1
            width = min(max(_integer(cell.get("colspan"), 1), 1), _MAX_SPAN)
            height = min(max(_integer(cell.get("rowspan"), 1), 1), len(rows))
            text = _inline_text(cell)
            is_header = in_head or cell.tag == "th" or _is_bold(cell)
            line.append(
                GridCell(
                    convert(text, legacy) if legacy else text, column, width, height, is_header
                )
            )
            for place in range(column, column + width):
                if height > 1:
                    below[place] = height - 1
            column += width
        taken = below
        grid.append(line)
    return grid


def _is_bold(cell: Any) -> bool:
    marked = sum(_text_length(node) for node in cell.iter("b", "strong"))
    return marked > 0 and marked >= _text_length(cell)


def _inline_text(node: Any) -> str:
    """Return all text under an element on one line, a space between its blocks."""
    pieces: list[str] = []

    def walk(item: Any) -> None:
        text = item.text or ""
        pieces.append(raised(text, "".join(pieces)[-LOOKED_BACK:]) if _is_raised(item) else text)
        for child in item:
            if isinstance(child.tag, str) and not _is_unseen(child):
                separate = child.tag in _BLOCKS or child.tag == "br"
                pieces.append(" " if separate else "")
                walk(child)
                pieces.append(" " if separate else "")
            pieces.append(child.tail or "")

    walk(node)
    return one_line("".join(pieces))


def _is_raised(node: Any) -> bool:
    above = node.getparent()
    return node.tag == "sup" or (node.tag == "a" and above is not None and above.tag == "sup")


def _integer(value: str | None, default: int) -> int:
    try:
        return int(value) if value else default
    except ValueError:
        return default


def _label(number: int, kind: str | None) -> str:
    if kind in ("a", "A") and 0 < number <= 26:
        return chr(ord(kind) + number - 1)
    return str(number)
