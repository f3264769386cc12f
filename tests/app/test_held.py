"""What stands around a quote and is said of its figures too."""

from app.held import held_by, places_around, surroundings, words_around, years_around
from ingest.text import index_form
from tests.factories import make_citation

TEXT = "Lai Châu mở kho dữ liệu năm 2023. Kho nối với 33 hệ thống. Thế là xong."


def test_the_figures_of_the_quote_alone_are_held() -> None:
    held = held_by(make_citation(TEXT, sentence=1))
    assert [item.claim.figure.text for item in held] == ["33"]
    assert held[0].sentence == "Kho nối với 33 hệ thống."


def test_the_paragraph_up_to_a_quote_and_the_title_surround_it() -> None:
    around = surroundings(make_citation(TEXT, sentence=1, title="Báo cáo quý"))
    assert "Báo cáo quý" in around
    assert any("Lai Châu" in text for text in around)
    assert not any("xong" in text for text in around)


def test_a_quote_is_about_its_documents_locality_or_the_place_that_opens_the_sentence_before() -> (
    None
):
    assert places_around(make_citation(TEXT, sentence=1, locality="Hà Nội")) == {
        "Hà Nội",
        "Lai Châu",
    }
    late = "Kho dữ liệu mới này khác hẳn của Lai Châu. Kho nối với 33 hệ thống."
    assert places_around(make_citation(late, sentence=1, locality="Hà Nội")) == {"Hà Nội"}
    assert places_around(make_citation(late, sentence=1, locality=None)) == {"Lai Châu"}


def test_the_years_around_a_quote_are_those_of_its_paragraph_title_and_date() -> None:
    citation = make_citation(TEXT, sentence=1, title="Báo cáo năm 2022", date="2024-05")
    assert years_around(citation) == {2022, 2023, 2024}


def test_the_words_around_a_quote_are_its_own_and_those_before_it() -> None:
    around = words_around(make_citation(TEXT, sentence=1))
    assert {index_form("nối"), index_form("mở")} <= around
    assert index_form("xong") not in around
