import codecs
import os
import unicodedata
from pathlib import Path

import pytest

from ingest.errors import DocumentError
from ingest.loading.plain_text import read_text

TEXT = "Sở mở cổng dữ liệu.\nNgười dân đã dùng."


def written(folder: Path, data: bytes) -> Path:
    path = folder / "a.txt"
    path.write_bytes(data)
    return path


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
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        codecs.BOM_UTF16_LE + TEXT.replace("\n", "\r\n").encode("utf-16-le"),
    ],
    ids=["utf-8", "bom", "utf-16", "le", "be", "crlf", "cr", "nfd", "le-crlf"],
)
def test_text_is_read_from_every_encoding_that_names_itself(tmp_path: Path, data: bytes) -> None:
    assert read_text(written(tmp_path, data)) == TEXT


def test_letters_of_bad_extraction_are_repaired(tmp_path: Path) -> None:
    assert read_text(written(tmp_path, "Nhà nƣớc".encode())) == "Nhà nước"


@pytest.mark.parametrize("data", [b"", b"   \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "empty" in refusal(written(tmp_path, data))


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)),
        b"%PDF-1.7\n" + bytes(range(1, 256)) * 20,
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-32"),
        codecs.BOM_UTF16_LE + b"\x01\x00\x02\x00\x03\x00a\x00" * 20,
        b"abc\0def",
    ],
    ids=["png", "zip", "pdf", "utf-16-without-bom", "utf-32", "behind-a-bom", "nul"],
)
def test_a_binary_file_named_txt_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "binary" in refusal(written(tmp_path, data))


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ("Cộng hòa".encode("cp1258", "replace") + b"\xd2\xe3 n", "UTF-8"),
        ("café".encode("latin-1"), "UTF-8 text (byte 3)"),
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
    assert read_text(written(tmp_path, text.encode())) == text


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "none.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_read_permission_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode())
    path.chmod(0)
    assert "Permission denied" in refusal(path)
