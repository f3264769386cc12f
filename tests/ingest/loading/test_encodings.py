import codecs
import os
import unicodedata
from pathlib import Path

import pytest

from ingest.errors import DocumentError
from ingest.loading.encodings import convert_runs, decode, font_encoding, read_text, repair
from tests.ingest.loading.support import typed

TEXT = "Sở mở cổng dữ liệu.\nNgười dân đã dùng."
LONG = (
    "Phòng Văn hóa và Thông tin hướng dẫn các xã mở sổ theo dõi, ghi rõ ngày nhận hồ sơ và ngày "
    "trả kết quả; người đứng đầu chịu trách nhiệm khi để người dân phải chờ quá hạn.\n"
    "Mỗi quý một lần, tổ công tác đến từng thôn nghe ý kiến của bà con về thái độ phục vụ."
)
ENGLISH = "This report was written for the district, and nobody has changed a word of it since.\n"


def written(folder: Path, data: bytes) -> Path:
    path = folder / "a.txt"
    path.write_bytes(data)
    return path


def in_cp1258(text: str) -> bytes:
    """Return the text in Windows-1258, that has no tones on letters but marks behind them."""
    pieces = []
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        others = [mark for mark in marks if mark not in tones]
        pieces.append(unicodedata.normalize("NFC", "".join([base, *others])) + "".join(tones))
    return "".join(pieces).encode("cp1258")


def refusal(path: Path) -> str:
    with pytest.raises(DocumentError) as caught:
        read_text(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        codecs.BOM_UTF16_LE + TEXT.replace("\n", "\r\n").encode("utf-16-le"),
    ],
    ids=["utf-8", "bom", "utf-16", "le", "be", "utf-32", "crlf", "cr", "nfd", "le-crlf"],
)
def test_text_is_read_from_every_encoding_that_names_itself(tmp_path: Path, data: bytes) -> None:
    decoded = read_text(written(tmp_path, data))
    assert decoded.text == TEXT
    assert decoded.notes == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_and_noted(encoding: str) -> None:
    decoded = decode(LONG.encode(encoding))
    assert decoded.text == LONG
    assert encoding.upper() in decoded.notes[0]


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (in_cp1258(LONG), "Windows-1258"),
        (typed(LONG, "tcvn3").encode("cp1252"), "TCVN3"),
        (typed(LONG, "vni").encode("cp1252"), "VNI"),
        (typed(LONG, "tcvn3").encode(), "TCVN3"),
        (typed(LONG, "vni").encode(), "VNI"),
        ((ENGLISH * 20 + typed(LONG, "tcvn3")).encode("cp1252"), "TCVN3"),
    ],
)
def test_a_guessed_encoding_is_read_and_noted(data: bytes, named: str) -> None:
    decoded = decode(data)
    assert decoded.text.removeprefix(ENGLISH * 20) == LONG
    assert len(decoded.notes) == 1
    assert named in decoded.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        ENGLISH * 5,
        "El niño señaló mañana el corazón de la montaña.\n" * 20,
        "Die Straße für größere Mädchen führt über schöne Hügel.\n" * 20,
        "L'été dernier, le garçon français a été très occupé.\n" * 20,
        "Tỷ lệ ≥ 80% (±2%) – “đúng hạn” • № 5 µ",
        "Windows® and Office® of Microsoft® run on Intel® and AMD® with 5 µm, ½ inch, 20°C ©2024",
    ],
)
def test_unicode_text_is_never_converted(text: str) -> None:
    assert decode(text.encode()).text == text
    assert repair(text).notes == ()


def test_letters_of_bad_extraction_are_repaired(tmp_path: Path) -> None:
    assert read_text(written(tmp_path, "Nhà nƣớc".encode())).text == "Nhà nước"


@pytest.mark.parametrize("data", [b"", b"   \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "empty" in refusal(written(tmp_path, data))


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)),
        b"%PDF-1.7\n" + bytes(range(1, 256)) * 20,
        codecs.BOM_UTF16_LE + b"\x01\x00\x02\x00\x03\x00a\x00" * 20,
        b"abc\0def",
        bytes(1000),
    ],
    ids=["png", "zip", "pdf", "behind-a-bom", "nul", "zeros"],
)
def test_a_binary_file_named_txt_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "binary" in refusal(written(tmp_path, data))


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ("café au lait".encode("latin-1"), "UTF-8 text (byte 3)"),
        (("Señor, mañana. " * 30).encode("latin-1"), "UTF-8"),
        (codecs.BOM_UTF16_LE + "số".encode("utf-16-le") + b"x", "UTF-16"),
        (b"abc \xff\xfe def", "UTF-8 text (byte 4)"),
    ],
)
def test_a_wrong_encoding_is_refused_and_said_where(
    tmp_path: Path, data: bytes, named: str
) -> None:
    message = refusal(written(tmp_path, data))
    assert named in message
    assert "UTF-8" in message


def test_a_few_control_characters_do_not_make_text_binary(tmp_path: Path) -> None:
    text = f"{TEXT * 20}\x0c{TEXT}\x1f"
    assert read_text(written(tmp_path, text.encode())).text == text


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"),
        (".VnTimeH", "tcvn3"),
        ("ABCDEF+.VnArial", "tcvn3"),
        ("VNI-Times", "vni"),
        ("Times New Roman", None),
        ("", None),
    ],
)
def test_a_font_tells_its_encoding(font: str, encoding: str | None) -> None:
    assert font_encoding(font) == encoding


def test_runs_are_converted_by_their_own_fonts() -> None:
    runs = [
        (typed("Nhà nước", "tcvn3"), ".VnTime"),
        (" và Nhân dân ", "Times New Roman"),
        (typed("cùng làm", "vni"), "VNI-Times"),
    ]
    assert convert_runs(runs) == "Nhà nước và Nhân dân cùng làm"


def test_a_letter_and_its_mark_in_two_runs_are_one_letter() -> None:
    assert convert_runs([("kinh te", "VNI-Times"), ("á", "VNI-Times")]) == "kinh tế"


def test_unicode_in_a_legacy_font_is_left_alone() -> None:
    assert convert_runs([("Số hóa hồ sơ", ".VnTime")]) == "Số hóa hồ sơ"


def test_a_run_without_a_telling_font_is_converted_only_where_its_letters_tell() -> None:
    runs = [("Tªn c¬ së kinh doanh", None), (" có lý ", "Arial"), ("ABC 12", None)]
    assert convert_runs(runs, "tcvn3") == "Tên cơ sở kinh doanh có lý ABC 12"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "none.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_read_permission_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode())
    path.chmod(0)
    assert "Permission denied" in refusal(path)


def test_a_few_damaged_letters_do_not_turn_utf_8_into_another_encoding() -> None:
    decoded = decode(LONG.encode() + b"\xe9 x\xe8 " + TEXT.encode())
    assert decoded.text == f"{LONG}\ufffd x\ufffd {TEXT}"
    assert [note.split(";")[0] for note in decoded.notes] == [
        "Letters that are no UTF-8 were replaced by \ufffd: 2"
    ]


def test_an_8_bit_text_is_not_taken_for_damaged_utf_8() -> None:
    assert decode(in_cp1258(LONG)).text == LONG
