"""DOCX files: the final text with its headings, list numbers, tables and footnotes.

python-docx opens the package and its parts; the body is walked here, as its own paragraph text
leaves out list numbers, tracked insertions, text boxes and content controls.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.errors import DocumentError
from ingest.loading.containers import check_office_zip
from ingest.loading.docx_numbering import BULLET, Numbering
from ingest.loading.docx_styles import Styles
from ingest.loading.encodings import (
    convert_runs,
    detect_legacy,
    font_encoding,
    guess_note,
    read_bytes,
)
from ingest.loading.layout import LOOKED_BACK, TextBuilder, one_line, raised
from ingest.loading.loaded import LoadedFile, Stated
from ingest.loading.tables import GridCell, holds_figures, write_table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What is no part of the final text: deletions, what was moved away, the other half of a choice.
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}instrText", f"{_W}delText"}
_BREAKS = {f"{_W}br", f"{_W}cr"}
# Places of the Symbol and Wingdings fonts that documents use; both are mapped to U+F000 and on.
_SYMBOLS = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°",
    0xB7: "•", 0xA7: "•", 0xA8: "•", 0xD8: "•", 0x76: "•", 0x6C: "•", 0x6E: "•", 0x71: "□",
    0x2D: "-", 0xAE: "→", 0xE0: "→", 0xDE: "→", 0xFC: "✓", 0xFE: "☑", 0x52: "☑", 0x53: "Σ",
    0x61: "α", 0x62: "β", 0x44: "Δ",
}  # fmt: skip
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_LAYOUT_CELL_CHARACTERS = 1000
_HEADING_CHARACTERS = 200
_FULL_STOP_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph's text, one line a line break; its style's heading level, 0 for the title."""

    text: str
    level: int | None = None
    goes_on: bool = False


def load_docx(path: Path) -> LoadedFile:
    """Return a DOCX file; raise DocumentError where it is damaged, protected or without text."""
    import docx

    data = read_bytes(path)
    check_office_zip(data, "word/document.xml", "DOCX")
    package = docx.Document(io.BytesIO(data))
    loaded, in_fonts = _read(package, None)
    legacy = detect_legacy(loaded.text)
    if legacy or in_fonts:
        # Some runs have fonts whose names tell nothing: their letters do.
        loaded, _ = _read(package, legacy or in_fonts)
    if not loaded.text:
        raise DocumentError("The file holds no text: it is empty, or its pages are pictures.")
    return replace(loaded, notes=(guess_note(legacy), *loaded.notes)) if legacy else loaded


def _read(package: Any, legacy: str | None) -> tuple[LoadedFile, str | None]:
    """Return what was read, and the legacy encoding that most of the fonts' names tell."""
    reader = _Reader(package, legacy)
    reader.read(package.element.body)
    fonts = Counter(filter(None, map(font_encoding, reader.fonts)))
    most = fonts.most_common(1)
    notes = [f"Struck-out text was left out: {reader.struck}."] if reader.struck else []
    if formulas := sum(1 for _ in package.element.body.iter(f"{_MATH}oMath")):
        # Written in one line a half would read as twelve.
        notes.append(f"Formulas were left out: {formulas}.")
    return reader.builder.build(Stated(title=reader.title), notes), most[0][0] if most else None


