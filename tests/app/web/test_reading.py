"""The page of a document marks exactly what was quoted, and runs nothing of what it shows."""

import pytest

from app.catalogue import StoredDocument
from app.web.addresses import check_of
from app.web.reading import missing_page, quoted_span, reading_page, render_text
from app.web.site import Site
from app.web.strings import load_strings
from ingest.documents import Description, Dropped, Passage, Sentence
from tests.app.web.doubles import EVIL

SITE = Site(load_strings("vi"), root="../")
TEXT = "Mục lục\nĐến năm 2025 đạt 30%. Năm 2023 đạt 28%."
QUOTE = "Năm 2023 đạt 28%"
SPAN = (TEXT.index(QUOTE), TEXT.index(QUOTE) + len(QUOTE))
GIVEN = {"start": str(SPAN[0]), "end": str(SPAN[1]), "check": check_of(QUOTE)}


def stored(text: str = TEXT, **changes: object) -> StoredDocument:
    fields: dict[str, object] = {"id": "a b.txt", "title": "Báo cáo"}
    about = Description(**fields | changes)  # type: ignore[arg-type]
    line = text.index("\n") + 1 if "\n" in text else 0
    passage = Passage(about, 0, text[line:], line, (Sentence(line, len(text), page=3),))
    dropped = (Dropped(0, line - 1, "contents"),) if line else ()
    return StoredDocument(about, text, (passage,), dropped)


def test_the_quote_is_marked_where_the_address_leads() -> None:
    content = reading_page(stored(), GIVEN, SITE).content
    assert f'<mark id="trich" tabindex="-1">{QUOTE}</mark>' in content
    assert 'href="#trich"' in content
    assert content.count("<mark") == 1
    assert SITE.strings.reading.moved not in content


def test_a_quote_over_several_lines_has_one_place_to_land_on() -> None:
    text = "Một\nHai\nBa"
    content = render_text(StoredDocument(stored().description, text, (), ()), (1, 9), SITE)
    assert content.count("<mark") == 3
    assert content.count('id="trich"') == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "-1"},
        {"start": "x"},
        {"start": "²"},
        {"end": "9" * 40},
        {"end": str(len(TEXT) + 1)},
        {"end": GIVEN["start"]},
        {"start": "0"},
        {"check": "00000000"},
        {"end": ""},
    ],
)
def test_a_span_that_is_not_what_was_quoted_is_not_marked_and_said_to_have_moved(
    changes: dict[str, str],
) -> None:
    parameters = GIVEN | changes
    assert quoted_span(TEXT, parameters) is None
    content = reading_page(stored(), parameters, SITE).content
    assert "<mark" not in content
    assert SITE.strings.reading.moved in content


def test_a_document_opened_without_a_quote_says_nothing_of_one() -> None:
    content = reading_page(stored(), {}, SITE).content
    assert "<mark" not in content
    assert SITE.strings.reading.moved not in content


def test_what_is_no_part_of_the_document_is_folded_away_and_opened_for_a_quote_in_it() -> None:
    folded = render_text(stored(), None, SITE)
    assert '<details class="dropped"><summary>1 dòng' in folded
    opened = render_text(stored(), (0, 3), SITE)
    assert '<details class="dropped" open>' in opened


def test_pages_are_numbered() -> None:
    assert '<span class="page-start" id="trang-3">Trang 3</span>' in render_text(
        stored(), None, SITE
    )


def test_the_document_is_described_in_words() -> None:
    page = reading_page(
        stored(
            publisher="Sở A",
            date="2021-09-06",
            date_basis="inferred",
            number="12/KH-UBND",
            effective_date="2021-10-01",
            replaced_by=("b.txt",),
            also_in=("c.txt", "d.txt"),
        ),
        {},
        SITE,
    )
    assert page.title == "Báo cáo"
    assert "Sở A · ngày 6/9/2021 (suy ra) · Số 12/KH-UBND · Có hiệu lực: 1/10/2021" in page.content
    assert "Đã được thay thế bởi: b.txt" in page.content
    assert "Cùng nội dung với: c.txt, d.txt" in page.content
    assert 'href="../tra-cuu?document=a+b.txt"' in page.content


def test_nothing_that_a_document_says_is_markup() -> None:
    text = f"{EVIL}\n{EVIL} 30% {EVIL}"
    document = stored(
        text, title=EVIL, publisher=EVIL, number=EVIL, author=EVIL, date=EVIL, also_in=(EVIL,)
    )
    for content in (
        reading_page(document, {"start": "3", "end": str(len(text))}, SITE).content,
        missing_page(EVIL, SITE).content,
    ):
        assert "<script" not in content
        assert "<img" not in content
        assert "&lt;script&gt;" in content


def test_a_missing_document_is_named_with_what_to_do() -> None:
    page = missing_page("kế hoạch.txt", SITE)
    assert page.status == 404
    assert "“kế hoạch.txt”" in page.content
    assert "tra cứu" in page.content
