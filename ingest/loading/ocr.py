"""Pages that are pictures: Tesseract reads them, where the optional extra `ocr` is installed."""

import shutil
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from ingest.loading.layout import one_line
from ingest.loading.page_lines import Character, Line, Page
from ingest.loading.pdf_columns import find_columns

INSTALL = (
    "Install the extra (pip install -c constraints.txt -e '.[ocr]') and Tesseract with Vietnamese "
    "(apt-get install tesseract-ocr tesseract-ocr-vie)."
)
_DPI = 300
_POINTS_AN_INCH = 72
_LANGUAGE = "vie"
_TIMEOUT_SECONDS = 120


@lru_cache(maxsize=1)
def why_not() -> str | None:
    """Return what is missing for OCR and how to install it, None where it can be used."""
    if find_spec("pytesseract") is None or shutil.which("tesseract") is None:
        return INSTALL
    import pytesseract

    return None if _LANGUAGE in pytesseract.get_languages() else INSTALL


def recognise(page: Any, number: int) -> Page:
    """Return what Tesseract reads on a PDFium page, with the places of its lines in points."""
    import pytesseract

    width, height = page.get_size()
    image = page.render(scale=_DPI / _POINTS_AN_INCH, grayscale=True).to_pil()
    table = pytesseract.image_to_data(
        image, lang=_LANGUAGE, timeout=_TIMEOUT_SECONDS, output_type=pytesseract.Output.DICT
    )
    words: dict[tuple[int, int, int], list[int]] = {}
    for index, text in enumerate(table["text"]):
        if text.strip():
            key = (table["block_num"][index], table["par_num"][index], table["line_num"][index])
            words.setdefault(key, []).append(index)
    lines = (_line(table, indexes) for indexes in words.values())
    columns = find_columns(list(_words(table)))
    has_columns = bool(columns.tables or columns.lines)
    return Page(number, width, height, tuple(lines), has_columns)


def _words(table: dict[str, list[Any]]) -> Iterator[Character]:
    """Yield Tesseract's words as characters, each behind its place, a space behind each."""
    scale = _POINTS_AN_INCH / _DPI
    for text, left, top, width, height in zip(
        *(table[name] for name in ("text", "left", "top", "width", "height")), strict=True
    ):
        if text.strip():
            right, bottom = left + width, top + height
            yield Character(text, *(edge * scale for edge in (left, right, top, bottom)))
            yield Character(" ", 0, 0, 0, 0)


def _line(table: dict[str, list[Any]], indexes: list[int]) -> Line:
    scale = _POINTS_AN_INCH / _DPI
    lefts = [table["left"][index] * scale for index in indexes]
    rights = [
        left + table["width"][index] * scale for left, index in zip(lefts, indexes, strict=True)
    ]
    tops = [table["top"][index] * scale for index in indexes]
    heights = sorted(table["height"][index] * scale for index in indexes)
    height = heights[len(heights) // 2]
    return Line(
        text=one_line(" ".join(table["text"][index] for index in indexes)),
        left=min(lefts),
        right=max(rights),
        top=min(tops),
        bottom=min(tops) + height,
        first_word=rights[0] - lefts[0],
        space=0.2 * height,
    )