class _Reader:
    """Walks the body in its order and writes what a reader of the final text sees."""

    def __init__(self, package: Any, legacy: str | None) -> None:
        self.builder = TextBuilder()
        self.fonts: set[str] = set()
        self.struck = 0
        self._legacy = legacy
        self.title: str | None = None
        self._styles = Styles(package.styles.element)
        self._numbering = Numbering(_part(package, "numbering"))
        self._notes = {
            kind: _notes_by_id(_part(package, f"{kind}s"), kind) for kind in ("footnote", "endnote")
        }
        self._pending: list[str] = []
        self._started = ""

    def read(self, body: Any) -> None:
        """Write the body's paragraphs and tables."""
        for block in _blocks(body):
            if block.tag == f"{_W}tbl":
                self._flush()
                self._table(block)
            else:
                self._paragraph(block)
        self._flush()

    def _paragraph(self, node: Any) -> None:
        paragraph = self._read_paragraph(node)
        if paragraph.goes_on:
            self._started += paragraph.text
            return
        text, self._started = self._started + paragraph.text, ""
        line = one_line(text)
        if paragraph.level is None or not _is_short(line):
            self.builder.lines(text)
        else:
            self.builder.heading(line, max(paragraph.level, 1))
            if paragraph.level == 0 and line and self.title is None:
                self.title = line
        self._write_notes()
        for box in _text_boxes(node):
            for block in _blocks(box):
                if block.tag == f"{_W}tbl":
                    self._table(block)
                else:
                    self._paragraph(block)

    def _flush(self) -> None:
        self.builder.lines(self._started)
        self._started = ""

    def _write_notes(self) -> None:
        pending, self._pending = self._pending, []
        for text in pending:
            self.builder.lines(text)

    def _read_paragraph(self, node: Any, *, in_cell: bool = False) -> _Paragraph:
        style = self._styles.of_paragraph(node)
        text = convert_runs(list(self._runs(node, style)), self._legacy)
        numbered = self._styles.numbering(node, style)
        label = self._numbering.label(*numbered) if numbered else ""
        # An empty item is counted; only in a table is its number all that a cell shows.
        if label and (text.strip() or (in_cell and label != BULLET)):
            text = f"{label} {text.lstrip()}"
        mark = node.find(f"{_W}pPr/{_W}rPr/{_W}del")
        return _Paragraph(text, self._styles.heading_level(node, style), mark is not None)

    def _runs(self, node: Any, style: str | None) -> Iterator[tuple[str, str | None]]:
        """Yield (text, font) of the runs under a node; deleted and hidden ones are left out."""
        before = ""
        for run in _run_nodes(node):
            if self._styles.is_hidden(run):
                continue
            if self._styles.is_struck(run):
                self.struck += bool("".join(run.itertext()).strip())
                continue
            font = self._styles.font(run, style)
            if font:
                self.fonts.add(font)
            text = ""
            for child in run:
                text += self._piece(child)
            if self._styles.is_raised(run):
                text = raised(text, before)
            yield text, font
            before = (before + text)[-LOOKED_BACK:]

    def _piece(self, child: Any) -> str:
        tag = child.tag
        if tag == f"{_W}t":
            text = child.text or ""
            return _PRIVATE.sub(_symbol, text)
        if tag == f"{_W}tab" or tag == f"{_W}ptab":
            return "\t"
        if tag in _BREAKS:
            return "\n"
        if tag == f"{_W}noBreakHyphen":
            return "-"
        if tag == f"{_W}softHyphen":
            # The place of a letter in the fonts of before Unicode; elsewhere dropped unseen.
            return "\xad"
        if tag == f"{_W}sym":
            code = int(child.get(f"{_W}char") or "0", 16)
            return _SYMBOLS.get(code & 0xFF, "") if code else ""
        if tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            kind = "footnote" if tag == f"{_W}footnoteReference" else "endnote"
            note = self._notes[kind].get(child.get(f"{_W}id") or "")
            if note is not None:
                self._pending.append("\n".join(self._texts(note)))
        return ""

    def _texts(self, node: Any) -> list[str]:
        """Return the text of each paragraph under a node, tables in it read row by row."""
        found: list[str] = []
        started = ""
        for block in _blocks(node):
            if block.tag == f"{_W}tbl":
                for row in _table_rows(block):
                    cells = [" ".join(self._texts(cell)) for cell in _row_cells(row)]
                    found.append(" ".join(filter(None, cells)))
                continue
            paragraph = self._read_paragraph(block, in_cell=True)
            started += paragraph.text
            for box in _text_boxes(block):
                found.extend(self._texts(box))
            if not paragraph.goes_on:
                found.extend(line for line in started.split("\n") if line.strip())
                started = ""
        return [*found, started] if started.strip() else found

    def _table(self, table: Any) -> None:
        rows = list(_table_rows(table))
        if not rows:
            return
        if self._is_layout(table, rows):
            for row in rows:
                for cell in _row_cells(row):
                    if _merge(cell) != "continue":
                        self.read(cell)
        else:
            write_table(self.builder, self._grid(rows))
        self._write_notes()

    def _is_layout(self, table: Any, rows: list[Any]) -> bool:
        """Tell whether a table only places text: one column, whole pages in it, or no lines.

        All the same it is one where its columns hold figures: as lines of text these would stand
        without their headers.
        """
        if max(len(list(_row_cells(row))) for row in rows) < 2:
            return True
        cells = [cell for row in rows for cell in _row_cells(row)]
        places_text = not self._styles.has_borders(table) or any(map(_holds_page, cells))
        return places_text and not holds_figures(
            [
                [_bare_text(cell) if _merge(cell) != "continue" else "" for cell in _row_cells(row)]
                for row in rows
            ]
        )

    def _grid(self, rows: list[Any]) -> list[list[GridCell]]:
        """Return the table's cells with their columns; a cell merged downwards stands once."""
        grid: list[list[GridCell]] = []
        spans: dict[int, tuple[int, int]] = {}
        for index, row in enumerate(rows):
            line: list[GridCell] = []
            is_header = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            column = _grid_before(row)
            for cell in _row_cells(row):
                width = _number(cell, "gridSpan")
                merge = _merge(cell)
                if merge == "continue" and column in spans:
                    at, place = spans[column]
                    owner = grid[at][place] if at < index else line[place]
                    grid[at][place] = GridCell(
                        owner.text, owner.column, owner.columns, index - at + 1, owner.is_header
                    )
                else:
                    text = " ".join(self._texts(cell))
                    bold = is_header or _all_bold(cell)
                    if merge == "restart":
                        spans[column] = (index, len(line))
                    else:
                        spans.pop(column, None)
                    line.append(GridCell(text, column, width, 1, bold))
                column += width
            grid.append(line)
        return grid


