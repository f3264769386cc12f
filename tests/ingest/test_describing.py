import pytest

from ingest.describing import infer_description
from ingest.splitting import find_headings

LONG = "Thành phố dành nguồn lực cho hạ tầng dữ liệu và kỹ năng số của người dân mọi phường. " * 2


def described(text: str, body_start: int = 0):
    return infer_description("thu-muc/a.txt", text, body_start, find_headings(text, body_start))


def test_a_heading_that_opens_the_text_is_its_title() -> None:
    found = described(f"Kế hoạch dữ liệu mở\n{LONG}")
    assert found.id == "thu-muc/a.txt"
    assert found.title == "Kế hoạch dữ liệu mở"
    assert found.title_basis == "inferred"


def test_a_markdown_title_is_read_without_its_marks() -> None:
    assert described(f"\n\n# Dữ liệu mở #\n\n{LONG}").title == "Dữ liệu mở"


def test_without_a_heading_the_first_sentence_is_the_title() -> None:
    text = f"Sở đã mở cổng dữ liệu. {LONG}\n\n## Phần sau\n\n{LONG}"
    assert described(text).title == "Sở đã mở cổng dữ liệu."


def test_a_long_first_sentence_is_shortened_between_words() -> None:
    words = "dữ liệu " * 60
    title = described(f"{words.strip()}.").title
    assert title.endswith("liệu…") or title.endswith("dữ…")
    assert len(title) <= 161
    assert words.startswith(title[:-1])


def test_a_long_first_word_is_shortened_too() -> None:
    assert len(described("x" * 500).title) <= 161


def test_the_body_alone_is_described() -> None:
    front = "---\nnoi: Huế Huế Huế Huế\n---\n"
    text = f"{front}Cà Mau mở cổng dữ liệu. {LONG}"
    found = described(text, len(front))
    assert found.title == "Cà Mau mở cổng dữ liệu."
    assert found.locality == "Cà Mau"


@pytest.mark.parametrize(
    ("text", "locality"),
    [
        ("Cà Mau mở cổng dữ liệu. Cà Mau có 5 trạm. Huế cũng vậy.", "Cà Mau"),
        ("Cà Mau mở cổng dữ liệu. Huế cũng vậy.", None),
        ("Cả nước mở cổng dữ liệu.", None),
        ("Bac Lieu va Bac Lieu", "Bạc Liêu"),
    ],
)
def test_the_locality_is_the_one_that_most_mentions_name(text: str, locality: str | None) -> None:
    assert described(text).locality == locality


def test_what_the_text_does_not_show_stays_unknown() -> None:
    found = described("Sở đã mở cổng dữ liệu.")
    assert (found.publisher, found.date, found.date_basis, found.source_file) == (None,) * 4
    assert found.kind == "original"
    assert found.legal_documents == ()
