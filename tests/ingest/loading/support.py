"""Small files made for the tests, and what holds for every loaded file."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from viparse.normalize.encodings import CHARMAPS

from ingest.errors import DocumentError
from ingest.loading.formats import load
from ingest.loading.loaded import LoadedFile

LEGACY = "Phòng Văn hóa và Thông tin mở sổ theo dõi hồ sơ đến từng thôn, ghi rõ ngày hẹn trả lời"


def typed(text: str, encoding: str) -> str:
    """Return the text as it was typed for a font of an encoding of before Unicode."""
    letters = {shown: surface for surface, shown in reversed(CHARMAPS[encoding].pairs)}
    return "".join(letters.get(letter, letter) for letter in text)


def check_layout(loaded: LoadedFile) -> None:
    """Assert what every loader promises: NFC text, and offsets that are inside and in order."""
    text = loaded.text
    assert unicodedata.is_normalized("NFC", text)
    assert text[loaded.body_start :].strip()
    assert list(loaded.pages) == sorted(loaded.pages)
    assert all(0 <= page <= len(text) for page in loaded.pages)
    for heading in loaded.headings or ():
        assert text[heading.start : heading.end] == heading.text
    end = 0
    for row in loaded.rows:
        assert end <= row.start < row.end <= len(text)
        assert "\n" not in text[row.start : row.end]
        end = row.start
        for cell in row.cells:
            assert end <= cell.start < cell.end <= row.end
            assert text[cell.start : cell.end] == text[cell.start : cell.end].strip()
            end = cell.end
        end = row.end


def loaded_from(path: Path) -> LoadedFile:
    """Return the loaded file, its layout checked."""
    loaded = load(path)
    check_layout(loaded)
    return loaded


def refusal(path: Path) -> str:
    """Return the one sentence with which a file is refused."""
    with pytest.raises(DocumentError) as caught:
        load(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


def table(loaded: LoadedFile) -> list[list[tuple[str, str]]]:
    """Return each row as (text, header) of its cells."""
    return [
        [(loaded.text[cell.start : cell.end], cell.header) for cell in row.cells]
        for row in loaded.rows
    ]


def lines(loaded: LoadedFile) -> list[str]:
    """Return the lines of the text."""
    return loaded.text.split("\n")


@dataclass(frozen=True)
class Words:
    """Words set at a place: points from the left and the top of the page, the font's size."""

    text: str
    left: float
    top: float
    size: float = 12.0


@dataclass(frozen=True)
class Rule:
    """A drawn line from one point to another."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Picture:
    """A grey square: what a scanned page has in place of words."""


Mark = Words | Rule | Picture
WIDTH, HEIGHT = 400.0, 600.0
# Every letter is as wide as half of its font's size.
LETTER = 0.5
_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


def write_pdf(
    path: Path,
    pages: Sequence[Iterable[Mark]],
    font: str = "Test",
    *,
    rotation: int = 0,
    matrix: str = "1 0 0 1 0 0",
) -> Path:
    """Write a PDF whose letters are their own code points, each half as wide as the font's size.

    `rotation` is how the pages are shown, `matrix` how all on them is placed.
    """
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(data: bytes, extra: bytes = b"") -> bytes:
        return b"<<%s /Length %d>> stream\n%s\nendstream" % (extra, len(data), data)

    unicode_map = add(stream(_TO_UNICODE))
    name = font.encode()
    descendant = add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/DW 500/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/%s"
        b"/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700"
        b"/StemV 80>>>>" % (name, name)
    )
    face = add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]"
        b"/ToUnicode %d 0 R>>" % (name, descendant, unicode_map)
    )
    image = add(
        stream(
            b"\x80",
            b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
            b"/BitsPerComponent 8",
        )
    )
    first = len(objects) + 1
    kids = [first + 2 * index for index in range(len(pages))]
    parent = first + 2 * len(pages)
    for marks in pages:
        content = b"\n".join([f"{matrix} cm".encode(), *map(_drawn, marks)])
        add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R"
            b"/Resources<</Font<</F %d 0 R>>/XObject<</I %d 0 R>>>>>>"
            % (parent, WIDTH, HEIGHT, rotation, len(objects) + 2, face, image)
        )
        add(stream(content))
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    add(b"<</Type/Pages/Kids[%s]/Count %d>>" % (listed, len(kids)))
    root = add(b"<</Type/Catalog/Pages %d 0 R>>" % parent)
    data = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer <</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        root,
        start,
    )
    path.write_bytes(bytes(data))
    return path


def _drawn(mark: Mark) -> bytes:
    if isinstance(mark, Picture):
        return b"q %d 0 0 %d 0 0 cm /I Do Q" % (WIDTH, HEIGHT)
    if isinstance(mark, Rule):
        return b"%f %f m %f %f l S" % (
            mark.left,
            HEIGHT - mark.top,
            mark.right,
            HEIGHT - mark.bottom,
        )
    code = mark.text.encode("utf-16-be").hex().encode()
    return b"BT /F %f Tf %f %f Td <%s> Tj ET" % (
        mark.size,
        mark.left,
        HEIGHT - mark.top,
        code,
    )


def set_paragraph(
    text: str,
    top: float,
    *,
    left: float = 40.0,
    right: float = 360.0,
    indent: float = 24.0,
    size: float = 12.0,
) -> list[Words]:
    """Return a paragraph set in lines between two margins, its first line set in."""
    letter = LETTER * size
    result: list[Words] = []
    line, start = "", left + indent
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and start + len(longer) * letter > right:
            result.append(_justified(line, start, top, right, size))
            line, start, top = word, left, top + 1.4 * size
        else:
            line = longer
    return [*result, Words(line, start, top, size)]


def _justified(line: str, left: float, top: float, right: float, size: float) -> Words:
    """Return a full line: filled up with spaces to the margin, as justified text is."""
    missing = int((right - left) / (LETTER * size)) - len(line)
    head, _, tail = line.rpartition(" ")
    return Words(f"{head}{' ' * (missing + 1)}{tail}" if head else line, left, top, size)