def _is_short(line: str) -> bool:
    """Tell whether a line in a heading's style is one: whole clauses are set so, too."""
    limit = _FULL_STOP_CHARACTERS if line.endswith((".", ";")) else _HEADING_CHARACTERS
    return len(line) <= limit


def _symbol(match: re.Match[str]) -> str:
    return _SYMBOLS.get(ord(match.group()) & 0xFF, " ")


def _part(package: Any, kind: str) -> Any | None:
    """Return the root of a part that the main document links to, such as numbering.xml."""
    from lxml import etree

    for relation in package.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False)
            return etree.fromstring(relation.target_part.blob, parser)
    return None


def _notes_by_id(part: Any | None, kind: str) -> dict[str, Any]:
    if part is None:
        return {}
    return {
        node.get(f"{_W}id"): node
        for node in part.findall(f"{_W}{kind}")
        if node.get(f"{_W}type") in (None, "normal")
    }


def _blocks(node: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables of a body, cell or box, whatever wraps them."""
    for child in node:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _blocks(child)


def _run_nodes(node: Any) -> Iterator[Any]:
    """Yield the runs of a paragraph, links, fields and insertions opened, boxes left aside."""
    for child in node:
        if child.tag == f"{_W}r":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _run_nodes(child)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(parent.tag in _LEFT_OUT for parent in box.iterancestors()) and (
            next(box.iterancestors(f"{_W}p"), None) is paragraph
        ):
            yield box


def _table_rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_W}tr":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _table_rows(child)


def _row_cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _row_cells(child)


def _bare_text(cell: Any) -> str:
    return one_line(" ".join(node.text or "" for node in cell.iter(f"{_W}t")))


def _holds_page(cell: Any) -> bool:
    """Tell whether a cell holds a table of its own, or as much as a page's part does."""
    is_long = len("".join(cell.itertext())) > _LAYOUT_CELL_CHARACTERS
    return is_long or cell.find(f".//{_W}tbl") is not None


def _merge(cell: Any) -> str | None:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return None if merge is None else str(merge.get(f"{_W}val") or "continue")


def _number(cell: Any, name: str) -> int:
    node = cell.find(f"{_W}tcPr/{_W}{name}")
    return max(int(node.get(f"{_W}val") or 1), 1) if node is not None else 1


def _grid_before(row: Any) -> int:
    node = row.find(f"{_W}trPr/{_W}gridBefore")
    return int(node.get(f"{_W}val") or 0) if node is not None else 0


def _is_bold(node: Any) -> bool:
    runs = [run for run in _run_nodes(node) if "".join(run.itertext()).strip()]
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(
        mark is not None and mark.get(f"{_W}val") not in ("0", "false") for mark in marks
    )


def _all_bold(cell: Any) -> bool:
    filled = [node for node in cell.iter(f"{_W}p") if "".join(node.itertext()).strip()]
    return bool(filled) and all(_is_bold(node) for node in filled)
