import unicodedata
from pathlib import Path

import pytest

from ingest.documents import SourceDocument
from ingest.errors import DocumentError
from ingest.loading.formats import SUFFIXES, build_document, load
from ingest.settings import SplittingSettings
from ingest.splitting import split

FRONT = "---\nkind: digest\ntitle: Bản tóm lược\nsource_file: goc.txt\n---\n"
BODY = (
    "\n# Dữ liệu mở\n\nCà Mau mở cổng dữ liệu.  Người dân Cà Mau\u00a0dùng ngay.\n\n"
    "## Chỉ tiêu\n\n- Đạt 80,5% theo số 12/KH-UBND, ngày 6-9-2021; vượt 2 điểm.\n"
)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def quotes(document: SourceDocument) -> list[str]:
    found = split(document, SplittingSettings())
    return [passage.quote(sentence) for passage in found for sentence in passage.sentences]


@pytest.mark.parametrize("name", ["a.md", "a.MD", "a.markdown", "a.txt", "A.Txt"])
def test_the_format_is_told_by_the_ending_in_any_case(tmp_path: Path, name: str) -> None:
    document = load(written(tmp_path, name, FRONT + BODY), name)
    is_markdown = not name.casefold().endswith(".txt")
    assert document.id == name
    assert document.body_start == (len(FRONT) if is_markdown else 0)
    assert document.description.kind == ("digest" if is_markdown else "original")


def test_markdown_is_described_by_its_front_matter_and_filled_up_from_its_body(
    tmp_path: Path,
) -> None:
    document = load(written(tmp_path, "a.md", FRONT + BODY), "thu-muc/a.md")
    assert document.id == document.description.id == "thu-muc/a.md"
    assert document.description.title == "Bản tóm lược"
    assert document.description.source_file == "goc.txt"
    assert document.description.locality == "Cà Mau"
    assert [heading.text for heading in document.headings] == ["Dữ liệu mở", "Chỉ tiêu"]


def test_the_text_is_stored_whole_and_the_front_matter_is_never_quoted(tmp_path: Path) -> None:
    document = load(written(tmp_path, "a.md", FRONT + BODY), "a.md")
    assert document.text == FRONT + BODY
    assert document.text[document.body_start :] == BODY
    assert quotes(document) == [
        "Cà Mau mở cổng dữ liệu.",
        "Người dân Cà Mau\u00a0dùng ngay.",
        "- Đạt 80,5% theo số 12/KH-UBND, ngày 6-9-2021; vượt 2 điểm.",
    ]


@pytest.mark.parametrize("change", ["none", "crlf", "nfd", "bom", "utf-16"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_every_quote_stands_in_the_file(tmp_path: Path, name: str, change: str) -> None:
    text = FRONT + BODY
    if change == "crlf":
        text = text.replace("\n", "\r\n")
    if change == "nfd":
        text = unicodedata.normalize("NFD", text)
    encoding = {"bom": "utf-8-sig", "utf-16": "utf-16"}.get(change, "utf-8")
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    document = load(path, name)
    in_file = unicodedata.normalize("NFC", path.read_bytes().decode(encoding))
    assert len(quotes(document)) >= 3
    for quote in quotes(document):
        assert " ".join(quote.split()) in " ".join(in_file.split())


def test_front_matter_of_a_file_with_crlf_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", (FRONT + BODY).replace("\n", "\r\n"))
    assert load(path, "a.md").description.title == "Bản tóm lược"


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("a.pdf", BODY, "'.pdf'"),
        ("a.docx", BODY, "'.docx'"),
        ("README", BODY, "'README'"),
        ("a.txt.zip", BODY, "'.zip'"),
        ("a.txt", "", "empty"),
        ("a.md", "\n \n", "empty"),
        ("a.txt", "a\0b", "binary"),
        ("a.md", FRONT, "front matter only"),
        ("a.md", FRONT + "\n \n", "front matter only"),
        ("a.md", "---\ntitle: [\n---\nThân", "YAML"),
    ],
)
def test_bad_input_gets_one_clear_sentence(
    tmp_path: Path, name: str, text: str, named: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        load(written(tmp_path, name, text), name)
    message = str(caught.value)
    assert named in message
    assert "\n" not in message
    assert message.endswith(".")


def test_an_unknown_ending_is_told_which_ones_are_read(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=", ".join(SUFFIXES)):
        load(written(tmp_path, "a.odt", BODY), "a.odt")


def test_an_unknown_ending_is_refused_before_the_file_is_read(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="format"):
        load(tmp_path / "none.xls", "none.xls")


def test_text_in_memory_becomes_the_same_document_as_its_file(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", BODY)
    assert build_document("a.txt", BODY) == load(path, "a.txt")
