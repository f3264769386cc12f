import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from ingest.errors import DocumentError
from ingest.loading import formats
from ingest.loading.formats import SUFFIXES, load
from tests.ingest.loading.support import check_layout, loaded_from, refusal

FRONT = "---\nkind: digest\ntitle: Bản tóm lược\nsource_file: goc.txt\n---\n"
BODY = (
    "\n# Dữ liệu mở\n\nCà Mau mở cổng dữ liệu.  Người dân Cà Mau\u00a0dùng ngay.\n\n"
    "## Chỉ tiêu\n\n- Đạt 80,5% theo số 12/KH-UBND, ngày 6-9-2021; vượt 2 điểm.\n"
)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("name", ["a.md", "a.MD", "a.markdown", "a.txt", "A.Txt"])
def test_the_format_is_told_by_the_ending_in_any_case(tmp_path: Path, name: str) -> None:
    loaded = loaded_from(written(tmp_path, name, FRONT + BODY))
    is_markdown = not name.casefold().endswith(".txt")
    assert loaded.body_start == (len(FRONT) if is_markdown else 0)
    assert loaded.stated.kind == ("digest" if is_markdown else "original")


def test_the_text_is_stored_whole_and_its_front_matter_stated(tmp_path: Path) -> None:
    loaded = loaded_from(written(tmp_path, "a.md", FRONT + BODY))
    assert loaded.text == FRONT + BODY
    assert loaded.text[loaded.body_start :] == BODY
    assert loaded.stated.title == "Bản tóm lược"
    assert loaded.stated.source_file == "goc.txt"
    assert loaded.headings is None


@pytest.mark.parametrize("change", ["none", "crlf", "nfd", "bom", "utf-16"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_the_text_is_the_files_whatever_its_form(tmp_path: Path, name: str, change: str) -> None:
    text = FRONT + BODY
    if change == "crlf":
        text = text.replace("\n", "\r\n")
    if change == "nfd":
        text = unicodedata.normalize("NFD", text)
    encoding = {"bom": "utf-8-sig", "utf-16": "utf-16"}.get(change, "utf-8")
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    loaded = loaded_from(path)
    assert loaded.text == FRONT + BODY
    assert loaded.stated.title == ("Bản tóm lược" if name == "a.md" else None)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("README", BODY, "'README'"),
        ("a.odt", BODY, "'.odt'"),
        ("a.txt.zip", BODY, "'.zip'"),
        ("a.pdf", BODY, "no PDF"),
        ("a.docx", BODY, "no DOCX"),
        ("a.xlsx", BODY, "no XLSX"),
        ("a.doc", BODY, "no DOC"),
        ("a.txt", "", "empty"),
        ("a.md", "\n \n", "empty"),
        ("a.txt", "a\0b", "binary"),
        ("a.csv", "a\0b", "binary"),
        ("a.md", FRONT, "front matter only"),
        ("a.md", FRONT + "\n \n", "front matter only"),
        ("a.md", "---\ntitle: [\n---\nThân", "YAML"),
    ],
)
def test_bad_input_gets_one_clear_sentence(
    tmp_path: Path, name: str, text: str, named: str
) -> None:
    assert named in refusal(written(tmp_path, name, text))


def test_an_unknown_ending_is_told_which_ones_are_read(tmp_path: Path) -> None:
    assert ", ".join(SUFFIXES) in refusal(written(tmp_path, "a.odt", BODY))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_missing_file_is_refused_by_every_format(tmp_path: Path, suffix: str) -> None:
    assert "cannot be read" in refusal(tmp_path / f"none{suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_whatever_a_parser_raises_becomes_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    def fail(_: Path) -> None:
        raise RecursionError("too deep\nin here")

    monkeypatch.setitem(formats._LOADERS, suffix, fail)
    message = refusal(written(tmp_path, f"a{suffix}", BODY))
    assert "too deep in here" in message
    assert "damaged" in message


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".csv"])
def test_every_format_of_text_keeps_the_layouts_promise(tmp_path: Path, suffix: str) -> None:
    decomposed = unicodedata.normalize("NFD", "Tên;Số\nThôn Hạ;5\nXã Lệ;7\n\u0301lạc dấu;9\n")
    check_layout(load(written(tmp_path, f"a{suffix}", decomposed)))


def test_the_parsers_are_imported_only_where_a_file_needs_them() -> None:
    heavy = "docx openpyxl pypdfium2 pdfplumber trafilatura lxml viparse pytesseract PIL"
    code = (
        "import sys, ingest.loading.formats; "
        f"sys.exit(' '.join(name for name in '{heavy}'.split() if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_a_refusal_is_of_one_kind(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        load(tmp_path)


PAGE = (
    "<html xmlns:x='urn:x'><head><meta charset='utf-8'></head><body><table>"
    "<tr><td>Xã</td><td>Số hộ</td></tr><tr><td>An Bình</td><td>1.250</td></tr>"
    "</table></body></html>"
)


@pytest.mark.parametrize("name", ["a.xls", "a.doc", "a.txt", "a.html"])
@pytest.mark.parametrize("before", ["", "\ufeff", "<?xml version='1.0'?>\n", "\n<!-- xuất -->\n"])
def test_a_page_under_the_ending_of_an_old_office_file_keeps_its_figures(
    tmp_path: Path, name: str, before: str
) -> None:
    loaded = loaded_from(written(tmp_path, name, before + PAGE))
    assert loaded.text == "Xã\tSố hộ\nAn Bình\t1.250"
    assert [cell.header for cell in loaded.rows[0].cells] == ["Xã", "Số hộ"]
    assert ("web page" in " ".join(loaded.notes)) == (name != "a.html")


def test_a_text_that_only_speaks_of_html_is_text(tmp_path: Path) -> None:
    text = "Thẻ <html> mở trang, thẻ <table> mở bảng."
    assert loaded_from(written(tmp_path, "a.txt", text)).text == text
