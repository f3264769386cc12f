"""PDF files: paragraphs with page numbers, ruled tables, and OCR for pages without a text layer.

PDFium reads the characters and their places; pdfplumber finds tables on pages with drawn lines;
the optional extra `ocr` reads pictures of pages with Tesseract.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ingest.errors import DocumentError
from ingest.loading.containers import content_kind
from ingest.loading.encodings import detect_legacy, guess_note, read_bytes
from ingest.loading.layout import TextBuilder
from ingest.loading.loaded import LoadedFile, Stated
from ingest.loading.ocr import recognise, why_not
from ingest.loading.page_flow import write_pages
from ingest.loading.page_lines import Character, Line, Page, Table, lines_of
from ingest.loading.pdf_columns import find_columns
from ingest.loading.pdf_tables import Found, find_tables, stitched
from ingest.text import normalise

_MIN_RULES = 4
_MIN_DRAWN_PATHS = 100
_MAX_UNREADABLE_SHARE = 0.2
_PASSWORD_ERROR = 4
_NOTED_PAGES = 12
_MIN_LETTERS = 300
_SAMPLE_PAGES = 20
_SAMPLE_LETTERS = 300
_STAMP_LETTERS = 300
_PICTURE_SHARE = 0.5
_OCR_FAILED = "Tesseract failed on it: scan it again."
# The share of a font's size that stands above the line.
_ASCENT = 0.75


def load_pdf(path: Path) -> LoadedFile:
    """Return a PDF file; raise DocumentError where it is damaged, protected or without text."""
    data = read_bytes(path)
    if b"%PDF-" not in data[:1024]:
        raise DocumentError(f"The file is no PDF ({content_kind(data)}): give it its right ending.")
    document = _open(data)
    try:
        return _read(document, data)
    finally:
        document.close()


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            raise DocumentError(
                "The PDF is protected by a password: take the password off and save it again."
            ) from error
        raise DocumentError(
            "The PDF is damaged and cannot be opened: open it in a reader and save it again."
        ) from error
    if not len(document):
        raise DocumentError("The PDF has no pages: there is no text to ingest.")
    return document


@dataclass(slots=True)
class _Findings:
    """The numbers of pages that the operator should know of."""

    recognised: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    untabled: list[int] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)


def _read(document: Any, data: bytes) -> LoadedFile:
    legacy = detect_legacy(_sample(document))
    found = _Findings()
    pages = [_page(document, data, index, legacy, found) for index in range(len(document))]
    if not any(page.items for page in pages if page.number not in found.unread):
        raise DocumentError(_no_text(found))
    builder = TextBuilder()
    write_pages(builder, stitched(pages))
    notes = _notes(found, len(pages))
    if legacy:
        notes.append(guess_note(legacy))
    loaded = builder.build(Stated(), notes)
    if legacy and len(loaded.text) > _MIN_LETTERS and "ư" not in loaded.text:
        lost = (
            "The PDF lost the letter ư, as programs do without the TCVN3 fonts: use the original."
        )
        return replace(loaded, notes=(*loaded.notes, lost))
    return loaded


def _sample(document: Any) -> str:
    """Return the text of the first pages, to tell its encoding."""
    import pypdfium2

    texts = []
    for index in range(min(len(document), _SAMPLE_PAGES)):
        # A damaged page is reported where it is read.
        with suppress(pypdfium2.PdfiumError):
            texts.append(document[index].get_textpage().get_text_bounded())
    return normalise("\n".join(texts))


def _page(document: Any, data: bytes, index: int, legacy: str | None, found: _Findings) -> Page:
    """Return a page by its text layer, or by OCR where it has none; what is lost is noted."""
    import pypdfium2

    number = index + 1
    empty = Page(number, 1.0, 1.0, ())
    try:
        page = document[index]
        shown = page.get_rotation()
        page.set_rotation(_turn(page.get_textpage(), shown))
        characters = _characters(page)
    except pypdfium2.PdfiumError:
        found.damaged.append(number)
        return empty
    is_stamped = _is_stamped(page, characters)
    if is_stamped and why_not() is not None:
        # It may be a page with a background, too: its words stay, and the page is noted.
        found.unread.append(number)
    if characters and not _is_unreadable(characters) and (not is_stamped or why_not()):
        # pdfplumber sees the page as it is shown: where that is sideways, the places differ.
        is_upright = page.get_rotation() == shown
        tables = _tables(page, data, index, characters, legacy, found) if is_upright else []
        ruled = [place for table in tables for place in table.characters]
        columns = find_columns(characters, ruled, legacy)
        tables = [*tables, *columns.tables, *columns.lines]
        if columns.lines:
            found.doubtful.append(number)
        width, height = page.get_size()
        return Page(number, width, height, _items(characters, tables, legacy))
    if not characters and not _shows_something(page):
        return empty
    if why_not() is None:
        # Tesseract's failures and time-outs are RuntimeErrors of pytesseract.
        with suppress(RuntimeError):
            recognised = recognise(page, number)
            found.recognised.append(number)
            if recognised.has_columns:
                found.doubtful.append(number)
            return recognised
    found.unread.append(number)
    return empty


def _no_text(found: _Findings) -> str:
    if found.unread:
        return f"The PDF has no text layer: needs OCR. {why_not() or _OCR_FAILED}"
    if found.recognised:
        return "The PDF has no text layer, and OCR found no words on its pages: scan it again."
    if found.damaged:
        return "The PDF's pages are damaged: open it in a reader and save it again."
    return "The PDF holds no text and no pictures: there is nothing to ingest."


def _notes(found: _Findings, total: int) -> list[str]:
    notes = []
    if found.recognised:
        notes.append(
            f"OCR read {_listed(found.recognised, total)}, without a text layer: "
            "compare figures with the pages."
        )
    if found.unread:
        left_out = _listed(found.unread, total)
        notes.append(f"Not read, as without a text layer: {left_out}. {why_not() or _OCR_FAILED}")
    if found.damaged:
        notes.append(f"Left out, as damaged: {_listed(found.damaged, total)}.")
    if found.untabled:
        notes.append(f"Tables were read as plain lines: {_listed(found.untabled, total)}.")
    if found.doubtful:
        notes.append(
            "Columns of figures were read as plain lines, as their rows cannot be told for sure: "
            f"{_listed(found.doubtful, total)}: compare figures with the pages."
        )
    return notes


def _listed(numbers: list[int], total: int) -> str:
    if len(numbers) == total:
        return f"all {total} pages" if total > 1 else "the one page"
    shown = ", ".join(map(str, numbers[:_NOTED_PAGES]))
    more = f" and {len(numbers) - _NOTED_PAGES} more" if len(numbers) > _NOTED_PAGES else ""
    return f"page{'s' if len(numbers) > 1 else ''} {shown}{more} of {total}"


def _is_unreadable(characters: Sequence[Character]) -> bool:
    """Tell whether most letters have no meaning: fonts without a map to Unicode."""
    inked = [item for item in characters if not item.text.isspace()]
    lost = sum(item.text == "\ufffd" or "\ue000" <= item.text <= "\uf8ff" for item in inked)
    return lost > _MAX_UNREADABLE_SHARE * len(inked) if inked else False


def _is_stamped(page: Any, characters: Sequence[Character]) -> bool:
    """Tell whether a page is a picture with a few words on it, as a signature puts on a scan."""
    from pypdfium2 import raw

    if not 0 < sum(not item.text.isspace() for item in characters) <= _STAMP_LETTERS:
        return False
    width, height = page.get_size()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) >= _PICTURE_SHARE * width * height:
            return True
    return False


def _shows_something(page: Any) -> bool:
    from pypdfium2 import raw

    paths = 0
    for item in page.get_objects(max_depth=3):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        paths += item.type == raw.FPDF_PAGEOBJ_PATH
    return paths >= _MIN_DRAWN_PATHS


def _tables(
    page: Any,
    data: bytes,
    index: int,
    characters: list[Character],
    legacy: str | None,
    found: _Findings,
) -> list[Found]:
    """Return the tables of a page on which lines are drawn; none where they cannot be told."""
    from pypdfium2 import raw

    rules = sum(item.type == raw.FPDF_PAGEOBJ_PATH for item in page.get_objects(max_depth=2))
    if rules < _MIN_RULES:
        return []
    try:
        return find_tables(data, index, characters, legacy)
    # The second parser may fail where PDFium reads on: the page's text is not lost for that.
    except Exception:
        found.untabled.append(index + 1)
        return []


def _items(
    characters: list[Character], tables: Sequence[Found], legacy: str | None
) -> tuple[Line | Table, ...]:
    """Return the lines and tables of a page, a table where its first character stands."""
    items: list[Line | Table] = []
    rest: list[Character] = []
    inside = {place: table.item for table in tables for place in table.characters}
    for place, character in enumerate(characters):
        table = inside.get(place)
        if table is None:
            rest.append(character)
        elif not any(item is table for item in items):
            items += lines_of(rest, legacy)
            rest = []
            items.append(table)
    return (*items, *lines_of(rest, legacy))


def _characters(page: Any) -> list[Character]:
    """Return a page's characters in PDFium's reading order, placed as the page is shown.

    A character is as high as its font and stands on its line, whatever its own shape: so the
    heights of two lines tell whether they are set in one size.
    """
    from pypdfium2 import raw

    text_page = page.get_textpage()
    place = _placing(page)
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    found: list[Character] = []
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code == 0x0D:
            continue
        text = _character(code)
        if text == "\n" or raw.FPDFText_IsGenerated(text_page, index) == 1:
            found.append(Character(text, 0, 0, 0, 0))
            continue
        raw.FPDFText_GetLooseCharBox(text_page, index, box)
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        raw.FPDFText_GetMatrix(text_page, index, matrix)
        size = raw.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
        corners = place(box.left, box.bottom), place(box.right, box.top)
        left, right = sorted(corner[0] for corner in corners)
        foot = place(x.value, y.value)[1]
        length = raw.FPDFText_GetFontInfo(text_page, index, name, 256, flags)
        font = name.value.decode("utf-8", "replace") if 0 < length <= 256 else None
        found.append(
            Character(text, left, right, foot - _ASCENT * size, foot + (1 - _ASCENT) * size, font)
        )
    text_page.close()
    return found if any(not item.text.isspace() for item in found) else []


def _character(code: int) -> str:
    if code in (0x0A, 0x0B, 0x0C):
        return "\n"
    if code in (0x02, 0xFFFE):
        return "-"  # PDFium's mark of a hyphen at a line's end
    if code == 0:
        return "\ufffd"
    return chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd"


def _turn(text_page: Any, shown: int) -> int:
    """Return how far the page has to be turned right, in degrees, for its letters to stand upright.

    The letters decide, not how the page is `shown`: that may be sideways.
    """
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    turns: Counter[int] = Counter()
    count = text_page.count_chars()
    for index in range(0, count, max(count // _SAMPLE_LETTERS, 1)):
        if raw.FPDFText_GetMatrix(text_page, index, matrix):
            turns[round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4 * 90] += 1
    return turns.most_common(1)[0][0] if turns else shown


def _placing(page: Any) -> Callable[[float, float], tuple[float, float]]:
    """Return a function from a point of the page's own space to its place as the page is shown."""
    width, height = page.get_size()
    turned = page.get_rotation()

    def place(x: float, y: float) -> tuple[float, float]:
        return {90: (y, x), 180: (width - x, y), 270: (width - y, height - x)}.get(
            turned, (x, height - y)
        )

    return place
