import pytest

from ingest.documents import Description, LegalReference
from ingest.errors import DocumentError
from ingest.loading.markdown import describe_from, read_front_matter

INFERRED = Description(
    "a.md", "Tên suy ra", publisher="Nơi suy ra", date="2020", date_basis="inferred", locality="Huế"
)


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        describe_from(read_front_matter(text).values, INFERRED)
    message = str(caught.value)
    assert "\n" not in message
    assert "front matter" in message
    return message


def test_front_matter_is_read_and_the_body_begins_behind_it() -> None:
    text = "---\ntitle: Tên\nlạ: 1\n---\n\n# Đề án\nThân bài"
    front = read_front_matter(text)
    assert front.values == {"title": "Tên", "lạ": 1}
    assert text[front.body_start :] == "\n# Đề án\nThân bài"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("# Đề án\nThân", "# Đề án\nThân"),
        ("Thân\n---\ntitle: a\n---\n", "Thân\n---\ntitle: a\n---\n"),
        (
            "---\ntitle: a\nThân bài không có dòng đóng",
            "---\ntitle: a\nThân bài không có dòng đóng",
        ),
        ("----\ntitle: a\n----\n", "----\ntitle: a\n----\n"),
        ("---\n---\nThân", "Thân"),
        ("---\n\n---\nThân", "Thân"),
        ("--- \ntitle: a\n---\t\nThân", "Thân"),
        ("---\ntitle: a\n---", ""),
        ("---\ntitle: a\n---\nThân\n---\nsau", "Thân\n---\nsau"),
    ],
)
def test_the_body_begins_behind_closed_front_matter_only(text: str, body: str) -> None:
    assert text[read_front_matter(text).body_start :] == body


def test_all_that_the_front_matter_states_is_taken() -> None:
    text = """---
kind: digest
source_file: goc.txt
title: Kế hoạch dữ liệu
publisher: Báo Xã
date: 2024-05-06
date_basis: inferred
locality: Cà Mau
legal_documents:
  - number: 12/KH-UBND
    kind: Kế hoạch
    date: 2024-05-01
    issuer: UBND tỉnh
  - number: 57-NQ/TW
---
Thân
"""
    found = describe_from(read_front_matter(text).values, INFERRED)
    assert found == Description(
        id="a.md",
        title="Kế hoạch dữ liệu",
        title_basis="stated",
        kind="digest",
        source_file="goc.txt",
        publisher="Báo Xã",
        date="2024-05-06",
        date_basis="inferred",
        locality="Cà Mau",
        legal_documents=(
            LegalReference("12/KH-UBND", "Kế hoạch", "2024-05-01", "UBND tỉnh"),
            LegalReference("57-NQ/TW"),
        ),
    )


def test_what_the_front_matter_leaves_out_is_inferred() -> None:
    assert describe_from({}, INFERRED) == INFERRED
    assert describe_from({"title": "  ", "date": None, "legal_documents": []}, INFERRED) == INFERRED


def test_a_stated_date_is_stated_unless_it_says_otherwise() -> None:
    assert describe_from({"date": "2024-05"}, INFERRED).date_basis == "stated"
    assert describe_from({"date": "2024-05", "date_basis": "x"}, INFERRED).date_basis == "stated"


@pytest.mark.parametrize("date", ["2024", "2024-05", "2024-05-06"])
def test_a_date_may_be_shortened(date: str) -> None:
    values = read_front_matter(f"---\ndate: {date}\n---\nThân").values
    assert describe_from(values, INFERRED).date == date


@pytest.mark.parametrize("kind", ["original", "khác", None])
def test_only_a_digest_is_a_digest(kind: str | None) -> None:
    assert describe_from({"kind": kind}, INFERRED).kind == "original"


@pytest.mark.parametrize(
    ("front", "named"),
    [
        ("title: [a", "YAML"),
        ("title: 'a", "YAML"),
        ("\ttitle: a", "YAML"),
        ("a: b: c", "YAML"),
        ("date: 2024-13-45", "YAML"),
        ("title: !!python/object:os.system x", "YAML"),
        ("[" * 1000, "YAML"),
        ("- một\n- hai", "key: value"),
        ("chỉ là chữ", "key: value"),
        ("date: 6/5/2024", "'6/5/2024'"),
        ("date: 2024-5-6", "'2024-5-6'"),
        ("legal_documents: 12/KH-UBND", "legal_documents"),
        ("legal_documents: [12/KH-UBND]", "legal_documents"),
        ("legal_documents: {number: 12/KH-UBND}", "legal_documents"),
    ],
)
def test_broken_front_matter_is_refused_in_one_sentence(front: str, named: str) -> None:
    assert named in refusal(f"---\n{front}\n---\nThân")
